"""An independent look at the chances of a randomised assignment."""

from collections.abc import Iterator, Mapping
from math import fsum

import numpy as np

from accord.engines.assignment._fits import fit_of
from accord.engines.assignment.types import Assignment, Breach, Mask, ReviewProblem, Whole

Index = Mapping[str, int]


def chance_breaches(problem: ReviewProblem, assignment: Assignment, items: Index, reviewers: Index) -> Iterator[Breach]:
    """Will count demands, loads, rules and limits in parts of a review, and the expected total."""
    whole = assignment.denominator
    if not 0 < assignment.highest <= whole:
        yield Breach("chance-limit", ())
        return
    item = np.array([items[one.item] for one in assignment.chances], dtype=np.int64)
    reviewer = np.array([reviewers[one.reviewer] for one in assignment.chances], dtype=np.int64)
    parts = np.array([one.parts for one in assignment.chances], dtype=np.int64)
    keys, fixed = item * len(reviewers) + reviewer, problem.fixed @ np.array([len(reviewers), 1])
    limit = np.where(np.isin(keys, fixed), whole, assignment.highest)
    yield from _pairs("chance", assignment, (parts < 1) | (parts > limit))
    yield from _pairs("conflict", assignment, np.isin(keys, problem.conflicts @ np.array([len(reviewers), 1])))
    if len(np.unique(keys)) < len(keys) or not np.isin(fixed, keys[parts == whole]).all():
        yield Breach("chance-pairs", ())
    yield from _sums(problem, item, reviewer, parts, whole)
    yield from _drawn(assignment)
    fit = fit_of(problem, item, reviewer)
    expected = fsum((fit * parts).tolist()) / whole
    if assignment.expected is None or abs(expected - assignment.expected) > 1e-9 * (1 + abs(expected)):
        yield Breach("expected", ())


def _pairs(code: str, assignment: Assignment, wrong: Mask) -> Iterator[Breach]:
    for at in np.flatnonzero(wrong).tolist():
        yield Breach(code, (assignment.chances[at].item, assignment.chances[at].reviewer))


def _sums(problem: ReviewProblem, item: Whole, reviewer: Whole, parts: Whole, whole: int) -> Iterator[Breach]:
    n, m = len(problem.items), len(problem.reviewers)
    got = np.zeros(n, dtype=np.int64)
    seniors, load = got.copy(), np.zeros(m, dtype=np.int64)
    np.add.at(got, item, parts)
    np.add.at(seniors, item, parts * problem.senior[reviewer])
    np.add.at(load, reviewer, parts)
    yield from (Breach("demand", (problem.items[at],)) for at in np.flatnonzero(got != problem.demand * whole))
    yield from (Breach("seniors", (problem.items[at],)) for at in np.flatnonzero(seniors < problem.seniors * whole))
    outside = (load < problem.least * whole) | (load > problem.most * whole)
    yield from (Breach("load", (problem.reviewers[at],)) for at in np.flatnonzero(outside))
    if problem.share is None:
        return
    place = problem.institution[reviewer]
    key = item * (len(problem.institutions) + 1) + place
    kinds, at = np.unique(key[place >= 0], return_inverse=True)
    sums = np.bincount(at, weights=parts[place >= 0])
    over = kinds[sums > problem.share * whole] // (len(problem.institutions) + 1)
    yield from (Breach("share", (problem.items[one],)) for one in over)


def _drawn(assignment: Assignment) -> Iterator[Breach]:
    """Will look whether the draw has every certain pair, and none that has no chance."""
    chosen = {(pair.item, pair.reviewer) for pair in assignment.pairs}
    chances = {(one.item, one.reviewer): one.parts for one in assignment.chances}
    certain = {pair for pair, one in chances.items() if one == assignment.denominator}
    yield from (Breach("draw", pair) for pair in sorted((chosen - set(chances)) | (certain - chosen)))
