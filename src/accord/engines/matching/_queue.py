"""Deferred acceptance one applicant at a time, with a heap for every limit: quick when few are free."""

from dataclasses import dataclass
from heapq import heappop, heappush

import numpy as np

from accord.engines.matching._layout import Layout
from accord.engines.matching._limits import Limits
from accord.engines.matching.types import NOBODY, Ints


@dataclass(slots=True)
class _Desk:
    """Who sits where. An entry is key and applicant in one number, so that heaps compare plain numbers.

    ``place[a]`` is the slot that ``a`` asks for or holds, ``now[a]`` the entry held or -1; ``chain[leaf]`` are the
    limits over a leaf, lowest first; ``heaps`` hold the entries under each limit and may hold left ones too.
    """

    chain: list[tuple[int, ...]]
    cap: list[int]
    load: list[int]
    heaps: list[list[int]]
    leaf: memoryview
    key: memoryview
    place: list[int]
    now: list[int]

    def ask(self, one: int) -> int:
        """Let somebody ask for their slot; return who has to go: nobody (-1), somebody else, or the one who asks."""
        slot = self.place[one]
        path = self.chain[self.leaf[slot]]
        entry = self.key[slot] * len(self.now) + one
        gone = NOBODY
        for node in path:
            if self.load[node] >= self.cap[node]:
                # The lowest full limit decides: one of its own has to go. From then on it is full of better people
                # for ever, or a limit over it is, so being turned away is final.
                if self._weakest(node) > entry:
                    return one
                gone = self._drop(node)
                break
        # Every limit on the path has room now: those below the full one had it, those above lost one of theirs.
        for node in path:
            self.load[node] += 1
            heappush(self.heaps[node], entry)
        self.now[one] = entry
        return gone

    def _weakest(self, node: int) -> int:
        """Return the lowest entry under a limit, which is then on top of its heap; above all others for none."""
        heap, people = self.heaps[node], len(self.now)
        while heap and self.now[heap[0] % people] != heap[0]:
            heappop(heap)  # somebody who left through another limit
        return heap[0] if heap else 1 << 63

    def _drop(self, node: int) -> int:
        other = heappop(self.heaps[node]) % len(self.now)
        for above in self.chain[self.leaf[self.place[other]]]:
            self.load[above] -= 1
        self.now[other] = NOBODY
        return other


def finish(plan: Layout, limits: Limits, at: Ints, held: Ints, load: Ints, free: Ints) -> None:
    """Let everybody in ``free`` propose, best slot first, until nobody free has a slot left; writes to ``held``.

    ``at`` is the next slot of whoever is free and the slot of all others; ``load`` counts people by limit.
    """
    people = np.flatnonzero(held >= 0)
    now = np.full(len(held), NOBODY, np.int64)
    now[people] = plan.key[held[people]] * len(held) + people
    desk = _Desk(
        chain=limits.chains(),
        cap=limits.cap.tolist(),
        load=load.tolist(),
        heaps=_heaps(plan, limits, held, now),
        leaf=plan.leaf.data,
        key=plan.key.data,
        place=at.tolist(),
        now=now.tolist(),
    )
    end, waiting = plan.start[1:].data, free.tolist()
    while waiting:
        one = waiting.pop()
        while desk.place[one] < end[one]:
            gone = desk.ask(one)
            # Whoever goes asks for the next slot, never again for this one: the loop ends after all slots at most.
            if gone != NOBODY:
                desk.place[gone] += 1
            if gone != one:
                waiting += [gone] if gone != NOBODY else []
                break
    held[:] = np.where(np.array(desk.now, np.int64) >= 0, np.array(desk.place, np.int64), NOBODY)


def _heaps(plan: Layout, limits: Limits, held: Ints, now: Ints) -> list[list[int]]:
    """Return the entries of everybody placed so far by limit; a sorted list is a heap."""
    heaps: list[list[int]] = [[] for _ in limits.cap]
    people = np.flatnonzero(held >= 0)
    for level in limits.levels:
        node = level[plan.leaf[held[people]]]
        order = np.lexsort((now[people], node))
        entries = now[people[order]].tolist()
        nodes, first = np.unique(node[order], return_index=True)
        bounds = [*first.tolist(), len(entries)]
        for number, low, high in zip(nodes.tolist(), bounds, bounds[1:], strict=False):
            heaps[number] = entries[low:high]
    return heaps
