"""Fair spread: the one best outcome by definition, whatever the solver and the order of rows; and its proof."""

from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.engines.matching.markets import Rows, Shape, many_rows, some_lotteries, some_markets, some_rows
from tests.engines.matching.obvious_spread import best_spread, keeps_minimums

from accord.engines.flow import Solver
from accord.engines.flow._ortools import solver_class
from accord.engines.matching import (
    BadNumber,
    Choice,
    JointChoice,
    Limit,
    Lottery,
    Market,
    MinimumUnreachable,
    NotSupported,
    Person,
    Programme,
    Spread,
    market_from_dicts,
    market_from_records,
)
from accord.engines.matching._layout import layout
from accord.engines.matching._spread import spread

needs_ortools = pytest.mark.skipif(solver_class() is None, reason="the extra OR-Tools is not installed")
LOTTERY = Lottery("seed")
CAPS = Shape(people=5, programmes=4, depth=4, taste_ties=True, fixed=True)
MINIMUMS = Shape(people=5, programmes=4, depth=3, taste_ties=True, fixed=True, minimums=True)
RESERVES = Shape(people=3, programmes=3, depth=2, taste_ties=True, reserves=True, fixed=True, minimums=True)


def places(market: Market, objective: Spread = Spread.GREEDY, **kinds: object) -> dict[str, str]:
    plan = layout(market, LOTTERY)
    slots = spread(market, plan, LOTTERY, objective, **kinds)[0]  # type: ignore[arg-type]
    named = ((who, int(slot)) for who, slot in zip(market.applicants, slots, strict=True))
    return {who: market.programmes[market.programme[plan.edge[slot]]] for who, slot in named if slot >= 0}


@pytest.mark.parametrize("objective", Spread)
@pytest.mark.parametrize("shape", [CAPS, MINIMUMS, RESERVES], ids=["caps", "minimums", "reserves"])
@given(data=st.data(), lottery=some_lotteries())
@settings(max_examples=60, deadline=None)
def test_spread_is_the_one_best_of_all_outcomes(
    shape: Shape, objective: Spread, data: st.DataObject, lottery: Lottery
) -> None:
    market = data.draw(some_markets(shape))
    plan = layout(market, lottery)

    slots, proof, closures = spread(market, plan, lottery, objective)

    assert tuple(slots.tolist()) == best_spread(market, plan, lottery, objective, must_run=False)
    assert proof.exhaustive
    shut = [one.node for one in closures]
    assert not np.isin(plan.paths()[plan.leaf[slots[slots >= 0]]], shut).any()


@pytest.mark.parametrize("objective", Spread)
@given(market=some_markets(MINIMUMS))
@settings(max_examples=60, deadline=None)
def test_where_all_must_run_they_do_or_the_error_names_minimums(market: Market, objective: Spread) -> None:
    plan = layout(market, LOTTERY)
    best = best_spread(market, plan, LOTTERY, objective, must_run=True)

    if best is not None:
        slots, _, closures = spread(market, plan, LOTTERY, objective, must_run=True)
        assert (tuple(slots.tolist()), closures) == (best, ())
    else:
        with pytest.raises(MinimumUnreachable) as caught:
            spread(market, plan, LOTTERY, objective, must_run=True)
        assert caught.value.needed > caught.value.possible >= 0
        assert all(market.tree.floor[market.tree.label.index(name)] > 0 for name in caught.value.ids)


@needs_ortools
@pytest.mark.parametrize("objective", Spread)
@given(market=some_markets(Shape(people=30, programmes=9, depth=4, taste_ties=True, minimums=True)))
@settings(max_examples=25, deadline=None)
def test_solver_changes_nothing(market: Market, objective: Spread) -> None:
    plan = layout(market, LOTTERY)

    plain = spread(market, plan, LOTTERY, objective, solver=Solver.PLAIN)
    other = spread(market, plan, LOTTERY, objective, solver=Solver.ORTOOLS)

    assert plain[0].tolist() == other[0].tolist()
    assert plain[1].totals == other[1].totals
    assert plain[2] == other[2]


@given(
    rows=some_rows(Shape(people=12, programmes=6, taste_ties=True, minimums=True, reserves=True)), seed=st.integers()
)
@settings(max_examples=60, deadline=None)
def test_order_of_rows_changes_nothing(rows: Rows, seed: int) -> None:
    once = places(rows.market())

    assert places(rows.shuffled(Random(seed)).market()) == once


def test_published_order_is_followed_and_said_where_not_all_choices_can_be_weighed() -> None:
    market = market_from_dicts(
        {"a": ["P", "R"], "b": ["P", "R"], "c": ["Q", "R"]}, {"P": 3, "Q": 3, "R": 3}, minimums={"P": 3, "Q": 3, "R": 2}
    )
    plan = layout(market, LOTTERY)

    slots, proof, closures = spread(market, plan, LOTTERY, Spread.GREEDY, tries=0)

    assert [(market.tree.label[one.node], one.had, one.needed) for one in closures] == [("Q", 1, 3), ("P", 2, 3)]
    assert market.programme[plan.edge[slots]].tolist() == [2, 2, 2]
    assert not proof.exhaustive


