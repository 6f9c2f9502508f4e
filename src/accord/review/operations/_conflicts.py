"""Conflicts of interest: found in the records, declared, entered by the office, and lifted for a reason."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accord.kernel.text import Bilingual
from accord.people.queries import Person
from accord.review.enums import ConflictKind, ConflictSource, RelationKind
from accord.review.models import Assignment, Conflict, Item, Panel, Panelist, Relation
from accord.review.operations._panels import locked
from accord.review.operations._refused import NotServing, OwnConflict, ReasonMissing, reasoned, refuse_closed
from accord.review.queries import Clash, clashes

FOUND = Bilingual("A conflict of interest was found.", "发现利益冲突。")
"""Why an assignment was released; what the conflict rests on is told to nobody but the office."""


@transaction.atomic
def find_conflicts(*, panel: Panel, at: datetime) -> int:
    """Look for conflicts of everybody with everything on a panel again; return how many are new.

    One that the office lifted stays lifted while it rests on the same.
    """
    held = locked(panel)
    return record_clashes(clashes(held, on=at.date()), at=at)


def record_clashes(found: Sequence[Clash], *, at: datetime) -> int:
    """Keep conflicts that were not known, lifted ones included; the panel must be locked. Return how many are new."""
    if not found:
        return 0
    people, items = {one.panelist for one in found}, {one.item for one in found}
    known = {
        (*_key(one), _plain(one.reason)) if one.lifted_at else _key(one)
        for one in Conflict.objects.filter(panelist__in=people, item__in=items)
    }
    count = 0
    for one in found:
        key = (one.panelist, one.item, one.kind)
        if key in known or (*key, _plain(one.reason)) in known:
            continue
        known.add(key)
        _let_go(one.panelist, one.item, at=at)
        Conflict.objects.create(
            panelist_id=one.panelist,
            item_id=one.item,
            kind=one.kind,
            source=ConflictSource.COMPUTED,
            reason=one.reason,
            found_at=at,
        )
        count += 1
    return count


def _key(conflict: Conflict) -> tuple[int, int, str]:
    return conflict.panelist_id, conflict.item_id, conflict.kind


def _plain(reason: Bilingual) -> tuple[str, str]:
    return reason.en, reason.zh_hans


def _let_go(panelist: int, item: int, *, at: datetime, by: Person | None = None) -> None:
    """Release the reviewer's assignment to the item, if it stands; the database refuses a conflict otherwise."""
    rows = Assignment.objects.select_for_update(of=("self",)).filter(panelist=panelist, item=item, released_at=None)
    for one in rows.select_related("item__panel"):
        one.released_at, one.released_by = at, by or one.assigned_by
        one.release_reason, one.is_locked = FOUND, False
        one.version += 1
        one.save(update_fields=["released_at", "released_by", "release_reason", "is_locked", "version"])


@transaction.atomic
def declare_conflict(*, panelist: Panelist, item: Item, reason: str, by: Person, at: datetime) -> Conflict:
    """Keep that a reviewer says they must not judge an item; they are taken off it. Twice changes nothing.

    Raises `NotServing` for an item of another panel, `PanelClosed`.
    """
    panel = locked(item.panel)
    refuse_closed(panel)
    return _enter(panelist, item, _Why(ConflictKind.DECLARED, ConflictSource.DECLARED, reason.strip()), by, at)


@transaction.atomic
def enter_conflict(*, panelist: Panelist, item: Item, reason: str, by: Person, at: datetime) -> Conflict:
    """Keep that the office knows of a conflict; as `declare_conflict`. Raises `ReasonMissing` as well."""
    panel = locked(item.panel)
    refuse_closed(panel)
    return _enter(panelist, item, _Why(ConflictKind.BY_OFFICE, ConflictSource.OFFICE, reasoned(reason)), by, at)


@dataclass(frozen=True, slots=True)
class _Why:
    """What a conflict that somebody entered rests on."""

    kind: ConflictKind
    source: ConflictSource
    reason: str


