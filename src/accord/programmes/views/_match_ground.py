"""What the doors to places, matching and offers share."""

from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accord.kernel import clock, secret
from accord.kernel.access import Request
from accord.kernel.reading import people_shown
from accord.kernel.refused import NotAllowed
from accord.programmes import queries, rules
from accord.programmes.operations import HostDoor
from accord.programmes.queries import Call
from accord.programmes.views._calls_ground import notes_of
from accord.programmes.views._tabs import call_tabs
from accord.ui.parts import Link, Tabs
from accord.ui.tables import Table, TablePage

PARTS = (
    ("places", pgettext_lazy("of a call", "Places")),
    ("hosts", _("Hosts")),
    ("limits", _("Limits")),
    ("exceptions", _("Exceptions")),
)


def call_of_office(request: Request, programme: str, key: str) -> Call:
    """Return a call whose places and match the reader keeps; others who know of it hear why not."""
    call = queries.find_call(request.actor, programme, key)
    if not rules.may_see_applications(request.actor, call.programme.owner_id):
        raise NotAllowed(
            _("Who gets which place is read by the office of the institution that runs this. Others see numbers.")
        )
    return call


def call_to_decide(request: Request, programme: str, key: str) -> Call:
    """Return a call on whose applications the reader may decide; nobody publishes a match they stand in themselves."""
    call = call_of_office(request, programme, key)
    mine = [one.applicant_id for one in queries.applications_of(request.actor).filter(call=call)]
    if not rules.may_decide(request.actor, call.programme.owner_id, concerned=mine):
        raise NotAllowed(_("You applied to this call yourself. Somebody else of the office decides on it."))
    return call


def place_parts(call: Call, current: str) -> Tabs:
    """Return the pages about places of a call, as second tabs."""
    links = [
        Link(label, reverse(f"programmes:{name}", args=[call.programme.key, call.key]), current=name == current)
        for name, label in PARTS
    ]
    return Tabs(tuple(links), _("About places"))


def list_page(
    request: Request,
    call: Call,
    table: Table,
    rows: Any,
    template: str,
    current: str,
    *,
    about_people: bool = False,
    **more: Any,
) -> HttpResponseBase:
    """Return a list of a call, as a page or a file."""
    page = table.page(request.GET, rows)
    if about_people:
        tell_shown(request, page, rows)
    if page.format:
        notes = notes_of(request, is_simulated=call.programme.is_simulated)
        return table.export(page, filename=f"{call.programme.key}-{call.key}-{table.name}", notes=notes)
    context = {"call": call, "table": page, "tabs": call_tabs(request, call, current), **more}
    return render(request, template, context)


def tell_shown(request: Request, page: TablePage, rows: Any) -> None:
    """Say whose data a list shows: those on the page, or everybody where it leaves as a file."""
    if page.format:
        shown = list(rows.values_list("application__applicant", flat=True))
    else:
        shown = [one.application.applicant_id for one in page.records]
    people_shown(request.actor, shown, clock.now(request.world))


def end_of_day(call: Call, day: date) -> datetime:
    """Return the last moment of a day in the call's zone."""
    return datetime.combine(day + timedelta(days=1), time.min, tzinfo=ZoneInfo(call.time_zone)) - timedelta(seconds=1)


def host_door(request: Request) -> HostDoor:
    """Return how links to places are made for this request."""
    return HostDoor(
        secret.new_token,
        lambda token: request.build_absolute_uri(reverse("programmes:places-by-link", kwargs={"token": token})),
    )


def choices_of_places(call: Call) -> list[tuple[str, Any]]:
    """Return the open places of a call to choose from."""
    return [(one.code, f"{one.code} · {one.name} · {one.host.institution.name}") for one in queries.open_places(call)]


def page(request: Request, template: str, call: Call, current: str, **more: Any) -> HttpResponse:
    """Return a page of a call."""
    return render(request, template, {"call": call, "tabs": call_tabs(request, call, current), **more})
