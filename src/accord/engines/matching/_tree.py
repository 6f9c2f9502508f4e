"""Builds the tree of limits and refuses what is none."""

from collections.abc import Mapping, Sequence

import numpy as np

from accord.engines.matching.errors import BadCapTree, BadNumber, DuplicateId, FloorAboveCap
from accord.engines.matching.records import Limit, Programme
from accord.engines.matching.types import UNLIMITED, CapTree, Ints


def tree_of(programmes: Sequence[Programme], limits: Sequence[Limit]) -> CapTree:
    """Return the tree over programmes and limits, both in the order given; every fault names its node."""
    label = (*(row.id for row in programmes), *(row.id for row in limits))
    index = _index(label)
    caps = [(row.id, row.places, "places") for row in programmes] + [(row.id, row.at_most, "at most") for row in limits]
    rows: list[Programme | Limit] = [*programmes, *limits]
    tree = CapTree(
        label=label,
        parent=np.array([_parent(row, index, len(programmes)) for row in rows], np.int64),
        cap=np.array([_count(name, value, word) for name, value, word in caps], np.int64),
        floor=np.array([_count(row.id, row.minimum, "minimum") for row in rows], np.int64),
    )
    _refuse_circles(tree)
    _refuse_high_floors(tree)
    return tree


def sums_below(tree: CapTree, amount: Ints) -> Ints:
    """Return for every node the sum of ``amount`` over it and all nodes under it."""
    total = amount.copy()
    above = tree.parent.copy()
    while len(climbing := np.flatnonzero(above >= 0)):
        np.add.at(total, above[climbing], amount[climbing])
        above[climbing] = tree.parent[above[climbing]]
    return total


def top_nodes(tree: CapTree) -> Ints:
    """Return the topmost node over every node, which may be the node itself."""
    top = np.arange(len(tree.label))
    while (tree.parent[top] >= 0).any():
        above = tree.parent[top]
        top = np.where(above >= 0, above, top)
    return top


def _index(label: Sequence[str]) -> dict[str, int]:
    index = {name: number for number, name in enumerate(label)}
    for number, name in enumerate(label):
        if index[name] != number:
            raise DuplicateId(name, detail="programmes or limits")
    return index


def _parent(row: Programme | Limit, index: Mapping[str, int], programmes: int) -> int:
    if row.under is None:
        return -1
    if row.under not in index:
        raise BadCapTree(row.id, row.under, reason="unknown-parent")
    if index[row.under] < programmes:
        raise BadCapTree(row.id, row.under, reason="under-programme")
    return index[row.under]


def _count(name: str, value: int | None, word: str) -> int:
    if value is None:
        return UNLIMITED
    if isinstance(value, bool) or not isinstance(value, int | np.integer) or value < 0:
        raise BadNumber(name, detail=f"{word} {value!r}")
    return min(int(value), UNLIMITED)


def _refuse_circles(tree: CapTree) -> None:
    state = [0] * len(tree.label)
    for first in range(len(tree.label)):
        trail = []
        node = first
        while node >= 0 and state[node] == 0:
            state[node] = 1
            trail.append(node)
            node = int(tree.parent[node])
        # A node still marked 1 was met on this very trail: the trail bites its own tail there.
        if node >= 0 and state[node] == 1:
            raise BadCapTree(*(tree.label[one] for one in trail[trail.index(node) :]))
        for one in trail:
            state[one] = 2


def _refuse_high_floors(tree: CapTree) -> None:
    for node in np.flatnonzero(tree.floor).tolist():
        for above in tree.path(node):
            if tree.floor[node] > tree.cap[above]:
                raise FloorAboveCap(tree.label[node], tree.label[above], detail=str(tree.floor[node]))
    for node in np.flatnonzero(tree.floor).tolist():
        _refuse_sum(tree, int(tree.parent[node]))


def _refuse_sum(tree: CapTree, node: int) -> None:
    """Refuse children whose minimums together pass their parent's cap."""
    if node < 0:
        return
    children = [int(one) for one in np.flatnonzero(tree.parent == node) if tree.floor[one] > 0]
    wanted = int(sum(tree.floor[one] for one in children))
    if wanted > tree.cap[node]:
        names = (tree.label[node], *(tree.label[one] for one in children))
        raise FloorAboveCap(*names, detail=str(wanted), reason="floors-above-cap")
