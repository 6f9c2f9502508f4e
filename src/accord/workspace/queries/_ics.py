"""Bookings as calendars read them (RFC 5545): a feed with an entry a date, and invitations to single dates and series.

A feed's dates stand in UTC, each as its own entry: no reader has to expand a rule, and a clock change moves nothing. An
invitation to a series is one entry with its rule in the site's zone, as mail programs expect it (RFC 5546): what was
refused stands in EXDATE, and a date that was moved in an entry of its own.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, vCalAddress, vRecur, vText

from accord.workspace.queries._series import dates_of

PRODUCT = "-//Accord//Work space//EN"
REFRESHED = "PT1H"

TENTATIVE, CONFIRMED, CANCELLED = "TENTATIVE", "CONFIRMED", "CANCELLED"


@dataclass(frozen=True, slots=True)
class Entry:
    """One date as a calendar shows it. `revision` grows with every change; `stamp` is when it was last changed."""

    uid: str
    starts_at: datetime
    ends_at: datetime
    title: str
    place: str
    status: str
    revision: int
    stamp: datetime
    text: str = ""
    url: str = ""
    is_private: bool = False


@dataclass(frozen=True, slots=True)
class Attendance:
    """Who invites whom: names and addresses."""

    organiser_name: str
    organiser_email: str
    guest_name: str
    guest_email: str


@dataclass(frozen=True, slots=True)
class Series:
    """By which rule the dates of a booking follow its first start, at the same time of day in the zone."""

    rule: str
    first: datetime
    minutes: int
    zone: ZoneInfo


def feed_of(entries: Iterable[Entry], *, name: str) -> bytes:
    """Return a calendar with an entry for each date."""
    calendar = _calendar("PUBLISH")
    calendar.add("x-wr-calname", name)
    calendar.add("name", name)
    calendar.add("refresh-interval", timedelta(hours=1), parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", REFRESHED)
    for entry in entries:
        calendar.add_component(_event(entry))
    return bytes(calendar.to_ical())


def invitation(
    dates: Sequence[tuple[int, Entry]], *, series: Series | None, who: Attendance, is_off: bool = False
) -> bytes:
    """Return the invitation to the dates of a booking, each with its place in the series; `is_off` calls all off."""
    calendar = _calendar("CANCEL" if is_off else "REQUEST")
    events = _series(dates, series) if series else [_event(dates[0][1])]
    for event in events:
        calendar.add_component(_with_people(event, who))
    if series:
        span = [entry.starts_at.date() for _place, entry in dates]
        calendar.add_missing_timezones(
            first_date=min(span) - timedelta(days=366), last_date=max(span) + timedelta(days=366)
        )
    return bytes(calendar.to_ical())


def starts_of(series: Series) -> list[datetime]:
    """Return the starts of a series as its rule has them, in its zone."""
    return [one.astimezone(series.zone) for one in dates_of(series.rule, series.first, series.zone)]


def _series(dates: Sequence[tuple[int, Entry]], series: Series) -> list[Event]:
    """Return the entry of a whole series, and one for each date that does not stand where the rule puts it."""
    zone, length = series.zone, timedelta(minutes=series.minutes)
    starts = starts_of(series)
    held = {place for place, _entry in dates}
    lead = _event(dates[0][1])
    for name in ("dtstart", "dtend"):
        del lead[name]
    lead.add("dtstart", starts[0])
    lead.add("dtend", (starts[0].astimezone(UTC) + length).astimezone(zone))
    lead.add("rrule", vRecur.from_ical(series.rule))
    missing = [start for place, start in enumerate(starts) if place not in held]
    if missing:
        lead.add("exdate", missing)
    return [lead, *_moved(dates, starts, length)]


def _moved(dates: Sequence[tuple[int, Entry]], starts: Sequence[datetime], length: timedelta) -> Iterable[Event]:
    """Yield an entry for each date that was moved or has another length."""
    for place, entry in dates:
        if entry.starts_at != starts[place] or entry.ends_at - entry.starts_at != length:
            event = _event(entry)
            event.add("recurrence-id", starts[place])
            yield event


def _calendar(method: str) -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", method)
    return calendar


def _event(entry: Entry) -> Event:
    """Return one date in UTC."""
    event = Event()
    event.add("uid", entry.uid)
    event.add("dtstamp", entry.stamp.astimezone(UTC))
    event.add("last-modified", entry.stamp.astimezone(UTC))
    event.add("sequence", entry.revision)
    event.add("dtstart", entry.starts_at.astimezone(UTC))
    event.add("dtend", entry.ends_at.astimezone(UTC))
    event.add("summary", entry.title)
    event.add("location", entry.place)
    event.add("status", entry.status)
    event.add("class", "PRIVATE" if entry.is_private else "PUBLIC")
    event.add("transp", "TRANSPARENT" if entry.status == CANCELLED else "OPAQUE")
    for name, value in (("description", entry.text), ("url", entry.url)):
        if value:
            event.add(name, value)
    return event


def _with_people(event: Event, who: Attendance) -> Event:
    """Return an entry with who invites and who is invited."""
    organiser = vCalAddress(f"mailto:{who.organiser_email}")
    organiser.params["CN"] = vText(who.organiser_name)
    guest = vCalAddress(f"mailto:{who.guest_email}")
    guest.params["CN"] = vText(who.guest_name or who.guest_email)
    guest.params["ROLE"], guest.params["PARTSTAT"], guest.params["RSVP"] = "REQ-PARTICIPANT", "NEEDS-ACTION", "FALSE"
    event["organizer"] = organiser
    event.add("attendee", guest, encode=False)
    return event
