"""The engine's door: the gate, then one fit and one spread."""

from collections.abc import Iterable
from datetime import date, timedelta
from math import ceil

import numpy as np
from numpy.typing import NDArray

from accord.engines.forecast._calendar import WEEK, check, full_weeks, monday_of, term_weeks
from accord.engines.forecast._pace import Fit, fit
from accord.engines.forecast._spread import DRAWS, Spread, spread
from accord.engines.forecast._words import likelihood, shown
from accord.engines.forecast.types import (
    Answer,
    Case,
    FanPoint,
    Forecast,
    History,
    Pledge,
    PledgeRefused,
    Settled,
    Shortage,
    TooEarly,
)

MODEL = "gpd-1"
LEAST_WEEKS = 4
LEAST_TERM = 0.15
LEAST_EVENTS = 3
FAN_POINTS = 12
RECENT_WEEKS = 8
QUANTILES = (0.10, 0.25, 0.50, 0.75, 0.90)


def forecast(pledge: Pledge, history: History, *, as_of: date, key: str, fan: bool = True) -> Answer:
    """Will say what becomes of a promise as of a day, or that it is too early, or that the due day is over.

    ``key`` names the promise: the same key, day and records give the same answer to everybody. Refuses with
    ``PledgeRefused`` or ``HistoryRefused``. Without ``fan`` only its last point is drawn, which is
    faster, and every other figure is the same. Method, guarantee and limits: README.md beside this file.
    """
    check(pledge, history, as_of)
    if as_of > pledge.due_on:
        return _settled(pledge, history)
    return _gate(pledge, history, as_of) or _forecast(pledge, history, as_of, key, fan=fan)


def forecast_many(cases: Iterable[Case], *, as_of: date, fan: bool = True) -> tuple[Answer, ...]:
    """Will forecast each case, in order; each answer is the one that ``forecast`` gives alone."""
    return tuple(forecast(case.pledge, case.history, as_of=as_of, key=case.key, fan=fan) for case in cases)


def foresee(pledge: Pledge, history: History, *, as_of: date, key: str) -> tuple[float, NDArray[np.float64]]:
    """Will give the chance of the target and 1,000 sorted draws of the level on the due day, gate or no gate.

    For scoring the method; show people ``forecast``. Refuses as ``forecast`` does, and
    also once the due day is over.
    """
    check(pledge, history, as_of)
    if as_of > pledge.due_on:
        raise PledgeRefused(f"The promise was due on {pledge.due_on}; ask for a day until then.")
    found = fit(pledge, history)
    seen = spread(pledge, found, [pledge.due_on], key=key, as_of=as_of)
    return seen.chance, np.sort(found.sign * seen.levels[-1])


def _settled(pledge: Pledge, history: History) -> Settled:
    level = pledge.baseline + sum(history.increments)
    sign = 1 if pledge.target > pledge.baseline else -1
    short = max(sign * (pledge.target - level), 0.0)
    return Settled(short <= 0, level, short)


def _gate(pledge: Pledge, history: History, as_of: date) -> TooEarly | None:
    weeks = full_weeks(pledge, as_of)
    first_full = monday_of(pledge.starts_on + timedelta(days=WEEK - 1))
    if weeks < LEAST_WEEKS:
        return TooEarly(Shortage.WEEKS, max(weeks, 0), LEAST_WEEKS, first_full + timedelta(weeks=LEAST_WEEKS))
    days = (as_of - pledge.starts_on).days
    term = term_weeks(pledge) * WEEK
    if days < LEAST_TERM * term:
        opens = pledge.starts_on + timedelta(days=ceil(LEAST_TERM * term))
        return TooEarly(Shortage.TERM, days / term, LEAST_TERM, opens)
    if history.events < LEAST_EVENTS:
        return TooEarly(Shortage.EVENTS, history.events, LEAST_EVENTS, None)
    return None


def _forecast(pledge: Pledge, history: History, as_of: date, key: str, *, fan: bool) -> Forecast:
    found = fit(pledge, history)
    days = _fan_days(as_of, pledge.due_on) if fan else [pledge.due_on]
    seen = spread(pledge, found, days, key=key, as_of=as_of)
    points = _fan(found, seen, days)
    last = points[-1]
    left = ((pledge.due_on - as_of).days + 1) / WEEK
    recent = history.increments[-RECENT_WEEKS:]
    return Forecast(
        probability=seen.chance,
        shown=shown(seen.chance),
        likelihood=likelihood(seen.chance),
        expected=last.q50,
        low50=last.q25,
        high50=last.q75,
        low80=last.q10,
        high80=last.q90,
        fan=points,
        pace_needed=found.sign * max(found.need, 0.0) / left,
        pace_recent=sum(recent) / len(recent),
        weeks_left=left,
        model=MODEL,
    )


def _fan_days(as_of: date, due_on: date) -> list[date]:
    days = (due_on - as_of).days
    return sorted({as_of + timedelta(days=round(days * part / FAN_POINTS)) for part in range(1, FAN_POINTS + 1)})


def _fan(found: Fit, seen: Spread, days: list[date]) -> tuple[FanPoint, ...]:
    columns = [round(DRAWS * quantile) for quantile in QUANTILES]
    # The draws are sorted midpoints of equal slices: the mean of the two beside an edge is that quantile.
    rows = found.sign * (seen.levels[:, [c - 1 for c in columns]] + seen.levels[:, columns]) / 2
    if found.sign < 0:
        rows = rows[:, ::-1]
    return tuple(FanPoint(day, *row) for day, row in zip(days, rows.tolist(), strict=True))
