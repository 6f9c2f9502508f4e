"""Bookings as lists, as a day of many spaces and as a week of one; each reader sees only what they may know."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Count, Prefetch, Q, QuerySet, Value
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accord.kernel.access import Actor
from accord.kernel.finding import Waiting
from accord.kernel.records import Shown
from accord.kernel.refused import NotThere
from accord.people.queries import Person
from accord.workspace.enums import HOLDING, PENDING, OccurrenceKind, OccurrenceState
from accord.workspace.models import Booking, Closure, Occurrence, Site, Space, TeamMember
from accord.workspace.queries._knowing import Knows
from accord.workspace.queries._policy import Span, at_wall, opening_on
from accord.workspace.queries._slots import floors_once, zone_of, zone_of_space
from accord.workspace.queries._visible import find_site
from accord.workspace.rules import EVERY_ROLE, KEEPING, may_keep_bookings


@dataclass(frozen=True, slots=True)
class Taken:
    """One date in a grid, as one reader may know it: title, team and link are empty for others."""

    occurrence: int
    space: int
    kind: OccurrenceKind
    state: OccurrenceState
    span: Span
    blocked: Span
    title: str = ""
    team: str = ""
    owner: str = ""
    booking: int | None = None
    is_own: bool = False

    @property
    def is_known(self) -> bool:
        """Say whether the reader may know who or what it is."""
        return bool(self.title)

    @property
    def holds(self) -> bool:
        """Say whether it keeps others out."""
        return self.state in HOLDING


@dataclass(frozen=True, slots=True)
class GridRow:
    """A space on a day: when it is open, and what takes it."""

    space: Space
    opening: tuple[Span, ...]
    taken: tuple[Taken, ...]


@dataclass(frozen=True, slots=True)
class DayGrid:
    """Every space of a site that can be booked, on one day of the site's zone."""

    day: date
    span: Span
    rows: tuple[GridRow, ...]
    zone: ZoneInfo


@dataclass(frozen=True, slots=True)
class WeekDay:
    """One day of a space."""

    day: date
    opening: tuple[Span, ...]
    taken: tuple[Taken, ...]


@dataclass(frozen=True, slots=True)
class Week:
    """A space from Monday to Sunday."""

    space: Space
    monday: date
    days: tuple[WeekDay, ...]
    zone: ZoneInfo


def day_of(zone: ZoneInfo, day: date) -> Span:
    """Return a day of the zone, from midnight to midnight."""
    midnight = datetime.min.time()
    return Span(at_wall(day, midnight, zone), at_wall(day + timedelta(days=1), midnight, zone))


def day_grid(
    site: Site,
    day: date,
    viewer: Actor | None,
    *,
    kinds: Collection[str] = (),
    floor: int | None = None,
    spaces: QuerySet[Space] | None = None,
) -> DayGrid:
    """Return the spaces that can be booked with what takes them on a day; at most four queries."""
    zone = zone_of(site)
    span = day_of(zone, day)
    found = bookable_spaces(site, on=day) if spaces is None else spaces
    if kinds:
        found = found.filter(kind__in=list(kinds))
    if floor is not None:
        found = found.filter(floor=floor)
    listed = list(found)
    taken = _taken([one.pk for one in listed], span, Knows.of(viewer, site, day))
    opening = {one.policy_id: tuple(opening_on(one.policy, zone, day)) for one in listed if one.policy}
    rows = tuple(GridRow(one, opening.get(one.policy_id, ()), tuple(taken[one.pk])) for one in listed)
    return DayGrid(day, span, rows, zone)


def week_of(space: Space, monday: date, viewer: Actor | None) -> Week:
    """Return what takes a space from a Monday to the Sunday after; at most three queries."""
    zone = zone_of_space(space)
    days = [monday + timedelta(days=number) for number in range(7)]
    whole = Span(day_of(zone, days[0]).starts_at, day_of(zone, days[-1]).ends_at)
    site = space.floor.building.site
    taken = _taken([space.pk], whole, Knows.of(viewer, site, monday))[space.pk]
    return Week(
        space,
        monday,
        tuple(
            WeekDay(
                day,
                tuple(opening_on(space.policy, zone, day)) if space.policy else (),
                tuple(one for one in taken if one.span.overlaps(day_of(zone, day))),
            )
            for day in days
        ),
        zone,
    )


