"""Items: put before a panel with the people they concern, and withdrawn."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accord.kernel.text import Bilingual
from accord.people.queries import Institution, Person
from accord.review.enums import ConcernedKind
from accord.review.models import Assignment, Item, ItemPerson, Panel
from accord.review.operations._conflicts import record_clashes
from accord.review.operations._panels import locked
from accord.review.operations._refused import CodeTaken, refuse_closed
from accord.review.operations._release import set_free
from accord.review.queries import clashes

WITHDRAWN = Bilingual("The item was withdrawn.", "评审对象已撤回。")
NAME_ROOM = 200


@dataclass(frozen=True, slots=True)
class Concerned:
    """Somebody whom an item concerns: known here, or by name and address alone."""

    person: Person | None = None
    name: str = ""
    email: str = ""
    institution: Institution | None = None
    kind: str = ConcernedKind.APPLICANT


@transaction.atomic
def put_item(
    *,
    panel: Panel,
    record: str,
    code: str,
    title: Bilingual | str,
    topics: str,
    people: Sequence[Concerned],
    by: Person,
    at: datetime,
) -> Item:
    """Put a record before a panel under a neutral code, and find who must not judge it.

    Put again it is brought up to date, and comes back if it was withdrawn; the same again changes nothing. Raises
    `PanelClosed` and `CodeTaken`.
    """
    held = locked(panel)
    refuse_closed(held)
    item = Item.objects.select_for_update(of=("self",)).filter(panel=held, record=record).first()
    if Item.objects.filter(panel=held, code=code).exclude(record=record).exists():
        raise CodeTaken(_("Another item of the panel has the code %(code)s.") % {"code": code}, field="code")
    facts = {"code": code, "title": Bilingual.of(title), "topics": topics.strip()}
    item = _kept(held, record, facts, item, by, at)
    if _set_people(item, people) or item.put_at == at:
        record_clashes(clashes(held, on=at.date(), items=[item.pk]), at=at)
    return item


def _kept(panel: Panel, record: str, facts: dict[str, object], item: Item | None, by: Person, at: datetime) -> Item:
    if item is None:
        return Item.objects.create(panel=panel, record=record, put_at=at, put_by=by, **facts)
    if item.withdrawn_at is None and all(getattr(item, name) == value for name, value in facts.items()):
        return item
    for name, value in facts.items():
        setattr(item, name, value)
    if item.withdrawn_at is not None:
        item.withdrawn_at = item.withdrawn_by = None
        item.put_at, item.put_by = at, by
    item.version += 1
    item.save()
    return item


def _set_people(item: Item, people: Sequence[Concerned]) -> bool:
    """Keep whom an item concerns; say whether that changed."""
    wanted = [_row(one) for one in people]
    before = ItemPerson.objects.filter(item=item).order_by("pk")
    if list(before.values_list("person", "name", "email", "institution", "kind")) == wanted:
        return False
    before.delete()
    for person, name, email, institution, kind in wanted:
        ItemPerson.objects.create(
            item=item, person_id=person, name=name, email=email, institution_id=institution, kind=kind
        )
    return True


def _row(one: Concerned) -> tuple[int | None, str, str, int | None, str]:
    """Return somebody as the table keeps them."""
    name = one.name or (str(one.person.name) if one.person is not None else "")
    return (
        None if one.person is None else one.person.pk,
        name.strip()[:NAME_ROOM],
        one.email.strip(),
        None if one.institution is None else one.institution.pk,
        str(one.kind),
    )


@transaction.atomic
def withdraw_item(*, panel: Panel, record: str, by: Person, at: datetime) -> Item | None:
    """Take a record from before a panel; what was not submitted is released. Twice changes nothing.

    Returns None for a record that was never before the panel. A closed panel lets an item go as well: what is withdrawn
    is not decided on.
    """
    held = locked(panel)
    item = Item.objects.select_for_update(of=("self",)).filter(panel=held, record=record).first()
    if item is None or item.withdrawn_at is not None:
        return item
    item.withdrawn_at, item.withdrawn_by = at, by
    item.version += 1
    item.save(update_fields=["withdrawn_at", "withdrawn_by", "version"])
    rows = Assignment.objects.select_for_update(of=("self",)).filter(item=item, released_at=None)
    waiting = rows.exclude(review__submitted_at__isnull=False).order_by("pk")
    set_free(waiting, reason=WITHDRAWN, by=by, at=at)
    return item
