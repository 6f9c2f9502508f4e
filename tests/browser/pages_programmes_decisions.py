"""Pages of the slate and of decisions that are worth a look."""

from tests.browser.way import View, at
from tests.browser.world import Scene
from tests.programmes import deciding
from tests.programmes import scene as house

from accord.programmes import models, operations
from accord.programmes.enums import Outcome

OPEN = "/programmes/summer/2021/office/slate/"
TOLD = "/programmes/summer/2022/"


def furnish(scene: Scene) -> None:
    """Open a slate of one call, and tell everybody of another; one of these has an account."""
    made = house.made_scene(scene.cast)
    first = deciding.another_call(made, "2021")
    rows = deciding.due(first, ["91.5", "84", "84", "84", "77.25", "60", None], quota=3, reserve=1)
    for number, one in enumerate(rows):
        home = made.cast.ours.institution if number % 2 else made.cast.theirs.institution
        models.Application.objects.filter(pk=one.pk).update(home=home)
    operations.decide(
        slate=deciding.opened(first),
        application=rows[5],
        outcome=Outcome.ACCEPT,
        reason="",
        note="The director vouches for this team, and the topic was missing from the round.",
        by=made.manager.person,
        at=deciding.DAY,
    )
    told = deciding.another_call(made, "2022")
    deciding.due(told, ["90", "84", "84", "84"], quota=2, reserve=1)
    panel = deciding.panel_of(told)
    mine = deciding.one_due(told, panel, 9, "40", person=made.applicant.person)
    deciding.reviewed(
        mine, "The question is a good one. Say which data you need, and what you do if you do not get them."
    )
    deciding.let_go(deciding.settled(told), made.cast.owner.person)


VIEWS = [
    View("slate", "manager", at(OPEN)),
    View("decide on one", "manager", at(f"{OPEN}decide/SUM-21-D002/")),
    View("settle the slate", "manager", at(f"{OPEN}settle/")),
    View("settled slate", "manager", at(f"{TOLD}office/slate/1/")),
    View("repeat the draw", "", at(f"{TOLD}draw/")),
    View("own decision", "applicant", at("/programmes/applications/SUM-22-D009/decision/")),
]
