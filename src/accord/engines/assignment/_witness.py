"""From a set of nodes that cannot send out enough to items and reviewers that prove it, counted again."""

from dataclasses import replace
from typing import NamedTuple

import numpy as np

from accord.engines.assignment._fits import Block, blocks, fit_of
from accord.engines.assignment._network import Layout, Parts
from accord.engines.assignment._rules import JUNIOR, PLACE, WEAK, Rules
from accord.engines.assignment.types import Mask, ReviewProblem, Whole, Witness


class Heed(NamedTuple):
    """Which families of rules a count heeds."""

    share: bool
    grade: bool


class Side(NamedTuple):
    """One side of a cut: masks over items and reviewers, and whether all reviews end on it."""

    item: Mask
    reviewer: Mask
    takes: bool


def witness(layout: Layout, side: Mask, parts: Parts) -> Witness:
    """Will turn a cut of the network into a proof that counts items, reviewers and pairs, and nothing else."""
    if (decided := _decided(layout.rules)) is not None:
        return decided
    n, m = len(layout.problem.items), len(layout.problem.reviewers)
    cut = Side(side[:n], side[n : n + m], bool(side[layout.sink]))
    return _minimum(layout.rules, cut, parts) if cut.takes else _shortage(layout.rules, cut, parts)


def _decided(rules: Rules) -> Witness | None:
    """Will find the first item whose fixed reviewers alone break the rule on strong ones."""
    problem, (item, reviewer) = rules.problem, rules.problem.fixed.T
    if rules.strong is None:
        return None
    weak = fit_of(problem, item, reviewer) < rules.strong.threshold
    count = np.bincount(item[weak], minlength=len(problem.items))
    for at in np.flatnonzero(count > rules.weak_room)[:1].tolist():
        names = tuple(problem.reviewers[one] for one in reviewer[weak & (item == at)])
        needed, possible = int(count[at]), int(rules.weak_room[at])
        return Witness("decided", (problem.items[at],), names, needed, possible, seats=0, rest=0)
    return None


def recounted(rules: Rules, found: Witness, parts: Parts) -> Witness:
    """Will count a proof again, from the ids that it names; all kinds but ``seats`` and ``search``."""
    problem = rules.problem
    if found.kind == "decided":
        return _decided(rules) or replace(found, needed=0)
    item = np.isin(np.array(problem.items), np.array(found.items, dtype=str))
    reviewer = np.isin(np.array(problem.reviewers), np.array(found.reviewers, dtype=str))
    if found.kind == "minimum":
        return _minimum(rules, Side(item, ~reviewer, takes=True), parts)
    return _shortage(rules, Side(item, reviewer, takes=False), parts)


def _shortage(rules: Rules, cut: Side, parts: Parts) -> Witness:
    problem = rules.problem
    room = {heed: int(_rooms(rules, cut, parts, heed)[cut.item].sum()) for heed in _HEEDS}
    item, reviewer = problem.fixed.T
    spoken = int((cut.reviewer[reviewer] & ~cut.item[item]).sum())
    seats = int(np.minimum(problem.most, len(problem.items))[cut.reviewer].sum()) - spoken
    needed = int(problem.demand[cut.item].sum())
    possible = seats + room[_ALL] // parts.whole
    binding = _binding(rules, room, parts)
    named = cut.reviewer if binding else cut.reviewer | _open_to(problem, cut.item)
    return Witness(
        kind="rules" if binding else "seats",
        items=_named(problem.items, cut.item),
        reviewers=_named(problem.reviewers, named),
        needed=needed,
        possible=possible,
        seats=seats,
        rest=possible - seats,
        rule="+".join(binding),
    )


def _minimum(rules: Rules, cut: Side, parts: Parts) -> Witness:
    problem = rules.problem
    # Who must take nothing can be left out: those who must then have even less to take.
    cut = cut._replace(reviewer=cut.reviewer | (problem.least == 0))
    item, reviewer = problem.fixed.T
    elsewhere = np.bincount(item[cut.reviewer[reviewer]], minlength=len(problem.items))
    left = (problem.demand - elsewhere) * parts.whole
    possible = int(np.minimum(left, _rooms(rules, cut, parts, _ALL)).sum()) // parts.whole
    return Witness(
        kind="minimum",
        items=(),
        reviewers=_named(problem.reviewers, ~cut.reviewer),
        needed=int(problem.least[~cut.reviewer].sum()),
        possible=possible,
        seats=0,
        rest=possible,
    )


