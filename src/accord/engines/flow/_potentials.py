"""Potentials of a cheapest flow: the shortest way to each node through what could still change."""

import numpy as np

from accord.engines.flow.types import Mask, Network, Whole


def potentials(network: Network, cost: Whole, amount: Whole, free: Mask) -> Whole:
    """Return the largest potentials (n), none above 0, that prove a flow the cheapest on its free arcs.

    They depend on the network and the costs alone, not on which of several cheapest flows is handed over, nor on
    who found it: all cheapest flows share their sets of potentials, and a set of shortest ways has one largest
    member (Ahuja, Magnanti and Orlin, 1993, section 9.5). Bellman-Ford in rounds over the arcs whose tail moved:
    O(n m) at worst, seldom more than some tens of rounds.

    Raises ``ArithmeticError`` where the flow is not the cheapest.
    """
    more = np.flatnonzero(free & (amount < network.upper))
    less = np.flatnonzero(free & (amount > network.lower))
    tail = np.concatenate([network.tail[more], network.head[less]])
    head = np.concatenate([network.head[more], network.tail[less]])
    price = np.concatenate([cost[more], -cost[less]])
    out: Whole = np.zeros(network.nodes, dtype=np.int64)
    live = np.flatnonzero(price < 0)
    moved = np.zeros(network.nodes, dtype=np.bool_)
    for _ in range(network.nodes + 1):
        reached = head[live]
        offer = out[tail[live]] + price[live]
        better = np.flatnonzero(offer < out[reached])
        if not len(better):
            return out
        reached = reached[better]
        np.minimum.at(out, reached, offer[better])
        moved[:] = False
        moved[reached] = True
        live = np.flatnonzero(moved[tail])
    raise ArithmeticError("the flow is not the cheapest: a cycle of its free arcs would cost less")


def face(network: Network, cost: Whole, potential: Whole, free: Mask) -> Mask:
    """Return which free arcs (m) may still move among the cheapest flows: those of reduced cost 0.

    Complementary slackness: every cheapest flow has the others at their lower bound (reduced cost above 0) or at
    their upper (below 0).
    """
    still: Mask = free & (cost + potential[network.tail] - potential[network.head] == 0)
    return still
