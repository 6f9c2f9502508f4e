"""Finds what everybody would rather have than what they hold, and what stands between."""

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from accord.engines.matching._lottery import Draw, edge_draws, pair_draws
from accord.engines.matching._seating import Seating, weakest
from accord.engines.matching.types import NOBODY, Draws, Flags, Floats, Ints, Lottery, Market, Mechanism

STRIDE: Final = 2**18
NEVER: Final = np.iinfo(np.int64).max
MOST: Final = np.iinfo(np.uint64).max


@dataclass(frozen=True, slots=True, eq=False)
class Standing:
    """By what people are compared: a score for each edge, and draws where scores are equal.

    ``moves``: whoever is level with their own seat elsewhere under a full limit may move there.
    """

    score: Floats
    lottery: Lottery
    moves: bool = True


@dataclass(frozen=True, slots=True, eq=False)
class Wants:
    """Seats that somebody prefers to the one held, in the order of edges: two for an edge where a reserve helps.

    ``level`` marks choices that are liked just as much, and come first by draw alone.
    """

    edge: Ints
    owner: Ints
    node: Ints
    boost: Ints
    level: Flags


@dataclass(frozen=True, slots=True, eq=False)
class Ties:
    """Where only a draw decides: the wants concerned, the draw of each, and by node the lowest draw let in
    and the highest turned away (meaningless where nobody was).
    """

    wants: Ints
    draw: Draw
    let_in: Draw
    refused: Draw
    decided: Flags


def standing(market: Market, mechanism: Mechanism, lottery: Lottery, seats: Seating) -> Standing:
    """Return what counts under a mechanism: scores, or in the order of priority the best score of each person."""
    if mechanism is not Mechanism.PRIORITY:
        # Host-first settles between two seats of one applicant as the host's order does, so nobody may move by it.
        return Standing(market.score, lottery, moves=mechanism is not Mechanism.HOST_FIRST)
    usable = (market.bar == 0) & ~seats.closed[market.programme]
    owner = market.applicant_of
    best = np.full(len(market.applicants), -np.inf)
    np.maximum.at(best, owner[usable], market.score[usable])
    return Standing(best[owner], Lottery(lottery.seed, Draws.SINGLE))


def wants_of(market: Market, lottery: Lottery, seats: Seating) -> Wants:
    """Return all seats that are wanted more than what is held; barred choices and closed programmes are none."""
    edge, level = _better_edges(market, lottery, seats)
    owner = np.searchsorted(market.start, edge, side="right") - 1
    open_seats = Wants(edge, owner, seats.pool[market.programme[edge]], np.zeros(len(edge), np.int64), level)
    return _with_reserved(market, seats, open_seats) if seats.kept else open_seats


def obstacles(market: Market, seats: Seating, wants: Wants) -> Ints:
    """Return for every want the lowest node without room, or -1.

    The seat that somebody would leave counts as taken, by themselves: under a limit over both, they may be the
    weaker person who goes. A fixed placement is in nobody's way but its owner's, who would give it up.
    """
    found = np.full(len(wants.edge), NOBODY, np.int64)
    need = market.size[wants.owner]
    for level in reversed(range(seats.above.shape[1])):
        node = seats.above[wants.node, level]
        stuck = (node >= 0) & (seats.load[node] + need > seats.cap[node]) & (found == NOBODY)
        found = np.where(stuck & ~_leaves(seats, wants, node, level), node, found)
    return found


def _leaves(seats: Seating, wants: Wants, node: Ints, level: int) -> Flags:
    mine = np.where(seats.fixed[wants.owner], seats.place[wants.owner], NOBODY)
    return np.asarray((mine >= 0) & (node == seats.above[mine, level]))


def beaten(seats: Seating, by: Standing, wants: Wants, at: Ints) -> tuple[Flags, Flags, Floats]:
    """Return where somebody weaker sits at the obstacle, where somebody equal does, and the lowest score there."""
    boost, lowest = weakest(seats, by.score, np.flatnonzero((seats.place >= 0) & ~seats.fixed))
    own = by.score[wants.edge]
    stuck = at >= 0
    level = stuck & (wants.boost == boost[at])
    weaker = stuck & ((wants.boost > boost[at]) | (level & (own > lowest[at])))
    return weaker, level & (own == lowest[at]), np.where(stuck, lowest[at], np.inf)


