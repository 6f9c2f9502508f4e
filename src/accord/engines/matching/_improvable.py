"""Finds people who could all move up together: whether a stable outcome is the best one for every applicant.

When somebody leaves a seat, the strongest of those kept out only by the limits over it comes in, and leaves a seat
in turn. A circle of such moves makes everybody on it better off and nobody worse; where there is none, no stable
outcome is better for anybody (rotations: Irving, Leather and Gusfield, JACM 34, 1987). Cost: that of the wants.
"""

import numpy as np

from accord.engines.matching._blocking import Pressure
from accord.engines.matching._lottery import edge_draws
from accord.engines.matching._seating import Seating
from accord.engines.matching._wants import Standing
from accord.engines.matching.types import NOBODY, Ints, Market


def improvable(market: Market, seats: Seating, by: Standing, found: Pressure) -> tuple[int, ...]:
    """Return the applicants on one circle of moves, empty where there is none; the outcome must be stable."""
    row = _strongest(market, seats, by, found)
    follows = _next_seat(seats, found, row)
    circle = _circle(follows)
    return tuple(sorted(int(found.wants.owner[row[node]]) for node in circle))


def _strongest(market: Market, seats: Seating, by: Standing, found: Pressure) -> Ints:
    """Return for every node the want that is granted first when a seat under it is left, or -1."""
    wants = found.wants
    rows = _highest(by, found, np.flatnonzero((found.at >= 0) & ~seats.fixed[wants.owner]))
    # An opened reserve left by a member is open to others, so its own node is reached by wants of open seats too.
    order = _by_claim(market, by, found, rows)
    place = np.full(len(found.at), NOBODY, np.int64)
    place[order] = np.arange(len(order))
    best = np.full(len(seats.cap), NOBODY, np.int64)
    np.maximum.at(best, found.at[rows], place[rows])
    for reserve in market.reserves:
        if reserve.opens_up:
            node, pool = seats.kept[reserve.programme, reserve.group], seats.pool[reserve.programme]
            best[node] = max(best[node], best[pool])
    whole = best.copy()
    for column in seats.above.T:
        here = column >= 0
        whole[here] = np.maximum(whole[here], best[column[here]])
    return np.where(whole >= 0, order[whole], NOBODY) if len(order) else whole


def _highest(by: Standing, found: Pressure, rows: Ints) -> Ints:
    """Return those of these wants that no other one at the same node surpasses by seat or score."""
    boost = np.full(int(found.at.max(initial=0)) + 1, NOBODY, np.int64)
    np.maximum.at(boost, found.at[rows], found.wants.boost[rows])
    rows = rows[found.wants.boost[rows] == boost[found.at[rows]]]
    score = np.full(len(boost), -np.inf)
    np.maximum.at(score, found.at[rows], by.score[found.wants.edge[rows]])
    return np.asarray(rows[by.score[found.wants.edge[rows]] == score[found.at[rows]]])


def _by_claim(market: Market, by: Standing, found: Pressure, rows: Ints) -> Ints:
    """Return wants from the weakest claim to the strongest; draws are made only between equals."""
    wants = found.wants
    score, boost = by.score[wants.edge[rows]], wants.boost[rows]
    order = np.lexsort((score, boost))
    same = (score[order][1:] == score[order][:-1]) & (boost[order][1:] == boost[order][:-1])
    tied = np.zeros(len(rows), np.bool_)
    tied[1:] |= same
    tied[:-1] |= same
    luck = np.zeros(len(rows), np.uint64)
    if tied.any():
        luck[order[tied]] = edge_draws(market, by.lottery, wants.edge[rows[order[tied]]])
    # Of two wants of one person with one draw the better liked, that is the earlier, comes first.
    return rows[np.lexsort((-rows, luck, score, boost))]


def _next_seat(seats: Seating, found: Pressure, row: Ints) -> Ints:
    """Return for every node the node of the seat that whoever comes in leaves, or -1."""
    who = np.where(row >= 0, found.wants.owner[row] if len(found.wants.owner) else 0, 0)
    return np.where(row >= 0, seats.place[who], NOBODY)


def _circle(follows: Ints) -> list[int]:
    """Return the nodes of one circle of the map, empty where every way ends."""
    state = np.zeros(len(follows), np.int64)
    after, seen = follows.tolist(), state.tolist()
    for first in range(len(after)):
        trail, node = [], first
        while node >= 0 and not seen[node]:
            seen[node] = first + 1
            trail.append(node)
            node = after[node]
        # A node first seen on this very trail closes a circle.
        if node >= 0 and seen[node] == first + 1:
            return trail[trail.index(node) :]
    return []
