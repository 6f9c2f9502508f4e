"""A placement to test with: the second applicant of the scene holds a place at the bank, sent by our side."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

from tests.cast import moment
from tests.programmes.scene import Scene

from accord.kernel.text import Bilingual
from accord.people.queries import Person
from accord.programmes import operations
from accord.programmes.enums import OfferState, PersonLevel, Side, Term
from accord.programmes.models import LearningAgreement, Offer, Placement, Seat
from accord.programmes.operations import EvaluationFacts, PlacementDoor, Terms

BEGUN = datetime(2019, 9, 25, 3, tzinfo=UTC)
ARRIVED = date(2019, 10, 8)
LAST = date(2019, 12, 31)
AFTER = datetime(2020, 1, 6, 3, tzinfo=UTC)
TERMS = Terms(tasks="Clear payments.", starts_on=ARRIVED, ends_on=LAST, aims="To know how clearing works.")


@dataclass
class Tokens:
    """Hands out tokens that tests know."""

    made: int = 0

    def __call__(self) -> str:
        """Return the next token."""
        self.made += 1
        return f"token-{self.made}"


def door() -> PlacementDoor:
    """Return links that tests can follow."""
    return PlacementDoor(
        Tokens(), lambda token: f"https://x.example/sign/{token}", lambda token: f"https://x.example/look/{token}"
    )


def accepted_offer(scene: Scene) -> Offer:
    """Return an accepted offer of the bank's place to the second applicant."""
    offer = Offer.objects.create(
        application=scene.submitted,
        place=scene.bank_place,
        state=OfferState.ACCEPTED,
        answer_by_at=moment(date(2019, 10, 1)),
        made_at=BEGUN,
        made_by=scene.manager.person,
        answered_at=BEGUN,
        told_at=BEGUN,
    )
    Seat.objects.create(place=scene.bank_place, offer=offer, number=1, taken_at=BEGUN)
    return offer


def begun(scene: Scene) -> Placement:
    """Return the placement of that offer, not arrived yet."""
    (made,) = operations.begin_placement(
        offer=accepted_offer(scene),
        level=PersonLevel.MASTER,
        home=scene.cast.ours.institution,
        by=scene.manager.person,
        at=BEGUN,
    )
    return made


def arrived(scene: Scene) -> Placement:
    """Return the placement, with its arrival confirmed by the bank."""
    return operations.confirm_arrival(
        placement=begun(scene), arrived_on=ARRIVED, by=scene.bank_contact.person, at=moment(ARRIVED)
    )


def ended(scene: Scene) -> Placement:
    """Return the placement after its agreed end, not evaluated."""
    return operations.end_placement(placement=arrived(scene), left_on=LAST, by=scene.bank_contact.person, at=AFTER)


def completed(scene: Scene) -> Placement:
    """Return the placement, evaluated by both sides."""
    placement = ended(scene)
    evaluated(placement, Side.PERSON, scene.second.person)
    evaluated(placement, Side.HOST, scene.bank_contact.person)
    placement.refresh_from_db()
    return placement


def evaluated(placement: Placement, side: Side, by: Person, *, score: int | None = 4, at: datetime = AFTER) -> None:
    """Let a side hand in its end evaluation."""
    facts = EvaluationFacts(score=score)
    operations.evaluate(placement=placement, side=side, term=Term.END, facts=facts, by=by, at=at)


def agreed(scene: Scene, placement: Placement) -> LearningAgreement:
    """Return a learning agreement that waits for its signatures."""
    return operations.make_learning_agreement(placement=placement, terms=TERMS, by=scene.manager.person, at=BEGUN)


def recorded(scene: Scene, *, person: Person | None = None, host: object = None, **facts: object) -> Placement:
    """Record a placement without a call."""
    known: dict[str, object] = {"starts_on": ARRIVED, "ends_on": LAST, "level": PersonLevel.MASTER}
    return operations.record_placement(
        programme=scene.programme,
        person=person or scene.third.person,
        host=host or scene.lab,  # type: ignore[arg-type]
        title=Bilingual("Ledger research", ""),
        by=scene.manager.person,
        at=BEGUN,
        **{**known, **facts},  # type: ignore[arg-type]
    )
