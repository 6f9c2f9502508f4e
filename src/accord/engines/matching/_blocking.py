"""Finds blocking pairs: who prefers a programme that would rather have them.

An applicant and a programme block when the applicant ranks it above what they hold and, on the way up from the
programme, every limit has room, or has it once ONE person weaker by seat or score leaves (weak stability; for
nested limits Biró, Fleiner, Irving and Manlove, TCS 411, 2010). Cost: choices times depth.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np

from accord.engines.matching._findings import Block, Cause
from accord.engines.matching._seating import Seating
from accord.engines.matching._wants import Standing, Ties, Wants, beaten, obstacles, ties_of, wants_of
from accord.engines.matching.types import Flags, Floats, Ints, Market

BLOCKS_NAMED: Final = 1000


@dataclass(frozen=True, slots=True, eq=False)
class Pressure:
    """All that is wanted against what stands between: one row for each want, ``at`` the lowest full node or -1."""

    wants: Wants
    at: Ints
    lowest: Floats
    room: Flags
    weaker: Flags
    luckier: Flags
    decided: Flags
    ties: Ties

    @property
    def blocks(self) -> Flags:
        """Return the wants that block by seat or score and that no decision excuses."""
        return np.asarray((self.room | self.weaker) & ~self.decided & ~self.wants.level)

    @property
    def unlucky(self) -> Flags:
        """Return the wants that only a draw speaks for: of the programme, or between wishes liked equally."""
        strict = (self.room | self.weaker | self.luckier) & ~self.decided
        return np.asarray(strict & ~np.isin(self.wants.edge, self.wants.edge[self.blocks]))

    @property
    def claims(self) -> Flags:
        """Return the wants that would block but for a fixed placement."""
        granted = (self.room | self.weaker) & ~self.wants.level & self.decided
        return np.asarray(granted & ~np.isin(self.wants.edge, self.wants.edge[self.blocks]))


def pressure(market: Market, seats: Seating, by: Standing) -> Pressure:
    """Return every want with its obstacle, and whether it would be granted over it."""
    wants = wants_of(market, by.lottery, seats)
    at = obstacles(market, seats, wants)
    weaker, equal, lowest = beaten(seats, by, wants, at)
    ties = ties_of(market, seats, by, wants, at, equal)
    luckier = np.zeros(len(at), np.bool_)
    luckier[ties.wants] = ties.draw > ties.let_in[at[ties.wants]]
    if by.moves:
        level = np.flatnonzero(equal)[ties.draw == ties.let_in[at[ties.wants]]]
        luckier[level] = (seats.above[np.maximum(seats.place[wants.owner[level]], 0)] == at[level, None]).any(axis=1)
    room = at < 0
    freed = _freed_by_decision(market, seats, by, wants, at) & ~(room | weaker)
    decided = seats.fixed[wants.owner] | freed
    return Pressure(wants, at, lowest, room, weaker | freed, luckier, decided, ties)


def blocks_of(market: Market, seats: Seating, by: Standing, found: Pressure, which: Flags) -> tuple[Block, ...]:
    """Return these wants as blocking pairs, one for each pair, at most ``BLOCKS_NAMED``."""
    rows = np.flatnonzero(which)
    _, first = np.unique(found.wants.edge[rows], return_index=True)
    return tuple(_block(market, seats, by, found, row) for row in rows[first][:BLOCKS_NAMED].tolist())


def pairs(found: Pressure, which: Flags) -> int:
    """Return how many pairs these wants are."""
    return len(np.unique(found.wants.edge[which]))


def _block(market: Market, seats: Seating, by: Standing, found: Pressure, row: int) -> Block:
    edge, node = int(found.wants.edge[row]), int(found.at[row])
    by_score = found.weaker[row] and not found.wants.level[row]
    cause = Cause.ROOM if found.room[row] and not found.wants.level[row] else Cause.LOWER_DRAW
    lowest = float(found.lowest[row])
    return Block(
        applicant=market.applicants[found.wants.owner[row]],
        programme=market.programmes[market.programme[edge]],
        cause=Cause.WEAKER if by_score else cause,
        node=label_of(market, seats, node) if node >= 0 else "",
        own=float(by.score[edge]),
        lowest=lowest if np.isfinite(lowest) and node >= 0 else None,
        by_decision=bool(found.decided[row]),
    )


def label_of(market: Market, seats: Seating, node: int) -> str:
    """Return the name of a node; the seats of a programme bear the programme's."""
    named = [one for one in seats.path(node) if one < len(market.tree.label)]
    return market.tree.label[named[0]]


def _freed_by_decision(market: Market, seats: Seating, by: Standing, wants: Wants, at: Ints) -> Flags:
    """Return the wants that would be granted if one weaker person's fixed placement were not."""
    if not seats.fixed.any():
        return np.zeros(len(at), np.bool_)
    lowest = np.full(len(seats.cap), np.inf)
    people = np.flatnonzero(seats.fixed & (seats.edge >= 0))
    score = by.score[seats.edge[people]]
    for nodes in seats.above[seats.place[people]].T:
        here = nodes >= 0
        np.minimum.at(lowest, nodes[here], score[here])
    for node in _growing(market, seats):
        lowest[node] = lowest[seats.path(node)[1]]
    bar = lowest[at]
    boosted = (wants.boost > 0) & np.isfinite(bar)
    return np.asarray((at >= 0) & (boosted | (by.score[wants.edge] > bar)))


def _growing(market: Market, seats: Seating) -> list[int]:
    """Return the nodes of seats within a programme that grow by one when a fixed placement there is given up."""
    found = []
    for programme in {one.programme for one in market.reserves}:
        here = [one for one in market.reserves if one.programme == programme]
        free = int(seats.cap[programme])
        growing = [one for one in here if one.seats > free]
        found += [seats.kept[programme, one.group] for one in growing]
        if free >= sum(one.seats for one in here) or any(one.opens_up for one in growing):
            found.append(int(seats.pool[programme]))
    return found
