"""An independent look at a flow: nothing here is shared with those who find one."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from accord.engines.flow.types import AMOUNT_LIMIT, PATH_LIMIT, Flow, Mask, Network, Proof, Whole


def prove(network: Network, costs: Sequence[npt.ArrayLike], flow: Flow) -> Proof:
    """Check bounds, supplies, totals and, cost vector by cost vector, that the potentials rule out a cheaper flow.

    For each vector: on the arcs left free by those before it, nothing that could still rise has a negative reduced
    cost, nothing that could still fall a positive one. Every flow that is as good in the vectors before keeps the
    arcs that are not free where they are, so by weak duality none is cheaper in this one.

    A certificate of a wrong shape, or beyond what 64 bits can judge, proves nothing. O(k (n + m)) for k vectors.
    """
    amount = flow.amount
    if amount.shape != network.tail.shape or amount.dtype != np.int64:
        return Proof(feasible=False, optimal=(False,) * len(costs), worst=AMOUNT_LIMIT)
    off = _infeasible_by(network, amount)
    free: Mask = np.ones(network.arcs, dtype=np.bool_)
    optimal: list[bool] = []
    worst = off
    for position, given in enumerate(costs):
        wrong, free = _judge(network, np.asarray(given), flow, position, free)
        worst = max(worst, wrong)
        # A stage rests on those before it: once one fails, its free arcs say nothing about the rest.
        optimal.append(off == 0 and wrong == 0 and all(optimal))
    return Proof(feasible=off == 0, optimal=tuple(optimal), worst=worst)


def _infeasible_by(network: Network, amount: Whole) -> int:
    """Return the largest amount by which a bound or a supply is missed."""
    if (below := int(amount.min(initial=0))) < 0:
        return -below
    outside = max(_most(network.lower - amount), _most(amount - network.upper))
    if outside:
        return outside
    sent = np.zeros(network.nodes, dtype=np.int64)
    np.add.at(sent, network.tail, amount)
    np.subtract.at(sent, network.head, amount)
    return _most(np.abs(sent - network.supply))


def _judge(network: Network, cost: Whole, flow: Flow, position: int, free: Mask) -> tuple[int, Mask]:
    """Return by how much the certificate of one cost vector is off, and the arcs that stay free."""
    if not _readable(network, cost, flow, position):
        return AMOUNT_LIMIT, free
    cost, price = cost.astype(np.int64), flow.potentials[position]
    reduced = cost + price[network.tail] - price[network.head]
    rising, falling = free & (flow.amount < network.upper), free & (flow.amount > network.lower)
    wrong = max(_most(-reduced[rising]), _most(reduced[falling]), int((flow.free[position] != free).any()))
    carried = np.flatnonzero(flow.amount)
    paid = sum(a * b for a, b in zip(cost[carried].tolist(), flow.amount[carried].tolist(), strict=True))
    return max(wrong, abs(paid - flow.costs[position])), free & (reduced == 0)


def _readable(network: Network, cost: npt.NDArray[np.generic], flow: Flow, position: int) -> bool:
    """Tell whether the parts of one certificate are there, have their shapes, and cannot overflow."""
    if position >= min(len(flow.costs), len(flow.potentials), len(flow.free)):
        return False
    price, free = flow.potentials[position], flow.free[position]
    if (cost.shape, price.shape, free.shape) != (network.tail.shape, network.supply.shape, network.tail.shape):
        return False
    if cost.size and cost.dtype.kind not in "iub":
        return False
    return all(max(-int(some.min(initial=0)), int(some.max(initial=0))) <= PATH_LIMIT for some in (cost, price))


def _most(figures: Whole) -> int:
    return int(figures.max(initial=0))
