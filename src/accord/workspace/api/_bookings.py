"""What is free, and bookings with their dates."""

from datetime import UTC, datetime
from typing import Annotated

from django.urls import reverse
from django.utils.crypto import get_random_string
from django.utils.translation import gettext_lazy as _
from ninja import Query
from pydantic import AwareDatetime, Field

from accord.kernel import clock
from accord.kernel.api import (
    ApiRequest,
    Created,
    Detail,
    Key,
    NothingSent,
    Number,
    Page,
    Router,
    Sent,
    Shown,
    Text,
    Words,
    mark_of,
    wrong_field,
)
from accord.kernel.refused import NotAllowed, NotThere
from accord.people.queries import acting_person
from accord.ui.listing import ListAsked, listed
from accord.workspace import operations, queries, rules
from accord.workspace.enums import OccurrenceState, Permission, SpaceKind
from accord.workspace.forms import MY_BOOKINGS
from accord.workspace.operations import Booked, RefusedDate
from accord.workspace.queries import Booking, FreeSpace, Occurrence, Site, Team

bookings = Router(tags=["Bookings"])
MOST_MINUTES = 60 * 24 * 62
FIGURES = "0123456789"


class FreeShown(Shown):
    """A space that can be had then."""

    id: int
    code: str = Field(examples=["R-001"])
    name: Words
    floor: int
    capacity: int
    features: list[str]
    starts_at: datetime
    ends_at: datetime


class FreeList(Shown):
    """The spaces that can be had, the smallest that is large enough first."""

    items: list[FreeShown]


class DateShown(Shown):
    """One date of a booking."""

    id: int
    booking: int
    space: int
    code: str = Field(description="On the door.", examples=["R-001"])
    title: str
    state: OccurrenceState
    starts_at: datetime
    ends_at: datetime
    note: str | None = Field(description="Why it was declined or cancelled.")


class RefusedShown(Shown):
    """One date that was not booked, and why."""

    starts_at: datetime
    ends_at: datetime
    code: str = Field(examples=["taken"])
    detail: str


class BookingShown(Shown):
    """A booking: once, or a series, with all its dates."""

    id: int
    space: int
    title: str
    team: str | None = Field(description="Key of the team.")
    rule: str | None = Field(description="RRULE of a series (RFC 5545), read in the time of the work space.")
    is_private: bool
    dates: list[DateShown]
    refused: list[RefusedShown] = Field(description="Dates that were left out; only in the answer that makes it.")
    version: int = Field(description="The row version, as in ETag.")


class BookingSent(Sent):
    """A wish for a space."""

    space: int = Field(ge=1, le=2**63 - 1, description="Number of the space.")
    title: Text = Field(min_length=1, max_length=200, examples=["Weekly planning"])
    starts_at: AwareDatetime = Field(examples=["2019-09-23T09:00:00+08:00"])
    minutes: int = Field(ge=1, le=MOST_MINUTES, examples=[60])
    team: Text | None = Field(None, max_length=60, description="Key of the team it is for.")
    rule: Text = Field("", max_length=300, description="RRULE of a series.", examples=["FREQ=WEEKLY;COUNT=10"])
    note: Text = Field("", max_length=2000)
    is_private: bool = Field(default=False, description="Others see only that the space is taken.")
    when_taken: Annotated[
        operations.WhenTaken,
        Field(description="Where dates are taken: refuse all, skip these, or wait for these."),
    ] = "refuse"


class WhySent(Sent):
    """Why; who booked is told."""

    reason: Text = Field("", max_length=300, examples=["The room is being painted."])


class BookingsAsked(ListAsked, table=MY_BOOKINGS):
    """How dates of bookings may be asked for."""


class FreeAsked(Sent):
    """When, for how long, and what for."""

    starts_at: AwareDatetime = Field(examples=["2019-09-23T09:00:00+08:00"])
    minutes: int = Field(ge=1, le=MOST_MINUTES, examples=[60])
    kind: SpaceKind = SpaceKind.ROOM
    seats: int = Field(0, ge=0, le=10_000, description="People it must hold.")
    feature: list[str] = Field([], max_length=20, description="What it must have; each named once.")


@bookings.reads("/work-spaces/{key}/availability", answer=FreeList, may=Permission.SEE)
def list_free_spaces(request: ApiRequest, key: Key, asked: Query[FreeAsked]) -> FreeList:
    """List the spaces that can be had at a time. The smallest that is large enough comes first."""
    found = queries.free_spaces(
        queries.find_site(request.actor, key),
        asked.starts_at,
        asked.minutes,
        asked.kind,
        asked.seats,
        asked.feature,
        at=clock.now(request.world),
    )
    return FreeList(items=[_free(one) for one in found])


