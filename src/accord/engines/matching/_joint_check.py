"""Blocking singles, teams and couples of an outcome with joint applications."""

from typing import Final

import numpy as np

from accord.engines.matching._blocking import BLOCKS_NAMED
from accord.engines.matching._findings import Block, Cause
from accord.engines.matching._joint_blocks import JointBlock, joint_blocks
from accord.engines.matching._layout import Layout, layout
from accord.engines.matching.types import NOBODY, Ints, Market, Outcome

NOWHERE: Final = ""


def joint_blocks_of(market: Market, outcome: Outcome) -> tuple[tuple[Block, ...], int]:
    """Return the blocking parties, at most ``BLOCKS_NAMED`` of them, and how many there are in all."""
    plan = layout(market, outcome.lottery, closed=[one.node for one in outcome.closures])
    held = _slots(market, plan, outcome)
    found = joint_blocks(market, plan, held)
    load = _load(plan, held)
    return tuple(_block(market, plan, held, load, one) for one in found[:BLOCKS_NAMED]), len(found)


def _slots(market: Market, plan: Layout, outcome: Outcome) -> Ints:
    """Return the slot that everybody holds: the best first, each in the first leaf of the right kind with room."""
    held = np.full(len(market.applicants), NOBODY, np.int64)
    load = np.zeros(len(plan.parent), np.int64)
    owner = np.repeat(np.arange(len(plan.size)), np.diff(plan.start))
    fitting = np.flatnonzero((plan.edge == outcome.edge[owner]) & (plan.seat == outcome.seat[owner]))
    key = np.full(len(plan.size), NOBODY, np.int64)
    np.maximum.at(key, owner[fitting], plan.key[fitting])
    for slot in fitting[np.lexsort((fitting, -key[owner[fitting]]))].tolist():
        who, leaf = int(owner[slot]), int(plan.leaf[slot])
        if held[who] == NOBODY and load[leaf] + plan.size[who] <= plan.cap[leaf]:
            held[who] = slot
            load[leaf] += plan.size[who]
    return held


def _load(plan: Layout, held: Ints) -> Ints:
    load = np.zeros(len(plan.parent), np.int64)
    people = np.flatnonzero(held >= 0)
    for nodes in plan.paths()[plan.leaf[held[people]]].T:
        here = nodes >= 0
        np.add.at(load, nodes[here], plan.size[people][here])
    return load


def _block(market: Market, plan: Layout, held: Ints, load: Ints, found: JointBlock) -> Block:
    names = [market.applicants[one] for one in found.people]
    places = [market.programmes[one] if one != NOBODY else NOWHERE for one in found.programmes]
    return Block(
        applicant=names[0],
        programme=places[0],
        cause=Cause.ROOM if _has_room(plan, held, load, found) else Cause.WEAKER,
        partner=names[1] if len(names) > 1 else "",
        partner_programme=places[1] if len(places) > 1 else "",
    )


def _has_room(plan: Layout, held: Ints, load: Ints, found: JointBlock) -> bool:
    """Return whether a party would fit once it left its own seats, with nobody else moved."""
    after, paths = load.copy(), plan.paths()
    moves = [(who, int(held[who]), -1) for who in found.people]
    moves += [(who, slot, 1) for who, slot in zip(found.people, found.slots, strict=True)]
    for who, slot, sign in moves:
        if slot != NOBODY:
            nodes = paths[plan.leaf[slot]]
            after[nodes[nodes >= 0]] += sign * plan.size[who]
    return bool((after <= plan.cap).all())
