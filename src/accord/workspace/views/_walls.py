"""Doors of displays that hang in the house: who is where, opened by an address that can be taken back."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accord.kernel import clock, secret
from accord.kernel.access import Request, signed_in
from accord.kernel.links import FoundLink, by_link
from accord.people.enums import LinkState
from accord.people.operations import make_link
from accord.people.operations import revoke_link as end_link
from accord.people.queries import find_link_of, links_of
from accord.ui.parts import State
from accord.workspace import queries
from accord.workspace.enums import SHOW_WALL, OccurrenceKind, SpaceKind
from accord.workspace.queries import WallRow, zone_of
from accord.workspace.views._booking_places import Place, clock_of, of_keeper

LONGEST = timedelta(days=180)
TONES = {LinkState.OPEN: "good", LinkState.USED: "done", LinkState.EXPIRED: "mute", LinkState.REVOKED: "missed"}


@require_http_methods(["GET", "POST"])
@never_cache
@signed_in
def walls(request: Request, key: str) -> HttpResponse:
    """Show the addresses of displays, and make one, which is shown once."""
    place = of_keeper(request, key)
    address = _made(place) if request.method == "POST" else ""
    every = links_of(f"site:{place.site.pk}", at=place.now).filter(purpose=SHOW_WALL)
    rows = [(one, _state(one)) for one in every]
    floors = [(one.pk, queries.floor_words(one)) for one in queries.choices_at(place.site).floors]
    context = place.context("walls", rows=rows, address=address, floors=floors, open=LinkState.OPEN, days=LONGEST.days)
    with clock_of(place):
        return render(request, "workspace/walls.html", context)


def _made(place: Place) -> str:
    """Make an address; return it whole."""
    token = secret.new_token()
    make_link(
        person=place.by,
        purpose=SHOW_WALL,
        record=f"site:{place.site.pk}",
        expires_at=place.now + LONGEST,
        token=token,
        by=place.by,
        at=place.now,
    )
    return place.request.build_absolute_uri(reverse("workspace:wall", kwargs={"token": token}))


def _state(link: Any) -> State:
    """Return where a link stands, as a chip."""
    state = LinkState(link.state)
    return State(TONES[state], state.label)


@require_POST
@signed_in
def revoke_wall(request: Request, key: str, pk: int) -> HttpResponse:
    """Take the address of a display back at once."""
    place = of_keeper(request, key)
    found = find_link_of(f"site:{place.site.pk}", pk)
    end_link(link=found, by=place.by, at=place.now)
    messages.success(request, _("The display shows nothing any more."))
    return redirect("workspace:walls", key=key)


@require_GET
@by_link(SHOW_WALL)
def wall(request: Request, link: FoundLink) -> HttpResponse:
    """Show what is on now and next, and who sits where, as far as everybody in the house may know."""
    site = queries.site_of_wall(link.record)
    now = clock.now(request.world)
    floor = request.GET.get("floor", "")
    rows = queries.wall_of(site, int(floor) if floor.isascii() and floor.isdecimal() else None, now)
    rooms = [row for row in rows if row.space.policy_id and row.space.kind != SpaceKind.DESK]
    context = {
        "site": site,
        "now": now,
        "rooms": rooms,
        "desks": [row for row in rows if row.space.kind == SpaceKind.DESK and row.now],
        "offices": _let(rows),
        "zone_name": site.time_zone,
    }
    from_template = "workspace/wall.html#board" if request.htmx else "workspace/wall.html"  # type: ignore[attr-defined]
    with timezone.override(zone_of(site)):
        return render(request, from_template, context)


def _let(rows: list[WallRow]) -> list[tuple[str, list[str]]]:
    """Return the teams that sit here by their names, each with the codes of its spaces."""
    found: dict[str, list[str]] = {}
    for row in rows:
        if row.now is not None and row.now.kind == OccurrenceKind.TENANCY:
            found.setdefault(row.now.team, []).append(row.space.code)
    return sorted(found.items())
