"""Doors to the rules by which the spaces of a site are booked."""

from dataclasses import fields
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods

from accord.kernel.access import Request, signed_in
from accord.kernel.refused import Clash, Refused
from accord.kernel.text import Bilingual
from accord.ui.editing import editing
from accord.workspace import operations, queries
from accord.workspace.forms import POLICIES, PolicyForm, opening_as_typed, opening_in
from accord.workspace.operations import PolicyFacts
from accord.workspace.queries import BookingPolicy
from accord.workspace.views._keeping import TEMPLATE, Sheet, blame, by_and_at, notes_of, site_context, site_to_keep

NAMES = tuple(one.name for one in fields(PolicyFacts) if one.name != "opening")
WORKDAYS = {str(day): [["08:00", "20:00"]] for day in range(1, 6)}


@require_GET
@signed_in
def policies(request: Request, site: str) -> HttpResponseBase:
    """List the booking rules of a site."""
    found = site_to_keep(request, site)
    page = POLICIES.page(request.GET, queries.policies_of(found))
    if page.format:
        return POLICIES.export(page, filename=f"{site}-booking-rules", notes=notes_of(request, found))
    return render(request, "workspace/policies.html", site_context(request, found, "spaces") | {"table": page})


@require_http_methods(["GET", "POST"])
@signed_in
def add_policy(request: Request, site: str) -> HttpResponse:
    """Add booking rules to a site."""
    found = site_to_keep(request, site)
    form = PolicyForm(request.POST or None, initial=_values(PolicyFacts(Bilingual(), opening=WORKDAYS)))
    if request.method == "POST" and form.is_valid():
        try:
            operations.add_policy(site=found, **_said(form.cleaned_data), **by_and_at(request))
        except Refused as refused:
            blame(form, refused)
        else:
            messages.success(request, _("The booking rules are added. Choose them at the spaces that follow them."))
            return redirect("workspace:policies", site)
    back = reverse("workspace:policies", args=[site])
    return Sheet(found, _("Add booking rules"), _("Add the rules"), back).page(request, form)


@require_http_methods(["GET", "POST"])
@signed_in
def change_policy(request: Request, site: str, pk: int) -> HttpResponse:
    """Change booking rules; what is booked stays as it is."""
    found = site_to_keep(request, site)
    one = queries.find_policy(found, pk)
    record, back = f"policy:{pk}", reverse("workspace:policies", args=[site])
    edit = editing(request, PolicyForm, initial=_values(one), version=one.version, purpose=record)
    if edit.ready:
        facts = PolicyFacts(**_said(edit.answers))
        try:
            operations.change_policy(policy=one, version=edit.version, facts=facts, **by_and_at(request))
        except Clash:
            fresh = queries.find_policy(found, pk)
            return edit.clash(thing=fresh.name, theirs=_values(fresh), version=fresh.version, url=back)
        except Refused as refused:
            blame(edit.form, refused)
        else:
            messages.success(request, _("The booking rules are changed. What is booked stays as it is."))
            return redirect(back)
    sheet = Sheet(found, _("Change the booking rules"), _("Save the changes"), back, one.name)
    return edit.page(TEMPLATE, sheet.context())


def _said(answers: dict[str, Any]) -> dict[str, Any]:
    """Return the form's answers as the operations take them."""
    return {name: answers[name] for name in NAMES} | {"opening": opening_in(answers)}


def _values(one: BookingPolicy | PolicyFacts) -> dict[str, Any]:
    """Return what the form shows of booking rules."""
    return {name: getattr(one, name) for name in NAMES} | opening_as_typed(one.opening)
