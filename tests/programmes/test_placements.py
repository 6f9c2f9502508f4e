"""Placements begin, run, end and are completed; each act twice changes nothing, and refusals say how to mend."""

from datetime import date, timedelta

import pytest
from tests.cast import moment
from tests.programmes.placed import (
    AFTER,
    ARRIVED,
    BEGUN,
    LAST,
    accepted_offer,
    arrived,
    begun,
    completed,
    ended,
    evaluated,
    recorded,
)
from tests.programmes.scene import Scene

from accord.kernel.refused import Clash, Refused
from accord.kernel.text import Bilingual
from accord.programmes import operations
from accord.programmes.enums import EndReason, OfferState, PersonLevel, PlacementState, Side, Term
from accord.programmes.models import CoApplicant, Placement
from accord.programmes.operations import EvaluationFacts, PlacementFacts
from accord.programmes.queries import placement_state

pytestmark = pytest.mark.django_db


def test_a_placement_begins_once_for_each_person_of_the_application(scene: Scene) -> None:
    offer = accepted_offer(scene)
    CoApplicant.objects.create(
        application=scene.submitted,
        person=scene.third.person,
        name="Third",
        email="third@example.org",
        named_at=BEGUN,
        joined_at=BEGUN,
    )

    def begin() -> list[str]:
        made = operations.begin_placement(offer=offer, level="master", by=scene.manager.person, at=BEGUN)
        return [f"{one.reference} {one.person.key} {one.host.key} {one.starts_on}" for one in made]

    assert (
        begin()
        == begin()
        == [
            "SUMMER-P00001 second harvest-bank 2019-10-08",
            "SUMMER-P00002 third harvest-bank 2019-10-08",
        ]
    )
    assert Placement.objects.count() == 2
    assert {one.supervisors.get().name for one in Placement.objects.all()} == {"Bank Contact"}


def test_no_placement_begins_from_an_offer_that_nobody_accepted(scene: Scene) -> None:
    offer = accepted_offer(scene)
    offer.state, offer.answered_at = OfferState.OPEN, None
    offer.save()

    with pytest.raises(operations.OfferNotAccepted):
        operations.begin_placement(offer=offer, level="master", by=scene.manager.person, at=BEGUN)


@pytest.mark.parametrize(
    ("facts", "refused", "field"),
    [
        ({"ends_on": ARRIVED - timedelta(days=1)}, operations.DatesMissing, "ends_on"),
        ({"level": PersonLevel.STAFF}, operations.LevelOdd, "level"),
        ({"percent": 0}, operations.StipendOdd, "percent"),
        ({"stipend_minor": 100, "currency": "EURO"}, operations.StipendOdd, "currency"),
    ],
)
def test_odd_facts_are_refused_at_their_field(
    scene: Scene, facts: dict[str, object], refused: type[Refused], field: str
) -> None:
    with pytest.raises(refused) as caught:
        recorded(scene, **facts)

    assert caught.value.field == field
    assert not Placement.objects.exists()


def test_the_same_placement_recorded_again_is_the_same(scene: Scene) -> None:
    assert recorded(scene).pk == recorded(scene).pk


def test_states_follow_from_the_days(scene: Scene) -> None:
    placement = begun(scene)
    seen = [placement_state(placement)]
    placement = operations.confirm_arrival(
        placement=placement, arrived_on=ARRIVED, by=scene.bank_contact.person, at=moment(ARRIVED)
    )
    seen.append(placement_state(placement))
    placement = operations.end_placement(placement=placement, left_on=LAST, by=scene.manager.person, at=AFTER)
    seen.append(placement_state(placement))
    evaluated(placement, Side.PERSON, scene.second.person)
    evaluated(placement, Side.HOST, scene.bank_contact.person)
    placement.refresh_from_db()

    assert [*seen, placement_state(placement)] == [
        PlacementState.AGREED,
        PlacementState.RUNNING,
        PlacementState.ENDED,
        PlacementState.COMPLETED,
    ]