@bookings.reads("/work-spaces/{key}/bookings", answer=Page[DateShown], may=Permission.SEE)
def list_booked_dates(request: ApiRequest, key: Key, asked: Query[BookingsAsked]) -> Page[DateShown]:
    """List the dates of bookings that you may open. Your own, your teams', and as a keeper all."""
    site = queries.find_site(request.actor, key)
    return listed(request, asked, queries.bookings_at(site, request.actor), _date)


@bookings.creates("/work-spaces/{key}/bookings", answer=BookingShown, may=Permission.BOOK)
def book_space(request: ApiRequest, key: Key, sent: BookingSent) -> Created[BookingShown]:
    """Book a space, once or as a series. Refused with 409 where it is taken: with the dates, and what is free next."""
    site, at = queries.find_site(request.actor, key), clock.now(request.world)
    team = _team_to_book_for(request, site, sent.team, at)
    by = acting_person(request.actor)
    booked = operations.book(
        space=queries.find_space(request.actor, site, sent.space),
        title=sent.title,
        starts_at=sent.starts_at.astimezone(UTC),
        minutes=sent.minutes,
        owner=by,
        by=by,
        at=at,
        key=mark_of(request, owner=request.entry.caller),
        code=get_random_string(6, FIGURES),
        team=team,
        rule=sent.rule,
        note=sent.note,
        is_private=sent.is_private,
        when_taken=sent.when_taken,
        approved=rules.may_keep_bookings(request.actor, site.operator_id),
        is_simulated=request.world.is_demo,
    )
    address = reverse("api:read_booking", args=[key, booked.booking.pk])
    return Created(_made(booked), version=booked.booking.version, at=address)


@bookings.reads("/work-spaces/{key}/bookings/{number}", answer=BookingShown, may=Permission.SEE)
def read_booking(request: ApiRequest, key: Key, number: Number) -> Detail[BookingShown]:
    """Read one booking. With all its dates as they stand."""
    booking = _booking_here(request, key, number)
    return Detail(_booking(booking, list(booking.occurrences.all())), version=booking.version)


@bookings.acts("/work-spaces/{key}/bookings/{number}/cancel", answer=BookingShown, may=Permission.BOOK, matches=False)
def cancel_booking(request: ApiRequest, key: Key, number: Number, sent: WhySent) -> Detail[BookingShown]:
    """Cancel every date of a booking that is still ahead. Who waits for the space gets it."""
    booking = _booking_here(request, key, number)
    _refuse_unless_own(request, booking)
    operations.cancel_booking(
        booking=booking, by=acting_person(request.actor), at=clock.now(request.world), reason=sent.reason
    )
    return read_booking(request, key, number)


@bookings.acts("/work-spaces/{key}/dates/{number}/cancel", answer=DateShown, may=Permission.BOOK, matches=False)
def cancel_date(request: ApiRequest, key: Key, number: Number, sent: WhySent) -> DateShown:
    """Cancel one date of a booking. Who waits for the space gets it."""
    date = _date_of_own(request, key, number)
    operations.cancel_occurrence(
        occurrence=date, by=acting_person(request.actor), at=clock.now(request.world), reason=sent.reason
    )
    return _date(queries.find_occurrence(request.actor, number))


@bookings.acts("/work-spaces/{key}/dates/{number}/check-in", answer=DateShown, may=Permission.BOOK, matches=False)
def check_in_date(request: ApiRequest, key: Key, number: Number, sent: NothingSent) -> DateShown:
    """Check in. From a quarter of an hour before the start."""
    del sent
    date = _date_of_own(request, key, number)
    operations.check_in(occurrence=date, by=acting_person(request.actor), at=clock.now(request.world))
    return _date(queries.find_occurrence(request.actor, number))


@bookings.acts(
    "/work-spaces/{key}/dates/{number}/approve", answer=DateShown, may=Permission.KEEP_BOOKINGS, matches=False
)
def approve_date(request: ApiRequest, key: Key, number: Number, sent: WhySent) -> DateShown:
    """Approve a date that somebody asks for. Refused where the space was taken in the meantime."""
    date = _date_to_keep(request, key, number)
    operations.approve_request(
        occurrence=date, by=acting_person(request.actor), at=clock.now(request.world), reason=sent.reason
    )
    return _date(queries.find_occurrence(request.actor, number))


