"""Doors of those who keep bookings: requests and the waiting list, closures."""

from datetime import datetime, timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accord.kernel.access import Request, signed_in
from accord.kernel.reading import people_shown
from accord.kernel.refused import NotThere, Refused
from accord.ui.forms import form_page
from accord.workspace import operations, queries
from accord.workspace.enums import PENDING
from accord.workspace.forms import CLOSURES, REQUESTS, ClosureForm, SettleForm, state_of
from accord.workspace.queries import Occurrence, Span
from accord.workspace.views._booking_places import Place, clock_of, of_booker, of_keeper


@require_GET
@signed_in
def requests(request: Request, key: str) -> HttpResponseBase:
    """List who asks for a space and who waits for one, the first first."""
    place = of_keeper(request, key)
    rows = queries.pending_at(place.site, after=place.now)
    with clock_of(place):
        page = REQUESTS.page(request.GET, rows)
        if page.format:
            return REQUESTS.export(page, filename="requests")
        return render(request, "workspace/requests.html", place.context("requests", table=page))


@require_http_methods(["GET", "POST"])
@signed_in
def settle_request(request: Request, key: str, pk: int) -> HttpResponse:
    """Approve or decline a date that somebody asks or waits for."""
    place = of_keeper(request, key)
    found = _pending(place, pk)
    form = SettleForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        is_yes = request.POST.get("decision") == "approve"
        if not is_yes and not reason:
            form.add_error("reason", _("Say why, so that whoever asked can choose something else."))
        else:
            settle = operations.approve_request if is_yes else operations.decline_request
            try:
                settle(occurrence=found, by=place.by, at=place.now, reason=reason)
            except Refused as refused:
                form.add_error(None, str(refused))
            else:
                messages.success(
                    request, _("Approved. They are told.") if is_yes else _("Declined. They are told why.")
                )
                return redirect("workspace:requests", key=key)
    others = queries.waiting_for(found.space, Span.of(found.during)).exclude(pk=found.pk)
    people_shown(request.actor, [one.booking.owner_id for one in (found, *others) if one.booking], place.now)
    context = place.context("requests", date=found, booking=found.booking, state=state_of(found), others=others)
    with clock_of(place):
        return form_page(request, "workspace/settle_request.html", form, context)


@require_GET
@signed_in
def closures(request: Request, key: str) -> HttpResponseBase:
    """List what is closed when, and why."""
    place = of_booker(request, key)
    with clock_of(place):
        page = CLOSURES.page(request.GET, queries.closures_of(place.site).select_related("site"))
        if page.format:
            return CLOSURES.export(page, filename="closures")
        return render(request, "workspace/closures.html", place.context("closures", table=page))


@require_GET
@signed_in
def closure(request: Request, key: str, pk: int) -> HttpResponse:
    """Show one closure: when, why, by whom."""
    place = of_booker(request, key)
    found = queries.find_closure(request.actor, key, pk)
    with clock_of(place):
        return render(request, "workspace/closure.html", place.context("closures", closure=found))


@require_http_methods(["GET", "POST"])
@signed_in
def close(request: Request, key: str) -> HttpResponse:
    """Close the site or a part of it for a while; say first which bookings that calls off."""
    place = of_keeper(request, key)
    parts = queries.parts_to_close(place.site)
    form = ClosureForm(
        request.POST or None,
        places=[(name, words) for name, (words, _given) in parts.items()],
        initial={"from_on": place.today, "until_on": place.today},
    )
    clash = None
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            operations.close_for(
                site=place.site,
                starts_at=queries.at_wall(given["from_on"], given["from_time"], place.zone),
                ends_at=_end(place, given),
                reason=given["reason"],
                cancel_bookings=request.POST.get("step") == "cancel",
                by=place.by,
                at=place.now,
                **parts[given["where"]][1],
            )
        except operations.BookingsInTheWay as refused:
            clash = refused
        except Refused as refused:
            form.add_error(refused.field if refused.field in form.fields else None, str(refused))
        else:
            messages.success(request, _("It is closed then. Who had booked is told."))
            return redirect("workspace:closures", key=key)
    with clock_of(place):
        context = place.context("closures", clash=clash, bookings=clash.detail.get("bookings", ()) if clash else ())
        page = form_page(request, "workspace/close.html", form, context)
        page.status_code = clash.status if clash else page.status_code
        return page


@require_POST
@signed_in
def lift_closure(request: Request, key: str, pk: int) -> HttpResponse:
    """Open again what was closed."""
    place = of_keeper(request, key)
    found = queries.find_closure(request.actor, key, pk)
    operations.lift_closure(closure=found, by=place.by, at=place.now)
    messages.success(request, _("It is open again. Who waited is told."))
    return redirect("workspace:closures", key=key)


def _end(place: Place, given: dict[str, Any]) -> datetime:
    """Return when it opens again; the last minute of a day is its end."""
    ends_at = queries.at_wall(given["until_on"], given["until_time"], place.zone)
    is_midnight = given["until_time"].hour * 60 + given["until_time"].minute == 24 * 60 - 1
    return ends_at + timedelta(minutes=1) if is_midnight else ends_at


def _pending(place: Place, pk: int) -> Occurrence:
    """Return a date of the site that is asked or waited for. Raises `NotThere`."""
    found = queries.find_occurrence(place.request.actor, pk)
    if found.space.floor.building.site_id != place.site.pk or found.state not in PENDING:
        raise NotThere(_("Nobody asks for this any more: it was settled, or taken back."))
    return found
