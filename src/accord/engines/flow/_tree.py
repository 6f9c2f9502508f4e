"""The spanning tree of the network simplex: who hangs on whom, in an order that keeps every branch together."""

import numpy as np

from accord.engines.flow.types import Whole


class Tree:
    """A tree over nodes ``0 .. n-1`` under the root ``n``, at first a star.

    ``arc[v]`` joins ``v`` to ``parent[v]`` and leads there when ``up[v]``. ``size[v]`` counts the branch of ``v``.
    ``order`` lists the nodes so that a branch is one slice that starts with its own root; ``place`` is its inverse.
    Python lists serve single look-ups, NumPy whole branches. Hanging a branch elsewhere costs the cycle in Python
    and one shift of the part of ``order`` between the old place and the new one.
    """

    def __init__(self, arc: list[int], up: list[bool]) -> None:
        nodes = len(arc)
        self.root = nodes
        self.parent = [nodes] * nodes + [-1]
        self.arc = [*arc, -1]
        self.up = [*up, False]
        self.size = [1] * nodes + [nodes + 1]
        self.order: Whole = np.roll(np.arange(nodes + 1, dtype=np.int64), 1)
        self.place: Whole = np.roll(np.arange(nodes + 1, dtype=np.int64), -1)
        self.place[:nodes] = np.arange(1, nodes + 1)
        self.place[nodes] = 0

    def meet(self, one: int, other: int) -> int:
        """Return the lowest node that has both in its branch."""
        parent, size = self.parent, self.size
        while one != other:
            # The smaller branch cannot hold the other node, so its root is not the answer.
            if size[one] < size[other]:
                one = parent[one]
            else:
                other = parent[other]
        return one

    def rehang(self, branch: int, inner: int, outer: int, arc: int, *, up: bool, meet: int) -> Whole:
        """Cut ``branch`` off, hang it on ``outer`` by its node ``inner`` through ``arc``; return its nodes.

        ``meet`` is where the ways of ``inner`` and ``outer`` to the root meet before the change.
        """
        parent, size = self.parent, self.size
        stem = [inner]
        while stem[-1] != branch:
            stem.append(parent[stem[-1]])
        moved = size[branch]
        for node, change in ((parent[branch], -moved), (outer, moved)):
            above = node
            while above != meet:
                size[above] += change
                above = parent[above]
        nodes = self._shift(stem, outer)
        self._turn(stem, moved)
        parent[inner], self.arc[inner], self.up[inner] = outer, arc, up
        return nodes

    def _turn(self, stem: list[int], moved: int) -> None:
        """Reverse the way from the old root of a branch to the new one, ``stem[0]``."""
        for position in range(len(stem) - 1, 0, -1):
            node, below = stem[position], stem[position - 1]
            self.parent[node], self.arc[node], self.up[node] = below, self.arc[below], not self.up[below]
            # All of the branch, but for what hung on the side of the new root.
            self.size[node] = moved - self.size[below]
        self.size[stem[0]] = moved

    def _shift(self, stem: list[int], outer: int) -> Whole:
        """Bring ``order`` and ``place`` to what they must be once the branch hangs under ``outer``."""
        order, place, size = self.order, self.place, self.size
        start = int(place[stem[0]])
        stop = start + size[stem[0]]
        pieces = [order[start:stop]]
        # A node of the stem comes after the branch of the one before it, with the rest of its own around that.
        for node in stem[1:]:
            wide = int(place[node])
            end = wide + size[node]
            pieces += (order[wide:start], order[stop:end])
            start, stop = wide, end
        nodes = np.concatenate(pieces)
        target = int(place[outer]) + 1
        if target <= start:
            low, high, fresh = target, stop, (nodes, order[target:start])
        else:
            low, high, fresh = start, target, (order[stop:target], nodes)
        order[low:high] = np.concatenate(fresh)
        place[order[low:high]] = np.arange(low, high)
        return nodes
