"""The seats while parties come and go: who sits under each limit, weakest first, and who must leave for whom."""

from bisect import bisect_left, insort
from collections.abc import Sequence

from accord.engines.matching._layout import Layout
from accord.engines.matching._levels import owner_of
from accord.engines.matching.types import NOBODY


class Room:
    """Who sits where. A newcomer may displace people of less ``worth`` only, as few as the limits ask.

    Two newcomers at once are let in exactly when every limit, choosing the best from those who sit under it and the
    two, would choose both. So far as everybody counts as one person this is the choice of Roth and Peranson (1999);
    a larger team displaces as many weaker people as it needs (McDermid and Manlove 2010).
    """

    def __init__(self, plan: Layout, worth: Sequence[int], level: Sequence[int]) -> None:
        """Open all seats of a layout, all empty. ``worth`` is the key of every slot, or its level without the draw."""
        paths = [[node for node in path if node >= 0] for path in plan.paths().tolist()]
        self._path = [paths[leaf] for leaf in plan.leaf.tolist()]
        self._size: list[int] = plan.size[owner_of(plan)].tolist()
        self._free: list[int] = plan.cap.tolist()
        self._sitting: list[list[tuple[int, int]]] = [[] for _ in paths]
        self._worth = worth
        self._level = level
        self._key: list[int] = plan.key.tolist()

    def takes(self, slots: tuple[int, ...], own: tuple[int, ...] = ()) -> bool:
        """Return whether a party in its ``own`` seats could have these slots, weaker people leaving if need be.

        A seat of its own counts like that of anybody else, but gives way to one of the same level.
        """
        kept = [slot for slot in own if slot in slots]
        self.leave(kept)
        taken = self._takes(slots, [slot for slot in own if slot not in slots and slot != NOBODY])
        self._sit(kept)
        return taken

    def enter(self, slots: tuple[int, ...]) -> list[int]:
        """Seat a party that ``takes`` would let in; return the slots that weaker people had to leave."""
        left: list[int] = []
        self._sit(slots)
        for slot in slots:
            for node in self._path[slot] if slot != NOBODY else ():
                # Lowest limits first: whoever leaves a lower one makes room under all above it.
                while self._free[node] < 0:
                    left.append(self._sitting[node][0][1])
                    self.leave(left[-1:])
        return left

    def leave(self, slots: Sequence[int]) -> None:
        """Empty these seats."""
        for slot in slots:
            if slot != NOBODY:
                for node in self._path[slot]:
                    here = self._sitting[node]
                    del here[bisect_left(here, (self._key[slot], slot))]
                    self._free[node] += self._size[slot]

    def _sit(self, slots: Sequence[int]) -> None:
        for slot in slots:
            for node in self._path[slot] if slot != NOBODY else ():
                insort(self._sitting[node], (self._key[slot], slot))
                self._free[node] -= self._size[slot]

    def _takes(self, slots: Sequence[int], given_up: Sequence[int]) -> bool:
        # The stronger of two is let in first: it counts against the weaker one where a limit holds both.
        inside: dict[int, int] = {}
        wanted = [slot for slot in slots if slot != NOBODY]
        for slot in sorted(wanted, key=self._worth.__getitem__, reverse=True):
            same = [one for one in given_up if self._level[one] == self._level[slot]]
            for node in self._path[slot]:
                inside[node] = inside.get(node, 0) + self._size[slot]
                # Those of less worth are counted as they are met below.
                vacated = sum(self._size[one] for one in same if node in self._path[one] and not self._less(one, slot))
                if not self._yields(node, inside[node] - vacated, self._worth[slot]):
                    return False
        return True

    def _less(self, one: int, other: int) -> bool:
        return self._worth[one] < self._worth[other]

    def _yields(self, node: int, size: int, worth: int) -> bool:
        """Return whether a limit has so much room, or as many people of less worth."""
        lacking = size - self._free[node]
        if lacking <= 0:
            return True
        for _, slot in self._sitting[node]:
            if self._worth[slot] >= worth:
                return False
            lacking -= self._size[slot]
            if lacking <= 0:
                return True
        return False
