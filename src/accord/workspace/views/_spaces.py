"""Doors to the spaces of a site: the list, one of them, adding, changing, closing."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.crypto import get_random_string
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods

from accord.kernel import clock
from accord.kernel.access import Request, signed_in
from accord.kernel.refused import Clash, Refused
from accord.ui import say
from accord.ui.editing import editing
from accord.ui.parts import Description, Item
from accord.workspace import operations, queries, rules
from accord.workspace.enums import TenancyState
from accord.workspace.forms import CloseSpaceForm, NewSpaceForm, SpaceForm, space_chip, spaces_table
from accord.workspace.operations import SpaceFacts
from accord.workspace.queries import BookingPolicy, Site, Space, floor_words, in_major, in_minor
from accord.workspace.views._keeping import (
    TEMPLATE,
    Sheet,
    blame,
    by_and_at,
    day_asked,
    notes_of,
    site_context,
    site_to_keep,
    spaces_url,
)
from accord.workspace.views._team_ground import day_here

TOKEN_LETTERS = 24
"""Of the code on a door: as many as cannot be guessed."""


def door_token() -> str:
    """Return what the code on the door of a new space holds."""
    return get_random_string(TOKEN_LETTERS)


@require_GET
@signed_in
def spaces(request: Request, site: str) -> HttpResponseBase:
    """List the spaces of a site as they stand on a day."""
    found = queries.find_site(request.actor, site)
    on = day_asked(request, found)
    table = spaces_table(
        queries.buildings_of(found), queries.floors_of(found), with_prices=_reads_prices(request, found)
    )
    page = table.page(request.GET, queries.space_list(request.actor, found, on))
    if page.format:
        return table.export(page, filename=f"{site}-spaces", notes=(str(say.day(on)), *notes_of(request, found)))
    return render(
        request, "workspace/spaces.html", site_context(request, found, "spaces") | {"table": page, "as_of": on}
    )


@require_GET
@signed_in
def space(request: Request, site: str, pk: int) -> HttpResponse:
    """Show one space: what it is, who has it, to whom it was let, when it is taken next."""
    found = queries.find_site(request.actor, site)
    on = day_here(request, found)
    one = queries.find_space_as_it_stands(request.actor, found, pk, on)
    context = {
        "space": one,
        "chip": space_chip(one.state),
        "floor_words": floor_words(one.floor),
        "facts": _facts(one, found, with_price=_reads_prices(request, found)),
        "lettings": queries.lettings_of(one),
        "offered": TenancyState.OFFERED,
        "may_read_terms": rules.may_see_terms(request.actor, found.operator_id),
        "ahead": queries.ahead_of(one, clock.now(request.world)),
        "today": on,
    }
    return render(request, "workspace/space.html", site_context(request, found, "spaces") | context)


def _reads_prices(request: Request, site: Site) -> bool:
    """Say whether the reader is somebody to whom the site's prices are quoted: its own people and its teams."""
    if rules.may_see_terms(request.actor, site.operator_id):
        return True
    return site.pk in queries.belonging_of(request.actor, day_here(request, site)).sites


def _facts(one: Space, site: Site, *, with_price: bool) -> Description:
    """Return what is known of a space."""
    items = [Item(_("Kind"), one.get_kind_display())]
    items += [Item(_("Area"), f"{say.count(one.area_m2)} m²")] if one.area_m2 else []
    items += [Item(_("People it holds"), one.capacity)] if one.capacity else []
    items += [Item(_("Features"), ", ".join(one.features))] if one.features else []
    if with_price and one.monthly_minor is not None:
        items.append(
            Item(_("Price a month"), f"{say.count(in_major(one.monthly_minor, site.currency))} {site.currency}")
        )
    items.append(Item(_("Booking rules"), one.policy.name if one.policy else _("None: it cannot be booked")))
    items.append(Item(_("In operation from"), say.day(one.starts_on)))
    items += [Item(_("Out of operation from"), say.day(one.ends_on))] if one.ends_on else []
    return Description(tuple(items))


