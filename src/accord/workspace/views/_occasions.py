"""Doors to the events of a site."""

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accord.kernel.access import Request, signed_in
from accord.kernel.reading import people_shown
from accord.kernel.refused import Clash, NotAllowed, Refused
from accord.ui.editing import editing
from accord.workspace import operations, queries, rules
from accord.workspace.forms import OCCASIONS, CameForm, OccasionForm, SignUpForm, when
from accord.workspace.operations import EventFacts
from accord.workspace.queries import Event, Site
from accord.workspace.views._care_ground import FORM, Ground, answered, ground_of
from accord.workspace.views._team_ground import by_and_at, kept_site, notes_of


@require_GET
@signed_in
def events(request: Request, site: str) -> HttpResponseBase:
    """List the events of a site."""
    ground = ground_of(request, site)
    page = OCCASIONS.page(request.GET, queries.occasions_of(ground.site, request.actor.persons))
    if page.format:
        return OCCASIONS.export(page, filename=f"{site}-events", notes=notes_of(request))
    return render(request, "workspace/events.html", ground.context(request) | {"table": page})


@require_http_methods(["GET", "POST"])
@signed_in
def add_event(request: Request, site: str) -> HttpResponse:
    """Announce an event."""
    home = kept_site(request, site)
    form = OccasionForm(request.POST or None)
    to = reverse("workspace:events", args=[site])

    def announce(given: dict[str, Any]) -> None:
        operations.announce_occasion(site=home, facts=_facts(home, given), **by_and_at(request))

    context = ground_of(request, site).context(request) | {
        "heading": _("Announce an event"),
        "act": _("Announce"),
        "up": (pgettext_lazy("of a work space", "Events"), to),
    }
    return answered(request, form, announce, done=_("The event is announced."), to=to, context=context)


def _facts(site: Site, given: dict[str, Any]) -> EventFacts:
    """Return what a form says of an event; one that ends no later than it begins ends on the next day."""
    zone = ZoneInfo(site.time_zone)
    starts = datetime.combine(given["on"], given["starts"], tzinfo=zone)
    ends = datetime.combine(given["on"], given["ends"], tzinfo=zone)
    if given["ends"] < given["starts"]:
        ends = datetime.combine(given["on"] + timedelta(days=1), given["ends"], tzinfo=zone)
    plain = {name: given[name] for name in ("title", "about", "place", "places")}
    return EventFacts(starts_at=starts, ends_at=ends, **plain)


def _values(event: Event) -> dict[str, Any]:
    """Return what a form about an event starts from."""
    zone = ZoneInfo(event.site.time_zone)
    starts, ends = event.starts_at.astimezone(zone), event.ends_at.astimezone(zone)
    plain = {name: getattr(event, name) for name in ("title", "about", "place", "places")}
    return plain | {"on": starts.date(), "starts": starts.time(), "ends": ends.time()}


@require_GET
@signed_in
def event(request: Request, site: str, pk: int) -> HttpResponse:
    """Show an event; who signed up stands there for whoever keeps the site's teams."""
    ground = ground_of(request, site)
    found = queries.find_occasion(ground.site, pk, request.actor.persons)
    places = list(queries.places_of_event(found)) if ground.keeps else []
    people_shown(request.actor, [one.person_id for one in places], ground.now)
    is_ahead = found.starts_at > ground.now
    is_open = is_ahead and found.called_off_at is None
    is_full = found.places is not None and found.taken >= found.places
    own = queries.own_teams(request.actor, ground.site, ground.today) if is_open else ()
    context = ground.context(request) | {
        "event": found,
        "when": when(found.starts_at, ground.site.time_zone),
        "until": when(found.ends_at, ground.site.time_zone),
        "signed_up": places,
        "is_full": is_full,
        "may_change": ground.keeps and is_open,
        "may_sign_up": is_open and not is_full and not found.is_mine and _may_come(request, ground),
        "may_leave": is_open and found.is_mine,
        "may_mark": ground.keeps and not is_ahead and found.called_off_at is None and bool(places),
        "form": SignUpForm(teams=own),
    }
    return render(request, "workspace/event.html", context)


def _may_come(request: Request, ground: Ground) -> bool:
    """Say whether somebody may sign up: who works in a team here, and the operator's people."""
    own = queries.own_teams(request.actor, ground.site, ground.today)
    return rules.may_book(request.actor, ground.site.operator_id) or own.exists()


@require_http_methods(["GET", "POST"])
@signed_in
def change_event(request: Request, site: str, pk: int) -> HttpResponse:
    """Change an event; two who do so at once choose between their answers."""
    home = kept_site(request, site)
    found = queries.find_occasion(home, pk)
    record, to = f"event:{pk}", reverse("workspace:event", args=[site, pk])
    edit = editing(request, OccasionForm, initial=_values(found), version=found.version, purpose=record)
    if edit.ready:
        try:
            facts = _facts(home, edit.answers)
            operations.change_occasion(event=found, version=edit.version, facts=facts, **by_and_at(request))
        except Clash:
            fresh = queries.find_occasion(home, pk)
            return edit.clash(thing=fresh.title, theirs=_values(fresh), version=fresh.version, url=to, record=record)
        except Refused as refused:
            edit.form.add_error(refused.field if refused.field in edit.form.fields else None, str(refused))
        else:
            messages.success(request, _("The event is changed."))
            return redirect(to)
    context = {"heading": _("Change the event"), "act": pgettext_lazy("to alter", "Change"), "up": (found.title, to)}
    return edit.page(FORM, ground_of(request, site).context(request) | context)


@require_POST
@signed_in
def call_off_event(request: Request, site: str, pk: int) -> HttpResponse:
    """Call an event off."""
    found = queries.find_occasion(kept_site(request, site), pk)
    operations.call_off_occasion(event=found, **by_and_at(request))
    messages.success(request, _("The event is called off, and who signed up is told."))
    return redirect("workspace:event", site, pk)


@require_POST
@signed_in
def sign_up(request: Request, site: str, pk: int) -> HttpResponse:
    """Sign up for an event."""
    ground = ground_of(request, site)
    found = queries.find_occasion(ground.site, pk)
    if not _may_come(request, ground):
        raise NotAllowed(_("Events are for people who work here. Ask the operator to add you to a team."))
    teams = {one.pk: one for one in queries.own_teams(request.actor, ground.site, ground.today)}
    form = SignUpForm(request.POST, teams=teams.values())
    team = teams.get(form.cleaned_data["team"]) if form.is_valid() else None
    try:
        operations.sign_up(event=found, team=team, **by_and_at(request))
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("You have a place."))
    return redirect("workspace:event", site, pk)


@require_POST
@signed_in
def leave_event(request: Request, site: str, pk: int) -> HttpResponse:
    """Give one's place back."""
    found = queries.find_occasion(ground_of(request, site).site, pk)
    operations.leave_event(event=found, **by_and_at(request))
    messages.success(request, _("Your place is free for somebody else."))
    return redirect("workspace:event", site, pk)


@require_POST
@signed_in
def mark_came(request: Request, site: str, pk: int) -> HttpResponse:
    """Say who came."""
    found = queries.find_occasion(kept_site(request, site), pk)
    places = queries.places_of_event(found).values_list("pk", flat=True)
    form = CameForm(request.POST, places=places)
    came = form.cleaned_data["came"] if form.is_valid() else []
    operations.mark_came(event=found, came=came, **by_and_at(request))
    messages.success(request, _("It is noted who came."))
    return redirect("workspace:event", site, pk)
