"""Doors to reports: a team's own form where one is signed in, the baseline, one report, and what is to be looked at."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accord.kernel import clock
from accord.kernel.access import Request, signed_in
from accord.kernel.refused import NotAllowed, Refused
from accord.ui.forms import form_page
from accord.workspace import operations, queries
from accord.workspace.enums import ReportFlag
from accord.workspace.forms import FLAGGED, HeadsForm, QuestionForm, ReportForm
from accord.workspace.operations import Heads, Received
from accord.workspace.queries import ReportRound, Team, TeamReport
from accord.workspace.views._tabs import site_tabs
from accord.workspace.views._team_ground import by_and_at, day_here, door_of, kept_site, kept_team, notes_of

NUMBERS = ("jobs", "research_jobs", "part_time", "interns", "patents_applied", "patents_held")


@require_http_methods(["GET", "POST"])
@signed_in
def new_report(request: Request, site: str, quarter: str, key: str) -> HttpResponse:
    """Report a quarter for a team: who leads it while the round is open, who keeps the teams at any time."""
    home = queries.find_site(request.actor, site)
    team = queries.find_team(request.actor, home, key)
    round_ = queries.find_round(home, quarter)
    sight = queries.sight_of(request.actor, team, day_here(request, home))
    if not sight.may_report:
        raise NotAllowed(_("Only who leads the team and the operator report for it. Ask one of them."))
    is_over = not queries.is_open(round_, clock.now(request.world))
    if is_over and not sight.may_keep:
        raise NotAllowed(_("This round is over. Tell the operator of the work space what must change."))
    form = report_form(request, team, round_)
    if request.method == "POST" and form.is_valid():
        try:
            made = operations.report_quarter(team=team, round=round_, **said(form, team), **by_and_at(request))
        except Refused as refused:
            add_refusal(form, refused)
        else:
            messages.success(request, _("The report is received. It counts from now on."))
            return redirect("workspace:report", site, made.pk)
    return form_page(request, "workspace/report_form.html", form, report_context(team, round_))


@require_http_methods(["GET", "POST"])
@signed_in
def baseline(request: Request, site: str, key: str) -> HttpResponse:
    """Record how a team stood when it came."""
    team = kept_team(request, site, key)
    there = queries.report_for(team, None)
    initial = {"stands_on": there.stands_on if there else day_here(request, team.site)} | kept_money(there)
    form = HeadsForm(request.POST or None, last=there, currency=team.site.currency, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            operations.record_baseline(team=team, **heads_said(form.cleaned_data, team), **by_and_at(request))
        except Refused as refused:
            add_refusal(form, refused)
        else:
            messages.success(request, _("The baseline is recorded."))
            return redirect("workspace:team", site, key)
    context = {"site": team.site, "team": team, "heading": _("How the team stood when it came")}
    return form_page(request, "workspace/team_part.html", form, context | {"act": _("Record the baseline")})


@require_GET
@signed_in
def report(request: Request, site: str, pk: int) -> HttpResponse:
    """Show one report; revenue and remarks only to those who may see the team's terms."""
    home = queries.find_site(request.actor, site)
    found = queries.find_report(request.actor, home, pk)
    sight = queries.sight_of(request.actor, found.team, day_here(request, home))
    return render(request, "workspace/report.html", _report_context(request, found, sight, None))


@require_http_methods(["POST"])
@signed_in
def look_at_report(request: Request, site: str, pk: int) -> HttpResponse:
    """Let a flagged report stand as it is."""
    found = queries.find_report(request.actor, kept_site(request, site), pk)
    operations.look_at_report(report=found, **by_and_at(request))
    messages.success(request, _("The report stands as it is."))
    return redirect("workspace:flagged", site)


@require_http_methods(["POST"])
@signed_in
def ask_again(request: Request, site: str, pk: int) -> HttpResponse:
    """Ask a team about a flagged report."""
    home = kept_site(request, site)
    found = queries.find_report(request.actor, home, pk)
    form = QuestionForm(request.POST)
    if form.is_valid():
        try:
            question = form.cleaned_data["question"]
            operations.ask_again(report=found, question=question, door=door_of(request), **by_and_at(request))
        except Refused as refused:
            add_refusal(form, refused)
        else:
            messages.success(request, _("The question is on its way to the team."))
            return redirect("workspace:flagged", site)
    sight = queries.sight_of(request.actor, found.team, day_here(request, home))
    return form_page(request, "workspace/report.html", form, _report_context(request, found, sight, form))


@require_POST
@signed_in
def strike_report(request: Request, site: str, pk: int) -> HttpResponse:
    """Strike a report that was taken by mistake."""
    found = queries.find_report(request.actor, kept_site(request, site), pk)
    operations.strike_report(report=found, **by_and_at(request))
    messages.success(request, _("The report is struck and no longer counts."))
    return redirect("workspace:team", site, found.team.key)


