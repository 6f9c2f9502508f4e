"""Doors to one booking: how it stands, checking in, moving and calling off its dates."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accord.kernel.access import Request, signed_in
from accord.kernel.reading import people_shown
from accord.kernel.refused import NotAllowed, NotThere, Refused
from accord.ui.forms import form_page
from accord.ui.parts import State
from accord.workspace import operations, queries
from accord.workspace.enums import PENDING, BookingMode, OccurrenceState
from accord.workspace.forms import CancelForm, ChangeForm, state_of
from accord.workspace.queries import Booking, Occurrence
from accord.workspace.views._booking_places import Place, clock_of, place_at

THIS, FOLLOWING, ALL = "this", "following", "all"
EARLY = timedelta(minutes=15)
AHEAD = (*PENDING, OccurrenceState.CONFIRMED)
FIELDS = {"starts_at": "start", "minutes": "length", "space": "space_to"}


@dataclass(frozen=True, slots=True)
class DateLine:
    """One date of a booking as its page shows it, and what can be done with it now."""

    date: Occurrence
    state: State
    may_check_in: bool
    may_change: bool


@require_GET
@signed_in
def one_booking(request: Request, key: str, pk: int) -> HttpResponse:
    """Show one booking: its dates and how they stand, its code and guests, and what can be done."""
    place = place_at(request, key)
    booking = _booking(place, pk)
    may_change = _may_change(place, booking)
    lines = [_line(place, date, may_change=may_change) for date in booking.occurrences.all()]
    people_shown(request.actor, [booking.owner_id, booking.made_by_id], place.now)
    context = place.context(
        "bookings",
        booking=booking,
        lines=lines,
        ahead=sum(line.may_change for line in lines),
        guests=booking.guests.all() if may_change else (),
        may_change=may_change,
        check_in_minutes=booking.space.policy and booking.space.policy.check_in_minutes,
    )
    with clock_of(place):
        return render(request, "workspace/one_booking.html", context)


@require_POST
@signed_in
def check_in(request: Request, key: str, pk: int, date: int) -> HttpResponse:
    """Say that whoever booked is there."""
    place = place_at(request, key)
    _own, found = _date(place, pk, date)
    try:
        operations.check_in(occurrence=found, by=place.by, at=place.now)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("You are checked in. The space is yours until the end."))
    return redirect("workspace:one-booking", key=key, pk=pk)


@require_http_methods(["GET", "POST"])
@signed_in
def cancel_booking(request: Request, key: str, pk: int, date: int) -> HttpResponse:
    """Call off a date, it and those after it, or all that is ahead."""
    place = place_at(request, key)
    booking, found = _date(place, pk, date)
    form = CancelForm(request.POST or None, scopes=_scopes(booking), initial={"scope": THIS})
    if request.method == "POST" and form.is_valid():
        try:
            count = _called_off(place, booking, found, form.cleaned_data)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            words = ngettext("%(count)s date is called off.", "%(count)s dates are called off.", count)
            messages.success(request, words % {"count": count})
            return redirect("workspace:one-booking", key=key, pk=pk)
    with clock_of(place):
        return form_page(
            request, "workspace/cancel_booking.html", form, place.context("bookings", booking=booking, date=found)
        )


def _called_off(place: Place, booking: Booking, date: Occurrence, given: dict[str, Any]) -> int:
    """Call off as much as was chosen; return how many dates those were."""
    how = {"by": place.by, "at": place.now, "reason": given["reason"]}
    if given["scope"] == ALL:
        return len(operations.cancel_booking(booking=booking, **how))
    if given["scope"] == FOLLOWING:
        return len(operations.cancel_following(occurrence=date, **how))
    operations.cancel_occurrence(occurrence=date, **how)
    return 1


@require_http_methods(["GET", "POST"])
@signed_in
def change_booking(request: Request, key: str, pk: int, date: int) -> HttpResponse:
    """Move a date, it and those after it, or all that is ahead: to another time, length or space."""
    place = place_at(request, key)
    booking, found = _date(place, pk, date)
    if found.space.policy is None:
        raise NotAllowed(_("This space is no longer booked. Call the date off, and book another space."))
    spaces = queries.spaces_beside(found.space)
    with clock_of(place):
        form = ChangeForm(
            request.POST or None,
            space=found.space,
            zone=place.zone,
            spaces=[(one.pk, f"{one.code} {one.name}".strip() if one.name else one.code) for one in spaces],
            scopes=_scopes(booking),
            initial=_initial(place, found),
        )
        clash = None
        if request.method == "POST" and form.is_valid():
            goal = next(one for one in spaces if one.pk == form.cleaned_data["space_to"])
            try:
                moved_to = _moved(place, booking, found, goal, form.cleaned_data)
            except operations.SpaceTaken as refused:
                clash = refused
            except Refused as refused:
                field = FIELDS.get(refused.field, refused.field)
                form.add_error(field if field in form.fields else None, str(refused))
            else:
                messages.success(request, _("The booking is changed."))
                return redirect("workspace:one-booking", key=key, pk=moved_to)
        context = place.context("bookings", booking=booking, date=found, space=found.space, clash=clash)
        page = form_page(request, "workspace/change_booking.html", form, context)
        page.status_code = clash.status if clash else page.status_code
        return page


def _moved(place: Place, booking: Booking, date: Occurrence, goal: queries.Space, given: dict[str, Any]) -> int:
    """Move as much as was chosen; return the number of the booking that has the dates now."""
    how: dict[str, Any] = {
        "starts_at": given["starts_at"] if given["starts_at"] != date.during.lower else None,
        "minutes": given["minutes"],
        "space": goal if goal.pk != date.space_id else None,
        "approved": place.may_keep,
        "by": place.by,
        "at": place.now,
    }
    if given["scope"] == ALL:
        return operations.change_booking(booking=booking, **how).booking.pk
    if given["scope"] == FOLLOWING:
        return operations.change_following(occurrence=date, **how).booking.pk
    operations.change_occurrence(occurrence=date, **how)
    return booking.pk


def _initial(place: Place, date: Occurrence) -> dict[str, Any]:
    """Return what a form about a date starts from."""
    begins, ends = (one.astimezone(place.zone) for one in (date.during.lower, date.during.upper))
    policy = date.space.policy
    assert policy is not None  # noqa: S101 (asked just before)
    minutes = int((ends.replace(tzinfo=None) - begins.replace(tzinfo=None)).total_seconds() // 60)
    length: int | str = minutes
    if policy.mode == BookingMode.DAY:
        length = (ends.date() - begins.date()).days + 1
    elif policy.mode == BookingMode.HALF_DAY:
        noon = policy.half_day_at
        length = "first" if noon and ends.time() <= noon else "second" if noon and begins.time() >= noon else "day"
    return {
        "day": begins.date(),
        "start": f"{begins:%H:%M}",
        "length": length,
        "space_to": date.space_id,
        "scope": THIS,
    }


def _scopes(booking: Booking) -> list[tuple[str, Any]]:
    """Return how much of a booking can be chosen."""
    if not booking.rule:
        return [(THIS, _("This date"))]
    return [(THIS, _("Only this date")), (FOLLOWING, _("This date and those after it")), (ALL, _("All dates ahead"))]


def _booking(place: Place, pk: int) -> Booking:
    """Return a booking of the site. Raises `NotThere`."""
    found = queries.find_booking(place.request.actor, pk)
    if found.space.floor.building.site_id != place.site.pk:
        raise NotThere(_("There is no booking of this number here."))
    return found


def _date(place: Place, pk: int, date: int) -> tuple[Booking, Occurrence]:
    """Return a date of a booking to somebody who may change it. Raises `NotThere` and `NotAllowed`."""
    booking = _booking(place, pk)
    found = queries.find_occurrence(place.request.actor, date)
    if found.booking_id != booking.pk:
        raise NotThere(_("This booking has no such date."))
    if not _may_change(place, booking):
        raise NotAllowed(_("Whoever booked changes it, and whom it is for; so can the operator. Ask one of them."))
    return booking, found


def _may_change(place: Place, booking: Booking) -> bool:
    own = place.request.actor.persons & {booking.owner_id, booking.made_by_id}
    return place.may_keep or bool(own)


def _line(place: Place, date: Occurrence, *, may_change: bool) -> DateLine:
    """Return a date with what can be done now."""
    is_ahead = date.during.upper > place.now
    is_open = date.state == OccurrenceState.CONFIRMED and date.during.lower - EARLY <= place.now
    return DateLine(
        date,
        state_of(date),
        may_check_in=may_change and is_ahead and is_open,
        may_change=may_change and is_ahead and date.state in AHEAD,
    )
