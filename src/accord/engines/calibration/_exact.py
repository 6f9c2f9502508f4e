"""Panels of up to some hundred reviewers: everything from the eigenvalues of one small matrix, exactly."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from accord.engines.calibration._panel import Panel
from accord.engines.calibration._variance import Spectrum
from accord.engines.calibration.types import Floats

CELLS = 1 << 21
"""A block of rows holds about so many numbers, 16 MB."""
ROUNDING = 1e-10
"""Eigenvalues of this size beside the largest are 0: one for each part of the panel."""


@dataclass(frozen=True, slots=True, eq=False)
class Fit:
    """Biases, and the variances of items and biases, beside the level of their part, in units of the noise variance."""

    bias: Floats
    item_variance: Floats
    bias_variance: Floats


@dataclass(frozen=True, slots=True, eq=False)
class Exact:
    """The reviewers' matrix by its eigenvalues: A = Z'MZ, where M takes off the mean of each item."""

    panel: Panel
    pull: Floats
    values: Floats
    vectors: Floats

    def spectrum(self) -> Spectrum:
        """Will give the sums of the likelihood, exactly."""
        turned = (self.vectors.T @ self.pull) ** 2
        panel = self.panel
        freedom = len(panel.score) - len(panel.items)
        return Spectrum(self.values, np.ones(len(self.values)), self.values, turned, freedom, squares(panel))

    def fit(self, ratio: float) -> Fit:
        """Will solve (A + I / ratio) bias = pull, and invert it for the standard errors.

        The directions of value 0 are the levels of the parts. The pull has nothing along them, and a level is no
        part of a comparison, so they are left out of the errors.
        """
        shrunk = np.where(self.values > 0, 1 / (self.values + 1 / ratio), 0)
        inverse = (self.vectors * shrunk) @ self.vectors.T
        bias = self.vectors @ (shrunk * (self.vectors.T @ self.pull))
        return Fit(bias, _item_variances(self.panel, inverse), np.diag(inverse).copy())


def exact(panel: Panel) -> Exact:
    """Will build the dense matrix of reviewers and take it apart; cubic in their number."""
    size = len(panel.reviewers)
    matrix = np.diag(panel.per_reviewer.astype(np.float64))
    for items, scores in _blocks(panel):
        rows = np.zeros((items.stop - items.start, size))
        rows[panel.item[scores] - items.start, panel.reviewer[scores]] = 1
        rows /= np.sqrt(panel.per_item[items])[:, None]
        matrix -= rows.T @ rows
    values, vectors = np.linalg.eigh(matrix)
    values[values < ROUNDING * max(float(values[-1]), 1.0)] = 0
    return Exact(panel, pull_of(panel), values, vectors)


def deviations(panel: Panel) -> Floats:
    """Will take off each score the mean of its item."""
    return np.asarray(panel.score - (panel.over_items(panel.score) / panel.per_item)[panel.item])


def squares(panel: Panel) -> float:
    """Will add up the squared deviations; what is only rounding of the scores counts as none."""
    total = float((deviations(panel) ** 2).sum())
    return total if total > (ROUNDING * float(np.abs(panel.score).max())) ** 2 * len(panel.score) else 0.0


def pull_of(panel: Panel) -> Floats:
    """Will add up, by reviewer, how far the scores lie from the mean of their item."""
    return panel.over_reviewers(deviations(panel))


def _blocks(panel: Panel) -> Iterator[tuple[slice, slice]]:
    """Yield runs of whole items, and of their scores, that stay near the size of a block."""
    wanted = np.arange(0, len(panel.score), max(CELLS // len(panel.reviewers), 1))
    starts = np.unique(np.searchsorted(panel.item_start, wanted, side="right") - 1)
    for start, end in pairwise([*starts.tolist(), len(panel.items)]):
        last = panel.item_start[end] if end < len(panel.items) else len(panel.score)
        yield slice(start, end), slice(int(panel.item_start[start]), int(last))


def _item_variances(panel: Panel, inverse: Floats) -> Floats:
    """1/n + the mean of the inverse over all pairs of reviewers of the item, block by block of scores."""
    means = np.empty(len(panel.items))
    for items, scores in _blocks(panel):
        begins = panel.item_start[items] - scores.start
        who, row = panel.reviewer[scores], panel.item[scores] - items.start
        summed = np.add.reduceat(inverse[who], begins, axis=0)
        means[items] = np.add.reduceat(summed[row, who], begins)
    counts = panel.per_item.astype(np.float64)
    return np.asarray(1 / counts + means / counts**2)
