"""Takes spaces for a tenancy; where something else holds one, says what it is."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from django.utils.translation import gettext_lazy as _

from accord.kernel.constraints import refused_as
from accord.kernel.refused import Refused
from accord.people.queries import Person
from accord.workspace.enums import OccurrenceKind
from accord.workspace.models import Site, Space, Tenancy, TenancySpace
from accord.workspace.operations._bookings_settle import cancel_range
from accord.workspace.queries import Hindrance, Spell, obstacles_during, obstacles_in_words

FAR = datetime(9999, 1, 1, tzinfo=UTC)


class SpaceNotFree(Refused):
    """Something else holds a space during the term; `obstacles` in the detail say what."""

    code = "space-not-free"
    status = 409


class SpaceNotOpen(Refused):
    """A space is not in operation for the whole term."""

    code = "space-not-open"


@dataclass(frozen=True, slots=True)
class Offered:
    """A space in an offer, with its rent a month before relief, and the relief."""

    space: Space
    monthly_minor: int
    relief_percent: Decimal = Decimal(0)


def hold_spaces(
    *, tenancy: Tenancy, spaces: Sequence[Offered], starts_on: date, by: Person, at: datetime
) -> list[TenancySpace]:
    """Take spaces for a tenancy from a day until its end, in the order of their numbers so that two never lock up.

    Raises `SpaceNotFree` and `SpaceNotOpen`.
    """
    rows = []
    for one in sorted(spaces, key=lambda offered: offered.space.pk):
        with refused_as(refusals_of([one.space], starts_on, tenancy.ends_on)):
            row = TenancySpace.objects.create(
                tenancy=tenancy,
                space=one.space,
                starts_on=starts_on,
                ends_on=tenancy.ends_on,
                monthly_minor=one.monthly_minor,
                relief_percent=one.relief_percent,
                recorded_at=at,
                recorded_by=by,
            )
        rows.append(row)
    return rows


def refusals_of(spaces: Sequence[Space], starts_on: date, ends_on: date | None) -> Mapping[str, Callable[[], Refused]]:
    """Return what it means when the database refuses that these spaces are let over these days."""
    return {
        "space_taken_once_at_a_time": lambda: _not_free(spaces, starts_on, ends_on),
        "space_let_once_at_a_time": lambda: _not_free(spaces, starts_on, ends_on),
        "occurrence_in_operation": lambda: SpaceNotOpen(
            _("%(space)s is not in operation for the whole term. Choose other days or another space.")
            % {"space": ", ".join(one.code for one in spaces)},
            field="spaces",
        ),
    }


def _not_free(spaces: Sequence[Space], starts_on: date, ends_on: date | None) -> SpaceNotFree:
    """Return the refusal that says what holds the spaces, and what can be done about it."""
    found: Sequence[Hindrance] = obstacles_during(spaces, Spell(starts_on, ends_on))
    only_bookings = bool(found) and all(one.kind == OccurrenceKind.BOOKING for one in found)
    advice = (
        _("Choose other days or another space, or have the bookings cancelled.")
        if only_bookings
        else _("Choose other days or another space.")
    )
    return SpaceNotFree(
        f"{obstacles_in_words(found)} {advice}", field="spaces", obstacles=found, can_cancel=only_bookings
    )


def free_of_bookings(*, site: Site, spaces: Collection[Space], days: Spell, by: Person, at: datetime) -> int:
    """Cancel what is booked in these spaces over these days, and tell the owners; return how many dates those were."""
    zone = ZoneInfo(site.time_zone)
    from_at = _midnight(days.starts_on, zone)
    until_at = FAR if days.ends_on is None else _midnight(days.ends_on, zone)
    reason = str(_("The space is let from that day on."))
    return sum(
        len(cancel_range(site=site, from_at=from_at, until_at=until_at, by=by, at=at, space=one, reason=reason))
        for one in sorted(spaces, key=lambda space: space.pk)
    )


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=zone)
