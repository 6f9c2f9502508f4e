"""Lays a day of a space out as the cells of a table: what is free opens the form, what is taken says so."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils.translation import gettext as _

from accord.workspace.enums import BookingMode, OccurrenceKind, OccurrenceState
from accord.workspace.queries import Space, Span, Taken, portions_on
from accord.workspace.views._booking_places import Place

QUARTER, HOUR = 15, 60
EARLIEST, LATEST = 8 * HOUR, 18 * HOUR
"""What is shown at least, in minutes of the day."""

DAY = 24 * HOUR
SHUT, FREE, PAST, BUFFER = "shut", "free", "past", "buffer"


@dataclass(frozen=True, slots=True)
class Window:
    """The hours of a day that a table shows, in minutes of the day."""

    first: int
    last: int

    @property
    def hours(self) -> range:
        """Return the hours, each a column of four quarters."""
        return range(self.first // HOUR, self.last // HOUR)

    @property
    def quarters(self) -> int:
        """Return how many quarters of an hour there are."""
        return (self.last - self.first) // QUARTER


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: what it is, how wide, from when until when, its words, and where it leads."""

    kind: str
    span: int
    clock: str
    word: str = ""
    detail: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the table: a space, or a day of one."""

    space: Space
    day: date
    cells: Sequence[Cell]
    is_today: bool = False


@dataclass(frozen=True, slots=True)
class Free:
    """A quarter that nothing takes, and in which portion of the day it lies."""

    portion: int


Slot = str | Free | Taken


def window_of(spans: Iterable[Span], zone: ZoneInfo) -> Window:
    """Return whole hours that hold all of these whiles, and a working day at least."""
    first, last = EARLIEST, LATEST
    for span in spans:
        day = span.starts_at.astimezone(zone).date()
        first = min(first, _minute(span.starts_at, day, zone) // HOUR * HOUR)
        last = max(last, -(-_minute(span.ends_at, day, zone) // HOUR) * HOUR)
    return Window(first, last)


@dataclass(frozen=True, slots=True)
class DayOfSpace:
    """A day of a space, quarter by quarter, within the hours that are shown."""

    place: Place
    space: Space
    day: date
    window: Window

    @property
    def is_by_time(self) -> bool:
        """Say whether the space is booked from any time on, and not in whole portions of a day."""
        return self.space.policy is None or self.space.policy.mode == BookingMode.TIME

    def cells(self, opening: Sequence[Span], taken: Sequence[Taken]) -> tuple[Cell, ...]:
        """Return the cells, from the first hour to the last."""
        portions = portions_on(self.space.policy, self.place.zone, self.day) if self.space.policy else list(opening)
        slots = self._slots(portions, taken)
        made: list[Cell] = []
        at = 0
        for _key, group in groupby(range(len(slots)), key=lambda quarter: self._kind(slots[quarter], quarter)):
            width = len(list(group))
            made.append(self._cell(slots[at], at, width, portions))
            at += width
        return tuple(made)

    def _slots(self, portions: Sequence[Span], taken: Sequence[Taken]) -> list[Slot]:
        """Return what each quarter is."""
        slots: list[Slot] = [SHUT] * self.window.quarters
        for number, portion in enumerate(portions):
            for quarter in self._quarters(portion):
                slots[quarter] = Free(number)
        over = (_minute(self.place.now, self.day, self.place.zone) - self.window.first) // QUARTER
        for quarter in range(min(max(over, 0), len(slots))):
            slots[quarter] = PAST if slots[quarter] != SHUT else SHUT
        for one in taken:
            self._take(slots, one)
        if not self.is_by_time:
            self._spoil(slots, portions)
        return slots

    def _take(self, slots: list[Slot], one: Taken) -> None:
        """Mark what is taken and what is kept free around it; a request is marked for those who may know of it."""
        if one.holds:
            for quarter in self._quarters(one.blocked):
                if isinstance(slots[quarter], Free):
                    slots[quarter] = BUFFER
        if one.holds or one.is_known:
            for quarter in self._quarters(one.span):
                if one.holds or isinstance(slots[quarter], Free):
                    slots[quarter] = one

    def _spoil(self, slots: list[Slot], portions: Sequence[Span]) -> None:
        """Close portions that are booked whole and are not free as a whole."""
        for number, portion in enumerate(portions):
            quarters = self._quarters(portion)
            if any(slots[quarter] != Free(number) for quarter in quarters):
                for quarter in quarters:
                    if isinstance(slots[quarter], Free):
                        slots[quarter] = BUFFER

    def _kind(self, slot: Slot, quarter: int) -> object:
        """Return what sets a quarter apart: what is free by time falls apart at every hour."""
        if isinstance(slot, Taken):
            return slot.occurrence
        return (slot, quarter * QUARTER // HOUR) if isinstance(slot, Free) and self.is_by_time else slot

    def _cell(self, slot: Slot, at: int, width: int, portions: Sequence[Span]) -> Cell:
        """Return one cell."""
        first = self.window.first + at * QUARTER
        last = first + width * QUARTER
        clock = f"{_clock(first)}–{_clock(last)}"
        if isinstance(slot, Taken):
            return self._taken(slot, width)
        if isinstance(slot, str):
            words = {PAST: _("over"), SHUT: _("closed"), BUFFER: _("kept free")}
            return Cell(slot, width, clock, words[slot])
        start = self._start(first, last, portions[slot.portion])
        if start is None:
            return Cell(BUFFER, width, clock, _("kept free"))
        return Cell(FREE, width, _clock(start) if self.is_by_time else clock, _("free"), "", self._form(start))

    def _start(self, first: int, last: int, portion: Span) -> int | None:
        """Return the first minute at which a booking may begin here; None where there is none."""
        policy = self.space.policy
        if policy is None or not self.is_by_time:
            return first
        opens, step = _minute(portion.starts_at, self.day, self.place.zone), policy.step_minutes
        start = opens + -((opens - first) // step) * step
        return start if start < last else None

    def _form(self, minute: int) -> str:
        """Return where the form stands with this time filled in; nothing where it would be refused."""
        policy = self.space.policy
        if not self.place.may_book or policy is None:
            return ""
        if self.day > self.place.today + timedelta(days=policy.advance_days):
            return ""
        form = reverse("workspace:book", args=[self.place.site.key, self.space.pk])
        return f"{form}?day={self.day:%Y-%m-%d}&start={_clock(minute)}"

    def _taken(self, one: Taken, width: int) -> Cell:
        """Return a cell that something takes."""
        zone = self.place.zone
        ends = (_minute(moment, self.day, zone) for moment in (one.span.starts_at, one.span.ends_at))
        clock = "–".join(_clock(minute) for minute in ends)
        if one.kind == OccurrenceKind.CLOSURE:
            return Cell("closed", width, clock, _("Closed"), one.title)
        if one.kind == OccurrenceKind.TENANCY:
            return Cell("let", width, clock, _("Let"))
        url = reverse("workspace:one-booking", args=[self.place.site.key, one.booking]) if one.booking else ""
        kind, word = _standing(one)
        return Cell(kind, width, clock, word, one.title, url)

    def _quarters(self, span: Span) -> range:
        """Return the quarters that a while touches."""
        zone = self.place.zone
        first = max(_minute(span.starts_at, self.day, zone), self.window.first) - self.window.first
        last = min(_minute(span.ends_at, self.day, zone), self.window.last) - self.window.first
        return range(first // QUARTER, -(-last // QUARTER))


def _standing(one: Taken) -> tuple[str, str]:
    """Return how a booking is drawn, and its word."""
    if one.state == OccurrenceState.REQUESTED:
        return "asked", _("Waits for approval")
    if one.is_own:
        return "own", _("Yours, checked in") if one.state == OccurrenceState.ATTENDED else _("Yours")
    return "taken", one.team or _("Taken")


def _minute(moment: datetime, day: date, zone: ZoneInfo) -> int:
    """Return what a clock on the wall shows, as a minute of the day; the day's ends for moments of other days."""
    local = moment.astimezone(zone)
    if local.date() != day:
        return 0 if local.date() < day else DAY
    return local.hour * HOUR + local.minute


def _clock(minute: int) -> str:
    return f"{minute // HOUR:02}:{minute % HOUR:02}"