@require_http_methods(["GET", "POST"])
@signed_in
def add_space(request: Request, site: str) -> HttpResponse:
    """Add a space to a floor of a site."""
    found = site_to_keep(request, site)
    floors = {str(one.pk): one for one in queries.floors_of(found)}
    policies = _policies(found)
    initial = {
        "floor": request.GET.get("floor", ""),
        "capacity": 0,
        "position": 0,
        "starts_on": day_here(request, found),
    }
    form = NewSpaceForm(
        request.POST or None,
        initial=initial,
        floors=[(pk, floor_words(one)) for pk, one in floors.items()],
        policies=_choices(policies),
        currency=found.currency,
    )
    if request.method == "POST" and form.is_valid():
        said = _said(form.cleaned_data, policies, found)
        try:
            made = operations.add_space(
                floor=floors[form.cleaned_data["floor"]], door_token=door_token(), **said, **by_and_at(request)
            )
        except Refused as refused:
            blame(form, refused)
        else:
            messages.success(request, _("The space is added."))
            return redirect("workspace:space", site, made.pk)
    return Sheet(found, _("Add a space"), _("Add the space"), spaces_url(found)).page(request, form)


@require_http_methods(["GET", "POST"])
@signed_in
def change_space(request: Request, site: str, pk: int) -> HttpResponse:
    """Change what is known of a space; two who do so at once choose between their answers."""
    found = site_to_keep(request, site)
    one = queries.find_space(request.actor, found, pk)
    policies = _policies(found)
    record, back = f"space:{pk}", reverse("workspace:space", args=[site, pk])
    make_form = partial(SpaceForm, policies=_choices(policies), currency=found.currency)
    edit = editing(request, make_form, initial=_values(one, found), version=one.version, purpose=record)
    if edit.ready:
        facts = SpaceFacts(**_said(edit.answers, policies, found))
        try:
            operations.change_space(space=one, version=edit.version, facts=facts, **by_and_at(request))
        except Clash:
            fresh = queries.find_space(request.actor, found, pk)
            theirs = _values(fresh, found)
            return edit.clash(thing=fresh.code, theirs=theirs, version=fresh.version, url=back, record=record)
        except Refused as refused:
            blame(edit.form, refused)
        else:
            messages.success(request, _("The space is changed."))
            return redirect(back)
    sheet = Sheet(found, _("Change the space"), _("Save the changes"), back, one.code)
    return edit.page(TEMPLATE, sheet.context())


@require_http_methods(["GET", "POST"])
@signed_in
def close_space(request: Request, site: str, pk: int) -> HttpResponse:
    """Take a space out of operation, and cancel what is booked from then on if that is wanted."""
    found = site_to_keep(request, site)
    one = queries.find_space(request.actor, found, pk)
    form = CloseSpaceForm(request.POST or None)
    back = reverse("workspace:space", args=[site, pk])
    if request.method == "POST" and form.is_valid():
        try:
            operations.close_space(space=one, **form.cleaned_data, **by_and_at(request))
        except Refused as refused:
            blame(form, refused)
        else:
            messages.success(request, _("The space is out of operation from that day on."))
            return redirect(back)
    sheet = Sheet(found, _("Close the space"), _("Close it"), back, f"{one.code} · {floor_words(one.floor)}")
    return sheet.page(request, form)


def _policies(site: Site) -> dict[str, BookingPolicy]:
    return {str(one.pk): one for one in queries.policies_of(site)}


def _choices(policies: dict[str, BookingPolicy]) -> Sequence[tuple[str, Any]]:
    return [(pk, one.name) for pk, one in policies.items()]


def _said(answers: dict[str, Any], policies: dict[str, BookingPolicy], site: Site) -> dict[str, Any]:
    """Return the form's answers as the operations take them."""
    plain = {
        name: answers[name]
        for name in ("code", "kind", "name", "area_m2", "capacity", "position", "starts_on", "ends_on")
    }
    price = answers["price"]
    return {
        **plain,
        "features": [
            one for one in answers["features"].replace("，", ",").replace("、", ",").split(",") if one.strip()
        ],
        "monthly_minor": None if price is None else in_minor(price, site.currency),
        "policy": policies.get(answers["policy"]),
        "outline": operations.corners_of(answers["outline"]),
    }


def _values(one: Space, site: Site) -> dict[str, Any]:
    """Return what the form shows of a space."""
    plain = {
        name: getattr(one, name)
        for name in ("code", "kind", "name", "area_m2", "capacity", "position", "starts_on", "ends_on")
    }
    return {
        **plain,
        "features": ", ".join(one.features),
        "price": None if one.monthly_minor is None else in_major(one.monthly_minor, site.currency),
        "policy": str(one.policy_id or ""),
        "outline": " ".join(f"{x:g},{y:g}" for x, y in one.outline),
    }
