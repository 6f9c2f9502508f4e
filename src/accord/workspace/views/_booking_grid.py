"""Doors to the day of all spaces and to the week of one."""

from collections.abc import Iterable
from datetime import date, time, timedelta
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from accord.kernel import clock
from accord.kernel.access import Request, signed_in
from accord.ui.parts import Link, Pages
from accord.workspace import queries
from accord.workspace.enums import SpaceKind
from accord.workspace.queries import DayGrid, Span, Week
from accord.workspace.views._booking_places import Place, clock_of, other_zone, place_at
from accord.workspace.views._cells import DayOfSpace, Line, Window, window_of

SIZE = 25
"""How many spaces stand on a page."""


@require_GET
@signed_in
def booking(request: Request, key: str) -> HttpResponse:
    """Show a day: which space is free when, and what is in it."""
    place = place_at(request, key)
    day = place.day_asked()
    asked = _asked(place)
    spaces = queries.counted_together(queries.bookable_spaces(place.site, on=day).filter(**_narrowed(asked)))
    page = max(_number(request.GET.get("page")), 1)
    grid = queries.day_grid(place.site, day, request.actor, spaces=spaces[(page - 1) * SIZE : page * SIZE])
    if page > 1 and not grid.rows:
        return redirect(f"{request.path}?{urlencode({'day': day.isoformat(), **asked})}")
    total = grid.rows[0].space.total if grid.rows else 0  # type: ignore[attr-defined]  # counted along
    window, lines = _lines_of_day(place, grid)
    offered = queries.choices_at(place.site)
    context = place.context(
        "booking",
        day=day,
        lines=lines,
        total=total,
        free_now=_free_now(place, grid) if day == place.today else None,
        asked=asked,
        is_narrowed=any(asked.values()),
        kinds=[(one, SpaceKind(one).label) for one in offered.kinds],
        floors=[(one.pk, queries.floor_words(one)) for one in offered.floors],
        features=offered.features,
        hours=_hours(place, window, day),
        steps=_steps(place, day, 1),
        pages=_pages(request, page, total),
    )
    with clock_of(place):
        return render(request, "workspace/booking.html", context)


@require_GET
@signed_in
def booking_week(request: Request, key: str, pk: int) -> HttpResponse:
    """Show a week of one space."""
    place = place_at(request, key)
    space = queries.find_space(request.actor, place.site, pk)
    monday = clock.monday_of(place.day_asked())
    week = queries.week_of(space, monday, request.actor)
    window, lines = _lines_of_week(place, week)
    context = place.context(
        "",
        space=space,
        monday=monday,
        sunday=monday + timedelta(days=6),
        lines=lines,
        hours=_hours(place, window, monday),
        steps=_steps(place, monday, 7),
    )
    with clock_of(place):
        return render(request, "workspace/booking_week.html", context)


def _lines_of_day(place: Place, grid: DayGrid) -> tuple[Window, list[Line]]:
    """Return a line for each space."""
    window = window_of(_whiles((row.opening, row.taken) for row in grid.rows), grid.zone)
    lines = [
        Line(row.space, grid.day, DayOfSpace(place, row.space, grid.day, window).cells(row.opening, row.taken))
        for row in grid.rows
    ]
    return window, lines


def _lines_of_week(place: Place, week: Week) -> tuple[Window, list[Line]]:
    """Return a line for each day of the space."""
    window = window_of(_whiles((one.opening, one.taken) for one in week.days), week.zone)
    lines = [
        Line(
            week.space,
            one.day,
            DayOfSpace(place, week.space, one.day, window).cells(one.opening, one.taken),
            is_today=one.day == place.today,
        )
        for one in week.days
    ]
    return window, lines


def _whiles(parts: Iterable[Any]) -> list[Span]:
    """Return when spaces are open or booked."""
    return [
        span
        for opening, taken in parts
        for span in (*opening, *(one.span for one in taken if one.booking or one.kind == "booking"))
    ]


def _free_now(place: Place, grid: DayGrid) -> int:
    """Return how many spaces of a page could be used at once."""
    now = Span(place.now, place.now + timedelta(minutes=1))
    return sum(
        any(one.overlaps(now) for one in row.opening)
        and not any(one.holds and one.blocked.overlaps(now) for one in row.taken)
        for row in grid.rows
    )


def _asked(place: Place) -> dict[str, str]:
    """Return by what the reader narrows the day."""
    given = place.request.GET
    kind = given.get("kind", "")
    return {
        "kind": kind if kind in SpaceKind.values else "",
        "seats": str(_number(given.get("seats")) or ""),
        "feature": given.get("feature", "")[:40],
        "floor": str(_number(given.get("floor")) or ""),
    }


def _narrowed(asked: dict[str, str]) -> dict[str, Any]:
    """Return the same as conditions."""
    conditions = {
        "kind": asked["kind"],
        "capacity__gte": asked["seats"] and int(asked["seats"]),
        "features__contains": asked["feature"] and [asked["feature"]],
        "floor": asked["floor"] and int(asked["floor"]),
    }
    return {name: value for name, value in conditions.items() if value}


def _hours(place: Place, window: Window, day: date) -> list[tuple[str, str]]:
    """Return the heads of the columns: the hour here, and for a reader elsewhere the time there."""
    there = other_zone(place.request, place.zone, place.now)
    heads = []
    for hour in window.hours:
        clock_there = ""
        if there is not None:
            at = queries.at_wall(day + timedelta(days=hour // 24), time(hour % 24), place.zone)
            clock_there = f"{at.astimezone(there):%H:%M}"
        heads.append((f"{hour:02}", clock_there))
    return heads


def _steps(place: Place, day: date, days: int) -> dict[str, str]:
    """Return the addresses of the day or week before and after, with what the reader narrows by."""
    kept = {name: value for name, value in place.request.GET.items() if name not in {"day", "page"}}
    return {
        name: "?" + urlencode({**kept, "day": (day + timedelta(days=step)).isoformat()})
        for name, step in (("before", -days), ("after", days))
    } | {"here": "?" + urlencode({**kept, "day": place.today.isoformat()})}


def _pages(request: Request, page: int, total: int) -> Pages | None:
    """Return the ways to further pages; None where there is one."""
    last = -(-total // SIZE)
    if last <= 1:
        return None
    kept = {name: value for name, value in request.GET.items() if name != "page"}
    links = [Link(str(one), "?" + urlencode({**kept, "page": one}), current=one == page) for one in range(1, last + 1)]
    return Pages(tuple(links), links[page - 2].url if page > 1 else "", links[page].url if page < last else "")


def _number(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdecimal() else 0
