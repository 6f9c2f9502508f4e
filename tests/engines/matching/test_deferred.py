"""Deferred acceptance against every outcome there is, and against itself by arrays and by heaps."""

import numpy as np
import pytest
from hypothesis import given, settings
from tests.engines.matching import brute
from tests.engines.matching.markets import (
    EVERYTHING_STABLE,
    FLAT,
    STRICT,
    Shape,
    many_markets,
    some_lotteries,
    some_markets,
)

from accord.engines.matching import Draws, Lottery, Market, market_from_dicts
from accord.engines.matching._deferred import hold
from accord.engines.matching._layout import Layout, layout

BY_HEAPS = 10**9
BY_ARRAYS = 0
SHAPES = [Shape(), FLAT, STRICT, EVERYTHING_STABLE, Shape(depth=4, unlimited=False)]


def programmes_of(market: Market, plan: Layout) -> dict[str, str | None]:
    """Return who got what by name."""
    held = hold(plan).tolist()
    placed = [market.programmes[market.programme[plan.edge[slot]]] if slot >= 0 else None for slot in held]
    return dict(zip(market.applicants, placed, strict=True))


@pytest.mark.parametrize("draws", list(Draws))
@pytest.mark.parametrize("shape", SHAPES)
def test_result_is_stable_and_best_for_everybody_among_all_stable_outcomes(shape: Shape, draws: Draws) -> None:
    checked = 0
    for market in many_markets(220, shape, seed=5):
        plan = layout(market, Lottery("seed", draws))
        if np.prod(np.diff(plan.start) + 1) > 1500:
            continue
        checked += 1

        held = tuple(hold(plan).tolist())

        stable = list(brute.stable(plan))
        best = tuple(min((one[who] for one in stable), key=lambda slot: slot % 10**9) for who in range(len(held)))
        assert held == best
        assert held in stable
        assert brute.weakly_blocking(market, plan, held) == []
    assert checked > 150


@settings(max_examples=150, deadline=None)
@given(
    some_markets(Shape(people=40, programmes=8, depth=4, taste_ties=True, reserves=True, fixed=True)), some_lotteries()
)
def test_arrays_and_heaps_and_both_in_turn_agree(market: Market, lottery: Lottery) -> None:
    plan = layout(market, lottery)

    by_heaps = hold(plan, crowd=BY_HEAPS).tolist()

    assert hold(plan, crowd=BY_ARRAYS).tolist() == by_heaps
    assert hold(plan, crowd=5).tolist() == by_heaps
    assert brute.feasible(plan, tuple(by_heaps))
    assert brute.blocking(plan, tuple(by_heaps)) == []


@pytest.mark.parametrize("depth", [1, 2, 3])
def test_arrays_and_heaps_agree_on_a_crowded_market(depth: int) -> None:
    plan = crowded(3000, depth)

    held = hold(plan)

    assert (held >= 0).sum() > 1000
    assert np.array_equal(held, hold(plan, crowd=BY_HEAPS))
    assert np.array_equal(held, hold(plan, crowd=BY_ARRAYS))


def crowded(people: int, depth: int) -> Layout:
    """Return a layout with far more wishes than seats: ten slots each, and limits of 90 % at every level above."""
    random = np.random.default_rng(depth)
    leaves = people // 10
    parent, cap = np.full(leaves, -1), np.full(leaves, 10)
    for _ in range(depth - 1):
        level = np.flatnonzero(parent < 0)
        above = len(parent) + np.arange(len(level)) // 5
        parent[level] = above
        more = len(np.unique(above))
        parent, cap = (
            np.append(parent, np.full(more, -1)),
            np.append(cap, np.full(more, int(cap[level].sum() * 0.9 / more))),
        )
    leaf = np.concatenate([random.choice(leaves, 10, replace=False) for _ in range(people)]).astype(np.int64)
    plain = np.zeros(len(leaf), np.int64)
    return Layout(
        start=np.arange(0, 10 * people + 1, 10),
        leaf=leaf,
        key=random.permutation(len(leaf)).astype(np.int64),
        edge=np.arange(len(leaf)),
        seat=plain,
        parent=parent.astype(np.int64),
        cap=cap.astype(np.int64),
        size=np.ones(people, np.int64),
    )


def test_lowest_full_limit_decides_and_the_one_above_stays_full() -> None:
    market = market_from_dicts(
        {"ann": ["maths"], "bob": ["physics", "maths"], "cho": ["physics"]},
        {"maths": 2, "physics": 1},
        scores={"maths": {"ann": 5, "bob": 9}, "physics": {"bob": 4, "cho": 7}},
        limits={"supervisor": 2},
        under={"maths": "supervisor", "physics": "supervisor"},
    )

    plan = layout(market, Lottery("seed"))

    # Physics takes Cho, so Bob turns to maths, where he is stronger than Ann; the supervisor has two.
    assert programmes_of(market, plan) == {"ann": None, "bob": "maths", "cho": "physics"}


def test_textbook_market_of_residents_and_hospitals() -> None:
    market = market_from_dicts(
        {"a": ["x", "y"], "b": ["x", "z"], "c": ["y", "x"], "d": ["x", "y", "z"]},
        {"x": 2, "y": 1, "z": 1},
        rankings={"x": ["c", "a", "d", "b"], "y": ["d", "c", "a"], "z": ["b", "d"]},
    )

    plan = layout(market, Lottery("seed"))

    assert programmes_of(market, plan) == {"a": "x", "b": "z", "c": "y", "d": "x"}


@pytest.mark.parametrize("crowd", [BY_ARRAYS, BY_HEAPS])
def test_no_seats_no_limit_and_no_wishes(crowd: int) -> None:
    market = market_from_dicts({"a": ["shut", "vast"], "b": ["vast"], "c": []}, {"shut": 0, "vast": None})

    plan = layout(market, Lottery("seed"))

    assert hold(plan, crowd=crowd).tolist() == [1, 2, -1]


@pytest.mark.parametrize("crowd", [BY_ARRAYS, BY_HEAPS])
def test_layout_without_any_slot(crowd: int) -> None:
    market = market_from_dicts({"a": [], "b": []}, {"x": 1})

    assert hold(layout(market, Lottery("seed")), crowd=crowd).tolist() == [-1, -1]
