"""Doors to resident teams: the list, a profile, registering and changing one."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods

from accord.kernel import clock
from accord.kernel.access import Request, signed_in
from accord.kernel.reading import people_shown
from accord.kernel.refused import Clash, Refused
from accord.people.queries import institution_by_id, institutions_visible_to
from accord.ui.editing import editing
from accord.ui.forms import form_page
from accord.workspace import operations, queries, rules
from accord.workspace.forms import REPORTS, TEAMS, NewTeamForm, TeamForm, standing_chip
from accord.workspace.operations import TeamFacts
from accord.workspace.queries import Site, Team
from accord.workspace.views._tabs import site_tabs
from accord.workspace.views._team_facts import facts_part, funding_part, heads_chart
from accord.workspace.views._team_ground import (
    by_and_at,
    day_here,
    finder,
    kept_site,
    kept_team,
    notes_of,
    person_of,
    suggested,
)


@require_GET
@signed_in
def teams(request: Request, site: str) -> HttpResponseBase:
    """List the teams of a site, with how many people work in them, each counted once."""
    found = queries.find_site(request.actor, site)
    today = day_here(request, found)
    page = TEAMS.page(request.GET, queries.team_list(request.actor, found, on=today))
    if page.format:
        return TEAMS.export(page, filename=f"{site}-teams", notes=notes_of(request))
    context = {
        "site": found,
        "tabs": site_tabs(request, found, "teams"),
        "table": page,
        "headline": queries.teams_headline(found, on=today),
        "may_keep": rules.may_keep_teams(request.actor, found.operator_id),
    }
    return render(request, "workspace/teams.html", context)


@require_GET
@signed_in
def team(request: Request, site: str, key: str) -> HttpResponse:
    """Show a team: who it is, how it grew, what it reported, and its money to those who may see that."""
    home = queries.find_site(request.actor, site)
    found = queries.find_team(request.actor, home, key)
    today = day_here(request, home)
    sight = queries.sight_of(request.actor, found, today)
    reports = queries.reports_of(found)
    members = queries.members_of(found) if sight.may_see_terms else []
    people_shown(request.actor, [one.person_id for one in members], clock.now(request.world))
    context = {
        "site": home,
        "team": found,
        "tabs": site_tabs(request, home, "teams"),
        "sight": sight,
        "chip": standing_chip(queries.standing_of(found, today)),
        "facts": facts_part(found, sight, queries.founders_of(found)),
        "reports": [(one, queries.quarter_name(one.quarter_on) if one.quarter_on else "") for one in reports],
        "last": reports[0] if reports else None,
        "baseline": next((one for one in reports if one.quarter_on is None), None),
        "chart": heads_chart(found, reports, today),
        "members": members,
        "member_count": queries.people_in(found, today),
        "funding": funding_part(queries.funding_of(found)) if sight.may_see_terms else None,
        "tenancies": queries.tenancies_of_team(found),
        "graduation": queries.graduation_of(found),
        "round_key": _open_round(request, home) if sight.may_report else "",
        "today": today,
    }
    return render(request, "workspace/team.html", context)


@require_GET
@signed_in
def team_reports(request: Request, site: str, key: str) -> HttpResponseBase:
    """List what a team reported, the baseline among it."""
    home = queries.find_site(request.actor, site)
    found = queries.find_team(request.actor, home, key)
    page = REPORTS.page(request.GET, queries.reports_standing(request.actor, found))
    if page.format:
        return REPORTS.export(page, filename=f"{site}-{key}-reports", notes=notes_of(request))
    return render(request, "workspace/team_reports.html", {"site": home, "team": found, "table": page})


@require_http_methods(["GET", "POST"])
@signed_in
def new_team(request: Request, site: str) -> HttpResponse:
    """Register a team."""
    home = kept_site(request, site)
    form = _form(request, NewTeamForm)(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                made = _register(request, home, form.cleaned_data)
        except Refused as refused:
            form.add_error(refused.field if refused.field in form.fields else None, str(refused))
        else:
            messages.success(request, _("The team is registered."))
            return redirect("workspace:team", site, made.key)
    context = {"site": home, "heading": _("Register a team"), "people": suggested(request)}
    return form_page(request, "workspace/team_form.html", form, context)


def _register(request: Request, site: Site, given: dict[str, Any]) -> Team:
    """Register the team that a form describes."""
    plain = {name: given[name] for name in ("key", "name", "kind", "origin", "country", "stage", "field", "summary")}
    wanted = [institution_by_id(request.actor, pk) for pk in given["founders_from"]]
    own = institution_by_id(request.actor, given["institution"]) if given["institution"] else None
    return operations.register_team(
        site=site,
        institution=own,
        founders_from=wanted,
        contact=person_of(request, given, "contact_name"),
        website=given["website"],
        is_simulated=request.world.is_demo,
        **plain,
        **by_and_at(request),
    )


@require_http_methods(["GET", "POST"])
@signed_in
def change_team(request: Request, site: str, key: str) -> HttpResponse:
    """Change what is known of a team; two who do so at once choose between their answers."""
    found = kept_team(request, site, key)
    record, url = f"team:{found.pk}", reverse("workspace:team", args=[site, key])
    edit = editing(request, _form(request, TeamForm), initial=values_of(found), version=found.version, purpose=record)
    if edit.ready:
        try:
            with transaction.atomic():
                facts = _facts(request, edit.answers)
                operations.change_team(team=found, version=edit.version, facts=facts, **by_and_at(request))
        except Clash:
            fresh = queries.find_team(request.actor, found.site, key)
            return edit.clash(thing=fresh.name, theirs=values_of(fresh), version=fresh.version, url=url, record=record)
        except Refused as refused:
            edit.form.add_error(refused.field if refused.field in edit.form.fields else None, str(refused))
        else:
            messages.success(request, _("The team is changed."))
            return redirect(url)
    context = {"site": found.site, "team": found, "heading": _("Change the team"), "people": suggested(request)}
    return edit.page("workspace/team_form.html", context)


def _facts(request: Request, given: dict[str, Any]) -> TeamFacts:
    """Return what a form says of a team."""
    plain = ("name", "origin", "stage", "kind", "summary", "country", "field", "institution", "website")
    contact = person_of(request, given, "contact_name")
    return TeamFacts(
        **{name: given[name] for name in plain},
        founders_from=tuple(given["founders_from"]),
        contact=contact.pk if contact else None,
    )


def values_of(found: Team) -> dict[str, Any]:
    """Return what the form shows of a team."""
    plain = ("name", "origin", "stage", "kind", "summary", "country", "field", "website")
    return {name: getattr(found, name) for name in plain} | {
        "institution": found.institution_id or "",
        "founders_from": [one.pk for one in queries.founders_of(found)],
        "contact": (found.contact.email or found.contact.key) if found.contact else "",
        "contact_name": "",
    }


def _form(request: Request, kind: type[TeamForm]) -> Any:
    """Return how a form about a team is made, with the institutions and people that the reader may choose."""
    rows = institutions_visible_to(request.actor).order_by("key").values_list("pk", "name")
    return partial(kind, institutions=[(pk, str(name)) for pk, name in rows], find=finder(request))


def _open_round(request: Request, site: Site) -> str:
    """Return the quarter that the site's teams are asked about now, as addresses write it; empty for none."""
    rounds = queries.open_rounds(site, clock.now(request.world))
    return queries.quarter_key(rounds[0].quarter_on) if rounds else ""
