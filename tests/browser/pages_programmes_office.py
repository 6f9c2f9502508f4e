"""Pages of the office that are worth a look: applications, one of them, a step, what looks alike, the workflow."""

from datetime import UTC, datetime

from tests.browser.way import View, at, send
from tests.browser.world import Scene

from accord.programmes import models, operations

OFFICE = "/programmes/summer/2019/office"
THIRD = f"{OFFICE}/applications/SUM-19-0003/"


def furnish(scene: Scene) -> None:
    """Let the office have noted something on an application with a long answer."""
    one = models.Application.objects.get(reference="SUM-19-0003")
    one.answers |= {"why": "I want to see how a payment is cleared between two cities, step by step. " * 9}
    one.save(update_fields=["answers"])
    operations.note_on(
        application=one,
        text="Her referee rang twice. The transcript is of another year; ask again before the reviewers read it.",
        by=scene.others["manager"].person,
        at=datetime(2019, 9, 29, 3, tzinfo=UTC),
    )


VIEWS: list[View] = [
    View("applications to a call", "manager", at(f"{OFFICE}/applications/")),
    View("application, for the office", "manager", at(THIRD)),
    View("step without a reason", "manager", send(f"{THIRD}steps/refuse/", reason=" "), 422),
    View("many applications to move", "manager", at(f"{OFFICE}/move/pass/")),
    View("funnel of a call", "manager", at(f"{OFFICE}/funnel/")),
    View("workflow of a call", "manager", at(f"{OFFICE}/workflow/")),
]
