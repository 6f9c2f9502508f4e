"""Doors of affiliations: where a person belongs, since when and until when."""

from collections.abc import Iterable
from functools import partial
from itertools import groupby

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from accord.kernel import clock
from accord.kernel.access import Request, signed_in
from accord.kernel.refused import Clash, NotAllowed, Refused
from accord.people import operations, queries, rules
from accord.people.forms import AffiliationForm, ChangeAffiliationForm, EndAffiliationForm
from accord.people.queries import Affiliation, Person, Place
from accord.people.views._institutions import by_and_at
from accord.ui.editing import editing
from accord.ui.forms import form_page


def grouped(places: Iterable[Place]) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return places as a form offers them: each institution with itself and its units."""
    return [
        (str(house.name), [(place.value, place.label) for place in its])
        for house, its in groupby(places, lambda place: place.institution)
    ]


def place_of(places: Iterable[Place], value: str) -> Place:
    """Return the place that was chosen out of those that were offered."""
    return next(place for place in places if place.value == value)


@require_http_methods(["GET", "POST"])
@signed_in
def new_affiliation(request: Request, pk: int) -> HttpResponse:
    """Say that a person belongs to an institution or unit."""
    person = queries.find_person(request.actor, pk)
    if not rules.may_add_people(request.actor):
        raise NotAllowed(_("Only stewards and partnership officers say who belongs where. Ask one of them."))
    places = queries.places_for(request.actor)
    initial = {"starts_on": clock.today(request.world)}
    form = AffiliationForm(request.POST or None, initial=initial, places=grouped(places))
    if request.method == "POST" and form.is_valid():
        place = place_of(places, form.cleaned_data.pop("place"))
        try:
            operations.affiliate(
                person=person,
                institution=place.institution,
                unit=place.unit,
                **form.cleaned_data,
                **by_and_at(request),
            )
        except Refused as refused:
            form.add_error(refused.field if refused.field in form.fields else None, str(refused))
        else:
            messages.success(request, _("The affiliation is added."))
            return redirect("people:person", person.pk)
    context = {"person": person, "heading": _("Add an affiliation")}
    return form_page(request, "people/affiliation_form.html", form, context)


@require_http_methods(["GET", "POST"])
@signed_in
def change_affiliation(request: Request, pk: int, affiliation: int) -> HttpResponse:
    """Correct an affiliation: unit, title, first and last day."""
    person, found = _changeable(request, pk, affiliation)
    tree = queries.unit_tree(found.institution)
    units = [(node.unit.key, node.path) for node in queries.open_units(tree)]
    if found.unit is not None and found.unit.closed_on is not None:
        units.append((found.unit.key, str(found.unit.name)))
    edit = editing(
        request,
        partial(ChangeAffiliationForm, units=units),
        initial=_values(found),
        version=found.version,
        purpose=f"affiliation:{found.pk}",
    )
    if edit.ready:
        unit = edit.answers["unit"]
        try:
            operations.change_affiliation(
                affiliation=found,
                version=edit.version,
                **edit.answers | {"unit": queries.find_unit(found.institution, unit) if unit else None},
                **by_and_at(request),
            )
        except Clash:
            fresh = queries.find_affiliation(person, affiliation)
            url = reverse("people:person", args=[person.pk])
            return edit.clash(thing=person.name, theirs=_values(fresh), version=fresh.version, url=url)
        except Refused as refused:
            edit.form.add_error(refused.field or None, str(refused))
        else:
            messages.success(request, _("The affiliation is changed."))
            return redirect("people:person", pk)
    context = {"person": person, "affiliation": found, "heading": _("Change the affiliation")}
    return edit.page("people/affiliation_form.html", context)


@require_http_methods(["GET", "POST"])
@signed_in
def end_affiliation(request: Request, pk: int, affiliation: int) -> HttpResponse:
    """Say from which day on a person no longer belongs."""
    person, found = _changeable(request, pk, affiliation)
    form = EndAffiliationForm(request.POST or None, initial={"ends_on": clock.today(request.world)})
    if request.method == "POST" and form.is_valid():
        try:
            operations.end_affiliation(affiliation=found, ends_on=form.cleaned_data["ends_on"], **by_and_at(request))
        except Refused as refused:
            form.add_error(refused.field if refused.field in form.fields else None, str(refused))
        else:
            messages.success(request, _("The affiliation ends on the day you gave."))
            return redirect("people:person", pk)
    return form_page(request, "people/affiliation_end.html", form, {"person": person, "affiliation": found})


def _changeable(request: Request, pk: int, affiliation: int) -> tuple[Person, Affiliation]:
    """Return a person and one of their affiliations, for those who keep its institution."""
    person = queries.find_person(request.actor, pk)
    found = queries.find_affiliation(person, affiliation)
    if not rules.may_change_person(request.actor, {found.institution_id}):
        raise NotAllowed(_("Only stewards and partnership officers of this institution change who belongs to it."))
    return person, found


def _values(found: Affiliation) -> dict[str, object]:
    return {
        "unit": found.unit.key if found.unit else "",
        "title": found.title,
        "starts_on": found.starts_on,
        "ends_on": found.ends_on,
    }
