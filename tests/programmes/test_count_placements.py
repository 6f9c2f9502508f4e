"""What measures count of placements: always what the records say, and on earlier days what was known then."""

import random
from collections.abc import Callable
from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from tests.cast import moment
from tests.programmes.placed import ARRIVED, LAST, arrived, completed, recorded
from tests.programmes.scene import Scene

from accord.kernel.refused import Refused
from accord.programmes import operations
from accord.programmes.enums import Counted, EndReason, ProgrammeKind, Side, Term
from accord.programmes.models import CountedLine, Placement
from accord.programmes.operations import EvaluationFacts
from accord.programmes.queries import counted_as_changes, counted_as_stock, evaluations_as_changes

pytestmark = pytest.mark.django_db
LATER = moment(date(2020, 6, 1))
DAY = timedelta(days=1)


def known(what: str, *, on: date, at: datetime | None = None) -> Decimal:
    """Return what counts of a kind up to a day, by what was known at a moment."""
    every = counted_as_stock(what) if what == Counted.DOCTORAL_ENROLLED else counted_as_changes(what)
    return sum(
        (
            row["amount"]
            for row in every
            if row["occurred_on"] <= on
            and (at is None or row["recorded_at"] < at)
            and (row["unrecorded_at"] is None or (at is not None and row["unrecorded_at"] >= at))
        ),
        Decimal(0),
    )


def of_kind(scene: Scene, kind: str) -> None:
    """Let the programme be of another kind."""
    scene.programme.kind = kind
    scene.programme.save()


def test_an_arrival_counts_on_its_day_and_completion_on_the_day_of_the_second_evaluation(scene: Scene) -> None:
    completed(scene)

    lines = CountedLine.objects.filter(unknown_at=None, what__in=["placements_started", "completed", "satisfaction"])
    assert sorted((one.what, one.part, one.starts_on, int(one.amount_each)) for one in lines) == [
        ("completed", "", date(2020, 1, 6), 1),
        ("placements_started", "", ARRIVED, 1),
        ("satisfaction", "host", date(2020, 1, 6), 4),
        ("satisfaction", "person", date(2020, 1, 6), 4),
    ]
    assert [row["amount"] for row in evaluations_as_changes()] == [1, 1]


def test_the_name_never_stands_in_what_is_counted(scene: Scene) -> None:
    completed(scene)

    labels = {str(one.label) for one in CountedLine.objects.filter(record__startswith="placement:")}
    assert labels == {"SUMMER-P00001"}


def test_days_of_a_stay_add_up_to_months_and_those_not_yet_spent_never_count(scene: Scene) -> None:
    of_kind(scene, ProgrammeKind.EXCHANGE)
    placement = recorded(scene, home=scene.cast.ours.institution, starts_on=date(2019, 9, 1), ends_on=date(2020, 6, 26))
    operations.confirm_arrival(
        placement=placement, arrived_on=date(2019, 9, 1), by=scene.manager.person, at=moment(date(2019, 9, 2))
    )

    assert known("exchange_months", on=date(2019, 9, 1)) == Decimal("0.033")
    assert known("exchange_months", on=date(2019, 9, 30)) == 1
    assert known("exchange_months", on=date(2020, 6, 26)) == known("exchange_months", on=LATER.date() + 90 * DAY) == 10


def test_an_early_return_takes_the_days_after_it_back_and_earlier_knowledge_stays(scene: Scene) -> None:
    of_kind(scene, ProgrammeKind.EXCHANGE)
    placement = recorded(scene, home=scene.cast.ours.institution)
    operations.confirm_arrival(placement=placement, arrived_on=ARRIVED, by=scene.manager.person, at=moment(ARRIVED))
    told = moment(date(2019, 12, 20))
    operations.end_placement(
        placement=placement, left_on=date(2019, 11, 6), reason=EndReason.HOST, by=scene.manager.person, at=told
    )

    assert known("exchange_months", on=LAST) == 1
    assert known("exchange_months", on=date(2019, 12, 6), at=told - DAY) == 2
    assert known("exchange_people", on=LAST) == 1


