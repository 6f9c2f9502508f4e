"""Checks people in: on their page, or at the door by the six figures of their booking."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accord.kernel.api import take
from accord.people.queries import Person
from accord.workspace.enums import HOLDING, OccurrenceKind, OccurrenceState
from accord.workspace.models import Occurrence, Space
from accord.workspace.operations._bookings_refused import BookingOver, CodeWrong, TooEarly, TooManyTries
from accord.workspace.operations._bookings_settle import hold_date

EARLY = timedelta(minutes=15)
TRIES_A_MINUTE = 6


@transaction.atomic
def check_in(*, occurrence: Occurrence, by: Person, at: datetime) -> Occurrence:
    """Note that whoever booked is there, from a quarter of an hour before the start. Twice changes nothing.

    Raises `TooEarly`, and `BookingOver` where the date ended, was cancelled or was released.
    """
    held = hold_date(occurrence)
    if held.state == OccurrenceState.ATTENDED:
        return held
    if held.state == OccurrenceState.NO_SHOW:
        raise BookingOver(_("Nobody checked in in time, so the space was released. Book it again if it is free."))
    if held.state != OccurrenceState.CONFIRMED or held.during.upper <= at:
        raise BookingOver(_("This date cannot be checked in: it is over, cancelled or not confirmed."))
    if at < held.during.lower - EARLY:
        raise TooEarly(_("Check in from a quarter of an hour before the start."))
    held.state, held.checked_in_at, held.checked_in_by = OccurrenceState.ATTENDED, at, by
    held.save(update_fields=["state", "checked_in_at", "checked_in_by"])
    return held


def check_in_by_code(*, space: Space, code: str, at: datetime) -> Occurrence:
    """Check in whoever types the code of their booking at the door. Raises `CodeWrong`, `TooManyTries`, `BookingOver`.

    A try is counted before it is looked at, and stays counted, so that nobody finds a code by trying them all.
    """
    allowance = take(caller=f"door:{space.pk}", limit=TRIES_A_MINUTE, at=at)
    if allowance.is_spent:
        raise TooManyTries(
            _("Too many codes were tried at this door. Wait %(seconds)s seconds.") % {"seconds": allowance.wait},
            field="code",
            seconds=allowance.wait,
        )
    found = (
        Occurrence.objects.filter(
            space=space,
            kind=OccurrenceKind.BOOKING,
            state__in=(*HOLDING, OccurrenceState.NO_SHOW),
            booking__code=code.strip(),
            during__overlap=(at, at + EARLY),
        )
        .select_related("booking__owner")
        .order_by("during", "pk")
        .first()
    )
    if found is None or found.booking is None or not code.strip():
        raise CodeWrong(
            _("No booking of this space has this code now. Look the six figures up under your bookings."),
            field="code",
        )
    return check_in(occurrence=found, by=found.booking.owner, at=at)