def bookable_spaces(site: Site, *, on: date) -> QuerySet[Space]:
    """Return the spaces of a site that are booked and in operation on a day, along its floors."""
    return (
        Space.objects.filter(
            Q(ends_on=None) | Q(ends_on__gt=on), floor__building__site=site, policy__isnull=False, starts_on__lte=on
        )
        .prefetch_related(floors_once(), "policy")
        .order_by("floor__building__position", "floor__building__key", "floor__level", "position", "code", "pk")
    )


def bookings_visible_to(actor: Actor) -> QuerySet[Booking]:
    """Return the bookings that the actor may open: their own, their teams' that are not private, a keeper's all."""
    every = Booking.objects.select_related("space__floor__building__site", "space__policy", "team", "owner", "made_by")
    if actor.is_nobody:
        return every.none()
    if actor.holds(*KEEPING):
        return every
    keeps, works = actor.institutions(*KEEPING), actor.institutions(*EVERY_ROLE)
    teams = TeamMember.objects.filter(person__in=actor.persons, ends_on=None).values("team")
    operator = "space__floor__building__site__operator__in"
    return every.filter(
        Q(owner__in=actor.persons)
        | Q(made_by__in=actor.persons)
        | Q(**{operator: keeps})
        | Q(Q(**{operator: works}) | Q(team__in=teams), is_private=False)
    )


def find_booking(actor: Actor, pk: int) -> Booking:
    """Return a booking with its dates and guests; raises `NotThere` for those who may not know of it."""
    dates = Prefetch("occurrences", Occurrence.objects.order_by("sequence", "pk").select_related("space"))
    found = bookings_visible_to(actor).filter(pk=pk).prefetch_related(dates, "guests").first()
    if found is None:
        raise NotThere(_("There is no booking of this number among those you may see."))
    return found


def find_occurrence(actor: Actor, pk: int) -> Occurrence:
    """Return one date of a booking; raises `NotThere` for those who may not know of it."""
    seen = bookings_visible_to(actor).order_by().values("pk")
    found = occurrences_with_all().filter(pk=pk, kind=OccurrenceKind.BOOKING, booking__in=seen).first()
    if found is None:
        raise NotThere(_("There is no date of this number among those you may see."))
    return found


def occurrences_with_all() -> QuerySet[Occurrence]:
    """Return dates of bookings with all that lists say of them."""
    return Occurrence.objects.filter(kind=OccurrenceKind.BOOKING).select_related(
        "space__floor__building__site", "space__policy", "booking__owner", "booking__team", "booking__made_by"
    )


def bookings_of(person: Person | int) -> QuerySet[Occurrence]:
    """Return the dates that a person has booked or had booked for them, in their order."""
    pk = person if isinstance(person, int) else person.pk
    return occurrences_with_all().filter(booking__owner=pk).order_by("during", "pk")


def bookings_at(site: Site, actor: Actor) -> QuerySet[Occurrence]:
    """Return the dates of a site's bookings that the actor may open, in their order."""
    seen = bookings_visible_to(actor).filter(space__floor__building__site=site).order_by().values("pk")
    return occurrences_with_all().filter(booking__in=seen).order_by("during", "pk")


def waiting_for(space: Space, span: Span) -> QuerySet[Occurrence]:
    """Return who waits or asks for a while in which a space is taken, the first first."""
    return (
        occurrences_with_all()
        .filter(space=space, state__in=PENDING, during__overlap=(span.starts_at, span.ends_at))
        .order_by("made_at", "pk")
    )


def closures_of(site: Site) -> QuerySet[Closure]:
    """Return the closures of a site that were not lifted, the last to begin first."""
    return (
        Closure.objects.filter(site=site, lifted_at=None)
        .select_related("building", "floor__building", "space", "made_by")
        .order_by("-starts_at", "pk")
    )


