"""What the operations of the API to places, runs and offers answer to whom, and how each is asked."""

from tests.api.asked import Ask
from tests.programmes.scene import WHILE_OPEN, Scene

from accord.programmes import models, operations

OFFICE = ("200", "404", "403", "404", "401")
STATUSES: dict[str, tuple[str, ...]] = dict.fromkeys(("list_call_places", "list_match_lines", "list_offers"), OFFICE)


def asks(scene: Scene) -> dict[str, Ask]:
    """Return how each operation is asked: of a call with somebody who waits, and a dry run."""
    models.Application.objects.filter(pk=scene.other.pk).update(phase="offer", stage="matching")
    run = operations.run_match(call=scene.call, mechanism="fair-match", by=scene.manager.person, at=WHILE_OPEN)
    here = {"programme": scene.programme.key, "key": scene.call.key}
    return {
        "list_call_places": Ask(here),
        "list_match_lines": Ask({**here, "number": run.number}),
        "list_offers": Ask(here),
    }
