"""Doors to what somebody has booked, and to calling off all of it between two days."""

from datetime import date, datetime, time, timedelta

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from accord.kernel.access import Request, signed_in
from accord.ui.forms import form_page
from accord.workspace import operations, queries
from accord.workspace.enums import PENDING, OccurrenceState
from accord.workspace.forms import MY_BOOKINGS, RangeForm
from accord.workspace.queries import Occurrence
from accord.workspace.views._booking_places import Place, clock_of, of_booker

OPEN = (*PENDING, OccurrenceState.CONFIRMED)
SHOWS = (("ahead", _("Ahead")), ("past", _("Over")))


@require_GET
@signed_in
def bookings(request: Request, key: str) -> HttpResponseBase:
    """List the dates that the reader has at the site: those ahead, or those that are over."""
    place = of_booker(request, key)
    shows = "past" if request.GET.get("show") == "past" else "ahead"
    own = _own(place)
    narrowed = (
        own.filter(during__endswith__gt=place.now) if shows == "ahead" else own.filter(during__endswith__lte=place.now)
    )
    with clock_of(place):
        page = MY_BOOKINGS.page(request.GET, narrowed if shows == "ahead" else narrowed.reverse())
        if page.format:
            return MY_BOOKINGS.export(page, filename="bookings")
        context = place.context("bookings", table=page, shows=shows, choices=SHOWS)
        return render(request, "workspace/bookings.html", context)


@require_http_methods(["GET", "POST"])
@signed_in
def cancel_range(request: Request, key: str) -> HttpResponse:
    """Show what the reader has booked between two days, then call all of it off."""
    place = of_booker(request, key)
    form = RangeForm(request.POST or None, initial={"from_on": place.today, "until_on": place.today})
    dates: list[Occurrence] = []
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        first, last = _moments(place, given["from_on"], given["until_on"])
        if request.POST.get("step") == "confirm":
            by = place.by
            gone = operations.cancel_range(
                site=place.site, owner=by, from_at=first, until_at=last, by=by, at=place.now, reason=given["reason"]
            )
            words = ngettext("%(count)s date is called off.", "%(count)s dates are called off.", len(gone))
            messages.success(request, words % {"count": len(gone)})
            return redirect("workspace:bookings", key=key)
        dates = list(_own(place).filter(state__in=OPEN, during__overlap=(max(first, place.now), last)))
        if not dates:
            form.add_error(None, _("Nothing of yours is booked between these days. Choose others."))
    with clock_of(place):
        return form_page(request, "workspace/cancel_range.html", form, place.context("bookings", dates=dates))


def _own(place: Place) -> QuerySet[Occurrence]:
    """Return the reader's dates at the site."""
    actor = place.request.actor
    return queries.bookings_of(actor.person_id or 0).filter(space__floor__building__site=place.site)


def _moments(place: Place, first: date, last: date) -> tuple[datetime, datetime]:
    """Return the first moment of the first day, and the first after the last."""
    return queries.at_wall(first, time(), place.zone), queries.at_wall(last + timedelta(days=1), time(), place.zone)
