"""Floors with what stands on them, when they are in operation, and the words that name them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Count, DecimalField, OuterRef, Q, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from accord.kernel.access import Actor
from accord.kernel.refused import NotThere
from accord.kernel.text import Bilingual
from accord.workspace.enums import SpaceKind
from accord.workspace.models import BookingPolicy, Building, Floor, FloorRun, Site, Space
from accord.workspace.queries._visible import floors_visible_to

AREA = DecimalField(max_digits=12, decimal_places=2)


@dataclass(frozen=True, slots=True)
class FloorRow:
    """A floor on a day: its area, how much of it is in operation, let and for all, and how many spaces it has."""

    pk: int
    site: str
    building: Bilingual
    building_key: str
    position: int
    level: int
    words: Bilingual
    area_m2: Decimal
    operated: Decimal
    let: Decimal
    common: Decimal
    spaces: int

    @property
    def share(self) -> Decimal | None:
        """Return which part of the area in operation is let, in percent."""
        return (100 * self.let / self.operated).quantize(Decimal(1)) if self.operated else None


def level_words(level: int, name: Bilingual) -> Bilingual:
    """Return what a floor is called: its name, else its level."""
    return name or Bilingual(f"Level {level}", f"L{level}层")


def floor_words(floor: Floor) -> Bilingual:
    """Return the building and the floor in words."""
    own, house = level_words(floor.level, floor.name), Bilingual.of(floor.building.name)
    return Bilingual(
        f"{house.en or house.zh_hans}, {own.en or own.zh_hans}",
        f"{house.zh_hans or house.en}{own.zh_hans or own.en}",
    )


def find_building(actor: Actor, site: Site, key: str) -> Building:
    """Return a building of a site that the actor found. Raises `NotThere`."""
    del actor  # whoever may know of the site may know of its buildings
    found = Building.objects.filter(site=site, key=key).first()
    if found is None:
        raise NotThere(_("There is no building of this name here."))
    return found


def buildings_of(site: Site) -> QuerySet[Building]:
    """Return the buildings of a site in their order."""
    return Building.objects.filter(site=site).order_by("position", "key")


def find_floor(actor: Actor, site: Site, pk: int) -> Floor:
    """Return a floor of a site. Raises `NotThere`."""
    found = floors_visible_to(actor).filter(pk=pk, building__site=site).first()
    if found is None:
        raise NotThere(_("There is no floor of this number here."))
    return found


def floors_of(site: Site) -> QuerySet[Floor]:
    """Return the floors of a site by building and level, with their building."""
    return (
        Floor.objects.filter(building__site=site)
        .select_related("building")
        .order_by("building__position", "building__key", "level")
    )


def codes_of(floor: Floor) -> list[str]:
    """Return the codes that spaces of a floor bear, each once."""
    return sorted(set(floor.spaces.order_by().values_list("code", flat=True)))


def runs_of(floor: Floor) -> list[FloorRun]:
    """Return when a floor was in operation, latest first, struck ones too."""
    return list(floor.runs.select_related("recorded_by", "ended_by", "struck_by").order_by("-starts_on", "-pk"))


def find_run(floor: Floor, pk: int) -> FloorRun:
    """Return a stretch of a floor's operation. Raises `NotThere`."""
    found = floor.runs.filter(pk=pk).first()
    if found is None:
        raise NotThere(_("There is no such stretch of operation of this floor."))
    return found


def policies_of(site: Site) -> QuerySet[BookingPolicy]:
    """Return the booking rules of a site with how many spaces follow them."""
    return BookingPolicy.objects.filter(site=site).select_related("site").annotate(used=Count("spaces")).order_by("pk")


def find_policy(site: Site, pk: int) -> BookingPolicy:
    """Return booking rules of a site. Raises `NotThere`."""
    found = BookingPolicy.objects.filter(site=site, pk=pk).first()
    if found is None:
        raise NotThere(_("There are no booking rules of this number here."))
    return found


def floor_rows(actor: Actor, site: Site, on: date) -> Sequence[FloorRow]:
    """Return the floors of a site as they stand on a day, by building and level; one query."""
    rows: QuerySet[Any] = (
        floors_visible_to(actor)
        .filter(building__site=site)
        .annotate(
            operated=_sum_of(FloorRun.objects.filter(_holds(on), floor=OuterRef("pk"), struck_at=None)),
            let=_sum_of(_spaces_on(on).filter(_let(on))),
            common=_sum_of(_spaces_on(on).filter(kind=SpaceKind.COMMON)),
            number=Coalesce(Subquery(_spaces_on(on).order_by().values("floor").annotate(n=Count("pk")).values("n")), 0),
        )
        .order_by("building__position", "building__key", "level")
    )
    return [
        FloorRow(
            pk=row.pk,
            site=site.key,
            building=row.building.name,
            building_key=row.building.key,
            position=number,
            level=row.level,
            words=level_words(row.level, row.name),
            area_m2=row.area_m2,
            operated=row.operated,
            let=row.let,
            common=row.common,
            spaces=row.number,
        )
        for number, row in enumerate(rows)
    ]


def _holds(on: date) -> Q:
    return Q(starts_on__lte=on) & (Q(ends_on=None) | Q(ends_on__gt=on))


def _spaces_on(on: date) -> QuerySet[Space]:
    return Space.objects.filter(_holds(on), floor=OuterRef("pk"))


def _let(on: date) -> Q:
    """Return the condition that a space is held by a tenancy on a day."""
    return Q(lettings__is_held=True, lettings__starts_on__lte=on) & (
        Q(lettings__ends_on=None) | Q(lettings__ends_on__gt=on)
    )


def _sum_of(rows: QuerySet[Any]) -> Coalesce:
    """Return the area of a floor's rows."""
    total = rows.order_by().values("floor").annotate(total=Sum("area_m2")).values("total")
    return Coalesce(Subquery(total, output_field=AREA), Value(Decimal(0)), output_field=AREA)
