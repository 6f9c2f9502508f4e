"""How past forecasts did, for the Calibration page."""

from collections.abc import Sequence
from math import sqrt

from accord.engines.forecast._words import ORDER, likelihood
from accord.engines.forecast.types import (
    HorizonScores,
    Likelihood,
    ReliabilityBin,
    Sample,
    Scored,
    Scores,
    Share,
)

HORIZONS: tuple[tuple[int, int | None], ...] = ((0, 4), (4, 13), (13, 26), (26, 52), (52, None))
FEW, SOME = 30, 100
Z95 = 1.959964


def score(past: Sequence[Scored]) -> Scores:
    """Will score forecasts whose outcome is known: Brier, coverage of both bands, reliability, by horizon.

    Figures over no forecast are ``None``, never 0. Brier 1950, Wilson 1927. Linear in ``past``.
    """
    return Scores(
        n=len(past),
        sample=_sample(len(past)),
        brier=_brier(past),
        coverage80=_share([one.low80 <= one.outcome_level <= one.high80 for one in past]),
        coverage50=_share([one.low50 <= one.outcome_level <= one.high50 for one in past]),
        bins=tuple(
            _bin(word, [one for one in past if likelihood(one.probability) == word]) for word in reversed(ORDER)
        ),
        by_horizon=tuple(_horizon(start, end, past) for start, end in HORIZONS),
    )


def _sample(n: int) -> Sample:
    if not n:
        return Sample.NONE
    return Sample.FEW if n < FEW else Sample.SOME if n < SOME else Sample.ENOUGH


def _brier(past: Sequence[Scored]) -> float | None:
    return sum((one.probability - one.reached) ** 2 for one in past) / len(past) if past else None


def _share(hits: Sequence[bool]) -> Share | None:
    if not hits:
        return None
    n, share = len(hits), sum(hits) / len(hits)
    centre = (share + Z95**2 / (2 * n)) / (1 + Z95**2 / n)
    reach = Z95 * sqrt(share * (1 - share) / n + Z95**2 / (4 * n * n)) / (1 + Z95**2 / n)
    return Share(share, max(centre - reach, 0.0), min(centre + reach, 1.0))


def _bin(word: Likelihood, past: Sequence[Scored]) -> ReliabilityBin:
    said = sum(one.probability for one in past) / len(past) if past else None
    return ReliabilityBin(word, len(past), said, _share([one.reached for one in past]))


def _horizon(start: int, end: int | None, past: Sequence[Scored]) -> HorizonScores:
    inside = [one for one in past if start <= one.horizon_weeks and (end is None or one.horizon_weeks < end)]
    hits = [one.low80 <= one.outcome_level <= one.high80 for one in inside]
    return HorizonScores(start, end, len(inside), _brier(inside), _share(hits))
