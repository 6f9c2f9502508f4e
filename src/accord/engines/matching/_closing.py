"""Minimums: what runs only with enough people is closed in a published order until all that runs has enough.

Whether an outcome exists that is stable and keeps every minimum is NP-complete to tell (Biró, Fleiner, Irving and
Manlove 2010). So after each solution the node that lacks most people is closed, equal ones by the lower draw
HMAC-SHA256(seed, "closing" + zero byte + label), and everything is solved anew. The outcome is what the mechanism
promises, given what stays open. People fixed in a closed node keep their places; nobody joins them.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from accord.engines.matching._layout import Layout, fixed_edges, layout
from accord.engines.matching._lottery import draws_of
from accord.engines.matching._tree import sums_below
from accord.engines.matching.types import Bound, Closure, Flags, Ints, Lottery, Market


@dataclass(frozen=True, slots=True, eq=False)
class Held:
    """What a mechanism decides on a layout: a slot for each applicant or -1, and what it has to say besides."""

    slots: Ints
    promoted: Flags | None = None
    bound: Bound | None = None
    settled: bool = True


def edges_held(market: Market, plan: Layout, slots: Ints) -> Ints:
    """Return the edge that each applicant holds or -1, with the fixed placements put back."""
    edge = fixed_edges(market)
    placed = np.flatnonzero(slots >= 0)
    edge[placed] = plan.edge[slots[placed]]
    return edge


def close_short(
    market: Market, lottery: Lottery, solve: Callable[[Layout], Held]
) -> tuple[Layout, Held, tuple[Closure, ...]]:
    """Return what ``solve`` decides once every node that runs has its minimum, and what was closed, in order."""
    plan = layout(market, lottery)
    held = solve(plan)
    closures: list[Closure] = []
    while (short := _shortest(market, lottery, edges_held(market, plan, held.slots), closures)) is not None:
        # Each turn closes one node more, so there are at most as many turns as nodes.
        closures.append(short)
        if _anybody_wants(market, plan, short.node):
            plan = layout(market, lottery, closed=[one.node for one in closures])
            held = solve(plan)
    return plan, held, tuple(closures)


def _shortest(market: Market, lottery: Lottery, edge: Ints, closures: list[Closure]) -> Closure | None:
    """Return the open node that lacks most people, the next to close."""
    tree = market.tree
    if not tree.floor.any():
        return None
    shut = {one.node for one in closures}
    load = _people_under(market, edge)
    short = [node for node in np.flatnonzero(load < tree.floor).tolist() if shut.isdisjoint(tree.path(node))]
    if not short:
        return None
    luck = draws_of(lottery.seed, (f"closing\0{tree.label[node]}" for node in short)).tolist()
    _, _, node = min(zip((load - tree.floor)[short].tolist(), luck, short, strict=True))
    return Closure(node, int(load[node]), int(tree.floor[node]))


def _people_under(market: Market, edge: Ints) -> Ints:
    load = np.zeros(len(market.tree.label), np.int64)
    placed = np.flatnonzero(edge >= 0)
    np.add.at(load, market.programme[edge[placed]], market.size[placed])
    return sums_below(market.tree, load)


def _anybody_wants(market: Market, plan: Layout, node: int) -> bool:
    """Return whether closing a node takes a slot from anybody; otherwise nothing has to be solved again."""
    wanted = np.unique(market.programme[plan.edge]).tolist()
    return any(node in market.tree.path(programme) for programme in wanted)
