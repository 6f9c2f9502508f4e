"""Doors of private calendar feeds: making and revoking one's own, and what a calendar reads without signing in."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accord.kernel import clock, secret
from accord.kernel.access import Request, open_to_all, signed_in
from accord.kernel.refused import NotAllowed
from accord.workspace import operations, queries
from accord.workspace.views._booking_places import clock_of, of_booker


@require_http_methods(["GET", "POST"])
@never_cache
@signed_in
def feed(request: Request, key: str) -> HttpResponse:
    """Say whether the reader's bookings can be read by a calendar; make the address, which is shown once."""
    place = of_booker(request, key)
    address = ""
    if request.method == "POST":
        if request.actor.for_person is not None:
            raise NotAllowed(_("A calendar's address is made in one's own name. Act as yourself again, then make it."))
        token = secret.new_token()
        operations.make_feed(token=token, by=place.by, at=place.now)
        address = request.build_absolute_uri(reverse("workspace:feed-file", args=[token]))
    context = place.context("feed", feed=queries.feed_of_person(request.actor), address=address)
    with clock_of(place):
        return render(request, "workspace/feed.html", context)


@require_POST
@signed_in
def revoke_feed(request: Request, key: str) -> HttpResponse:
    """End the reader's calendar address at once."""
    place = of_booker(request, key)
    operations.revoke_feed(by=place.by, at=place.now)
    messages.success(request, _("The address shows nothing any more. Delete it in your calendar."))
    return redirect("workspace:feed", key=key)


@require_GET
@open_to_all
def feed_file(request: Request, token: str) -> HttpResponse:
    """Return the bookings of whoever made this address, as a calendar reads them."""
    found = queries.find_feed(token)
    with translation.override(found.person.account.language or settings.LANGUAGE_CODE):
        entries = queries.entries_of(
            found,
            at=clock.now(request.world),
            address=lambda site, pk: request.build_absolute_uri(reverse("workspace:one-booking", args=[site, pk])),
            host=request.get_host().partition(":")[0],
        )
        content = queries.feed_of(entries, name=translation.gettext("My bookings"))
    answer = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    answer.headers["Content-Disposition"] = 'inline; filename="bookings.ics"'
    answer.headers["Cache-Control"] = "private, no-cache"
    answer.headers["X-Robots-Tag"] = "noindex"
    return answer
