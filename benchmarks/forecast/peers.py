"""The methods people use, each from the weeks so far to 1,000 sorted draws of the change still to come."""

import warnings
from collections.abc import Callable
from importlib import import_module
from statistics import NormalDist

import numpy as np

from benchmarks.forecast.commitments import Floats

DRAWS = 1000
HEURISTIC_WEEKS = 10
_NORMAL: Floats = np.array([NormalDist().inv_cdf((i + 0.5) / DRAWS) for i in range(DRAWS)])

Peer = Callable[[Floats, int, np.random.Generator], Floats]


def straight_line(changes: Floats, ahead: int, _rng: np.random.Generator) -> Floats:
    """Least squares through the cumulative curve, with the textbook prediction interval."""
    level = np.cumsum(changes)
    n = len(level)
    at = np.arange(1, n + 1)
    slope, start = np.polyfit(at, level, 1)
    left = level - (start + slope * at)
    variance = float(left @ left) / max(n - 2, 1)
    far = n + ahead
    spread = variance * (1 + 1 / n + (far - at.mean()) ** 2 / ((at - at.mean()) ** 2).sum())
    return np.asarray(start + slope * far - level[-1] + _NORMAL * np.sqrt(spread))


def average_pace(changes: Floats, ahead: int, _rng: np.random.Generator) -> Floats:
    """A random walk with drift: the mean week goes on, and its standard error with it."""
    n = len(changes)
    variance = float(changes.var(ddof=1)) * (ahead + ahead**2 / n)
    return np.asarray(float(changes.mean()) * ahead + _NORMAL * np.sqrt(variance))


def bootstrap_all(changes: Floats, ahead: int, rng: np.random.Generator) -> Floats:
    """The Monte Carlo of agile tools: weeks to come are drawn from all weeks so far."""
    return np.sort(rng.choice(changes, (DRAWS, ahead)).sum(axis=1))


def bootstrap_12(changes: Floats, ahead: int, rng: np.random.Generator) -> Floats:
    """The same from the last twelve weeks."""
    return bootstrap_all(changes[-12:], ahead, rng)


def ets(changes: Floats, ahead: int, _rng: np.random.Generator) -> Floats:
    """Exponential smoothing ETS(A,Ad,N) of the cumulative curve, by statsmodels."""
    smoothing = import_module("statsmodels.tsa.exponential_smoothing.ets")
    level = import_module("pandas").Series(np.cumsum(changes))
    # The start that did best for this peer on other seeds; it takes ten weeks, so shorter runs start plainly.
    start: dict[str, object] = {"initialization_method": "heuristic"}
    if len(level) < HEURISTIC_WEEKS:
        mean = float(changes.mean())
        start = {"initialization_method": "known", "initial_level": 0.0, "initial_trend": mean}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        model = smoothing.ETSModel(level, error="add", trend="add", damped_trend=True, **start)
        seen = model.fit(disp=False).get_prediction(start=len(level), end=len(level) + ahead - 1)
    spread = np.sqrt(max(float(seen.forecast_variance[-1]), 0.0))
    return np.asarray(float(seen.predicted_mean.iloc[-1]) - float(level.iloc[-1]) + _NORMAL * spread)


PEERS: dict[str, Peer] = {
    "straight-line": straight_line,
    "average-pace": average_pace,
    "bootstrap-all": bootstrap_all,
    "bootstrap-12": bootstrap_12,
    "ets": ets,
}
