"""How our own past forecasts did: every stored one whose deadline has passed, scored against what came."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from accord.agreements.queries import Commitment, PromiseRow, agreements_visible_to, promise_rows
from accord.engines import forecast as engine
from accord.kernel.access import Actor
from accord.measures.models import Override, Snapshot
from accord.measures.queries._board import clocks
from accord.measures.queries._changes import tally_by_week
from accord.measures.queries._standing import ask, delivered, reached

WEEK_DAYS = 7


@dataclass(frozen=True, slots=True)
class Calibration:
    """The scores of the computed forecasts and of people's own, and what they are scored on."""

    computed: engine.Scores
    people: engine.Scores
    promises: int
    open_forecasts: int


def calibration(actor: Actor, day: date) -> Calibration:
    """Return the scores of all forecasts in agreements that the actor may know of; constant queries."""
    agreements = agreements_visible_to(actor).order_by().values("pk")
    promises = promise_rows(Commitment.objects.filter(agreement__in=agreements, kind="target"))
    over = [one for one in promises if _is_over(one, day)]
    outcomes = _outcomes(over, day)
    stored = list(
        Snapshot.objects.filter(
            commitment__in=[one.pk for one in promises], probability__isnull=False, week_on__lte=day
        ).order_by("commitment_id", "week_on")
    )
    people = Override.objects.filter(commitment__in=[one.pk for one in over]).order_by("pk")
    return Calibration(
        computed=engine.score(
            [_scored(row, outcomes[row.commitment_id]) for row in stored if row.commitment_id in outcomes]
        ),
        people=engine.score([_scored_person(row, outcomes[row.commitment_id]) for row in people]),
        promises=len(over),
        open_forecasts=sum(1 for row in stored if row.commitment_id not in outcomes),
    )


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a promise: the level on its deadline, whether it was kept, and the deadline."""

    level: float
    kept: bool
    due_on: date


def _is_over(promise: PromiseRow, day: date) -> bool:
    """Say whether the deadline has passed."""
    due = promise.target_on(day).due_on
    return due is not None and due < day


def _outcomes(promises: Sequence[PromiseRow], day: date) -> dict[int, Outcome]:
    """Return what became of each promise that has records; one query."""
    bounds = clocks(day)
    tallies = tally_by_week([ask(one, day) for one in promises], bounds)
    found = {}
    for promise in promises:
        done = delivered(promise, tallies[promise.pk], day)
        line = promise.target_on(day)
        if done.in_time is not None and not done.tally.is_empty and line.due_on is not None:
            found[promise.pk] = Outcome(float(done.in_time), reached(line, done.in_time), line.due_on)
    return found


def _scored(row: Snapshot, outcome: Outcome) -> engine.Scored:
    """Return one stored forecast beside its outcome."""
    detail = row.detail
    return engine.Scored(
        probability=row.probability or 0.0,
        low80=detail["low80"],
        high80=detail["high80"],
        low50=detail["low50"],
        high50=detail["high50"],
        outcome_level=outcome.level,
        reached=outcome.kept,
        horizon_weeks=(outcome.due_on - row.week_on).days / WEEK_DAYS,
    )


def _scored_person(row: Override, outcome: Outcome) -> engine.Scored:
    """Return one person's forecast beside its outcome; a person gives a chance and no range."""
    return engine.Scored(
        probability=row.percent / 100,
        low80=outcome.level,
        high80=outcome.level,
        low50=outcome.level,
        high50=outcome.level,
        outcome_level=outcome.level,
        reached=outcome.kept,
        horizon_weeks=(outcome.due_on - row.set_at.date()).days / WEEK_DAYS,
    )
