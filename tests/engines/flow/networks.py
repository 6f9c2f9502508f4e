"""Small networks for the tests, and the slow, obvious ways to their cheapest flows."""

from itertools import product

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import strategies as st

from accord.engines.flow import Network, Solver
from accord.engines.flow._ortools import solver_class

Vector = npt.NDArray[np.int64]

needs_ortools = pytest.mark.skipif(solver_class() is None, reason="the extra OR-Tools is not installed")
SOLVERS = [Solver.PLAIN, pytest.param(Solver.ORTOOLS, marks=needs_ortools)]


@st.composite
def networks(draw: st.DrawFn, *, nodes: int = 7, arcs: int = 14, most: int = 4, sound: bool = True) -> Network:
    """A network with parallel arcs, lone nodes and lower bounds; one that surely has a flow where ``sound``."""
    n = draw(st.integers(2, nodes))
    end = st.integers(0, n - 1)
    pairs = draw(st.lists(st.tuples(end, end).filter(lambda pair: pair[0] != pair[1]), max_size=arcs))
    tail, head = np.array([pair[0] for pair in pairs], dtype=int), np.array([pair[1] for pair in pairs], dtype=int)
    bounds = st.tuples(st.integers(0, 1), st.integers(0, most), st.integers(0, most))
    triples = np.array([draw(bounds) for _ in pairs], dtype=int).reshape(-1, 3)
    lower, carried, upper = triples[:, 0], triples[:, :2].sum(axis=1), triples.sum(axis=1)
    supply = np.zeros(n, dtype=int)
    np.add.at(supply, tail, carried)
    np.subtract.at(supply, head, carried)
    if not sound:
        sender, taker, extra = draw(st.tuples(end, end, st.integers(0, 2 * most)))
        supply[sender] += extra
        supply[taker] -= extra
    return Network.of(supply, tail, head, lower=lower, upper=upper)


@st.composite
def priced(draw: st.DrawFn, *, vectors: int = 3, largest: int = 6, **kinds: int) -> tuple[Network, list[Vector]]:
    """A sound network with up to ``vectors`` cost vectors, some of them of 0 and 1 alone."""
    network = draw(networks(**kinds))
    costs = []
    for _ in range(draw(st.integers(1, vectors))):
        entry = draw(st.sampled_from([st.integers(0, 1), st.integers(-largest, largest)]))
        costs.append(np.array(draw(st.lists(entry, min_size=network.arcs, max_size=network.arcs)), dtype=np.int64))
    return network, costs


def sent(network: Network, amount: Vector) -> Vector:
    """What each node sends more than it takes."""
    out = np.zeros(network.nodes, dtype=np.int64)
    for tail, head, carried in zip(network.tail, network.head, amount, strict=True):
        out[tail] += carried
        out[head] -= carried
    return out


def every_flow(network: Network) -> list[Vector]:
    """All flows, by trying all amounts on all arcs."""
    ranges = [range(low, high + 1) for low, high in zip(network.lower.tolist(), network.upper.tolist(), strict=True)]
    tried = (np.array(one, dtype=np.int64) for one in product(*ranges))
    return [amount for amount in tried if np.array_equal(sent(network, amount), network.supply)]


def permuted(network: Network, nodes: Vector, arcs: Vector) -> Network:
    """The same network with node ``v`` now called ``nodes[v]``, and its arcs listed in the order of ``arcs``."""
    supply = np.empty_like(network.supply)
    supply[nodes] = network.supply
    tail, head = nodes[network.tail][arcs], nodes[network.head][arcs]
    return Network(supply, tail, head, network.lower[arcs], network.upper[arcs])


def choices(applicants: int, programmes: int, seed: int, listed: int = 5, places: int = 3) -> tuple[Network, Vector]:
    """Applicants who each list some programmes, or stay without; and the rank of each arc, -1 for the others."""
    rng = np.random.default_rng(seed)
    sink = applicants + programmes
    picks = np.concatenate([rng.permutation(programmes)[:listed] for _ in range(applicants)])
    each = np.arange(applicants)
    tail = np.concatenate([np.repeat(each, listed), np.arange(applicants, sink), each])
    head = np.concatenate([applicants + picks, np.full(programmes + applicants, sink)])
    upper = np.where((tail >= applicants), places, 1)
    supply = np.concatenate([np.ones(applicants, dtype=int), np.zeros(programmes, dtype=int), [-applicants]])
    rank = np.concatenate([np.tile(np.arange(listed), applicants), np.full(programmes + applicants, -1)])
    return Network.of(supply, tail, head, upper=upper), rank
