"""Tells guests by mail how a booking stands, with a file for their calendar.

Each letter tells the whole booking as it stands then, so that no letter depends on an earlier one: what was called off
or refused is missing from a series, and a booking of which nothing is left is called off.
"""

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from django.core.mail import EmailMessage
from django.utils.translation import gettext as _
from django.utils.translation import override

from accord.kernel.secret import digest_of
from accord.kernel.text import LANGUAGES
from accord.outbox.operations import keep_letter
from accord.people.queries import recipients
from accord.workspace.enums import HOLDING, OccurrenceState
from accord.workspace.models import Booking, BookingGuest, Occurrence
from accord.workspace.queries import (
    CANCELLED,
    CONFIRMED,
    Attendance,
    Entry,
    Series,
    dates_to_tell,
    invitation,
    local_span,
    place_of,
)

NOBODYS = ".invalid"
"""How addresses end that nobody has: those of erased guests."""

MOST_LINES = 20
TOLD = (*HOLDING, OccurrenceState.CANCELLED, OccurrenceState.NO_SHOW)


def tell_guests(*, booking: Booking, at: datetime) -> int:
    """Write to every guest how the booking stands, in the transaction at hand; return how many letters were kept.

    Nothing is written of a request that nobody has approved. The same news of the same moment is one letter.
    """
    guests = [one for one in booking.guests.order_by("pk") if not one.email.endswith(NOBODYS)]
    dates = dates_to_tell(booking, TOLD) if guests else []
    if not dates:
        return 0
    held = [date for date in dates if date.state in HOLDING]
    organiser = next(iter(recipients([booking.owner_id])), None)
    address = organiser.address if organiser and organiser.address else f"nobody{NOBODYS}"
    name = str(organiser.name) if organiser else str(booking.owner.name)
    kept = 0
    for guest in guests:
        who = Attendance(name, address, guest.name, guest.email)
        file = _file(booking, held or dates, who, is_off=not held, at=at)
        letter = _letter(booking, held or dates, guest, name, is_off=not held)
        letter.attach("invite.ics", file, f"text/calendar; method={'REQUEST' if held else 'CANCEL'}; charset=UTF-8")
        key = f"workspace.guest:{guest.pk}:{digest_of(file.decode())}"
        kept += keep_letter(letter=letter, key=key, at=at) is not None
    return kept


def _file(booking: Booking, dates: Sequence[Occurrence], who: Attendance, *, is_off: bool, at: datetime) -> bytes:
    """Return the calendar's file; later letters bear a higher number, by which programs know the newer one."""
    revision = max(int((at - booking.made_at).total_seconds()), 0)
    entries = [(date.sequence, _entry(booking, date, revision, at, is_off=is_off)) for date in dates]
    zone = ZoneInfo(dates[0].space.floor.building.site.time_zone)
    series = Series(booking.rule, booking.starts_at, booking.minutes, zone) if booking.rule else None
    return invitation(entries, series=series, who=who, is_off=is_off)


def _entry(booking: Booking, date: Occurrence, revision: int, at: datetime, *, is_off: bool) -> Entry:
    return Entry(
        uid=str(booking.key),
        starts_at=date.during.lower,
        ends_at=date.during.upper,
        title=booking.title,
        place=place_of(date.space),
        status=CANCELLED if is_off else CONFIRMED,
        revision=revision,
        stamp=at,
        is_private=booking.is_private,
    )


def _letter(
    booking: Booking, dates: Sequence[Occurrence], guest: BookingGuest, host: str, *, is_off: bool
) -> EmailMessage:
    """Return the letter in both languages: nobody knows which a guest reads."""
    said = []
    for language in LANGUAGES:
        with override(language):
            said.append(_said(booking, dates, host, is_off=is_off))
    subject = " · ".join(dict.fromkeys(subject for subject, _body in said))
    return EmailMessage(subject=subject, body="\n\n————\n\n".join(body for _subject, body in said), to=[guest.email])


def _said(booking: Booking, dates: Sequence[Occurrence], host: str, *, is_off: bool) -> tuple[str, str]:
    """Return subject and text in the language in force."""
    values = {"host": host, "title": booking.title}
    subject = _("Called off: %(title)s") if is_off else _("Invitation: %(title)s")
    first = (
        _("%(host)s has called off “%(title)s”. It was to be:")
        if is_off
        else _("%(host)s invites you to “%(title)s”. This is how it stands now:")
    )
    zone = ZoneInfo(dates[0].space.floor.building.site.time_zone)
    lines = [local_span(date.during.lower, date.during.upper, zone) for date in dates[:MOST_LINES]]
    if len(dates) > MOST_LINES:
        lines.append(_("and %(count)s more dates") % {"count": len(dates) - MOST_LINES})
    where = _("Where: %(place)s") % {"place": place_of(dates[0].space)}
    zone_line = _("Times are those of %(zone)s.") % {"zone": zone.key}
    rest = _("The attached file puts it into your calendar. You need no account.")
    return subject % values, "\n\n".join([first % values, "\n".join(lines), f"{where}\n{zone_line}", rest])
