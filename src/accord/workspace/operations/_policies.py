"""Keeps the rules by which spaces are booked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, time
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accord.kernel.refused import Refused
from accord.kernel.text import Bilingual
from accord.kernel.versions import expect
from accord.people.operations import named
from accord.people.queries import Person
from accord.workspace.enums import BookingMode
from accord.workspace.models import BookingPolicy, Site
from accord.workspace.operations._sites import put

WEEKDAYS = tuple(str(day) for day in range(1, 8))
DAY_MINUTES = 24 * 60
Opening = Mapping[str, Sequence[Sequence[str]]]


class OpeningOdd(Refused):
    """Opening hours are in order, do not overlap, and lie within a day."""

    code = "opening-odd"


class LengthsOdd(Refused):
    """The lengths of a booking contradict each other."""

    code = "lengths-odd"


class NoonMissing(Refused):
    """Half days need to know where the day is halved; others do not."""

    code = "noon-missing"


@dataclass(frozen=True, slots=True)
class PolicyFacts:
    """How spaces are booked: see `models.BookingPolicy` for what each of these means."""

    name: Bilingual
    mode: str = BookingMode.TIME
    opening: Opening = field(default_factory=dict)
    step_minutes: int = 15
    min_minutes: int = 15
    max_minutes: int = 480
    before_minutes: int = 0
    after_minutes: int = 0
    notice_minutes: int = 0
    advance_days: int = 180
    quota_minutes: int | None = None
    needs_approval: bool = False
    check_in_minutes: int | None = None
    half_day_at: time | None = None

    def checked(self) -> "PolicyFacts":
        """Return the same as it is kept. Raises `NameMissing`, `OpeningOdd`, `LengthsOdd`, `NoonMissing`."""
        self._refuse_odd_lengths()
        halves = self.mode == BookingMode.HALF_DAY
        if halves and self.half_day_at is None:
            raise NoonMissing(_("Enter when the second half of the day begins."), field="half_day_at")
        return replace(
            self,
            name=named(self.name),
            opening=_in_order(self.opening),
            half_day_at=self.half_day_at if halves else None,
        )

    def _refuse_odd_lengths(self) -> None:
        if self.step_minutes < 1:
            raise LengthsOdd(_("Enter a step of at least one minute."), field="step_minutes")
        if not 1 <= self.min_minutes <= self.max_minutes:
            raise LengthsOdd(
                _("The longest booking is shorter than the shortest one. Enter them the other way round."),
                field="max_minutes",
            )
        if self.mode == BookingMode.TIME and self.min_minutes % self.step_minutes:
            raise LengthsOdd(
                _("The shortest booking must be a whole number of steps of %(step)s minutes.")
                % {"step": self.step_minutes},
                field="min_minutes",
            )


@transaction.atomic
def add_policy(*, site: Site, name: Bilingual, by: Person, at: datetime, **rules: Any) -> BookingPolicy:
    """Add rules by which spaces of a site can be booked; `rules` are the fields of `PolicyFacts`.

    Raises what `PolicyFacts.checked` does.
    """
    del by, at  # the history keeps both
    made = BookingPolicy(site=site)
    put(made, PolicyFacts(name=name, **rules).checked())
    made.save()
    return made


@transaction.atomic
def change_policy(
    *, policy: BookingPolicy, version: int, facts: PolicyFacts, by: Person, at: datetime
) -> BookingPolicy:
    """Change the rules; bookings that stand are not touched. What stands there already is no change, and no clash.

    Raises `Clash` for an older version, and what `PolicyFacts.checked` does.
    """
    del by, at  # the history keeps both
    checked = facts.checked()
    held = BookingPolicy.objects.select_for_update().get(pk=policy.pk)
    changed = put(held, checked)
    if not changed:
        return held
    expect(held, version)
    held.version += 1
    held.save(update_fields=[*changed, "version"])
    return held


def _in_order(opening: Opening) -> dict[str, list[list[str]]]:
    """Return the hours of each day in order. Raises `OpeningOdd`."""
    kept: dict[str, list[list[str]]] = {}
    for day, spans in opening.items():
        if day not in WEEKDAYS:
            raise OpeningOdd(_("Days of the week are numbered 1 to 7, from Monday."), field="opening")
        read = sorted((_minute(start, day), _minute(end, day)) for start, end in spans)
        ends = [0, *(end for _start, end in read)]
        if any(start >= end or start < before for (start, end), before in zip(read, ends, strict=False)):
            raise OpeningOdd(
                _("Opening hours must end after they begin and must not overlap: 08:00-12:00, 13:00-18:00."),
                field=f"day_{day}",
            )
        if read:
            kept[day] = [[_said(start), _said(end)] for start, end in read]
    return dict(sorted(kept.items()))


def _minute(said: str, day: str) -> int:
    """Return the minute of the day that a time says; 24:00 is its end."""
    hour, colon, minute = said.partition(":")
    if not (colon and hour.isdecimal() and minute.isdecimal() and int(minute) < 60):  # noqa: PLR2004 (minutes an hour)
        raise _odd(day)
    found = int(hour) * 60 + int(minute)
    if found > DAY_MINUTES:
        raise _odd(day)
    return found


def _odd(day: str) -> OpeningOdd:
    return OpeningOdd(_("Write opening hours as 08:00-20:00, between 00:00 and 24:00."), field=f"day_{day}")


def _said(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"
