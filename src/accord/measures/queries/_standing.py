"""How a promise stands: its figures with their provenance, its state, and what the forecast engine is asked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from accord.agreements.enums import PromiseKind
from accord.agreements.queries import PromiseRow, Quote, TargetLine
from accord.engines import forecast as engine
from accord.kernel.clock import monday_of
from accord.kernel.measure import Kind, Measure
from accord.measures.enums import PromiseState, Provenance
from accord.measures.queries._catalogue import measure
from accord.measures.queries._changes import LONG_AGO, NEVER, Asked, Tally

DORMANT_AFTER = timedelta(days=60)
WEEK = timedelta(days=7)
QUARTER = timedelta(weeks=13)


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a figure that has one provenance; `quote` says where a stated part stands."""

    provenance: Provenance
    amount: Decimal
    records: int = 0
    quote: Quote | None = None
    on: date | None = None


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with every provenance it is made of; never one without the other."""

    amount: Decimal
    parts: tuple[Part, ...]

    @property
    def provenances(self) -> tuple[Provenance, ...]:
        """Return the provenances in the order stated, recorded, simulated."""
        order = (Provenance.STATED, Provenance.RECORDED, Provenance.SIMULATED)
        return tuple(one for one in order if any(part.provenance == one for part in self.parts))


@dataclass(frozen=True, slots=True)
class Delivered:
    """What was delivered by the day, and what is not counted: waiting for, or contested by, the other side."""

    figure: Figure | None
    in_time: Decimal | None
    tally: Tally
    recent: Decimal
    before: Decimal
    dormant_days: int | None


def ask(promise: PromiseRow, day: date) -> Asked:
    """Return which changes count for a promise: after its stated baseline, or from its start for a flow."""
    found = measure(promise.measure_code)
    due = promise.target_on(day).due_on or NEVER
    if promise.baseline_on is not None:
        return Asked(promise.pk, promise.measure_code, promise.baseline_on + timedelta(days=1), due)
    if found is not None and found.kind == Kind.FLOW and promise.starts_on is not None:
        return Asked(promise.pk, promise.measure_code, promise.starts_on, due)
    return Asked(promise.pk, promise.measure_code, LONG_AGO, due)


def delivered(promise: PromiseRow, tally: Tally, day: date) -> Delivered:
    """Return what was delivered for the promise by the end of the day."""
    base = promise.baseline if promise.baseline is not None and _known(promise.baseline_on, day) else None
    parts = (*_stated_part(promise, base), *_counted_parts(tally))
    figure = Figure(sum((part.amount for part in parts), Decimal(0)), parts) if parts else None
    return Delivered(
        figure=figure,
        in_time=None if figure is None else (base or Decimal(0)) + tally.total_in_time(),
        tally=tally,
        recent=_between(tally, day - QUARTER, day),
        before=_between(tally, day - 2 * QUARTER, day - QUARTER),
        dormant_days=_dormant_days(tally, day),
    )


def state_of(promise: PromiseRow, done: Delivered, day: date, *, foreseen: PromiseState | None = None) -> PromiseState:
    """Return how the promise stands at the end of the day; `foreseen` is the settled word of the forecast."""
    if promise.kind == PromiseKind.MILESTONE:
        return _milestone_state(promise, done, day)
    if promise.kind == PromiseKind.STANDING:
        return PromiseState.STANDING if _is_measured(promise, done) else PromiseState.NOT_MEASURED
    return _target_state(promise, done, day, foreseen)


def pledge_of(promise: PromiseRow, tally: Tally, day: date) -> tuple[engine.Pledge, engine.History] | None:
    """Return what the forecast engine is asked about a promise; None where it has nothing to forecast."""
    line = promise.target_on(day)
    begins = promise.baseline_on or promise.starts_on
    if promise.kind != PromiseKind.TARGET or line.target is None or line.due_on is None or begins is None:
        return None
    if begins >= line.due_on or day < begins:
        return None
    first = monday_of(begins)
    before = sum((step.amount for step in tally.steps if step.starts_on < first), Decimal(0))
    base = promise.baseline if promise.baseline is not None else before
    if base == line.target:
        return None
    plan = tuple(engine.PlanPoint(on, float(level)) for on, level in promise.plan if begins <= on <= line.due_on)
    pledge = engine.Pledge(float(base), float(line.target), begins, line.due_on, plan)
    return pledge, _history(tally, first, min(monday_of(day), monday_of(line.due_on) + WEEK))


def reached(line: TargetLine, level: Decimal | None) -> bool:
    """Say whether a level keeps what was promised."""
    return line.target is not None and level is not None and level >= line.target


def _history(tally: Tally, first: date, end: date) -> engine.History:
    """Return the whole weeks from the first Monday up to the running week."""
    weeks = [0.0] * max((end - first).days // 7, 0)
    events = 0
    for step in tally.steps:
        number = (monday_of(step.starts_on) - first).days // 7
        if 0 <= number < len(weeks):
            weeks[number] += float(step.amount)
            events += step.records
    return engine.History(first, tuple(weeks), events)


def _known(on: date | None, day: date) -> bool:
    """Say whether something of this date is known by the end of the day."""
    return on is not None and on <= day


def _stated_part(promise: PromiseRow, base: Decimal | None) -> tuple[Part, ...]:
    """Return the stated baseline as a part of the figure."""
    if base is None:
        return ()
    return (Part(Provenance.STATED, base, quote=promise.baseline_quote, on=promise.baseline_on),)


def _counted_parts(tally: Tally) -> tuple[Part, ...]:
    """Return the recorded and the simulated part of what counts."""
    parts = []
    for provenance, simulated in ((Provenance.RECORDED, False), (Provenance.SIMULATED, True)):
        steps = [step for step in tally.steps if step.is_simulated == simulated]
        if steps:
            amount = sum((step.amount for step in steps), Decimal(0))
            parts.append(Part(provenance, amount, sum(step.records for step in steps)))
    return tuple(parts)


def _between(tally: Tally, after: date, until: date) -> Decimal:
    """Return what came in the weeks that start after one day and not after another."""
    return sum((step.amount for step in tally.steps if after < step.starts_on <= until), Decimal(0))


def _dormant_days(tally: Tally, day: date) -> int | None:
    """Return for how many days nothing was recorded, once that is long; None where nothing ever was."""
    if tally.last_on is None or day - tally.last_on < DORMANT_AFTER:
        return None
    return (day - tally.last_on).days


def _is_measured(promise: PromiseRow, done: Delivered) -> bool:
    """Say whether anything counts for the promise: there are records, or all records of its measure are here."""
    found: Measure | None = measure(promise.measure_code)
    return not done.tally.is_empty or (found is not None and found.is_always_counted)


def _milestone_state(promise: PromiseRow, done: Delivered, day: date) -> PromiseState:
    """Return how a milestone stands: done by a stated or a confirmed completion, missed, or open."""
    if _known(promise.done_on, day) or done.tally.records:
        return PromiseState.DELIVERED
    due = promise.target_on(day).due_on
    return PromiseState.MISSED if due is not None and due < day else PromiseState.OPEN


def _target_state(promise: PromiseRow, done: Delivered, day: date, foreseen: PromiseState | None) -> PromiseState:
    """Return how a target stands: reached, missed, foreseen, too early to tell, or not measured."""
    line = promise.target_on(day)
    if not _is_measured(promise, done):
        return PromiseState.NOT_MEASURED
    if line.due_on is not None and line.due_on < day:
        return PromiseState.DELIVERED if reached(line, done.in_time) else PromiseState.MISSED
    if done.figure is not None and reached(line, done.figure.amount):
        return PromiseState.DELIVERED
    return foreseen or PromiseState.TOO_EARLY


def levels(promise: PromiseRow, tally: Tally) -> tuple[tuple[date, Decimal], ...]:
    """Return the level after each step, from the stated baseline on; steps of one day are one level."""
    level = promise.baseline or Decimal(0)
    points: dict[date, Decimal] = {}
    if promise.baseline_on is not None:
        points[promise.baseline_on] = level
    for step in sorted(tally.steps, key=lambda one: one.starts_on):
        level += step.amount
        day = step.starts_on if promise.baseline_on is None else max(step.starts_on, promise.baseline_on)
        points[day] = level
    return tuple(points.items())


def states_count(states: Sequence[PromiseState]) -> Mapping[PromiseState, int]:
    """Return how many promises stand in each state, in the order of the states, without the empty ones."""
    return {state: states.count(state) for state in PromiseState if state in states}