@require_GET
@signed_in
def flagged(request: Request, site: str) -> HttpResponseBase:
    """List the reports that somebody should look at."""
    home = kept_site(request, site)
    page = FLAGGED.page(request.GET, queries.flagged_reports(home))
    if page.format:
        return FLAGGED.export(page, filename=f"{site}-flagged-reports", notes=notes_of(request))
    context = {"site": home, "tabs": site_tabs(request, home, "teams"), "table": page}
    return render(request, "workspace/flagged.html", context)


def report_form(request: Request, team: Team, round_: ReportRound) -> ReportForm:
    """Return the form of a quarter, filled in with what was said of it or, before that, last time."""
    there = queries.report_for(team, round_.quarter_on)
    last = there or queries.last_report(team)
    today = day_here(request, round_.site)
    day = there.stands_on if there else min(queries.quarter_ends_on(round_.quarter_on), today)
    initial: dict[str, Any] = {"stands_on": day} | kept_money(there)
    return ReportForm(request.POST or None, last=last, currency=team.site.currency, initial=initial)


def kept_money(there: TeamReport | None) -> dict[str, Any]:
    """Return the money and the remark that a correction starts from; a new report starts from none."""
    if there is None:
        return {}
    revenue = None if there.revenue_minor is None else queries.in_major(there.revenue_minor, there.currency)
    return {"revenue": revenue, "note": there.note}


def report_context(team: Team, round_: ReportRound) -> dict[str, Any]:
    """Return what the page of the form says beside it."""
    return {
        "site": round_.site,
        "team": team,
        "round": round_,
        "quarter": queries.quarter_name(round_.quarter_on),
        "there": queries.report_for(team, round_.quarter_on),
    }


def heads_said(given: Mapping[str, Any], team: Team) -> dict[str, Any]:
    """Return the heads of a form and the day they stand for, as the operations take them."""
    revenue = given["revenue"]
    minor = None if revenue is None else queries.in_minor(revenue, team.site.currency)
    heads = Heads(**{name: given[name] for name in NUMBERS}, revenue_minor=minor, note=given["note"])
    return {"heads": heads, "stands_on": given["stands_on"]}


def said(form: ReportForm, team: Team) -> dict[str, Any]:
    """Return the answers of a report's form as the operations take them."""
    given = form.cleaned_data
    money = []
    if given["amount"]:
        minor = queries.in_minor(given["amount"], team.site.currency)
        money = [Received(given["funding_kind"], minor, team.site.currency, given["received_on"], given["source"])]
    return heads_said(given, team) | {"funding": money}


def add_refusal(form: Any, refused: Refused) -> None:
    """Put a refusal where it can be mended."""
    form.add_error(refused.field if refused.field in form.fields else None, str(refused))


def _report_context(request: Request, found: TeamReport, sight: Any, form: QuestionForm | None) -> dict[str, Any]:
    """Return what the page of one report shows."""
    before = before_of(found)
    is_flagged = bool(found.flags) and found.looked_at is None and found.struck_at is None
    return {
        "site": found.team.site,
        "team": found.team,
        "report": found,
        "quarter": queries.quarter_name(found.quarter_on) if found.quarter_on else "",
        "quarter_key": queries.quarter_key(found.quarter_on) if found.quarter_on else "",
        "sight": sight,
        "flags": [ReportFlag(flag).label for flag in found.flags],
        "is_flagged": is_flagged,
        "rows": number_rows(found, before),
        "before": before,
        "revenue": None if found.revenue_minor is None else queries.in_major(found.revenue_minor, found.currency),
        "question": form or QuestionForm(),
        "form": form,
        "may_ask": is_flagged and sight.may_keep and _takes_reports(request, found),
        "may_change": sight.may_keep and found.struck_at is None,
    }


def before_of(found: TeamReport) -> TeamReport | None:
    """Return the report before one, if there is any."""
    return next((one for one in queries.reports_of(found.team) if one.stands_on < found.stands_on), None)


def number_rows(found: TeamReport, before: TeamReport | None) -> list[tuple[Any, int, int | None]]:
    """Return each number with its words and what was said before."""
    labels = {name: HeadsForm.base_fields[name].label for name in NUMBERS}
    return [(label, getattr(found, name), getattr(before, name) if before else None) for name, label in labels.items()]


def _takes_reports(request: Request, found: TeamReport) -> bool:
    """Say whether the round of a report still takes corrections."""
    now = clock.now(request.world)
    return any(one.quarter_on == found.quarter_on for one in queries.open_rounds(found.team.site, now))