_ALL, _NO_SHARE, _NO_GRADE, _NONE = Heed(True, True), Heed(False, True), Heed(True, False), Heed(False, False)  # noqa: FBT003 - named by the tuple
_HEEDS = (_ALL, _NO_SHARE, _NO_GRADE, _NONE)


def _binding(rules: Rules, room: dict[Heed, int], parts: Parts) -> list[str]:
    """Will name the rules without which more could be given."""
    share = room[_ALL] < room[_NO_SHARE]
    grade = room[_ALL] < room[_NO_GRADE]
    if not (share or grade) and room[_ALL] < room[_NONE]:
        share = grade = True
    names = (["seniors" if rules.by_seniors else "strong"] if grade else []) + (["share"] if share else [])
    drawn = parts.most < parts.whole and room[_ALL] > 0
    return [*names, "chance"] if drawn else names


def _rooms(rules: Rules, cut: Side, parts: Parts, heed: Heed) -> Whole:
    """Will give how many units each item can get at most from reviewers outside the cut (n)."""
    return np.concatenate([_rooms_of(rules, block, cut, parts, heed) for block in blocks(rules.problem)])


def _rooms_of(rules: Rules, block: Block, cut: Side, parts: Parts, heed: Heed) -> Whole:
    """Will count by cell, cut each cell and then the low ones together to their room, less what is fixed inside."""
    problem = rules.problem
    item, everybody = np.arange(block.start, block.stop), np.arange(len(problem.reviewers))
    code = rules.code(item[:, None], everybody[None, :], block.fit)
    first, last = np.searchsorted(problem.fixed[:, 0], (block.start, block.stop))
    fixed = np.zeros(block.fit.shape, dtype=np.bool_)
    fixed[problem.fixed[first:last, 0] - block.start, problem.fixed[first:last, 1]] = True
    units = np.where(fixed, parts.whole, parts.most) * (block.open & ~cut.reviewer)
    inside = parts.whole * (fixed & cut.reviewer)
    kinds, at = np.unique(code, return_inverse=True)
    given, taken = (_by_kind(at.reshape(code.shape), amount, len(kinds)) for amount in (units, inside))
    given = np.minimum(given, np.maximum(_cell_room(rules, item, kinds, heed) * parts.whole - taken, 0))
    low = (kinds & (JUNIOR if rules.by_seniors else WEAK)) > 0
    if not rules.grades or not heed.grade:
        return np.asarray(given.sum(axis=1))
    room = np.maximum(rules.low_room[item] * parts.whole - taken[:, low].sum(axis=1), 0)
    return np.asarray(given[:, ~low].sum(axis=1) + np.minimum(given[:, low].sum(axis=1), room))


def _by_kind(kind: Whole, amount: Whole, kinds: int) -> Whole:
    row = np.arange(len(kind))[:, None] * kinds
    sums = np.bincount((row + kind).ravel(), weights=amount.ravel(), minlength=len(kind) * kinds)
    return np.asarray(sums.astype(np.int64).reshape(len(kind), kinds))


def _cell_room(rules: Rules, item: Whole, kinds: Whole, heed: Heed) -> Whole:
    room = np.broadcast_to(rules.problem.demand[item][:, None], (len(item), len(kinds))).copy()
    if rules.share is not None and heed.share:
        room[:, kinds >= PLACE] = np.minimum(room[:, kinds >= PLACE], rules.share)
    if rules.by_seniors and rules.strong is not None and heed.grade:
        weak = (kinds & WEAK) > 0
        room[:, weak] = np.minimum(room[:, weak], rules.weak_room[item][:, None])
    return room


def _open_to(problem: ReviewProblem, item: Mask) -> Mask:
    found: Mask = np.zeros(len(problem.reviewers), dtype=np.bool_)
    for block in blocks(problem):
        found |= (block.open & item[block.start : block.stop, None]).any(axis=0)
    return found


def _named(ids: tuple[str, ...], mask: Mask) -> tuple[str, ...]:
    return tuple(ids[at] for at in np.flatnonzero(mask))
