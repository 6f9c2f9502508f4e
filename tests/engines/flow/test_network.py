"""Networks that contradict themselves are refused by the arc or node that does; sound ones cannot be changed."""

from typing import Any

import numpy as np
import pytest

from accord.engines.flow import FlowRefused, Network, NetworkError

SOUND: dict[str, Any] = {"supply": [1, 0, -1], "tail": [0, 1], "head": [1, 2], "lower": [0, 0], "upper": [1, 1]}


@pytest.mark.parametrize(
    ("part", "message"),
    [
        ({"tail": [0, 3]}, "arc 1: its tail is not among the 3 nodes"),
        ({"head": [-1, 2]}, "arc 0: its head is not among the 3 nodes"),
        ({"head": [1, 1]}, "arc 1: it leads from a node to itself"),
        ({"lower": [0, -1]}, "arc 1: its lower bound is below 0"),
        ({"lower": [2, 0]}, "arc 0: its lower bound is above its upper bound"),
        ({"supply": [1, 1, -1]}, "supply adds up to 1, not 0"),
        ({"supply": [2**62, 0, -(2**62)]}, "supply adds up to 2\\*\\*62 or more"),
        ({"upper": [2**61, 2**61]}, "upper adds up to 2\\*\\*62 or more"),
        ({"upper": np.array([2**63, 1], dtype=np.uint64)}, "upper holds a number of 2\\*\\*62 or more"),
        ({"head": [1]}, "head has 1 entries for 2 arcs"),
        ({"upper": [1, 1, 1]}, "upper has 3 entries for 2 arcs"),
        ({"supply": [0.5, 0.0, -0.5]}, "supply must be a vector of whole numbers, not float64"),
        ({"tail": [[0, 1]]}, "tail must be a vector of whole numbers, not int64 in 2 dimensions"),
    ],
)
def test_contradiction_is_refused_by_name(part: dict[str, Any], message: str) -> None:
    with pytest.raises(NetworkError, match=message):
        Network.of(**{**SOUND, **part})


def test_refusals_are_value_errors_of_one_family() -> None:
    assert issubclass(NetworkError, FlowRefused)
    assert issubclass(FlowRefused, ValueError)


def test_arrays_are_copied_and_cannot_be_written() -> None:
    supply = np.array([1, 0, -1])
    network = Network.of(supply, [0, 1], [1, 2], upper=np.int32(4))
    supply[0] = 7

    assert network.supply.tolist() == [1, 0, -1]
    assert (network.lower.tolist(), network.upper.tolist()) == ([0, 0], [4, 4])
    assert (network.nodes, network.arcs) == (3, 2)
    with pytest.raises(ValueError, match="read-only"):
        network.upper[0] = 9
