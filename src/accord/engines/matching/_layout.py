"""Lays a market out for the mechanisms: strict preferences, one key for each edge, reserved seats as leaves.

A programme with reserves becomes an inner node over one leaf of open seats and one leaf for each reserve, so that
whatever works on nested limits works on reserves. One key orders everybody under every limit: a member in a
reserved seat comes first, then the score, then the draw.
"""

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np

from accord.engines.matching._lottery import edge_draws, pair_draws
from accord.engines.matching._sorting import order_by, order_by_score
from accord.engines.matching._tree import sums_below, top_nodes
from accord.engines.matching.types import UNLIMITED, Flags, Ints, Lottery, Market, ReserveOrder, Seat


@dataclass(frozen=True, slots=True, eq=False)
class Layout:
    """What a mechanism works on. Slots are edges of the market times seats, in strict order of preference.

    The slots of applicant ``a`` are ``start[a]:start[a + 1]``; ``leaf`` is the node a slot lies in, ``key`` its
    rank (higher is preferred, never equal; compared only under one topmost node), ``edge`` the edge of the
    market, ``seat`` the kind of seat. ``parent`` and ``cap`` are the nodes' own: first those of the market's tree,
    then the leaves of reserves. ``cap`` is what remains beside the fixed placements.
    """

    start: Ints
    leaf: Ints
    key: Ints
    edge: Ints
    seat: Ints
    parent: Ints
    cap: Ints
    size: Ints

    def paths(self) -> Ints:
        """Return for every node its path upwards, one row each, lowest first, filled up with -1."""
        rows = [np.arange(len(self.parent))]
        while (rows[-1] >= 0).any():
            last = rows[-1]
            rows.append(np.where(last >= 0, self.parent[last], -1))
        return np.stack(rows[:-1], axis=1) if len(rows) > 1 else rows[0][:, None]


def layout(market: Market, lottery: Lottery, *, closed: Collection[int] = ()) -> Layout:
    """Return the market as slots; barred edges, closed nodes and whoever holds a fixed place are left out."""
    usable = _usable(market, closed)
    edges = _in_strict_order(market, lottery, np.flatnonzero(usable))
    edge, leaf, seat, boost, parent, cap = _with_seats(market, edges)
    owner = market.applicant_of[edge]
    counts = np.bincount(owner, minlength=len(market.applicants))
    return Layout(
        start=np.concatenate(([0], np.cumsum(counts))).astype(np.int64),
        leaf=leaf,
        key=_keys(market, lottery, edge, boost),
        edge=edge,
        seat=seat,
        parent=parent,
        cap=cap,
        size=market.size,
    )


def fixed_edges(market: Market) -> Ints:
    """Return the edge that each applicant is fixed to, or -1."""
    held = np.full(len(market.applicants), -1, np.int64)
    edges = np.flatnonzero(market.fixed)
    held[market.applicant_of[edges]] = edges
    return held


def _usable(market: Market, closed: Collection[int]) -> Flags:
    shut = np.zeros(len(market.programmes), np.bool_)
    for programme in range(len(market.programmes)) if closed else ():
        shut[programme] = not set(closed).isdisjoint(market.tree.path(programme))
    usable = (market.bar == 0) & ~shut[market.programme]
    if market.fixed.any():
        usable &= fixed_edges(market)[market.applicant_of] < 0
    return np.asarray(usable)


def _in_strict_order(market: Market, lottery: Lottery, edges: Ints) -> Ints:
    """Return the edges so that equally liked ones stand in the order of a draw of their own."""
    owner, rank = market.applicant_of[edges], market.rank[edges]
    tied = np.zeros(len(edges), np.bool_)
    same = (owner[1:] == owner[:-1]) & (rank[1:] == rank[:-1])
    tied[1:] |= same
    tied[:-1] |= same
    if not tied.any():
        return edges
    luck = np.zeros(len(edges), np.uint64)
    luck[tied] = pair_draws(market, f"{lottery.seed}\0taste", edges[tied])
    return edges[np.lexsort((luck, rank, owner))]


