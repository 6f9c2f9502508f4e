"""Forecasts as the board reads them: the latest weekly snapshot, or the engine's answer where there is none."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet

from accord.agreements.queries import Commitment, PromiseRow, promise_rows
from accord.engines import forecast as engine
from accord.kernel.clock import monday_of
from accord.measures.enums import PromiseState
from accord.measures.models import Snapshot
from accord.measures.queries._changes import Clocks, Tally, tally_by_week
from accord.measures.queries._standing import ask, delivered, pledge_of, state_of

FORTNIGHT = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class FanPoint:
    """The range of the level at the end of one day to come."""

    on: date
    q10: float
    q25: float
    q50: float
    q75: float
    q90: float


@dataclass(frozen=True, slots=True)
class Foreseen:
    """What was forecast for a promise on a Monday; or, with `too_early`, why nothing was."""

    week_on: date
    state: PromiseState
    probability: float | None = None
    shown: int | None = None
    expected: float | None = None
    low50: float | None = None
    high50: float | None = None
    low80: float | None = None
    high80: float | None = None
    pace_needed: float | None = None
    pace_recent: float | None = None
    fan: tuple[FanPoint, ...] = ()
    too_early: Mapping[str, Any] = field(default_factory=dict, hash=False)
    model: str = ""
    is_stored: bool = True


@dataclass(frozen=True, slots=True)
class SnapshotDraft:
    """A snapshot that is yet to be stored."""

    commitment_id: int
    known_at: datetime
    state: PromiseState
    target: Decimal | None
    due_on: date | None
    delivered: Decimal | None
    probability: float | None
    detail: dict[str, Any] = field(hash=False)
    model: str
    is_simulated: bool


def week_start(week_on: date) -> datetime:
    """Return the first moment of a Monday, the bound of what its snapshot knows."""
    return datetime.combine(week_on, datetime.min.time(), tzinfo=UTC)


def lately_foreseen(promises: Sequence[PromiseRow], day: date) -> dict[int, list[Foreseen]]:
    """Return the stored forecasts of each promise of the last fortnight up to a day, newest first; one query."""
    rows = Snapshot.objects.filter(
        commitment__in=[promise.pk for promise in promises], week_on__lte=day, week_on__gt=day - FORTNIGHT
    ).order_by("commitment_id", "-week_on")
    found: dict[int, list[Foreseen]] = {}
    for row in rows:
        found.setdefault(row.commitment_id, []).append(_from_snapshot(row))
    return found


def previous_snapshots(promises: Sequence[PromiseRow], before: date, weeks: int = 2) -> dict[int, list[Snapshot]]:
    """Return the last snapshots of each promise before a Monday, oldest first; one query."""
    since = before - timedelta(weeks=weeks)
    found: dict[int, list[Snapshot]] = {}
    rows = Snapshot.objects.filter(
        commitment__in=[promise.pk for promise in promises], week_on__gte=since, week_on__lt=before
    ).order_by("commitment_id", "week_on")
    for row in rows:
        found.setdefault(row.commitment_id, []).append(row)
    return found


def foresee_now(promise: PromiseRow, tally: Tally, day: date, previous: Sequence[Snapshot] = ()) -> Foreseen | None:
    """Return the engine's answer for a promise, settled against the snapshots before it."""
    week_on = monday_of(day)
    asked = pledge_of(promise, tally, week_on)
    if asked is None:
        return None
    answer = engine.forecast(asked[0], asked[1], as_of=week_on, key=f"{promise.agreement_key}/{promise.key}")
    if isinstance(answer, engine.TooEarly):
        return Foreseen(week_on, PromiseState.TOO_EARLY, too_early=_too_early(answer), is_stored=False)
    if isinstance(answer, engine.Settled):
        return None
    return _from_forecast(week_on, answer, _settled_word(answer, previous))


def snapshots_due(*, week_on: date, agreement_ids: list[int] | None = None) -> list[SnapshotDraft]:
    """Return the snapshot of each signed promise that has none for this Monday."""
    wanted: QuerySet[Commitment] = Commitment.objects.exclude(snapshots__week_on=week_on).exclude(
        agreement__state="draft"
    )
    if agreement_ids is not None:
        wanted = wanted.filter(agreement__in=agreement_ids)
    promises = promise_rows(wanted)
    sunday = week_on - timedelta(days=1)
    tallies = tally_by_week([ask(one, sunday) for one in promises], Clocks(sunday, week_start(week_on)))
    previous = previous_snapshots(promises, week_on)
    return [_draft(one, tallies[one.pk], week_on, previous.get(one.pk, [])) for one in promises]


