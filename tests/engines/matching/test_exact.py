"""The fullest weakly stable outcome by the solver, against every outcome there is."""

from collections import Counter

import numpy as np
import pytest
from tests.engines.matching import brute
from tests.engines.matching.markets import EVERYTHING_STABLE, Shape, many_markets

from accord.engines.matching import Bound, Lottery, Market, NotSupported, market_from_dicts
from accord.engines.matching import _exact as exact
from accord.engines.matching import _fill as fill
from accord.engines.matching._joint_blocks import joint_blocks
from accord.engines.matching._layout import layout

LOTTERY = Lottery("seed")
SHAPES = [Shape(people=6, depth=1, taste_ties=True), Shape(depth=4, taste_ties=True), EVERYTHING_STABLE]


def test_without_the_solver_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exact, "solver_module", lambda: None)
    market = market_from_dicts({"a": ["P"]}, {"P": 1})
    plan = layout(market, LOTTERY)

    with pytest.raises(NotSupported) as caught:
        exact.fill_most(market, plan, np.array([0]), 1.0)

    assert caught.value.reason == "needs-solver"


@pytest.fixture(scope="module")
def _solver() -> None:
    pytest.importorskip("ortools")


@pytest.mark.usefixtures("_solver")
@pytest.mark.parametrize("shape", SHAPES)
def test_outcome_is_the_fullest_weakly_stable_one(shape: Shape) -> None:
    checked = 0
    for market in many_markets(90, shape, seed=31):
        plan = layout(market, LOTTERY)
        if np.prod(np.diff(plan.start) + 1) > 2000:
            continue
        checked += 1
        hint = fill.hold(market, plan)[0]

        slots, bound = exact.fill_most(market, plan, hint, 10.0)

        stable = [one for one in brute.outcomes(plan) if not joint_blocks(market, plan, np.array(one))]
        most = max(sum(slot >= 0 for slot in one) for one in stable)
        assert tuple(slots.tolist()) in stable
        assert (bound.placed, bound.at_most, bound.proven) == (int((slots >= 0).sum()), most, True)
        assert bound.placed == most
    assert checked > 50


@pytest.mark.usefixtures("_solver")
def test_bad_hint_is_beaten_from_any_start() -> None:
    market = market_from_dicts(
        {"a": ["P", "Q"], "b": ["P"]}, {"P": 1, "Q": 1}, rankings={"P": [{"a", "b"}], "Q": ["a"]}
    )
    plan = layout(market, LOTTERY)

    slots, bound = exact.fill_most(market, plan, np.array([0, -1]), 5.0)

    assert market.programme[plan.edge[slots]].tolist() == [1, 0]
    assert bound == Bound(2, 2, "CP-SAT")


@pytest.mark.usefixtures("_solver")
def test_model_lets_in_exactly_the_weakly_stable_outcomes() -> None:
    cp_model, seen = exact.solver_module(), Counter[bool]()
    for market in many_markets(60, Shape(people=3, programmes=3, taste_ties=True, reserves=True), seed=32):
        plan = layout(market, LOTTERY)
        for held in list(brute.outcomes(plan))[:40]:
            model, holds = exact._model(exact._question(market, plan))
            for slot, variable in enumerate(holds):
                model.add(variable == (slot in held))

            let_in = cp_model.CpSolver().solve(model) == cp_model.OPTIMAL

            assert let_in == (joint_blocks(market, plan, np.array(held)) == [])
            seen[let_in] += 1
    assert min(seen.values()) > 50


@pytest.mark.usefixtures("_solver")
def test_search_cut_short_keeps_the_hint_and_proves_nothing() -> None:
    market = _crowded()
    plan = layout(market, LOTTERY)
    hint = fill.hold(market, plan)[0]

    slots, bound = exact.fill_most(market, plan, hint, 0.0)

    assert slots.tolist() == hint.tolist()
    assert bound.placed == int((hint >= 0).sum())
    assert bound.proven == (bound.at_most == bound.placed)
    assert not bound.proven


@pytest.mark.usefixtures("_solver")
def test_search_again_finds_the_same() -> None:
    market = _crowded()
    plan = layout(market, LOTTERY)
    hint = fill.hold(market, plan)[0]

    first, again = (exact.fill_most(market, plan, hint, 1.0) for _ in range(2))

    assert first[0].tolist() == again[0].tolist()
    assert first[1] == again[1]


@pytest.mark.usefixtures("_solver")
def test_without_ties_no_search_is_needed() -> None:
    market = market_from_dicts({"a": ["P"], "b": ["P"], "c": ["P"]}, {"P": 2, "Q": 1}, rankings={"P": ["a", "b", "c"]})
    plan = layout(market, LOTTERY)

    _, bound = exact.fill_most(market, plan, fill.hold(market, plan)[0], 0.0)

    assert bound == Bound(2, 2, "none needed")


@pytest.mark.usefixtures("_solver")
def test_model_beyond_the_largest_is_not_searched(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exact, "LARGEST", 1)
    market = _crowded()
    plan = layout(market, LOTTERY)
    hint = fill.hold(market, plan)[0]

    slots, bound = exact.fill_most(market, plan, hint, 5.0)

    assert slots.tolist() == hint.tolist()
    assert bound.solver == "too large to search"
    assert not bound.proven


def _crowded() -> Market:
    """Return a market in which the plain count of people and places promises more than any outcome holds."""
    wishes = {f"a{n}": ["P", "Q"] for n in range(3)} | {f"b{n}": ["R"] for n in range(2)}
    return market_from_dicts(
        wishes, {"P": 1, "Q": 1, "R": 2, "S": 4}, limits={"all": 6}, under=dict.fromkeys("PQRS", "all")
    )
