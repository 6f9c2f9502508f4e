"""The board: every promise of an agreement with what was promised, delivered and forecast."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from accord.agreements.enums import PromiseKind
from accord.agreements.queries import (
    Agreement,
    Commitment,
    PromiseRow,
    TargetLine,
    find_commitment,
    parties_of,
    promise_rows,
)
from accord.kernel.clock import end_of
from accord.kernel.measure import Measure
from accord.kernel.text import Bilingual
from accord.measures.enums import PromiseState
from accord.measures.queries._catalogue import measure
from accord.measures.queries._changes import (
    Clocks,
    RecentChange,
    Tally,
    counted_records,
    recent_changes,
    tally_by_day,
    tally_by_week,
)
from accord.measures.queries._foreseen import Foreseen, foresee_now, lately_foreseen
from accord.measures.queries._standing import Delivered, ask, delivered, levels, state_of

LATELY = timedelta(days=7)
MOST_RECENT = 8
NOTABLE = 0.10


@dataclass(frozen=True, slots=True)
class Standing:
    """One promise on a day: as agreed, as delivered, as foreseen."""

    promise: PromiseRow
    measure: Measure | None
    line: TargetLine
    done: Delivered
    state: PromiseState
    foreseen: Foreseen | None
    levels: tuple[tuple[date, Decimal], ...]

    @property
    def dormant_days(self) -> int | None:
        """Return for how many days nothing was recorded, where that is long and something is still to come."""
        is_over = self.state in {PromiseState.DELIVERED, PromiseState.MISSED}
        return None if is_over or self.promise.kind == PromiseKind.MILESTONE else self.done.dormant_days


@dataclass(frozen=True, slots=True)
class Moved:
    """A forecast that changed notably since the week before."""

    promise: PromiseRow
    week_on: date
    before: float
    now: float


@dataclass(frozen=True, slots=True)
class Board:
    """An agreement's promises on a day, and what changed in the seven days before."""

    agreement: Agreement
    clocks: Clocks
    standings: tuple[Standing, ...]
    recent: tuple[RecentChange, ...]
    moved: tuple[Moved, ...]

    @property
    def states(self) -> list[PromiseState]:
        """Return the state of each promise."""
        return [standing.state for standing in self.standings]

    def by_section(self) -> list[tuple[Bilingual, list[Standing]]]:
        """Return the promises under their headings, in the agreement's order."""
        groups: list[tuple[Bilingual, list[Standing]]] = []
        for standing in self.standings:
            if not groups or groups[-1][0] != standing.promise.section:
                groups.append((standing.promise.section, []))
            groups[-1][1].append(standing)
        return groups


def clocks(as_of: date, known_on: date | None = None) -> Clocks:
    """Return the two bounds of a board: things that occurred, and were recorded, by the end of these days."""
    return Clocks(as_of, end_of(known_on or as_of))


def board(agreement: Agreement, bounds: Clocks) -> Board:
    """Return the agreement's board; the same number of queries for any number of promises and records."""
    promises = promise_rows(Commitment.objects.filter(agreement=agreement))
    asked = [ask(one, bounds.as_of) for one in promises]
    tallies = tally_by_week(asked, bounds)
    stored = lately_foreseen(promises, _last_known_day(bounds))
    parties = [party.pk for party in parties_of(agreement)]
    since = end_of(bounds.as_of - LATELY)
    recent = recent_changes(asked, bounds, parties=parties, since=since, limit=MOST_RECENT)
    return Board(
        agreement=agreement,
        clocks=bounds,
        standings=tuple(standing_of(one, tallies[one.pk], bounds, stored.get(one.pk, [])) for one in promises),
        recent=tuple(recent),
        moved=tuple(moved for one in promises if (moved := _moved(one, stored.get(one.pk, [])))),
    )


def promise_standing(agreement: Agreement, key: str, bounds: Clocks) -> tuple[Commitment, Standing]:
    """Return one promise on a day, its steps day by day; raises `NotThere`."""
    commitment = find_commitment(agreement, key)
    promise = promise_rows(Commitment.objects.filter(pk=commitment.pk))[0]
    tally = tally_by_day([ask(promise, bounds.as_of)], bounds)[promise.pk]
    stored = lately_foreseen([promise], _last_known_day(bounds))
    return commitment, standing_of(promise, tally, bounds, stored.get(promise.pk, []))


def counted_for(standing: Standing, bounds: Clocks, *, limit: int | None = None) -> list[RecentChange]:
    """Return what contexts count for a promise by the end of the day, latest first; one query."""
    return counted_records(ask(standing.promise, bounds.as_of), bounds, limit=limit)


def standing_of(promise: PromiseRow, tally: Tally, bounds: Clocks, stored: Sequence[Foreseen]) -> Standing:
    """Put together how one promise stands; where no forecast of the fortnight is stored, it is made now."""
    day = bounds.as_of
    done = delivered(promise, tally, day)
    foreseen = stored[0] if stored else foresee_now(promise, tally, day)
    return Standing(
        promise=promise,
        measure=measure(promise.measure_code),
        line=promise.target_on(day),
        done=done,
        state=state_of(promise, done, day, foreseen=_word(foreseen)),
        foreseen=foreseen,
        levels=levels(promise, tally),
    )


FORESEEN = frozenset(
    {
        PromiseState.VERY_LIKELY,
        PromiseState.LIKELY,
        PromiseState.EVEN,
        PromiseState.UNLIKELY,
        PromiseState.VERY_UNLIKELY,
        PromiseState.TOO_EARLY,
    }
)


def _word(foreseen: Foreseen | None) -> PromiseState | None:
    """Return the forecast's word, if it says one."""
    return foreseen.state if foreseen is not None and foreseen.state in FORESEEN else None


def _last_known_day(bounds: Clocks) -> date:
    """Return the last day whose snapshots may be read: what was taken later was not known."""
    return min(bounds.as_of, bounds.known_before.date() - timedelta(days=1))


def _moved(promise: PromiseRow, stored: Sequence[Foreseen]) -> Moved | None:
    """Return that a forecast moved by ten points or more between the last two Mondays, where it did."""
    if len(stored) < 2:  # noqa: PLR2004 (a move needs two)
        return None
    now, before = stored[0], stored[1]
    if now.probability is None or before.probability is None:
        return None
    if abs(now.probability - before.probability) < NOTABLE:
        return None
    return Moved(promise, now.week_on, before.probability, now.probability)
