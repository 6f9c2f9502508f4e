"""Books spaces: once or as a series, confirmed at once, asked for, or put on the waiting list."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from django.db import IntegrityError, connection, transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accord.people.queries import Person
from accord.workspace.enums import OccurrenceState
from accord.workspace.models import Booking, BookingGuest, Occurrence, Space, Team
from accord.workspace.operations._bookings_refused import (
    BookingKeyTaken,
    QuotaExceeded,
    SpaceTaken,
    refusal_by_database,
    refusal_of,
)
from accord.workspace.operations._bookings_tell import tell_booked, tell_requested
from accord.workspace.operations._bookings_write import Dated, draws_on_quota, insert_dates, within_quota
from accord.workspace.queries import (
    Knows,
    Obstacle,
    against_rules,
    dates_of,
    day_at,
    in_the_way,
    next_free,
    read_rule,
    span_of,
    zone_of_space,
)

WhenTaken = Literal["refuse", "skip", "wait"]
OFFERED = 5

KEEP = """
    INSERT INTO workspace_booking (key, space_id, title, note, is_private, team_id, owner_id, rule, starts_at, minutes,
                                   code, continues_id, is_simulated, made_at, made_by_id, version)
    VALUES (%(key)s, %(space)s, %(title)s, %(note)s, %(private)s, %(team)s, %(owner)s, %(rule)s, %(starts_at)s,
            %(minutes)s, %(code)s, %(continues)s, %(simulated)s, %(at)s, %(by)s, 1)
    ON CONFLICT (key) DO NOTHING RETURNING id
"""


@dataclass(frozen=True, slots=True)
class Guest:
    """Somebody from outside who is invited by mail."""

    email: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class RefusedDate:
    """One date that was not booked, and why."""

    starts_at: datetime
    ends_at: datetime
    code: str
    sentence: str | Promise


@dataclass(frozen=True, slots=True)
class Booked:
    """What came of a wish: the booking, its dates as they stand, and the dates that were refused."""

    booking: Booking
    occurrences: tuple[Occurrence, ...]
    refused: tuple[RefusedDate, ...] = ()


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody wants to book, checked as far as the rules go: a booking that is not written, and its dates."""

    booking: Booking
    space: Space
    dates: tuple[Dated, ...]
    against: Mapping[int, Obstacle]
    state: OccurrenceState
    guests: tuple[Guest, ...] = ()
    continues: Booking | None = field(default=None)

    @property
    def open(self) -> list[Dated]:
        """Return the dates that the rules have nothing against."""
        return [one for one in self.dates if one.sequence not in self.against]


def book(
    *,
    space: Space,
    title: str,
    starts_at: datetime,
    minutes: int,
    owner: Person,
    by: Person,
    at: datetime,
    key: UUID,
    code: str,
    team: Team | None = None,
    rule: str = "",
    note: str = "",
    is_private: bool = False,
    guests: Sequence[Guest] = (),
    when_taken: WhenTaken = "refuse",
    without: Collection[int] = (),
    approved: bool = False,
    is_simulated: bool = False,
) -> Booked:
    """Book a space, once or by a rule of repetition, whole or not at all.

    Where some dates cannot be had, `refuse` books none, `skip` books the others, and `wait` puts those that are taken
    on the waiting list. Where the space needs approval the dates are requests, unless they are `approved` by a keeper;
    requests keep nobody out. `without` are the numbers of dates that are not wanted, from 0. The same key with the same
    wish is the same booking.

    Raises `SpaceTaken`, `QuotaExceeded`, `BookingKeyTaken`, `RuleUnclear`, `SeriesTooLong`, and what the rules of the
    space have against the only date, or against any where one refuses all.
    """
    space = _whole(space)
    zone = zone_of_space(space)
    booking = Booking(
        key=key,
        space=space,
        title=" ".join(title.split()),
        note=note.strip(),
        is_private=is_private,
        team=team,
        owner=owner,
        rule=str(read_rule(rule, zone)) if rule else "",
        starts_at=starts_at,
        minutes=minutes,
        code=code,
        is_simulated=is_simulated,
        made_at=at,
        made_by=by,
    )
    wish = _wished(booking, without, guests, approved=approved)
    if (before := _same(booking)) is not None:
        return _again(before, wish)
    _refuse_by_rules(wish, when_taken)
    return _booked(wish, when_taken)