def _draft(promise: PromiseRow, tally: Tally, week_on: date, previous: Sequence[Snapshot]) -> SnapshotDraft:
    """Return the snapshot of one promise."""
    sunday = week_on - timedelta(days=1)
    done = delivered(promise, tally, sunday)
    foreseen = foresee_now(promise, tally, week_on, previous)
    line = promise.target_on(sunday)
    return SnapshotDraft(
        commitment_id=promise.pk,
        known_at=week_start(week_on),
        state=state_of(promise, done, sunday, foreseen=foreseen.state if foreseen else None),
        target=line.target,
        due_on=line.due_on,
        delivered=done.figure.amount if done.figure else None,
        probability=foreseen.probability if foreseen else None,
        detail=_detail(foreseen) if foreseen else {},
        model=foreseen.model if foreseen else "",
        is_simulated=any(step.is_simulated for step in tally.steps),
    )


def _settled_word(answer: engine.Forecast, previous: Sequence[Snapshot]) -> PromiseState:
    """Return the word to show: the engine's, unless one week alone would make it flicker."""
    words = {one.value for one in engine.Likelihood}
    shown = [one for one in previous if one.probability is not None and one.state in words]
    if not shown:
        return PromiseState(answer.likelihood.value)
    history = [one.probability for one in shown if one.probability is not None]
    settled = engine.settle(engine.Likelihood(shown[-1].state), [*history, answer.probability])
    return PromiseState(settled.value)


def _too_early(answer: engine.TooEarly) -> dict[str, Any]:
    """Return why it is too early, as it is stored."""
    earliest = answer.earliest_on.isoformat() if answer.earliest_on else None
    return {"reason": answer.reason.value, "have": answer.have, "need": answer.need, "earliest_on": earliest}


def _from_forecast(week_on: date, answer: engine.Forecast, state: PromiseState) -> Foreseen:
    """Return the engine's forecast as the board reads it."""
    return Foreseen(
        week_on=week_on,
        state=state,
        probability=answer.probability,
        shown=answer.shown,
        expected=answer.expected,
        low50=answer.low50,
        high50=answer.high50,
        low80=answer.low80,
        high80=answer.high80,
        pace_needed=answer.pace_needed,
        pace_recent=answer.pace_recent,
        fan=tuple(FanPoint(*(getattr(one, name) for name in FanPoint.__slots__)) for one in answer.fan),
        model=answer.model,
        is_stored=False,
    )


NUMBERS = ("shown", "expected", "low50", "high50", "low80", "high80", "pace_needed", "pace_recent")


def _detail(foreseen: Foreseen) -> dict[str, Any]:
    """Return what a snapshot stores beside its columns."""
    if foreseen.too_early:
        return {"too_early": dict(foreseen.too_early)}
    fan = [{**asdict(point), "on": point.on.isoformat()} for point in foreseen.fan]
    return {**{name: getattr(foreseen, name) for name in NUMBERS}, "word": foreseen.state.value, "fan": fan}


def _from_snapshot(row: Snapshot) -> Foreseen:
    """Return a stored forecast as the board reads it."""
    detail = row.detail
    fan = tuple(FanPoint(**{**point, "on": date.fromisoformat(point["on"])}) for point in detail.get("fan", ()))
    return Foreseen(
        week_on=row.week_on,
        state=PromiseState(detail.get("word", row.state)),
        probability=row.probability,
        fan=fan,
        too_early=detail.get("too_early", {}),
        model=row.model,
        **{name: detail.get(name) for name in NUMBERS},
    )


def forecast_history(commitment: Commitment, day: date, weeks: int = 26) -> list[Snapshot]:
    """Return the weekly forecasts of a promise up to a day, newest first."""
    return list(
        Snapshot.objects.filter(commitment=commitment, week_on__lte=day, probability__isnull=False).order_by(
            "-week_on"
        )[:weeks]
    )
