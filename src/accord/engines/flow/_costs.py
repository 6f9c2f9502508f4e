"""Cost vectors: checked, summed and bundled without leaving 64 bits."""

from collections.abc import Sequence
from operator import mul

import numpy as np
import numpy.typing as npt

from accord.engines.flow.types import PATH_LIMIT, CostError, Mask, Network, NetworkError, Whole, whole


def check_costs(network: Network, costs: Sequence[npt.ArrayLike]) -> tuple[Whole, ...]:
    """Return the vectors as int64 (m each), or raise ``CostError`` naming the one that cannot be used."""
    out = []
    for position, given in enumerate(costs):
        try:
            cost = whole(given, f"cost vector {position}")
        except NetworkError as wrong:
            raise CostError(str(wrong)) from wrong
        if len(cost) != network.arcs:
            raise CostError(f"cost vector {position} has {len(cost)} entries for {network.arcs} arcs")
        if (largest(cost) + 1) * (network.nodes + 2) > PATH_LIMIT:
            raise CostError(
                f"cost vector {position} holds {largest(cost)}: over {network.nodes} nodes sums could pass 2**60"
            )
        out.append(cost)
    return tuple(out)


def largest(cost: Whole) -> int:
    """Return the largest size of an entry; 0 for none."""
    return max(-int(cost.min(initial=0)), int(cost.max(initial=0)))


def total(cost: Whole, amount: Whole) -> int:
    """Return the exact total of a cost vector over amounts."""
    if largest(cost) * int(amount.max(initial=0)) * len(cost) < PATH_LIMIT:
        return int(cost @ amount)
    used = np.flatnonzero(amount)
    return sum(map(mul, cost[used].tolist(), amount[used].tolist()))


def bundle(network: Network, costs: Sequence[Whole], free: Mask) -> tuple[int, Whole]:
    """Merge as many of the first vectors as fit into one of the same order; return how many, and the one.

    A flow is the cheapest in order of the vectors when no simple cycle of changes is cheaper in that order. On a
    simple cycle a vector adds up to less than ``weight`` either way, so an earlier one, times that, outweighs it.
    """
    merged: Whole = np.where(free, costs[0], 0)
    for position, cost in enumerate(costs[1:], 1):
        mine = np.where(free, cost, 0)
        weight = largest(mine) * min(network.nodes, int(np.count_nonzero(mine))) + 1
        if (largest(merged) * weight + largest(mine) + 1) * (network.nodes + 2) > PATH_LIMIT:
            return position, merged
        merged = merged * weight + mine
    return len(costs), merged
