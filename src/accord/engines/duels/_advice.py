"""When to stop: once it is known which items stand above the line."""

from math import erf, sqrt

import numpy as np

from accord.engines.duels.types import Advice, BadSetting, Floats, Ranking, UnknownItem

SURE = 0.95


def chance_better(ranking: Ranking, first: str, second: str) -> float:
    """Will give the chance that one item is truly better than another, from strengths and their errors."""
    unknown = [one for one in (first, second) if one not in ranking.items]
    if unknown:
        raise UnknownItem(f"{unknown[0]} is not in the ranking.")
    at = np.array([ranking.items.index(first)])
    return float(_better(ranking, at, ranking.items.index(second))[0])


def advise(ranking: Ranking, *, places: int, sure: float = SURE) -> Advice:
    """Will say whether it is known which items take the first places, or which of them are still in doubt.

    An item inside is settled when it is better, with chance ``sure``, than the best one outside; an item
    outside when the last one inside is better than it. Each item is judged by itself: that all of them stand
    right at once is somewhat less sure. Refuses places that are not between 1 and one less than the items.
    """
    if not 0 < places < len(ranking.items):
        raise BadSetting(f"Places must lie between 1 and {len(ranking.items) - 1}, not {places}.")
    if not 0.5 < sure < 1:  # noqa: PLR2004 - a coin toss is not sure of anything
        raise BadSetting(f"To be sure means a chance above one half and below 1, not {sure}.")
    order = np.argsort(-ranking.strength, kind="stable")
    inside, outside = order[:places], order[places:]
    chances = np.concatenate(
        (_better(ranking, inside, int(outside[0])), 1 - _better(ranking, outside, int(inside[-1])))
    )
    doubtful = tuple(ranking.items[at] for at in order[chances < sure].tolist())
    return Advice(not doubtful, places, sure, doubtful, float(chances.min()))


def _better(ranking: Ranking, these: np.typing.NDArray[np.int64], other: int) -> Floats:
    own = np.diag(ranking.covariance)
    variance = np.maximum(own[these] + own[other] - 2 * ranking.covariance[these, other], 0)
    differences = ranking.strength[these] - ranking.strength[other]
    pairs = zip(differences.tolist(), np.sqrt(variance).tolist(), strict=True)
    return np.array([0.5 * (1 + erf(far / (wide * sqrt(2)))) if wide else 0.5 for far, wide in pairs])
