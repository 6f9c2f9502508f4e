"""Doors to the waiting list: who waits and where, applying, withdrawing, refusing, and offering space."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accord.kernel.access import Request, signed_in
from accord.kernel.refused import NotAllowed
from accord.ui import say
from accord.ui.forms import form_page
from accord.workspace import operations, queries, rules
from accord.workspace.forms import WAITING, ApplyForm, OfferForm, ReasonForm, TermForm, application_chip
from accord.workspace.operations import Offered
from accord.workspace.queries import Application, Fit, Site, Spell, Team
from accord.workspace.views._tabs import site_tabs
from accord.workspace.views._team_ground import by_and_at, day_here, kept_site, notes_of
from accord.workspace.views._tenancy_acts import do, money, offer_door, page_of, tenancy_places


@require_GET
@signed_in
def waiting(request: Request, site: str) -> HttpResponseBase:
    """List who applied for space at a site, in the stated order."""
    home = kept_site(request, site)
    page = WAITING.page(request.GET, queries.waiting_rows(home))
    if page.format:
        return WAITING.export(page, filename=f"{site}-waiting-list", notes=notes_of(request))
    context = {"site": home, "tabs": site_tabs(request, home, "tenancies"), "table": page, "order": queries.ORDER}
    context["places"] = tenancy_places(home, "waiting")
    return render(request, "workspace/waiting.html", context)


@require_GET
@signed_in
def application(request: Request, site: str, pk: int) -> HttpResponse:
    """Show an application: what is needed, where it stands and why, and what was offered for it."""
    home, found = _kept(request, site, pk)
    context = {
        "site": home,
        "tabs": site_tabs(request, home, "tenancies"),
        "application": found,
        "chip": application_chip(found.state),
        "place": queries.list_place_of(found),
        "order": queries.ORDER,
        "limit": money(found.price_limit_minor, home.currency),
        "offers": queries.offers_for(found),
        "is_open": found.state in queries.OPEN_APPLICATIONS,
    }
    return render(request, "workspace/application.html", context)


@require_http_methods(["GET", "POST"])
@signed_in
def apply_for_space(request: Request, site: str, key: str) -> HttpResponse:
    """Put a team on the waiting list; its leads do, and whoever keeps the site's teams."""
    home, team = team_of_speaker(request, site, key)
    may_keep = rules.may_keep_teams(request.actor, home.operator_id)
    form = ApplyForm(
        request.POST or None,
        currency=home.currency,
        buildings=queries.buildings_of(home),
        teams=queries.resident_teams(home, day_here(request, home), but=team),
        may_keep=may_keep,
    )

    def act(given: dict[str, Any]) -> Application:
        plain = {name: given[name] for name in ("area_m2", "people", "from_on", "kind", "features", "wished", "months")}
        return operations.apply_for_space(
            team=team,
            price_limit_minor=form.minor("price_limit"),
            building=queries.building_among(home, given["building"]),
            near=queries.team_among(home, given["near"]),
            has_priority=given.get("has_priority", False),
            note=given["note"],
            **plain,
            **by_and_at(request),
        )

    return do(
        request,
        form,
        act,
        said=_("The application stands on the waiting list."),
        to=page_of("team-space", home, team.key),
        context={"site": home, "team": team, "heading": _("Apply for space"), "action": _("Apply for space")},
    )


@require_POST
@signed_in
def withdraw_application(request: Request, site: str, pk: int) -> HttpResponse:
    """Take a team off the waiting list as it wishes."""
    home = queries.find_site(request.actor, site)
    found = queries.find_application(request.actor, home, pk)
    team_of_speaker(request, site, found.team.key)
    operations.withdraw_application(application=found, **by_and_at(request))
    messages.success(request, _("The application is withdrawn."))
    return redirect(page_of("team-space", home, found.team.key))


@require_POST
@signed_in
def set_priority(request: Request, site: str, pk: int) -> HttpResponse:
    """Say whether the agreement names the team."""
    home, found = _kept(request, site, pk)
    wanted = request.POST.get("priority") == "yes"
    operations.set_priority(application=found, has_priority=wanted, **by_and_at(request))
    messages.success(request, _("The order is changed.") if wanted != found.has_priority else _("Nothing changed."))
    return redirect(page_of("application", home, pk))


@require_http_methods(["GET", "POST"])
@signed_in
def refuse_application(request: Request, site: str, pk: int) -> HttpResponse:
    """Take a team off the waiting list and tell it why."""
    home, found = _kept(request, site, pk)
    return do(
        request,
        ReasonForm(request.POST or None),
        lambda given: operations.refuse_application(application=found, **given, **by_and_at(request)),
        said=_("The application is refused. The team was told why."),
        to=page_of("application", home, pk),
        context={
            "site": home,
            "team": found.team,
            "heading": _("Refuse the application"),
            "hint": _("The team reads the reason."),
            "action": _("Refuse the application"),
            "is_danger": True,
        },
    )


