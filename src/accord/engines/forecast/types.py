"""The values that enter and leave the forecast engine.

Errors: ``ForecastRefused`` (a ``ValueError``) stands above both refusals::

    ForecastRefused
    ├── PledgeRefused     the promise itself cannot be forecast
    └── HistoryRefused    the weeks handed over do not fit the promise and the day
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class ForecastRefused(ValueError):  # noqa: N818 - a refusal is the house's word for it
    """Something handed over cannot be forecast; the message says what is wrong and how to mend it."""


class PledgeRefused(ForecastRefused):
    """The promise has no direction, no duration, or a plan that does not fit it."""


class HistoryRefused(ForecastRefused):
    """The weeks do not start on a Monday, or are not exactly those that are over."""


class Likelihood(StrEnum):
    """The words shown beside a probability: the likelihood scale of the IPCC, without its two extremes."""

    VERY_LIKELY = "very_likely"
    LIKELY = "likely"
    EVEN = "even"
    UNLIKELY = "unlikely"
    VERY_UNLIKELY = "very_unlikely"


class Shortage(StrEnum):
    """What a forecast still waits for."""

    WEEKS = "weeks"
    TERM = "term"
    EVENTS = "events"


class Sample(StrEnum):
    """How far a score may be trusted, by the number of forecasts behind it."""

    NONE = "none"
    FEW = "few"
    SOME = "some"
    ENOUGH = "enough"


@dataclass(frozen=True, slots=True)
class PlanPoint:
    """A milestone: the level that the agreement expects at the end of a day."""

    on: date
    level: float


@dataclass(frozen=True, slots=True)
class Pledge:
    """A promise as the engine sees it: from a baseline to a target, between two days, both included.

    A target below the baseline is a promise to reduce. ``plan`` holds the milestones between the two ends,
    in order of day; without one the promise is taken to be delivered evenly.
    """

    baseline: float
    target: float
    starts_on: date
    due_on: date
    plan: tuple[PlanPoint, ...] = ()


@dataclass(frozen=True, slots=True)
class History:
    """What was delivered, by full week, in the unit of the measure; ``tally`` makes one from dated changes.

    ``first_week`` is the Monday of the week in which the promise starts. ``increments`` holds the change of
    every week from there to the last one that is over, oldest first; a week without a record is a 0.
    ``events`` is the number of records behind them.
    """

    first_week: date
    increments: tuple[float, ...]
    events: int


@dataclass(frozen=True, slots=True)
class Case:
    """One promise of many: what ``forecast`` takes, less the day."""

    pledge: Pledge
    history: History
    key: str


@dataclass(frozen=True, slots=True)
class FanPoint:
    """The spread of the level at the end of one day to come."""

    on: date
    q10: float
    q25: float
    q50: float
    q75: float
    q90: float


@dataclass(frozen=True, slots=True)
class Forecast:
    """What will probably become of a promise, as of one day.

    ``probability`` is unrounded; people see ``shown``, whole points from 5 to 95, and ``likelihood``.
    ``expected`` is the median of the level on the due day; half of the outcomes are foreseen between the
    50s, eight of ten between the 80s. Paces are in units of the measure a week, positive towards growth.
    """

    probability: float
    shown: int
    likelihood: Likelihood
    expected: float
    low50: float
    high50: float
    low80: float
    high80: float
    fan: tuple[FanPoint, ...]
    pace_needed: float
    pace_recent: float
    weeks_left: float
    model: str


@dataclass(frozen=True, slots=True)
class TooEarly:
    """No forecast yet: what is short, how much there is, how much it takes, and the earliest day.

    ``have`` and ``need`` count full weeks, parts of the term (0 to 1) or records, by ``reason``.
    ``earliest_on`` is ``None`` where it depends on records to come.
    """

    reason: Shortage
    have: float
    need: float
    earliest_on: date | None


@dataclass(frozen=True, slots=True)
class Settled:
    """The due day is over: nothing is left to forecast. ``short_by`` is 0 for a promise that was kept."""

    reached: bool
    level: float
    short_by: float


Answer = Forecast | TooEarly | Settled


@dataclass(frozen=True, slots=True)
class Scored:
    """One forecast of the past beside what came of it; ``horizon_weeks`` is how far ahead it looked."""

    probability: float
    low80: float
    high80: float
    low50: float
    high50: float
    outcome_level: float
    reached: bool
    horizon_weeks: float


@dataclass(frozen=True, slots=True)
class Share:
    """A share of ``n`` with the 95 % interval of Wilson around it; all 0 to 1."""

    share: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class ReliabilityBin:
    """Of the ``n`` forecasts with one word: the mean that was said, and how often it happened."""

    likelihood: Likelihood
    n: int
    said: float | None
    happened: Share | None


@dataclass(frozen=True, slots=True)
class HorizonScores:
    """The scores of forecasts that looked at least ``from_weeks`` and less than ``to_weeks`` ahead."""

    from_weeks: int
    to_weeks: int | None
    n: int
    brier: float | None
    coverage80: Share | None


@dataclass(frozen=True, slots=True)
class Scores:
    """How past forecasts did. Brier: 0 is perfect, .25 is what always saying one half earns.

    ``sample`` says how far to trust the figures: under 30 few, under 100 some, then enough. Forecasts of
    one promise in many weeks are not independent, so the intervals are narrower than the truth.
    """

    n: int
    sample: Sample
    brier: float | None
    coverage80: Share | None
    coverage50: Share | None
    bins: tuple[ReliabilityBin, ...]
    by_horizon: tuple[HorizonScores, ...]
