"""The engine against all flows of tiny networks, against HiGHS on small ones, and on cases known by heart."""

from collections.abc import Iterator

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.engines.flow.by_highs import Highs, running
from tests.engines.flow.networks import SOLVERS, Vector, choices, every_flow, networks, priced, sent

from accord.engines.flow import CostError, Network, NoFlow, Solver, cheapest, prove

Priced = tuple[Network, list[Vector]]


@pytest.fixture(scope="module")
def highs() -> Iterator[Highs]:
    with running() as process:
        yield process


@pytest.mark.parametrize("solver", SOLVERS)
@settings(max_examples=100, deadline=None)
@given(case=priced(nodes=4, arcs=5, most=2))
def test_no_flow_of_a_tiny_network_is_cheaper(solver: Solver, case: Priced) -> None:
    network, costs = case
    best = min(tuple(int(cost @ amount) for cost in costs) for amount in every_flow(network))

    flow = cheapest(network, costs, solver=solver)

    assert flow.costs == best
    assert flow.costs == tuple(int(cost @ flow.amount) for cost in costs)
    assert np.array_equal(sent(network, flow.amount), network.supply)
    assert ((network.lower <= flow.amount) & (flow.amount <= network.upper)).all()


@pytest.mark.parametrize("solver", SOLVERS)
@settings(max_examples=60, deadline=None)
@given(case=priced(nodes=12, arcs=40, most=9, largest=50))
def test_totals_are_those_of_highs(solver: Solver, highs: Highs, case: Priced) -> None:
    network, costs = case

    flow = cheapest(network, costs, solver=solver)

    assert list(flow.costs) == highs.totals(network, costs)
    assert prove(network, costs, flow).holds


@pytest.mark.parametrize("solver", SOLVERS)
@settings(max_examples=60, deadline=None)
@given(network=networks(nodes=4, arcs=5, most=2, sound=False))
def test_a_flow_is_found_exactly_where_one_exists(solver: Solver, network: Network) -> None:
    exists = bool(every_flow(network))

    try:
        found = prove(network, [], cheapest(network, [], solver=solver)).feasible
    except NoFlow:
        found = False

    assert found == exists


@pytest.mark.parametrize("solver", SOLVERS)
@settings(max_examples=60, deadline=None)
@given(case=priced(nodes=4, arcs=5, most=2))
def test_free_arcs_are_at_least_those_that_move_among_the_cheapest(solver: Solver, case: Priced) -> None:
    network, costs = case
    flows = every_flow(network)

    flow = cheapest(network, costs, solver=solver)

    for stage, free in enumerate(flow.free):
        before = [[int(cost @ amount) for cost in costs[:stage]] for amount in flows]
        best = [amount for amount, paid in zip(flows, before, strict=True) if paid == list(flow.costs[:stage])]
        moving = np.ptp(best, axis=0) > 0
        assert not (moving & ~free).any()


@pytest.mark.parametrize("solver", SOLVERS)
def test_profile_of_known_choices_is_greedy_then_generous(solver: Solver) -> None:
    # Both want programme 3 first; applicant 0 lists programme 4 second, applicant 1 only third.
    network = Network.of([1, 1, 0, 0, 0, -2], [0, 0, 1, 1, 1, 3, 4, 2], [3, 4, 3, 2, 4, 5, 5, 5], upper=1)
    first = np.array([1, 0, 1, 0, 0, 0, 0, 0])
    second = np.array([0, 1, 0, 1, 0, 0, 0, 0])
    third = np.array([0, 0, 0, 0, 1, 0, 0, 0])

    greedy = cheapest(network, [-first, -second, -third], solver=solver)
    generous = cheapest(network, [third, second, first], solver=solver)

    assert greedy.costs == (-1, -1, 0)
    assert generous.costs == (0, 1, 1)


@pytest.mark.parametrize("solver", SOLVERS)
def test_cycle_that_earns_is_filled_and_parallel_arcs_go_by_price(solver: Solver) -> None:
    network = Network.of([0, 0, 3, -3], [0, 1, 2, 2, 2], [1, 0, 3, 3, 3], upper=[4, 6, 2, 2, 2], lower=[0, 0, 0, 0, 1])

    flow = cheapest(network, [np.array([-5, 2, 1, 7, 9])], solver=solver)

    assert flow.amount.tolist() == [4, 4, 2, 0, 1]
    assert flow.costs == (-1,)


@pytest.mark.parametrize("solver", SOLVERS)
@pytest.mark.parametrize("nodes", [0, 1, 3])
def test_network_without_arcs_flows_without_moving(solver: Solver, nodes: int) -> None:
    none = np.empty(0, dtype=np.int64)
    network = Network.of(np.zeros(nodes, dtype=int), none, none, upper=none)

    flow = cheapest(network, [none], solver=solver)

    assert (flow.amount.tolist(), flow.costs) == ([], (0,))
    assert prove(network, [none], flow).holds


@pytest.mark.parametrize("solver", SOLVERS)
def test_figures_near_the_limit_stay_exact(solver: Solver) -> None:
    amount, price = 2**60 + 1, 2**57 - 1
    network = Network.of([amount, 0, -amount], [0, 1, 0], [1, 2, 2], upper=[amount, amount, amount // 2])

    flow = cheapest(network, [np.array([price, -1, price])], solver=solver)

    assert flow.amount.tolist() == [amount, amount, 0]
    assert flow.costs == (amount * (price - 1),)
    assert prove(network, [np.array([price, -1, price])], flow).holds


def test_many_vectors_are_kept_in_order_when_they_do_not_fit_into_one(highs: Highs) -> None:
    network, rank = choices(30, 12, seed=5)
    costs = [-(rank == place).astype(np.int64) * 2**20 for place in range(5)]

    flow = cheapest(network, costs)

    assert list(flow.costs) == highs.totals(network, costs)


@pytest.mark.parametrize(
    ("cost", "message"),
    [
        (np.array([1]), "cost vector 1 has 1 entries for 2 arcs"),
        (np.array([1.5, 2.0]), "cost vector 1 must be a vector of whole numbers"),
        (np.array([2**59, 0]), "cost vector 1 holds 576460752303423488"),
        (np.array([-(2**63), 0]), "cost vector 1 holds 9223372036854775808"),
    ],
)
def test_cost_vector_that_cannot_be_used_is_refused(cost: Vector, message: str) -> None:
    network = Network.of([0, 0], [0, 1], [1, 0], upper=1)

    with pytest.raises(CostError, match=message):
        cheapest(network, [np.zeros(2, dtype=np.int64), cost])


@settings(max_examples=30, deadline=None)
@given(case=priced(), data=st.data())
def test_more_room_never_costs_more(case: Priced, data: st.DataObject) -> None:
    network, costs = case
    wider = network.upper + np.array(
        data.draw(st.lists(st.integers(0, 2), min_size=network.arcs, max_size=network.arcs)), dtype=int
    )
    wide = Network(network.supply, network.tail, network.head, network.lower, wider)

    assert cheapest(wide, costs).costs <= cheapest(network, costs).costs
