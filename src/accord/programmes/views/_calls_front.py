"""Doors to the lists of calls and programmes, to one programme, and to the office's overview of a call."""

from typing import Any

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_GET

from accord.kernel import clock
from accord.kernel.access import Request, open_to_all, signed_in
from accord.programmes import queries, rules
from accord.programmes.enums import CallState
from accord.programmes.forms import CALLS, PROGRAMMES, call_chip
from accord.programmes.queries import Call
from accord.programmes.views._calls_ground import in_zone, notes_of
from accord.programmes.views._tabs import call_tabs, list_tabs
from accord.ui import say
from accord.ui.parts import Description, Item


@require_GET
@open_to_all
def calls(request: Request) -> HttpResponseBase:
    """Show the calls that everybody may read, and those of the programmes that the reader may know of."""
    page = CALLS.page(request.GET, queries.calls_to_list(request.actor, clock.now(request.world)))
    if page.format:
        return CALLS.export(page, filename="calls", notes=notes_of(request))
    context = {
        "table": page,
        "tabs": list_tabs(request, "programmes:calls"),
        "may_open": rules.may_open_any(request.actor),
    }
    return render(request, "programmes/calls.html", context)


@require_GET
@signed_in
def programmes(request: Request) -> HttpResponseBase:
    """Show the programmes that the reader may know of."""
    rows = queries.programmes_with_calls(queries.programmes_visible_to(request.actor), clock.now(request.world))
    page = PROGRAMMES.page(request.GET, rows)
    if page.format:
        return PROGRAMMES.export(page, filename="programmes", notes=notes_of(request))
    context = {
        "table": page,
        "tabs": list_tabs(request, "programmes:programmes"),
        "may_open": rules.may_open_any(request.actor),
    }
    return render(request, "programmes/programmes.html", context)


@require_GET
@signed_in
def programme(request: Request, programme: str) -> HttpResponseBase:
    """Show one programme: what it delivers to, and its calls."""
    found = queries.find_programme(request.actor, programme)
    now = clock.now(request.world)
    page = CALLS.page(request.GET, queries.calls_of(request.actor, found, now))
    if page.format:
        return CALLS.export(
            page, filename=f"calls-{found.key}", notes=notes_of(request, is_simulated=found.is_simulated)
        )
    context = {
        "programme": found,
        "table": page,
        "facts": _facts_of_programme(found),
        "may_run": rules.may_run(request.actor, found.owner_id),
    }
    return render(request, "programmes/programme.html", context)


@require_GET
@signed_in
def office(request: Request, programme: str, call: str) -> HttpResponse:
    """Show the office how a call stands, and what can be done with it next."""
    found = queries.find_call(request.actor, programme, call)
    now = clock.now(request.world)
    state = queries.call_state(found, now)
    may_run = rules.may_run(request.actor, found.programme.owner_id)
    is_live = state not in {CallState.CANCELLED, CallState.FINISHED}
    context = {
        "call": found,
        "tabs": call_tabs(request, found, "office"),
        "chip": call_chip(state),
        "facts": _facts_of_call(found),
        "numbers": _numbers(found),
        "may_run": may_run,
        "is_live": is_live,
        "is_published": found.published_at is not None,
        "missing": queries.missing_to_publish(found, now) if may_run and state == CallState.PREPARED else (),
        "is_closed": state == CallState.CLOSED,
    }
    return render(request, "programmes/office.html", context)


def _facts_of_programme(found: queries.Programme) -> Description:
    rows = [Item(_("Kind"), found.get_kind_display()), Item(_("Run by"), found.owner.name)]
    if found.agreement is not None:
        address = reverse("measures:board", args=[found.agreement.key])
        rows.append(Item(_("Delivers to"), found.agreement.title, url=address))
    if found.commitment is not None:
        rows.append(Item(_("Set up for the promise"), found.commitment.title))
    if found.ended_at is not None:
        rows.append(Item(_("Ended"), say.day(found.ended_at)))
    return Description(rows)


def _numbers(call: Call) -> Description:
    """Return how many applications stand where, and how many places there are; no name."""
    found, places = queries.application_numbers(call), queries.places_on_offer(call)
    return Description(
        [
            Item(pgettext_lazy("applications", "Drafts"), say.count(found.drafts)),
            Item(pgettext_lazy("applications", "Under way"), say.count(found.under_way)),
            Item(_("Accepted or placed"), say.count(found.placed)),
            Item(_("Not accepted"), say.count(found.declined)),
            Item(pgettext_lazy("applications", "Withdrawn"), say.count(found.withdrawn)),
            Item(_("Places on offer"), say.count(places.places)),
        ]
    )


def _facts_of_call(call: Call) -> Description:
    """Return what was stated of a call beforehand."""
    rows: list[Any] = [
        Item(pgettext_lazy("a call", "Opens"), in_zone(call.opens_at, call.time_zone)),
        Item(pgettext_lazy("a call", "Closes"), in_zone(call.closes_at, call.time_zone)),
        Item(_("Time zone"), call.time_zone),
        Item(pgettext_lazy("of applications", "Review"), call.get_mode_display()),
        Item(_("Equal scores"), call.get_tie_rule_display()),
    ]
    if call.late_until_at is not None:
        rows.append(Item(_("With the late code until"), in_zone(call.late_until_at, call.time_zone)))
    if call.cancel_reason:
        rows.append(Item(_("Cancelled because"), call.cancel_reason))
    return Description(rows)
