"""Doors of booking a space: the form, the preview of a series, what is in the way, and what is free instead."""

from collections.abc import Sequence
from datetime import datetime
from functools import partial
from secrets import randbelow
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from accord.kernel.access import Request, signed_in
from accord.kernel.refused import Refused
from accord.people.queries import Person, person_among
from accord.ui.forms import WRONG_FORM, read_day
from accord.workspace import operations, queries
from accord.workspace.enums import BookingMode, OccurrenceState
from accord.workspace.forms import BookForm
from accord.workspace.queries import PreviewDate, Space
from accord.workspace.views._booking_places import Place, bookable_space, clock_of, of_booker

PREVIEW, BOOK, BACK = "preview", "book", "back"
"""Where somebody stands who books a series."""

ASIDE = {"csrfmiddlewaretoken", "step", "date", "at", "wait", "chosen"}
"""What the form sends that is no answer."""

FIELDS = {"starts_at": "start", "minutes": "length", "rule": "repeat"}
"""By which input a refusal is mended."""


@require_http_methods(["GET", "POST"])
@signed_in
def book(request: Request, key: str, pk: int) -> HttpResponse:
    """Book a space: once at a press, a series after a look at each date; where something is in the way, say what."""
    place = of_booker(request, key)
    space = bookable_space(place, pk)
    with clock_of(place):
        if request.method != "POST":
            return _page(place, space, _form(place, space, initial=_initial(place, space)))
        sent = _sent(request.POST, place)
        form = _form(place, space, sent)
        step = request.POST.get("step", "")
        if step == BACK:
            return _page(
                place, space, _form(place, space, initial=sent.dict() | {"weekdays": sent.getlist("weekdays")})
            )
        if not form.is_valid():
            return _page(place, space, form)
        if form.cleaned_data["rule"] and step != BOOK:
            return _preview(place, space, form)
        return _book(place, space, form)


def _form(place: Place, space: Space, *args: Any, **kwargs: Any) -> BookForm:
    """Return the form with the teams and, for keepers, the people that can be booked for."""
    teams = queries.teams_to_book_for(place.site, place.request.actor, place.today, is_keeper=place.may_keep)
    find = partial(_somebody, place) if place.may_keep else None
    choices = [(team.pk, str(team.name)) for team in teams]
    return BookForm(*args, space=space, zone=place.zone, teams=choices, find=find, **kwargs)


def _somebody(place: Place, words: str) -> Person | None:
    """Return for whom a keeper books, by key or address."""
    return person_among(queries.people_to_book_for(place.site, place.today), words)


def _initial(place: Place, space: Space) -> dict[str, Any]:
    """Return what a new form starts from: what the address says, and a key by which it is sent but once."""
    given = place.request.GET
    policy = space.policy
    assert policy is not None  # noqa: S101 (the door let only such spaces through)
    start = given.get("start", "")
    initial: dict[str, Any] = {"key": uuid4(), "day": read_day(given.get("day", "")) or place.today, "start": start}
    if policy.mode == BookingMode.HALF_DAY:
        initial["length"] = "second" if start >= f"{policy.half_day_at:%H:%M}" else "first"
    elif policy.mode == BookingMode.TIME:
        wanted = given.get("minutes", "")
        initial["length"] = wanted if wanted.isdecimal() else max(policy.min_minutes, min(60, policy.max_minutes))
    return initial


def _sent(sent: QueryDict, place: Place) -> QueryDict:
    """Return what was sent; a press on one of the offered times puts that time in."""
    data = sent.copy()
    try:
        at = datetime.fromisoformat(sent.get("at", "")).astimezone(place.zone)
    except ValueError:
        return data
    data["day"], data["start"] = f"{at:%Y-%m-%d}", f"{at:%H:%M}"
    return data


