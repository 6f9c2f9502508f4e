"""Doors at doors: what is on in a space now, checking in by code without an account, and the sign to print."""

import segno
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from accord.kernel import clock
from accord.kernel.access import Request, open_to_all, signed_in
from accord.kernel.refused import Refused
from accord.ui.forms import form_page
from accord.workspace import operations, queries
from accord.workspace.forms import DoorForm
from accord.workspace.views._booking_places import of_keeper


@require_http_methods(["GET", "POST"])
@never_cache
@open_to_all
def door(request: Request, token: str) -> HttpResponse:
    """Say what is on in this space now, and check in whoever types the code of their booking."""
    space = queries.space_by_door(token)
    now = clock.now(request.world)
    form = DoorForm(request.POST or None)
    status = 0
    if request.method == "POST" and form.is_valid():
        try:
            operations.check_in_by_code(space=space, code=form.cleaned_data["code"], at=now)
        except Refused as refused:
            form.add_error("code", str(refused))
            status = refused.status
        else:
            return redirect(f"{reverse('workspace:door', args=[token])}?in=1")
    context = {"space": space, "site": space.floor.building.site, "at_door": queries.at_door(space, now), "now": now}
    with timezone.override(queries.zone_of_space(space)):
        page = form_page(request, "workspace/door.html", form, context | {"is_in": "in" in request.GET})
    page.status_code = status or page.status_code
    page.headers["X-Robots-Tag"] = "noindex"
    return page


@require_GET
@signed_in
def door_sign(request: Request, key: str, pk: int) -> HttpResponse:
    """Draw the sign for a door: its name, and the code that opens its page on a phone."""
    place = of_keeper(request, key)
    space = queries.find_space(request.actor, place.site, pk)
    address = request.build_absolute_uri(reverse("workspace:door", args=[space.door_token]))
    drawn = segno.make(address, error="m").svg_inline(scale=8, omitsize=True, dark="#000", light="#fff")
    context = place.context("", space=space, address=address, drawn=mark_safe(drawn))  # noqa: S308 (drawn by segno from our own address)
    return render(request, "workspace/door_sign.html", context)
