"""Couples, teams and singles: stable where anything is, and honest where nothing is."""

from random import Random

import numpy as np
import pytest
from tests.engines.matching import brute, joint_obvious
from tests.engines.matching.markets import Shape, many_markets, many_rows

from accord.engines.matching import (
    Choice,
    Draws,
    JointChoice,
    Limit,
    Lottery,
    Market,
    Mechanism,
    Person,
    Programme,
    market_from_records,
    match,
)
from accord.engines.matching import _joint as joint
from accord.engines.matching._deferred import hold as hold_deferred
from accord.engines.matching._joint_blocks import joint_blocks
from accord.engines.matching._layout import layout

LOTTERY = Lottery("seed")
SHAPES = [
    Shape(couples=True, depth=1, ties=False, bars=False, unlimited=False),
    Shape(couples=True, depth=3, reserves=True, taste_ties=True, fixed=True),
    Shape(couples=True, depth=2, teams=True),
]


@pytest.mark.parametrize("shape", SHAPES)
def test_outcome_is_stable_wherever_a_stable_one_exists(shape: Shape) -> None:
    settled_count = 0
    for market in many_markets(150, shape, seed=41):
        plan = layout(market, LOTTERY)
        if np.prod([len(wanted) + 1 for _, wanted in joint_obvious.choices_of(market, plan)]) > 600:
            continue

        slots, settled = joint.hold(market, plan, LOTTERY)

        held = tuple(slots.tolist())
        every = list(joint_obvious.outcomes(market, plan))
        assert held in every
        assert settled == (joint_obvious.complaints(market, plan, held) == [])
        assert settled or all(joint_obvious.complaints(market, plan, one) for one in every)
        settled_count += settled
    assert settled_count > 70


@pytest.mark.parametrize("draws", list(Draws))
def test_settled_says_whether_anybody_has_cause_to_complain(draws: Draws) -> None:
    lottery = Lottery("seed", draws)
    for shape in (Shape(people=14, depth=3, couples=True), Shape(people=14, depth=2, couples=True, teams=True)):
        for market in many_markets(120, shape, seed=44):
            plan = layout(market, lottery)

            slots, settled = joint.hold(market, plan, lottery)

            assert brute.feasible(plan, tuple(slots.tolist()))
            assert settled == (joint_blocks(market, plan, slots) == [])


@pytest.mark.parametrize("seed", "abcdefgh")
def test_own_place_makes_way_for_an_equal_one_liked_better(seed: str) -> None:
    rows = [Choice("a", "P", 1), Choice("a", "Q", 2), Choice("b", "P", 1)]
    market = market_from_records(
        rows, [Programme("P", 1, under="all"), Programme("Q", 1, under="all")], limits=[Limit("all", 1)]
    )
    lottery = Lottery(seed, Draws.MULTIPLE)
    plan = layout(market, lottery)

    slots, settled = joint.hold(market, plan, lottery)

    assert settled
    assert market.programme[plan.edge[slots[slots >= 0]]].tolist() == [0]


def test_people_alone_get_the_fair_match_where_nothing_is_tied() -> None:
    for market in many_markets(200, Shape(depth=3, ties=False), seed=42):
        plan = layout(market, LOTTERY)

        slots, settled = joint.hold(market, plan, LOTTERY)

        assert settled
        assert slots.tolist() == hold_deferred(plan).tolist()


def test_order_of_rows_changes_nothing() -> None:
    for rows in many_rows(60, Shape(people=12, couples=True, teams=True, reserves=True), seed=43):
        market, other = rows.market(), rows.shuffled(Random(2)).market()

        one = joint.hold(market, layout(market, LOTTERY), LOTTERY)
        two = joint.hold(other, layout(other, LOTTERY), LOTTERY)

        assert (one[0].tolist(), one[1]) == (two[0].tolist(), two[1])


def test_market_without_stable_outcome_is_reported_as_unsettled() -> None:
    # P prefers a to c, Q prefers c to b, and c prefers P: whoever is placed, somebody comes and undoes it.
    rows = [Choice("a", "P", 1, 2.0), Choice("b", "Q", 1, 1.0), Choice("c", "P", 1, 1.0), Choice("c", "Q", 2, 2.0)]
    couple = JointChoice("a", "b", (("P", "Q"),))
    market = market_from_records(rows, [Programme("P", 1), Programme("Q", 1)], couples=[couple])
    plan = layout(market, LOTTERY)

    slots, settled = joint.hold(market, plan, LOTTERY)

    assert not settled
    assert len(joint_blocks(market, plan, slots)) == 1
    assert not match(market, Mechanism.JOINT, lottery=LOTTERY).settled


def test_couple_goes_together_or_not_at_all() -> None:
    rows = [Choice("a", "P", 1, 3.0), Choice("b", "Q", 1, 1.0), Choice("c", "Q", 1, 2.0), Choice("d", "P", 1, 1.0)]
    couple = JointChoice("a", "b", (("P", "Q"),))
    market = market_from_records(rows, [Programme("P", 1), Programme("Q", 1)], couples=[couple])

    assert _placed(market) == {"a": None, "b": None, "c": "Q", "d": "P"}


