"""Sample charts of the style guide; every number is made up here."""

from datetime import date, timedelta
from typing import Any

from accord.ui.charts import Area, Cell, Fan, Funnel, Heat, Layer, Promised, Quantiles, Spark, Stage

AS_OF = date(2019, 9, 30)
_START = date(2019, 6, 22)
_DUE = date(2019, 12, 31)
_STEPS = (0, 3, 12, 11, 4, 6, 11, 7, 11, 2, 12, 1, 7, 0)


def _done(base: float, scale: float) -> tuple[tuple[date, float], ...]:
    """Return a level every week, growing by the sample steps."""
    levels, level = [], base
    for week, step in enumerate(_STEPS):
        level += step * scale
        levels.append((_START + timedelta(weeks=week), level))
    return tuple(levels)


def _forecast(level: float, pace: float, spread: float) -> tuple[Quantiles, ...]:
    """Return a fan that widens with the root of time."""
    quantiles = []
    for week in range(1, 14):
        middle, wide = level + pace * week, spread * week**0.5
        day = AS_OF + timedelta(weeks=week)
        quantiles.append(
            Quantiles(
                min(day, _DUE),
                middle - 1.3 * wide,
                middle - 0.6 * wide,
                middle,
                middle + 0.6 * wide,
                middle + 1.3 * wide,
            )
        )
    return tuple(quantiles)


def _fan(title: str, unit: str, base: float, scale: float, target: float, **more: Any) -> Fan:
    done = _done(base, scale)
    level = done[-1][1]
    usual = _forecast(level, (target - level) / 16, abs(target - level) / 14)
    return Fan(
        title=title,
        description="Sample data. Done as a black step line, forecast as a fan, the promise dotted.",
        unit=unit,
        done=done,
        as_of=AS_OF,
        forecast=more.pop("forecast", usual),
        promised=more.pop("promised", (Promised(_START, _DUE, target),)),
        **more,
    )


TEAMS = _fan("Teams in residence (sample)", "teams", 102, 1, 300, baseline=(_START, 102))
AMENDED = _fan(
    "Teams in residence, amended (sample)",
    "teams",
    102,
    1,
    260,
    promised=(Promised(_START, _DUE, 300, amended=True), Promised(date(2019, 9, 2), date(2020, 2, 28), 260)),
    plan=((_START, 102), (date(2019, 9, 30), 180), (_DUE, 300)),
)
EARLY = Fan("Joint projects (sample)", "", "projects", ((_START, 1.0), (date(2019, 8, 1), 3.0)), AS_OF)
PEOPLE = _fan("Research personnel (sample)", "people", 3900, 42, 10000)
SPACE = _fan("Work space (sample)", "m²", 60000, 245, 100000)
DAYS = Spark(
    "Learner days (sample)",
    tuple((day, level - 102) for day, level in _done(102, 5)),
    "learner days",
    until=AS_OF,
)
AREA = Area(
    "Who is here, by kind (sample)",
    "Sample data.",
    "people",
    tuple(_START + timedelta(weeks=week) for week in range(14)),
    (
        Layer("Interns", tuple(20.0 + 3 * week for week in range(14))),
        Layer("Doctoral", tuple(14.0 + week for week in range(14))),
        Layer("Fellows", tuple(6.0 + (week % 4) for week in range(14))),
        Layer("Visitors", tuple(3.0 + (week * 7 % 5) for week in range(14))),
    ),
)
FUNNEL = Funnel(
    "From call to placement (sample)",
    "Sample data.",
    "people",
    (
        Stage("Applied", 412),
        Stage("Eligible", 371),
        Stage("Reviewed", 366),
        Stage("Matched", 120),
        Stage("Started", 113),
    ),
)
HEAT = Heat(
    "Bookings by week (sample)",
    "Sample data.",
    "bookings",
    tuple(Cell(f"W{week}", None if week in {7, 8} else float(week * 37 % 23)) for week in range(1, 27)),
)
