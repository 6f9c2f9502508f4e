"""Tells people what became of their bookings: who booked, for whom, and who approves."""

from collections.abc import Collection, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils.translation import gettext_lazy as _

from accord.kernel.records import reference
from accord.kernel.text import Bilingual
from accord.kernel.topics import Topic
from accord.outbox.operations import notify
from accord.people.enums import Role
from accord.people.queries import Person, holders_of
from accord.workspace.enums import OccurrenceState
from accord.workspace.models import Booking, Occurrence, Space
from accord.workspace.operations._invitations import tell_guests
from accord.workspace.queries import address_of

BOOKING_CONFIRMED = "workspace.booking-confirmed"
BOOKING_DECLINED = "workspace.booking-declined"
BOOKING_CANCELLED = "workspace.booking-cancelled"
BOOKING_MOVED = "workspace.booking-moved"
CAME_FREE = "workspace.booking-came-free"
BOOKING_REQUESTED = "workspace.booking-requested"
BOOKING_RELEASED = "workspace.booking-released"
RECORD = "booking"


def tell_booked(booking: Booking, dates: Sequence[Occurrence], *, by: Person, at: datetime) -> None:
    """Tell somebody that a space was booked for them by somebody else."""
    sure = [one for one in dates if one.state == OccurrenceState.CONFIRMED]
    if not sure:
        return
    subject = _about(booking, "{place} is booked for you, {when}", "已为您预订{place}，{when}", sure)
    _tell(BOOKING_CONFIRMED, booking, {booking.owner_id} - {by.pk}, subject, _said(booking), key="booked", at=at)
    tell_guests(booking=booking, at=at)


def tell_requested(booking: Booking, dates: Sequence[Occurrence], *, at: datetime) -> None:
    """Tell those who approve that somebody asks for a space."""
    asked = [one for one in dates if one.state == OccurrenceState.REQUESTED]
    if not asked:
        return
    operator = booking.space.floor.building.site.operator_id
    people = holders_of([Role.OPERATOR], {operator}, on=at.date()) - {booking.made_by_id}
    subject = _about(booking, "Somebody asks for {place}, {when}", "有人申请{place}，{when}", asked)
    _tell(BOOKING_REQUESTED, booking, people, subject, _said(booking), key=f"requested:{asked[0].pk}", at=at)


def tell_settled(dates: Sequence[Occurrence], *, by: Person | None, at: datetime) -> None:
    """Tell who booked, and for whom, that dates of one booking were approved, declined, cancelled or released."""
    topic, english, chinese = _SETTLED[OccurrenceState(dates[0].state)]
    booking = _booking(dates[0])
    subject = _about(booking, english, chinese, dates)
    note = dates[0].note
    people = {booking.owner_id, booking.made_by_id} - ({by.pk} if by else set())
    key = f"{dates[0].state}:{dates[0].pk}:{at.isoformat()}"
    _tell(topic, booking, people, subject, Bilingual(note, note) if note else _said(booking), key=key, at=at)
    if dates[0].state == OccurrenceState.CONFIRMED:
        tell_guests(booking=booking, at=at)


def tell_came_free(occurrence: Occurrence, *, at: datetime) -> None:
    """Tell who waited that the space is theirs now, or that their request is put to who approves."""
    booking = _booking(occurrence)
    if occurrence.state == OccurrenceState.REQUESTED:
        tell_requested(booking, [occurrence], at=at)
    english, chinese = "{place} came free: you have it {when}", "{place}已空出，{when}归您使用"
    if occurrence.state == OccurrenceState.REQUESTED:
        english, chinese = (
            "{place} came free {when}: your request waits for approval",
            "{place}在{when}已空出，申请待批准",
        )
    subject = _about(booking, english, chinese, [occurrence])
    people = {booking.owner_id, booking.made_by_id}
    _tell(CAME_FREE, booking, people, subject, _said(booking), key=f"free:{occurrence.pk}:{at.isoformat()}", at=at)
    if occurrence.state == OccurrenceState.CONFIRMED:
        tell_guests(booking=booking, at=at)


def tell_moved(booking: Booking, dates: Sequence[Occurrence], *, by: Person, at: datetime) -> None:
    """Tell for whom a space is booked that somebody else moved it."""
    if not dates:
        return
    subject = _about(booking, "Your booking moved: {place}, {when}", "您的预订已变更：{place}，{when}", dates)
    people = {booking.owner_id, booking.made_by_id} - {by.pk}
    _tell(BOOKING_MOVED, booking, people, subject, _said(booking), key=f"moved:{dates[0].pk}:{at.isoformat()}", at=at)
    tell_guests(booking=booking, at=at)


_SETTLED = {
    OccurrenceState.CONFIRMED: (BOOKING_CONFIRMED, "{place} is approved, {when}", "{place}的申请已批准，{when}"),
    OccurrenceState.DECLINED: (BOOKING_DECLINED, "{place} is declined, {when}", "{place}的申请未批准，{when}"),
    OccurrenceState.CANCELLED: (BOOKING_CANCELLED, "{place} is cancelled, {when}", "{place}的预订已取消，{when}"),
    OccurrenceState.NO_SHOW: (
        BOOKING_RELEASED,
        "{place} was released, {when}: nobody checked in",
        "{place}已释放，{when}无人签到",
    ),
}


def _tell(
    topic: str,
    booking: Booking,
    people: Collection[int],
    subject: Bilingual,
    body: Bilingual,
    *,
    key: str,
    at: datetime,
) -> None:
    if not people:
        return
    notify(
        topic=topic,
        people=people,
        subject=subject,
        body=body,
        url=address_of(booking),
        record=reference(RECORD, booking.pk),
        key=f"booking:{booking.pk}:{key}",
        at=at,
    )


def _booking(occurrence: Occurrence) -> Booking:
    """Return the booking of a date; dates of anything else are not told of."""
    if occurrence.booking is None:
        raise LookupError(f"{occurrence} is no date of a booking")
    return occurrence.booking


def _said(booking: Booking) -> Bilingual:
    return Bilingual(booking.title, booking.title)


def _about(booking: Booking, english: str, chinese: str, dates: Sequence[Occurrence]) -> Bilingual:
    """Return a subject in both languages with the space and the time of the first date."""
    space = dates[0].space
    zone = ZoneInfo(booking.space.floor.building.site.time_zone)
    begins, ends = (one.astimezone(zone) for one in (dates[0].during.lower, dates[0].during.upper))
    more = len(dates) - 1
    clock = f"{begins:%Y-%m-%d %H:%M}–{ends:%H:%M}"
    return Bilingual(
        english.format(place=_place(space, "en"), when=clock + (f" and {more} more" if more else "")),
        chinese.format(place=_place(space, "zh-hans"), when=clock + (f"等{more + 1}次" if more else "")),
    )


def _place(space: Space, language: str) -> str:
    name = space.name.side(space.name.language_for(language)) if space.name else ""
    return name or space.code


BOOKING_TOPICS = (
    Topic(BOOKING_CONFIRMED, _("A space is booked for you")),
    Topic(BOOKING_DECLINED, _("A request for a space is declined"), is_urgent=True),
    Topic(BOOKING_CANCELLED, _("A booking is cancelled"), is_urgent=True),
    Topic(BOOKING_MOVED, _("A booking is moved"), is_urgent=True),
    Topic(CAME_FREE, _("A space you waited for came free"), is_urgent=True),
    Topic(BOOKING_REQUESTED, _("Somebody asks for a space")),
    Topic(BOOKING_RELEASED, _("A booking is released because nobody came")),
)
"""What people can be told of their bookings."""
