"""Cheapest flows through a network by several costs in order, with a proof, or with the reason why none exists."""

from accord.engines.flow._cheapest import cheapest
from accord.engines.flow._proof import prove
from accord.engines.flow.types import (
    CostError,
    Flow,
    FlowRefused,
    Network,
    NetworkError,
    NoFlow,
    Proof,
    Solver,
)

__all__ = [
    "CostError",
    "Flow",
    "FlowRefused",
    "Network",
    "NetworkError",
    "NoFlow",
    "Proof",
    "Solver",
    "cheapest",
    "prove",
]
