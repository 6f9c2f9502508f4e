"""Doors to who works for a site's operator, and to the money it sets aside to invest."""

from typing import Any

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods

from accord.kernel.access import Request, signed_in
from accord.kernel.reading import people_shown
from accord.workspace import operations, queries
from accord.workspace.forms import FundForm, NoLongerForm, StaffForm
from accord.workspace.queries import in_major, in_minor
from accord.workspace.views._care_ground import answered, ground_of, person_named
from accord.workspace.views._team_ground import by_and_at, finder, kept_site, suggested


@require_GET
@signed_in
def staff(request: Request, site: str) -> HttpResponse:
    """Show who works for the operator and what it set aside, to whoever keeps the site's teams."""
    home = kept_site(request, site)
    ground = ground_of(request, site)
    members = list(queries.staff_of(home))
    people_shown(request.actor, [one.person_id for one in members], ground.now)
    funds = [{"fund": one, "amount": in_major(one.amount_minor, one.currency)} for one in queries.funds_of(home)]
    return render(request, "workspace/staff.html", ground.context(request) | {"members": members, "funds": funds})


@require_http_methods(["GET", "POST"])
@signed_in
def add_staff(request: Request, site: str) -> HttpResponse:
    """Record that somebody works for the operator."""
    home = kept_site(request, site)
    ground = ground_of(request, site)
    form = StaffForm(request.POST or None, find=finder(request), initial={"starts_on": ground.today})

    def add(given: dict[str, Any]) -> None:
        with transaction.atomic():
            person = person_named(request, given)
            operations.add_staff(
                site=home,
                person=person,
                is_professional=given["is_professional"],
                starts_on=given["starts_on"],
                **by_and_at(request),
            )

    context = _context(request, site, _("Add somebody to the staff"), _("Add")) | {
        "people": suggested(request),
        "hint": _("This gives no rights. The criteria of the zone ask how many work here and how many are trained."),
    }
    return answered(request, form, add, done=_("The person is on the staff."), to=_to(site), context=context)


@require_http_methods(["GET", "POST"])
@signed_in
def end_staff(request: Request, site: str, pk: int) -> HttpResponse:
    """Record that somebody no longer works for the operator."""
    found = queries.find_staff(kept_site(request, site), pk)
    form = NoLongerForm(request.POST or None, initial={"ends_on": found.ends_on or ground_of(request, site).today})

    def end(given: dict[str, Any]) -> None:
        operations.end_staff(member=found, ends_on=given["ends_on"], **by_and_at(request))

    context = _context(request, site, _("End the work"), _("End")) | {"hint": str(found.person.name)}
    return answered(request, form, end, done=_("The day is noted."), to=_to(site), context=context)


@require_http_methods(["GET", "POST"])
@signed_in
def add_fund(request: Request, site: str) -> HttpResponse:
    """Record money set aside to invest."""
    home = kept_site(request, site)
    form = FundForm(request.POST or None, initial={"currency": home.currency})

    def add(given: dict[str, Any]) -> None:
        minor = in_minor(given["amount"], given["currency"])
        operations.record_fund(
            site=home,
            amount_minor=minor,
            currency=given["currency"],
            starts_on=given["starts_on"],
            **by_and_at(request),
        )

    context = _context(request, site, _("Record a seed fund"), _("Record"))
    return answered(request, form, add, done=_("The fund is recorded."), to=_to(site), context=context)


@require_http_methods(["GET", "POST"])
@signed_in
def end_fund(request: Request, site: str, pk: int) -> HttpResponse:
    """Record that a fund no longer stands."""
    found = queries.find_fund(kept_site(request, site), pk)
    form = NoLongerForm(request.POST or None, initial={"ends_on": found.ends_on or ground_of(request, site).today})

    def end(given: dict[str, Any]) -> None:
        operations.end_fund(fund=found, ends_on=given["ends_on"], **by_and_at(request))

    context = _context(request, site, _("End the fund"), _("End"))
    return answered(request, form, end, done=_("The day is noted."), to=_to(site), context=context)


def _to(site: str) -> str:
    return reverse("workspace:staff", args=[site])


def _context(request: Request, site: str, heading: Any, act: Any) -> dict[str, Any]:
    """Return what a form about staff or funds shows."""
    words = {"heading": heading, "act": act, "up": (_("Staff and seed fund"), _to(site))}
    return ground_of(request, site).context(request) | words
