"""Panels of thousands of reviewers: the same answers without ever writing the matrix of reviewers down.

Biases come from conjugate gradients, to the last digits. The log determinant is averaged over probes of random
signs (stochastic Lanczos quadrature: Ubaru, Chen and Saad, SIAM J. Matrix Anal. 38, 2017), as are the diagonals
behind the standard errors, where only what four and more steps through the panel add is left to the probes
(Hutchinson's estimator with the first terms of the Neumann series taken exactly).
The signs follow from a hash of their place, so the same scores always give the same answer.
"""

from dataclasses import dataclass

import numpy as np

from accord.engines.calibration._exact import Fit, pull_of, squares
from accord.engines.calibration._panel import Panel
from accord.engines.calibration._parts import parts
from accord.engines.calibration._variance import Spectrum
from accord.engines.calibration.types import Floats, Ints

PROBES, ERROR_PROBES = 8, 32
"""For the log determinant, where errors average out over all reviewers, and for each one's standard error."""
STEPS = 24
MOST_STEPS = 100_000
CLOSE, LOOSE = 1e-13, 1e-3
"""Remaining error of the biases, and of the probes, beside what was asked for."""


@dataclass(frozen=True, slots=True, eq=False)
class Large:
    """The reviewers' matrix as a walk: from reviewers to their items and back."""

    panel: Panel
    pull: Floats
    part: Ints

    def spectrum(self) -> Spectrum:
        """Will give the sums of the likelihood: the form exactly, the log determinant from probes."""
        size = len(self.panel.reviewers)
        starts = np.column_stack((self.pull, signs(size, PROBES)))
        nodes, weights = _lanczos(self, starts)
        panel = self.panel
        freedom = len(panel.score) - len(panel.items)
        drawn = weights[1:].ravel() * size / PROBES
        force = weights[0] * float(self.pull @ self.pull)
        return Spectrum(nodes[1:].ravel(), drawn, nodes[0], force, freedom, squares(panel))

    def fit(self, ratio: float) -> Fit:
        """Will solve (A + I / ratio) bias = pull, and estimate the diagonals for the standard errors."""
        bias = self.solve(self.pull[:, None], 1 / ratio, CLOSE)[:, 0]
        item_variance, bias_variance = _diagonals(self, 1 / ratio)
        return Fit(bias, item_variance, bias_variance)

    def walk(self, columns: Floats) -> Floats:
        """Will multiply the reviewers' matrix A with every column."""
        panel = self.panel
        return np.asarray(
            panel.per_reviewer[:, None] * columns - self.back(self.out(columns) / panel.per_item[:, None])
        )

    def beside_level(self, columns: Floats) -> Floats:
        """Will take off each column its mean over every part of the panel."""
        sizes = np.bincount(self.part).astype(np.float64)
        means = np.column_stack([np.bincount(self.part, column) / sizes for column in columns.T])
        return np.asarray(columns - means[self.part])

    def out(self, columns: Floats) -> Floats:
        """Will add up, for each item, the rows of its reviewers."""
        return self.panel.over_items(columns[self.panel.reviewer])

    def back(self, columns: Floats) -> Floats:
        """Will add up, for each reviewer, the rows of their items."""
        return self.panel.over_reviewers(columns[self.panel.item])

    def solve(self, wanted: Floats, ridge: float, tolerance: float) -> Floats:
        """Will solve (A + ridge I) x = wanted, column by column at once, by conjugate gradients."""
        scale = 1 / (self.panel.per_reviewer + ridge)[:, None]
        found, left = np.zeros_like(wanted), wanted.copy()
        goal = tolerance * np.sqrt((wanted**2).sum(axis=0))
        ahead = scale * left
        slope = (left * ahead).sum(axis=0)
        for _ in range(MOST_STEPS):
            if bool((np.sqrt((left**2).sum(axis=0)) <= goal).all()):
                return found
            turned = self.walk(ahead) + ridge * ahead
            # Every direction is conjugate to those before; a column that is done has length 0 and stays put.
            length = _over(slope, (ahead * turned).sum(axis=0))
            found += length * ahead
            left -= length * turned
            eased = scale * left
            before, slope = slope, (left * eased).sum(axis=0)
            ahead = eased + _over(slope, before) * ahead
        raise AssertionError("a positive definite system is solved long before")


