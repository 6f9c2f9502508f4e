"""An independent look at a fair spread: the network is built anew, and nothing is solved."""

import numpy as np

from accord.engines.flow import Flow, Network, Proof, prove
from accord.engines.matching._layout import Layout, fixed_edges, layout
from accord.engines.matching._network import Stage, amounts_of, need_of, network_of, stages_of
from accord.engines.matching.types import FlowProof, Ints, Market, Outcome, Seat

NOTHING_PROVEN = Proof(feasible=False, optimal=(), worst=1)


def check_spread(market: Market, outcome: Outcome) -> Proof:
    """Return whether an outcome is a fair spread of this market, and the best one by every aim in their order.

    ``holds`` means: with the nodes closed that the outcome closes, and all others at their minimum, nothing beats
    it. That no other choice of what to close would have been better is the word of the search alone
    (``FlowProof.exhaustive``). O(stages x arcs).
    """
    nodes = range(len(market.tree.label))
    if outcome.proof is None or outcome.spread is None or any(one.node not in nodes for one in outcome.closures):
        return NOTHING_PROVEN
    plan = layout(market, outcome.lottery)
    stages = stages_of(market, plan, outcome.lottery, outcome.spread)
    if outcome.proof.stages != tuple(stage.name for stage in stages) or not _same_places(
        market, plan, outcome, outcome.proof.slots
    ):
        return NOTHING_PROVEN
    network = _network(market, plan, outcome)
    return prove(network, [stage.cost for stage in stages], _flow(plan, network, stages, outcome.proof))


def _same_places(market: Market, plan: Layout, outcome: Outcome, slot: Ints) -> bool:
    """Tell whether the slots of the proof are the applicants' own, and those that the outcome speaks of."""
    people = len(market.applicants)
    if slot.shape != (people,) or outcome.edge.shape != (people,) or outcome.seat.shape != (people,):
        return False
    placed = slot >= 0
    if bool(((slot >= plan.start[1:]) | (slot < plan.start[:-1]))[placed].any()):
        return False
    edge, seat = fixed_edges(market), np.full(people, Seat.NONE, np.int64)
    seat[edge >= 0] = Seat.OPEN
    edge[placed], seat[placed] = plan.edge[slot[placed]], plan.seat[slot[placed]]
    return np.array_equal(edge, outcome.edge) and np.array_equal(seat, outcome.seat)


def _network(market: Market, plan: Layout, outcome: Outcome) -> Network:
    need, closed = need_of(market, plan), [one.node for one in outcome.closures]
    running = ~np.isin(plan.paths(), closed).any(axis=1) & (need > 0)
    return network_of(plan, need, closed=closed, must=np.flatnonzero(running).tolist())


def _flow(plan: Layout, network: Network, stages: tuple[Stage, ...], proof: FlowProof) -> Flow:
    """Return the flow that the outcome stands for; which arcs each stage leaves free follows from the potentials."""
    free: list[np.ndarray[tuple[int], np.dtype[np.bool_]]] = []
    still = np.ones(network.arcs, np.bool_)
    for stage, price in zip(stages, proof.potentials, strict=False):
        free.append(still)
        if price.shape == network.supply.shape:
            still = still & (stage.cost + price[network.tail] - price[network.head] == 0)
    return Flow(amounts_of(plan, proof.slots), proof.totals, proof.potentials, tuple(free))
