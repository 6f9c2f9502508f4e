"""From a pace to the spread of levels on days to come.

Three things are unknown: the pace itself (Gamma), how it will drift (a Student t with 4 degrees of freedom on
the log scale, growing with the root of time), and what comes at a given pace (negative binomial). A Latin
hypercube of ``DRAWS`` points crosses the three, so a thousand do the work of many more independent ones.
Gamma and negative binomial go through the cube root of Wilson and Hilferty (1931), which makes both normal.
"""

from dataclasses import dataclass
from datetime import date
from hashlib import blake2b
from math import sqrt
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

from accord.engines.forecast._calendar import WEEK, plan_weeks
from accord.engines.forecast._pace import Fit, Pace
from accord.engines.forecast.types import Pledge

DRAWS = 1000
DRIFT_FLAT = 0.70
DRIFT_PLANNED = 0.45

Floats = NDArray[np.float64]

_MIDPOINTS = (np.arange(DRAWS) + 0.5) / DRAWS
_NORMAL: Floats = np.array([NormalDist().inv_cdf(float(u)) for u in _MIDPOINTS])


def _student4(u: Floats) -> Floats:
    """Will give quantiles of Student's t with 4 degrees of freedom, in closed form (Shaw 2006)."""
    alpha = 4 * u * (1 - u)
    return np.asarray(
        np.sign(u - 0.5) * 2 * np.sqrt(np.maximum(np.cos(np.arccos(np.sqrt(alpha)) / 3) / np.sqrt(alpha) - 1, 0))
    )


_STUDENT: Floats = _student4(_MIDPOINTS)


@dataclass(frozen=True, slots=True)
class Spread:
    """Draws of the level, a sorted row for each day asked for; and the chance of the target on the last."""

    levels: Floats
    chance: float


def spread(pledge: Pledge, found: Fit, days: list[date], *, key: str, as_of: date) -> Spread:
    """Will draw the level at the end of each of ``days`` (in order, after the last counted week).

    The same key and day always give the same draws. Cost: ``len(days) * DRAWS`` cells, each a few operations.
    """
    order = np.random.Generator(np.random.PCG64(_seed(key, as_of)))
    drift, pace, noise = _STUDENT, order.permuted(_NORMAL), order.permuted(_NORMAL)
    ordinals = np.array([found.end, *(day.toordinal() for day in days)], dtype=np.int64)
    at = plan_weeks(pledge, ordinals)
    ahead = (ordinals[1:] - found.end)[:, None] / WEEK
    kappa = DRIFT_PLANNED if pledge.plan else DRIFT_FLAT
    factor = np.exp(kappa * np.sqrt(ahead / found.term) * drift)
    mean = _gamma(found.arriving, pace) * (at[1:, None] - at[0]) * factor
    left = _left(found, mean, order, ahead)
    levels = found.level + _amount(mean, found.arriving.dispersion, noise) - left
    return Spread(np.sort(levels, axis=1), _chance(found, mean[-1], left[-1]))


def _seed(key: str, as_of: date) -> int:
    return int.from_bytes(blake2b(f"{key}\n{as_of.isoformat()}".encode(), digest_size=16).digest())


def _left(found: Fit, arriving: Floats, order: np.random.Generator, ahead: Floats) -> Floats:
    """Will draw what leaves: by the week, or by the stock there is halfway between now and then."""
    if found.leaving is None:
        return np.zeros((len(ahead), 1))
    mean = _gamma(found.leaving, order.permuted(_NORMAL)) * ahead
    if found.stock is not None:
        # What leaves of the mean of both ends, x = mean * (stock + (stock + arriving - x)) / 2, solved for x.
        mean = mean * (found.stock + arriving / 2) / (1 + mean / 2)
    return _amount(mean, found.leaving.dispersion, order.permuted(_NORMAL))


def _gamma(pace: Pace, normal: Floats) -> Floats:
    return _cubed(pace.shape, normal) / pace.rate


def _cubed(shape: float, normal: Floats) -> Floats:
    root = 1 - 1 / (9 * shape) + normal / (3 * sqrt(shape))
    return np.asarray(shape * np.maximum(root, 1e-3) ** 3)


def _amount(mean: Floats, dispersion: float, normal: Floats) -> Floats:
    """Will draw sums with a given mean and ``dispersion`` times as much variance."""
    tiny = np.maximum(mean, 1e-9 * dispersion)
    ninth = dispersion / (9 * tiny)
    return np.asarray(tiny * np.maximum(1 - ninth + normal * np.sqrt(ninth), 0.0) ** 3)


def _chance(found: Fit, mean: Floats, left: Floats) -> float:
    """Will give the chance that arrivals cover the need and what leaves: by the count, mean over the draws.

    For a negative binomial N, P(N >= k) is P(Gamma(k) <= excess * Gamma(mean / excess)): two cube roots.
    """
    short = found.need + left
    count = np.maximum(short / found.unit, 1.0)
    rate = np.maximum(mean / found.unit, 1e-9)
    clumped = max(found.arriving.dispersion / found.unit - 1, 0.0) / (9 * rate)
    ratio = np.cbrt(count / rate)
    single = 1 / (9 * count)
    distance = (1 - clumped - ratio * (1 - single)) / np.sqrt(clumped + ratio**2 * single)
    return float(np.where(short <= 0, 1.0, normal_cdf(distance)).mean())


def normal_cdf(x: Floats) -> Floats:
    """Will give the standard normal distribution function, within 8e-8 (Abramowitz and Stegun 7.1.26)."""
    t = 1 / (1 + 0.3275911 * np.abs(x) / sqrt(2))
    poly = t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))))
    half = 0.5 * poly * np.exp(-0.5 * x * x)
    return np.asarray(np.where(x >= 0, 1 - half, half))