def _keys(market: Market, lottery: Lottery, edge: Ints, boost: Ints) -> Ints:
    """Return the rank of every slot by boost, score and draw; draws are made only where something is tied.

    Slots are compared only where some limit holds both, so only under the same topmost node.
    """
    score, group = market.score[edge], 2 * top_nodes(market.tree)[market.programme[edge]] + boost
    order = order_by(group, order_by_score(score))
    score, group = score[order], group[order]
    same = (score[1:] == score[:-1]) & (group[1:] == group[:-1])
    tied = np.flatnonzero(np.append(same, False) | np.append(False, same))
    if len(tied):
        rows = order[tied]
        owner, luck = market.applicant_of[edge[rows]], edge_draws(market, lottery, edge[rows])
        # Between two seats of one person that are worth the same, the one that the person likes better is better.
        order[tied] = rows[np.lexsort((-rows, owner, luck, score[tied], group[tied]))]
    key = np.empty(len(edge), np.int64)
    key[order] = np.arange(len(edge))
    return key


def _with_seats(market: Market, edges: Ints) -> tuple[Ints, Ints, Ints, Ints, Ints, Ints]:
    """Return edge, leaf, seat and boost of every slot, and parent and cap of every node."""
    tree = market.tree
    cap = tree.cap - _fixed_load(market)
    if not market.reserves:
        plain = np.zeros(len(edges), np.int64)
        return edges, market.programme[edges], plain, plain, tree.parent, cap
    return _reserved_seats(market, edges, cap)


def _fixed_load(market: Market) -> Ints:
    load = np.zeros(len(market.tree.label), np.int64)
    fixed = np.flatnonzero(market.fixed)
    np.add.at(load, market.programme[fixed], market.size[market.applicant_of[fixed]])
    return sums_below(market.tree, load)


def _reserved_seats(market: Market, edges: Ints, cap: Ints) -> tuple[Ints, Ints, Ints, Ints, Ints, Ints]:
    parents, caps = market.tree.parent.tolist(), cap.tolist()
    leaves: dict[int, list[tuple[int, int, bool]]] = {}
    for programme in sorted({one.programme for one in market.reserves}):
        here = [one for one in market.reserves if one.programme == programme]
        kept = sum(one.seats for one in here)
        free = caps[programme]
        rooms = [(-1, max(0, free - kept) if free < UNLIMITED // 2 else free, True)]
        rooms += [(one.group, min(one.seats, free), one.opens_up) for one in here]
        for group, seats, opens_up in rooms:
            leaves.setdefault(programme, []).append((len(parents), group, opens_up))
            parents.append(programme)
            caps.append(seats)
    slots = [slot for edge in edges.tolist() for slot in _slots_of(market, edge, leaves)]
    edge, leaf, seat, boost = (
        (np.array(column, np.int64) for column in zip(*slots, strict=True))
        if slots
        else [np.zeros(0, np.int64) for _ in range(4)]
    )
    return edge, leaf, seat, boost, np.array(parents, np.int64), np.array(caps, np.int64)


def _slots_of(
    market: Market, edge: int, leaves: dict[int, list[tuple[int, int, bool]]]
) -> list[tuple[int, int, int, int]]:
    """Return the slots of one edge in the order the applicant is held against them."""
    programme = int(market.programme[edge])
    if programme not in leaves:
        return [(edge, programme, int(Seat.OPEN), 0)]
    mine = int(market.group[np.searchsorted(market.start, edge, side="right") - 1])
    open_seats, *kept = leaves[programme]
    own = [(edge, node, int(Seat.RESERVED), 1) for node, group, _ in kept if group == mine]
    others = [(edge, node, int(Seat.OPEN), 0) for node, group, opens_up in kept if group != mine and opens_up]
    merit = [(edge, open_seats[0], int(Seat.OPEN), 0)]
    first = own + merit if market.reserve_order is ReserveOrder.RESERVE_FIRST else merit + own
    return first + others
