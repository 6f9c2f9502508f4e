"""Keeps the spaces of a floor: offices, laboratories, rooms, desks, equipment and common areas."""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pgtrigger
from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from accord.kernel.constraints import refused_as
from accord.kernel.refused import Refused
from accord.kernel.text import Bilingual, tidied
from accord.kernel.versions import expect
from accord.people.queries import Person
from accord.workspace.enums import SpaceKind
from accord.workspace.models import BookingPolicy, Floor, Space, Team
from accord.workspace.operations._closures import close_new_space
from accord.workspace.operations._count import count_teams
from accord.workspace.operations._floors import EndBeforeStart, most_taken, some_area
from accord.workspace.operations._sites import put
from accord.workspace.queries import InTheWay, taken_outside

WITHIN_FLOOR = "workspace.Space:space_within_floor"
WITHOUT_AREA = (SpaceKind.DESK, SpaceKind.EQUIPMENT)
LONGEST_CODE, LONGEST_FEATURE, MOST_FEATURES, MOST_CORNERS = 40, 40, 30, 200
LEAST_CORNERS = 3


class CodeOdd(Refused):
    """A space has a code on its door."""

    code = "code-odd"


class CodeTaken(Refused):
    """Another space of the floor bears this code on some of these days."""

    code = "code-taken"


class AreaWanted(Refused):
    """Everything but desks and equipment takes area."""

    code = "area-wanted"


class FloorFull(Refused):
    """The spaces of a floor would take more than the floor has."""

    code = "floor-full"


class OutlineOdd(Refused):
    """An outline is a list of corners."""

    code = "outline-odd"


class FeatureOdd(Refused):
    """A feature is a short word."""

    code = "feature-odd"


class PolicyElsewhere(Refused):
    """Spaces are booked by rules of their own site."""

    code = "policy-elsewhere"


class SpaceTakenThen(Refused):
    """The space is let or booked on days on which it would not be in operation; `detail["way"]` says by what."""

    code = "space-taken-then"
    status = 409


@dataclass(frozen=True, slots=True)
class SpaceFacts:
    """What is known of a space and may be changed; on which floor it is never changes."""

    code: str
    kind: str
    starts_on: date
    ends_on: date | None = None
    area_m2: Decimal | None = None
    capacity: int = 0
    name: Bilingual = field(default_factory=Bilingual)
    features: Sequence[str] = ()
    monthly_minor: int | None = None
    position: int = 0
    outline: Sequence[Sequence[float]] = ()
    policy: BookingPolicy | None = None

    def with_changes(self, **said: Any) -> "SpaceFacts":
        """Return the same with other values of some of the facts."""
        return replace(self, **said)

    def checked(self, floor: Floor) -> "SpaceFacts":
        """Return the same as it is kept. Raises the refusal of the first thing that is wrong, with its field."""
        if self.ends_on is not None and self.ends_on < self.starts_on:
            raise EndBeforeStart(_("The end lies before the start. Enter a later day, or none."), field="ends_on")
        if self.policy is not None and self.policy.site_id != floor.building.site_id:
            raise PolicyElsewhere(_("Choose booking rules of the same work space."), field="policy")
        return replace(
            self,
            code=_code(self.code),
            area_m2=self._area(),
            name=tidied(self.name),
            features=_features(self.features),
            outline=_outline(self.outline),
        )

    def _area(self) -> Decimal | None:
        if self.area_m2 is not None:
            return some_area(self.area_m2)
        if self.kind not in WITHOUT_AREA:
            raise AreaWanted(_("Enter the area; only desks and equipment go without."), field="area_m2")
        return None


def facts_of_space(space: Space) -> SpaceFacts:
    """Return what is known of a space."""
    return SpaceFacts(**{one.name: getattr(space, one.name) for one in fields(SpaceFacts)})


@transaction.atomic
def add_space(
    *,
    floor: Floor,
    code: str,
    kind: str,
    starts_on: date,
    door_token: str,
    by: Person,
    at: datetime,
    ends_on: date | None = None,
    area_m2: Decimal | None = None,
    capacity: int = 0,
    name: Bilingual | None = None,
    features: Sequence[str] = (),
    monthly_minor: int | None = None,
    position: int = 0,
    outline: Sequence[Sequence[float]] = (),
    policy: BookingPolicy | None = None,
) -> Space:
    """Add a space to a floor, in operation from a day on. `door_token` is what the code on its door holds.

    Raises `CodeTaken`, `FloorFull`, and what `SpaceFacts.checked` does.
    """
    del by  # the history keeps it
    facts = SpaceFacts(
        code=code,
        kind=kind,
        starts_on=starts_on,
        ends_on=ends_on,
        area_m2=area_m2,
        capacity=capacity,
        name=name or Bilingual(),
        features=features,
        monthly_minor=monthly_minor,
        position=position,
        outline=outline,
        policy=policy,
    ).checked(floor)
    held = Floor.objects.select_for_update(no_key=True, of=("self",)).select_related("building__site").get(pk=floor.pk)
    made = Space(floor=held, door_token=door_token, added_at=at)
    put(made, facts)
    save_space(made)
    if made.policy is not None:
        close_new_space(space=made, at=at)
    return made


