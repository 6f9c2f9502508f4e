"""Reads an outcome as seats: who sits under which node, how full each is, and what is the weakest there.

This is the checker's own view, built from the market and the outcome alone. A programme with reserves gets one more
node for its open seats and one for each reserve. Seats that a reserve opens up count among the open ones.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np

from accord.engines.matching.types import NOBODY, UNLIMITED, Flags, Floats, Ints, Market, Mechanism, Outcome, Seat

NO_BOOST: Final = 9


@dataclass(frozen=True, slots=True, eq=False)
class Seating:
    """``above[node]`` lists the nodes from the topmost to the node itself, then -1; ``cap`` and ``load`` leave out
    fixed placements. ``place[a]`` is the node that applicant ``a`` sits in, fixed or not, or -1.

    ``pool[p]`` is the node of programme ``p``'s open seats, ``kept`` the node of each (programme, group).
    Where a reserved seat puts its holder before all others (not in the order of priority) seats are ``boosted``.
    """

    above: Ints
    cap: Ints
    load: Ints
    place: Ints
    edge: Ints
    boost: Ints
    fixed: Flags
    pool: Ints
    kept: dict[tuple[int, int], int]
    closed: Flags
    boosted: bool

    @property
    def full(self) -> Flags:
        """Return which nodes have no room beside the fixed placements."""
        return np.asarray(self.load >= self.cap)

    def path(self, node: int) -> list[int]:
        """Return the node and all above it, lowest first."""
        return [one for one in reversed(self.above[node].tolist()) if one >= 0]


def seating(market: Market, outcome: Outcome) -> Seating:
    """Return the seats of an outcome whose arrays are in order; see ``_faults.refuse_shape``."""
    pool, kept, parent = _nodes(market)
    above = ancestors(parent)
    fixed_edge = _fixed(market)
    fixed = fixed_edge >= 0
    edge = outcome.edge
    boost, place = _places(market, outcome, pool, kept)
    place[fixed & (edge >= 0)] = market.programme[edge[fixed & (edge >= 0)]]
    sitting = np.flatnonzero((place >= 0) & ~fixed)
    load = _load(above, place[sitting], market.size[sitting])
    cap = _caps(market, fixed_edge, pool, kept, load, above)
    boosted = outcome.mechanism is not Mechanism.PRIORITY
    if not boosted:
        _fill_opened(market, pool, kept, load, cap)
        boost = np.zeros(len(boost), np.int64)
    shut = np.zeros(len(parent), np.bool_)
    shut[[one.node for one in outcome.closures]] = True
    closed = np.asarray((shut[above] & (above >= 0)).any(axis=1))
    return Seating(above, cap, load, place, edge, np.where(fixed, 0, boost), fixed, pool, kept, closed, boosted)


def ancestors(parent: Ints) -> Ints:
    """Return for every node the nodes from the topmost down to itself, one row each, filled up with -1."""
    rising = [np.arange(len(parent))]
    while (rising[-1] >= 0).any():
        last = rising[-1]
        rising.append(np.where(last >= 0, parent[last], NOBODY))
    upwards = np.stack(rising[:-1], axis=1)
    depth = (upwards >= 0).sum(axis=1)
    column = depth[:, None] - 1 - np.arange(upwards.shape[1])
    return np.where(column >= 0, np.take_along_axis(upwards, np.maximum(column, 0), axis=1), NOBODY)


def weakest(seats: Seating, score: Floats, among: Ints) -> tuple[Ints, Floats]:
    """Return for every node the lowest boost and, with it, the lowest score of these people under it.

    A node that nobody sits under has the boost ``NO_BOOST`` and the score infinity.
    """
    boost = np.full(len(seats.cap), NO_BOOST, np.int64)
    lowest = np.full(len(seats.cap), np.inf)
    held = score[seats.edge[among]]
    for nodes in seats.above[seats.place[among]].T:
        here = nodes >= 0
        np.minimum.at(boost, nodes[here], seats.boost[among][here])
    for nodes in seats.above[seats.place[among]].T:
        here = (nodes >= 0) & (seats.boost[among] == boost[nodes])
        np.minimum.at(lowest, nodes[here], held[here])
    return boost, lowest


def _nodes(market: Market) -> tuple[Ints, dict[tuple[int, int], int], Ints]:
    """Return the node of each programme's open seats, that of each reserve, and the parents of all nodes."""
    parent = market.tree.parent.tolist()
    pool = np.arange(len(market.programmes))
    kept = {}
    for programme in sorted({one.programme for one in market.reserves}):
        pool[programme] = len(parent)
        parent.append(programme)
    for one in market.reserves:
        kept[one.programme, one.group] = len(parent)
        parent.append(one.programme)
    return pool, kept, np.array(parent, np.int64)


def _fixed(market: Market) -> Ints:
    held = np.full(len(market.applicants), NOBODY, np.int64)
    edges = np.flatnonzero(market.fixed)
    held[np.searchsorted(market.start, edges, side="right") - 1] = edges
    return held


def _places(market: Market, outcome: Outcome, pool: Ints, kept: dict[tuple[int, int], int]) -> tuple[Ints, Ints]:
    """Return boost and node of everybody, as the kind of seat says; a reserved seat that is none counts as open."""
    edge = outcome.edge
    held = edge >= 0
    place = np.full(len(edge), NOBODY, np.int64)
    place[held] = pool[market.programme[edge[held]]]
    boost = np.zeros(len(edge), np.int64)
    for person in np.flatnonzero(held & (outcome.seat == Seat.RESERVED)).tolist() if kept else ():
        node = kept.get((int(market.programme[edge[person]]), int(market.group[person])))
        if node is not None:
            place[person], boost[person] = node, 1
    return boost, place


def _load(above: Ints, nodes: Ints, size: Ints) -> Ints:
    load = np.zeros(len(above), np.int64)
    for level in above[nodes].T:
        here = level >= 0
        np.add.at(load, level[here], size[here])
    return load


def _caps(
    market: Market, fixed_edge: Ints, pool: Ints, kept: dict[tuple[int, int], int], load: Ints, above: Ints
) -> Ints:
    """Return what every node takes beside the fixed placements, which use up open seats first."""
    settled = np.flatnonzero(fixed_edge >= 0)
    taken = _load(above, market.programme[fixed_edge[settled]], market.size[settled])
    cap = np.full(len(above), UNLIMITED, np.int64)
    cap[: len(market.tree.cap)] = market.tree.cap
    cap -= taken
    for programme in {one.programme for one in market.reserves}:
        here = [one for one in market.reserves if one.programme == programme]
        free = int(cap[programme])
        open_seats = max(0, free - sum(one.seats for one in here)) if free < UNLIMITED // 2 else free
        for one in here:
            node = kept[programme, one.group]
            cap[node] = min(one.seats, free)
            open_seats += max(0, int(cap[node] - load[node])) if one.opens_up else 0
        cap[pool[programme]] = open_seats
    return cap


def _fill_opened(market: Market, pool: Ints, kept: dict[tuple[int, int], int], load: Ints, cap: Ints) -> None:
    """Count an opened reserve as full where all open seats are: without a boost its group cannot reclaim it."""
    for one in market.reserves:
        node = kept[one.programme, one.group]
        if one.opens_up and load[pool[one.programme]] >= cap[pool[one.programme]]:
            load[node] = max(load[node], cap[node])