def _wished(booking: Booking, without: Collection[int], guests: Sequence[Guest], *, approved: bool) -> Wish:
    """Return a booking with its dates and what the rules have against them; it begins with the first of its rule."""
    space = booking.space
    zone = zone_of_space(space)
    starts = dates_of(booking.rule, booking.starts_at, zone)
    booking.starts_at = starts[0]
    dates = tuple(
        Dated(number, span_of(space.policy, zone, one, booking.minutes))
        for number, one in enumerate(starts)
        if number not in without
    )
    odd = against_rules(space, zone, [one.span for one in dates], at=booking.made_at)
    against = {dates[place].sequence: obstacle for place, obstacle in odd.items()}
    asks = space.policy is not None and space.policy.needs_approval and not approved
    state = OccurrenceState.REQUESTED if asks else OccurrenceState.CONFIRMED
    return Wish(booking, space, dates, against, state, tuple(guests))


def _booked(wish: Wish, when_taken: WhenTaken) -> Booked:
    """Write a booking with its dates, and tell those concerned."""
    booking, by, at = wish.booking, wish.booking.made_by, wish.booking.made_at
    try:
        with transaction.atomic():
            if not keep(booking):
                return _again(Booking.objects.get(key=booking.key), wish)
            booked = write(wish, when_taken)
            tell_booked(booking, booked.occurrences, by=by, at=at)
            tell_requested(booking, booked.occurrences, at=at)
    except IntegrityError as error:
        raise refusal_by_database(error) from error
    return booked


def write(wish: Wish, when_taken: WhenTaken) -> Booked:
    """Write the dates of a booking that is kept already; call inside a transaction. Raises as `book`."""
    booking, space = wish.booking, wish.space
    has_no_hours = _over_quota(wish)
    tried = [one for one in wish.open if one.sequence not in has_no_hours]
    given = insert_dates(booking, space, tried, wish.state, at=booking.made_at, by=booking.made_by_id)
    left = [one for one in tried if one.sequence not in given]
    raced = {one.sequence: Obstacle("taken", _("Taken at that time.")) for one in left}
    obstacles = {**wish.against, **has_no_hours, **raced, **_taken(wish, left)}
    refused = tuple(_refused(one, obstacles[one.sequence]) for one in wish.dates if one.sequence in obstacles)
    waits = left if when_taken == "wait" else []
    if refused and (when_taken == "refuse" or not (given or waits)):
        raise _refusal(wish, obstacles, refused)
    insert_dates(booking, space, waits, OccurrenceState.WAITING, at=booking.made_at, by=booking.made_by_id)
    if wish.guests:
        invite(booking, wish.guests)
    return Booked(booking, dates_written(booking), refused)


def keep(booking: Booking) -> bool:
    """Write the row of a booking; return False where one of its key is there already, once that is certain."""
    given: dict[str, Any] = {
        "key": booking.key,
        "space": booking.space_id,
        "title": booking.title,
        "note": booking.note,
        "private": booking.is_private,
        "team": booking.team_id,
        "owner": booking.owner_id,
        "rule": booking.rule,
        "starts_at": booking.starts_at,
        "minutes": booking.minutes,
        "code": booking.code,
        "continues": booking.continues_id,
        "simulated": booking.is_simulated,
        "at": booking.made_at,
        "by": booking.made_by_id,
    }
    with connection.cursor() as cursor:
        cursor.execute(KEEP, given)
        row = cursor.fetchone()
    if row is not None:
        booking.pk = row[0]
        booking._state.adding = False  # noqa: SLF001 (Django's own mark of a row that is there)
        booking._state.db = "default"  # noqa: SLF001 (the same)
    return row is not None


def dates_written(booking: Booking) -> tuple[Occurrence, ...]:
    """Return the dates of a booking, in their order; one query."""
    found = Occurrence.objects.filter(booking=booking).order_by("sequence", "pk")
    return tuple(_tied(one, booking) for one in found)


def _whole(space: Space) -> Space:
    """Return the space with its rules as they stand now, and its site."""
    return Space.objects.select_related("floor__building__site", "policy").get(pk=space.pk)


