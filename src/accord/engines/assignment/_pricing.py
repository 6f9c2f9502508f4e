"""Looks at every open pair: which are worth trying first, which would improve a result, which would open a cut."""

from collections.abc import Iterator

import numpy as np

from accord.engines.assignment._fits import Block, blocks
from accord.engines.assignment._network import Layout
from accord.engines.assignment._weights import Weights
from accord.engines.assignment.types import Mask, Real, ReviewProblem, Whole

EACH_ITEM = 40
EACH_REVIEWER = 80
EACH_SENIOR = 10
ADDED_EACH = 12
"""Pairs added an item at a time: enough to be done in few rounds, few enough to keep the network small."""

Keys = Whole
"""Pairs as single numbers, item times the number of reviewers, plus reviewer; sorted."""


def promising(problem: ReviewProblem, drawn: Weights) -> Keys:
    """Will choose the pairs to start from: each item's best, each reviewer's best, some seniors, and all fixed."""
    m = len(problem.reviewers)
    everybody = np.arange(m)
    found: list[Whole] = [problem.fixed[:, 0] * m + problem.fixed[:, 1]]
    best_fit = np.full((EACH_REVIEWER, m), -np.inf)
    best_item = np.zeros((EACH_REVIEWER, m), dtype=np.int64)
    for block in blocks(problem):
        item = np.arange(block.start, block.stop)
        weight = drawn.of_fits(block.fit, item[:, None], everybody[None, :]).astype(np.float64)
        weight[~block.open] = -np.inf
        found.append(_best_of_rows(weight, item, EACH_ITEM, m))
        asking = problem.seniors[item] > 0
        if asking.any():
            senior = np.where(problem.senior, weight[asking], -np.inf)
            found.append(_best_of_rows(senior, item[asking], EACH_SENIOR, m))
        best_fit, best_item = _best_of_columns(best_fit, best_item, weight, item)
    found.append((best_item * m + everybody)[np.isfinite(best_fit)])
    return np.unique(np.concatenate(found))


def _best_of_rows(weight: Real, item: Whole, most: int, width: int) -> Keys:
    most = min(most, width)
    at = np.argpartition(weight, width - most, axis=1)[:, width - most :]
    keys = item[:, None] * width + at
    return np.asarray(keys[np.isfinite(np.take_along_axis(weight, at, axis=1))])


def _best_of_columns(best: Real, who: Whole, weight: Real, item: Whole) -> tuple[Real, Whole]:
    most = len(best)
    stacked = np.concatenate([best, weight])
    names = np.concatenate([who, np.broadcast_to(item[:, None], weight.shape)])
    at = np.argpartition(stacked, len(stacked) - most, axis=0)[len(stacked) - most :]
    return np.take_along_axis(stacked, at, axis=0), np.take_along_axis(names, at, axis=0)


def improving(layout: Layout, drawn: Weights, potential: Whole, known: Keys) -> tuple[Keys, int]:
    """Will price every open pair; return those not yet known that would improve the result, and how many are open.

    A pair improves it when it weighs more than the potential drop from its node to its reviewer. Floats sort out
    nearly all; what comes near is worked out in whole numbers.
    """
    problem, n, m = layout.problem, len(layout.problem.items), len(layout.problem.reviewers)
    at_reviewer = potential[n : n + m]
    found, priced = [np.empty(0, dtype=np.int64)], 0
    for block in blocks(problem):
        priced += int(block.open.sum())
        drop = potential[layout.block_tails(block.start, block.fit)] - at_reviewer
        near = block.open & (np.ldexp(block.fit, drawn.scale + drawn.shift) > drop - drawn.slack)
        row, reviewer = np.nonzero(near)
        item = row + block.start
        gain = (
            drawn.of_fits(block.fit[row, reviewer], item, reviewer) - np.broadcast_to(drop, near.shape)[row, reviewer]
        )
        better = (gain > 0) & ~_among(item * m + reviewer, known)
        found.append(_largest_each(item[better], reviewer[better], gain[better], m))
    return np.concatenate(found), priced


def _largest_each(item: Whole, reviewer: Whole, gain: Whole, width: int) -> Keys:
    """Will keep the pairs with the largest gains of each item."""
    order = np.lexsort((-gain, item))
    ordered = item[order]
    place = np.arange(len(order)) - np.searchsorted(ordered, ordered)
    kept = order[place < ADDED_EACH]
    return np.asarray(item[kept] * width + reviewer[kept])


def _among(keys: Keys, known: Keys) -> Mask:
    at = np.minimum(np.searchsorted(known, keys), max(len(known) - 1, 0))
    return np.asarray(known[at] == keys) if len(known) else np.zeros(len(keys), dtype=np.bool_)


def crossing(layout: Layout, drawn: Weights, side: Mask, known: Keys) -> Keys:
    """Will find pairs not yet known that lead out of a set of nodes which cannot send out enough."""
    m, n = len(layout.problem.reviewers), len(layout.problem.items)
    found = [np.empty(0, dtype=np.int64)]
    for block, out in _leading_out(layout, side[n : n + m], side):
        row, reviewer = np.nonzero(out)
        item = row + block.start
        fresh = ~_among(item * m + reviewer, known)
        item, reviewer = item[fresh], reviewer[fresh]
        weight = drawn.of_fits(block.fit[row[fresh], reviewer], item, reviewer)
        found.append(_largest_each(item, reviewer, weight, m))
    return np.concatenate(found)


def _leading_out(layout: Layout, reviewer_inside: Mask, side: Mask) -> Iterator[tuple[Block, Mask]]:
    for block in blocks(layout.problem):
        inside = side[layout.block_tails(block.start, block.fit)]
        yield block, block.open & inside & ~reviewer_inside
