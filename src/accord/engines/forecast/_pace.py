"""What the weeks so far say about the pace: discounted Gamma-Poisson (West and Harrison 1997, ch. 14)."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from accord.engines.forecast._calendar import WEEK, monday_of, plan_weeks, term_weeks
from accord.engines.forecast.types import History, Pledge

HALF_LIFE_WEEKS = 26.0
PRIOR_EVENTS = 3.0
PRIOR_DISPERSION = 2.0
PRIOR_DISPERSION_WEEKS = 4.0
SILENT_EVENTS = 20.0
"""Records that cancel out show no size; one is then taken as a twentieth of the promise."""

SPECK = 1e-12
"""Of all that ever changed: less is what rounding left behind."""

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Pace:
    """A weekly rate, Gamma(``shape``, ``rate``); ``dispersion`` is the variance of a sum over its mean."""

    shape: float
    rate: float
    dispersion: float


@dataclass(frozen=True, slots=True)
class Fit:
    """A promise read from its weeks; towards the target is up, whatever its own direction (``sign``).

    ``level`` and ``need`` are on that turned axis. ``leaving`` is ``None`` where nothing ever fell, else
    a rate for each unit of ``stock``, or for each week where ``stock`` is ``None`` (a promise to reduce).
    ``unit`` is the mean size of one record. ``end`` is the ordinal of the last day that counts.
    """

    sign: int
    level: float
    need: float
    unit: float
    arriving: Pace
    leaving: Pace | None
    stock: float | None
    end: int
    term: float


def fit(pledge: Pledge, history: History) -> Fit:
    """Will learn the pace of arrivals, and of leavers where a week ever fell; cost linear in the weeks."""
    sign = 1 if pledge.target > pledge.baseline else -1
    changes = sign * np.asarray(history.increments, dtype=np.float64)
    span = abs(pledge.target - pledge.baseline)
    edges = monday_of(pledge.starts_on).toordinal() - 1 + WEEK * np.arange(len(changes) + 1, dtype=np.int64)
    exposure = np.diff(plan_weeks(pledge, edges))
    gross = float(np.abs(changes).sum())
    unit = gross / history.events if gross and history.events else span / SILENT_EVENTS
    before = np.cumsum(np.concatenate([[sign * pledge.baseline], changes]))
    # Decimals that cancel out leave a speck behind: it is nothing, not a stock, or a need, of next to nothing.
    speck = SPECK * (gross + abs(pledge.baseline) + abs(pledge.target))
    before[np.abs(before) <= speck] = 0.0
    level = float(before[-1])
    need = sign * pledge.target - level
    holds = sign > 0 and bool((before >= 0).all()) and level > 0
    return Fit(
        sign=sign,
        level=level,
        need=0.0 if abs(need) <= speck else need,
        unit=unit,
        arriving=_arriving(np.maximum(changes, 0.0), exposure, span / term_weeks(pledge), unit),
        leaving=_leaving(np.maximum(-changes, 0.0), before[:-1] if holds else np.ones(len(changes)), unit),
        stock=level if holds else None,
        end=int(edges[-1]),
        term=term_weeks(pledge),
    )


def _arriving(sums: Floats, exposure: Floats, planned: float, unit: float) -> Pace:
    weight = _weights(len(sums))
    dispersion = _dispersion(sums, exposure, unit)
    shape = PRIOR_EVENTS + float(weight @ sums) / dispersion
    return Pace(shape, PRIOR_EVENTS / planned + float(weight @ exposure) / dispersion, dispersion)


def _leaving(sums: Floats, exposure: Floats, unit: float) -> Pace | None:
    if not sums.any():
        return None
    weight = _weights(len(sums))
    dispersion = _dispersion(sums, exposure, unit)
    shape = PRIOR_EVENTS + float(weight @ sums) / dispersion
    return Pace(shape, shape * float(weight @ exposure) / float(weight @ sums), dispersion)


def _weights(weeks: int) -> Floats:
    return np.asarray(0.5 ** (np.arange(weeks - 1, -1, -1) / HALF_LIFE_WEEKS))


def _dispersion(sums: Floats, exposure: Floats, unit: float) -> float:
    """Will give Pearson's dispersion, drawn towards two units as if four weeks had shown that."""
    total, weeks = float(exposure.sum()), len(sums)
    pearson = 0.0
    if total > 0 and sums.any():
        seen = exposure > 0
        mean = exposure[seen] * (float(sums.sum()) / total)
        pearson = float((((sums[seen] - mean) ** 2) / mean).sum())
    prior = PRIOR_DISPERSION_WEEKS * PRIOR_DISPERSION * unit
    return (prior + pearson) / (PRIOR_DISPERSION_WEEKS + max(weeks - 1, 0))
