"""Doors of the office to hosts, places, limits and exceptions."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accord.kernel import clock
from accord.kernel.access import Request, signed_in
from accord.kernel.reading import people_shown
from accord.kernel.refused import Clash, Refused
from accord.people.queries import institutions_visible_to
from accord.programmes import operations, queries
from accord.programmes.forms import HOSTS_LIST, PLACES_LIST, InviteHostForm, KeepSeatsForm, OfficePlaceForm
from accord.programmes.operations import PlaceFacts
from accord.programmes.queries import Call, Place
from accord.programmes.views._calls_ground import Sheet, blame, by_and_at, call_to_run
from accord.programmes.views._match_ground import call_of_office, host_door, list_page, page, place_parts
from accord.ui.editing import editing

PLAIN = ("code", "name", "text", "needs", "city", "count", "minimum", "supervisor_name", "supervisor_email")
DAYS = ("starts_on", "ends_on")


@require_GET
@signed_in
def places(request: Request, programme: str, call: str) -> HttpResponseBase:
    """List the places of a call: who opened them, who wants them, who holds them."""
    found = call_of_office(request, programme, call)
    rows = queries.places_of_call(found)
    parts = place_parts(found, "places")
    return list_page(request, found, PLACES_LIST, rows, "programmes/places.html", "places", parts=parts)


@require_http_methods(["GET", "POST"])
@signed_in
def new_place(request: Request, programme: str, call: str) -> HttpResponse:
    """Open places for a host, as the office."""
    found = call_to_run(request, programme, call)
    hosts = {str(one.pk): one for one in queries.hosts_in(found)}
    offered = [(pk, f"{one.institution.name} · {one.contact.name}") for pk, one in hosts.items()]
    form = OfficePlaceForm(
        request.POST or None, hosts=offered or [("", _("Invite a host first"))], limits=_limits(found)
    )
    if request.method == "POST" and form.is_valid():
        host = hosts[form.cleaned_data["host"]]
        try:
            facts = facts_said(form.cleaned_data, found)
            made = operations.open_place(
                host=host, facts=facts, is_simulated=request.world.is_demo, **by_and_at(request)
            )
        except Refused as refused:
            blame(form, refused)
        else:
            messages.success(request, _("The place is open."))
            return redirect("programmes:place", programme, call, made.code)
    return _sheet(found, _("Open a place"), _("Open the place"), "places").page(request, form)


@require_GET
@signed_in
def place(request: Request, programme: str, call: str, code: str) -> HttpResponse:
    """Show a place: what it is, its reserves, and who wants it in the host's order."""
    found = call_of_office(request, programme, call)
    one = queries.find_place(found, code)
    people = queries.who_wants(one)
    people_shown(request.actor, [row.application.applicant_id for row in people], clock.now(request.world))
    reserves = list(one.reserves.order_by("group"))
    return page(request, "programmes/place.html", found, "places", place=one, people=people, reserves=reserves)


@require_http_methods(["GET", "POST"])
@signed_in
def change_place(request: Request, programme: str, call: str, code: str) -> HttpResponse:
    """Change a place; two who do so at once choose between their answers."""
    found = call_to_run(request, programme, call)
    one = queries.find_place(found, code)
    back = reverse("programmes:place", args=[programme, call, code])
    edit = editing(
        request,
        partial(OfficePlaceForm, limits=_limits(found)),
        initial=values_of(one),
        version=one.version,
        purpose=f"place:{one.pk}",
    )
    if edit.ready:
        try:
            kept = operations.change_place(
                place=one, version=edit.version, facts=facts_said(edit.answers, found), **by_and_at(request)
            )
        except Clash:
            fresh = queries.find_place(found, code)
            return edit.clash(
                thing=fresh.name, theirs=values_of(fresh), version=fresh.version, url=back, record=f"place:{one.pk}"
            )
        except Refused as refused:
            blame(edit.form, refused)
        else:
            messages.success(request, _("The place is changed."))
            return redirect("programmes:place", programme, call, kept.code)
    sheet = _sheet(found, _("Change the place"), _("Save the changes"), "places", one.name)
    return edit.page("programmes/keep.html", sheet.context())