def test_published_order_keeps_all_minimums() -> None:
    for rows in many_rows(150, MINIMUMS, seed=5):
        market = rows.market()
        plan = layout(market, LOTTERY)

        slots, _, _ = spread(market, plan, LOTTERY, Spread.GENEROUS, tries=0)

        assert keeps_minimums(market, plan, tuple(slots.tolist()), must_run=False)


def test_published_order_is_only_taken_as_proven_where_nothing_was_closed() -> None:
    market = market_from_dicts({"a": ["P"]}, {"P": 1}, minimums={"P": 1})

    _, proof, closures = spread(market, layout(market, LOTTERY), LOTTERY, Spread.GREEDY, tries=0)

    assert (proof.exhaustive, closures) == (True, ())


def test_objectives_differ_where_they_should() -> None:
    preferences = {"a": "PQS", "b": "RPQ", "c": "RP", "d": "RPS", "e": "PQR"}
    market = market_from_dicts(preferences, {"P": 2, "Q": 2, "R": 1, "S": 2})

    found = {aim: places(market, aim) for aim in Spread}

    profiles = {aim: sorted(preferences[who].index(what) + 1 for who, what in found[aim].items()) for aim in Spread}
    assert profiles[Spread.GREEDY] == [1, 1, 1, 3, 3]
    assert profiles[Spread.GENEROUS] == [1, 2, 2, 2, 2]
    assert sum(profiles[Spread.LEAST_COST]) == 9


def test_unreachable_minimums_are_named_in_both_languages() -> None:
    market = market_from_dicts(
        {"a": ["P", "Q"], "b": ["Q", "P"], "c": ["R"]}, {"P": 2, "Q": 2, "R": 2}, minimums={"P": 2, "Q": 1, "R": 1}
    )

    with pytest.raises(MinimumUnreachable) as caught:
        spread(market, layout(market, LOTTERY), LOTTERY, Spread.GREEDY, must_run=True)

    error = caught.value
    assert (error.ids, error.needed, error.possible) == (("P", "Q"), 3, 2)
    assert (
        error.words("en")
        == "P, Q: 3 more needed in all, and at most 2 can be placed there. Lower one, or let some close."
    )
    assert "P、Q" in error.words("zh-hans")
    assert "最多只能安排2人" in error.words("zh-hans")


def test_unreachable_minimum_under_a_tight_limit_names_the_minimums() -> None:
    market = market_from_dicts(
        {"a": ["P"], "b": ["Q"]},
        {"P": 1, "Q": 1},
        minimums={"P": 1, "Q": 1},
        limits={"one": 1, "two": 1, "top": 1},
        under={"P": "one", "Q": "two", "one": "top", "two": "top"},
    )

    with pytest.raises(MinimumUnreachable) as caught:
        spread(market, layout(market, LOTTERY), LOTTERY, Spread.LEAST_COST, must_run=True)

    assert (caught.value.ids, caught.value.needed, caught.value.possible) == (("P", "Q"), 2, 1)


def test_teams_and_couples_are_refused_by_name() -> None:
    rows, opened = [Choice("a", "P"), Choice("b", "P")], [Programme("P", 3)]
    team = market_from_records(rows, opened, people=[Person("b", 2)])
    couple = market_from_records(rows, opened, couples=[JointChoice("a", "b", (("P", "P"),))])

    for market, names in ((team, ("b",)), (couple, ("a", "b"))):
        with pytest.raises(NotSupported) as caught:
            places(market)
        assert caught.value.ids == names


def test_ranks_that_cannot_be_added_up_are_refused_where_they_would_be() -> None:
    market = market_from_records([Choice("a", "P", 1), Choice("a", "Q", 2**57)], [Programme("P", 1), Programme("Q", 1)])

    assert places(market, Spread.GREEDY) == {"a": "P"}
    with pytest.raises(BadNumber) as caught:
        places(market, Spread.LEAST_COST)
    assert (caught.value.ids, caught.value.detail) == (("a", "Q"), str(2**57))


def test_a_fixed_team_is_no_obstacle() -> None:
    rows = [Choice("a", "P"), Choice("b", "P", fixed=True), Choice("c", "P")]
    market = market_from_records(rows, [Programme("P", 3, under="L")], limits=[Limit("L", 3)], people=[Person("b", 2)])

    assert len(places(market)) == 1


def test_nobody_to_place_is_a_spread_too() -> None:
    market = market_from_records([], [Programme("P", 1)], people=[Person("a")])

    assert places(market) == {}
