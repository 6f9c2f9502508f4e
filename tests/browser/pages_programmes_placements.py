"""Pages of placements: one under way as the office and a partner see it, signing, evaluating, and by link."""

from datetime import timedelta
from typing import Any

from playwright.sync_api import Page
from tests.browser.way import View, at, go
from tests.browser.world import TODAY, Scene
from tests.cast import moment

from accord.kernel.text import Bilingual
from accord.people import operations as people
from accord.programmes import models, operations
from accord.programmes.enums import LOOK_AFTER
from accord.programmes.operations import EvaluationFacts, Terms

TOKEN = "a-placement-for-the-browser"
NOW = moment(TODAY, 0)
STARTED = TODAY - timedelta(days=60)
ENDS = TODAY + timedelta(days=9)


def furnish(scene: Scene) -> None:
    """Place somebody at the bank, with all that a page of a placement can show."""
    programme = models.Programme.objects.get(key="summer")
    host = models.Host.objects.get(institution__key="harvest-bank", call__key="2019").institution
    person = scene.others["second"].person
    by: dict[str, Any] = {"by": scene.others["manager"].person, "at": NOW}
    placed = operations.record_placement(
        programme=programme,
        person=person,
        host=host,
        home=scene.cast.ours.institution,
        starts_on=STARTED,
        ends_on=ENDS,
        level="master",
        title=Bilingual("Clearing desk, with a title that goes on for quite a while and does not end soon", ""),
        stipend_minor=350_000,
        currency="CNY",
        **by,
    )
    operations.name_supervisor(placement=placed, side="host", name="Wu Lan", email="wu.lan@example.org", **by)
    operations.confirm_arrival(placement=placed, arrived_on=STARTED, **by)
    terms = Terms(
        tasks="Reconcile the ledgers.\nReport what differs.", starts_on=STARTED, ends_on=ENDS, aims="Clearing."
    )
    operations.make_learning_agreement(placement=placed, terms=terms, **by)
    operations.write_diary(placement=placed, done_on=TODAY, text="Found two lost entries. " * 9, by=person, at=NOW)
    operations.check_in(placement=placed, side="person", going="mixed", text="Too little to do.", by=person, at=NOW)
    facts = EvaluationFacts(score=4, answers={"tasks": 3}, text="People have time.")
    operations.evaluate(placement=placed, side="person", term="mid", facts=facts, by=person, at=NOW)
    people.make_link(
        person=placed.supervisors.get().person,
        purpose=LOOK_AFTER,
        record=f"placement:{placed.pk}",
        expires_at=NOW + timedelta(days=9),
        token=TOKEN,
        **by,
    )


def _on_placement(*parts: str) -> Any:
    """Return how one goes to a page of the placement."""

    def way(page: Page, _scene: Scene) -> None:
        placed = models.Placement.objects.get(programme__key="summer", person__key="second")
        go(page, "/".join(("/programmes/placements", placed.reference, *parts, "")))

    return way


VIEWS = [
    View("placement", "manager", _on_placement()),
    View("placement to sign", "second", _on_placement("sign")),
    View("placement to evaluate", "second", _on_placement("evaluate-end")),
    View("placement by link", "", at(f"/programmes/placements/look-after/{TOKEN}/")),
]
