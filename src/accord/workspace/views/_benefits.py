"""Doors to what a site gave its teams: the list of all, and one team's lines, for grant reports."""

from datetime import date

from django.http import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from accord.kernel.access import Request, signed_in
from accord.kernel.refused import NotAllowed
from accord.ui import say
from accord.workspace import queries
from accord.workspace.forms import BENEFITS, PeriodForm, benefit_lines
from accord.workspace.queries import ONE_DAY, Site, Spell
from accord.workspace.views._tabs import site_tabs
from accord.workspace.views._team_ground import day_here, kept_site, notes_of
from accord.workspace.views._tenancy_acts import money, tenancy_places


@require_GET
@signed_in
def benefits(request: Request, site: str) -> HttpResponseBase:
    """List what each team was given over a period; the present year where none was asked for."""
    home = kept_site(request, site)
    form, period, hour = _asked(request, home)
    rows = queries.benefits_at(home, period, hour)
    page = BENEFITS.page(request.GET, rows)
    if page.format:
        return BENEFITS.export(page, filename=f"{site}-benefits", notes=[_notes(period), *notes_of(request)])
    context = {
        "site": home,
        "tabs": site_tabs(request, home, "tenancies"),
        "table": page,
        "places": tenancy_places(home, "benefits"),
        "asked": form,
        "period": _notes(period),
        "total": money(sum(one.total_minor for one in rows), home.currency),
        "relief": money(sum(one.relief_minor for one in rows), home.currency),
        "hours": sum(one.mentor_hours for one in rows),
        "services": money(sum(one.services_minor for one in rows), home.currency),
    }
    return render(request, "workspace/benefits.html", context)


@require_GET
@signed_in
def team_benefits(request: Request, site: str, key: str) -> HttpResponseBase:
    """List what one team was given over a period, line by line; the team may read its own."""
    home = queries.find_site(request.actor, site)
    team = queries.find_team(request.actor, home, key)
    if not queries.sight_of(request.actor, team, day_here(request, home)).may_see_terms:
        raise NotAllowed(_("What a team was given is for the team and the operator alone."))
    form, period, hour = _asked(request, home)
    found = queries.benefits_of(team, period, hour)
    table = benefit_lines(home.currency)
    page = table.page(request.GET, found.lines)
    if page.format:
        return table.export(page, filename=f"{key}-benefits", notes=[_notes(period), *notes_of(request)])
    context = {
        "site": home,
        "team": team,
        "tabs": site_tabs(request, home, "teams"),
        "table": page,
        "asked": form,
        "period": _notes(period),
        "total": money(found.total_minor, home.currency),
        "relief": money(found.relief_minor, home.currency),
        "hours": found.mentor_hours,
        "services": money(found.services_minor, home.currency),
    }
    return render(request, "workspace/team_benefits.html", context)


def _asked(request: Request, site: Site) -> tuple[PeriodForm, Spell, int | None]:
    """Return the period and the value of an hour that were asked for; the present year where they say nothing right."""
    today = day_here(request, site)
    usual = {"since": date(today.year, 1, 1), "until": today}
    form = PeriodForm(request.GET if "since" in request.GET else None, initial=usual, currency=site.currency)
    given = form.cleaned_data if form.is_bound and form.is_valid() else usual
    period = Spell(given["since"], given["until"] + ONE_DAY)
    return form, period, form.minor("hour") if form.is_bound and form.is_valid() else None


def _notes(period: Spell) -> str:
    """Say the period that an account is about."""
    until = say.day(period.ends_on - ONE_DAY) if period.ends_on else ""
    return _("From %(since)s to %(until)s") % {"since": say.day(period.starts_on), "until": until}
