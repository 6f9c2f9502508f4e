"""The extra changes the time, never the result; neither does the order in which things are listed."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.engines.flow.networks import SOLVERS, Vector, choices, needs_ortools, permuted, priced

from accord.engines.flow import Flow, FlowRefused, Network, NoFlow, Solver, _cheapest, _workers, cheapest, prove

Priced = tuple[Network, list[Vector]]


def with_draws(network: Network, costs: list[Vector], seed: int) -> list[Vector]:
    return [*costs, np.random.default_rng(seed).integers(0, 2**40, network.arcs)]


def same(one: Flow, other: Flow) -> bool:
    pairs = zip((one.amount, *one.potentials, *one.free), (other.amount, *other.potentials, *other.free), strict=True)
    return one.costs == other.costs and all(np.array_equal(mine, theirs) for mine, theirs in pairs)


@needs_ortools
@settings(max_examples=150, deadline=None)
@given(case=priced(nodes=10, arcs=30, largest=20), seed=st.integers(0, 99))
def test_both_solvers_return_the_same_flow_and_certificate_once_draws_decide(case: Priced, seed: int) -> None:
    network, costs = case
    costs = with_draws(network, costs, seed)

    plain, extra = (cheapest(network, costs, solver=solver) for solver in (Solver.PLAIN, Solver.ORTOOLS))

    assert same(plain, extra)


@needs_ortools
@settings(max_examples=60, deadline=None)
@given(case=priced(nodes=10, arcs=30, largest=20))
def test_without_draws_totals_and_certificates_are_still_the_same(case: Priced) -> None:
    plain, extra = (cheapest(*case, solver=solver) for solver in (Solver.PLAIN, Solver.ORTOOLS))

    assert (plain.costs, [p.tolist() for p in plain.potentials]) == (
        extra.costs,
        [p.tolist() for p in extra.potentials],
    )


@needs_ortools
@pytest.mark.parametrize("generous", [False, True])
def test_both_solvers_agree_on_hundreds_of_applicants(generous: bool) -> None:
    network, rank = choices(300, 90, seed=11)
    costs = [(rank == -1).astype(np.int64)]
    costs += [
        (rank == r).astype(np.int64) if generous else -(rank == r).astype(np.int64)
        for r in range(5)[:: 1 - 2 * generous]
    ]
    costs = with_draws(network, costs, 3)

    plain, extra = (cheapest(network, costs, solver=solver) for solver in (Solver.PLAIN, Solver.ORTOOLS))

    assert same(plain, extra)
    assert prove(network, costs, plain).holds


@pytest.mark.parametrize("solver", SOLVERS)
@settings(max_examples=60, deadline=None)
@given(case=priced(nodes=8, arcs=20), seed=st.integers(0, 99))
def test_listing_nodes_and_arcs_otherwise_lists_the_same_flow_otherwise(
    solver: Solver, case: Priced, seed: int
) -> None:
    network, costs = case
    costs = with_draws(network, costs, seed)
    rng = np.random.default_rng(seed)
    nodes, arcs = rng.permutation(network.nodes), rng.permutation(network.arcs)

    flow = cheapest(network, costs, solver=solver)
    again = cheapest(permuted(network, nodes, arcs), [cost[arcs] for cost in costs], solver=solver)

    assert np.array_equal(again.amount, flow.amount[arcs])
    assert [price[nodes].tolist() for price in again.potentials] == [price.tolist() for price in flow.potentials]


def test_the_extra_is_missed_only_by_who_asks_for_it(monkeypatch: pytest.MonkeyPatch) -> None:
    network, rank = choices(500, 60, seed=2)
    monkeypatch.setattr(_cheapest, "solver_class", lambda: None)

    with pytest.raises(FlowRefused, match="OR-Tools is not installed"):
        cheapest(network, [rank], solver=Solver.ORTOOLS)

    assert prove(network, [rank], cheapest(network, [rank])).holds


@needs_ortools
def test_plain_solver_goes_on_where_the_extra_gives_up_halfway(monkeypatch: pytest.MonkeyPatch) -> None:
    network, rank = choices(40, 12, seed=4)
    costs = with_draws(network, [-(rank == r).astype(np.int64) * 2**20 for r in range(5)], 1)
    wanted = cheapest(network, costs, solver=Solver.PLAIN)
    real, calls = _workers.least_on, []

    def tires(*given: object) -> object:
        calls.append(given)
        if len(calls) > 1:
            raise ArithmeticError
        return real(*given)

    monkeypatch.setattr(_workers, "least_on", tires)

    assert same(cheapest(network, costs, solver=Solver.ORTOOLS), wanted)
    assert len(calls) == 2


def refusal(network: Network, solver: Solver) -> NoFlow:
    with pytest.raises(NoFlow) as found:
        cheapest(network, [], solver=solver)
    return found.value


@needs_ortools
def test_witness_is_found_where_the_extra_cannot_hold_the_figures() -> None:
    most = 2**60
    network = Network.of([most, 0, -most], [0, 1], [1, 2], upper=[most, most - 1])

    plain, extra = refusal(network, Solver.PLAIN), refusal(network, Solver.ORTOOLS)

    assert (plain.needed, plain.possible) == (extra.needed, extra.possible) == (most, most - 1)
    assert plain.side.tolist() == extra.side.tolist()
