"""What the doors to the work spaces answer to whom; the parts of the context have files of their own beside this one.

The site here counts for no agreement, so that evidence is taken as everywhere else; who is only a partner does not know of
it. That partners see a site of their agreement is tested in `test_front.py`.
"""

from typing import Any

from tests.access import SIGNED_IN, Probe, answers
from tests.house.stage import Stage
from tests.workspace.scene import make_scene

HOUSE = answers(200, 404, 200, 200, 404)
"""The operator's people, and stewards; to the others the site is not there."""
KEEPERS = answers(200, 404, 403, 200, 404)
"""Who runs the site, and stewards; executives of the house may look, not change."""
SITE = "dreamworks"


def furnish(stage: Stage) -> None:
    """Make the work space that all parts of the context stand on: `stage.rows["workspace"]`."""
    stage.rows["workspace"] = make_scene(stage.cast, is_counted=False)


def site(_stage: Stage) -> dict[str, Any]:
    """Return the parts of the address of the site."""
    return {"key": SITE}


PROBES = [
    Probe("workspace:sites", get=SIGNED_IN),
    Probe("workspace:site", get=HOUSE, at=site),
]
