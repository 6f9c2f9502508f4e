"""The network of a fair spread: everybody sends one unit to a seat they chose, or to no place at all.

Nodes are the applicants, then those of the layout, then the sink. Arcs are the slots, then "no place" for every
applicant, then one upwards from every node of the layout, to the node over it or to the sink.
"""

from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np

from accord.engines.flow import Network
from accord.engines.matching._layout import Layout
from accord.engines.matching._lottery import pair_draws
from accord.engines.matching.errors import BadNumber
from accord.engines.matching.types import Ints, Lottery, Market, Spread

# Draws keep this many bits, fewer in a huge market, so that they can be added up along any path.
DRAW_BITS: Final = 40
PATH_BITS: Final = 58


class Stage(NamedTuple):
    """One aim of a spread: its name, and what every arc costs by it; the total is made as small as can be."""

    name: str
    cost: Ints


def network_of(plan: Layout, need: Ints, *, closed: Sequence[int] = (), must: Sequence[int] = ()) -> Network:
    """Return the network in which nobody goes below ``closed`` nodes and ``must`` nodes get what they ``need``."""
    people, nodes = len(plan.size), len(plan.parent)
    slots = np.diff(plan.start)
    sends = (slots > 0).astype(np.int64)
    total = int(sends.sum())
    lower = np.zeros(nodes, np.int64)
    lower[list(must)] = need[list(must)]
    upper = np.maximum(np.minimum(plan.cap, total), lower)
    lower[list(closed)] = upper[list(closed)] = 0
    everybody, sink = np.arange(people), people + nodes
    return Network(
        supply=np.concatenate((sends, np.zeros(nodes, np.int64), [-total])),
        tail=np.concatenate((np.repeat(everybody, slots), np.arange(sink))),
        head=np.concatenate(
            (people + plan.leaf, np.full(people, sink), np.where(plan.parent >= 0, people + plan.parent, sink))
        ),
        lower=np.concatenate((np.zeros(len(plan.leaf) + people, np.int64), lower)),
        upper=np.concatenate((np.ones(len(plan.leaf), np.int64), sends, upper)),
    )


def need_of(market: Market, plan: Layout) -> Ints:
    """Return how many people the minimum of every node of the layout wants beside those fixed there."""
    need = np.zeros(len(plan.parent), np.int64)
    need[: len(market.tree.label)] = np.maximum(market.tree.floor - fixed_load(market, plan), 0)
    return need


def fixed_load(market: Market, plan: Layout) -> Ints:
    """Return how many people are fixed under every node of the market's tree."""
    return market.tree.cap - plan.cap[: len(market.tree.label)]


def amounts_of(plan: Layout, slot: Ints) -> Ints:
    """Return what every arc carries when each applicant holds this slot; -1 is no place."""
    held = slot[slot >= 0]
    load = np.bincount(plan.leaf[held], minlength=len(plan.parent)).astype(np.int64)
    paths = plan.paths()
    # Every leaf's people pass all nodes over it; the padding of a path falls into a bin of its own.
    through = np.zeros(len(plan.parent) + 1, np.int64)
    np.add.at(through, paths, load[:, None])
    on_slot = np.zeros(len(plan.leaf), np.int64)
    on_slot[held] = 1
    return np.concatenate((on_slot, (np.diff(plan.start) > 0) & (slot < 0), through[:-1]))


def stages_of(market: Market, plan: Layout, lottery: Lottery, objective: Spread) -> tuple[Stage, ...]:
    """Return the aims in order: people without a place, then what the objective says, then the luck of the draw."""
    people, nodes = len(plan.size), len(plan.parent)
    rest = np.zeros(people + nodes, np.int64)
    unplaced = np.concatenate((np.zeros(len(plan.leaf), np.int64), np.ones(people, np.int64), rest[people:]))
    rank = market.rank[plan.edge]
    aims = [*_rank_aims(market, plan, rank, objective), ("luck", -_luck(market, plan, lottery))]
    return (Stage("unplaced", unplaced), *(Stage(name, np.concatenate((cost, rest))) for name, cost in aims))


def _rank_aims(market: Market, plan: Layout, rank: Ints, objective: Spread) -> list[tuple[str, Ints]]:
    if objective is Spread.LEAST_COST:
        _refuse_huge_ranks(market, plan, rank)
        return [("rank-sum", rank)]
    levels = np.unique(rank).tolist()
    if objective is Spread.GREEDY:
        return [(f"rank-{level}", -(rank == level).astype(np.int64)) for level in levels]
    return [(f"rank-{level}", (rank == level).astype(np.int64)) for level in reversed(levels)]


def _refuse_huge_ranks(market: Market, plan: Layout, rank: Ints) -> None:
    if not len(rank) or int(rank.max()).bit_length() + _size_bits(plan) <= PATH_BITS:
        return
    edge = plan.edge[rank.argmax()]
    who, what = market.applicants[market.applicant_of[edge]], market.programmes[market.programme[edge]]
    raise BadNumber(who, what, detail=str(rank.max()), reason="bad-rank")


def _luck(market: Market, plan: Layout, lottery: Lottery) -> Ints:
    """Return a draw for every slot; the seats of one programme differ, or two members could swap them freely."""
    first = np.ones(len(plan.edge), np.bool_)
    first[1:] = plan.edge[1:] != plan.edge[:-1]
    position = np.arange(len(plan.edge)) - np.flatnonzero(first)[np.cumsum(first) - 1]
    drawn = np.zeros(len(plan.edge), np.uint64)
    for place in range(int(position.max(initial=-1)) + 1):
        here = position == place
        drawn[here] = pair_draws(market, f"{lottery.seed}\0spread\0{place}", plan.edge[here])
    bits = min(DRAW_BITS, PATH_BITS - _size_bits(plan))
    return (drawn >> np.uint64(64 - bits)).astype(np.int64)


def _size_bits(plan: Layout) -> int:
    return (len(plan.size) + len(plan.parent)).bit_length()
