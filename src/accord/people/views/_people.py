"""Doors of people: the list, one of them, adding and changing."""

from dataclasses import replace
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods

from accord.kernel import clock
from accord.kernel.access import Request, signed_in
from accord.kernel.identifiers import ORCID
from accord.kernel.reading import people_shown
from accord.kernel.refused import Clash, NotAllowed, Refused
from accord.people import operations, queries, rules
from accord.people.enums import PersonState
from accord.people.forms import PEOPLE, NewPersonForm, PersonForm
from accord.people.operations import PersonFacts, sort_key_of
from accord.people.queries import Person
from accord.people.views._affiliations import grouped, place_of
from accord.people.views._institutions import by_and_at, notes_of
from accord.ui.editing import editing
from accord.ui.forms import form_page
from accord.ui.parts import Description, Item
from accord.ui.tables import Filter, TablePage

FACTS = ("name", "sort_key", "email", "orcid", "country")

STATE = Filter("state", _("State"), choices=tuple(PersonState.choices))


@require_GET
@signed_in
def people(request: Request) -> HttpResponseBase:
    """List the people whom the reader may see; `?at=` narrows to those of one institution, now or before."""
    actor = request.actor
    place = request.GET.get("at", "")
    rows = queries.people_at(queries.people_list(actor, on=clock.today(request.world)), place)
    table = replace(PEOPLE, filters=(*PEOPLE.filters, STATE)) if rules.may_merge(actor) else PEOPLE
    page = table.page(request.GET, rows)
    people_shown(actor, _listed(page), clock.now(request.world))
    if page.format:
        return table.export(page, filename="people", notes=notes_of(request))
    context = {
        "table": page,
        "at": queries.find_institution(actor, place) if place else None,
        "may_add": rules.may_add_people(actor),
        "may_merge": rules.may_merge(actor),
    }
    return render(request, "people/people.html", context)


def _listed(page: TablePage) -> list[int]:
    """Return whom a page shows, or the file that it was asked for."""
    return list(page.source.rows.values_list("pk", flat=True)) if page.format else [one.pk for one in page.records]


@require_GET
@signed_in
def person(request: Request, pk: int) -> HttpResponse:
    """Show one person and where they belong. One merged away leads to the one kept."""
    actor, day = request.actor, clock.today(request.world)
    found = queries.find_person(actor, pk)
    if found.pk != pk:
        return redirect("people:person", found.pk)
    people_shown(actor, [found.pk], clock.now(request.world))
    belongings = queries.belongings_of(found, on=day)
    places = queries.institutions_now(belongings)
    context = {
        "person": found,
        "facts": _facts(found, queries.email_of(actor, found, places)),
        "belongings": [(one, rules.may_change_person(actor, {one.institution_id})) for one in belongings],
        "may_change": rules.may_change_person(actor, places),
        "may_add_place": rules.may_add_people(actor),
        "may_merge": rules.may_merge(actor),
    }
    return render(request, "people/person.html", context)


def _facts(found: Person, email: str) -> Description:
    """Return what is known of a person; the address only where it was handed in."""
    items = [Item(_("Sorts as"), found.sort_key)]
    items += [Item(_("ORCID iD"), found.orcid, url=ORCID.url(found.orcid))] if found.orcid else []
    items += [Item(_("Email address"), email, url=f"mailto:{email}")] if email else []
    items += [Item(_("Country"), found.country)] if found.country else []
    items += [Item(_("State"), found.get_state_display())] if found.state != PersonState.ACTIVE else []
    return Description(items)


@require_http_methods(["GET", "POST"])
@signed_in
def new_person(request: Request) -> HttpResponse:
    """Add a person at a place."""
    if not rules.may_add_people(request.actor):
        raise NotAllowed(_("Only stewards and partnership officers add people. Ask one of your institution."))
    places = queries.places_for(request.actor)
    initial = {"starts_on": clock.today(request.world), "place": request.GET.get("place", "")}
    form = NewPersonForm(request.POST or None, initial=initial, places=grouped(places))
    if request.method == "POST" and form.is_valid():
        try:
            place = place_of(places, form.cleaned_data["place"])
            made = operations.add_person_at(
                facts=PersonFacts(**{name: form.cleaned_data[name] for name in FACTS}),
                institution=place.institution,
                unit=place.unit,
                is_simulated=request.world.is_demo,
                **{name: form.cleaned_data[name] for name in ("title", "starts_on", "ends_on")},
                **by_and_at(request),
            )
        except Refused as refused:
            form.add_error(refused.field if refused.field in form.fields else None, str(refused))
        else:
            messages.success(request, _("The person is added."))
            return redirect("people:person", made.pk)
    return form_page(request, "people/person_form.html", form, {"heading": _("Add a person")})


@require_http_methods(["GET", "POST"])
@signed_in
def change_person(request: Request, pk: int) -> HttpResponse:
    """Change what is known of a person; two who do so at once choose between their answers."""
    found = changeable(request, pk)
    edit = editing(request, PersonForm, initial=_values(found), version=found.version, purpose=f"person:{found.pk}")
    if edit.ready:
        change = partial(operations.change_person, person=found, version=edit.version, **by_and_at(request))
        try:
            change(facts=PersonFacts(**edit.answers))
        except Clash:
            fresh = queries.find_person(request.actor, pk)
            url = reverse("people:person", args=[fresh.pk])
            return edit.clash(
                thing=fresh.name, theirs=_values(fresh), version=fresh.version, url=url, record=f"person:{fresh.pk}"
            )
        except Refused as refused:
            edit.form.add_error(refused.field or None, str(refused))
        else:
            messages.success(request, _("The person is changed."))
            return redirect("people:person", pk)
    return edit.page("people/person_form.html", {"heading": _("Change the person"), "person": found})


def changeable(request: Request, pk: int) -> Person:
    """Return a person whom the reader may see and change. Raises `NotThere` or `NotAllowed`."""
    found = queries.find_person(request.actor, pk)
    belongings = queries.belongings_of(found, on=clock.today(request.world))
    if not rules.may_change_person(request.actor, queries.institutions_now(belongings)):
        raise NotAllowed(
            _("Only stewards and partnership officers of an institution to which this person belongs change them.")
        )
    return found


def _values(found: Person) -> dict[str, Any]:
    """Return what the form shows of a person; a sort key that the name gives anyway stays empty."""
    own = found.sort_key != sort_key_of(found.name)
    return {name: getattr(found, name) for name in FACTS} | {"sort_key": found.sort_key if own else ""}
