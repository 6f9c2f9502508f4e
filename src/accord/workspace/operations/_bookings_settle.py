"""Approves, declines, cancels, checks in and releases dates of bookings, and lets the waiting list come true.

Whoever settles a date locks its space first, then the date: so they go one after the other, and a booking that is
being written meanwhile is waited for.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from django.db import IntegrityError, connection, transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from accord.people.queries import Person
from accord.workspace.enums import HOLDING, PENDING, OccurrenceKind, OccurrenceState
from accord.workspace.models import Booking, Occurrence, QuotaUse, Site, Space, Team
from accord.workspace.operations._bookings_refused import BookingOver, SpaceTaken, refusal_by_database
from accord.workspace.operations._bookings_tell import tell_came_free, tell_settled
from accord.workspace.operations._invitations import tell_guests
from accord.workspace.queries import Knows, Span, blocked_by, dates_of, in_the_way, read_rule, zone_of_space

OPEN = (*PENDING, OccurrenceState.CONFIRMED)
"""The states in which a date is still ahead of whoever booked it."""

LOOKED_BACK = timedelta(days=7)
"""How long no-shows are still released where nothing released them in time."""

OVERDUE = """
    SELECT taken.id FROM workspace_bookingpolicy policy JOIN workspace_space space ON space.policy_id = policy.id
      JOIN workspace_occurrence taken ON taken.space_id = space.id AND taken.state IN ('confirmed', 'attended')
       AND taken.blocked && tstzrange(%(since)s, %(at)s)
     WHERE taken.kind = 'booking' AND taken.state = 'confirmed' AND policy.check_in_minutes IS NOT NULL
       AND greatest(lower(taken.during), taken.made_at, taken.settled_at)
           + make_interval(mins => policy.check_in_minutes) <= %(at)s
     ORDER BY taken.space_id, taken.id LIMIT 500
