"""Doors to who works in a team, and to the money it received."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from accord.kernel.access import Request, signed_in
from accord.kernel.refused import Refused
from accord.ui.forms import form_page
from accord.workspace import operations, queries
from accord.workspace.forms import EndMemberForm, FundingForm, MemberForm
from accord.workspace.views._team_ground import by_and_at, day_here, finder, kept_team, person_of, suggested


@require_http_methods(["GET", "POST"])
@signed_in
def add_member(request: Request, site: str, key: str) -> HttpResponse:
    """Let somebody work in a team from a day on."""
    team = kept_team(request, site, key)
    form = MemberForm(request.POST or None, find=finder(request), initial={"starts_on": day_here(request, team.site)})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            with transaction.atomic():
                person = person_of(request, given, "person_name")
                if person is not None:
                    operations.add_member(
                        team=team,
                        person=person,
                        role=given["role"],
                        starts_on=given["starts_on"],
                        **by_and_at(request),
                    )
        except Refused as refused:
            form.add_error(refused.field if refused.field in form.fields else None, str(refused))
        else:
            messages.success(request, _("The person works in the team."))
            return redirect("workspace:team", site, key)
    context = {"site": team.site, "team": team, "heading": _("Add a person"), "people": suggested(request)}
    return form_page(request, "workspace/team_part.html", form, context | {"act": _("Add the person")})


@require_http_methods(["GET", "POST"])
@signed_in
def end_member(request: Request, site: str, key: str, pk: int) -> HttpResponse:
    """Say from which day somebody no longer works in a team."""
    team = kept_team(request, site, key)
    member = queries.find_member(team, pk)
    form = EndMemberForm(request.POST or None, initial={"ends_on": day_here(request, team.site)})
    if request.method == "POST" and form.is_valid():
        try:
            operations.end_membership(member=member, **form.cleaned_data, **by_and_at(request))
        except Refused as refused:
            form.add_error(refused.field or None, str(refused))
        else:
            messages.success(request, _("The end is recorded."))
            return redirect("workspace:team", site, key)
    context: dict[str, Any] = {"site": team.site, "team": team, "heading": _("No longer in the team")}
    return form_page(
        request, "workspace/team_part.html", form, context | {"act": _("Record the end"), "who": member.person.name}
    )


@require_http_methods(["GET", "POST"])
@signed_in
def add_funding(request: Request, site: str, key: str) -> HttpResponse:
    """Record money that a team received."""
    team = kept_team(request, site, key)
    form = FundingForm(request.POST or None, initial={"currency": team.site.currency})
    if request.method == "POST" and form.is_valid():
        given = dict(form.cleaned_data)
        minor = queries.in_minor(given.pop("amount"), given["currency"].upper())
        try:
            operations.record_funding(team=team, amount_minor=minor, **given, **by_and_at(request))
        except Refused as refused:
            form.add_error(refused.field if refused.field in form.fields else None, str(refused))
        else:
            messages.success(request, _("The money is recorded."))
            return redirect("workspace:team", site, key)
    context = {"site": team.site, "team": team, "heading": _("Record money received"), "act": _("Record the money")}
    return form_page(request, "workspace/team_part.html", form, context)


@require_POST
@signed_in
def strike_funding(request: Request, site: str, key: str, pk: int) -> HttpResponse:
    """Strike money that was recorded by mistake."""
    team = kept_team(request, site, key)
    operations.strike_funding(funding=queries.find_funding(team, pk), **by_and_at(request))
    messages.success(request, _("The money is struck and no longer counts."))
    return redirect("workspace:team", site, key)
