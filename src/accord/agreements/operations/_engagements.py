"""Meetings between the parties."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accord.agreements.models import Agreement, Attendance, Engagement, EngagementCount
from accord.kernel.refused import Refused
from accord.kernel.text import Bilingual
from accord.kernel.versions import expect
from accord.people.queries import Person


class EngagementInFuture(Refused):
    """A meeting is recorded after it took place, not before."""

    code = "engagement-in-future"


class FewerThanNamed(Refused):
    """More people are named than are said to have come."""

    code = "fewer-than-named"


class EngagementStruck(Refused):
    """A meeting that was struck is not changed."""

    code = "engagement-struck"
    status = 409


@dataclass(frozen=True, slots=True)
class Guest:
    """Somebody who came and whom Accord does not know: the name, and where they came from."""

    name: str
    institution: str = ""


def record_engagement(
    *,
    agreement: Agreement,
    kind: str,
    title: Bilingual,
    held_on: date,
    place: Bilingual,
    attendees: int,
    by: Person,
    at: datetime,
    is_simulated: bool = False,
    minutes: Bilingual | None = None,
    persons: Collection[int] = (),
    guests: Collection[Guest] = (),
) -> Engagement:
    """Record a meeting that took place. `attendees` counts everybody; `persons` and `guests` are known by name.

    Raises `EngagementInFuture` for a day after `at`, and `FewerThanNamed` where more are named than came. Whoever is
    named twice came once.
    """
    named = _named(persons, guests)
    _refuse_wrong(held_on, attendees, named, at)
    with transaction.atomic():
        engagement = Engagement.objects.create(
            agreement=agreement,
            kind=kind,
            title=title,
            held_on=held_on,
            place=place,
            attendees=attendees,
            minutes=minutes or Bilingual(),
            is_simulated=is_simulated,
            recorded_at=at,
            recorded_by=by,
        )
        _write_names(engagement, named)
        _count(engagement, at)
    return engagement


@transaction.atomic
def change_engagement(
    *,
    engagement: Engagement,
    version: int,
    kind: str,
    title: Bilingual,
    held_on: date,
    place: Bilingual,
    attendees: int,
    minutes: Bilingual,
    persons: Collection[int],
    guests: Collection[Guest],
    by: Person,
    at: datetime,
) -> Engagement:
    """Change what was recorded of a meeting; what measures knew of it before stays known for the days before.

    Raises `Clash` where somebody changed it since `version`, `EngagementStruck`, and what `record_engagement` raises.
    The same values again change nothing.
    """
    del by
    named = _named(persons, guests)
    _refuse_wrong(held_on, attendees, named, at)
    held = Engagement.objects.select_for_update().get(pk=engagement.pk)
    if held.struck_at is not None:
        raise EngagementStruck(_("The meeting was struck and is not changed any more. Record it anew."))
    values = {"kind": kind, "title": title, "held_on": held_on, "place": place, "attendees": attendees}
    wanted = {**values, "minutes": minutes}
    is_same = all(getattr(held, name) == value for name, value in wanted.items())
    if is_same and set(_names_of(held)) == set(named):
        return held
    expect(held, version)
    for name, value in wanted.items():
        setattr(held, name, value)
    held.version += 1
    held.save(update_fields=[*wanted, "version"])
    _write_names(held, named)
    _count(held, at)
    return held


@transaction.atomic
def strike_engagement(*, engagement: Engagement, by: Person, at: datetime) -> Engagement:
    """Strike a meeting that was recorded by mistake; it stays in the history. Twice changes nothing."""
    held = Engagement.objects.select_for_update().get(pk=engagement.pk)
    if held.struck_at is None:
        held.struck_at, held.struck_by = at, by
        held.version += 1
        held.save(update_fields=["struck_at", "struck_by", "version"])
        _close(held, at)
    return held


def _refuse_wrong(held_on: date, attendees: int, named: Collection[object], at: datetime) -> None:
    """Say why a meeting cannot have been like this."""
    if held_on > at.date():
        raise EngagementInFuture(_("The day must not be later than today."), field="held_on")
    if attendees < len(named):
        raise FewerThanNamed(
            _("%(named)s people are named. Enter that many or more, or name fewer.") % {"named": len(named)},
            field="attendees",
        )


Name = tuple[int | None, str, str]


def _named(persons: Collection[int], guests: Collection[Guest]) -> list[Name]:
    """Return everybody who is named, each once, in their order."""
    known: dict[object, Name] = {pk: (pk, "", "") for pk in persons}
    for guest in guests:
        name, institution = " ".join(guest.name.split()), " ".join(guest.institution.split())
        if name:
            known.setdefault((name.lower(), institution.lower()), (None, name, institution))
    return list(known.values())


def _names_of(engagement: Engagement) -> list[Name]:
    """Return who is written down."""
    rows = engagement.attendances.order_by("pk")
    return [(row.person_id, row.name, row.institution) for row in rows]


def _write_names(engagement: Engagement, named: Collection[Name]) -> None:
    """Make those written down the ones who are named; who stays keeps their row."""
    gone = [row.pk for row in engagement.attendances.all() if (row.person_id, row.name, row.institution) not in named]
    engagement.attendances.filter(pk__in=gone).delete()
    written = set(_names_of(engagement))
    for name in named:
        if name not in written:
            person_id, said, institution = name
            Attendance.objects.create(engagement=engagement, person_id=person_id, name=said, institution=institution)


def _count(engagement: Engagement, at: datetime) -> None:
    """Let measures know the day and the number that hold from now on, unless they are the ones already known."""
    known = engagement.counts.filter(unknown_at=None).first()
    if known and (known.held_on, known.attendees) == (engagement.held_on, engagement.attendees):
        return
    _close(engagement, at)
    EngagementCount.objects.create(
        engagement=engagement, held_on=engagement.held_on, attendees=engagement.attendees, known_at=at
    )


def _close(engagement: Engagement, at: datetime) -> None:
    """Let what was known of the meeting end now."""
    for known in engagement.counts.filter(unknown_at=None):
        known.unknown_at = max(at, known.known_at)
        known.save(update_fields=["unknown_at"])
