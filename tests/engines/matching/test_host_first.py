"""The hosts' side against every outcome there is, and what both sides must have in common."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from tests.engines.matching import brute
from tests.engines.matching.markets import (
    EVERYTHING_STABLE,
    Shape,
    many_markets,
    some_lotteries,
    some_markets,
)

from accord.engines.matching import Lottery, Market, market_from_dicts
from accord.engines.matching._deferred import hold as hold_deferred
from accord.engines.matching._host_first import hold
from accord.engines.matching._layout import Layout, layout

SCARCE = Shape(depth=3, bars=False, unlimited=False)


def with_room_to_the_top(plan: Layout, held: brute.Held) -> set[int]:
    """Return the nodes that are not full, nor anything above them."""
    loads, paths = brute.loads(plan, held), plan.paths().tolist()
    return {node for node, path in enumerate(paths) if all(one < 0 or loads[one] < plan.cap[one] for one in path)}


@pytest.mark.parametrize("shape", [SCARCE, replace(SCARCE, depth=1), replace(SCARCE, ties=False), EVERYTHING_STABLE])
def test_result_is_stable_and_worst_for_everybody_among_all_stable_outcomes(shape: Shape) -> None:
    several = 0
    for market in many_markets(350, shape, seed=7):
        plan = layout(market, Lottery("seed"))
        if np.prod(np.diff(plan.start) + 1) > 1500:
            continue

        held = tuple(hold(plan).tolist())

        stable = list(brute.stable(plan))
        several += len(stable) > 1
        assert held == tuple(
            max((one[who] for one in stable), key=lambda slot: slot % 10**9) for who in range(len(held))
        )
        assert held in stable
    assert several > 1


@settings(max_examples=200, deadline=None)
@given(
    some_markets(Shape(people=20, programmes=6, depth=4, taste_ties=True, reserves=True, fixed=True)), some_lotteries()
)
def test_both_sides_place_the_same_people_and_fill_alike_where_there_is_room(market: Market, lottery: Lottery) -> None:
    plan = layout(market, lottery)

    first, last = tuple(hold_deferred(plan).tolist()), tuple(hold(plan).tolist())

    assert [slot >= 0 for slot in first] == [slot >= 0 for slot in last]
    tops = np.flatnonzero(plan.parent < 0).tolist()
    assert [brute.loads(plan, first)[top] for top in tops] == [brute.loads(plan, last)[top] for top in tops]
    roomy = with_room_to_the_top(plan, first)
    assert roomy == with_room_to_the_top(plan, last)
    here = [{slot for slot in held if slot >= 0 and int(plan.leaf[slot]) in roomy} for held in (first, last)]
    assert here[0] == here[1]


def test_two_hosts_who_like_best_whom_the_other_has() -> None:
    market = market_from_dicts(
        {"a": ["x", "y"], "b": ["y", "x"]}, {"x": 1, "y": 1}, rankings={"x": ["b", "a"], "y": ["a", "b"]}
    )
    plan = layout(market, Lottery("seed"))

    assert plan.edge[hold_deferred(plan)].tolist() == [0, 2]
    assert plan.edge[hold(plan)].tolist() == [1, 3]


def test_supervisor_who_likes_a_student_as_much_in_either_project_offers_the_one_the_student_prefers() -> None:
    market = market_from_dicts(
        {"a": ["x", "y"]},
        {"x": 1, "y": 1},
        rankings={"supervisor": ["a"]},
        limits={"supervisor": 1},
        under={"x": "supervisor", "y": "supervisor"},
    )

    assert hold(layout(market, Lottery("seed"))).tolist() == [0]


def test_layout_without_any_slot() -> None:
    assert hold(layout(market_from_dicts({"a": []}, {"x": 1}), Lottery("seed"))).tolist() == [-1]
