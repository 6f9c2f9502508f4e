"""What the doors to the programmes answer to whom; the parts of the context have files of their own beside this one.

The programme here counts for no agreement, so that who is only a partner does not know of it.
"""

from typing import Any

from tests.access import Probe, answers
from tests.house.stage import Stage
from tests.programmes.scene import make_scene

HOUSE = answers(200, 404, 200, 200, 404)
"""The owner's people, and stewards; to the others the programme is not there."""
RUNNERS = answers(200, 404, 403, 200, 404)
"""Who runs the programme, and stewards; executives of the house may look, not change."""
OFFICE = answers(200, 404, 404, 200, 404)
"""Who may read applications; to the others, executives included, they are not there."""
NOT_THEIRS = answers(404, 404, 404, 404, 404)
"""What is an applicant's, a host's contact's or a reviewer's own: nobody of the cast."""


def furnish(stage: Stage) -> None:
    """Make the programme that all parts of the context stand on: `stage.rows["programmes"]`."""
    stage.rows["programmes"] = make_scene(stage.cast, is_counted=False)


def programme(_stage: Stage) -> dict[str, Any]:
    """Return the parts of the address of the programme."""
    return {"programme": "summer"}


def call(_stage: Stage) -> dict[str, Any]:
    """Return the parts of the address of its call."""
    return {"programme": "summer", "call": "2019"}


PROBES: list[Probe] = []
