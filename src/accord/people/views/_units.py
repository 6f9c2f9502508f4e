"""Doors of an institution's units: adding, changing and moving, closing and opening again."""

from functools import partial

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from accord.kernel import clock
from accord.kernel.access import Request, signed_in
from accord.kernel.refused import Clash, NotAllowed, Refused
from accord.people import operations, queries, rules
from accord.people.forms import CloseUnitForm, UnitForm
from accord.people.queries import Institution, Unit
from accord.people.views._institutions import by_and_at
from accord.ui.editing import editing
from accord.ui.forms import form_page


@require_http_methods(["GET", "POST"])
@signed_in
def new_unit(request: Request, key: str) -> HttpResponse:
    """Add a unit to an institution."""
    house = _institution(request, key)
    initial = {"parent": request.GET.get("under", "")}
    form = UnitForm(request.POST or None, initial=initial, parents=_parents(house))
    if request.method == "POST" and form.is_valid():
        try:
            operations.ensure_unit(
                institution=house,
                name=form.cleaned_data["name"],
                parent=_parent(house, form.cleaned_data["parent"]),
                **by_and_at(request),
            )
        except Refused as refused:
            form.add_error(refused.field or None, str(refused))
        else:
            messages.success(request, _("The unit is there."))
            return redirect("people:institution", key)
    return form_page(request, "people/unit_form.html", form, {"institution": house, "heading": _("Add a unit")})


@require_http_methods(["GET", "POST"])
@signed_in
def change_unit(request: Request, key: str, unit: str) -> HttpResponse:
    """Rename a unit or move it under another one."""
    house = _institution(request, key)
    found = queries.find_unit(house, unit)
    edit = editing(
        request,
        partial(UnitForm, parents=_parents(house, besides=found)),
        initial=_values(found),
        version=found.version,
        purpose=f"unit:{found.pk}",
    )
    if edit.ready:
        try:
            operations.change_unit(
                unit=found,
                version=edit.version,
                name=edit.answers["name"],
                parent=_parent(house, edit.answers["parent"]),
                **by_and_at(request),
            )
        except Clash:
            fresh = queries.find_unit(house, unit)
            url = reverse("people:institution", args=[key])
            return edit.clash(
                thing=fresh.name, theirs=_values(fresh), version=fresh.version, url=url, record=f"unit:{fresh.pk}"
            )
        except Refused as refused:
            edit.form.add_error(refused.field or None, str(refused))
        else:
            messages.success(request, _("The unit is changed."))
            return redirect("people:institution", key)
    context = {"institution": house, "unit": found, "heading": _("Change the unit")}
    return edit.page("people/unit_form.html", context)


@require_http_methods(["GET", "POST"])
@signed_in
def close_unit(request: Request, key: str, unit: str) -> HttpResponse:
    """Close a unit from a day on."""
    house = _institution(request, key)
    found = queries.find_unit(house, unit)
    form = CloseUnitForm(request.POST or None, initial={"closed_on": clock.today(request.world)})
    if request.method == "POST" and form.is_valid():
        try:
            operations.close_unit(unit=found, closed_on=form.cleaned_data["closed_on"], **by_and_at(request))
        except Refused as refused:
            form.add_error(refused.field or None, str(refused))
        else:
            messages.success(request, _("The unit is closed. What names it still does."))
            return redirect("people:institution", key)
    return form_page(request, "people/unit_close.html", form, {"institution": house, "unit": found})


@require_POST
@signed_in
def reopen_unit(request: Request, key: str, unit: str) -> HttpResponse:
    """Open a closed unit again."""
    house = _institution(request, key)
    try:
        operations.reopen_unit(unit=queries.find_unit(house, unit), **by_and_at(request))
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("The unit is open again."))
    return redirect("people:institution", key)


def _institution(request: Request, key: str) -> Institution:
    """Return the institution for those who may change its units."""
    found = queries.find_institution(request.actor, key)
    if not rules.may_change_units(request.actor, found.pk):
        raise NotAllowed(_("Only stewards and partnership officers of the institution change its units. Ask one."))
    return found


def _parents(house: Institution, besides: Unit | None = None) -> list[tuple[str, str]]:
    tree = queries.unit_tree(house)
    return [(node.unit.key, node.path) for node in queries.open_units(tree, besides=besides)]


def _parent(house: Institution, key: str) -> Unit | None:
    return queries.find_unit(house, key) if key else None


def _values(unit: Unit) -> dict[str, object]:
    return {"name": unit.name, "parent": unit.parent.key if unit.parent else ""}