def test_a_candidate_is_a_stock_that_falls_with_the_degree(scene: Scene) -> None:
    of_kind(scene, ProgrammeKind.DOCTORAL)
    placement = recorded(scene, home=scene.cast.ours.institution, level="doctoral", ends_on=date(2022, 9, 30))
    by = {"by": scene.manager.person, "at": LATER}
    operations.confirm_arrival(placement=placement, arrived_on=ARRIVED, **by)
    assert known("doctoral_enrolled", on=date(2020, 5, 1)) == 0
    for side in (Side.HOST, Side.HOME):
        operations.name_supervisor(placement=placement, side=side, name=f"Prof. {side}", **by)
    assert known("doctoral_enrolled", on=date(2020, 5, 1)) == 1

    operations.record_degree(placement=placement, degree_on=date(2020, 5, 20), **by)

    assert known("doctoral_enrolled", on=date(2020, 5, 19)) == 1
    assert known("doctoral_enrolled", on=date(2020, 5, 20)) == 0
    assert known("doctoral_completed", on=date(2020, 5, 20)) == 1


def test_months_of_a_fellow_leave_unpaid_days_out(scene: Scene) -> None:
    of_kind(scene, ProgrammeKind.POSTDOC)
    placement = recorded(scene, level="postdoc", starts_on=date(2019, 9, 1), ends_on=date(2020, 8, 31))
    by = {"by": scene.manager.person, "at": LATER}
    operations.confirm_arrival(placement=placement, arrived_on=date(2019, 9, 1), **by)
    leave = operations.record_leave(placement=placement, starts_on=date(2019, 11, 1), ends_on=date(2019, 11, 15), **by)
    assert known("postdoc_months", on=date(2019, 11, 30)) == Decimal("2.5")
    operations.strike_leave(leave=leave, **by)
    assert known("postdoc_months", on=date(2019, 11, 30)) == 3


def test_somebody_counts_once_over_two_placements_of_an_agreement(scene: Scene) -> None:
    of_kind(scene, ProgrammeKind.EXCHANGE)
    first, second = (recorded(scene, home=scene.cast.ours.institution, host=host) for host in (scene.lab, scene.bank))
    for placement in (first, second):
        operations.confirm_arrival(placement=placement, arrived_on=ARRIVED, by=scene.manager.person, at=LATER)

    assert known("exchange_people", on=LAST) == 1
    assert known("exchange_months", on=LAST) == Decimal("2.833")
    assert known("placements_started", on=LAST) == 2


def test_called_off_it_counts_for_nothing(scene: Scene) -> None:
    placement = recorded(scene)
    operations.cancel_placement(placement=placement, reason="Visa refused", by=scene.manager.person, at=LATER)

    assert not CountedLine.objects.filter(record=f"placement:{placement.pk}").exists()


def test_counting_again_changes_nothing(scene: Scene) -> None:
    placement = arrived(scene)
    before = list(CountedLine.objects.order_by("pk").values())

    operations.count_placement(placement=placement, at=LATER)

    assert list(CountedLine.objects.order_by("pk").values()) == before


@pytest.mark.parametrize("seed", range(2))
def test_after_any_order_of_acts_it_counts_what_an_obvious_recount_says(scene: Scene, seed: int) -> None:
    """Do allowed acts at random; each time compare with a recount, and what was known at earlier moments."""
    draw = random.Random(seed)
    of_kind(scene, ProgrammeKind.EXCHANGE)
    placements = [recorded(scene, home=scene.cast.ours.institution, host=one) for one in (scene.lab, scene.bank)]
    at, seen = moment(LAST), list[tuple[datetime, dict[str, Decimal]]]()
    for _number in range(12):
        at += DAY
        try:
            draw.choice(ACTS)(draw.choice(placements), scene, at, draw)
        except Refused:
            continue
        sums = {what: known(what, on=at.date()) for what in RECOUNTS}
        assert sums == {what: recount(placements, at.date()) for what, recount in RECOUNTS.items()}
        for when, were in seen:
            assert {what: known(what, on=when.date(), at=when + DAY / 2) for what in RECOUNTS} == were
        seen.append((at, sums))
    assert seen