@require_POST
@signed_in
def close_place(request: Request, programme: str, call: str, code: str) -> HttpResponse:
    """Take a place back: nobody new is placed there."""
    found = call_to_run(request, programme, call)
    one = queries.find_place(found, code)
    try:
        operations.close_place(place=one, **by_and_at(request))
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("The place is closed. Who holds it keeps it."))
    return redirect("programmes:place", programme, call, code)


@require_http_methods(["GET", "POST"])
@signed_in
def reserve_seats(request: Request, programme: str, call: str, code: str) -> HttpResponse:
    """Keep seats of a place for a group of applicants."""
    found = call_to_run(request, programme, call)
    one = queries.find_place(found, code)
    form = KeepSeatsForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            operations.reserve_seats(place=one, **form.cleaned_data, **by_and_at(request))
        except Refused as refused:
            blame(form, refused)
        else:
            messages.success(request, _("The reserve is kept."))
            return redirect("programmes:place", programme, call, code)
    back = reverse("programmes:place", args=[programme, call, code])
    sheet = Sheet(_("Keep seats for a group"), _("Keep the seats"), back, call=found, meta=one.name)
    return sheet.page(request, form)


@require_GET
@signed_in
def hosts(request: Request, programme: str, call: str) -> HttpResponseBase:
    """List the hosts of a call: what they opened, and whether they have ranked who wants it."""
    found = call_of_office(request, programme, call)
    rows = queries.hosts_in(found)
    parts = place_parts(found, "hosts")
    return list_page(request, found, HOSTS_LIST, rows, "programmes/hosts.html", "places", parts=parts)


@require_http_methods(["GET", "POST"])
@signed_in
def invite_host(request: Request, programme: str, call: str) -> HttpResponse:
    """Invite an institution to open places; its contact is written to."""
    found = call_to_run(request, programme, call)
    houses = {str(one.pk): one for one in institutions_visible_to(request.actor)}
    offered = [(pk, one.name) for pk, one in houses.items()]
    form = InviteHostForm(request.POST or None, institutions=offered)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            operations.ask_host(
                call=found,
                institution=houses[said["institution"]],
                name=said["contact_name"],
                email=said["email"],
                language=said["language"],
                door=host_door(request),
                **by_and_at(request),
            )
        except Refused as refused:
            blame(form, refused)
        else:
            messages.success(request, _("The host is invited. A letter is on its way."))
            return redirect("programmes:hosts", programme, call)
    return _sheet(found, _("Invite a host"), _("Invite the host"), "hosts").page(request, form)


@require_POST
@signed_in
def remind_hosts(request: Request, programme: str, call: str) -> HttpResponse:
    """Remind every host whose places are wanted and who has not said that its ranking is done."""
    found = call_to_run(request, programme, call)
    due = [one for one in queries.hosts_in(found) if one.wanted and one.ranked_at is None]
    for one in due:
        operations.remind_host(host=one, door=host_door(request), **by_and_at(request))
    if due:
        messages.success(request, _("%(count)s hosts are reminded.") % {"count": len(due)})
    else:
        messages.info(request, _("No host has a ranking to do: all are done, or nobody wants their places yet."))
    return redirect("programmes:hosts", programme, call)


def facts_said(said: dict[str, Any], call: Call) -> PlaceFacts:
    """Return what a form says of a place."""
    plain = {name: said[name] for name in (*PLAIN, *DAYS) if name in said}
    limit = queries.find_limit(call, said["limit"]) if said.get("limit") else None
    return PlaceFacts(**plain, limit=limit)


def values_of(one: Place) -> dict[str, Any]:
    """Return what a form shows of a place."""
    values = {name: getattr(one, name) for name in (*PLAIN, *DAYS)}
    return values | {"limit": one.limit.key if one.limit else ""}


def _limits(call: Call) -> list[tuple[str, Any]]:
    return [(one.key, one.name) for one in queries.limits_of(call)]


def _sheet(call: Call, heading: Any, action: Any, route: str, meta: Any = "") -> Sheet:
    back = reverse(f"programmes:{route}", args=[call.programme.key, call.key])
    return Sheet(heading, action, back, call=call, meta=meta or call.name)
