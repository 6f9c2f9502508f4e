"""Doors that open sites, and change them and their buildings."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from accord.kernel.access import Request, signed_in
from accord.kernel.refused import Clash, NotAllowed, Refused
from accord.ui.editing import editing
from accord.workspace import operations, queries, rules
from accord.workspace.forms import BuildingForm, NewBuildingForm, OpenSiteForm, SiteForm
from accord.workspace.operations import SiteFacts
from accord.workspace.queries import Building, Site
from accord.workspace.views._keeping import TEMPLATE, Sheet, blame, by_and_at, site_to_keep

USUAL_ZONE = "Asia/Shanghai"


@require_http_methods(["GET", "POST"])
@signed_in
def open_site(request: Request) -> HttpResponse:
    """Open a work space for one's institution."""
    if not rules.may_open_site(request.actor):
        raise NotAllowed(_("Only stewards, officers and work space operators open work spaces. Ask one."))
    houses = {str(one.pk): one for one in queries.houses_to_open_for(request.actor)}
    agreements = {str(one.pk): one for one in queries.agreements_for_site(request.actor, list(houses.values()))}
    initial = {"time_zone": USUAL_ZONE, "currency": "CNY", "operator": next(iter(houses), "")}
    form = OpenSiteForm(
        request.POST or None,
        initial=initial,
        houses=[(pk, one.name) for pk, one in houses.items()],
        agreements=[(pk, one.title) for pk, one in agreements.items()],
    )
    if request.method == "POST" and form.is_valid():
        said = dict(form.cleaned_data)
        said["operator"] = houses[said["operator"]]
        said["agreement"] = agreements.get(said["agreement"])
        try:
            made = operations.open_site(is_simulated=request.world.is_demo, **said, **by_and_at(request))
        except Refused as refused:
            blame(form, refused)
        else:
            messages.success(request, _("The work space is open. Add its buildings and floors now."))
            return redirect("workspace:floors", made.key)
    return Sheet(None, _("Open a work space"), _("Open the work space"), reverse("workspace:sites")).page(request, form)


@require_http_methods(["GET", "POST"])
@signed_in
def change_site(request: Request, site: str) -> HttpResponse:
    """Change what is known of a site; two who do so at once choose between their answers."""
    found = site_to_keep(request, site)
    agreements = {str(one.pk): one for one in queries.agreements_for_site(request.actor, [found.operator])}
    if found.agreement is not None:
        agreements.setdefault(str(found.agreement_id), found.agreement)
    make_form = partial(SiteForm, agreements=[(pk, one.title) for pk, one in agreements.items()])
    record, back = f"site:{found.pk}", reverse("workspace:site", args=[site])
    edit = editing(request, make_form, initial=_values(found), version=found.version, purpose=record)
    if edit.ready:
        said = edit.answers | {"agreement": agreements.get(edit.answers["agreement"])}
        try:
            operations.change_site(site=found, version=edit.version, facts=SiteFacts(**said), **by_and_at(request))
        except Clash:
            fresh = queries.find_site(request.actor, site)
            theirs = _values(fresh)
            return edit.clash(thing=fresh.name, theirs=theirs, version=fresh.version, url=back, record=record)
        except Refused as refused:
            blame(edit.form, refused)
        else:
            messages.success(request, _("The work space is changed."))
            return redirect(back)
    sheet = Sheet(found, _("Change the work space"), _("Save the changes"), back)
    return edit.page(TEMPLATE, sheet.context())


@require_http_methods(["GET", "POST"])
@signed_in
def add_building(request: Request, site: str) -> HttpResponse:
    """Add a building to a site."""
    found = site_to_keep(request, site)
    form = NewBuildingForm(request.POST or None, initial={"position": 0})
    if request.method == "POST" and form.is_valid():
        try:
            operations.add_building(site=found, **form.cleaned_data, **by_and_at(request))
        except Refused as refused:
            blame(form, refused)
        else:
            messages.success(request, _("The building is added."))
            return redirect("workspace:floors", site)
    back = reverse("workspace:floors", args=[site])
    return Sheet(found, _("Add a building"), _("Add the building"), back).page(request, form)


@require_http_methods(["GET", "POST"])
@signed_in
def change_building(request: Request, site: str, building: str) -> HttpResponse:
    """Rename a building, or let it stand elsewhere in lists."""
    found = site_to_keep(request, site)
    house = queries.find_building(request.actor, found, building)
    record, back = f"building:{house.pk}", reverse("workspace:floors", args=[site])
    edit = editing(request, BuildingForm, initial=_values_of_building(house), version=house.version, purpose=record)
    if edit.ready:
        try:
            operations.change_building(building=house, version=edit.version, **edit.answers, **by_and_at(request))
        except Clash:
            fresh = queries.find_building(request.actor, found, building)
            theirs = _values_of_building(fresh)
            return edit.clash(thing=fresh.name, theirs=theirs, version=fresh.version, url=back)
        except Refused as refused:
            blame(edit.form, refused)
        else:
            messages.success(request, _("The building is changed."))
            return redirect(back)
    sheet = Sheet(found, _("Change the building"), _("Save the changes"), back)
    return edit.page(TEMPLATE, sheet.context())


def _values(site: Site) -> dict[str, Any]:
    """Return what the form shows of a site."""
    plain = {name: getattr(site, name) for name in ("name", "address", "time_zone", "currency")}
    return {**plain, "agreement": str(site.agreement_id or "")}


def _values_of_building(building: Building) -> dict[str, Any]:
    return {"name": building.name, "position": building.position}