def test_broken_off_with_a_reason_it_is_never_completed(scene: Scene) -> None:
    placement = operations.end_placement(
        placement=arrived(scene),
        left_on=date(2019, 11, 1),
        reason=EndReason.HEALTH,
        by=scene.manager.person,
        at=AFTER,
    )
    evaluated(placement, Side.PERSON, scene.second.person)
    evaluated(placement, Side.HOST, scene.bank_contact.person)
    placement.refresh_from_db()

    assert (placement_state(placement), placement.completed_at) == (PlacementState.BROKEN_OFF, None)


def test_acts_done_twice_change_nothing(scene: Scene) -> None:
    placement = ended(scene)
    version = placement.version

    operations.confirm_arrival(placement=placement, arrived_on=ARRIVED, by=scene.manager.person, at=AFTER)
    operations.end_placement(placement=placement, left_on=LAST, by=scene.manager.person, at=AFTER)

    placement.refresh_from_db()
    assert (placement.version, placement.arrival_by) == (version, scene.bank_contact.person)


def test_days_that_lie_ahead_or_out_of_order_are_refused(scene: Scene) -> None:
    placement = begun(scene)
    with pytest.raises(operations.NotArrived):
        operations.end_placement(placement=placement, left_on=LAST, by=scene.manager.person, at=AFTER)
    with pytest.raises(operations.DayOdd):
        operations.confirm_arrival(placement=placement, arrived_on=date(2020, 1, 8), by=scene.manager.person, at=AFTER)
    placement = operations.confirm_arrival(placement=placement, arrived_on=ARRIVED, by=scene.manager.person, at=AFTER)
    with pytest.raises(operations.DayOdd):
        operations.end_placement(placement=placement, left_on=date(2019, 10, 7), by=scene.manager.person, at=AFTER)


def test_a_completed_placement_keeps_its_end(scene: Scene) -> None:
    with pytest.raises(operations.PlacementCompleted):
        operations.end_placement(
            placement=completed(scene), left_on=date(2019, 12, 1), by=scene.manager.person, at=AFTER
        )


def test_it_is_called_off_before_anybody_arrives_alone(scene: Scene) -> None:
    placement = begun(scene)
    with pytest.raises(operations.ReasonMissing):
        operations.cancel_placement(placement=placement, reason=" ", by=scene.manager.person, at=BEGUN)
    held = operations.cancel_placement(placement=placement, reason="Visa refused", by=scene.manager.person, at=BEGUN)
    with pytest.raises(operations.PlacementOver):
        operations.confirm_arrival(placement=held, arrived_on=ARRIVED, by=scene.manager.person, at=AFTER)
    other = recorded(scene)
    operations.confirm_arrival(placement=other, arrived_on=ARRIVED, by=scene.manager.person, at=AFTER)
    with pytest.raises(operations.PlacementUnderWay):
        operations.cancel_placement(placement=other, reason="Late", by=scene.manager.person, at=AFTER)


def test_a_change_names_its_version_and_leaves_agreed_days(scene: Scene) -> None:
    placement = begun(scene)
    facts = PlacementFacts(ARRIVED, LAST, "master", Bilingual("Clearing desk", ""), 80)
    changed = operations.change_placement(
        placement=placement, version=placement.version, facts=facts, by=scene.manager.person, at=BEGUN
    )
    assert (changed.percent, changed.title.en) == (80, "Clearing desk")
    other = PlacementFacts(ARRIVED, LAST, "bachelor", Bilingual("Clearing desk", ""), 80)
    with pytest.raises(Clash):
        operations.change_placement(
            placement=placement, version=placement.version, facts=other, by=scene.manager.person, at=BEGUN
        )
    operations.confirm_arrival(placement=changed, arrived_on=ARRIVED, by=scene.manager.person, at=AFTER)
    moved = PlacementFacts(ARRIVED, date(2020, 2, 1), "master", Bilingual("Clearing desk", ""), 80)
    with pytest.raises(operations.PlacementUnderWay):
        operations.change_placement(
            placement=changed, version=changed.version + 1, facts=moved, by=scene.manager.person, at=AFTER
        )


