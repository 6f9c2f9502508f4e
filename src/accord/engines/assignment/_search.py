"""Where rules cross: pins cells until nothing is broken, then closes the other cases as far as the limit allows.

Before that, rules that cross get a toll each, raised while they are broken and lowered while they are slack (Held and
Karp 1971; step lengths by Polyak 1969). Tolls bring the bound down to where the cases are few.

A case is a set of caps on cells. Where an item has more of a kind than its rule allows, one of the cells of that
kind must have fewer than it has now: a case for each. Cases are solved as flows, the heaviest first; a case that
weighs no more than the best assignment found is closed (branch and bound, Land and Doig 1960).
"""

from dataclasses import dataclass
from heapq import heappop, heappush
from itertools import count

import numpy as np

from accord.engines.assignment._rules import ALL_WEAK, Cells, Excess, Rules, Tolls
from accord.engines.assignment._solve import Cut, Desk, Solved
from accord.engines.assignment._witness import witness
from accord.engines.assignment.refusals import Infeasible, Undecided
from accord.engines.assignment.types import Proof, Witness

ROUNDS = 15
RELAXED = 0.7
GUESS = 100
"""Where no assignment is known yet, tolls aim at a hundredth below the first bound."""


@dataclass(frozen=True, slots=True, eq=False)
class Found:
    """The best assignment found, the first flow, whose prices bound all, and the largest weight left possible."""

    best: Solved
    first: Solved
    at_most: int
    proof: Proof


def best(desk: Desk, limit: int) -> Found:
    """Will find the heaviest assignment that keeps every rule, or the heaviest within ``limit`` solves.

    Raises ``Infeasible`` with a witness, or ``Undecided`` where the limit came first.
    """
    until = desk.solves + limit
    try:
        first = desk.heaviest({})
    except Cut as cut:
        raise Infeasible(witness(cut.layout, cut.side, desk.parts)) from None
    if not first.excess:
        return Found(first, first, first.weight, Proof.PRICES)
    incumbent = _dive(desk, first, {}, {}, until)
    tight, incumbent = _toll(desk, first, incumbent, until)
    incumbent, at_most = _close(desk, first, tight, incumbent, until)
    if incumbent is None:
        if at_most is None:
            raise Infeasible(_closed(desk, first))
        raise Undecided(solves=desk.solves)
    return Found(incumbent, tight, incumbent.weight if at_most is None else at_most, Proof.SEARCH)


def _dive(desk: Desk, at: Solved, caps: Cells, tolls: Tolls, until: int) -> Solved | None:
    """Will pin one cell of every broken rule at a time and solve again: quick, good, without promise."""
    while at.excess:
        pins = [{(one.item, _lightest(desk, at, one)[0]): one for one in at.excess}]
        # Where all at once is too much, the first rule alone, by the cell that costs least.
        pins += [{(at.excess[0].item, code): at.excess[0]} for code in _lightest(desk, at, at.excess[0])]
        for pinned in pins:
            if desk.solves >= until:
                return None
            narrower = {**caps, **{key: dict(one.cells)[key[1]] - 1 for key, one in pinned.items()}}
            if (found := _solve(desk, narrower, tolls)) is not None:
                at, caps = found, narrower
                break
        else:
            return None
    return at


def _lightest(desk: Desk, at: Solved, excess: Excess) -> list[int]:
    """Will name the cells of a broken rule, the one whose weakest pair weighs least first."""
    mine = np.flatnonzero(at.item == excess.item)
    code = desk.rules.code(at.item[mine], at.reviewer[mine], at.fit[mine])
    weight = desk.drawn.of_fits(at.fit[mine], at.item[mine], at.reviewer[mine])
    return sorted((cell for cell, _ in excess.cells), key=lambda cell: int(weight[code == cell].min()))


