"""Who may keep the place they hold when a market has changed."""

from collections import Counter
from dataclasses import dataclass

import numpy as np

from accord.engines.matching._lottery import edge_draws
from accord.engines.matching.types import NOBODY, Flags, Ints, Market, Outcome, Seat

Names = tuple[str, str]


@dataclass(frozen=True, slots=True, eq=False)
class Keepers:
    """The edges of a market that are kept, and how many of them sit in seats reserved by (programme, group)."""

    edges: Ints
    reserved: Counter[tuple[int, int]]


def keepers_of(market: Market, previous: Outcome, previous_market: Market) -> Keepers:
    """Return whose place remains: the choice still stands, nothing bars it, and every limit has room.

    Where a limit has become too small, those with the weakest claim go first: open seats before reserved ones, then
    the lower score, then the lower draw. Of a couple, both stay or none.
    """
    edges, kinds = _still_chosen(market, previous, previous_market)
    owner = market.applicant_of
    draws = edge_draws(market, previous.lottery, edges) if len(edges) else np.zeros(0, np.uint64)
    order = np.lexsort((owner[edges], draws, market.score[edges], kinds))
    going = _over_limit(market, edges, order)
    stays = np.ones(len(edges), np.bool_)
    stays[going] = False
    stays &= ~_left_alone(market, edges, stays)
    edges, kinds = edges[stays], kinds[stays]
    seats = edges[kinds == Seat.RESERVED]
    pairs = zip(market.programme[seats].tolist(), market.group[owner[seats]].tolist(), strict=True)
    return Keepers(edges, Counter(pairs))


def edges_by_name(market: Market) -> dict[Names, int]:
    """Return the edge of every applicant and programme, by id."""
    return {names_of(market, edge): edge for edge in range(len(market.programme))}


def names_of(market: Market, edge: int) -> Names:
    """Return applicant and programme of an edge."""
    person = int(np.searchsorted(market.start, edge, side="right")) - 1
    return market.applicants[person], market.programmes[int(market.programme[edge])]


def _still_chosen(market: Market, previous: Outcome, previous_market: Market) -> tuple[Ints, Ints]:
    """Return the held edges that may still be granted, and the kind of seat of each."""
    edge_of = edges_by_name(market)
    decided = {int(one) for one in market.applicant_of[market.fixed]}
    found = []
    for person in np.flatnonzero(previous.edge >= 0).tolist():
        edge = edge_of.get(names_of(previous_market, int(previous.edge[person])), NOBODY)
        if edge != NOBODY and market.bar[edge] == 0 and int(market.applicant_of[edge]) not in decided:
            found.append((edge, int(previous.seat[person])))
    columns = np.array(found, np.int64).reshape(-1, 2)
    return columns[:, 0], columns[:, 1]


def _over_limit(market: Market, edges: Ints, order: Ints) -> list[int]:
    """Return which of these edges must go so that every limit is kept, weakest first; ``order`` starts with them."""
    tree, owner = market.tree, market.applicant_of
    paths = {programme: tree.path(programme) for programme in set(market.programme.tolist())}
    load = np.zeros(len(tree.label), np.int64)
    for edge in (*np.flatnonzero(market.fixed).tolist(), *edges.tolist()):
        load[paths[int(market.programme[edge])]] += market.size[owner[edge]]
    going: list[int] = []
    # Whoever goes under a lower node goes under all above it, so after the lowest nodes less is left to do.
    for node in sorted(np.flatnonzero(load > tree.cap).tolist(), key=lambda one: -len(tree.path(one))):
        for row in order.tolist():
            if load[node] <= tree.cap[node]:
                break
            path = paths[int(market.programme[edges[row]])]
            if node in path and row not in going:
                going.append(row)
                load[path] -= market.size[owner[edges[row]]]
    return going


def _left_alone(market: Market, edges: Ints, stays: Flags) -> Flags:
    """Return who held a place in a pair that cannot stay as a pair."""
    row_of = {int(market.applicant_of[edge]): row for row, edge in enumerate(edges.tolist())}
    alone = np.zeros(len(edges), np.bool_)
    for couple in market.couples:
        rows = [row_of[one] for one in (couple.first, couple.second) if one in row_of]
        held = [NOBODY, NOBODY]
        for side, one in enumerate((couple.first, couple.second)):
            if one in row_of and stays[row_of[one]]:
                held[side] = int(market.programme[edges[row_of[one]]])
        if tuple(held) not in couple.choices:
            alone[rows] = True
    return alone