def ties_of(market: Market, seats: Seating, by: Standing, wants: Wants, at: Ints, equal: Flags) -> Ties:
    """Return the draws that decide between equals; only these draws are made."""
    which = np.flatnonzero(equal)
    draw = edge_draws(market, by.lottery, wants.edge[which]) if len(which) else np.zeros(0, np.uint64)
    let_in = np.full(len(seats.cap), MOST, np.uint64)
    if len(which):
        _set_lowest_draws(let_in, market, seats, by, np.unique(at[which]))
    refused = np.zeros(len(seats.cap), np.uint64)
    lower = draw < let_in[at[which]]
    np.maximum.at(refused, at[which][lower], draw[lower])
    decided = np.zeros(len(seats.cap), np.bool_)
    decided[at[which][lower]] = True
    return Ties(which, draw, let_in, refused, decided)


def _better_edges(market: Market, lottery: Lottery, seats: Seating) -> tuple[Ints, Flags]:
    """Return the edges preferred to the held one, and which of them by draw alone. Works in strides: memory."""
    limit = np.full(len(market.applicants), NEVER, np.int64)
    placed = seats.edge >= 0
    limit[placed] = market.rank[seats.edge[placed]]
    counts = np.diff(market.start)
    steps = np.searchsorted(market.start, np.arange(0, int(market.start[-1]) + STRIDE, STRIDE))
    steps = np.minimum(steps, len(market.applicants))
    found, level = [np.zeros(0, np.int64)], [np.zeros(0, np.int64)]
    for low, high in zip(steps[:-1].tolist(), steps[1:].tolist(), strict=True):
        part = slice(int(market.start[low]), int(market.start[high]))
        most = np.repeat(limit[low:high], counts[low:high])
        free = (market.bar[part] == 0) & ~seats.closed[market.programme[part]]
        found.append(np.flatnonzero(free & (market.rank[part] < most)) + part.start)
        level.append(np.flatnonzero(free & (market.rank[part] == most)) + part.start)
    equal = _luckier(market, lottery, seats, np.concatenate(level))
    edges = np.concatenate([*found, equal])
    order = np.argsort(edges, kind="stable")
    return edges[order], (np.arange(len(edges)) >= len(edges) - len(equal))[order]


def _luckier(market: Market, lottery: Lottery, seats: Seating, edges: Ints) -> Ints:
    """Return those of equally liked edges that come before the held one by the draw among equal wishes."""
    held = seats.edge[np.searchsorted(market.start, edges, side="right") - 1]
    other = edges != held
    edges, held = edges[other], held[other]
    if not len(edges):
        return edges
    seed = f"{lottery.seed}\0taste"
    return edges[pair_draws(market, seed, edges) < pair_draws(market, seed, held)]


def _with_reserved(market: Market, seats: Seating, wants: Wants) -> Wants:
    """Return the wants with, before each open seat, the reserved one of the applicant's own group."""
    groups = max(1, len(market.groups))
    node_of: npt.NDArray[np.int64] = np.full((len(market.programmes), groups + 1), NOBODY, np.int64)
    for (programme, group), one in seats.kept.items():
        node_of[programme, group] = one
    # A person without a group has the number -1, and the last column, which holds no reserve.
    kept = node_of[market.programme[wants.edge], market.group[wants.owner]]
    mine = np.flatnonzero(kept >= 0)
    place = np.concatenate([np.arange(len(kept)) * 2 + 1, mine * 2])
    order = np.argsort(place)
    row = np.concatenate([np.arange(len(kept)), mine])[order]
    node = np.concatenate([wants.node, kept[mine]])[order]
    boost = np.concatenate([wants.boost, np.full(len(mine), int(seats.boosted), np.int64)])[order]
    return Wants(wants.edge[row], wants.owner[row], node, boost, wants.level[row])


def _set_lowest_draws(lowest: Draw, market: Market, seats: Seating, by: Standing, nodes: Ints) -> None:
    """Write for these nodes the lowest draw among the weakest who sit under them."""
    sitting = np.flatnonzero((seats.place >= 0) & ~seats.fixed)
    boost, score = weakest(seats, by.score, sitting)
    asked = np.zeros(len(seats.cap), np.bool_)
    asked[nodes] = True
    for column in seats.above[seats.place[sitting]].T:
        own = by.score[seats.edge[sitting]]
        here = (column >= 0) & asked[column] & (seats.boost[sitting] == boost[column]) & (own == score[column])
        if here.any():
            draws = edge_draws(market, by.lottery, seats.edge[sitting[here]])
            np.minimum.at(lowest, column[here], draws)
