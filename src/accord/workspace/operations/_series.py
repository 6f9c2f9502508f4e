"""Changes a date, a date and those after it, or all: what can be kept is kept, and what was refused is told.

"This and the following" ends the series and begins another that continues it. A change is whole: either every date
that was not refused has moved, or none.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import uuid5

from django.db import IntegrityError, connection, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accord.kernel.versions import expect
from accord.people.queries import Person
from accord.workspace.enums import OccurrenceState
from accord.workspace.models import Booking, BookingGuest, Occurrence, Space
from accord.workspace.operations._bookings import (
    OFFERED,
    Guest,
    RefusedDate,
    WhenTaken,
    dates_written,
    invite,
    keep,
)
from accord.workspace.operations._bookings_refused import (
    BookingOver,
    SpaceTaken,
    refusal_by_database,
    refusal_of,
)
from accord.workspace.operations._bookings_settle import OPEN, end_series, hold_date, hold_dates, hold_spaces, let_in
from accord.workspace.operations._bookings_tell import tell_moved
from accord.workspace.operations._invitations import tell_guests
from accord.workspace.operations._series_moves import Later, Move, move_dates, shifted, wall_minutes
from accord.workspace.queries import (
    Knows,
    Obstacle,
    Span,
    in_the_way,
    next_free,
    obstacle_of,
    outside_operation,
    span_of,
    zone_of_space,
)


@dataclass(frozen=True, slots=True)
class Changed:
    """What came of a change: the booking that holds the dates now, the dates that moved, and those that could not."""

    booking: Booking
    moved: tuple[Occurrence, ...]
    refused: tuple[RefusedDate, ...] = ()


def change_occurrence(
    *,
    occurrence: Occurrence,
    by: Person,
    at: datetime,
    starts_at: datetime | None = None,
    minutes: int | None = None,
    space: Space | None = None,
    approved: bool = False,
) -> Occurrence:
    """Move one date, make it longer or shorter, or take it to another space; the others of its series stay.

    Where the space needs approval it becomes a request again, unless it is `approved` by a keeper. One that is checked
    in can only change its length. Raises what `book` raises, and `BookingOver`.
    """
    try:
        with transaction.atomic():
            hold_spaces([occurrence.space_id, *([space.pk] if space else [])])
            held = hold_date(occurrence)
            _refuse_over(held, at, is_moved=starts_at is not None or space is not None)
            goal = hold_spaces([space.pk])[space.pk] if space else held.space
            move = _one_move(held, goal, starts_at, minutes)
            if goal.pk == held.space_id and move.span == Span.of(held.during):
                return held
            _refuse_one(move, goal, by, at)
            move_dates([move], goal, approved=approved)
            return _after(held, goal, by, at)
    except IntegrityError as error:
        raise refusal_by_database(error) from error


def change_following(
    *,
    occurrence: Occurrence,
    by: Person,
    at: datetime,
    starts_at: datetime | None = None,
    minutes: int | None = None,
    space: Space | None = None,
    when_taken: WhenTaken = "refuse",
    approved: bool = False,
) -> Changed:
    """Move a date and those after it by as much: the series ends before it, and another continues it.

    Where some cannot go, `refuse` moves none and `skip` leaves these where they are. Raises what `book` raises.
    """
    booking_pk, sequence = occurrence.booking_id, occurrence.sequence
    try:
        with transaction.atomic():
            booking = _hold_booking(booking_pk or 0)
            return _shift(booking, sequence, starts_at, minutes, space, when_taken, by=by, at=at, approved=approved)
    except IntegrityError as error:
        raise refusal_by_database(error) from error


def change_booking(
    *,
    booking: Booking,
    by: Person,
    at: datetime,
    version: int | None = None,
    title: str | None = None,
    note: str | None = None,
    is_private: bool | None = None,
    guests: Sequence[Guest] | None = None,
    starts_at: datetime | None = None,
    minutes: int | None = None,
    space: Space | None = None,
    when_taken: WhenTaken = "refuse",
    approved: bool = False,
) -> Changed:
    """Change all of a booking: what it says, and when and where its dates that are still ahead are.

    `starts_at` is of the first date that is still ahead. Raises what `book` raises, `BookingOver`, and `Clash` where
    somebody changed the booking since `version`.
    """
    said = {"title": title and " ".join(title.split()), "note": note, "is_private": is_private}
    try:
        with transaction.atomic():
            held = _hold_booking(booking.pk)
            if version is not None:
                expect(held, version)
            _say(held, {name: value for name, value in said.items() if value is not None}, guests)
            if starts_at is None and minutes is None and space is None:
                return Changed(held, ())
            ahead = Occurrence.objects.filter(booking=held, state__in=OPEN, during__startswith__gt=at)
            first = ahead.order_by("sequence").values_list("sequence", flat=True).first()
            if first is None:
                raise BookingOver(_("No date of this booking is still ahead. Book anew."))
            return _shift(held, first, starts_at, minutes, space, when_taken, by=by, at=at, approved=approved)
    except IntegrityError as error:
        raise refusal_by_database(error) from error


def _hold_booking(pk: int) -> Booking:
    held = Booking.objects.select_for_update(of=("self",)).select_related(
        "space__floor__building__site", "space__policy"
    )
    return held.get(pk=pk)


def _say(held: Booking, said: dict[str, object], guests: Sequence[Guest] | None) -> None:
    """Write what a booking says, where it differs."""
    changed = [name for name, value in said.items() if getattr(held, name) != value]
    for name in changed:
        setattr(held, name, said[name])
    if guests is not None:
        invite(held, guests)
    if changed:
        held.version += 1
        held.save(update_fields=[*changed, "version"])


def _refuse_over(held: Occurrence, at: datetime, *, is_moved: bool) -> None:
    """Refuse to change a date that is over, and to move one that is checked in."""
    allowed = OPEN if is_moved else (*OPEN, OccurrenceState.ATTENDED)
    if held.state not in allowed or held.during.upper <= at:
        raise BookingOver(_("This date is over, cancelled or checked in, so it stays where it is. Book anew."))


def _one_move(held: Occurrence, goal: Space, starts_at: datetime | None, minutes: int | None) -> Move:
    """Return where one date is to go."""
    begins = starts_at or held.during.lower
    if minutes is None and goal.pk == held.space_id and starts_at is None:
        return Move(held, Span.of(held.during))
    length = minutes if minutes is not None else wall_minutes(Span.of(held.during), zone_of_space(held.space))
    return Move(held, span_of(goal.policy, zone_of_space(goal), begins, length))


def _refuse_one(move: Move, goal: Space, by: Person, at: datetime) -> None:
    """Refuse a move that the rules or somebody else are against."""
    held, zone = move.occurrence, zone_of_space(goal)
    is_new_start = move.span.starts_at != held.during.lower or goal.pk != held.space_id
    obstacle = outside_operation(goal, zone, move.span) or obstacle_of(
        goal.policy, zone, move.span, at=at if is_new_start else None
    )
    if obstacle is not None:
        raise refusal_of(obstacle)
    taken = in_the_way(goal, [move.span], Knows.of_person(by, at.astimezone(zone).date()), but=[held.pk])
    if taken:
        raise _taken([_refused(move.span, taken[0])], goal, move.span.minutes, at)


def _after(held: Occurrence, goal: Space, by: Person, at: datetime) -> Occurrence:
    """Let in who waited where a date was, keep the booking of a single date in step, and tell whom it is for."""
    freed = Span.of(held.blocked)
    moved = Occurrence.objects.select_related(
        "space__floor__building__site", "booking__space__floor__building__site"
    ).get(pk=held.pk)
    booking = moved.booking
    if booking is not None and not booking.rule:
        booking.space, booking.starts_at, booking.minutes = goal, moved.during.lower, moved.minutes
        booking.version += 1
        booking.save(update_fields=["space", "starts_at", "minutes", "version"])
    if booking is not None:
        tell_moved(booking, [moved], by=by, at=at)
    let_in(held.space, at=at, freed=[freed])
    return moved


def _shift(
    booking: Booking,
    sequence: int,
    starts_at: datetime | None,
    minutes: int | None,
    space: Space | None,
    when_taken: WhenTaken,
    *,
    by: Person,
    at: datetime,
    approved: bool,
) -> Changed:
    """Move the dates of a booking from one on."""
    goal = space.pk if space else booking.space_id
    old_spaces = Occurrence.objects.filter(booking=booking, sequence__gte=sequence).values_list("space", flat=True)
    goal_space = hold_spaces([*old_spaces, goal])[goal]
    wanted = Q(booking=booking, sequence__gte=sequence, state__in=OPEN, during__endswith__gt=at)
    held = hold_dates(wanted)
    if not held:
        raise BookingOver(_("No date of this booking is still ahead. Book anew."))
    later = shifted(booking, sequence, starts_at, goal_space)
    length = minutes if minutes is not None else booking.minutes
    zone = zone_of_space(goal_space)
    moves = [Move(one, span_of(goal_space.policy, zone, later.starts[one.sequence - sequence], length)) for one in held]
    against = _against(moves, goal_space, by, at)
    refused = tuple(_refused(move.span, against[number]) for number, move in enumerate(moves) if number in against)
    going = [move for number, move in enumerate(moves) if number not in against]
    if refused and (when_taken == "refuse" or not going):
        raise _taken(refused, goal_space, length, at)
    move_dates(going, goal_space, approved=approved)
    kept = _continued(booking, sequence, later, length, goal_space, by=by, at=at)
    moved = [one for one in dates_written(kept) if one.pk in {move.occurrence.pk for move in going}]
    tell_moved(kept, moved, by=by, at=at)
    if kept.pk != booking.pk:
        tell_guests(booking=booking, at=at)
    _let_in_after(going, at)
    return Changed(kept, tuple(moved), refused)


def _against(moves: Sequence[Move], goal: Space, by: Person, at: datetime) -> dict[int, Obstacle]:
    """Return by number what is against each move: the rules, or what has the space already."""
    zone = zone_of_space(goal)
    spans = [move.span for move in moves]
    knows = Knows.of_person(by, at.astimezone(zone).date())
    taken = in_the_way(goal, spans, knows, but=[move.occurrence.pk for move in moves])
    found = {}
    for number, span in enumerate(spans):
        is_first = number == 0 and span.starts_at != moves[0].occurrence.during.lower
        rules = outside_operation(goal, zone, span) or obstacle_of(goal.policy, zone, span, at=at if is_first else None)
        if (obstacle := rules or taken.get(number)) is not None:
            found[number] = obstacle
    return found


def _continued(
    booking: Booking, sequence: int, later: Later, minutes: int, goal: Space, *, by: Person, at: datetime
) -> Booking:
    """Return the booking that holds the dates from now on: the same where none lies before, another otherwise."""
    if sequence == 0:
        booking.rule, booking.starts_at, booking.minutes, booking.space = later.rule, later.starts[0], minutes, goal
        booking.version += 1
        booking.save(update_fields=["rule", "starts_at", "minutes", "space", "version"])
        return booking
    other = Booking(
        key=uuid5(booking.key, f"from {sequence}"),
        space=goal,
        title=booking.title,
        note=booking.note,
        is_private=booking.is_private,
        team=booking.team,
        owner=booking.owner,
        rule=later.rule,
        starts_at=later.starts[0],
        minutes=minutes,
        code=booking.code,
        continues=booking,
        is_simulated=booking.is_simulated,
        made_at=at,
        made_by=by,
    )
    if not keep(other):
        raise BookingOver(_("Somebody split this series a moment ago. Open it again."))
    end_series(booking, sequence)
    _hand_over(booking, other, sequence)
    return other


def _hand_over(booking: Booking, other: Booking, sequence: int) -> None:
    """Give the dates from one on, and a copy of the guests, to the booking that continues."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE workspace_occurrence SET booking_id = %s, sequence = sequence - %s"
            " WHERE booking_id = %s AND sequence >= %s",
            [other.pk, sequence, booking.pk, sequence],
        )
    BookingGuest.objects.bulk_create(
        BookingGuest(booking=other, email=one.email, name=one.name) for one in booking.guests.order_by("pk")
    )


def _let_in_after(going: Sequence[Move], at: datetime) -> None:
    """Let in who waited where dates were."""
    by_space: dict[int, list[Occurrence]] = {}
    for move in going:
        by_space.setdefault(move.occurrence.space_id, []).append(move.occurrence)
    for dates in by_space.values():
        let_in(dates[0].space, at=at, freed=[Span.of(one.blocked) for one in dates])


def _taken(refused: Sequence[RefusedDate], goal: Space, minutes: int, at: datetime) -> SpaceTaken:
    """Return the refusal of a change, with what is free instead."""
    free = next_free(goal, refused[0].starts_at, minutes, OFFERED, at=at)
    return SpaceTaken(refused[0].sentence, field="starts_at", refused=tuple(refused), free=free, reason=refused[0].code)


def _refused(span: Span, obstacle: Obstacle) -> RefusedDate:
    return RefusedDate(span.starts_at, span.ends_at, obstacle.code, obstacle.sentence)
