"""The proof finds whatever was changed after the flow was found."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from tests.engines.flow.networks import Vector, every_flow, priced

from accord.engines.flow import Flow, Network, Proof, cheapest, prove

NETWORK = Network.of([2, 0, 0, -2], [0, 0, 1, 2, 1], [1, 2, 3, 3, 2], upper=2)
COSTS = [np.array([1, 2, 1, 1, 0]), np.array([0, 1, 0, 0, 3])]
FLOW = cheapest(NETWORK, COSTS)


def changed(array: Vector, at: int, by: int) -> Vector:
    out = array.copy()
    out[at] += by
    return out


def test_sound_flow_is_proven() -> None:
    assert FLOW.amount.tolist() == [2, 0, 2, 0, 0]
    assert prove(NETWORK, COSTS, FLOW) == Proof(feasible=True, optimal=(True, True), worst=0)


@pytest.mark.parametrize(
    ("amount", "worst"),
    [([2, 0, 1, 0, 0], 1), ([3, -1, 3, -1, 0], 1), ([4, -2, 2, 0, 0], 2), ([2, 0, 2, 0, -(2**63)], 2**63)],
)
def test_flow_that_breaks_bounds_or_supplies_is_not_feasible(amount: list[int], worst: int) -> None:
    found = prove(NETWORK, COSTS, replace(FLOW, amount=np.array(amount)))

    assert (found.feasible, found.holds, found.optimal) == (False, False, (False, False))
    assert found.worst >= worst


@settings(max_examples=80, deadline=None)
@given(case=priced(nodes=4, arcs=5, most=2), data=st.data())
def test_worse_flow_is_never_proven_with_its_own_totals(
    case: tuple[Network, list[Vector]], data: st.DataObject
) -> None:
    network, costs = case
    flow = cheapest(network, costs)
    worse = [amount for amount in every_flow(network) if tuple(int(c @ amount) for c in costs) != flow.costs]
    assume(worse)
    amount = data.draw(st.sampled_from(worse))

    found = prove(network, costs, replace(flow, amount=amount, costs=tuple(int(c @ amount) for c in costs)))

    assert found.feasible
    assert not found.holds
    assert found.worst > 0


def test_flow_worse_in_the_second_vector_alone_fails_there() -> None:
    network = Network.of([1, -1], [0, 0], [1, 1], upper=1)
    costs = [np.array([1, 1]), np.array([0, 4])]
    flow = cheapest(network, costs)

    found = prove(network, costs, replace(flow, amount=np.array([0, 1]), costs=(1, 4)))

    assert found.optimal == (True, False)
    assert found.worst == 4


@pytest.mark.parametrize("node", range(4))
@pytest.mark.parametrize("by", [-5, 5, 2**62])
def test_tampered_potential_is_found(node: int, by: int) -> None:
    first = changed(FLOW.potentials[0], node, by)

    found = prove(NETWORK, COSTS, replace(FLOW, potentials=(first, FLOW.potentials[1])))

    assert found.feasible
    assert found.optimal == (False, False)
    assert found.worst > 0


def test_tampered_total_or_free_arcs_are_found() -> None:
    dearer = replace(FLOW, costs=(FLOW.costs[0] + 1, FLOW.costs[1]))
    narrower = replace(FLOW, free=(FLOW.free[0], np.zeros(5, dtype=np.bool_)))

    assert prove(NETWORK, COSTS, dearer).optimal == (False, False)
    assert prove(NETWORK, COSTS, narrower).optimal == (True, False)


@pytest.mark.parametrize(
    "flow",
    [
        replace(FLOW, potentials=FLOW.potentials[:1]),
        replace(FLOW, costs=()),
        replace(FLOW, potentials=(FLOW.potentials[0], np.zeros(3, dtype=np.int64))),
        replace(FLOW, amount=FLOW.amount[:4]),
        replace(FLOW, amount=FLOW.amount.astype(np.float64)),
    ],
)
def test_certificate_of_a_wrong_shape_proves_nothing(flow: Flow) -> None:
    assert not prove(NETWORK, COSTS, flow).holds


def test_cost_vectors_beyond_the_certificate_prove_nothing() -> None:
    assert prove(NETWORK, [*COSTS, np.zeros(5)], FLOW).optimal == (True, True, False)
    assert not prove(NETWORK, [COSTS[0], COSTS[0]], FLOW).holds
