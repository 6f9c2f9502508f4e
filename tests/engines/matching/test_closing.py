"""Minimums: what is closed, in which order, and that all that runs has enough."""

import hmac
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.engines.matching import brute
from tests.engines.matching.markets import Shape, some_markets

from accord.engines.matching import (
    Choice,
    Closure,
    Limit,
    Lottery,
    Market,
    Mechanism,
    Outcome,
    Person,
    Programme,
    market_from_dicts,
    market_from_records,
    match,
)
from accord.engines.matching._layout import layout

LOTTERY = Lottery("seed")
WITH_MINIMUMS = Shape(people=7, depth=3, taste_ties=True, reserves=True, fixed=True, minimums=True)
BY_CLOSING = [one for one in Mechanism if one is not Mechanism.FAIR_SPREAD]


def people_under(market: Market, outcome: Outcome) -> list[int]:
    """Return how many people each node of the market has."""
    load = [0] * len(market.tree.label)
    for who, edge in enumerate(outcome.edge.tolist()):
        for node in market.tree.path(int(market.programme[edge])) if edge >= 0 else ():
            load[node] += int(market.size[who])
    return load


def names(market: Market, outcome: Outcome) -> list[tuple[str, int, int]]:
    return [(market.tree.label[one.node], one.had, one.needed) for one in outcome.closures]


@settings(max_examples=120, deadline=None)
@given(some_markets(WITH_MINIMUMS), st.sampled_from(BY_CLOSING))
def test_what_runs_has_its_minimum_and_nobody_new_is_in_what_does_not(market: Market, mechanism: Mechanism) -> None:
    outcome = match(market, mechanism, lottery=LOTTERY)

    load, shut = people_under(market, outcome), {one.node for one in outcome.closures}
    assert len(shut) == len(outcome.closures)
    for node, people in enumerate(load):
        runs = shut.isdisjoint(market.tree.path(node))
        assert not runs or people >= market.tree.floor[node]
    for who in np.flatnonzero((outcome.edge >= 0) & ~outcome.kept):
        assert shut.isdisjoint(market.tree.path(int(market.programme[outcome.edge[who]])))


@settings(max_examples=120, deadline=None)
@given(some_markets(WITH_MINIMUMS))
def test_each_closure_is_the_largest_shortfall_of_its_round_and_the_luckier_stays(market: Market) -> None:
    outcome = match(market, lottery=LOTTERY)

    shut: list[int] = []
    for closure in outcome.closures:
        label, floor = market.tree.label, market.tree.floor
        before = match_with(market, shut)
        load = people_under(market, before)
        lacking = {
            node: (int(floor[node]) - load[node], -int.from_bytes(closing_draw(label[node])))
            for node in range(len(label))
            if load[node] < floor[node] and not set(shut) & set(market.tree.path(node))
        }
        assert closure == Closure(max(lacking, key=lacking.__getitem__), load[closure.node], int(floor[closure.node]))
        shut.append(closure.node)
    assert match_with(market, shut).edge.tolist() == outcome.edge.tolist()


def closing_draw(label: str) -> bytes:
    return hmac.digest(b"seed", f"closing\0{label}".encode(), "sha256")[:8]


def match_with(market: Market, shut: list[int]) -> Outcome:
    """Return the fair match of the market without minimums whose closed nodes take nobody new."""
    bar = market.bar.copy()
    for edge, programme in enumerate(market.programme.tolist()):
        if set(shut) & set(market.tree.path(programme)) and not market.fixed[edge]:
            bar[edge] = 1
    tree = replace(market.tree, floor=np.zeros_like(market.tree.floor))
    return match(replace(market, bar=bar, tree=tree), lottery=LOTTERY)


def test_most_short_closes_first_and_its_people_may_save_the_next() -> None:
    market = market_from_dicts(
        {"a": ["big", "small"], "b": ["small"], "c": ["big"]},
        {"big": 9, "small": 9},
        minimums={"big": 5, "small": 2},
    )

    outcome = match(market, lottery=LOTTERY)

    assert names(market, outcome) == [("big", 2, 5)]
    assert people_under(market, outcome) == [0, 2]


def test_programme_without_anybody_counts_as_closed() -> None:
    market = market_from_dicts({"a": ["x"]}, {"x": 1, "nobody": 3}, minimums={"nobody": 2})

    outcome = match(market, lottery=LOTTERY)

    assert names(market, outcome) == [("nobody", 0, 2)]


def test_limit_below_its_minimum_closes_all_that_lies_under_it() -> None:
    market = market_from_dicts(
        {"a": ["x", "z"], "b": ["y", "z"]},
        {"x": 1, "y": 1, "z": 2},
        limits={"faculty": 5},
        under={"x": "faculty", "y": "faculty"},
        minimums={"faculty": 3},
    )

    outcome = match(market, lottery=LOTTERY)

    assert names(market, outcome) == [("faculty", 2, 3)]
    assert people_under(market, outcome) == [0, 0, 2, 0]


def test_equal_shortfalls_close_by_the_lower_draw() -> None:
    market = market_from_dicts({"a": ["x"], "b": ["y"]}, {"x": 2, "y": 2}, minimums={"x": 2, "y": 2})

    outcome = match(market, lottery=LOTTERY)

    assert [name for name, _, _ in names(market, outcome)] == sorted("xy", key=closing_draw)


@pytest.mark.parametrize(("size", "closed"), [(2, [("x", 2, 3)]), (3, [])])
def test_minimum_counts_the_people_of_a_team(size: int, closed: list[tuple[str, int, int]]) -> None:
    market = market_from_records([Choice("team", "x")], [Programme("x", 5, 3)], people=[Person("team", size=size)])

    outcome = match(market, Mechanism.JOINT, lottery=LOTTERY)

    assert names(market, outcome) == closed


def test_somebody_fixed_stays_in_what_is_closed() -> None:
    market = market_from_records(
        [Choice("a", "x", fixed=True), Choice("b", "x", 1), Choice("b", "y", 2)],
        [Programme("x", 5, 3, "side"), Programme("y", 5, 0, "side")],
        limits=[Limit("side", 9)],
    )

    outcome = match(market, lottery=LOTTERY)

    assert names(market, outcome) == [("x", 2, 3)]
    assert people_under(market, outcome) == [1, 1, 2]


@pytest.mark.parametrize("mechanism", [Mechanism.FAIR_MATCH, Mechanism.HOST_FIRST])
def test_outcome_is_stable_given_what_stays_open(mechanism: Mechanism) -> None:
    market = market_from_dicts({"a": ["x", "y"], "b": ["x", "y"], "c": ["y", "x"]}, {"x": 3, "y": 1}, minimums={"x": 3})
    outcome = match(market, mechanism, lottery=LOTTERY)
    plan = layout(market, LOTTERY, closed=[one.node for one in outcome.closures])

    held = tuple(int(np.flatnonzero(plan.edge == edge)[0]) if edge >= 0 else -1 for edge in outcome.edge)

    assert names(market, outcome) == [("x", 2, 3)]
    assert brute.blocking(plan, held) == []
