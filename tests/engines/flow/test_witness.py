"""Where nothing flows, the nodes named really cannot send what they must."""

import numpy as np
import pytest
from hypothesis import given, settings
from tests.engines.flow.networks import SOLVERS, every_flow, needs_ortools, networks

from accord.engines.flow import Network, NoFlow, Solver, cheapest


def refusal(network: Network, solver: Solver = Solver.PLAIN) -> NoFlow | None:
    try:
        cheapest(network, [np.arange(network.arcs)], solver=solver)
    except NoFlow as found:
        return found
    return None


def out_and_room(network: Network, side: list[bool]) -> tuple[int, int]:
    """What must leave a set of nodes, and the room to do so, arc by arc."""
    needed, room = sum(s for s, inside in zip(network.supply.tolist(), side, strict=True) if inside), 0
    for arc in range(network.arcs):
        tail, head = side[network.tail[arc]], side[network.head[arc]]
        needed += int(network.lower[arc]) if head and not tail else 0
        room += int(network.upper[arc]) if tail and not head else 0
    return needed, room


@pytest.mark.parametrize("solver", SOLVERS)
@settings(max_examples=150, deadline=None)
@given(network=networks(nodes=9, arcs=16, sound=False))
def test_witness_is_violated(solver: Solver, network: Network) -> None:
    found = refusal(network, solver)

    if found is not None:
        assert (found.needed, found.possible) == out_and_room(network, found.side.tolist())
        assert found.needed > found.possible


@settings(max_examples=60, deadline=None)
@given(network=networks(nodes=4, arcs=5, most=2, sound=False))
def test_refused_exactly_where_no_flow_exists(network: Network) -> None:
    assert (refusal(network) is not None) == (not every_flow(network))


@needs_ortools
@settings(max_examples=80, deadline=None)
@given(network=networks(nodes=9, arcs=16, sound=False))
def test_witness_does_not_depend_on_the_solver(network: Network) -> None:
    plain, extra = refusal(network, Solver.PLAIN), refusal(network, Solver.ORTOOLS)

    assert (plain is None) == (extra is None)
    if plain is not None and extra is not None:
        assert plain.side.tolist() == extra.side.tolist()


@pytest.mark.parametrize("solver", SOLVERS)
def test_five_applications_with_only_three_reviewers_are_named_alone(solver: Solver) -> None:
    # Applications 0-4 know reviewers 8-10 alone; 5-7 share the easy-going 11-13. Two reviews each, at most three a head.
    tail = [a for a in range(5) for _ in range(3)] + [a for a in range(5, 8) for _ in range(3)] + list(range(8, 14))
    head = [8, 9, 10] * 5 + [11, 12, 13] * 3 + [14] * 6
    upper = [1] * 24 + [3] * 6
    network = Network.of([2] * 8 + [0] * 6 + [-16], tail, head, upper=upper)

    found = refusal(network, solver)

    assert found is not None
    assert np.flatnonzero(found.side).tolist() == [0, 1, 2, 3, 4, 8, 9, 10]
    assert (found.needed, found.possible) == (10, 9)
    assert str(found) == "8 nodes must send 10 out, but at most 9 gets out"


@pytest.mark.parametrize("solver", SOLVERS)
def test_reviewer_who_cannot_reach_the_minimum_is_named_by_the_rest(solver: Solver) -> None:
    # Reviewer 3 must take two, and knows one of the three applications alone.
    network = Network.of(
        [1, 1, 1, 0, 0, -3], [0, 0, 1, 2, 3, 4], [3, 4, 4, 4, 5, 5], lower=[0, 0, 0, 0, 2, 0], upper=[1, 1, 1, 1, 3, 3]
    )

    found = refusal(network, solver)

    assert found is not None
    assert np.flatnonzero(~found.side).tolist() == [3]
    assert (found.needed, found.possible) == (2, 1)


def test_smallest_of_several_shortages_is_named() -> None:
    # 0 and 1 share a full programme; 3 knows nobody at all.
    network = Network.of([1, 1, 0, 1, -3], [0, 1, 2], [2, 2, 4], upper=1)

    found = refusal(network)

    assert found is not None
    assert np.flatnonzero(found.side).tolist() == [3]
    assert (found.needed, found.possible) == (1, 0)
