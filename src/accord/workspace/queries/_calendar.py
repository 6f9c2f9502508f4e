"""What pages of booking ask beside the bookings: floors and features to choose from, people, who sits where."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Count, Q, QuerySet, Window
from django.utils.translation import gettext as _

from accord.kernel.access import Actor
from accord.kernel.refused import NotThere
from accord.people.queries import Person, living_persons
from accord.workspace.enums import HOLDING, PENDING, BookingMode, OccurrenceKind
from accord.workspace.models import BookingPolicy, Building, Floor, Occurrence, Site, Space, Team, TeamMember
from accord.workspace.queries._bookings import bookable_spaces, occurrences_with_all
from accord.workspace.queries._floors import floor_words
from accord.workspace.queries._policy import Span, portions_on
from accord.workspace.queries._slots import FreeSpace, free_spaces, zone_of
from accord.workspace.queries._today import day_at


@dataclass(frozen=True, slots=True)
class Choices:
    """By what the spaces of a site can be narrowed: floors from the ground up, kinds and features."""

    floors: tuple[Floor, ...]
    kinds: tuple[str, ...]
    features: tuple[str, ...]


def choices_at(site: Site) -> Choices:
    """Return by what spaces that can be booked can be narrowed; one query."""
    every = Space.objects.filter(floor__building__site=site, policy__isnull=False).select_related("floor__building")
    rows = list(every.order_by("floor_id", "kind", "features").distinct("floor_id", "kind", "features"))
    floors = {row.floor_id: row.floor for row in rows}.values()
    return Choices(
        tuple(sorted(floors, key=lambda one: (one.building.position, one.building.key, one.level))),
        tuple(sorted({row.kind for row in rows})),
        tuple(sorted({feature for row in rows for feature in row.features})),
    )


def counted_together(spaces: QuerySet[Space]) -> QuerySet[Space]:
    """Return spaces each of which says as `total` how many there are, so that a page of them needs no second query."""
    joined = spaces.prefetch_related(None).select_related("floor__building__site", "policy")
    return joined.annotate(total=Window(Count("pk")))


def teams_to_book_for(site: Site, actor: Actor, on: date, *, is_keeper: bool) -> QuerySet[Team]:
    """Return the teams in whose name the actor books: those they work in, for a keeper all of the site."""
    every = Team.objects.filter(site=site).order_by("key")
    if is_keeper:
        return every
    held = Q(members__starts_on__lte=on) & (Q(members__ends_on=None) | Q(members__ends_on__gt=on))
    return every.filter(held, members__person__in=actor.persons).distinct()


def people_to_book_for(site: Site, on: date) -> QuerySet[Person]:
    """Return for whom a keeper books: who works in a team of the site, or has booked there before."""
    held = Q(starts_on__lte=on) & (Q(ends_on=None) | Q(ends_on__gt=on))
    members = TeamMember.objects.filter(held, team__site=site).values("person")
    owners = Occurrence.objects.filter(
        kind=OccurrenceKind.BOOKING, space__floor__building__site=site, made_at__gte=_year_before(on)
    ).values("booking__owner")
    return living_persons().filter(Q(pk__in=members) | Q(pk__in=owners))


def spaces_beside(space: Space) -> list[Space]:
    """Return the spaces to which a booking can move: of the same kind and the same rules, along the floors."""
    return list(
        Space.objects.filter(policy=space.policy_id, kind=space.kind)
        .select_related("floor__building__site", "policy")
        .order_by("floor__building__position", "floor__level", "position", "code", "pk")
    )


@dataclass(frozen=True, slots=True)
class WallRow:
    """A space on a wall: what is in it now, what comes next, as far as everybody in the house may know."""

    space: Space
    now: "Shown | None"
    next: "Shown | None"


def wall_of(site: Site, floor: int | None, at: datetime) -> list[WallRow]:
    """Return what takes the spaces of a site, or of one floor, from a moment until a day later; two queries."""
    today = day_at(site, at)
    spaces = Space.objects.filter(Q(ends_on=None) | Q(ends_on__gt=today), starts_on__lte=today)
    spaces = spaces.filter(floor__building__site=site).select_related("floor__building", "policy")
    if floor is not None:
        spaces = spaces.filter(floor=floor)
    listed = list(spaces.order_by("floor__building__position", "floor__level", "position", "code", "pk"))
    taken = taken_from(listed, at, at + timedelta(hours=18))
    return [WallRow(one, *_now_and_next(taken.get(one.pk, []), at)) for one in listed]


def taken_from(spaces: Sequence[Space], first: datetime, last: datetime) -> dict[int, list[Occurrence]]:
    """Return by space what holds it in a while, in its order; one query."""
    rows = (
        Occurrence.objects.filter(
            space__in=[one.pk for one in spaces], state__in=HOLDING, during__overlap=(first, last)
        )
        .select_related("booking__team", "booking__owner", "closure", "tenancy_space__tenancy__team")
        .order_by("during", "pk")
    )
    found: dict[int, list[Occurrence]] = {}
    for row in rows:
        found.setdefault(row.space_id, []).append(row)
    return found


@dataclass(frozen=True, slots=True)
class _Within:
    first: datetime
    last: datetime | None

    def __contains__(self, moment: datetime) -> bool:
        return self.first <= moment and (self.last is None or moment < self.last)


def _span(row: Occurrence) -> _Within:
    return _Within(row.during.lower, row.during.upper)


def _year_before(day: date) -> datetime:
    return datetime(day.year - 1, day.month, 1, tzinfo=UTC)


def free_at(site: Site, starts_at: datetime, minutes: int, wish: "Wish", *, at: datetime) -> list[FreeSpace]:
    """Return the spaces that can be had then, the smallest that is large enough first.

    What is booked by half day or by day is offered for the portion in which the time lies.
    """
    zone = zone_of(site)
    policies = list(BookingPolicy.objects.filter(site=site, spaces__kind=wish.kind).distinct().order_by("pk"))
    spans = {_portion(policy, zone, starts_at, minutes) for policy in policies}
    found: dict[int, FreeSpace] = {}
    for span in sorted(one for one in spans if one is not None):
        asked = (site, span.starts_at, span.minutes, wish.kind, wish.seats, wish.features)
        for one in free_spaces(*asked, at=at, policies=policies):
            found.setdefault(one.space.pk, one)
    return list(found.values())


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody looks for: a kind of space, seats, features."""

    kind: str
    seats: int = 0
    features: tuple[str, ...] = ()

    def looser(self) -> list["Wish"]:
        """Return the same with less asked: without features, then with fewer seats."""
        plain = [replace(self, features=())] if self.features else []
        return [*plain, replace(self, features=(), seats=self.seats // 2)] if self.seats > 1 else plain


def spaces_like(site: Site, wish: Wish, *, on: date) -> list[Space]:
    """Return a few spaces that are as wished, whether they are free or not."""
    fit = bookable_spaces(site, on=on).filter(
        kind=wish.kind, capacity__gte=wish.seats, features__contains=list(wish.features)
    )
    return list(fit.order_by("capacity", "code", "pk")[:3])


def _portion(policy: BookingPolicy, zone: ZoneInfo, starts_at: datetime, minutes: int) -> Span | None:
    """Return the while that somebody gets who asks for a time: as asked, or the portion around it."""
    if policy.mode == BookingMode.TIME:
        return Span(starts_at, starts_at + timedelta(minutes=minutes))
    wanted = Span(starts_at, starts_at + timedelta(minutes=minutes))
    portions = portions_on(policy, zone, starts_at.astimezone(zone).date())
    around = [one for one in portions if one.overlaps(wanted)]
    return Span(around[0].starts_at, around[-1].ends_at) if around else None


def pending_at(site: Site, *, after: datetime) -> QuerySet[Occurrence]:
    """Return the dates of a site that are asked or waited for and not over, the first asked first."""
    ahead = occurrences_with_all().filter(state__in=PENDING, during__endswith__gt=after)
    return ahead.filter(space__floor__building__site=site).order_by("made_at", "pk")


def parts_to_close(site: Site) -> dict[str, tuple[str, dict[str, Any]]]:
    """Return what of a site can be closed, by a name for forms: its words, and what the operation is given."""
    found: dict[str, tuple[str, dict[str, Any]]] = {"site": (_("The whole site"), {})}
    buildings = list(Building.objects.filter(site=site).order_by("position", "key"))
    floors = list(Floor.objects.filter(building__site=site).select_related("building").order_by("building", "level"))
    spaces = Space.objects.filter(floor__building__site=site, ends_on=None, policy__isnull=False)
    if len(buildings) > 1:
        found |= {f"building-{one.pk}": (str(one.name), {"building": one}) for one in buildings}
    found |= {f"floor-{one.pk}": (str(floor_words(one)), {"floor": one}) for one in floors}
    named = ((one, f"{one.code} {one.name}" if one.name else one.code) for one in spaces.order_by("code", "pk"))
    return found | {f"space-{one.pk}": (words, {"space": one}) for one, words in named}


def site_of_wall(record: str) -> Site:
    """Return the site that a display's link leads to. Raises `NotThere`."""
    found = Site.objects.filter(pk=int(record.partition(":")[2] or 0)).first()
    if found is None:
        raise NotThere(_("Nothing is here."))
    return found


@dataclass(frozen=True, slots=True)
class AtDoor:
    """What a door says to whoever stands before it: what is on, and what comes next."""

    now: "Shown | None"
    next: "Shown | None"


@dataclass(frozen=True, slots=True)
class Shown:
    """One thing that takes a space, as everybody may know it."""

    kind: str
    starts_at: datetime
    ends_at: datetime | None
    title: str = ""
    team: str = ""
    is_checked_in: bool = False


def at_door(space: Space, at: datetime) -> AtDoor:
    """Return what takes a space now and next, within a day; one query."""
    rows = taken_from([space], at, at + timedelta(hours=18)).get(space.pk, [])
    return AtDoor(*_now_and_next(rows, at))


def _now_and_next(rows: Sequence[Occurrence], at: datetime) -> "tuple[Shown | None, Shown | None]":
    """Return what is on, and what comes next, as everybody may know it."""
    now = next((row for row in rows if at in _span(row)), None)
    coming = next((row for row in rows if row.during.lower > at), None)
    return (as_everybody_knows(now) if now else None, as_everybody_knows(coming) if coming else None)


def as_everybody_knows(row: Occurrence) -> Shown:
    """Return what takes a space without what only some may know: no title of a private booking, and nobody's name."""
    plain = Shown(row.kind, row.during.lower, row.during.upper, is_checked_in=row.checked_in_at is not None)
    if row.closure is not None:
        return replace(plain, title=str(row.closure.reason))
    if row.tenancy_space is not None:
        return replace(plain, team=str(row.tenancy_space.tenancy.team.name))
    booking = row.booking
    if booking is None or booking.is_private:
        return plain
    return replace(plain, title=booking.title, team=str(booking.team.name) if booking.team else "")
