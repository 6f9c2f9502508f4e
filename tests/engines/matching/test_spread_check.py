"""The certificate of a fair spread holds for what was found, and for nothing else."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from tests.engines.flow.by_highs import Highs, running
from tests.engines.matching.brute import outcomes
from tests.engines.matching.markets import Shape, many_markets, some_markets
from tests.engines.matching.obvious_spread import keeps_minimums

from accord.engines.matching import (
    Closure,
    Lottery,
    Market,
    Mechanism,
    Outcome,
    Seat,
    Spread,
    check_spread,
    digest,
    market_from_dicts,
)
from accord.engines.matching._layout import fixed_edges, layout
from accord.engines.matching._network import amounts_of, need_of, network_of, stages_of
from accord.engines.matching._spread import spread

LOTTERY = Lottery("seed")
SHAPE = Shape(people=4, programmes=3, depth=3, taste_ties=True, fixed=True, minimums=True, reserves=True)
LARGE = Shape(people=60, programmes=14, depth=4, taste_ties=True, reserves=True, fixed=True)


def outcome_of(market: Market, objective: Spread, *, tries: int = 400) -> Outcome:
    plan = layout(market, LOTTERY)
    slots, proof, closures = spread(market, plan, LOTTERY, objective, tries=tries)
    edge = fixed_edges(market)
    seat = np.where(edge >= 0, Seat.OPEN, Seat.NONE).astype(np.int64)
    held = np.flatnonzero(slots >= 0)
    edge[held], seat[held] = plan.edge[slots[held]], plan.seat[slots[held]]
    return Outcome(
        Mechanism.FAIR_SPREAD, LOTTERY, edge, seat, digest(market), spread=objective, closures=closures, proof=proof
    )


@pytest.fixture(scope="module")
def highs() -> Highs:
    with running() as process:
        yield process


@pytest.mark.parametrize("tries", [0, 400], ids=["published order", "searched"])
@pytest.mark.parametrize("objective", Spread)
@given(market=some_markets(SHAPE))
@settings(max_examples=40, deadline=None)
def test_every_spread_is_proven(market: Market, objective: Spread, tries: int) -> None:
    assert check_spread(market, outcome_of(market, objective, tries=tries)).holds


@pytest.mark.parametrize("objective", Spread)
def test_no_other_outcome_is_proven(objective: Spread) -> None:
    for market in many_markets(12, SHAPE, seed=11):
        true = outcome_of(market, objective)
        plan = layout(market, LOTTERY)
        others = [held for held in outcomes(plan) if held != tuple(true.proof.slots.tolist())]
        for held in others[:: max(1, len(others) // 20)]:
            slots = np.array(held, np.int64)
            edge, seat = true.edge.copy(), true.seat.copy()
            free = fixed_edges(market) < 0
            edge[free] = np.where(slots >= 0, plan.edge[slots], -1)[free] if len(plan.edge) else -1
            seat[free] = np.where(slots >= 0, plan.seat[slots], Seat.NONE)[free] if len(plan.edge) else Seat.NONE

            told = replace(true, edge=edge, seat=seat, proof=replace(true.proof, slots=slots))

            assert not check_spread(market, told).holds


@pytest.mark.parametrize("objective", Spread)
def test_totals_are_those_of_linear_programming(objective: Spread, highs: Highs) -> None:
    for market in many_markets(4, LARGE, seed=2):
        plan = layout(market, LOTTERY)
        stages = [stage.cost for stage in stages_of(market, plan, LOTTERY, objective)][:-1]

        _, proof, _ = spread(market, plan, LOTTERY, objective)

        network = network_of(plan, need_of(market, plan))
        assert list(proof.totals[:-1]) == highs.totals(network, stages)


@given(market=some_markets(SHAPE))
@settings(max_examples=40, deadline=None)
def test_amounts_are_those_of_the_flow(market: Market) -> None:
    """What the check makes of the slots keeps every supply, so nobody is lost on the way to the sink."""
    plan = layout(market, LOTTERY)
    slots = spread(market, plan, LOTTERY, Spread.GREEDY)[0]
    network = network_of(plan, need_of(market, plan))

    amount = amounts_of(plan, slots)

    sent = np.zeros(network.nodes, np.int64)
    np.add.at(sent, network.tail, amount)
    np.subtract.at(sent, network.head, amount)
    assert np.array_equal(sent, network.supply)
    assert keeps_minimums(market, plan, tuple(slots.tolist()), must_run=False)


def test_tampering_is_noticed() -> None:
    market = market_from_dicts(
        {"a": ["P", "Q"], "b": ["P", "Q"], "c": ["R", "P"]}, {"P": 1, "Q": 2, "R": 2}, minimums={"R": 2}
    )
    true = outcome_of(market, Spread.GREEDY)
    proof = true.proof

    changed = [
        replace(true, edge=np.where(true.edge == true.edge[0], -1, true.edge)),
        replace(true, edge=true.edge[:-1]),
        replace(true, seat=np.full(3, Seat.RESERVED, np.int64)),
        replace(true, closures=()),
        replace(true, closures=(Closure(99, 0, 1),)),
        replace(true, spread=Spread.GENEROUS),
        replace(true, spread=None),
        replace(true, lottery=Lottery("another seed")),
        replace(true, proof=None),
        replace(true, proof=replace(proof, slots=np.full(3, 99))),
        replace(true, proof=replace(proof, totals=(*proof.totals[:-1], proof.totals[-1] - 1))),
        replace(true, proof=replace(proof, potentials=proof.potentials[:-1])),
        replace(true, proof=replace(proof, potentials=tuple(one[:-1] for one in proof.potentials))),
        replace(true, proof=replace(proof, potentials=tuple(one + np.arange(len(one)) for one in proof.potentials))),
    ]

    assert check_spread(market, true).holds
    assert [check_spread(market, one).holds for one in changed] == [False] * len(changed)


def test_a_market_of_another_kind_is_not_proven() -> None:
    one = market_from_dicts({"a": ["P"], "b": ["P"]}, {"P": 1})
    other = market_from_dicts({"a": ["P"], "b": ["P"]}, {"P": 2})

    assert not check_spread(other, outcome_of(one, Spread.GREEDY)).holds
