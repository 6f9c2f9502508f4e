"""What the doors to panels and rubrics answer to whom; the parts of the context have files of their own beside this one."""

from tests.house.stage import Stage
from tests.review.scene import make_scene


def furnish(stage: Stage) -> None:
    """Make the panel that all parts of the context stand on: `stage.rows["review-panel"]`."""
    stage.rows["review-panel"] = make_scene(stage.cast)


PROBES: list[object] = []
