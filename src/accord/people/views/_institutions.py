"""Doors of institutions: the list, one of them, adding and changing."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from accord.kernel import clock
from accord.kernel.access import Request, signed_in
from accord.kernel.identifiers import SCHEMES
from accord.kernel.reading import people_shown
from accord.kernel.refused import Clash, NotAllowed, Refused
from accord.people import operations, queries, rules
from accord.people.forms import INSTITUTIONS, InstitutionForm
from accord.people.operations import InstitutionFacts
from accord.people.queries import Institution
from accord.ui.editing import editing
from accord.ui.forms import form_page
from accord.ui.parts import Description, Item

MOST_NOW, MOST_BEFORE = 25, 10
"""How many people of an institution its page shows; the list of people has all."""


@require_GET
@signed_in
def institutions(request: Request) -> HttpResponseBase:
    """List the institutions."""
    actor = request.actor
    page = INSTITUTIONS.page(request.GET, queries.institution_list(actor, on=clock.today(request.world)))
    if page.format:
        return INSTITUTIONS.export(page, filename="institutions", notes=notes_of(request))
    may_change = rules.may_change_institutions(actor)
    return render(request, "people/institutions.html", {"table": page, "may_change": may_change})


@require_GET
@signed_in
def institution(request: Request, key: str) -> HttpResponse:
    """Show one institution: identifiers, units, people now and before. One merged away leads to the one kept."""
    actor, day = request.actor, clock.today(request.world)
    found = queries.find_institution(actor, key)
    if found.merged_into is not None:
        return redirect("people:institution", found.merged_into.key)
    visible = queries.people_visible_to(actor)
    members = partial(queries.members_of, visible, found, on=day)
    now, before = members(now=True, most=MOST_NOW + 1), members(now=False, most=MOST_BEFORE)
    officers = queries.officers_of(visible, found, on=day)
    shown = [one.person.pk for one in (*now[:MOST_NOW], *before)] + [one.pk for one in officers]
    people_shown(actor, shown, clock.now(request.world))
    context = {
        "institution": found,
        "facts": _facts(found),
        "units": list(queries.all_units(queries.unit_tree(found))),
        "now": now,
        "before": before,
        "most_now": MOST_NOW,
        "officers": officers,
        "may_change": rules.may_change_institutions(actor),
        "may_change_units": rules.may_change_units(actor, found.pk),
        "may_add_people": rules.may_change_person(actor, {found.pk}),
    }
    return render(request, "people/institution.html", context)


def _facts(found: Institution) -> Description:
    """Return what is known of an institution, with its identifiers as links."""
    items = [Item(_("Kind"), found.get_kind_display())]
    place = " · ".join(str(one) for one in (found.city, found.country) if one)
    items += [Item(_("Place"), place)] if place else []
    items += [Item(_("Website"), found.website, url=found.website)] if found.website else []
    items += [Item(_("Time zone"), found.time_zone.replace("_", " "))] if found.time_zone else []
    for code in ("ror", "lei", "uscc"):
        value, scheme = getattr(found, code), SCHEMES[code]
        if value:
            items.append(Item(_NAMES[code], value, url=scheme.url(value)))
    return Description((*items, Item(pgettext_lazy("in addresses", "Short name"), found.key)))


_NAMES = {"ror": _("ROR ID"), "lei": _("LEI"), "uscc": _("Unified Social Credit Code")}


@require_http_methods(["GET", "POST"])
@signed_in
def new_institution(request: Request) -> HttpResponse:
    """Add an institution."""
    _refuse_others(request)
    form = InstitutionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = operations.add_institution(
                facts=InstitutionFacts(**form.cleaned_data), is_simulated=request.world.is_demo, **by_and_at(request)
            )
        except Refused as refused:
            form.add_error(refused.field or None, str(refused))
        else:
            messages.success(request, _("The institution is added."))
            return redirect("people:institution", made.key)
    return form_page(request, "people/institution_form.html", form, {"heading": _("Add an institution")})


@require_http_methods(["GET", "POST"])
@signed_in
def change_institution(request: Request, key: str) -> HttpResponse:
    """Change what is known of an institution; two who do so at once choose between their answers."""
    found = queries.find_institution(request.actor, key)
    _refuse_others(request)
    edit = editing(
        request,
        InstitutionForm,
        initial=values_of(found),
        version=found.version,
        purpose=f"institution:{found.pk}",
    )
    if edit.ready:
        try:
            operations.change_institution(
                institution=found, version=edit.version, facts=InstitutionFacts(**edit.answers), **by_and_at(request)
            )
        except Clash:
            fresh = queries.find_institution(request.actor, key)
            return edit.clash(
                thing=fresh.name,
                theirs=values_of(fresh),
                version=fresh.version,
                url=reverse("people:institution", args=[key]),
                record=f"institution:{fresh.pk}",
            )
        except Refused as refused:
            edit.form.add_error(refused.field or None, str(refused))
        else:
            messages.success(request, _("The institution is changed."))
            return redirect("people:institution", key)
    context = {"heading": _("Change the institution"), "institution": found}
    return edit.page("people/institution_form.html", context)


def values_of(found: Institution) -> dict[str, Any]:
    """Return what the form shows of an institution."""
    return {name: getattr(found, name) for name in InstitutionForm.base_fields}


def by_and_at(request: Request) -> dict[str, Any]:
    """Return who does it, and when."""
    return {"by": queries.acting_person(request.actor), "at": clock.now(request.world)}


def notes_of(request: Request) -> tuple[Any, ...]:
    """Return what an exported file says of itself."""
    return (_("Demonstration world: simulated records."),) if request.world.is_demo else ()


def _refuse_others(request: Request) -> None:
    if not rules.may_change_institutions(request.actor):
        raise NotAllowed(_("Only stewards add and change institutions. Ask one to do it."))