def _tied(occurrence: Occurrence, booking: Booking) -> Occurrence:
    """Return a date that knows its booking and space without asking again."""
    occurrence.booking = booking
    if occurrence.space_id == booking.space_id:
        occurrence.space = booking.space
    return occurrence


def _refuse_by_rules(wish: Wish, when_taken: WhenTaken) -> None:
    """Refuse early what the rules have something against: any date, or all where the others are to be booked."""
    if wish.against and (when_taken == "refuse" or not wish.open):
        first = min(wish.against)
        refusal = refusal_of(wish.against[first])
        refusal.detail["refused"] = tuple(
            _refused(one, wish.against[one.sequence]) for one in wish.dates if one.sequence in wish.against
        )
        raise refusal


def _over_quota(wish: Wish) -> dict[int, Obstacle]:
    """Return the dates for which the team has no hours left; what is taken anyway draws on none."""
    team = wish.booking.team_id
    if team is None or not draws_on_quota(wish.space, team, wish.state):
        return {}
    zone = zone_of_space(wish.space)
    taken = _taken(wish, wish.open)
    wanted = [one for one in wish.open if one.sequence not in taken]
    fits = within_quota(wish.space, team, wanted, zone)
    words = _("The team has used up its hours of this month. Cancel a booking, or ask the operator.")
    return {one.sequence: Obstacle("quota-exceeded", words) for one in wanted if one.sequence not in fits}


def _taken(wish: Wish, dates: Sequence[Dated]) -> dict[int, Obstacle]:
    """Return by number what takes the space on some dates, as far as whoever books may know."""
    if not dates:
        return {}
    booking = wish.booking
    knows = Knows.of_person(booking.made_by, day_at(wish.space.floor.building.site, booking.made_at))
    found = in_the_way(wish.space, [one.span for one in dates], knows)
    return {one.sequence: found[place] for place, one in enumerate(dates) if place in found}


def _refused(one: Dated, obstacle: Obstacle) -> RefusedDate:
    return RefusedDate(one.span.starts_at, one.span.ends_at, obstacle.code, obstacle.sentence)


def _refusal(
    wish: Wish, obstacles: Mapping[int, Obstacle], refused: tuple[RefusedDate, ...]
) -> SpaceTaken | QuotaExceeded:
    """Return the refusal of a whole wish, with what is free instead."""
    first = obstacles[min(obstacles)]
    booking = wish.booking
    if all(one.code == "quota-exceeded" for one in obstacles.values()):
        return QuotaExceeded(first.sentence, field="team", refused=refused)
    free = next_free(wish.space, refused[0].starts_at, booking.minutes, OFFERED, at=booking.made_at)
    return SpaceTaken(first.sentence, field="starts_at", refused=refused, free=free, reason=first.code)


def invite(booking: Booking, guests: Sequence[Guest]) -> None:
    """Make those invited the ones who are named, each address once; who stays keeps their row."""
    by_address = {guest.email.strip().lower(): " ".join(guest.name.split()) for guest in guests if guest.email.strip()}
    booking.guests.exclude(email__in=by_address).delete()
    BookingGuest.objects.bulk_create(
        [BookingGuest(booking=booking, email=address, name=name) for address, name in by_address.items()],
        update_conflicts=True,
        unique_fields=["booking", "email"],
        update_fields=["name"],
    )


def _same(booking: Booking) -> Booking | None:
    """Return the booking that has this key already."""
    return Booking.objects.filter(key=booking.key).first()


def _again(before: Booking, wish: Wish) -> Booked:
    """Return the booking that was made with this key. Raises `BookingKeyTaken` where it was another one."""
    asked = wish.booking
    names = ("space_id", "title", "note", "is_private", "team_id", "owner_id", "rule", "starts_at", "minutes")
    is_other = before.made_by_id != asked.made_by_id or (
        before.version == 1 and any(getattr(before, name) != getattr(asked, name) for name in names)
    )
    if is_other:
        raise BookingKeyTaken(_("This form was sent before with another booking. Open the page again and book anew."))
    dates = dates_written(before)
    there = {one.sequence for one in dates}
    missing = [one for one in wish.dates if one.sequence not in there]
    obstacles = {**_taken(wish, missing), **wish.against}
    unknown = Obstacle("taken", _("Taken at that time."))
    return Booked(before, dates, tuple(_refused(one, obstacles.get(one.sequence, unknown)) for one in missing))