@require_http_methods(["GET", "POST"])
@signed_in
def offer_space(request: Request, site: str, pk: int) -> HttpResponse:
    """Offer spaces to a team that waits: choose the term, then among the spaces that fit it best."""
    home, found = _kept(request, site, pk)
    term = TermForm(request.GET if "starts_on" in request.GET else None, initial=_usual_term(found))
    days = Spell(found.from_on, _usual_term(found)["ends_on"])
    if term.is_bound and term.is_valid():
        days = Spell(term.cleaned_data["starts_on"], term.cleaned_data["ends_on"])
    fits = queries.spaces_that_fit(found, days)
    form = OfferForm(request.POST or None, currency=home.currency, fits=fits, words=_words)
    to = page_of("application", home, pk)
    context = {
        "site": home,
        "team": found.team,
        "application": found,
        "term": term,
        "days": days,
        "fits": fits,
        "query": request.GET.urlencode(),
    }
    if not fits:
        return form_page(request, "workspace/offer.html", form, {"back": to, **context})
    return do(
        request,
        form,
        lambda given: _offer(request, found, form, given, days, fits),
        said=_("The space is offered. The team was told."),
        to=to,
        context=context,
        template="workspace/offer.html",
    )


def team_of_speaker(request: Request, site: str, key: str) -> tuple[Site, Team]:
    """Return a team to whoever speaks for it: its leads, and whoever keeps the site's teams."""
    home = queries.find_site(request.actor, site)
    team = queries.find_team(request.actor, home, key)
    if not queries.sight_of(request.actor, team, day_here(request, home)).may_report:
        raise NotAllowed(_("Only whoever leads the team speaks for it here. Ask them, or the operator."))
    return home, team


def _kept(request: Request, site: str, pk: int) -> tuple[Site, Application]:
    home = kept_site(request, site)
    return home, queries.find_application(request.actor, home, pk)


def _usual_term(application: Application) -> dict[str, Any]:
    """Return the term that an application asks for; a year where it names none."""
    return {
        "starts_on": application.from_on,
        "ends_on": queries.months_after(application.from_on, application.months or 12),
    }


def _words(fit: Fit) -> str:
    """Say a space that could be offered, with what speaks for and against it."""
    space = fit.space
    said = [
        f"{space.code} · {say.count(space.area_m2 or 0)} m²",
        ngettext("%(n)s person", "%(n)s people", space.capacity) % {"n": space.capacity},
        money(space.monthly_minor, space.floor.building.site.currency),
    ]
    if fit.bookings:
        said.append(
            ngettext("%(n)s booking in the way", "%(n)s bookings in the way", fit.bookings) % {"n": fit.bookings}
        )
    said.extend(fit.meets)
    said.append("; ".join(fit.lacks) if fit.lacks else _("fits"))
    return " · ".join(said)


def _offer(
    request: Request, application: Application, form: OfferForm, given: dict[str, Any], days: Spell, fits: list[Fit]
) -> Any:
    """Offer the chosen spaces."""
    chosen = [fit for fit in fits if fit.space.pk in given["spaces"]]
    return operations.offer_space(
        team=application.team,
        application=application,
        spaces=_priced(chosen, form, given),
        starts_on=days.starts_on,
        ends_on=days.ends_on,
        answer_by_on=given["answer_by_on"],
        number=given["number"],
        deposit_minor=form.minor("deposit") or 0,
        notice_days=given["notice_days"],
        cancel_bookings=given["cancel_bookings"],
        door=offer_door(request),
        is_simulated=request.world.is_demo,
        **by_and_at(request),
    )


def _priced(chosen: list[Fit], form: OfferForm, given: dict[str, Any]) -> list[Offered]:
    """Return the spaces with their rents: the list prices, or what was agreed for all, shared out by area."""
    total = form.minor("monthly")
    area = sum((fit.space.area_m2 or 0 for fit in chosen), 0)
    left, offered = total or 0, []
    for number, fit in enumerate(chosen):
        if total is None:
            rent = fit.space.monthly_minor or 0
        elif number == len(chosen) - 1:
            rent = left
        else:
            rent = int(total * (fit.space.area_m2 or 0) / area) if area else total // len(chosen)
        left -= rent
        offered.append(Offered(fit.space, rent, given["relief_percent"]))
    return offered