def test_an_evaluation_handed_in_anew_stands_beside_the_old_one(scene: Scene) -> None:
    placement = completed(scene)
    when = placement.completed_at
    evaluated(placement, Side.HOST, scene.bank_contact.person, score=2, at=AFTER + timedelta(days=3))
    evaluated(placement, Side.HOST, scene.bank_contact.person, score=2, at=AFTER + timedelta(days=4))

    rows = placement.evaluations.filter(side=Side.HOST).order_by("pk")
    assert [(one.score, one.struck_at is None) for one in rows] == [(4, False), (2, True)]
    placement.refresh_from_db()
    assert placement.completed_at == when


def test_an_end_evaluation_opens_thirty_days_before_the_end(scene: Scene) -> None:
    placement, facts = arrived(scene), EvaluationFacts(score=3)

    def hand_in(term: Term, on: date) -> None:
        operations.evaluate(
            placement=placement, side=Side.PERSON, term=term, facts=facts, by=scene.second.person, at=moment(on)
        )

    with pytest.raises(operations.TooEarly):
        hand_in(Term.END, date(2019, 11, 30))
    hand_in(Term.MID, date(2019, 11, 30))
    hand_in(Term.END, date(2019, 12, 1))
    assert placement.evaluations.count() == 2


@pytest.mark.parametrize(
    "facts", [EvaluationFacts(score=6), EvaluationFacts(answers={"tasks": 0}), EvaluationFacts(answers={"reliable": 3})]
)
def test_scores_off_the_scale_and_questions_of_others_are_refused(scene: Scene, facts: EvaluationFacts) -> None:
    with pytest.raises(operations.ScoreOdd):
        operations.evaluate(
            placement=ended(scene), side=Side.PERSON, term=Term.END, facts=facts, by=scene.second.person, at=AFTER
        )


def test_a_diary_is_its_writers_own(scene: Scene) -> None:
    placement = arrived(scene)
    day = {"placement": placement, "done_on": ARRIVED, "text": "Met the team.", "at": moment(ARRIVED)}
    entry = operations.write_diary(by=scene.second.person, **day)
    assert operations.write_diary(by=scene.second.person, **day).pk == entry.pk
    with pytest.raises(Refused):
        operations.write_diary(by=scene.manager.person, **day)
    assert operations.see_diary(placement=placement, by=scene.bank_contact.person, at=AFTER) == 1
    changed = operations.change_diary(entry=entry, version=1, text="Met all.", by=scene.second.person, at=AFTER)
    assert (changed.seen_at, changed.version) == (None, 2)
    with pytest.raises(Clash):
        operations.change_diary(entry=entry, version=1, text="Met nobody.", by=scene.second.person, at=AFTER)


def test_a_check_in_that_needs_care_says_why_and_is_looked_at(scene: Scene) -> None:
    placement = arrived(scene)
    said = {"placement": placement, "side": Side.PERSON, "by": scene.second.person, "at": moment(ARRIVED)}
    with pytest.raises(operations.WordsWanted):
        operations.check_in(going="badly", **said)
    one = operations.check_in(going="badly", text="Nobody has time.", **said)
    assert operations.check_in(going="badly", text="Nobody has time.", **said).pk == one.pk
    looked = operations.look_at_check_in(said=one, note="Called them", by=scene.manager.person, at=AFTER)
    assert (looked.looked_note, looked.looked_by) == ("Called them", scene.manager.person)


def test_a_job_is_recorded_after_completion_with_what_shows_it(scene: Scene) -> None:
    placement = ended(scene)
    job = {"hired_on": date(2020, 1, 6), "by": scene.manager.person, "at": AFTER}
    with pytest.raises(operations.NotCompleted):
        operations.record_hiring(placement=placement, evidence="Contract 7", **job)
    evaluated(placement, Side.PERSON, scene.second.person)
    evaluated(placement, Side.HOST, scene.bank_contact.person)
    with pytest.raises(operations.EvidenceMissing):
        operations.record_hiring(placement=placement, evidence=" ", **job)
    first = operations.record_hiring(placement=placement, evidence="Contract 7", **job)
    second = operations.record_hiring(placement=placement, evidence="Contract 8", **job)
    first.refresh_from_db()
    assert (first.struck_at, second.struck_at) == (AFTER, None)
