"""Fits by blocks of rows, dense or compressed alike, and which pairs are open."""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from accord.engines.assignment.types import Fitness, Mask, Real, ReviewProblem, Sparse, Whole

BLOCK_CELLS = 500_000
"""Cells looked at together: some megabytes, which stay in the processor's own memory."""


class Block(NamedTuple):
    """Some rows: from item ``start``, the fits (rows x reviewers) and which pairs may be assigned."""

    start: int
    stop: int
    fit: Real
    open: Mask


def blocks(problem: ReviewProblem) -> Iterator[Block]:
    """Will walk over all pairs, some rows at a time. Open: fixed, or without conflict and not below the floor."""
    n, m = len(problem.items), len(problem.reviewers)
    step = max(1, BLOCK_CELLS // m)
    for start in range(0, n, step):
        stop = min(n, start + step)
        fit = rows(problem.fits, start, stop, m)
        yield Block(start, stop, fit, _open(problem, start, stop, fit))


def rows(fits: Fitness | Sparse, start: int, stop: int, width: int) -> Real:
    """Will give some rows of the fits as a dense array of their own."""
    if not isinstance(fits, Sparse):
        return fits[start:stop].astype(np.float64)
    dense = np.zeros((stop - start, width))
    inside = slice(int(fits.start[start]), int(fits.start[stop]))
    row = np.repeat(np.arange(stop - start), np.diff(fits.start[start : stop + 1]))
    dense[row, fits.reviewer[inside]] = fits.fit[inside]
    return dense


def fit_of(problem: ReviewProblem, item: Whole, reviewer: Whole) -> Real:
    """Will give the fits of single pairs."""
    fits = problem.fits
    if not isinstance(fits, Sparse):
        return fits[item, reviewer].astype(np.float64)
    width = len(problem.reviewers)
    known = np.repeat(np.arange(len(problem.items)), np.diff(fits.start)) * width + fits.reviewer
    asked = item * width + reviewer
    at = np.minimum(np.searchsorted(known, asked), max(len(known) - 1, 0))
    if not len(known):
        return np.zeros(len(asked))
    return np.where(known[at] == asked, fits.fit[at].astype(np.float64), 0.0)


def _open(problem: ReviewProblem, start: int, stop: int, fit: Real) -> Mask:
    may: Mask = np.ones(fit.shape, dtype=np.bool_) if problem.floor is None else fit >= problem.floor
    for pairs, value in ((problem.conflicts, False), (problem.fixed, True)):
        first, last = np.searchsorted(pairs[:, 0], (start, stop))
        may[pairs[first:last, 0] - start, pairs[first:last, 1]] = value
    return may


def put_in_order(fits: Fitness | Sparse, row_order: list[int], column_order: list[int]) -> Fitness | Sparse:
    """Will bring rows and columns into a new order; nothing is copied that is in order already."""
    straight = row_order == list(range(len(row_order))) and column_order == list(range(len(column_order)))
    if isinstance(fits, Sparse):
        return _sparse_in_order(fits, row_order, column_order)
    kept = fits if fits.dtype in (np.dtype(np.float32), np.dtype(np.float64)) else fits.astype(np.float64)
    if straight:
        return kept
    ordered = np.empty_like(kept)
    columns = np.array(column_order)
    for at, row in enumerate(row_order):
        ordered[at] = kept[row, columns]
    return ordered


def _sparse_in_order(fits: Sparse, row_order: list[int], column_order: list[int]) -> Sparse:
    new_row, new_column = np.argsort(row_order), np.argsort(column_order)
    row = new_row[np.repeat(np.arange(len(row_order)), np.diff(fits.start))]
    column = new_column[fits.reviewer]
    order = np.lexsort((column, row))
    start = np.zeros(len(row_order) + 1, dtype=np.int64)
    np.cumsum(np.bincount(row, minlength=len(row_order)), out=start[1:])
    return Sparse(start, column[order], fits.fit[order].astype(np.float64))


def finite(problem: ReviewProblem) -> tuple[int, int, float] | None:
    """Will find the first fit that is no finite number, or None: its item, its reviewer and what stands there."""
    width = len(problem.reviewers)
    for start in range(0, len(problem.items), max(1, BLOCK_CELLS // width)):
        stop = min(len(problem.items), start + max(1, BLOCK_CELLS // width))
        fit = rows(problem.fits, start, stop, width)
        if not np.isfinite(fit).all():
            row, column = (int(at[0]) for at in np.nonzero(~np.isfinite(fit)))
            return start + row, column, float(fit[row, column])
    return None