@bookings.acts(
    "/work-spaces/{key}/dates/{number}/decline", answer=DateShown, may=Permission.KEEP_BOOKINGS, matches=False
)
def decline_date(request: ApiRequest, key: Key, number: Number, sent: WhySent) -> DateShown:
    """Decline a date that somebody asks for. Who asked is told why."""
    date = _date_to_keep(request, key, number)
    operations.decline_request(
        occurrence=date, by=acting_person(request.actor), at=clock.now(request.world), reason=sent.reason
    )
    return _date(queries.find_occurrence(request.actor, number))


def _team_to_book_for(request: ApiRequest, site: Site, key: str | None, at: datetime) -> Team | None:
    """Return the team that is named, or the only one the caller works in; refuse who may not book."""
    mine = queries.belonging_of(request.actor, queries.day_at(site, at))
    is_keeper = rules.may_keep_bookings(request.actor, site.operator_id)
    if not rules.may_book(request.actor, site.operator_id, is_resident=site.pk in mine.sites):
        raise NotAllowed(_("Only who works in a team here, or for the house that runs it, books its spaces."))
    teams = [one for one in queries.teams_visible_to(request.actor).filter(site=site) if one.pk in mine.teams]
    if key is None:
        return teams[0] if len(teams) == 1 else None
    named = queries.find_team(request.actor, site, key) if is_keeper else None
    found = named or next((one for one in teams if one.key == key), None)
    if found is None:
        raise wrong_field("team", _("You do not work in a team of this key here."))
    return found


def _refuse_unless_own(request: ApiRequest, booking: Booking) -> None:
    """Refuse who neither booked, nor is booked for, nor keeps the bookings of the site."""
    operator = booking.space.floor.building.site.operator_id
    own = {booking.owner_id, booking.made_by_id} & request.actor.persons
    if not own and not rules.may_keep_bookings(request.actor, operator):
        raise NotAllowed(_("Only who booked, and the operator, change this booking. Ask one of them."))


def _booking_here(request: ApiRequest, key: str, number: int) -> Booking:
    """Return a booking of this work space."""
    site, booking = queries.find_site(request.actor, key), queries.find_booking(request.actor, number)
    if booking.space.floor.building.site_id != site.pk:
        raise NotThere(_("There is no booking of this number here."))
    return booking


def _date_here(request: ApiRequest, site: Site, number: int) -> Occurrence:
    """Return a date of this work space."""
    date = queries.find_occurrence(request.actor, number)
    if date.space.floor.building.site_id != site.pk:
        raise NotThere(_("There is no date of this number here."))
    return date


def _date_of_own(request: ApiRequest, key: str, number: int) -> Occurrence:
    date = _date_here(request, queries.find_site(request.actor, key), number)
    if date.booking is not None:
        _refuse_unless_own(request, date.booking)
    return date


def _date_to_keep(request: ApiRequest, key: str, number: int) -> Occurrence:
    site = queries.find_site(request.actor, key)
    date = _date_here(request, site, number)
    if not rules.may_keep_bookings(request.actor, site.operator_id):
        raise NotAllowed(_("Only the operator of the work space approves and declines. Ask one of them."))
    return date


def _free(one: FreeSpace) -> FreeShown:
    space = one.space
    return FreeShown(
        id=space.pk,
        code=space.code,
        name=Words.of(space.name),
        floor=space.floor_id,
        capacity=space.capacity,
        features=list(space.features),
        starts_at=one.span.starts_at,
        ends_at=one.span.ends_at,
    )


def _date(row: Occurrence) -> DateShown:
    """Return a date as the API shows it."""
    return DateShown(
        id=row.pk,
        booking=row.booking_id or 0,
        space=row.space_id,
        code=row.space.code,
        title=row.booking.title if row.booking else "",
        state=OccurrenceState(row.state),
        starts_at=row.during.lower,
        ends_at=row.during.upper,
        note=row.note or None,
    )


def _refused(one: RefusedDate) -> RefusedShown:
    return RefusedShown(starts_at=one.starts_at, ends_at=one.ends_at, code=one.code, detail=str(one.sentence))


def _made(booked: Booked) -> BookingShown:
    return _booking(booked.booking, list(booked.occurrences), [_refused(one) for one in booked.refused])


def _booking(booking: Booking, dates: list[Occurrence], refused: list[RefusedShown] | None = None) -> BookingShown:
    """Return a booking as the API shows it."""
    for one in dates:
        one.booking = booking
    return BookingShown(
        id=booking.pk,
        space=booking.space_id,
        title=booking.title,
        team=booking.team.key if booking.team else None,
        rule=booking.rule or None,
        is_private=booking.is_private,
        dates=[_date(one) for one in dates],
        refused=refused or [],
        version=booking.version,
    )
