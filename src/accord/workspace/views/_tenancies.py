"""Doors to tenancies: the list, the calendar of ends, one tenancy, and what is done with it."""

from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accord.kernel.access import Request, signed_in
from accord.kernel.refused import NotAllowed
from accord.ui import say
from accord.ui.parts import Description, Item
from accord.workspace import operations, queries, rules
from accord.workspace.enums import TenancyState
from accord.workspace.forms import (
    ENDS,
    TENANCIES,
    TENANCIES_WITHOUT_RENT,
    DepositBackForm,
    DepositForm,
    EndForm,
    MoveForm,
    NoticeForm,
    RenewForm,
    tenancy_chip,
)
from accord.workspace.operations import Offered
from accord.workspace.queries import Site, Tenancy, TenancyPage
from accord.workspace.views._tabs import site_tabs
from accord.workspace.views._team_ground import by_and_at, day_here, kept_site, notes_of
from accord.workspace.views._tenancy_acts import do, money, offer_door, page_of, tenancy_places


@require_GET
@signed_in
def tenancies(request: Request, site: str) -> HttpResponseBase:
    """List the tenancies of a site: offered, signed, ended; rents stand there for the operator's people alone."""
    home = queries.find_site(request.actor, site)
    if not queries.sees_tenancies(request.actor, home):
        raise NotAllowed(_("The tenancies of other teams are no matter of a team. Your own stand on your team's page."))
    sees_terms = rules.may_see_terms(request.actor, home.operator_id)
    may_keep = rules.may_keep_teams(request.actor, home.operator_id)
    table = TENANCIES if sees_terms else TENANCIES_WITHOUT_RENT
    page = table.page(request.GET, queries.tenancies_at(home))
    if page.format:
        return table.export(page, filename=f"{site}-tenancies", notes=notes_of(request))
    context = {
        "site": home,
        "tabs": site_tabs(request, home, "tenancies"),
        "table": page,
        "places": tenancy_places(home, "tenancies") if may_keep else None,
        "may_keep": may_keep,
    }
    return render(request, "workspace/tenancies.html", context)


@require_GET
@signed_in
def tenancy_ends(request: Request, site: str) -> HttpResponseBase:
    """List the terms that end, the first to end first, with the last day to give notice and what was decided."""
    home = kept_site(request, site)
    page = ENDS.page(request.GET, queries.ends_at(home, day_here(request, home)))
    if page.format:
        return ENDS.export(page, filename=f"{site}-ends", notes=notes_of(request))
    context = {"site": home, "tabs": site_tabs(request, home, "tenancies"), "table": page}
    context["places"] = tenancy_places(home, "tenancy-ends")
    return render(request, "workspace/tenancy_ends.html", context)


@require_GET
@signed_in
def tenancy(request: Request, site: str, pk: int) -> HttpResponse:
    """Show a tenancy: its term, spaces and terms, and what can be done with it."""
    home = queries.find_site(request.actor, site)
    found = queries.find_tenancy(request.actor, home, pk)
    page = queries.tenancy_page(found)
    sight = queries.sight_of(request.actor, found.team, day_here(request, home))
    context = {
        "site": home,
        "tabs": site_tabs(request, home, "tenancies"),
        "page": page,
        "tenancy": found,
        "chip": tenancy_chip(found.state),
        "facts": facts_of(page, sees_terms=sight.may_see_terms),
        "rows": letting_rows(page),
        "sees_terms": sight.may_see_terms,
        "may_keep": sight.may_keep,
        "is_open": found.state == TenancyState.OFFERED,
        "is_signed": found.state == TenancyState.SIGNED,
        "may_renew": found.state == TenancyState.SIGNED and found.ends_on is not None and page.renewal is None,
    }
    return render(request, "workspace/tenancy.html", context)


@require_POST
@signed_in
def sign_tenancy(request: Request, site: str, pk: int) -> HttpResponse:
    """Record that the contract is signed by both sides."""
    home, found = _kept(request, site, pk)
    operations.sign_tenancy(tenancy=found, **by_and_at(request))
    messages.success(request, _("The contract is signed. The team counts from its first day on."))
    return redirect(page_of("tenancy", home, pk))