def large(panel: Panel) -> Large:
    """Will prepare the walk; linear in the scores."""
    return Large(panel, pull_of(panel), parts(panel)[1])


def signs(rows: int, columns: int) -> Floats:
    """Will give a matrix of -1 and 1 that looks random, from a hash of each place (splitmix64, Steele 2014)."""
    at = np.arange(1, rows * columns + 1, dtype=np.uint64) * np.uint64(0x9E3779B97F4A7C15)
    at = (at ^ (at >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    at = (at ^ (at >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return np.asarray(1.0 - 2.0 * ((at >> np.uint64(63)).astype(np.float64))).reshape(rows, columns)


def _lanczos(large: Large, starts: Floats) -> tuple[Floats, Floats]:
    """Nodes and weights (columns x steps) of f -> v'f(A)v / v'v for each column, by Gauss quadrature."""
    columns = starts.shape[1]
    diagonal, beside = np.zeros((columns, STEPS)), np.zeros((columns, STEPS))
    length = np.sqrt((starts**2).sum(axis=0))
    now, before = _over(starts, length), np.zeros_like(starts)
    for step in range(STEPS):
        ahead = large.walk(now) - (beside[:, step - 1] if step else 0) * before
        diagonal[:, step] = (now * ahead).sum(axis=0)
        ahead -= diagonal[:, step] * now
        beside[:, step] = np.sqrt((ahead**2).sum(axis=0))
        # A length that is only rounding means that the space is used up: the rest adds nothing.
        beside[beside[:, step] < np.sqrt(CLOSE), step] = 0
        before, now = now, _over(ahead, beside[:, step])
    matrix = np.zeros((columns, STEPS, STEPS))
    each, next_to = np.arange(STEPS), np.arange(STEPS - 1)
    matrix[:, each, each] = diagonal
    matrix[:, next_to, next_to + 1] = matrix[:, next_to + 1, next_to] = beside[:, :-1]
    nodes, vectors = np.linalg.eigh(matrix)
    return np.maximum(nodes, 0), vectors[:, 0, :] ** 2


def _diagonals(large: Large, ridge: float) -> tuple[Floats, Floats]:
    """Estimate the diagonal of the inverse of [[n, -E], [-E', m + ridge]], E who reviewed what, less the levels."""
    panel = large.panel
    items, people = 1 / panel.per_item[:, None], 1 / (panel.per_reviewer + ridge)[:, None]
    drawn = signs(len(items) + len(people), ERROR_PROBES)
    further, people_further = np.zeros(len(items)), np.zeros(len(people))
    # A few columns at a time stay in the processor's cache: four times as fast as all at once.
    for first in range(0, ERROR_PROBES, PROBES):
        probe = drawn[:, first : first + PROBES]
        asked, people_asked = probe[: len(items)], probe[len(items) :]
        rest, people_rest = _beyond_three_steps(large, ridge, asked, people_asked)
        further += (asked * rest).sum(axis=1) / ERROR_PROBES
        people_further += (people_asked * people_rest).sum(axis=1) / ERROR_PROBES
    # Steps of one and of three have nothing on the diagonal.
    near = (items + items**2 * large.out(people))[:, 0] + further
    people_near = (people + people**2 * large.back(items))[:, 0] + people_further
    # No item is surer than if all biases were known, and no bias than if all items and the level were.
    alone = 1 - 1 / np.bincount(large.part)[large.part]
    return np.maximum(near, items[:, 0]), np.maximum(people_near, people[:, 0] * alone)


def _beyond_three_steps(large: Large, ridge: float, asked: Floats, people_asked: Floats) -> tuple[Floats, Floats]:
    """Multiply the inverse, less its Neumann series up to three steps between people and items, with probes."""
    panel = large.panel
    items, people = 1 / panel.per_item[:, None], 1 / (panel.per_reviewer + ridge)[:, None]
    solved = large.solve(large.beside_level(people_asked + large.back(items * asked)), ridge, LOOSE)
    term, people_term = items * asked, people * people_asked
    rest, people_rest = items * (asked + large.out(solved)) - term, solved - people_term
    for _ in range(3):
        term, people_term = items * large.out(people_term), people * large.back(term)
        rest, people_rest = rest - term, people_rest - people_term
    return rest, people_rest


def _over(above: Floats, below: Floats) -> Floats:
    return np.asarray(np.divide(above, below, out=np.zeros_like(above), where=below != 0))
