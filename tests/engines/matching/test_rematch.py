"""After withdrawals and new places: who moves, who stays, and who is told that a place was lost."""

from dataclasses import replace
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.engines.matching.markets import EVERYTHING_STABLE, Rows, Shape, some_lotteries, some_rows
from tests.engines.matching.results import LOTTERY, clinic, fair

from accord.engines.matching import (
    BadOutcome,
    Change,
    Choice,
    FixedOverCapacity,
    JointChoice,
    Limit,
    Lottery,
    Market,
    Mechanism,
    Move,
    NotSupported,
    Person,
    Policy,
    Programme,
    Rematch,
    ReservedSeats,
    check,
    market_from_records,
    match,
    rematch,
)

ROWS = some_rows(replace(EVERYTHING_STABLE, people=6))
JOINT = some_rows(Shape(people=6, teams=True, couples=True, fixed=True))
RANDOMS = st.randoms(use_true_random=False)


def fewer(rows: Rows, random: Random) -> Rows:
    """Return the rows after one person who is not fixed withdrew, and with a place more in one programme."""
    decided = {row.applicant for row in rows.choices if row.fixed}
    going = random.choice([row.id for row in rows.people if row.id not in decided] or [""])
    more = random.choice([row.id for row in rows.programmes])
    opened = [replace(row, places=row.places + 1) if row.id == more and row.places else row for row in rows.programmes]
    return replace(
        rows,
        choices=[row for row in rows.choices if row.applicant != going],
        people=[row for row in rows.people if row.id != going],
        programmes=opened,
        reserves=[
            row for row in rows.reserves if any(one.group == row.group for one in rows.people if one.id != going)
        ],
        couples=[row for row in rows.couples if going not in {row.first, row.second}],
    )


def ranks(market: Market, result: Rematch | None, outcome_edge: object = None) -> dict[str, int]:
    edge = result.outcome.edge if result else outcome_edge
    assert edge is not None
    return {name: int(market.rank[edge[who]]) for who, name in enumerate(market.applicants) if edge[who] >= 0}


@settings(deadline=None)
@given(ROWS, some_lotteries(), RANDOMS)
def test_nobody_who_remains_is_worse_off_when_everybody_may_move(rows: Rows, lottery: Lottery, random: Random) -> None:
    later = fewer(rows, random)
    if not later.people or len(rows.reserves) != len(later.reserves):
        return
    before = rows.market()
    previous = match(before, lottery=lottery)

    result = rematch(later.market(), previous, before)

    now = ranks(result.market, result)
    for name, rank in ranks(before, None, previous.edge).items():
        assert name not in result.market.applicants or now[name] <= rank
    assert not {one.change for one in result.moves} & {Change.LOST_PLACE, Change.MOVED_DOWN}
    assert check(result.market, result.outcome).sound


@settings(deadline=None)
@given(st.one_of(ROWS, JOINT), some_lotteries(), RANDOMS)
def test_everybody_stays_when_only_vacancies_are_filled(rows: Rows, lottery: Lottery, random: Random) -> None:
    later = fewer(rows, random)
    if not later.people:
        return
    before = rows.market()
    joint = any(row.size > 1 for row in rows.people) or bool(rows.couples)
    previous = match(before, Mechanism.JOINT if joint else Mechanism.FAIR_MATCH, lottery=lottery)

    result = rematch(later.market(), previous, before, Policy.VACANCIES_ONLY)

    assert {one.change for one in result.moves} <= {
        Change.STAYS,
        Change.NEWLY_PLACED,
        Change.STILL_WAITING,
        Change.WITHDREW,
        *([Change.LOST_PLACE, Change.MOVED_UP, Change.MOVED_ACROSS, Change.MOVED_DOWN] if rows.couples else []),
    }
    assert check(result.market, result.outcome).sound


@settings(deadline=None)
@given(ROWS, some_lotteries(), st.sampled_from(list(Policy)))
def test_same_market_again_changes_nothing(rows: Rows, lottery: Lottery, policy: Policy) -> None:
    market = rows.market()

    result = rematch(market, match(market, lottery=lottery), market, policy)

    assert {one.change for one in result.moves} <= {Change.STAYS, Change.STILL_WAITING}


@settings(deadline=None)
@given(ROWS, some_lotteries(), st.sampled_from(list(Policy)), RANDOMS)
def test_moves_name_everybody_once(rows: Rows, lottery: Lottery, policy: Policy, random: Random) -> None:
    later = fewer(rows, random)
    if not later.people:
        return
    before = rows.market()

    result = rematch(later.market(), match(before, lottery=lottery), before, policy)

    assert [one.applicant for one in result.moves] == sorted({*before.applicants, *result.market.applicants})


def test_withdrawal_moves_the_next_up_or_fills_the_gap() -> None:
    before = clinic()
    later = market_from_records(_choices("bob", "cai", "dee"), [Programme("A", 2), Programme("B", 1)])

    improved = rematch(later, fair(before), before)
    filled = rematch(later, fair(before), before, Policy.VACANCIES_ONLY)

    assert improved.moves == (
        Move("ann", Change.WITHDREW, "A", None),
        Move("bob", Change.STAYS, "A", "A"),
        Move("cai", Change.MOVED_UP, "B", "A"),
        Move("dee", Change.NEWLY_PLACED, None, "B"),
    )
    assert filled.moves == (
        Move("ann", Change.WITHDREW, "A", None),
        Move("bob", Change.STAYS, "A", "A"),
        Move("cai", Change.STAYS, "B", "B"),
        Move("dee", Change.NEWLY_PLACED, None, "A"),
    )


