"""Doors to plans of who moves where."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accord.kernel import clock
from accord.kernel.access import Request, signed_in
from accord.kernel.refused import NotAllowed, Refused
from accord.people.queries import acting_person
from accord.ui.forms import form_page
from accord.workspace import operations, queries
from accord.workspace.enums import PlanMethod, PlanProof, PlanState
from accord.workspace.forms import CHOICES, PLANS, MakePlanForm, PublishPlanForm, plan_chip, plan_lines
from accord.workspace.queries import Plan, PlanTerms, Site
from accord.workspace.rules import may_plan
from accord.workspace.views._tabs import site_tabs
from accord.workspace.views._team_ground import day_here
from accord.workspace.views._tenancy_acts import offer_door

MAKING = ("order", "strict", "waste", "wish", "beside", "move", "split", "share_percent", "slack_m2")


@require_GET
@signed_in
def plans(request: Request, key: str) -> HttpResponseBase:
    """List the plans of a site."""
    site = _site(request, key)
    page = PLANS.page(request.GET, queries.plans_of(site))
    if page.format:
        return PLANS.export(page, filename=f"{key}-plans", notes=_notes(request))
    context = {"site": site, "table": page, "tabs": site_tabs(request, site, "plans")}
    return render(request, "workspace/plans.html", context)


@require_http_methods(["GET", "POST"])
@signed_in
def make_plan(request: Request, key: str) -> HttpResponse:
    """Work out who would go where, by a stated policy; begins from an earlier plan where one is named."""
    site = _site(request, key)
    like = _like(request, site)
    teams = [(str(team.pk), team.name) for team in queries.sitting_teams(site, day_here(request, site))]
    initial = _initial(like)
    form = MakePlanForm(request.POST or None, initial=initial, teams=teams)
    if request.method == "POST" and form.is_valid():
        try:
            plan = operations.make_plan(
                site=site,
                name=form.cleaned_data["name"],
                from_on=form.cleaned_data["from_on"],
                terms=_terms(form.cleaned_data),
                method=form.cleaned_data["method"],
                by=acting_person(request.actor),
                at=clock.now(request.world),
            )
        except Refused as refused:
            form.add_error(refused.field or None, str(refused))
        else:
            messages.success(request, _("The plan is made. It binds nobody until you publish it."))
            return redirect("workspace:plan", key=key, pk=plan.pk)
    return form_page(request, "workspace/make_plan.html", form, {"site": site, "like": like})


@require_GET
@signed_in
def plan(request: Request, key: str, pk: int) -> HttpResponseBase:
    """Show a plan: who goes where and why, how good it is, and what is new against the plan before."""
    site = _site(request, key)
    found = queries.find_plan(site, pk)
    before = queries.plan_before(found)
    rows = queries.plan_rows(found, before)
    table = plan_lines(key)
    page = table.page(request.GET, rows)
    if page.format:
        return table.export(page, filename=f"{key}-plan-{pk}", notes=(*_notes(request), found.digest))
    context = {
        "site": site,
        "plan": found,
        "before": before,
        "changed": sum(row.changed == "yes" for row in rows),
        "moves": sum(row.code.startswith("moved") for row in rows),
        "table": page,
        "chip": plan_chip(found),
        "proof": PlanProof(found.status).label,
        "is_draft": found.state == PlanState.DRAFT,
        "tabs": site_tabs(request, site, "plans"),
        **queries.standing_of_plan(found),
    }
    return render(request, "workspace/plan.html", context)


@require_GET
@signed_in
def plan_team(request: Request, key: str, pk: int, team: str) -> HttpResponseBase:
    """Show one team of a plan: why it is where it is, what would have to change, and the places it could have."""
    site = _site(request, key)
    found = queries.find_plan(site, pk)
    asked = queries.find_team(request.actor, site, team)
    line = queries.line_of(found, asked)
    names = queries.names_of(site, found)
    page = CHOICES.page(request.GET, queries.choices_of(found, asked, names))
    if page.format:
        return CHOICES.export(page, filename=f"{key}-plan-{pk}-{team}", notes=_notes(request))
    context = {
        "site": site,
        "plan": found,
        "team": asked,
        "spaces": names.spaces([str(space) for space in line.spaces]),
        "reason": queries.reason_in_words(line.reason, line.facts, names),
        "changes": queries.what_would_change(found, asked, names),
        "table": page,
    }
    return render(request, "workspace/plan_team.html", context)


@require_http_methods(["GET", "POST"])
@signed_in
def publish_plan(request: Request, key: str, pk: int) -> HttpResponse:
    """Ask for the term of the offers, then offer each team its spaces and move those that move."""
    site = _site(request, key)
    found = queries.find_plan(site, pk)
    make_form = partial(PublishPlanForm, today=day_here(request, site), from_on=found.from_on)
    form = make_form(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            done = operations.publish_plan(
                plan=found,
                by=acting_person(request.actor),
                at=clock.now(request.world),
                door=offer_door(request),
                **form.cleaned_data,
            )
        except Refused as refused:
            form.add_error(refused.field if refused.field in form.fields else None, str(refused))
        else:
            messages.success(
                request,
                _("The plan is published: %(offers)s offers made, %(moved)s teams move.")
                % {"offers": len(done.offers), "moved": len(done.moved)},
            )
            return redirect("workspace:plan", key=key, pk=pk)
    context = {"site": site, "plan": found, "is_draft": found.state == PlanState.DRAFT}
    return form_page(request, "workspace/publish_plan.html", form, context)


@require_POST
@signed_in
def drop_plan(request: Request, key: str, pk: int) -> HttpResponse:
    """Put a draft aside."""
    site = _site(request, key)
    found = queries.find_plan(site, pk)
    try:
        operations.drop_plan(plan=found, by=acting_person(request.actor), at=clock.now(request.world))
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("The plan is put aside. It stays in the list."))
    return redirect("workspace:plan", key=key, pk=pk)


def _site(request: Request, key: str) -> Site:
    """Return a site to somebody who may plan there."""
    site = queries.find_site(request.actor, key)
    if not may_plan(request.actor, site.operator_id):
        raise NotAllowed(_("Only those who run this work space plan who moves where. Ask one of them."))
    return site


def _like(request: Request, site: Site) -> Plan | None:
    """Return the plan that a new one begins from, where the address names one."""
    asked = request.GET.get("like", "")
    return queries.find_plan(site, int(asked)) if asked.isascii() and asked.isdigit() else None


def _initial(like: Plan | None) -> dict[str, Any]:
    terms = PlanTerms() if like is None else PlanTerms.from_data(like.policy)
    found: dict[str, Any] = {name: getattr(terms, name) for name in MAKING}
    found["method"] = PlanMethod.RULE if like is None else like.method
    found["movers"] = [str(team) for team in terms.movers]
    if like is not None:
        found |= {"name": like.name, "from_on": like.from_on}
    return found


def _terms(answers: Mapping[str, Any]) -> PlanTerms:
    movers = tuple(sorted(int(team) for team in answers.get("movers", ())))
    return PlanTerms(**{name: answers[name] for name in MAKING}, movers=movers)


def _notes(request: Request) -> tuple[Any, ...]:
    return (_("Demonstration world: simulated records."),) if request.world.is_demo else ()