def test_couple_takes_one_place_where_it_asked_for_that() -> None:
    rows = [Choice("a", "P", 1, 3.0), Choice("b", "Q", 1, 1.0), Choice("c", "Q", 1, 2.0)]
    couple = JointChoice("a", "b", (("P", "Q"), ("P", None)))
    market = market_from_records(rows, [Programme("P", 1), Programme("Q", 1)], couples=[couple])

    assert _placed(market) == {"a": "P", "b": None, "c": "Q"}


def test_couple_in_one_programme_displaces_two_only_where_both_are_stronger() -> None:
    rows = [Choice("a", "P", 1, 5.0), Choice("b", "P", 1, 2.0), Choice("c", "P", 1, 3.0), Choice("d", "P", 1, 1.0)]
    couple = JointChoice("a", "b", (("P", "P"),))
    market = market_from_records(rows, [Programme("P", 2)], couples=[couple])

    assert _placed(market) == {"a": None, "b": None, "c": "P", "d": "P"}


def test_fixed_partner_leaves_the_other_one_the_pairs_that_fit() -> None:
    rows = [Choice("a", "P", 1, 1.0, fixed=True), Choice("b", "Q", 1, 1.0), Choice("b", "R", 2, 1.0)]
    couple = JointChoice("a", "b", ((None, "Q"), ("P", "R")))
    market = market_from_records(rows, [Programme(one, 1) for one in "PQR"], couples=[couple])

    outcome = match(market, Mechanism.JOINT, lottery=LOTTERY)

    assert [market.programmes[market.programme[edge]] for edge in outcome.edge] == ["P", "R"]


def test_team_is_placed_as_one_and_displaces_the_weaker() -> None:
    rows = [Choice("team", "P", 1, 2.0), Choice("x", "P", 1, 1.0), Choice("y", "P", 1, 3.0), Choice("z", "P", 1, 0.0)]
    market = market_from_records(rows, [Programme("P", 3)], people=[Person("team", 2)])

    assert _placed(market) == {"team": "P", "x": None, "y": "P", "z": None}


def test_team_too_large_for_what_is_left_waits() -> None:
    rows = [Choice("team", "P", 1, 2.0), Choice("x", "P", 1, 1.0), Choice("y", "P", 1, 3.0)]
    market = market_from_records(rows, [Programme("P", 2)], people=[Person("team", 2)])

    assert _placed(market) == {"team": None, "x": "P", "y": "P"}


def test_hundreds_with_couples_are_settled() -> None:
    market = _hospitals(Random(7), singles=300, couples=40, programmes=40)
    plan = layout(market, LOTTERY)

    slots, settled = joint.hold(market, plan, LOTTERY)

    assert settled
    assert brute.feasible(plan, tuple(slots.tolist()))
    assert joint_blocks(market, plan, slots) == []


def test_effort_spent_still_gives_the_best_met(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(joint, "EFFORT", 1)
    monkeypatch.setattr(joint, "PASSES", 1)
    monkeypatch.setattr(joint, "LEAST", 1)
    market = _hospitals(Random(8), singles=5, couples=20, programmes=5)
    plan = layout(market, LOTTERY)

    slots, settled = joint.hold(market, plan, LOTTERY)

    assert settled == (joint_blocks(market, plan, slots) == [])
    assert brute.feasible(plan, tuple(slots.tolist()))


def _placed(market: Market) -> dict[str, str | None]:
    plan = layout(market, LOTTERY)
    slots, settled = joint.hold(market, plan, LOTTERY)
    assert settled
    names = [market.programmes[market.programme[plan.edge[slot]]] if slot >= 0 else None for slot in slots]
    return dict(zip(market.applicants, names, strict=True))


def _hospitals(random: Random, *, singles: int, couples: int, programmes: int) -> Market:
    """Return a market in which couples list all near pairs of a few programmes each."""
    names = [f"p{number:02}" for number in range(programmes)]
    rows, pairs = [], []
    for number in range(singles):
        rows += _wishes(random, f"s{number:03}", names, 6)
    for number in range(couples):
        one, two = _wishes(random, f"x{number:03}", names, 5), _wishes(random, f"y{number:03}", names, 5)
        both = sorted((a.rank + b.rank, a.programme, b.programme) for a in one for b in two)
        rows += one + two
        pairs.append(JointChoice(one[0].applicant, two[0].applicant, tuple((a, b) for _, a, b in both)))
    seats = -(-(singles + 2 * couples) // programmes)
    return market_from_records(rows, [Programme(name, seats) for name in names], couples=pairs)


def _wishes(random: Random, who: str, names: list[str], most: int) -> list[Choice]:
    chosen = random.sample(names, min(most, len(names)))
    return [Choice(who, what, rank, random.random()) for rank, what in enumerate(chosen, 1)]