def find_closure(actor: Actor, key: str, pk: int) -> Closure:
    """Return a closure of a site that the actor may know of; raises `NotThere`."""
    found = Closure.objects.filter(site=find_site(actor, key), pk=pk).select_related("site").first()
    if found is None:
        raise NotThere(_("There is no closure of this number here."))
    return found


def space_by_door(token: str) -> Space:
    """Return the space on whose door this token stands; raises `NotThere`."""
    found = Space.objects.filter(door_token=token).select_related("floor__building__site", "policy").first()
    if found is None or not token:
        raise NotThere(_("No door has this code. Scan the one on the door again."))
    return found


def _taken(spaces: Collection[int], span: Span, knows: Knows) -> defaultdict[int, list[Taken]]:
    """Return by space what takes it in a while, and what is asked for; two queries, each by its own index."""
    found: defaultdict[int, list[Taken]] = defaultdict(list)
    for states in (HOLDING, (OccurrenceState.REQUESTED,)):
        rows = Occurrence.objects.filter(
            space__in=Space.objects.filter(pk__in=list(spaces)).order_by(),
            state__in=states,
            blocked__overlap=span.range,
        )
        for row in rows.order_by("during", "pk").values_list(*TOLD, named=True):
            found[row.space_id].append(_shown(row, knows))
    return found


TOLD = (
    "pk",
    "space_id",
    "kind",
    "state",
    "during",
    "blocked",
    "booking_id",
    "booking__title",
    "booking__is_private",
    "booking__team_id",
    "booking__team__name",
    "booking__owner_id",
    "booking__owner__name",
    "booking__made_by_id",
    "closure__reason",
)
"""What a grid needs of a date: a whole day of many spaces is read at once, so no more than that."""


def _shown(row: Any, knows: Knows) -> Taken:
    """Return a date as the reader may know it."""
    kind, state = OccurrenceKind(row.kind), OccurrenceState(row.state)
    plain = Taken(row.pk, row.space_id, kind, state, Span.of(row.during), Span.of(row.blocked))
    owner, maker = row.booking__owner_id, row.booking__made_by_id
    if row.booking_id is None:
        return replace(plain, title=str(row.closure__reason or ""))
    is_private = row.booking__is_private
    if not knows.title_of(owner=owner, maker=maker, team=row.booking__team_id, is_private=is_private):
        return plain
    return replace(
        plain,
        title=row.booking__title,
        team=str(row.booking__team__name or ""),
        owner=str(row.booking__owner__name),
        booking=row.booking_id,
        is_own=knows.is_own(owner=owner, maker=maker),
    )


def show_booking(actor: Actor, pk: int) -> Shown:
    """Return a booking as the actor may see it. Raises `NotThere`."""
    booking = find_booking(actor, pk)
    site = booking.space.floor.building.site
    may_change = booking.owner_id in actor.persons or may_keep_bookings(actor, site.operator_id)
    return Shown(booking.title, address_of(booking), may_change)


def address_of(booking: Booking) -> str:
    """Return the page of a booking."""
    return reverse("workspace:one-booking", args=[booking.space.floor.building.site.key, booking.pk])


def requests_ahead(actor: Actor, most: int) -> Sequence[Waiting]:
    """Return the requests that wait for the actor's approval, the soonest first; one query."""
    rows = _requests_for(actor).order_by("during", "pk")[:most]
    return [
        Waiting(
            title=row.booking.title if row.booking else "",
            url=address_of(row.booking) if row.booking else "",
            act=_("Approve or decline"),
            context=row.space.code,
            since=row.made_at,
            due=row.during.lower,
        )
        for row in rows
    ]


def count_requests_ahead(actor: Actor) -> QuerySet[Any, Any]:
    """Return how many requests wait for the actor's approval, as a queryset of one number."""
    return _requests_for(actor).order_by().values(none=Value(1)).annotate(n=Count("pk")).values("n")


def _requests_for(actor: Actor) -> QuerySet[Occurrence]:
    """Return the requests at the sites whose bookings the actor keeps for a house; not those of everybody."""
    keeps = actor.institutions(*KEEPING)
    asked = occurrences_with_all().filter(state=OccurrenceState.REQUESTED)
    return asked.filter(space__floor__building__site__operator__in=keeps)
