"""Which reviewers must not judge which items, by the records: affiliations, names on items, declared relations."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.models import Q, QuerySet
from django.utils.translation import override

from accord.kernel.text import LANGUAGES, Bilingual
from accord.review.enums import ConflictKind, RelationKind
from accord.review.models import Item, ItemPerson, Panel, Panelist, Relation
from accord.review.queries._visible import ON_PANEL

LOOKS_BACK = timedelta(days=3 * 365 + 1)
"""For how long somebody who left an institution still counts as of it: three years."""


@dataclass(frozen=True, slots=True)
class Clash:
    """That a panelist must not review an item, and what it rests on."""

    panelist: int
    item: int
    kind: ConflictKind
    reason: Bilingual


@dataclass(slots=True)
class _Side:
    """What is known of panelists, or of items: by institution, by person, by address, by name."""

    institutions: dict[int, set[int]] = field(default_factory=lambda: defaultdict(set))
    persons: dict[int, set[int]] = field(default_factory=lambda: defaultdict(set))
    addresses: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    names: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    called: dict[int, Bilingual] = field(default_factory=dict)


def clashes(
    panel: Panel, *, on: date, panelists: Collection[int] | None = None, items: Collection[int] | None = None
) -> list[Clash]:
    """Return every conflict that the records show, in a fixed order; at most seven queries for any number of items.

    Somebody counts as of an institution for three years after they left it.
    """
    sitting = Panelist.objects.filter(ON_PANEL, panel=panel)
    if panelists is not None:
        sitting = sitting.filter(pk__in=panelists)
    named = ItemPerson.objects.filter(item__panel=panel, item__withdrawn_at=None)
    if items is not None:
        named = named.filter(item__in=items)
    reviewers, judged = _reviewers(sitting, on), _judged(named, on)
    found = {
        *_same_institution(reviewers, judged),
        *_same_person(reviewers, judged),
        *_together(reviewers, judged),
        *_related(reviewers, judged, on),
    }
    return sorted(found, key=lambda one: (one.panelist, one.item, one.kind, str(one.reason.as_dict())))


def _held(prefix: str, on: date) -> Q:
    """Hold for affiliations that cover the day, or ended within the time that is looked back."""
    since = on - LOOKS_BACK
    return Q(**{f"{prefix}__starts_on__lte": on}) & (
        Q(**{f"{prefix}__ends_on": None}) | Q(**{f"{prefix}__ends_on__gt": since})
    )


def _reviewers(sitting: QuerySet[Panelist], on: date) -> _Side:
    side = _Side()
    people = sitting.values_list("pk", "person_id", "person__email", "person__account__email", "person__name")
    for panelist, person, address, sign_in, name in people.order_by("pk"):
        side.persons[person].add(panelist)
        for one in {address, sign_in} - {"", None}:
            side.addresses[one.casefold()].add(panelist)
        for said in name.as_dict().values():
            side.names[_folded(said)].add(panelist)
    _fill_places(side, sitting, "person__affiliations", "pk", on)
    return side


def _judged(named: QuerySet[ItemPerson], on: date) -> _Side:
    side = _Side()
    people = named.values_list(
        "item_id", "person_id", "email", "person__email", "name", "institution_id", "institution__name"
    )
    for item, person, address, known, name, institution, called in people.order_by("pk"):
        if person is not None:
            side.persons[person].add(item)
        for one in {address, known} - {"", None}:
            side.addresses[one.casefold()].add(item)
        side.names[_folded(name)].add(item)
        if institution is not None:
            side.institutions[institution].add(item)
            side.called[institution] = called
    _fill_places(side, named, "person__affiliations", "item_id", on)
    return side


def _fill_places(side: _Side, rows: QuerySet[Panelist] | QuerySet[ItemPerson], path: str, key: str, on: date) -> None:
    """Note the institutions that people belong to, or lately did."""
    places = (
        rows.filter(_held(path, on)).order_by().values_list(key, f"{path}__institution", f"{path}__institution__name")
    )
    for one, institution, called in places.distinct():
        side.institutions[institution].add(one)
        side.called[institution] = called


def _folded(name: str) -> str:
    return " ".join(name.casefold().split())


def _pairs(panelists: Iterable[int], items: Iterable[int], kind: ConflictKind, reason: Bilingual) -> Iterator[Clash]:
    held = list(items)
    for panelist in panelists:
        for item in held:
            yield Clash(panelist, item, kind, reason)


def _same_institution(reviewers: _Side, judged: _Side) -> Iterator[Clash]:
    for institution, panelists in reviewers.institutions.items():
        called = Bilingual.of(reviewers.called[institution])
        items = judged.institutions.get(institution, ())
        yield from _pairs(panelists, items, ConflictKind.SAME_INSTITUTION, called)


def _same_person(reviewers: _Side, judged: _Side) -> Iterator[Clash]:
    kind, nothing = ConflictKind.SAME_PERSON, Bilingual()
    for person, panelists in reviewers.persons.items():
        yield from _pairs(panelists, judged.persons.get(person, ()), kind, nothing)
    for address, panelists in reviewers.addresses.items():
        yield from _pairs(panelists, judged.addresses.get(address, ()), kind, nothing)


def _together(reviewers: _Side, judged: _Side) -> Iterator[Clash]:
    """Yield those who are named with somebody of an item on another item, of whichever panel."""
    shared = ItemPerson.objects.filter(person__in=reviewers.persons, item__people__person__in=judged.persons)
    rows = shared.order_by().values_list("person_id", "item__people__person_id").distinct()
    for one, other in rows:
        if one != other:
            panelists, items = reviewers.persons[one], judged.persons[other]
            yield from _pairs(panelists, items, ConflictKind.CO_APPLICANT, Bilingual())


def _related(reviewers: _Side, judged: _Side, on: date) -> Iterator[Clash]:
    """Yield declared relations, whichever of the two declared them."""
    holds = Q(until_on=None) | Q(until_on__gt=on)
    theirs = Relation.objects.filter(holds, person__in=reviewers.persons)
    ours = Relation.objects.filter(holds, person__in=judged.persons)
    for one, its_side, other_side, is_reviewer in (
        *((row, reviewers, judged, True) for row in theirs),
        *((row, judged, reviewers, False) for row in ours),
    ):
        ends = its_side.persons[one.person_id], _meant(one, other_side)
        panelists, items = ends if is_reviewer else ends[::-1]
        is_paper = one.kind == RelationKind.CO_AUTHOR
        kind = ConflictKind.CO_AUTHOR if is_paper else ConflictKind.RELATION
        yield from _pairs(panelists, items, kind, _relation_words(one))


def _meant(relation: Relation, side: _Side) -> set[int]:
    """Return whom a relation means: the person, else who has the address, else, without one, the name."""
    if relation.other_id is not None:
        return set(side.persons.get(relation.other_id, ()))
    if relation.other_email:
        return set(side.addresses.get(relation.other_email.casefold(), ()))
    return set(side.names.get(_folded(relation.other_name), ()))


def _relation_words(relation: Relation) -> Bilingual:
    """Return the kind of a relation in both languages; who it is with is not told on."""
    sides = []
    for language in LANGUAGES:
        with override(language):
            sides.append(str(RelationKind(relation.kind).label))
    return Bilingual(*sides)


def names_of(items: Collection[Item]) -> dict[int, list[str]]:
    """Return the names that stand on items, by item; one query."""
    found: dict[int, list[str]] = defaultdict(list)
    for item, name in ItemPerson.objects.filter(item__in=items).order_by("pk").values_list("item_id", "name"):
        found[item].append(name)
    return found
