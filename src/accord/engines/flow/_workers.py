"""The two ways to cheaper amounts, behind one method."""

import numpy as np

from accord.engines.flow._ortools import least_on
from accord.engines.flow._simplex import Simplex
from accord.engines.flow._witness import stuck, witness
from accord.engines.flow.types import Mask, Network, NetworkError, Whole


class Plain:
    """The simplex, which remembers its tree from one bundle to the next."""

    def __init__(self, network: Network) -> None:
        self.network = network
        self.simplex = Simplex(network)

    def least(self, cost: Whole, _amount: Whole, _free: Mask) -> Whole:
        """Return the cheapest amounts among those of least cost before, or raise ``NoFlow``."""
        amount = self.simplex.least(cost)
        if self.simplex.unmet:
            raise witness(self.network, amount)
        return amount


class Scaling:
    """OR-Tools on the arcs that are still free, and the simplex from there on where it cannot hold the figures."""

    def __init__(self, network: Network) -> None:
        self.network = network
        self.instead: Plain | None = None

    def least(self, cost: Whole, amount: Whole, free: Mask) -> Whole:
        """Return the cheapest amounts that differ from those given on free arcs only, or raise ``NoFlow``."""
        if self.instead is None:
            try:
                found = least_on(self.network, cost, amount, free)
            except ArithmeticError:
                self.instead = Plain(_settled(self.network, amount, free))
            else:
                if found is None:
                    raise witness(self.network, _fullest(self.network))
                return found
        return self.instead.least(cost, amount, free)


def _settled(network: Network, amount: Whole, free: Mask) -> Network:
    """Return the network with every arc that is not free held at its amount."""
    lower, upper = np.where(free, network.lower, amount), np.where(free, network.upper, amount)
    return Network(network.supply, network.tail, network.head, lower, upper)


def _fullest(network: Network) -> Whole:
    """Return amounts that bring as much as possible where it must go, and leave the rest unmet."""
    try:
        return _fullest_on_wide(network)
    except (ArithmeticError, NetworkError):
        # Figures beyond what OR-Tools holds, or what the wider network may add up to.
        return Simplex(network).least(np.zeros(network.arcs, dtype=np.int64))


def _fullest_on_wide(network: Network) -> Whole:
    """Let OR-Tools lead what cannot flow over one more node, as little of it as possible."""
    left = stuck(network, network.lower)
    nodes, root = np.arange(network.nodes), np.full(network.nodes, network.nodes)
    wide = Network(
        np.append(network.supply, 0),
        np.concatenate([network.tail, np.where(left > 0, nodes, root)]),
        np.concatenate([network.head, np.where(left > 0, root, nodes)]),
        np.concatenate([network.lower, np.zeros_like(left)]),
        np.concatenate([network.upper, np.abs(left)]),
    )
    price = (np.arange(wide.arcs) >= network.arcs).astype(np.int64)
    found = least_on(wide, price, wide.lower, np.ones(wide.arcs, dtype=np.bool_))
    if found is None:
        raise ArithmeticError("OR-Tools found no flow where one is given")
    return found[: network.arcs]
