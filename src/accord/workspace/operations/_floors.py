"""Keeps floors, and when how much of them is in operation."""

from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.db.models import Q, Sum
from django.utils.translation import gettext_lazy as _

from accord.kernel.constraints import refused_as
from accord.kernel.refused import Refused
from accord.kernel.text import Bilingual, tidied
from accord.kernel.versions import expect
from accord.people.queries import Person
from accord.workspace.models import Building, Floor, FloorRun, Space
from accord.workspace.operations._sites import put

MOST_M2 = Decimal(1_000_000)


class AreaMissing(Refused):
    """An area is more than zero, and no larger than a floor can be."""

    code = "area-missing"


class LevelTaken(Refused):
    """The building has a floor at this level."""

    code = "level-taken"


class FloorTooSmall(Refused):
    """The floor would be smaller than what stands on it, or than what is in operation of it."""

    code = "floor-too-small"


class RunLargerThanFloor(Refused):
    """More of a floor would be in operation than there is."""

    code = "run-larger-than-floor"


class RunOverlaps(Refused):
    """The floor is in operation on some of these days already."""

    code = "run-overlaps"


class RunEnded(Refused):
    """The end of this stretch is recorded; another one is struck and written anew."""

    code = "run-ended"
    status = 409


class EndBeforeStart(Refused):
    """Something would end before it began."""

    code = "end-before-start"


@dataclass(frozen=True, slots=True)
class FloorFacts:
    """What is known of a floor and may be changed; its plan is set for itself."""

    level: int
    area_m2: Decimal
    name: Bilingual = field(default_factory=Bilingual)
    width: int = 0
    height: int = 0

    def checked(self) -> "FloorFacts":
        """Return the same as it is kept. Raises `AreaMissing`."""
        return replace(self, name=tidied(self.name), area_m2=some_area(self.area_m2))


def some_area(area_m2: Decimal) -> Decimal:
    """Return an area to two places. Raises `AreaMissing` for zero, less, or more than a floor can have."""
    area = Decimal(area_m2).quantize(Decimal("0.01"))
    if not 0 < area < MOST_M2:
        raise AreaMissing(_("Enter the area in square metres, more than zero."), field="area_m2")
    return area


@transaction.atomic
def add_floor(
    *,
    building: Building,
    level: int,
    area_m2: Decimal,
    by: Person,
    at: datetime,
    name: Bilingual | None = None,
    width: int = 0,
    height: int = 0,
) -> Floor:
    """Add a floor to a building; it is in operation once `open_floor` says so. Raises `AreaMissing`, `LevelTaken`."""
    del by, at  # the history keeps both
    facts = FloorFacts(level, area_m2, name or Bilingual(), width, height).checked()
    made = Floor(building=building)
    put(made, facts)
    with refused_as({"floor_level": lambda: _level_taken(level)}):
        made.save()
    return made


@transaction.atomic
def change_floor(*, floor: Floor, version: int, facts: FloorFacts, by: Person, at: datetime) -> Floor:
    """Change what is known of a floor. What stands there already is no change, and no clash.

    Raises `Clash`, `LevelTaken`, `AreaMissing`, and `FloorTooSmall` for less than its spaces take on any day, or than
    what is in operation of it.
    """
    del by, at  # the history keeps both
    checked = facts.checked()
    held = Floor.objects.select_for_update().get(pk=floor.pk)
    changed = put(held, checked)
    if not changed:
        return held
    expect(held, version)
    if "area_m2" in changed:
        _refuse_too_small(held)
    held.version += 1
    with refused_as({"floor_level": lambda: _level_taken(checked.level)}):
        held.save(update_fields=[*changed, "version"])
    return held


@transaction.atomic
def open_floor(*, floor: Floor, starts_on: date, by: Person, at: datetime, area_m2: Decimal | None = None) -> FloorRun:
    """Record that a floor is in operation from a day on, with all its area unless it is said. Twice is once.

    Raises `RunLargerThanFloor`, `RunOverlaps`, `AreaMissing`.
    """
    held = Floor.objects.select_for_update().get(pk=floor.pk)
    area = some_area(held.area_m2 if area_m2 is None else area_m2)
    if area > held.area_m2:
        raise RunLargerThanFloor(
            _("The floor has %(area)s m². Enter that or less, or correct the floor first.") % {"area": held.area_m2},
            field="area_m2",
        )
    same = held.runs.filter(starts_on=starts_on, area_m2=area, ends_on=None, struck_at=None).first()
    if same is not None:
        return same
    run = FloorRun(floor=held, area_m2=area, starts_on=starts_on, recorded_at=at, recorded_by=by)
    with refused_as({"floor_run_once_at_a_time": _overlapping}):
        run.save()
    return run


@transaction.atomic
def close_floor(*, run: FloorRun, on: date, by: Person, at: datetime) -> FloorRun:
    """Record that a floor is out of operation from a day on. The same day twice changes nothing.

    Raises `EndBeforeStart`, and `RunEnded` where another end is recorded or the stretch was struck.
    """
    held = FloorRun.objects.select_for_update().get(pk=run.pk)
    if held.struck_at is None and held.ends_on == on:
        return held
    if held.struck_at is not None or held.ends_on is not None:
        raise RunEnded(_("The end of this stretch is recorded already. Strike the stretch and record it anew."))
    if on < held.starts_on:
        raise EndBeforeStart(_("The floor opened on a later day. Enter a day from then on."), field="on")
    held.ends_on, held.ended_at, held.ended_by = on, at, by
    held.save(update_fields=["ends_on", "ended_at", "ended_by"])
    return held


@transaction.atomic
def strike_floor_run(*, run: FloorRun, by: Person, at: datetime) -> FloorRun:
    """Strike a stretch that was recorded wrongly; it stays in the history. Twice changes nothing."""
    held = FloorRun.objects.select_for_update().get(pk=run.pk)
    if held.struck_at is None:
        held.struck_at, held.struck_by = at, by
        held.save(update_fields=["struck_at", "struck_by"])
    return held


def _level_taken(level: int) -> LevelTaken:
    return LevelTaken(
        _("The building has a floor at level %(level)s already. Choose another level.") % {"level": level},
        field="level",
    )


def _overlapping() -> RunOverlaps:
    return RunOverlaps(
        _("The floor is in operation on some of these days already. End or strike that stretch first."),
        field="starts_on",
    )


def _refuse_too_small(floor: Floor) -> None:
    """Refuse an area below what stands on the floor on any day; the floor is locked, so nobody adds to it."""
    taken = most_taken(floor)
    if taken > floor.area_m2:
        raise FloorTooSmall(
            _("The spaces of this floor take %(area)s m². Enter that or more, or change the spaces first.")
            % {"area": taken},
            field="area_m2",
        )
    widest = floor.runs.filter(struck_at=None).order_by("-area_m2").first()
    if widest is not None and widest.area_m2 > floor.area_m2:
        raise FloorTooSmall(
            _("%(area)s m² of this floor are recorded as in operation. Strike that stretch first.")
            % {"area": widest.area_m2},
            field="area_m2",
        )


def most_taken(floor: Floor) -> Decimal:
    """Return the most that the floor's spaces take on any one day; a sum can only rise where a space begins."""
    most = Decimal(0)
    for day in floor.spaces.exclude(area_m2=None).order_by().values_list("starts_on", flat=True).distinct():
        there = Space.objects.filter(Q(ends_on=None) | Q(ends_on__gt=day), floor=floor, starts_on__lte=day)
        most = max(most, there.aggregate(total=Sum("area_m2"))["total"] or Decimal(0))
    return most