@require_POST
@signed_in
def call_off_offer(request: Request, site: str, pk: int) -> HttpResponse:
    """Record that the team declined, or take the offer back; the spaces are free again."""
    home, found = _kept(request, site, pk)
    operations.decline_offer(tenancy=found, reason=request.POST.get("reason", ""), **by_and_at(request))
    messages.success(request, _("The offer is off. Its spaces are free again."))
    return redirect(page_of("tenancy", home, pk))


@require_http_methods(["GET", "POST"])
@signed_in
def record_deposit(request: Request, site: str, pk: int) -> HttpResponse:
    """Record that the deposit came in."""
    home, found = _kept(request, site, pk)
    return do(
        request,
        DepositForm(request.POST or None),
        lambda given: operations.record_deposit(tenancy=found, **given, **by_and_at(request)),
        said=_("The deposit is recorded."),
        to=page_of("tenancy", home, pk),
        context=_context(found, _("Record the deposit"), hint=money(found.deposit_minor, found.currency)),
    )


@require_http_methods(["GET", "POST"])
@signed_in
def return_deposit(request: Request, site: str, pk: int) -> HttpResponse:
    """Record how much of the deposit went back."""
    home, found = _kept(request, site, pk)
    form = DepositBackForm(request.POST or None, currency=found.currency)
    return do(
        request,
        form,
        lambda given: operations.return_deposit(
            tenancy=found,
            returned_on=given["returned_on"],
            returned_minor=form.minor("returned") or 0,
            **by_and_at(request),
        ),
        said=_("It is recorded how much of the deposit went back."),
        to=page_of("tenancy", home, pk),
        context=_context(found, _("Return the deposit"), hint=money(found.deposit_minor, found.currency)),
    )


@require_http_methods(["GET", "POST"])
@signed_in
def move_team(request: Request, site: str, pk: int) -> HttpResponse:
    """Move a team into another space, let it grow into one more, or shrink out of one."""
    home, found = _kept(request, site, pk)
    spaces = queries.lettable_spaces(home, day_here(request, home))
    held = queries.tenancy_page(found).now_held
    choices = [(one.pk, _space_words(one)) for one in spaces]
    form = MoveForm(request.POST or None, currency=found.currency, held=held, spaces=choices)
    by_pk = {one.pk: one for one in spaces} | {one.space_id: one.space for one in held}

    def act(given: dict[str, Any]) -> Tenancy:
        into = by_pk[given["to_space"]] if given["to_space"] else None
        rent = form.minor("monthly")
        to = None
        if into is not None:
            to = Offered(into, (into.monthly_minor or 0) if rent is None else rent, given["relief_percent"])
        return operations.move_team(
            tenancy=found,
            from_space=by_pk[given["from_space"]] if given["from_space"] else None,
            to=to,
            on=given["on"],
            cancel_bookings=given["cancel_bookings"],
            **by_and_at(request),
        )

    return do(
        request,
        form,
        act,
        said=_("The spaces of the team are changed. It was told."),
        to=page_of("tenancy", home, pk),
        context=_context(
            found,
            _("Move, grow or shrink"),
            hint=_("The same space at another rent is a move as well: out of it and into it on the same day."),
        ),
    )


@require_http_methods(["GET", "POST"])
@signed_in
def give_notice(request: Request, site: str, pk: int) -> HttpResponse:
    """Record that notice was given."""
    home, found = _kept(request, site, pk)
    return do(
        request,
        NoticeForm(request.POST or None, initial={"notice_on": day_here(request, home)}),
        lambda given: operations.give_notice(tenancy=found, **given, **by_and_at(request)),
        said=_("Notice is recorded. The spaces are free from that day on."),
        to=page_of("tenancy", home, pk),
        context=_context(
            found,
            _("Record notice"),
            hint=_("The contract asks for %(n)s days of notice.") % {"n": found.notice_days},
        ),
    )


