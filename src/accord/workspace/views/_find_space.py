"""The door to finding a space: when, how long, for how many, with what; and what comes nearest where there is none."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from accord.kernel.access import Request, signed_in
from accord.workspace import queries
from accord.workspace.enums import SpaceKind
from accord.workspace.forms import FindForm
from accord.workspace.queries import FreeSpace, Space, Wish
from accord.workspace.views._booking_places import Place, clock_of, place_at

QUARTER, MOST = 15, 50


@dataclass(frozen=True, slots=True)
class Choice:
    """A space that can be had, from when until when, and where it is booked."""

    space: Space
    starts_at: datetime
    ends_at: datetime
    url: str = ""


@require_GET
@signed_in
def find_space(request: Request, key: str) -> HttpResponse:
    """Show the spaces that are free then; where there is none, the nearest choices."""
    place = place_at(request, key)
    offered = queries.choices_at(place.site)
    kinds = [(one, SpaceKind(one).label) for one in offered.kinds]
    is_asked = "day" in request.GET
    form = FindForm(
        _asked(request) if is_asked else None,
        kinds=kinds,
        features=offered.features,
        initial=_initial(place, kinds),
    )
    context = place.context("find-space", form=form, has_kinds=bool(kinds), found=None)
    if is_asked and form.is_valid():
        context |= _found(place, form.cleaned_data)
    with clock_of(place):
        return render(request, "workspace/find_space.html", context, status=422 if form.errors else 200)


def _asked(request: Request) -> Any:
    """Return what the address asks, with what it leaves out filled in."""
    given = request.GET.copy()
    given.setdefault("minutes", "60")
    if not given.get("seats", "").strip("0"):
        given["seats"] = ""
    return given


def _initial(place: Place, kinds: list[tuple[str, Any]]) -> dict[str, Any]:
    """Return what a new search starts from: the next quarter of an hour, one hour, a room."""
    local = place.now.astimezone(place.zone)
    next_quarter = local + timedelta(minutes=QUARTER - local.minute % QUARTER)
    known = [kind for kind, _label in kinds]
    return {
        "day": next_quarter.date(),
        "start": next_quarter.time(),
        "minutes": 60,
        "kind": SpaceKind.ROOM if SpaceKind.ROOM in known else None,
    }


def _found(place: Place, given: dict[str, Any]) -> dict[str, Any]:
    """Return what is free, and where nothing is, what comes nearest."""
    starts_at = queries.at_wall(given["day"], given["start"], place.zone)
    wish = Wish(given["kind"], given["seats"] or 0, tuple(given.get("features", ())))
    found = queries.free_at(place.site, starts_at, given["minutes"], wish, at=place.now)
    answer: dict[str, Any] = {
        "found": [_choice(place, one) for one in found[:MOST]],
        "more": max(len(found) - MOST, 0),
        "starts_at": starts_at,
        "ends_at": starts_at + timedelta(minutes=given["minutes"]),
    }
    return answer if found else answer | _nearest(place, starts_at, given["minutes"], wish)


def _nearest(place: Place, starts_at: datetime, minutes: int, wish: Wish) -> dict[str, Any]:
    """Return the same spaces at other times, and other spaces at the same time."""
    from_at = max(starts_at, place.now)
    later = [
        Choice(
            space,
            one,
            queries.span_of(space.policy, place.zone, one, minutes).ends_at,
            _form(place, space, one, minutes),
        )
        for space in queries.spaces_like(place.site, wish, on=place.today)
        for one in queries.next_free(space, from_at, minutes, 3, at=place.now)
    ]
    for looser in wish.looser():
        others = queries.free_at(place.site, starts_at, minutes, looser, at=place.now)
        if others:
            return {"later": later, "looser": [_choice(place, one) for one in others[:5]]}
    return {"later": later, "looser": []}


def _choice(place: Place, one: FreeSpace) -> Choice:
    return Choice(
        one.space,
        one.span.starts_at,
        one.span.ends_at,
        _form(place, one.space, one.span.starts_at, one.span.minutes),
    )


def _form(place: Place, space: Space, starts_at: datetime, minutes: int) -> str:
    """Return where this choice is booked; nothing for those who may not."""
    if not place.may_book:
        return ""
    local = starts_at.astimezone(place.zone)
    query = urlencode({"day": f"{local:%Y-%m-%d}", "start": f"{local:%H:%M}", "minutes": minutes})
    return f"{reverse('workspace:book', args=[place.site.key, space.pk])}?{query}"
