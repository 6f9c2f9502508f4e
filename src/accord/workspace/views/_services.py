"""Doors to the services of a site, and to what teams used of them."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accord.kernel.access import Request, signed_in
from accord.kernel.refused import Clash, NotAllowed, Refused
from accord.ui.editing import editing
from accord.workspace import operations, queries, rules
from accord.workspace.forms import SERVICE_USES, SERVICES, ChangeServiceForm, ServiceForm, ServiceUseForm
from accord.workspace.queries import Service, Site, in_major, in_minor
from accord.workspace.views._care_ground import FORM, answered, ground_of
from accord.workspace.views._team_ground import by_and_at, kept_site, notes_of


@require_GET
@signed_in
def services(request: Request, site: str) -> HttpResponseBase:
    """List the services of a site."""
    ground = ground_of(request, site)
    page = SERVICES.page(request.GET, queries.services_of(ground.site))
    if page.format:
        return SERVICES.export(page, filename=f"{site}-services", notes=notes_of(request))
    context = ground.context(request) | {
        "table": page,
        "sees_uses": rules.may_see_terms(request.actor, ground.site.operator_id),
        "kept": list(page.records) if ground.keeps else [],
    }
    return render(request, "workspace/services.html", context)


@require_http_methods(["GET", "POST"])
@signed_in
def add_service(request: Request, site: str) -> HttpResponse:
    """Add a service."""
    home = kept_site(request, site)
    form = ServiceForm(request.POST or None)
    to = reverse("workspace:services", args=[site])

    def add(given: dict[str, Any]) -> None:
        operations.add_service(site=home, **_facts(home, given), **by_and_at(request))

    context = ground_of(request, site).context(request) | {
        "heading": _("Add a service"),
        "act": _("Add"),
        "hint": _("Amounts are in %(currency)s.") % {"currency": home.currency},
        "up": (_("Services"), to),
    }
    return answered(request, form, add, done=_("The service is added."), to=to, context=context)


def _facts(site: Site, given: dict[str, Any]) -> dict[str, Any]:
    """Return what a form says of a service, with its money in minor units."""
    return {
        "name": given["name"],
        "unit": given["unit"],
        "value_minor": in_minor(given["value"], site.currency),
        "price_minor": in_minor(given["price"], site.currency),
    }


def _values(service: Service) -> dict[str, Any]:
    """Return what a form about a service starts from."""
    currency = service.site.currency
    return {
        "name": service.name,
        "unit": service.unit,
        "value": in_major(service.value_minor, currency),
        "price": in_major(service.price_minor, currency),
        "ended_on": service.ended_on,
    }


@require_http_methods(["GET", "POST"])
@signed_in
def change_service(request: Request, site: str, pk: int) -> HttpResponse:
    """Change a service; two who do so at once choose between their answers."""
    home = kept_site(request, site)
    found = queries.find_service(home, pk)
    record, to = f"service:{pk}", reverse("workspace:services", args=[site])
    edit = editing(request, ChangeServiceForm, initial=_values(found), version=found.version, purpose=record)
    if edit.ready:
        try:
            facts = _facts(home, edit.answers) | {"ended_on": edit.answers["ended_on"]}
            operations.change_service(service=found, version=edit.version, **facts, **by_and_at(request))
        except Clash:
            fresh = queries.find_service(home, pk)
            return edit.clash(thing=fresh.name, theirs=_values(fresh), version=fresh.version, url=to, record=record)
        except Refused as refused:
            edit.form.add_error(refused.field if refused.field in edit.form.fields else None, str(refused))
        else:
            messages.success(request, _("The service is changed."))
            return redirect(to)
    context = {
        "heading": _("Change the service"),
        "act": pgettext_lazy("to alter", "Change"),
        "up": (_("Services"), to),
    }
    return edit.page(FORM, ground_of(request, site).context(request) | context)


@require_http_methods(["GET", "POST"])
@signed_in
def record_service(request: Request, site: str, pk: int) -> HttpResponse:
    """Record that a team used a service."""
    home = kept_site(request, site)
    ground = ground_of(request, site)
    found = queries.find_service(home, pk)
    teams = {one.pk: one for one in queries.teams_of_site(home)}
    form = ServiceUseForm(request.POST or None, teams=teams.values(), initial={"used_on": ground.today})
    to = reverse("workspace:service-uses", args=[site])

    def record(given: dict[str, Any]) -> None:
        team = teams[given.pop("team")]
        operations.record_service(service=found, team=team, **given, **by_and_at(request))

    context = ground.context(request) | {
        "heading": _("Record a use"),
        "act": _("Record"),
        "hint": f"{found.name} · {found.unit}",
        "up": (_("Services"), reverse("workspace:services", args=[site])),
    }
    return answered(request, form, record, done=_("The use is recorded."), to=to, context=context)


@require_GET
@signed_in
def service_uses(request: Request, site: str) -> HttpResponseBase:
    """List what teams used: all of it to the operator, the own to people of a team."""
    ground = ground_of(request, site)
    rows = queries.service_uses_of(ground.site)
    if not rules.may_see_terms(request.actor, ground.site.operator_id):
        own = queries.own_teams(request.actor, ground.site, ground.today)
        if not own.exists():
            raise NotAllowed(_("What a team used is known to the team and to the operator. Ask one of them."))
        rows = rows.filter(team__in=own.order_by().values("pk"))
    page = SERVICE_USES.page(request.GET, rows)
    if page.format:
        return SERVICE_USES.export(page, filename=f"{site}-service-uses", notes=notes_of(request))
    context = ground.context(request) | {"table": page, "uses": list(page.records) if ground.keeps else []}
    return render(request, "workspace/service_uses.html", context)


@require_POST
@signed_in
def strike_service_use(request: Request, site: str, pk: int) -> HttpResponse:
    """Strike a use that was recorded by mistake."""
    use = queries.find_service_use(kept_site(request, site), pk)
    operations.strike_service_use(use=use, **by_and_at(request))
    messages.success(request, _("The use is struck and no longer counts."))
    return redirect("workspace:service-uses", site)
