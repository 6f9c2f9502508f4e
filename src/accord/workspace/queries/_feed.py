"""What a private calendar feed shows: the bookings of one person, and of nobody else."""

from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta, tzinfo

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accord.kernel import secret as secrets
from accord.kernel.access import Actor
from accord.kernel.refused import NotThere
from accord.people.enums import PersonState
from accord.ui import say
from accord.workspace.enums import OccurrenceState
from accord.workspace.models import Booking, CalendarFeed, Occurrence, Space
from accord.workspace.queries._ics import CANCELLED, CONFIRMED, TENTATIVE, Entry

BEFORE, AHEAD = timedelta(days=60), timedelta(days=400)
STATUSES = {
    OccurrenceState.REQUESTED: TENTATIVE,
    OccurrenceState.WAITING: TENTATIVE,
    OccurrenceState.CONFIRMED: CONFIRMED,
    OccurrenceState.ATTENDED: CONFIRMED,
}
"""What a calendar says of each state; all others are called off."""

Address = Callable[[str, int], str]
"""Returns the address of a booking's page from the key of its site and its number."""


def feed_of_person(actor: Actor) -> CalendarFeed | None:
    """Return the feed that the person who acts has open; None where they have none."""
    return CalendarFeed.objects.filter(person=actor.person_id, revoked_at=None).order_by("-made_at").first()


def find_feed(token: str) -> CalendarFeed:
    """Return the open feed of a token, of somebody who may still sign in. Raises `NotThere`."""
    found = (
        CalendarFeed.objects.filter(digest=secrets.digest_of(token), revoked_at=None)
        .filter(person__account__is_active=True, person__state=PersonState.ACTIVE)
        .select_related("person")
        .first()
    )
    if found is None:
        raise NotThere(_("This calendar address leads nowhere. Make a new one on the page of your bookings."))
    return found


def entries_of(feed: CalendarFeed, *, at: datetime, address: Address, host: str) -> list[Entry]:
    """Return the dates that a feed shows: the person's own, from two months back to a year ahead; one query.

    What was called off stays, marked so, while it lies ahead: a calendar that read it before has to strike it.
    """
    gone = Q(state__in=STATUSES) | Q(during__endswith__gt=at)
    rows = (
        _dates(Occurrence.objects.filter(booking__owner=feed.person_id))
        .filter(gone, during__startswith__lt=at + AHEAD, during__endswith__gt=at - BEFORE)
        .order_by("during", "pk")
    )
    return [entry_of(row, address=address, host=host) for row in rows]


def dates_to_tell(booking: Booking, states: Iterable[str]) -> list[Occurrence]:
    """Return the dates of a booking in these states, with what an invitation says; one query."""
    return list(_dates(booking.occurrences.filter(state__in=states)).order_by("sequence", "pk"))


def entry_of(date: Occurrence, *, address: Address, host: str, uid: str = "", is_told_code: bool = True) -> Entry:
    """Return one date of a booking as a calendar's entry."""
    booking, space = date.booking, date.space
    assert booking is not None  # noqa: S101 (asked for by the queries above; the schema says so of this kind)
    site = space.floor.building.site
    state = OccurrenceState(date.state)
    code = _("Code at the door: %(code)s.") % {"code": booking.code}
    note = [booking.note, code if is_told_code and state in STATUSES else "", state.label]
    return Entry(
        uid=uid or f"{booking.key}-{date.sequence}@{host}",
        starts_at=date.during.lower,
        ends_at=date.during.upper,
        title=booking.title,
        place=place_of(space),
        status=STATUSES.get(state, CANCELLED),
        revision=booking.version - 1 + getattr(date, "changes", 0),
        stamp=max(one for one in (date.made_at, date.settled_at, date.checked_in_at) if one),
        text="\n".join(str(one) for one in note if one),
        url=address(site.key, booking.pk),
        is_private=booking.is_private,
    )


def place_of(space: Space) -> str:
    """Return where a space is, from its code to its site."""
    building = space.floor.building
    return ", ".join(str(one) for one in (space.code, space.name, building.name, building.site.name) if one)


def local_span(starts_at: datetime, ends_at: datetime, zone: tzinfo, *, with_weekday: bool = False) -> str:
    """Return from when until when, on the wall of a zone: 4 Mar 2027, 09:00–10:30."""
    first, last = starts_at.astimezone(zone), ends_at.astimezone(zone)
    if first.date() == last.date():
        return f"{_moment(first, with_weekday=with_weekday)}–{last:%H:%M}"
    return f"{_moment(first, with_weekday=with_weekday)} – {_moment(last, with_weekday=with_weekday)}"


def weekday_of(day: date, *, in_full: bool = False) -> str:
    """Return the weekday: Tue, or Tuesday in full; 周二, or 星期二."""
    if say.is_chinese():
        return ("星期" if in_full else "周") + "一二三四五六日"[day.weekday()]
    return date_format(day, "l" if in_full else "D")


def _moment(local: datetime, *, with_weekday: bool) -> str:
    """Return the day and the hour of a moment on the wall."""
    day = say.day(local.date())
    if say.is_chinese():
        return f"{day}{weekday_of(local) if with_weekday else ''} {local:%H:%M}"
    return f"{weekday_of(local)} {day}, {local:%H:%M}" if with_weekday else f"{day}, {local:%H:%M}"


def _dates(every: QuerySet[Occurrence]) -> QuerySet[Occurrence]:
    """Return dates with all that an entry says, and how often each was changed, as the history has it."""
    events = Occurrence.pgh_event_model.objects  # type: ignore[attr-defined]  # what `audited` adds
    changes = events.filter(pgh_obj=OuterRef("pk")).order_by().values("pgh_obj").annotate(n=Count("pk")).values("n")
    return every.annotate(changes=Coalesce(Subquery(changes), 0)).select_related(
        "booking", "space__floor__building__site"
    )