def _toll(desk: Desk, first: Solved, incumbent: Solved | None, until: int) -> tuple[Solved, Solved | None]:
    """Will find tolls that bring the bound down; return the flow with the least bound, and the best assignment."""
    tight, at, relaxed = first, first, 1.0
    tolls: Tolls = {}
    for _ in range(ROUNDS):
        aim = incumbent.weight if incumbent is not None else first.weight - abs(first.weight) // GUESS
        if tight.bound <= aim or desk.solves >= until:
            break
        tolls = _next_tolls(desk, at, tolls, relaxed * (at.bound - aim))
        if not tolls:
            break
        at = desk.heaviest({}, tolls)
        if at.bound < tight.bound:
            tight = at
        else:
            relaxed *= RELAXED
        incumbent = _better(incumbent, None if at.excess else at)
    if tight is not first:
        incumbent = _better(incumbent, _dive(desk, tight, {}, tight.layout.tolls, until))
    return tight, incumbent


def _next_tolls(desk: Desk, at: Solved, tolls: Tolls, above: float) -> Tolls:
    """Will move every toll by how far its rule is passed, as far as would close what is left ``above`` the best."""
    rules = desk.rules
    counts = rules.count(at.item, at.reviewer, at.fit)
    families = {*tolls, *((one.item, one.family) for one in at.excess if _can_toll(rules, one.family))}
    off = {key: counts[key] - rules.room(*key) for key in sorted(families)}
    length = sum(one * one for one in off.values())
    step = max(1, int(above / length)) if length else 0
    # A toll that equals a loss to the unit would leave two flows equally heavy, and the choice to the solver.
    moved = {key: tolls.get(key, 0) + step * one + desk.drawn.grain(*key) for key, one in off.items()}
    return {key: min(desk.drawn.most, toll) for key, toll in moved.items() if toll > 0}


def _can_toll(rules: Rules, family: int) -> bool:
    """Will say whether a family has few enough cells to hang them all into the network."""
    return family != ALL_WEAK or rules.share is None


def _better(one: Solved | None, other: Solved | None) -> Solved | None:
    found = [each for each in (one, other) if each is not None]
    return max(found, key=lambda each: each.weight, default=None)


def _close(
    desk: Desk, first: Solved, tight: Solved, incumbent: Solved | None, until: int
) -> tuple[Solved | None, int | None]:
    """Will close cases, the heaviest first; return the best and, where the limit came first, the weight left open."""
    order = count()
    cases: list[tuple[int, int, Solved, Cells]] = [(-min(first.weight, tight.bound), next(order), first, {})]
    while cases:
        weight, _, at, caps = heappop(cases)
        # Every case left weighs no more than this one: if it cannot beat the best, none can.
        if incumbent is not None and -weight <= incumbent.weight:
            return incumbent, None
        if desk.solves >= until:
            return incumbent, -weight
        if incumbent is None:
            incumbent = _dive(desk, at, caps, tight.layout.tolls, until)
        excess = at.excess[0]
        for code, units in excess.cells:
            narrower = {**caps, (excess.item, code): units - 1}
            child = _solve(desk, narrower, {})
            if child is None or (incumbent is not None and child.weight <= incumbent.weight):
                continue
            if child.excess:
                tolled = _solve(desk, narrower, tight.layout.tolls) if tight.layout.tolls else child
                # Tolls forbid nothing, so what flows without them flows with them.
                bound = child.weight if tolled is None else min(child.weight, tolled.bound)
                heappush(cases, (-bound, next(order), child, narrower))
            else:
                incumbent = child
    return incumbent, None


def _solve(desk: Desk, caps: Cells, tolls: Tolls) -> Solved | None:
    try:
        return desk.heaviest(caps, tolls)
    except Cut:
        return None


def _closed(desk: Desk, first: Solved) -> Witness:
    problem, rules = desk.problem, desk.rules
    names = (
        ["seniors"] * rules.by_seniors + ["strong"] * (rules.strong is not None) + ["share"] * (rules.share is not None)
    )
    items = tuple(problem.items[at] for at in sorted({one.item for one in first.excess}))
    return Witness("search", items, (), 0, 0, 0, 0, "+".join(names), desk.solves)