def _choices(*names: str) -> list[Choice]:
    scores = {"ann": 90.0, "bob": 81.5, "cai": 79.0, "dee": 60.0}
    rows = [Choice(name, "A", 1, scores[name]) for name in names]
    return [*rows, *(Choice(name, "B", 2, scores[name]) for name in names)]


def test_place_taken_away_is_lost_by_the_weakest_and_said() -> None:
    before = clinic()
    later = market_from_records(_choices("ann", "bob", "cai", "dee"), [Programme("A", 1), Programme("B", 1)])

    filled = rematch(later, fair(before), before, Policy.VACANCIES_ONLY)
    improved = rematch(later, fair(before), before)

    assert [one.change for one in filled.moves] == [
        Change.STAYS,
        Change.LOST_PLACE,
        Change.STAYS,
        Change.STILL_WAITING,
    ]
    assert filled.changed(Change.LOST_PLACE) == (Move("bob", Change.LOST_PLACE, "A", None),)
    assert [one.change for one in improved.moves] == [
        Change.STAYS,
        Change.MOVED_DOWN,
        Change.LOST_PLACE,
        Change.STILL_WAITING,
    ]


def test_limit_above_that_shrank_takes_the_weakest_under_it() -> None:
    choices = [Choice("ann", "A", 1, 1.0), Choice("bob", "B", 1, 2.0), Choice("cai", "B", 1, 3.0)]
    programmes = [Programme("A", 2, under="North"), Programme("B", 2, under="North")]
    before = market_from_records(choices, programmes, limits=[Limit("North", 3)])
    later = market_from_records(choices, programmes, limits=[Limit("North", 2)])

    result = rematch(later, fair(before), before, Policy.VACANCIES_ONLY)

    assert [one.change for one in result.moves] == [Change.LOST_PLACE, Change.STAYS, Change.STAYS]


def test_reserved_seat_that_is_kept_is_used_up() -> None:
    people = [Person("ann", group="East"), Person("bob"), Person("cai", group="East")]
    reserves = [ReservedSeats("A", "East", 1)]
    early = [Choice("ann", "A", 1, 1.0)]
    late = [*early, Choice("bob", "A", 1, 9.0), Choice("cai", "A", 1, 2.0)]
    before = market_from_records(early, [Programme("A", 2)], people=people, reserves=reserves)
    later = market_from_records(late, [Programme("A", 2)], people=people, reserves=reserves)

    result = rematch(later, fair(before), before, Policy.VACANCIES_ONLY)

    assert [one.after for one in result.moves] == ["A", "A", None]


def test_programme_that_is_gone_is_no_withdrawal() -> None:
    before = clinic()
    later = market_from_records(
        [row for row in _choices("ann", "bob", "cai", "dee") if row.programme == "B"], [Programme("B", 1)]
    )

    changes = [one.change for one in rematch(later, fair(before), before).moves]

    assert changes == [Change.MOVED_DOWN, Change.LOST_PLACE, Change.LOST_PLACE, Change.STILL_WAITING]


def test_choice_given_up_counts_as_withdrawal() -> None:
    before = clinic()
    kept = [row for row in _choices("ann", "bob", "cai", "dee") if (row.applicant, row.programme) != ("ann", "A")]
    later = market_from_records(kept, [Programme("A", 2), Programme("B", 1)])

    assert rematch(later, fair(before), before).moves[0] == Move("ann", Change.WITHDREW, "A", "B")


def test_placement_fixed_before_stays_fixed() -> None:
    choices = [Choice("ann", "A", 1, 1.0, fixed=True), Choice("bob", "A", 1, 9.0)]
    before = market_from_records(choices, [Programme("A", 1)])
    unfixed = [replace(choices[0], fixed=False), choices[1]]

    result = rematch(market_from_records(unfixed, [Programme("A", 1)]), fair(before), before)

    assert [one.after for one in result.moves] == ["A", None]
    with pytest.raises(FixedOverCapacity):
        rematch(market_from_records(unfixed, [Programme("A", 0)]), fair(before), before)


def test_couple_keeps_its_pair_or_leaves_it_together() -> None:
    choices = [Choice(who, what, 1, 1.0) for who in ("ann", "bob") for what in ("A", "B")]
    couple = JointChoice("ann", "bob", (("A", "B"), ("B", "B")))
    before = market_from_records(choices, [Programme("A", 1), Programme("B", 2)], couples=[couple])
    later = market_from_records(choices, [Programme("A", 0), Programme("B", 2)], couples=[couple])
    previous = match(before, Mechanism.JOINT, lottery=LOTTERY)

    same = rematch(before, previous, before, Policy.VACANCIES_ONLY)
    moved = rematch(later, previous, before, Policy.VACANCIES_ONLY)

    assert [one.after for one in same.moves] == ["A", "B"]
    assert [one.after for one in moved.moves] == ["B", "B"]


def test_outcome_of_other_data_is_refused() -> None:
    market = clinic()

    with pytest.raises(BadOutcome):
        rematch(market, replace(fair(market), digest="0" * 64), market)


@pytest.mark.parametrize("mechanism", list(Mechanism))
def test_every_mechanism_can_be_repeated(mechanism: Mechanism) -> None:
    market = clinic()
    try:
        previous = match(market, mechanism, lottery=LOTTERY)
    except NotSupported:
        pytest.fail("a plain market is for every mechanism")

    result = rematch(market, previous, market)

    assert result.outcome.mechanism is mechanism
    assert {one.change for one in result.moves} <= {Change.STAYS, Change.STILL_WAITING}
