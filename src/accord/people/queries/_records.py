"""Institutions, units and people as others refer to them and as a search finds them."""

from collections.abc import Sequence

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accord.kernel.access import Actor
from accord.kernel.finding import Found, Search
from accord.kernel.records import RecordKind, Shown
from accord.kernel.refused import NotThere
from accord.kernel.words import likest
from accord.people.enums import PersonState
from accord.people.models import Affiliation, Unit
from accord.people.queries._institutions import institution_by_id, institutions_visible_to
from accord.people.queries._people import people_visible_to
from accord.people.rules import may_change_institutions, may_change_person, may_change_units


def shown_institution(actor: Actor, pk: int) -> Shown:
    """Return an institution as a reference leads to it."""
    found = institution_by_id(actor, pk)
    return Shown(found.name, reverse("people:institution", args=[found.key]), may_change_institutions(actor))


def shown_unit(actor: Actor, pk: int) -> Shown:
    """Return a unit as a reference leads to it: its institution's page."""
    unit = Unit.objects.filter(pk=pk).first()
    if unit is None:
        raise NotThere(_("There is no unit of this number."))
    house = institution_by_id(actor, unit.institution_id)
    return Shown(unit.name, reverse("people:institution", args=[house.key]), may_change_units(actor, house.pk))


def shown_person(actor: Actor, pk: int) -> Shown:
    """Return a person as a reference leads to them."""
    merged = people_visible_to(actor).filter(Q(pk=pk) | Q(merged_from=pk)).first()
    if merged is None:
        raise NotThere(_("There is no person of this number among those you may see."))
    held = Affiliation.objects.filter(person=merged).values_list("institution", flat=True)
    may_change = may_change_person(actor, ()) or may_change_person(actor, set(held))
    return Shown(merged.name, reverse("people:person", args=[merged.pk]), may_change)


KINDS = (
    RecordKind("institution", "people.Institution", _("Institution"), shown_institution, institutions_visible_to),
    RecordKind("unit", "people.Unit", pgettext_lazy("of an institution", "Unit"), shown_unit),
    RecordKind("person", "people.Person", _("Person"), shown_person, people_visible_to),
)
"""What references of this context lead to."""


def find_institutions(actor: Actor, words: str, most: int) -> Sequence[Found]:
    """Return institutions whose name is like the words, in either language; one query."""
    rows = likest(institutions_visible_to(actor), words, ("name",))[:most]
    return [
        Found(
            _("Institution"),
            one.name,
            reverse("people:institution", args=[one.key]),
            one.get_kind_display(),
            one.likeness,
        )
        for one in rows
    ]


def find_people(actor: Actor, words: str, most: int) -> Sequence[Found]:
    """Return people whose name is like the words, in either language or as it sorts; one query, two with partners."""
    used = people_visible_to(actor).filter(state=PersonState.ACTIVE)
    rows = likest(used, words, ("name",), "sort_key")[:most]
    return [Found(_("Person"), one.name, reverse("people:person", args=[one.pk]), rank=one.likeness) for one in rows]


SEARCHES = {
    "institution": Search(_("Institutions"), find_institutions),
    "person": Search(pgettext_lazy("directory", "People"), find_people),
}
"""How this context is searched."""
