"""The extra solver: cost scaling by OR-Tools, where that package is installed."""

from functools import cache
from typing import Any

import numpy as np

from accord.engines.flow.types import Mask, Network, Whole


@cache
def solver_class() -> Any | None:
    """Return the class of OR-Tools' solver, or ``None`` where the package is not installed."""
    try:
        from ortools.graph.python.min_cost_flow import SimpleMinCostFlow  # noqa: PLC0415 - an extra; takes 60 ms
    except ImportError:
        return None
    return SimpleMinCostFlow


def least_on(network: Network, cost: Whole, amount: Whole, free: Mask) -> Whole | None:
    """Return amounts (m) of least cost that differ from ``amount`` on free arcs only, or ``None`` if none exist.

    ``amount`` lies within the bounds; it keeps the supplies only where no free arc can mend it.
    Raises ``ArithmeticError`` where OR-Tools cannot hold the figures.
    """
    make = solver_class()
    if make is None:
        raise ImportError("OR-Tools is not installed: choose another solver, or install the package ortools")
    arcs = np.flatnonzero(free)
    tail, head, lower = network.tail[arcs], network.head[arcs], network.lower[arcs]
    base = amount.copy()
    base[arcs] = lower
    left = network.supply.copy()
    np.subtract.at(left, network.tail, base)
    np.add.at(left, network.head, base)
    if not len(arcs):
        return None if left.any() else base
    solver = make()
    solver.add_arcs_with_capacity_and_unit_cost(
        tail.astype(np.int32), head.astype(np.int32), network.upper[arcs] - lower, cost[arcs]
    )
    solver.set_nodes_supplies(np.arange(network.nodes, dtype=np.int32), left)
    status = solver.solve()
    if status == solver.INFEASIBLE:
        return None
    if status != solver.OPTIMAL:
        raise ArithmeticError(f"OR-Tools gave up: {status.name}")
    base[arcs] += solver.flows(np.arange(len(arcs), dtype=np.int32))
    return base
