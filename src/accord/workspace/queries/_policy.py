"""When a space may be booked by its rules: opening hours, portions, lengths, notice; nothing is asked of the database.

All times of day are those of the site's zone. One that does not exist on a day, because clocks go forward over it, is
as much later as they go forward; one that exists twice is the first of the two (RFC 5545, 3.3.5).
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from accord.workspace.enums import BookingMode
from accord.workspace.models import BookingPolicy, Space

MIDNIGHT = "24:00"
FAR = datetime(9000, 1, 1, tzinfo=UTC)
"""Where what has no end is said to end: every zone can tell it."""
LONGEST_DAYS = 62
"""Longer than that nothing is booked in one piece."""


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A while, half-open: its first moment, and the first moment after it."""

    starts_at: datetime
    ends_at: datetime

    @property
    def minutes(self) -> int:
        """Return how long it is."""
        return int((self.ends_at - self.starts_at).total_seconds() // 60)

    @property
    def range(self) -> DateTimeTZRange:
        """Return it as the database keeps it."""
        return DateTimeTZRange(self.starts_at, self.ends_at)

    @classmethod
    def of(cls, value: DateTimeTZRange) -> "Span":
        """Return a while as it is kept; one without end goes on for as long as any zone can tell."""
        return cls(value.lower, value.upper or FAR)

    def overlaps(self, other: "Span") -> bool:
        """Say whether the two share a moment."""
        return self.starts_at < other.ends_at and other.starts_at < self.ends_at


@dataclass(frozen=True, slots=True)
class Obstacle:
    """Why a date cannot be had: a stable code, and a sentence that says how to mend it."""

    code: str
    sentence: str | Promise


def at_wall(day: date, clock: time, zone: ZoneInfo) -> datetime:
    """Return the moment, in UTC, at which a clock in the zone shows this time on this day."""
    return datetime.combine(day, clock, zone).astimezone(UTC)


def span_of(policy: BookingPolicy | None, zone: ZoneInfo, starts_at: datetime, minutes: int) -> Span:
    """Return the while that begins then; by day and half day it ends by the clock on the wall, whatever clocks do."""
    if policy is None or policy.mode == BookingMode.TIME:
        return Span(starts_at, starts_at + timedelta(minutes=minutes))
    wall = starts_at.astimezone(zone).replace(tzinfo=None) + timedelta(minutes=minutes)
    return Span(starts_at, at_wall(wall.date(), wall.time(), zone))


def blocked_by(policy: BookingPolicy | None, span: Span) -> Span:
    """Return the while with what is kept free before and after."""
    if policy is None:
        return span
    before, after = timedelta(minutes=policy.before_minutes), timedelta(minutes=policy.after_minutes)
    return Span(span.starts_at - before, span.ends_at + after)


def opening_on(policy: BookingPolicy, zone: ZoneInfo, day: date) -> list[Span]:
    """Return when a space is open on a day, in order; none where it is closed."""
    spans = (
        Span(_moment(day, start, zone), _moment(day, end, zone))
        for start, end in policy.opening.get(str(day.isoweekday()), [])
    )
    return sorted(one for one in spans if one.starts_at < one.ends_at)


def opening_between(policy: BookingPolicy, zone: ZoneInfo, first: date, last: date) -> list[Span]:
    """Return when a space is open from one day to another, hours that meet at midnight made one."""
    found: list[Span] = []
    for number in range((last - first).days + 1):
        for one in opening_on(policy, zone, first + timedelta(days=number)):
            if found and found[-1].ends_at == one.starts_at:
                found[-1] = Span(found[-1].starts_at, one.ends_at)
            else:
                found.append(one)
    return found


def portions_on(policy: BookingPolicy, zone: ZoneInfo, day: date) -> list[Span]:
    """Return the portions of a day that are booked whole: two by half day, one by day, the opening hours by time."""
    opening = opening_on(policy, zone, day)
    if not opening or policy.mode == BookingMode.TIME:
        return opening
    whole = Span(opening[0].starts_at, opening[-1].ends_at)
    noon = at_wall(day, policy.half_day_at, zone) if policy.half_day_at else whole.ends_at
    if policy.mode == BookingMode.DAY or not whole.starts_at < noon < whole.ends_at:
        return [whole]
    return [Span(whole.starts_at, noon), Span(noon, whole.ends_at)]


def starts_on(policy: BookingPolicy, zone: ZoneInfo, day: date) -> list[datetime]:
    """Return the moments of a day at which a booking may begin."""
    if policy.mode != BookingMode.TIME:
        return [one.starts_at for one in portions_on(policy, zone, day)]
    step = timedelta(minutes=policy.step_minutes)
    return [
        one.starts_at + number * step
        for one in opening_on(policy, zone, day)
        for number in range(-((one.starts_at - one.ends_at) // step))
    ]


def obstacle_of(
    policy: BookingPolicy | None, zone: ZoneInfo, span: Span, *, at: datetime | None = None
) -> Obstacle | None:
    """Return what the rules have against a booking, or None; with `at` also of notice and how far ahead it is."""
    if policy is None:
        return Obstacle("not-bookable", _("This space is not booked here. Choose one that is."))
    return (
        (_wrong_moment(policy, span, at) if at else None) or _wrong_length(policy, span) or _closed(policy, zone, span)
    )


def outside_operation(space: Space, zone: ZoneInfo, span: Span) -> Obstacle | None:
    """Return that a space is not in operation for the whole of a booking, or None."""
    last = (span.ends_at - timedelta(microseconds=1)).astimezone(zone).date()
    if span.starts_at.astimezone(zone).date() < space.starts_on:
        return Obstacle("not-in-operation", _("The space is not in operation yet. Choose a later day."))
    if space.ends_on is not None and last >= space.ends_on:
        return Obstacle("not-in-operation", _("The space is out of operation by then. Choose an earlier day."))
    return None


def _wrong_moment(policy: BookingPolicy, span: Span, at: datetime) -> Obstacle | None:
    """Say that a booking begins too soon or too late; a portion that has begun can still be had."""
    running = timedelta(minutes=policy.step_minutes)
    latest = span.ends_at if policy.mode != BookingMode.TIME else span.starts_at + running
    if latest <= at:
        return Obstacle("in-the-past", _("This time is over. Choose a later one."))
    notice = timedelta(minutes=policy.notice_minutes)
    if notice and span.starts_at < at + notice:
        return Obstacle(
            "notice-too-short",
            _("This space is booked %(notice)s or more ahead. Choose a later time.") % {"notice": lasting(notice)},
        )
    if span.starts_at > at + timedelta(days=policy.advance_days):
        return Obstacle(
            "too-far-ahead",
            ngettext_lazy(
                "This space is booked at most %(days)s day ahead. Choose an earlier day.",
                "This space is booked at most %(days)s days ahead. Choose an earlier day.",
                policy.advance_days,
            )
            % {"days": policy.advance_days},
        )
    return None


def _wrong_length(policy: BookingPolicy, span: Span) -> Obstacle | None:
    """Say that a booking is too short, too long or off the steps; one whole portion is never too long."""
    if span.minutes < policy.min_minutes:
        least = lasting(timedelta(minutes=policy.min_minutes))
        return Obstacle("too-short", _("This space is booked for %(least)s or longer.") % {"least": least})
    most = timedelta(minutes=policy.max_minutes)
    if policy.mode != BookingMode.TIME:
        most = max(most, timedelta(days=1))
    if span.ends_at - span.starts_at > min(most, timedelta(days=LONGEST_DAYS)):
        return Obstacle("too-long", _("This space is booked for %(most)s or shorter.") % {"most": lasting(most)})
    return None


def _closed(policy: BookingPolicy, zone: ZoneInfo, span: Span) -> Obstacle | None:
    """Say that a booking lies outside opening hours, or does not fit the portions in which the space is booked."""
    first = span.starts_at.astimezone(zone).date()
    last = (span.ends_at - timedelta(microseconds=1)).astimezone(zone).date()
    if policy.mode != BookingMode.TIME:
        return _off_portions(policy, zone, span, first, last)
    around = opening_between(policy, zone, first - timedelta(days=1), last)
    if not any(one.starts_at <= span.starts_at and span.ends_at <= one.ends_at for one in around):
        return _shut(policy, zone, first)
    step = timedelta(minutes=policy.step_minutes)
    begun = next(one for one in reversed(opening_on(policy, zone, first)) if one.starts_at <= span.starts_at)
    if (span.starts_at - begun.starts_at) % step or (span.ends_at - span.starts_at) % step:
        return Obstacle(
            "off-step",
            _("This space is booked in steps of %(step)s. Choose a start and a length that fit.")
            % {"step": lasting(step)},
        )
    return None


def _off_portions(policy: BookingPolicy, zone: ZoneInfo, span: Span, first: date, last: date) -> Obstacle | None:
    """Say that a booking does not run over whole portions of days that are all open."""
    days = [portions_on(policy, zone, first + timedelta(days=number)) for number in range((last - first).days + 1)]
    if not all(days):
        closed = next(number for number, portions in enumerate(days) if not portions)
        return _shut(policy, zone, first + timedelta(days=closed))
    starts, ends = {one.starts_at for one in days[0]}, {one.ends_at for one in days[-1]}
    if span.starts_at in starts and span.ends_at in ends:
        return None
    words = {
        BookingMode.DAY: _("This space is booked by whole days. Choose a day."),
        BookingMode.HALF_DAY: _("This space is booked by half days. Choose the morning, the afternoon or both."),
    }
    return Obstacle("off-step", words[BookingMode(policy.mode)])


def _shut(policy: BookingPolicy, zone: ZoneInfo, day: date) -> Obstacle:
    """Say when the space is open on the day instead."""
    opening = opening_on(policy, zone, day)
    if not opening:
        return Obstacle("outside-opening", _("The space is closed on this day of the week. Choose another day."))
    hours = ", ".join(f"{_clock(one.starts_at, zone)}–{_clock(one.ends_at, zone)}" for one in opening)
    return Obstacle(
        "outside-opening", _("On this day the space is open %(hours)s. Choose a time within.") % {"hours": hours}
    )


def lasting(length: timedelta) -> str | Promise:
    """Return a length in words: whole days, whole hours or minutes."""
    minutes = int(length.total_seconds() // 60)
    if minutes and minutes % 1440 == 0:
        return ngettext_lazy("%(n)s day", "%(n)s days", minutes // 1440) % {"n": minutes // 1440}
    if minutes and minutes % 60 == 0:
        return ngettext_lazy("%(n)s hour", "%(n)s hours", minutes // 60) % {"n": minutes // 60}
    return ngettext_lazy("%(n)s minute", "%(n)s minutes", minutes) % {"n": minutes}


def _clock(moment: datetime, zone: ZoneInfo) -> str:
    return f"{moment.astimezone(zone):%H:%M}"


def _moment(day: date, clock: str, zone: ZoneInfo) -> datetime:
    """Return the moment that a rule names; 24:00 is the first of the next day."""
    if clock == MIDNIGHT:
        return at_wall(day + timedelta(days=1), time(), zone)
    return at_wall(day, time.fromisoformat(clock), zone)