def _day(draw: random.Random) -> date:
    return ARRIVED + draw.randrange(60) * DAY


def _arrive(one: Placement, scene: Scene, at: datetime, draw: random.Random) -> None:
    operations.confirm_arrival(placement=one, arrived_on=_day(draw), by=scene.manager.person, at=at)


def _leave(one: Placement, scene: Scene, at: datetime, draw: random.Random) -> None:
    reason = draw.choice(["", "", EndReason.PERSON])
    operations.end_placement(placement=one, left_on=_day(draw), reason=reason, by=scene.manager.person, at=at)


def _evaluate(one: Placement, scene: Scene, at: datetime, draw: random.Random) -> None:
    side, facts = draw.choice([Side.PERSON, Side.HOST]), EvaluationFacts(score=draw.choice([None, 1, 5]))
    operations.evaluate(placement=one, side=side, term=Term.END, facts=facts, by=scene.manager.person, at=at)


def _hire(one: Placement, scene: Scene, at: datetime, draw: random.Random) -> None:
    operations.record_hiring(
        placement=one, hired_on=LAST + draw.randrange(9) * DAY, evidence="Contract", by=scene.manager.person, at=at
    )


def _cancel(one: Placement, scene: Scene, at: datetime, draw: random.Random) -> None:
    del draw
    operations.cancel_placement(placement=one, reason="Visa refused", by=scene.manager.person, at=at)


ACTS: tuple[Callable[[Placement, Scene, datetime, random.Random], None], ...] = (
    _arrive,
    _arrive,
    _leave,
    _evaluate,
    _evaluate,
    _hire,
    _cancel,
)


def _fresh(placements: list[Placement]) -> list[Placement]:
    return list(Placement.objects.filter(pk__in=[one.pk for one in placements], arrived_on__isnull=False))


def _started(placements: list[Placement], on: date) -> Decimal:
    return Decimal(sum(one.arrived_on is not None and one.arrived_on <= on for one in _fresh(placements)))


def _completed(placements: list[Placement], on: date) -> Decimal:
    del on  # whatever is completed was completed by now
    return Decimal(sum(one.completed_at is not None for one in _fresh(placements)))


def _months(placements: list[Placement], on: date) -> Decimal:
    days = {
        ARRIVED + number * DAY
        for number in range((on - ARRIVED).days + 1)
        for one in _fresh(placements)
        if one.arrived_on is not None and one.arrived_on <= ARRIVED + number * DAY <= (one.left_on or one.ends_on)
    }
    return (Decimal(len(days)) / 30).quantize(Decimal("0.01"))


def _scores(placements: list[Placement], on: date) -> Decimal:
    del on
    every = [row for one in _fresh(placements) for row in one.evaluations.filter(struck_at=None)]
    return Decimal(sum(row.score or 0 for row in every))


RECOUNTS: dict[str, Callable[[list[Placement], date], Decimal]] = {
    "placements_started": _started,
    "completed": _completed,
    "satisfaction": _scores,
}


def test_months_of_stays_that_overlap_are_those_of_their_days(scene: Scene) -> None:
    of_kind(scene, ProgrammeKind.EXCHANGE)
    placements = [recorded(scene, home=scene.cast.ours.institution, host=one) for one in (scene.lab, scene.bank)]
    for placement, arrived_on in zip(placements, (ARRIVED, ARRIVED + 20 * DAY), strict=True):
        operations.confirm_arrival(placement=placement, arrived_on=arrived_on, by=scene.manager.person, at=LATER)
    operations.end_placement(placement=placements[0], left_on=ARRIVED + 40 * DAY, by=scene.manager.person, at=LATER)

    assert known("exchange_months", on=LAST).quantize(Decimal("0.01")) == _months(placements, LAST)