@transaction.atomic
def change_space(*, space: Space, version: int, facts: SpaceFacts, by: Person, at: datetime) -> Space:
    """Change what is known of a space. What stands there already is no change, and no clash.

    Raises `Clash` for an older version, `CodeTaken`, `FloorFull`, `SpaceTakenThen` for days cut while it is let or
    booked, and what `SpaceFacts.checked` does.
    """
    del by  # the history keeps it
    floor = (
        Floor.objects.select_for_update(no_key=True, of=("self",))
        .select_related("building__site")
        .get(pk=space.floor_id)
    )
    checked = facts.checked(floor)
    held = Space.objects.select_for_update(of=("self",)).select_related("policy").get(pk=space.pk)
    held.floor = floor
    changed = put(held, checked)
    if not changed:
        return held
    expect(held, version)
    held.version += 1
    save_space(held, [*changed, "version"])
    if "policy" in changed and held.policy is not None:
        close_new_space(space=held, at=at)
    if "area_m2" in changed:
        count_teams(teams=list(Team.objects.filter(tenancies__spaces__space=held).distinct()), at=at)
    return held


def give_back_space(*, pk: int, version: int, values: Mapping[str, Any], by: Person, at: datetime) -> Space:
    """Change a space back to old values of some fields. Raises what `change_space` does."""
    held = Space.objects.select_related("policy").get(pk=pk)
    return change_space(space=held, version=version, facts=facts_of_space(held).with_changes(**values), by=by, at=at)


def save_space(space: Space, changed: Sequence[str] | None = None) -> None:
    """Save; what the database refuses, now or at the end of the transaction, is refused here in words."""
    refusals: dict[str, Callable[[], Refused]] = {
        "space_code_once_a_floor": lambda: _code_taken(space),
        "space_within_floor": lambda: _floor_full(space.floor),
        "space_taken_outside_operation": lambda: refuse_taken(space),
    }
    with refused_as(refusals):
        space.save(update_fields=changed)
        pgtrigger.constraints(pgtrigger.Immediate, WITHIN_FLOOR)
    pgtrigger.constraints(pgtrigger.Deferred, WITHIN_FLOOR)


def _code_taken(space: Space) -> CodeTaken:
    return CodeTaken(
        _("The floor has a space %(code)s on some of these days. Choose another code, or other days.")
        % {"code": space.code},
        field="code",
    )


def _floor_full(floor: Floor) -> FloorFull:
    words = {"floor": floor.area_m2, "taken": most_taken(floor)}
    return FloorFull(
        _(
            "The floor has %(floor)s m², and its spaces already take %(taken)s m² of it. "
            "Enter less area, or correct the floor."
        )
        % words,
        field="area_m2",
    )


def refuse_taken(space: Space) -> SpaceTakenThen:
    """Return the refusal that names what is in the way of the days that a space would have."""
    way = taken_outside(space, space.starts_on, space.ends_on)
    return SpaceTakenThen(way_in_words(way), field="ends_on", way=way)


def way_in_words(way: InTheWay) -> str:
    """Return what is in the way, and how to clear it."""
    parts = []
    if way.tenancies:
        parts.append(
            str(_("It is let on days after that: %(names)s. End the tenancy or move the team first."))
            % {"names": ", ".join(f"{one.team} ({one.number})" for one in way.tenancies)}
        )
    if way.bookings:
        parts.append(
            str(_("It is booked on %(n)s dates outside these days. Close the space on its own page to cancel them."))
            % {"n": way.bookings}
        )
    return " ".join(parts) or str(_("It is taken on other days than these. Enter days that hold them."))


def _code(said: str) -> str:
    kept = " ".join(said.split())
    if not kept or len(kept) > LONGEST_CODE:
        raise CodeOdd(_("Enter the code on the door, at most 40 characters, such as A-0312."), field="code")
    return kept


def _features(said: Sequence[str]) -> list[str]:
    """Return features as words of letters, digits and hyphens, each once, in order."""
    kept: list[str] = []
    for one in said:
        word = slugify(one, allow_unicode=True)
        if not word or len(word) > LONGEST_FEATURE:
            raise FeatureOdd(
                _("“%(word)s” is no feature. Write short words, such as projector or fume-hood.") % {"word": one[:60]},
                field="features",
            )
        if word not in kept:
            kept.append(word)
    if len(kept) > MOST_FEATURES:
        raise FeatureOdd(_("Enter at most 30 features."), field="features")
    return kept


def _outline(corners: Sequence[Sequence[float]]) -> list[list[float]]:
    """Return the corners, rounded to hundredths; at least three, or none."""
    try:
        kept = [[round(float(x), 2), round(float(y), 2)] for x, y in corners]
    except (TypeError, ValueError):
        kept = [[math.nan, math.nan]]
    if not all(math.isfinite(value) for corner in kept for value in corner):
        raise OutlineOdd(_("Write each corner as two numbers, such as 10,20."), field="outline")
    if kept and not LEAST_CORNERS <= len(kept) <= MOST_CORNERS:
        raise OutlineOdd(_("An outline has at least three corners and at most 200."), field="outline")
    return kept