@require_http_methods(["GET", "POST"])
@signed_in
def renew_tenancy(request: Request, site: str, pk: int) -> HttpResponse:
    """Offer a team its spaces for another term."""
    home, found = _kept(request, site, pk)
    initial = {"ends_on": queries.months_after(found.ends_on, 12) if found.ends_on else None}
    return do(
        request,
        RenewForm(request.POST or None, initial=initial),
        lambda given: operations.renew_tenancy(tenancy=found, door=offer_door(request), **given, **by_and_at(request)),
        said=_("The renewal is offered. The team was told."),
        to=page_of("tenancy", home, pk),
        context=_context(
            found,
            _("Offer a renewal"),
            hint=_("The same spaces at the same rent, from the day on which this term ends."),
        ),
    )


@require_http_methods(["GET", "POST"])
@signed_in
def end_tenancy(request: Request, site: str, pk: int) -> HttpResponse:
    """Record that a team moved out, and why."""
    home, found = _kept(request, site, pk)
    return do(
        request,
        EndForm(request.POST or None, initial={"left_on": found.ends_on or day_here(request, home)}),
        lambda given: operations.end_tenancy(tenancy=found, **given, **by_and_at(request)),
        said=_("The move-out is recorded. The spaces are free from that day on."),
        to=page_of("tenancy", home, pk),
        context=_context(found, _("Record the move-out"), is_danger=True),
    )


def facts_of(page: TenancyPage, *, sees_terms: bool) -> Description:
    """Return what there is to say of a tenancy; money to those who may see it."""
    one = page.tenancy
    until = one.left_on or one.ends_on
    items = [
        Item(_("From"), say.day(one.starts_on)),
        Item(_("Until before"), say.day(until) if until else _("no end")),
        Item(_("Days of notice"), say.count(one.notice_days)),
    ]
    if one.state == TenancyState.OFFERED:
        items.append(Item(_("Last day to answer"), say.day(one.answer_by_on)))
    if one.notice_on:
        items.append(Item(_("Notice given on"), say.day(one.notice_on)))
    if one.end_reason:
        items.append(Item(_("Why it left"), one.get_end_reason_display()))
    if one.end_note and sees_terms:
        items.append(Item(_("Note"), one.end_note))
    if sees_terms:
        rent = sum(queries.rent_after_relief(row) for row in page.now_held)
        items.append(Item(_("Rent a month after relief"), money(rent, one.currency)))
        items.append(Item(_("Deposit"), _deposit(one)))
    return Description(tuple(items))


def letting_rows(page: TenancyPage) -> list[dict[str, Any]]:
    """Return each space of a tenancy with its rent as pages say it; those of an offer that came to nothing too."""
    return [
        {
            "letting": row,
            "rent": money(row.monthly_minor, page.tenancy.currency),
            "relief": row.relief_percent.normalize() if row.relief_percent else Decimal(0),
            "due": money(queries.rent_after_relief(row), page.tenancy.currency),
        }
        for row in page.lettings
        if row.starts_on != row.ends_on
    ]


def _deposit(one: Tenancy) -> str:
    """Say how the deposit stands."""
    amount = money(one.deposit_minor, one.currency)
    if not one.deposit_minor:
        return _("none")
    if one.deposit_back_on is not None:
        values = {"amount": money(one.deposit_back_minor, one.currency), "day": say.day(one.deposit_back_on)}
        return _("%(amount)s went back on %(day)s") % values
    if one.deposit_on is not None:
        return _("%(amount)s came in on %(day)s") % {"amount": amount, "day": say.day(one.deposit_on)}
    return _("%(amount)s, has not come in yet") % {"amount": amount}


def _kept(request: Request, site: str, pk: int) -> tuple[Site, Tenancy]:
    home = kept_site(request, site)
    return home, queries.find_tenancy(request.actor, home, pk)


def _context(found: Tenancy, heading: str, *, hint: str = "", is_danger: bool = False) -> dict[str, Any]:
    return {
        "site": found.team.site,
        "team": found.team,
        "tenancy": found,
        "heading": heading,
        "action": heading,
        "hint": hint,
        "is_danger": is_danger,
    }


def _space_words(space: Any) -> str:
    area = f"{space.code} · {say.count(space.area_m2 or 0)} m²"
    return f"{area} · {_('let now')}" if space.is_let else area
