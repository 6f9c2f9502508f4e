"""Doors to graduates: the list, graduating a team by a rule, and how a graduate fares."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accord.kernel.access import Request, signed_in
from accord.kernel.refused import NotThere
from accord.ui.parts import State, Tone
from accord.workspace import operations, queries
from accord.workspace.forms import GRADUATES, FateForm, GraduateForm, fate_chip
from accord.workspace.queries import Borne, Check
from accord.workspace.views._tabs import site_tabs
from accord.workspace.views._team_ground import by_and_at, day_here, kept_site, kept_team, notes_of
from accord.workspace.views._tenancy_acts import do, money, page_of, tenancy_places

CHIPS = {Borne.MET: Tone.DONE, Borne.NOT_MET: Tone.BAD, Borne.UNKNOWN: Tone.MUTE}


@require_GET
@signed_in
def graduates(request: Request, site: str) -> HttpResponseBase:
    """List the graduates of a site and how each fared."""
    home = kept_site(request, site)
    page = GRADUATES.page(request.GET, queries.graduates_at(home))
    if page.format:
        return GRADUATES.export(page, filename=f"{site}-graduates", notes=notes_of(request))
    context = {"site": home, "tabs": site_tabs(request, home, "tenancies"), "table": page}
    context["places"] = tenancy_places(home, "graduates")
    return render(request, "workspace/graduates.html", context)


@require_http_methods(["GET", "POST"])
@signed_in
def graduate(request: Request, site: str, key: str) -> HttpResponse:
    """Graduate a team by a rule; what the records say of each rule stands beside the form."""
    team = kept_team(request, site, key)
    today = day_here(request, team.site)
    checks = [_said(check) for check in queries.checks_of(team, today)]
    return do(
        request,
        GraduateForm(request.POST or None, initial={"graduated_on": today}),
        lambda given: operations.graduate(team=team, **given, **by_and_at(request)),
        said=_("The graduation is recorded. The team is followed for five years."),
        to=page_of("team", team.site, key),
        context={"site": team.site, "team": team, "checks": checks},
        template="workspace/graduate.html",
    )


@require_http_methods(["GET", "POST"])
@signed_in
def graduate_fate(request: Request, site: str, key: str) -> HttpResponse:
    """Show what was heard of a graduate, and record what is heard now."""
    team = kept_team(request, site, key)
    graduation = queries.graduation_of(team)
    if graduation is None:
        raise NotThere(_("This team has not graduated."))
    return do(
        request,
        FateForm(request.POST or None, initial={"heard_on": day_here(request, team.site)}),
        lambda given: operations.record_fate(team=team, **given, **by_and_at(request)),
        said=_("It is recorded how the graduate fares."),
        to=page_of("graduate-fate", team.site, key),
        context={
            "site": team.site,
            "team": team,
            "graduation": graduation,
            "followed_until": queries.years_after(graduation.graduated_on, 5),
            "heard": [(one, fate_chip(one.fate)) for one in queries.fates_of(team)],
        },
        template="workspace/graduate_fate.html",
    )


@require_POST
@signed_in
def strike_graduation(request: Request, site: str, key: str) -> HttpResponse:
    """Strike a graduation that was recorded by mistake."""
    team = kept_team(request, site, key)
    graduation = queries.graduation_of(team)
    if graduation is not None:
        operations.strike_graduation(graduation=graduation, **by_and_at(request))
    messages.success(request, _("The graduation is struck and no longer counts."))
    return redirect(page_of("team", team.site, key))


def _said(check: Check) -> dict[str, Any]:
    """Say what the records bear out of one rule."""
    words = {Borne.MET: _("Borne out"), Borne.NOT_MET: _("Not reached"), Borne.UNKNOWN: _("Needs a document")}
    detail = ""
    if check.amount_minor is not None:
        values = {"known": money(check.amount_minor, "CNY"), "needed": money(check.needed_minor, "CNY")}
        detail = _("%(known)s on record; more than %(needed)s is needed.") % values
    if check.quarters is not None:
        detail = f"{detail} {_('%(n)s of 8 quarters are reported.') % {'n': check.quarters}}"
    return {"rule": check.rule.label, "chip": State(CHIPS[check.borne], words[check.borne]), "detail": detail}