def _enter(panelist: Panelist, item: Item, why: _Why, by: Person, at: datetime) -> Conflict:
    held = Panelist.objects.select_for_update(of=("self",), no_key=True).get(pk=panelist.pk)
    if held.panel_id != item.panel_id or held.removed_at is not None:
        raise NotServing(_("This person is not on the panel of %(code)s.") % {"code": item.code})
    standing = Conflict.objects.filter(panelist=held, item=item, kind=why.kind, lifted_at=None).first()
    if standing is not None:
        return standing
    _let_go(held.pk, item.pk, at=at, by=by)
    said = Bilingual(why.reason, why.reason)
    return Conflict.objects.create(panelist=held, item=item, kind=why.kind, source=why.source, reason=said, found_at=at)


@transaction.atomic
def declare_none(*, panelist: Panelist, by: Person, at: datetime) -> Panelist:
    """Keep that a reviewer stated their conflicts, and that there are no others; from now on files open.

    Said again it counts from the new moment, since items may have come since. Raises `PanelClosed` and `NotServing`.
    """
    del by
    panel = locked(panelist.panel)
    refuse_closed(panel)
    held = Panelist.objects.select_for_update(of=("self",), no_key=True).get(pk=panelist.pk)
    if held.removed_at is not None or held.accepted_at is None:
        raise NotServing(_("Accept the invitation to the panel first."))
    if held.stated_at == at:
        return held
    held.stated_at = at
    held.version += 1
    held.save(update_fields=["stated_at", "version"])
    return held


@transaction.atomic
def lift_conflict(*, conflict: Conflict, reason: str, by: Person, at: datetime) -> Conflict:
    """Lift a conflict for a reason. Twice changes nothing. Raises `OwnConflict`, `ReasonMissing`, `PanelClosed`."""
    panel = locked(conflict.item.panel)
    held = Conflict.objects.select_for_update(of=("self",)).select_related("panelist", "item").get(pk=conflict.pk)
    if held.lifted_at is not None:
        return held
    refuse_closed(panel)
    if held.panelist.person_id == by.pk:
        raise OwnConflict(_("Nobody lifts a conflict of their own. Ask the office or the chair."))
    held.lift_reason = reasoned(reason)
    held.lifted_at, held.lifted_by = at, by
    held.save(update_fields=["lift_reason", "lifted_at", "lifted_by"])
    return held


@transaction.atomic
def declare_relation(
    *,
    person: Person,
    kind: str,
    by: Person,
    at: datetime,
    other: Person | None = None,
    other_name: str = "",
    other_email: str = "",
    note: str = "",
) -> Relation:
    """Keep that a person is related to somebody, and take them off what that keeps them from, on every open panel.

    The same again changes nothing. Raises `ReasonMissing` where nobody is named.
    """
    name, email = " ".join(other_name.split()), other_email.strip()
    if other is None and not name and not email:
        raise ReasonMissing(_("Say to whom: a name, or better an email address."), field="other_name")
    facts = {
        "person": person,
        "kind": RelationKind(kind),
        "other": other,
        "other_name": name,
        "other_email": email,
    }
    known = Relation.objects.filter(**facts, until_on=None).first()
    if known is not None:
        return known
    relation = Relation.objects.create(**facts, note=note.strip(), declared_at=at, declared_by=by)
    _look_again(_panels_of_person(person), at)
    return relation


@transaction.atomic
def end_relation(*, relation: Relation, by: Person, at: datetime) -> Relation:
    """Keep that a relation no longer counts; conflicts that it made stand until the office lifts them."""
    del by
    held = Relation.objects.select_for_update(of=("self",)).get(pk=relation.pk)
    if held.until_on is None:
        held.until_on = at.date()
        held.save(update_fields=["until_on"])
    return held


def _panels_of_person(person: Person) -> list[Panel]:
    """Return the open panels that a person sits on, or before which something of theirs is, by number."""
    sits = Panel.objects.filter(closed_at=None, panelists__person=person, panelists__removed_at=None)
    judged = Panel.objects.filter(closed_at=None, items__people__person=person)
    return sorted({*sits, *judged}, key=lambda one: one.pk)


def _look_again(panels: Iterable[Panel], at: datetime) -> None:
    for panel in panels:
        find_conflicts(panel=panel, at=at)