def _book(place: Place, space: Space, form: BookForm) -> HttpResponse:
    """Book, and lead to the booking; where it is refused, say what is in the way and keep all that was typed."""
    given, post = form.cleaned_data, place.request.POST
    by = place.by
    try:
        booked = operations.book(
            space=space,
            title=given["title"],
            starts_at=given["starts_at"],
            minutes=given["minutes"],
            owner=given.get("owner") or by,
            team=_team(place, given.get("team")),
            rule=given["rule"],
            note=given["note"],
            is_private=given["is_private"],
            guests=[operations.Guest(email, name) for email, name in given["guests"]],
            key=given["key"],
            code=f"{randbelow(10**6):06}",
            when_taken="wait" if post.get("wait") else "skip" if given["rule"] else "refuse",
            without=_left_out(place, space, form) if given["rule"] else (),
            is_simulated=place.request.world.is_demo,
            by=by,
            at=place.now,
        )
    except operations.SpaceTaken as refused:
        return _page(place, space, form, clash=refused, free=refused.detail.get("free", ()))
    except Refused as refused:
        field = FIELDS.get(refused.field, refused.field)
        form.add_error(field if field in form.fields else None, str(refused))
        return _page(place, space, form)
    _say(place, booked)
    return redirect("workspace:one-booking", key=place.site.key, pk=booked.booking.pk)


def _left_out(place: Place, space: Space, form: BookForm) -> set[int]:
    """Return the numbers of the dates that were unticked."""
    if "chosen" not in place.request.POST:
        return set()
    ticked = {int(one) for one in place.request.POST.getlist("date") if one.isdecimal()}
    return {one.number for one in _dates(place, space, form)} - ticked


def _team(place: Place, pk: int | None) -> queries.Team | None:
    """Return the team that was chosen among those offered."""
    actor = place.request.actor
    offered = queries.teams_to_book_for(place.site, actor, place.today, is_keeper=place.may_keep)
    return offered.filter(pk=pk).first() if pk else None


def _say(place: Place, booked: operations.Booked) -> None:
    """Tell what came of it."""
    states = {one.state for one in booked.occurrences}
    if OccurrenceState.REQUESTED in states:
        sentence = _("Asked for. You are told when the operator has approved or declined it.")
    elif states == {OccurrenceState.WAITING}:
        sentence = _("You are on the waiting list. You are told when the space comes free.")
    else:
        sentence = _("The space is booked.")
    messages.success(place.request, sentence)
    if booked.refused:
        count = len(booked.refused)
        words = ngettext("%(count)s date could not be had.", "%(count)s dates could not be had.", count)
        messages.warning(place.request, words % {"count": count})


def _dates(place: Place, space: Space, form: BookForm) -> list[PreviewDate]:
    """Return every date of the series with what is against it."""
    given = form.cleaned_data
    actor = place.request.actor
    return queries.preview(space, given["starts_at"], given["minutes"], given["rule"], viewer=actor, at=place.now)


def _preview(place: Place, space: Space, form: BookForm) -> HttpResponse:
    """Show each date of a series, which of them cannot be had, and let any be unticked."""
    try:
        dates = _dates(place, space, form)
    except Refused as refused:
        form.add_error(FIELDS.get(refused.field, "repeat"), str(refused))
        return _page(place, space, form)
    sent = [(name, value) for name, values in place.request.POST.lists() for value in values if name not in ASIDE]
    free = sum(one.is_free for one in dates)
    context = place.context("", space=space, sent=sent, dates=dates, free=free, refused=len(dates) - free, form=None)
    return render(place.request, "workspace/book_series.html", context | {"title": form.cleaned_data["title"]})


def _page(
    place: Place, space: Space, form: BookForm, *, clash: Refused | None = None, free: Sequence[datetime] = ()
) -> HttpResponse:
    """Return the page with the form; after a refusal with what is in the way and the next free times."""
    wrong = form.is_bound and form.errors
    status = clash.status if clash else WRONG_FORM if wrong else 200
    repeats = any(form[name].value() or form[name].errors for name in ("repeat", "until", "count"))
    context = place.context("", space=space, form=form, clash=clash, free=free, repeats=repeats)
    return render(place.request, "workspace/book.html", context, status=status)
