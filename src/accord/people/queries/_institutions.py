"""Institutions with their units, as a reader may see them."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from accord.kernel.access import Actor
from accord.kernel.announced import Announced
from accord.kernel.refused import NotThere
from accord.kernel.words import sides
from accord.people.enums import Role
from accord.people.models import Institution, Unit
from accord.people.rules import may_see_institutions

partners: Announced[Callable[[Actor], frozenset[int]]] = Announced()
"""Which institutions an actor has to do with beside their own; rooms above announce theirs, at most one query each."""


def institutions_visible_to(actor: Actor) -> QuerySet[Institution]:
    """Return the institutions that the actor may see, without those that were merged into others."""
    living = Institution.objects.filter(merged_into=None)
    return living if may_see_institutions(actor) else living.none()


def institution_list(actor: Actor, *, on: date) -> QuerySet[Institution]:
    """Return the institutions with `names` to search in and how many people belong to them on the day."""
    here = Q(affiliations__starts_on__lte=on) & (Q(affiliations__ends_on=None) | Q(affiliations__ends_on__gt=on))
    return institutions_visible_to(actor).annotate(
        names=sides(("name",)), people=Count("affiliations__person", filter=here, distinct=True)
    )


def find_institution(actor: Actor, key: str) -> Institution:
    """Return an institution, also one that was merged into another; raises `NotThere`."""
    found = Institution.objects.select_related("merged_into").filter(key=key).first()
    if found is None or not may_see_institutions(actor):
        raise NotThere(_("There is no institution of this name among those you may see."))
    return found


def institution_by_id(actor: Actor, pk: int) -> Institution:
    """Return an institution by its number, or the one it was merged into; raises `NotThere`."""
    found = Institution.objects.select_related("merged_into").filter(pk=pk).first()
    if found is None or not may_see_institutions(actor):
        raise NotThere(_("There is no institution of this number among those you may see."))
    return found.merged_into or found


@dataclass(frozen=True, slots=True)
class UnitNode:
    """A unit with the units under it, and the words of the way that leads to it from the top."""

    unit: Unit
    above: str
    below: tuple["UnitNode", ...]

    @property
    def path(self) -> str:
        """Return the words of the whole way, the unit's own name last."""
        return f"{self.above} › {self.unit.name}" if self.above else str(self.unit.name)


def unit_tree(institution: Institution) -> tuple[UnitNode, ...]:
    """Return the institution's units as a tree, closed ones after open ones; one query."""
    units = sorted(institution.units.all(), key=lambda unit: (unit.closed_on is not None, str(unit.name), unit.pk))
    below: dict[int | None, list[Unit]] = {}
    for unit in units:
        below.setdefault(unit.parent_id, []).append(unit)
    return _nodes(below, None, "")


def _nodes(below: dict[int | None, list[Unit]], parent: int | None, above: str) -> tuple[UnitNode, ...]:
    ways = [(unit, f"{above} › {unit.name}" if above else str(unit.name)) for unit in below.get(parent, ())]
    return tuple(UnitNode(unit, above, _nodes(below, unit.pk, way)) for unit, way in ways)


def all_units(nodes: Iterable[UnitNode]) -> Iterator[UnitNode]:
    """Yield every unit of a tree in reading order."""
    for node in nodes:
        yield node
        yield from all_units(node.below)


def open_units(nodes: Iterable[UnitNode], *, besides: Unit | None = None) -> Iterator[UnitNode]:
    """Yield the open units of a tree in reading order, without one unit and all that stands under it."""
    for node in nodes:
        if node.unit.closed_on is None and node.unit != besides:
            yield node
            yield from open_units(node.below, besides=besides)


def find_unit(institution: Institution, key: str) -> Unit:
    """Return one unit of the institution; raises `NotThere`."""
    unit = institution.units.filter(key=key).first()
    if unit is None:
        raise NotThere(_("This institution has no unit of this name."))
    return unit


def own_institutions(actor: Actor) -> QuerySet[Institution]:
    """Return the institutions whose people the actor may add and change: all for stewards, else those of an officer."""
    living = Institution.objects.filter(merged_into=None).order_by("key")
    if actor.holds(Role.STEWARD, Role.OFFICER):
        return living
    return living.filter(pk__in=actor.institutions(Role.OFFICER))


@dataclass(frozen=True, slots=True)
class Place:
    """Where somebody can belong: an institution, or a unit of it; `value` tells them apart in a form."""

    institution: Institution
    unit: Unit | None
    label: str

    @property
    def value(self) -> str:
        """Return the place as a form names it."""
        return f"{self.institution.pk}-{self.unit.pk}" if self.unit else str(self.institution.pk)


def places_for(actor: Actor) -> list[Place]:
    """Return every place to which the actor may add people: their institutions with the open units; two queries."""
    places: list[Place] = []
    for institution in own_institutions(actor).prefetch_related("units"):
        places.append(Place(institution, None, str(institution.name)))
        places += [Place(institution, node.unit, node.path) for node in open_units(unit_tree(institution))]
    return places


def known_institutions(actor: Actor) -> frozenset[int]:
    """Return the institutions whose people the actor may see: their own and their partners'."""
    own = actor.institutions(Role.OFFICER, Role.EXECUTIVE)
    return own.union(*(ask(actor) for ask in partners)) if own else own
