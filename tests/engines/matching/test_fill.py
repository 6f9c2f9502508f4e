"""Filling the most places: weakly stable, and never under two thirds of the most."""

from collections import Counter
from collections.abc import Iterable
from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from tests.engines.matching import brute
from tests.engines.matching.markets import EVERYTHING_STABLE, FLAT, Rows, Shape, many_markets, some_lotteries, some_rows

from accord.engines.matching import Draws, Lottery, Market, market_from_dicts
from accord.engines.matching import _fill as fill
from accord.engines.matching._deferred import hold as hold_deferred
from accord.engines.matching._fill import hold
from accord.engines.matching._joint_blocks import joint_blocks
from accord.engines.matching._layout import layout
from accord.engines.matching._levels import score_levels, wish_levels

SHAPES = [FLAT, Shape(depth=1, taste_ties=True), Shape(depth=4, taste_ties=True), EVERYTHING_STABLE]


@pytest.mark.parametrize("draws", list(Draws))
@pytest.mark.parametrize("shape", SHAPES)
def test_outcome_is_weakly_stable_and_at_least_two_thirds_of_the_fullest(shape: Shape, draws: Draws) -> None:
    ratios = []
    for market in many_markets(130, shape, seed=21):
        plan = layout(market, Lottery("seed", draws))
        if np.prod(np.diff(plan.start) + 1) > 1500:
            continue

        held = tuple(hold(market, plan)[0].tolist())

        assert brute.feasible(plan, held)
        assert brute.weakly_blocking(market, plan, held) == []
        assert joint_blocks(market, plan, np.array(held)) == []
        most = max(_placed(one) for one in brute.outcomes(plan) if not brute.weakly_blocking(market, plan, one))
        assert 3 * _placed(held) >= 2 * most
        ratios.append(_placed(held) / most if most else 1.0)
    assert len(ratios) > 80
    assert np.mean(ratios) > 0.99


@settings(max_examples=100, deadline=None)
@given(some_rows(Shape(people=30, programmes=8, depth=4, taste_ties=True, reserves=True, fixed=True)), some_lotteries())
def test_larger_outcome_is_weakly_stable_and_in_any_order_of_rows_the_same(rows: Rows, lottery: Lottery) -> None:
    market = rows.market()
    plan = layout(market, lottery)

    slots, promoted = hold(market, plan)

    assert joint_blocks(market, plan, slots) == []
    assert not promoted[slots < 0].any()
    other = rows.shuffled(Random(1)).market()
    again, promoted_again = hold(other, layout(other, lottery))
    assert again.tolist() == slots.tolist()
    assert promoted_again.tolist() == promoted.tolist()


def test_where_nothing_is_tied_it_is_the_fair_match() -> None:
    for market in many_markets(200, Shape(ties=False, depth=3), seed=22):
        plan = layout(market, Lottery("seed"))
        slots, promoted = hold(market, plan)

        assert slots.tolist() == hold_deferred(plan).tolist()
        assert not promoted.any()


@pytest.mark.parametrize("seed", "abcdef")
def test_equal_scores_promote_whoever_was_refused_everywhere(seed: str) -> None:
    market = market_from_dicts(
        {"a": ["P", "Q"], "b": ["P"]}, {"P": 1, "Q": 1}, rankings={"P": [{"a", "b"}], "Q": ["a"]}
    )

    slots, promoted = hold(market, layout(market, Lottery(seed)))

    assert _names(market, seed, slots.tolist()) == ["Q", "P"]
    assert not promoted[0]


@pytest.mark.parametrize("seed", "abcdef")
def test_equal_wishes_leave_room_for_others(seed: str) -> None:
    market = market_from_dicts(
        {"a": [{"P", "Q"}], "b": ["P"]}, {"P": 1, "Q": 1}, rankings={"P": ["a", "b"], "Q": ["a"]}
    )

    slots, _ = hold(market, layout(market, Lottery(seed)))

    assert _names(market, seed, slots.tolist()) == ["Q", "P"]


@pytest.mark.parametrize("seed", "abcdef")
def test_ties_under_a_shared_limit_are_used_too(seed: str) -> None:
    market = market_from_dicts(
        {"a": ["P", "R"], "b": ["Q"], "c": ["Q"]},
        {"P": 1, "Q": 2, "R": 1},
        scores={"P": {"a": 1}, "Q": {"b": 1, "c": 1}, "R": {"a": 1}},
        limits={"host": 2},
        under={"P": "host", "Q": "host"},
    )

    slots, _ = hold(market, layout(market, Lottery(seed)))

    assert _names(market, seed, slots.tolist()) == ["R", "Q", "Q"]


@pytest.mark.parametrize("seed", "abcdefgh")
def test_draw_never_parts_two_equal_places_of_one_person(seed: str) -> None:
    market = market_from_dicts(
        {"a": ["P", "Q"], "b": ["P"]}, {"P": 1, "Q": 1}, limits={"all": 1}, under={"P": "all", "Q": "all"}
    )

    slots, _ = hold(market, layout(market, Lottery(seed, Draws.MULTIPLE)))

    assert {name for name in _names(market, seed, slots.tolist()) if name} == {"P"}


def test_draw_as_it_fell_or_turned_round_whichever_fills_more() -> None:
    random, better = Random(6), Counter[int]()
    for seed in range(30):
        wishes = {f"a{n}": random.sample([f"p{n}" for n in range(40)], 3) for n in range(40)}
        market = market_from_dicts(wishes, {f"p{n}": 1 for n in range(40)})
        plan = layout(market, Lottery(str(seed)))
        level, wish = score_levels(market, plan), wish_levels(market, plan)
        one, other = (_placed(fill._hold(plan, level, wish, luck)[0]) for luck in (plan.key, -plan.key))

        assert _placed(hold(market, plan)[0]) == max(one, other)
        better[int(np.sign(one - other))] += 1
    assert better[1]
    assert better[-1]


def test_many_ties_fill_far_more_places_than_a_lottery() -> None:
    random = Random(5)
    wishes = {f"a{n}": random.sample([f"p{n}" for n in range(400)], 4) for n in range(400)}
    ties = {who: [set(names[:3]), names[3]] for who, names in wishes.items()}
    market = market_from_dicts(ties, {f"p{n}": 1 for n in range(400)})
    plan = layout(market, Lottery("seed"))

    slots, _ = hold(market, plan)

    assert joint_blocks(market, plan, slots) == []
    assert _placed(slots.tolist()) > 1.05 * _placed(hold_deferred(plan).tolist())


def _placed(held: Iterable[int]) -> int:
    return sum(slot >= 0 for slot in held)


def _names(market: Market, seed: str, slots: list[int]) -> list[str | None]:
    edge = layout(market, Lottery(seed)).edge
    return [market.programmes[market.programme[edge[slot]]] if slot >= 0 else None for slot in slots]
