"""Which free spaces fit a wish, best first and why; and what is in the way of a term."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from django.db.models import Q
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from accord.kernel.refused import NotThere
from accord.ui import say
from accord.workspace.enums import HOLDING, OccurrenceKind, TenancyState
from accord.workspace.models import Application, Occurrence, Space, Tenancy, TenancySpace
from accord.workspace.queries._days import ONE_DAY, Spell
from accord.workspace.queries._money import in_major

FAR = datetime(9999, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Hindrance:
    """What holds a space during a term: a tenancy, a closure, or so many bookings between two days."""

    space: str
    kind: OccurrenceKind
    number: int
    first_on: date
    last_on: date | None
    team: str = ""


@dataclass(frozen=True, slots=True)
class Fit:
    """A space that could be offered: what it lacks (none: it fits), which wishes it meets, and how much is too much."""

    space: Space
    lacks: tuple[str, ...]
    meets: tuple[str, ...]
    spare_m2: Decimal
    bookings: int = 0

    @property
    def fits(self) -> bool:
        """Say whether it alone is enough."""
        return not self.lacks


def obstacles_during(spaces: Collection[Space], days: Spell) -> list[Hindrance]:
    """Return what holds these spaces during these days, by space: tenancies and closures each, bookings as a number."""
    by_pk = {one.pk: one for one in spaces}
    if not by_pk:
        return []
    zone = ZoneInfo(next(iter(by_pk.values())).floor.building.site.time_zone)
    rows = (
        Occurrence.objects.filter(space__in=by_pk, state__in=HOLDING, blocked__overlap=_range(days, zone))
        .select_related("tenancy_space__tenancy__team")
        .order_by("space__code", "during", "pk")
    )
    found: dict[tuple[int, str, int], list[Occurrence]] = defaultdict(list)
    for row in rows:
        found[(row.space_id, row.kind, 0 if row.kind == OccurrenceKind.BOOKING else row.pk)].append(row)
    return [_obstacle(by_pk[space], OccurrenceKind(kind), rows, zone) for (space, kind, _pk), rows in found.items()]


def obstacles_in_words(obstacles: Sequence[Hindrance]) -> str:
    """Say what is in the way; a plain sentence where it is gone by now."""
    if not obstacles:
        return gettext("A space was taken in this very moment.")
    return " ".join(_in_words(one) for one in obstacles)


def spaces_that_fit(application: Application, days: Spell) -> list[Fit]:
    """Return the spaces of the wished kind that no tenancy or closure holds during the term, the best fit first.

    First come those that alone are enough; among them those that meet more wishes, then those with the least spare
    area, then the cheapest. Three queries.
    """
    site = application.team.site
    zone = ZoneInfo(site.time_zone)
    open_all_days = Q(starts_on__lte=days.starts_on) & (
        Q(ends_on=None) if days.ends_on is None else Q(ends_on=None) | Q(ends_on__gte=days.ends_on)
    )
    spaces = list(
        Space.objects.filter(open_all_days, floor__building__site=site, kind=application.kind)
        .select_related("floor__building__site")
        .order_by("floor", "position", "code", "pk")
    )
    taken: dict[int, int] = defaultdict(int)
    held = set()
    rows = Occurrence.objects.filter(space__in=spaces, state__in=HOLDING, blocked__overlap=_range(days, zone))
    for space, kind in rows.values_list("space_id", "kind"):
        if kind == OccurrenceKind.BOOKING:
            taken[space] += 1
        else:
            held.add(space)
    near = _floors_of(application)
    fits = [_fit(application, one, near, taken[one.pk]) for one in spaces if one.pk not in held]
    return sorted(
        fits,
        key=lambda fit: (
            len(fit.lacks),
            -len(fit.meets),
            abs(fit.spare_m2),
            fit.space.monthly_minor or 0,
            fit.space.code,
        ),
    )


def offer_of_link(record: str) -> Tenancy:
    """Return the offer that a link is for; raises `NotThere`."""
    found = (
        Tenancy.objects.filter(pk=int(record.partition(":")[2]))
        .select_related("team__site__operator", "renews")
        .first()
    )
    if found is None:
        raise NotThere(_("There is no offer at this address."))
    return found


def answer_ends_at(tenancy: Tenancy) -> datetime:
    """Return the moment from which an offer takes no answer: the end of its last day at the site."""
    last = tenancy.answer_by_on + ONE_DAY
    return datetime(last.year, last.month, last.day, tzinfo=ZoneInfo(tenancy.team.site.time_zone))


def terms_in_words(tenancy: Tenancy) -> str:
    """Say which spaces a tenancy holds, over which days and for how much a month after relief, a line each."""
    rows = tenancy.spaces.filter(is_held=True).select_related("space").order_by("starts_on", "space__code")
    return "\n".join(letting_in_words(row, tenancy.currency) for row in rows)


def letting_in_words(row: TenancySpace, currency: str) -> str:
    """Say one space of a tenancy: its days and its rent a month after relief."""
    values = {
        "space": row.space.code,
        "rent": f"{currency} {say.count(in_major(rent_after_relief(row), currency))}",
        "start": say.day(row.starts_on),
        "end": say.day(row.ends_on) if row.ends_on else "",
    }
    if row.ends_on is None:
        return gettext("%(space)s from %(start)s, %(rent)s a month") % values
    return gettext("%(space)s from %(start)s until before %(end)s, %(rent)s a month") % values


def rent_after_relief(row: TenancySpace) -> int:
    """Return the rent of a space a month after relief, in minor units, rounded half up."""
    return int((row.monthly_minor * (100 - row.relief_percent) / 100).quantize(Decimal(1), "ROUND_HALF_UP"))


def _range(days: Spell, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """Return the days as moments of the site's zone."""
    end = FAR if days.ends_on is None else _midnight(days.ends_on, zone)
    return (_midnight(days.starts_on, zone), end)


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=zone)


