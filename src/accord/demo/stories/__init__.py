"""What the demo tells: the processes, scenes, meetings and opinions of each agreement."""

from accord.demo.stories import chengdu, sample, zju

STORIES = (*sample.STORIES, *zju.STORIES, *chengdu.STORIES)
SCENES = (*sample.SCENES, *zju.SCENES, *chengdu.SCENES)
MEETINGS = (*sample.MEETINGS, *zju.MEETINGS, *chengdu.MEETINGS)
OPINIONS = (*sample.OPINIONS, *chengdu.OPINIONS)
OPENED = {"sample-park": sample.OPENED, "zju-ant": zju.OPENED, "chengdu-cass": chengdu.OPENED}
"""The day on which each agreement was brought into Accord; nothing was recorded earlier."""
