"""Spaces as they stand on a day: free, let, bookable or closed, with who holds them; and what they were let to."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.db.models import Case, CharField, Exists, F, FilteredRelation, Func, OuterRef, Q, QuerySet, Value, When
from django.db.models.functions import Cast, Concat

from accord.kernel.access import Actor
from accord.kernel.text import Bilingual
from accord.workspace.enums import HOLDING, OccurrenceKind, SpaceKind, SpaceState
from accord.workspace.models import Occurrence, Site, Space, TenancySpace
from accord.workspace.queries._money import in_major
from accord.workspace.queries._visible import find_space, spaces_visible_to

SOON_DAYS = 90
"""A letting that ends within so many days ends soon, unless the same team has the space from then on."""
MOST_AHEAD = 10


@dataclass(frozen=True, slots=True)
class LetTo:
    """That a space is let to a team on days on which it would not be in operation."""

    team: Bilingual
    number: str


@dataclass(frozen=True, slots=True)
class InTheWay:
    """What holds a space outside the days that it would have: tenancies, and how many dates of bookings."""

    tenancies: Sequence[LetTo] = ()
    bookings: int = 0


@dataclass(frozen=True, slots=True)
class Letting:
    """That a space was, is or will be let; `monthly_minor` and `relief_percent` are for those who may read terms."""

    team: Bilingual
    team_key: str
    number: str
    state: str
    starts_on: date
    ends_on: date | None
    monthly_minor: int
    relief_percent: Decimal
    currency: str

    @property
    def rent(self) -> Decimal:
        """Return the rent a month before relief, in the currency's own unit."""
        return in_major(self.monthly_minor, self.currency)


@dataclass(frozen=True, slots=True)
class Ahead:
    """A time at which a space is booked or closed; what for is not said here."""

    kind: str
    starts_at: datetime
    ends_at: datetime
    team: Bilingual | None


def day_of_site(site: Site, day: date) -> DateTimeTZRange:
    """Return a day in the site's zone as moments, half-open."""
    zone = ZoneInfo(site.time_zone)
    start, end = (datetime.combine(one, time(), zone).astimezone(UTC) for one in (day, day + timedelta(days=1)))
    return DateTimeTZRange(start, end)


def space_list(actor: Actor, site: Site, on: date) -> QuerySet[Space]:
    """Return the spaces of a site as they stand on a day, by floor: see `as_they_stand`."""
    return as_they_stand(spaces_visible_to(actor).filter(floor__building__site=site), site, on)


def as_they_stand(spaces: QuerySet[Space], site: Site, on: date) -> QuerySet[Space]:
    """Return spaces of one site with `state`, `operation`, `floor_key`, `feature_words`, and who holds them that day.

    `held_by` and `held_key` are the team's, `held_until` the first day after the letting; `held_state` tells an offer
    from a tenancy.
    """
    letting = Q(lettings__is_held=True, lettings__starts_on__lte=on) & (
        Q(lettings__ends_on=None) | Q(lettings__ends_on__gt=on)
    )
    return spaces.annotate(
        letting=FilteredRelation("lettings", condition=letting),
        held_by=F("letting__tenancy__team__name"),
        held_key=F("letting__tenancy__team__key"),
        held_until=F("letting__ends_on"),
        held_state=F("letting__tenancy__state"),
        operation=Case(When(_runs_on(on), then=Value("on")), default=Value("off"), output_field=CharField()),
        state=_state(site, on),
        floor_key=Concat("floor__building__key", Value("-"), Cast("floor__level", CharField())),
        feature_words=Func(F("features"), Value(", "), function="array_to_string", output_field=CharField()),
    )


def find_space_as_it_stands(actor: Actor, site: Site, pk: int, on: date) -> Any:
    """Return a space of a site as it stands on a day: see `as_they_stand`. Raises `NotThere`."""
    return space_list(actor, site, on).get(pk=find_space(actor, site, pk).pk)


def _runs_on(on: date) -> Q:
    return Q(starts_on__lte=on) & (Q(ends_on=None) | Q(ends_on__gt=on))


def _state(site: Site, on: date) -> Case:
    """Return how a space stands on a day; the first that holds."""
    closures = Occurrence.objects.filter(
        space=OuterRef("pk"),
        kind=OccurrenceKind.CLOSURE,
        state__in=HOLDING,
        during__overlap=day_of_site(site, on),
    )
    goes_on = TenancySpace.objects.filter(
        space=OuterRef("pk"),
        is_held=True,
        starts_on=OuterRef("letting__ends_on"),
        tenancy__team=OuterRef("letting__tenancy__team"),
    )
    ends_soon = Q(letting__ends_on__lte=on + timedelta(days=SOON_DAYS)) & ~Exists(goes_on)
    return Case(
        When(~_runs_on(on), then=Value(SpaceState.CLOSED)),
        When(Exists(closures), then=Value(SpaceState.SHUT)),
        When(Q(letting__isnull=False) & ends_soon, then=Value(SpaceState.ENDING)),
        When(letting__isnull=False, then=Value(SpaceState.LET)),
        When(policy__isnull=False, then=Value(SpaceState.BOOKABLE)),
        When(kind=SpaceKind.COMMON, then=Value(SpaceState.COMMON)),
        default=Value(SpaceState.FREE),
        output_field=CharField(),
    )


def lettings_of(space: Space) -> list[Letting]:
    """Return to whom a space was, is or will be let, latest first; offers are among them, refused ones are not."""
    rows = (
        TenancySpace.objects.filter(space=space, is_held=True)
        .select_related("tenancy__team")
        .order_by("-starts_on", "-pk")
    )
    return [
        Letting(
            team=row.tenancy.team.name,
            team_key=row.tenancy.team.key,
            number=row.tenancy.number,
            state=row.tenancy.state,
            starts_on=row.starts_on,
            ends_on=row.ends_on,
            monthly_minor=row.monthly_minor,
            relief_percent=row.relief_percent,
            currency=row.tenancy.currency,
        )
        for row in rows
    ]


def ahead_of(space: Space, at: datetime) -> list[Ahead]:
    """Return when a space is booked or closed next, the ten soonest; one query."""
    rows = (
        Occurrence.objects.filter(
            space=space,
            kind__in=(OccurrenceKind.BOOKING, OccurrenceKind.CLOSURE),
            state__in=HOLDING,
            during__endswith__gt=at,
        )
        .select_related("team")
        .order_by("during", "pk")[:MOST_AHEAD]
    )
    return [Ahead(row.kind, row.during.lower, row.during.upper, row.team.name if row.team else None) for row in rows]


def taken_outside(space: Space, starts_on: date, ends_on: date | None) -> InTheWay:
    """Return what holds a space on other days than these."""
    site = space.floor.building.site
    first = day_of_site(site, starts_on).lower
    last = None if ends_on is None else day_of_site(site, ends_on).lower
    rows: list[Any] = list(
        Occurrence.objects.filter(space=space, state__in=HOLDING)
        .exclude(kind=OccurrenceKind.CLOSURE)
        .exclude(during__contained_by=DateTimeTZRange(first, last))
        .select_related("tenancy_space__tenancy__team")
        .order_by("during", "pk")
    )
    lets = [row.tenancy_space.tenancy for row in rows if row.kind == OccurrenceKind.TENANCY]
    return InTheWay(
        tenancies=[LetTo(one.team.name, one.number) for one in lets],
        bookings=sum(row.kind == OccurrenceKind.BOOKING for row in rows),
    )