"""


def approve_request(*, occurrence: Occurrence, by: Person, at: datetime, reason: str = "") -> Occurrence:
    """Approve a date that somebody asks for or waits for, if the space is still free. Twice changes nothing.

    Raises `SpaceTaken`, `QuotaExceeded`, `NotInOperation` and `BookingOver`.
    """
    try:
        with transaction.atomic():
            held = hold_date(occurrence)
            if held.state in HOLDING:
                return held
            if held.state not in PENDING or held.during.upper <= at:
                raise _over()
            _refuse_taken(held, by, at)
            _settle(held, OccurrenceState.CONFIRMED, by, at, reason)
            tell_settled([held], by=by, at=at)
    except IntegrityError as error:
        raise refusal_by_database(error) from error
    return held


@transaction.atomic
def decline_request(*, occurrence: Occurrence, by: Person, at: datetime, reason: str = "") -> Occurrence:
    """Decline a date that somebody asks for or waits for. Twice changes nothing. Raises `BookingOver`."""
    held = hold_date(occurrence)
    if held.state == OccurrenceState.DECLINED:
        return held
    if held.state not in PENDING:
        raise _over()
    _settle(held, OccurrenceState.DECLINED, by, at, reason)
    tell_settled([held], by=by, at=at)
    return held


@transaction.atomic
def cancel_occurrence(*, occurrence: Occurrence, by: Person, at: datetime, reason: str = "") -> Occurrence:
    """Cancel one date; one that is checked in ends now. Who waits for the space gets it. Twice changes nothing.

    Raises `BookingOver` for a date that is over.
    """
    held = hold_date(occurrence)
    if held.state == OccurrenceState.CANCELLED:
        return held
    if held.state not in (*OPEN, OccurrenceState.ATTENDED) or held.during.upper <= at:
        raise _over()
    if held.state == OccurrenceState.ATTENDED:
        _end_early(held, at)
        let_in(held.space, at=at)
        return held
    cancel_held([held], by=by, at=at, reason=reason)
    return held


@transaction.atomic
def cancel_following(*, occurrence: Occurrence, by: Person, at: datetime, reason: str = "") -> tuple[Occurrence, ...]:
    """Cancel a date and those after it; the series ends before it. Returns the dates that were cancelled."""
    booking = Booking.objects.select_for_update().get(pk=occurrence.booking_id or 0)
    gone = _cancel_all(Q(booking=booking, sequence__gte=occurrence.sequence), by=by, at=at, reason=reason)
    end_series(booking, occurrence.sequence)
    return gone


@transaction.atomic
def cancel_booking(*, booking: Booking, by: Person, at: datetime, reason: str = "") -> tuple[Occurrence, ...]:
    """Cancel every date of a booking that is still ahead. Returns the dates that were cancelled."""
    return _cancel_all(Q(booking=booking), by=by, at=at, reason=reason)


@transaction.atomic
def cancel_range(
    *,
    site: Site,
    from_at: datetime,
    until_at: datetime,
    by: Person,
    at: datetime,
    owner: Person | None = None,
    team: Team | None = None,
    space: Space | None = None,
    reason: str = "",
) -> tuple[Occurrence, ...]:
    """Cancel what is booked at a site in a while: of an owner, of a team, of a space, or of all that are given.

    Returns the dates that were cancelled.
    """
    wanted = Q(space__floor__building__site=site, during__overlap=(from_at, until_at))
    for name, value in (("booking__owner", owner), ("team", team), ("space", space)):
        if value is not None:
            wanted &= Q(**{name: value})
    return _cancel_all(wanted, by=by, at=at, reason=reason)


@transaction.atomic
def release_no_shows(*, at: datetime) -> int:
    """Release every date at which nobody checked in in time, and give it to who waits; return how many those were."""
    with connection.cursor() as cursor:
        cursor.execute(OVERDUE, {"at": at, "since": at - LOOKED_BACK})
        overdue = {pk for (pk,) in cursor.fetchall()}
    released = hold_dates(Q(pk__in=overdue, state=OccurrenceState.CONFIRMED))
    Occurrence.objects.filter(pk__in=[one.pk for one in released]).update(state=OccurrenceState.NO_SHOW)
    for one in released:
        one.state = OccurrenceState.NO_SHOW
    for date in released:
        tell_settled([date], by=None, at=at)
    _free(released, at)
    return len(released)


@transaction.atomic
def lapse_requests(*, at: datetime) -> int:
    """Decline what was asked or waited for until its time was over; return how many those were."""
    late = Q(state__in=PENDING, during__endswith__lte=at)
    lapsed = hold_dates(late)
    Occurrence.objects.filter(pk__in=[one.pk for one in lapsed]).update(state=OccurrenceState.DECLINED)
    return len(lapsed)


def hold_date(occurrence: Occurrence) -> Occurrence:
    """Lock a date of a booking with its space, and return it as it stands; call inside a transaction."""
    space = hold_spaces([occurrence.space_id])[occurrence.space_id]
    held = _with_booking(Occurrence.objects.select_for_update(of=("self",)).filter(pk=occurrence.pk)).get()
    if held.space_id != space.pk:
        space = hold_spaces([held.space_id])[held.space_id]
    held.space = space
    return held


def hold_dates(wanted: Q) -> list[Occurrence]:
    """Lock the dates of bookings that are wanted with their spaces and quotas, in one order for everybody."""
    of_bookings = Occurrence.objects.filter(wanted, kind=OccurrenceKind.BOOKING)
    spaces = hold_spaces(of_bookings.order_by().values_list("space", flat=True))
    quotas = of_bookings.order_by().values("quota")
    list(QuotaUse.objects.filter(pk__in=quotas).order_by("team", "policy", "month_on").select_for_update())
    held = list(_with_booking(of_bookings.order_by("during", "pk").select_for_update(of=("self",))))
    for one in held:
        if one.space_id in spaces:
            one.space = spaces[one.space_id]
    return held


def hold_spaces(pks: Iterable[int]) -> dict[int, Space]:
    """Lock spaces, in the order of their keys; who books one of them waits. Returns them with their rules."""
    wanted = sorted(set(pks))
    rows = Space.objects.filter(pk__in=wanted).order_by("pk").select_for_update(of=("self",), no_key=True)
    return {one.pk: one for one in rows.select_related("floor__building__site", "policy")}


def end_series(booking: Booking, sequence: int) -> None:
    """Let a series, whose row is held, end before one of its dates; the first stays, or nothing would be left."""
    zone = zone_of_space(booking.space)
    dates = dates_of(booking.rule, booking.starts_at, zone)
    if not 0 < sequence < len(dates):
        return
    booking.rule = str(replace(read_rule(booking.rule, zone), count=None, until=dates[sequence - 1]))
    booking.version += 1
    booking.save(update_fields=["rule", "version"])


def let_in(space: Space, *, at: datetime, freed: Sequence[Span] = ()) -> list[Occurrence]:
    """Give a space, whose lock is held, to whoever waits longest and fits; return whose wish came true."""
    waiting = Occurrence.objects.filter(
        space=space, state=OccurrenceState.WAITING, kind=OccurrenceKind.BOOKING, during__endswith__gt=at
    )
    if freed:
        waiting = waiting.filter(
            blocked__overlap=(min(one.starts_at for one in freed), max(one.ends_at for one in freed))
        )
    came = []
    for one in _with_booking(waiting.order_by("made_at", "pk").select_for_update(of=("self",))):
        one.space = space
        if _comes_true(one, at):
            tell_came_free(one, at=at)
            came.append(one)
    return came


def _comes_true(waiting: Occurrence, at: datetime) -> bool:
    """Confirm a date of the waiting list, or turn it into a request, if there is room and quota for it."""
    taken = Occurrence.objects.filter(space=waiting.space_id, state__in=HOLDING, blocked__overlap=waiting.blocked)
    if taken.exists():
        return False
    policy = waiting.space.policy
    asks = policy is not None and policy.needs_approval
    try:
        with transaction.atomic():
            state = OccurrenceState.REQUESTED if asks else OccurrenceState.CONFIRMED
            _settle(waiting, state, waiting.made_by, at, waiting.note)
    except IntegrityError:
        waiting.state = OccurrenceState.WAITING
        return False
    return True


def _cancel_all(wanted: Q, *, by: Person, at: datetime, reason: str) -> tuple[Occurrence, ...]:
    """Cancel the dates that are wanted and still ahead."""
    gone = hold_dates(wanted & Q(state__in=OPEN, during__endswith__gt=at))
    cancel_held(gone, by=by, at=at, reason=reason)
    return tuple(gone)


def cancel_held(dates: Sequence[Occurrence], *, by: Person, at: datetime, reason: str, lets_in: bool = True) -> None:
    """Cancel dates that are held, tell those concerned, and let in who waits, unless something else comes there."""
    freed = [one for one in dates if one.state in HOLDING]
    Occurrence.objects.filter(pk__in=[one.pk for one in dates]).update(
        state=OccurrenceState.CANCELLED, note=reason[:300], settled_at=at, settled_by=by
    )
    by_booking = defaultdict(list)
    for one in dates:
        one.state, one.note, one.settled_at, one.settled_by = OccurrenceState.CANCELLED, reason[:300], at, by
        by_booking[one.booking_id].append(one)
    were_held = {one.booking_id for one in freed}
    for pk, group in by_booking.items():
        tell_settled(group, by=by, at=at)
        if pk in were_held and group[0].booking is not None:
            tell_guests(booking=group[0].booking, at=at)
    if lets_in:
        _free(freed, at)


def _free(freed: Collection[Occurrence], at: datetime) -> None:
    """Let in who waits for the spaces of these dates."""
    by_space: dict[int, list[Occurrence]] = defaultdict(list)
    for one in freed:
        by_space[one.space_id].append(one)
    for dates in by_space.values():
        let_in(dates[0].space, at=at, freed=[Span.of(one.blocked) for one in dates])


def _end_early(held: Occurrence, at: datetime) -> None:
    """Let a date that is checked in end at the next whole minute."""
    until = min(at.replace(second=0, microsecond=0) + timedelta(minutes=1), held.during.upper)
    span = Span(held.during.lower, max(until, held.during.lower + timedelta(minutes=1)))
    blocked = blocked_by(held.space.policy, span)
    held.during = span.range
    held.blocked = Span(held.blocked.lower, max(min(blocked.ends_at, held.blocked.upper), span.ends_at)).range
    held.minutes = span.minutes
    held.save(update_fields=["during", "blocked", "minutes"])


def _settle(held: Occurrence, state: OccurrenceState, by: Person, at: datetime, reason: str) -> None:
    held.state, held.note, held.settled_at, held.settled_by = state, reason[:300], at, by
    held.save(update_fields=["state", "note", "settled_at", "settled_by"])


def _refuse_taken(held: Occurrence, by: Person, at: datetime) -> None:
    """Refuse to approve what is taken by now, and say by what."""
    span = Span.of(held.during)
    keeper = Knows(persons=frozenset([by.pk]), is_keeper=True)
    found = in_the_way(held.space, [span], keeper, but=[held.pk])
    if found:
        raise SpaceTaken(found[0].sentence, field="starts_at", reason=found[0].code, free=[], refused=())
    del at


def _over() -> BookingOver:
    return BookingOver(_("This date is over, cancelled or declined. Book anew."))


def _with_booking(dates: QuerySet[Occurrence]) -> QuerySet[Occurrence]:
    return dates.select_related("booking__space__floor__building__site", "booking__owner", "made_by")
