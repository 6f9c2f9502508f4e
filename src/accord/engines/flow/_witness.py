"""Why nothing flows: a set of nodes that must send out more than can get out."""

import numpy as np

from accord.engines.flow.types import Mask, Network, NoFlow, Whole


def witness(network: Network, amount: Whole) -> NoFlow:
    """Return the smallest violated set found, given amounts that bring as much as possible where it must go.

    All such amounts leave the same nodes reachable from what is stuck, and the same nodes from which what is missing
    could be reached. Each connected part of either is judged alone; the smallest that is violated is the answer, a
    part of the second kind by its complement. So the answer is the same whoever found the amounts.
    """
    left = stuck(network, amount)
    forth = amount < network.upper, amount > network.lower
    sending = _reach(network, left > 0, *forth)
    taking = _reach(network, left < 0, *reversed(forth))
    found = [(int(part.sum()), 0, part) for part in _parts(network, sending)]
    found += [(int(part.sum()), 1, ~part) for part in _parts(network, taking)]
    for _, _, side in sorted(found, key=lambda one: one[:2]):
        needed, possible = balance(network, side)
        if needed > possible:
            side.setflags(write=False)
            return NoFlow(side, needed, possible)
    raise ArithmeticError("the amounts handed over are not the most that can flow")


def balance(network: Network, side: Mask) -> tuple[int, int]:
    """Return what a set of nodes must send out, and how much at most gets out."""
    leaving, entering = side[network.tail] & ~side[network.head], side[network.head] & ~side[network.tail]
    needed = int(network.supply[side].sum()) + int(network.lower[entering].sum())
    return needed, int(network.upper[leaving].sum())


def stuck(network: Network, amount: Whole) -> Whole:
    """Return what every node (n) still has to send (+) or to get (-) after these amounts."""
    left = network.supply.copy()
    np.subtract.at(left, network.tail, amount)
    np.add.at(left, network.head, amount)
    return left


def _reach(network: Network, start: Mask, along: Mask, against: Mask) -> Mask:
    """Return the nodes that can be reached over arcs marked ``along``, or backwards over those ``against``."""
    tail = np.concatenate([network.tail[along], network.head[against]])
    head = np.concatenate([network.head[along], network.tail[against]])
    reached: Mask = start.copy()
    while len(fresh := np.flatnonzero(reached[tail] & ~reached[head])):
        reached[head[fresh]] = True
    return reached


def _parts(network: Network, inside: Mask) -> list[Mask]:
    """Return the connected parts of a set of nodes, in order of their first node."""
    within = np.flatnonzero(inside[network.tail] & inside[network.head])
    tail, head = network.tail[within], network.head[within]
    label: Whole = np.arange(network.nodes, dtype=np.int64)
    before = label[:0]
    # Every node takes the least number among its neighbours until none changes.
    while not np.array_equal(before, label):
        before = label.copy()
        np.minimum.at(label, tail, label[head])
        np.minimum.at(label, head, label[tail])
        label = label[label]
    return [inside & (label == first) for first in np.unique(label[inside]).tolist()]
