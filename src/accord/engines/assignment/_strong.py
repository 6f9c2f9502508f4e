"""The highest fit of which every item can have enough reviewers, and the proof that the next higher is too much."""

from dataclasses import dataclass

import numpy as np

from accord.engines.assignment._fits import blocks
from accord.engines.assignment._rules import Rules, Strong, rules_of
from accord.engines.assignment._search import best
from accord.engines.assignment._solve import Desk
from accord.engines.assignment._witness import witness
from accord.engines.assignment.refusals import Infeasible, Undecided
from accord.engines.assignment.types import Real, ReviewProblem, Strength, Witness

LEVELS_EACH = 512
"""Levels kept of one block of rows; where there are more, the search looks again between two of them."""


@dataclass(slots=True)
class _Hunt:
    """What is known so far: a threshold that can be, a higher one that cannot, and why it cannot."""

    desk: Desk
    count: int
    limit: int
    low: float
    high: float = np.inf
    ceiling: Witness | None = None
    proven: bool = True

    def step(self, level: float) -> None:
        """Will try one threshold between the two."""
        try:
            _must_fit(self.desk, rules_of(self.desk.problem, Strong(self.count, level)), self.limit)
        except Infeasible as none:
            self.high, self.ceiling, self.proven = level, none.witness, True
        except Undecided:
            self.high, self.ceiling, self.proven = level, None, False
        else:
            self.low = level


def strongest(desk: Desk, count: int, limit: int) -> Strength:
    """Will find the highest threshold, and leave the desk with the rules of that threshold.

    Bisection over the fits there are: who can do with a threshold can do with a lower one. It starts where the worst
    off item has just enough open reviewers, which often is the answer. Raises ``Infeasible`` or ``Undecided`` where
    even the lowest fit is too much, which is where the problem has no assignment at all.
    """
    problem = desk.problem
    lowest, top = _extremes(problem)
    _must_fit(desk, rules_of(problem), limit)
    hunt = _Hunt(desk, count, limit, lowest)
    hunt.step(reach := _reach(problem, count))
    if hunt.low == reach and len(above := _levels(problem, reach, np.inf)):
        hunt.step(float(above[0]))
    while len(levels := _levels(problem, hunt.low, hunt.high)):
        while len(levels):
            hunt.step(float(levels[len(levels) // 2]))
            levels = levels[(levels > hunt.low) & (levels < hunt.high)]
    desk.ask(rules_of(problem, Strong(count, hunt.low)))
    return Strength(count, hunt.low, hunt.high if hunt.low < top else None, hunt.ceiling, hunt.proven)


def _must_fit(desk: Desk, rules: Rules, limit: int) -> None:
    """Will raise ``Infeasible`` or ``Undecided`` unless some assignment keeps the rules."""
    desk.ask(rules)
    if (cut := desk.cut()) is not None:
        raise Infeasible(witness(cut.layout, cut.side, desk.parts))
    if rules.crossing:
        best(desk, limit)


def _reach(problem: ReviewProblem, count: int) -> float:
    """Will give the highest fit of which every item has enough open reviewers, loads aside."""
    lowest = np.inf
    for block in blocks(problem):
        fit = np.where(block.open, block.fit, -np.inf)
        wanted = np.minimum(count, problem.demand[block.start : block.stop])
        for number in np.unique(wanted).tolist():
            at = fit.shape[1] - number
            lowest = min(lowest, float(np.partition(fit[wanted == number], at, axis=1)[:, at].min()))
    return lowest


def _extremes(problem: ReviewProblem) -> tuple[float, float]:
    low, top = np.inf, -np.inf
    for block in blocks(problem):
        if block.open.any():
            low = min(low, float(block.fit[block.open].min()))
            top = max(top, float(block.fit[block.open].max()))
    return low, top


def _levels(problem: ReviewProblem, low: float, high: float) -> Real:
    """Will list fits of open pairs strictly between two, in order; not all where there are very many."""
    found = []
    for block in blocks(problem):
        values = np.unique(block.fit[block.open & (block.fit > low) & (block.fit < high)])
        found.append(values[:: max(1, len(values) // LEVELS_EACH)])
    return np.unique(np.concatenate(found))
