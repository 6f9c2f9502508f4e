"""From a probability to what people see: a number, a word, and a light that does not flicker."""

from collections.abc import Sequence
from itertools import pairwise

from accord.engines.forecast.types import Likelihood

LEAST_SHOWN, MOST_SHOWN = 5, 95
JUMP = 20
FLOORS = (
    (90, Likelihood.VERY_LIKELY),
    (66, Likelihood.LIKELY),
    (34, Likelihood.EVEN),
    (10, Likelihood.UNLIKELY),
)
ORDER = (*(word for _, word in FLOORS), Likelihood.VERY_UNLIKELY)


def points(probability: float) -> int:
    """Will round a probability to whole points, 0 to 100, halves up."""
    return int(probability * 100 + 0.5)


def shown(probability: float) -> int:
    """Will give the points that people see, 5 to 95: nobody knows better than that."""
    return min(max(points(probability), LEAST_SHOWN), MOST_SHOWN)


def likelihood(probability: float) -> Likelihood:
    """Will give the word for a probability, read from its whole points so that word and number agree."""
    reached = points(probability)
    return next((word for floor, word in FLOORS if reached >= floor), Likelihood.VERY_UNLIKELY)


def settle(previous: Likelihood | None, history_of_probabilities: Sequence[float]) -> Likelihood:
    """Will give the word to show now, so that it does not flicker from week to week.

    ``previous`` is the word shown so far, ``None`` for a first forecast; the probabilities are those of the
    snapshots in order, the newest last, never empty. The word moves when the newest snapshot jumped by 20
    points or more, or when the last two both lie on the same side of the word shown; then to the nearer.
    """
    newest = likelihood(history_of_probabilities[-1])
    if previous is None or newest == previous:
        return newest
    for before, now in pairwise(history_of_probabilities[-2:]):
        if abs(points(now) - points(before)) >= JUMP:
            return newest
        return _moved(previous, likelihood(before), newest)
    return previous


def _moved(previous: Likelihood, before: Likelihood, newest: Likelihood) -> Likelihood:
    steps = [ORDER.index(word) - ORDER.index(previous) for word in (before, newest)]
    if steps[0] * steps[1] <= 0:
        return previous
    return ORDER[ORDER.index(previous) + min(steps, key=abs)]
