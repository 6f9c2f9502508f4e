"""From a network and its cost vectors to the cheapest flow with its certificate."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from accord.engines.flow._costs import bundle, check_costs, total
from accord.engines.flow._ortools import solver_class
from accord.engines.flow._potentials import face, potentials
from accord.engines.flow._workers import Plain, Scaling
from accord.engines.flow.types import Flow, FlowRefused, Network, Solver

# Below this many arcs the plain solver is done before the import of the extra would be.
WORTH_IMPORTING = 2_000


def cheapest(network: Network, costs: Sequence[npt.ArrayLike], *, solver: Solver = Solver.AUTO) -> Flow:
    """Return a flow of least ``costs[0]``, among those one of least ``costs[1]``, and so on, with the proof.

    Each vector holds a whole number per arc (m), of either sign. Without vectors any flow that fits is returned.
    Where several flows are equally good in every vector, which one comes back depends on the solver and on the
    order of the arcs; a last vector of random draws leaves one (see README.md).

    Raises ``NoFlow`` where nothing fits, with the nodes that show it; ``CostError`` for vectors of a wrong length
    or too large; ``FlowRefused`` where OR-Tools is asked for by name and not installed.
    """
    vectors = check_costs(network, costs)
    worker: Plain | Scaling = Scaling(network) if _choose(solver, network) is Solver.ORTOOLS else Plain(network)
    amount, free = network.lower, np.ones(network.arcs, dtype=np.bool_)
    left, prices, frees = list(vectors) or [np.zeros(network.arcs, dtype=np.int64)], [], []
    while left:
        taken, merged = bundle(network, left, free)
        amount = worker.least(merged, amount, free)
        # The certificate is worked out from the amounts alone, one vector at a time, whoever found them.
        for cost in left[:taken]:
            prices.append(potentials(network, cost, amount, free))
            frees.append(free)
            free = face(network, cost, prices[-1], free)
        left = left[taken:]
    for array in (amount, *prices, *frees):
        array.setflags(write=False)
    count = len(vectors)
    return Flow(amount, tuple(total(cost, amount) for cost in vectors), tuple(prices[:count]), tuple(frees[:count]))


def _choose(solver: Solver, network: Network) -> Solver:
    if solver is Solver.AUTO:
        large = network.arcs >= WORTH_IMPORTING
        return Solver.ORTOOLS if large and solver_class() is not None else Solver.PLAIN
    if solver is Solver.ORTOOLS and solver_class() is None:
        raise FlowRefused("OR-Tools is not installed: choose Solver.AUTO or Solver.PLAIN, or install ortools")
    return solver