def _obstacle(space: Space, kind: OccurrenceKind, rows: Sequence[Occurrence], zone: ZoneInfo) -> Hindrance:
    """Return what a space is held by."""
    ends = [row.during.upper for row in rows]
    last = None if None in ends else (max(ends) - timedelta(microseconds=1)).astimezone(zone).date()
    letting = rows[0].tenancy_space
    return Hindrance(
        space=space.code,
        kind=kind,
        number=len(rows),
        first_on=min(row.during.lower for row in rows).astimezone(zone).date(),
        last_on=last,
        team=str(letting.tenancy.team.name) if letting else "",
    )


def _in_words(one: Hindrance) -> str:
    """Say one obstacle as a sentence."""
    values = {
        "space": one.space,
        "team": one.team,
        "n": one.number,
        "first": say.day(one.first_on),
        "last": say.day(one.last_on) if one.last_on else "",
    }
    if one.kind == OccurrenceKind.BOOKING:
        said = ngettext(
            "%(space)s has %(n)s booking between %(first)s and %(last)s.",
            "%(space)s has %(n)s bookings between %(first)s and %(last)s.",
            one.number,
        )
        return said % values
    if one.kind == OccurrenceKind.CLOSURE:
        return gettext("%(space)s is closed from %(first)s to %(last)s.") % values
    if one.last_on is None:
        return gettext("%(space)s is held for %(team)s from %(first)s on.") % values
    return gettext("%(space)s is held for %(team)s from %(first)s to %(last)s.") % values


def _floors_of(application: Application) -> frozenset[int]:
    """Return the floors on which the team that one wishes to be near has space."""
    if application.near_id is None:
        return frozenset()
    rows = TenancySpace.objects.filter(
        tenancy__team=application.near_id,
        tenancy__state=TenancyState.SIGNED,
        is_held=True,
        ends_on__gt=application.from_on,
    )
    return frozenset(rows.values_list("space__floor", flat=True))


def _fit(application: Application, space: Space, near: frozenset[int], bookings: int) -> Fit:
    """Say what a space lacks of what is needed, and which wishes it meets."""
    area = space.area_m2 or Decimal(0)
    lacks, meets = [], []
    if area < application.area_m2:
        lacks.append(gettext("%(area)s m² too small") % {"area": say.count(application.area_m2 - area)})
    if space.capacity < application.people:
        lacks.append(gettext("seats %(n)s") % {"n": space.capacity})
    missing = sorted(set(application.features) - set(space.features))
    if missing:
        lacks.append(gettext("without %(features)s") % {"features": ", ".join(missing)})
    limit, price = application.price_limit_minor, space.monthly_minor
    if limit is not None and price is not None and price > limit:
        lacks.append(gettext("above the price limit"))
    meets.extend(sorted(set(application.wished) & set(space.features)))
    if application.building_id == space.floor.building_id:
        meets.append(gettext("wished building"))
    if space.floor_id in near:
        meets.append(gettext("near the team wished for"))
    return Fit(space, tuple(lacks), tuple(meets), area - application.area_m2, bookings)
