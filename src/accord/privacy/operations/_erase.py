"""Erases people, and lays their data aside.

What is personal goes from every table that was declared to hold it, and from the history of those rows by the one door
that the history has for it (`history.operations.redact_record`), so that the sealed chain goes on proving all else. The
rows that agreements and counts rest on stay; they lead to a number.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from accord.files import operations as files
from accord.history import operations as history
from accord.kernel.refused import Refused
from accord.kernel.retention import Erasure, RetentionClass
from accord.kernel.text import Bilingual, BilingualField
from accord.outbox.enums import DeliveryState
from accord.people import operations as people
from accord.people.enums import PersonState
from accord.people.queries import Person
from accord.privacy.enums import CopyState
from accord.privacy.models import PersonalCopy, SetAside
from accord.privacy.queries import Table, Who, classes, concerns_nobody_else, count_rows, rows_of, tables, who_is

NOT_LEFT = (DeliveryState.HELD, DeliveryState.QUEUED, DeliveryState.SENDING, DeliveryState.FAILED)
PERSON, FILES, DELIVERIES = "people.Person", "files.Attachment", "outbox.Delivery"


class NothingAside(Refused):
    """Nothing of the person was laid aside, so nothing can be given back."""

    code = "nothing-aside"
    status = 409


@dataclass(frozen=True, slots=True)
class Kept:
    """What stays of a person in one retention class: how many rows, and until when at least."""

    kind: RetentionClass
    rows: int
    until: date

    def as_dict(self) -> dict[str, Any]:
        """Return it as an answer keeps it."""
        return {"class": self.kind.value, "rows": self.rows, "until": self.until.isoformat()}


@dataclass(frozen=True, slots=True)
class _Share:
    """The rows of one table that are the person's, chosen before anything is changed."""

    table: Table
    keys: tuple[Any, ...]


@transaction.atomic
def erase(*, person: Person, why: str, by: Person, at: datetime) -> list[Kept]:
    """Erase a person: names, addresses, account, tools and messages go, what law or contract keeps stays and is named.

    Counts stay as they are. Twice changes nothing and names the same. Raises `LastSteward`, `NoHumanBeing` and
    `MergedAway`; then nothing is done.
    """
    held = Person.objects.select_for_update().get(pk=person.pk)
    who = who_is(held)
    if held.state == PersonState.ERASED:
        return kept_of(who, at=at)
    shares = _shares(who)
    _take_files_away(shares, by=by, at=at)
    _call_letters_off(shares)
    PersonalCopy.objects.filter(person__in=who.persons, state=CopyState.READY).update(expires_at=at)
    for pk in who.persons:
        _redact(tables()[PERSON], (pk,), why=why, by=by, at=at)
    people.erase_person(person=held, by=by, at=at)
    for share in shares:
        if share.table.declared.erasure == Erasure.DELETE:
            _delete(share, why=why, by=by, at=at)
        else:
            _empty(share, why=why, by=by, at=at)
    return kept_of(who, at=at)


@transaction.atomic
def restrict(*, person: Person, why: str, by: Person, at: datetime) -> SetAside | None:
    """Lay a person's data aside: stored, and shown, searched and written to no more. Twice changes nothing.

    Raises what `people.operations.restrict_person` does.
    """
    facts = people.restrict_person(person=person, by=by, at=at)
    if not facts:
        return SetAside.objects.filter(person=person).first()
    return SetAside.objects.create(person=person, facts=facts, set_aside_at=at, set_aside_by=by, why=why)


@transaction.atomic
def lift_restriction(*, person: Person, by: Person, at: datetime) -> Person:
    """Use a person's data again as it was. Raises `NothingAside`, and what `people.lift_restriction` does."""
    aside = SetAside.objects.select_for_update().filter(person=person).first()
    if aside is None:
        raise NothingAside(_("Nothing of this person was laid aside. There is nothing to lift."))
    lifted = people.lift_restriction(person=person, facts=aside.facts, by=by, at=at)
    aside.delete()
    return lifted


def kept_of(who: Who, *, at: datetime) -> list[Kept]:
    """Return what stays of a person, by class, with the day until which it stays at least."""
    rows: dict[RetentionClass, int] = {}
    for label, number in count_rows(who).items():
        kind = tables()[label].declared.kind
        rows[kind] = rows.get(kind, 0) + number
    return [
        Kept(kind, rows[kind], _years_after(at.date(), words.years))
        for kind, words in classes().items()
        if kind in rows and words.years
    ]


def _years_after(day: date, years: int) -> date:
    """Return the same day some years later; the last of February stays the last."""
    last = 28 if (day.month, day.day) == (2, 29) else day.day
    return date(day.year + years, day.month, last)


def _shares(who: Who) -> list[_Share]:
    """Return the rows that erasing changes, by table; chosen at once, since one table says whose another's are."""
    found = []
    for table in tables().values():
        if table.label == PERSON or table.declared.erasure == Erasure.KEEP or not table.declared.is_of_people:
            continue
        rows = rows_of(table, who, also_marks=False)
        if table.declared.alone:
            rows = concerns_nobody_else(rows, table.declared, who)
        found.append(_Share(table, tuple(rows.values_list("pk", flat=True))))
    return [share for share in found if share.keys]


def _take_files_away(shares: Iterable[_Share], *, by: Person, at: datetime) -> None:
    """Take the files away that stand at the person's own entry; their bytes are swept a month later."""
    for share in shares:
        if share.table.label == FILES:
            for attachment in _rows(share):
                files.remove_file(attachment=attachment, by=by, at=at)


def _call_letters_off(shares: Iterable[_Share]) -> None:
    """Call off what has not left yet."""
    for share in shares:
        if share.table.label == DELIVERIES:
            _rows(share).filter(state__in=NOT_LEFT).update(state=DeliveryState.CANCELLED)


def _rows(share: _Share) -> models.QuerySet[Any]:
    """Return the rows of a share, whatever the model's own manager hides."""
    return share.table.model._base_manager.filter(pk__in=share.keys)  # noqa: SLF001 (Django's public name for it)


def _delete(share: _Share, *, why: str, by: Person, at: datetime) -> None:
    """Delete the rows, then take what they said out of their history."""
    _rows(share).delete()
    _redact(share.table, share.keys, why=why, by=by, at=at)


def _empty(share: _Share, *, why: str, by: Person, at: datetime) -> None:
    """Take what is personal out of the rows' history, then out of the rows; the last event agrees with the row."""
    _redact(share.table, share.keys, why=why, by=by, at=at)
    columns = _nothing(share.table)
    if columns:
        _rows(share).update(**columns)


def _nothing(table: Table) -> Mapping[str, Any]:
    """Return what stands in each personal column afterwards."""
    columns = {name: table.model._meta.get_field(name) for name in table.declared.personal}  # noqa: SLF001 (Django's public name for it)
    return {name: table.declared.instead.get(name, _empty_value(column)) for name, column in columns.items()}


def _empty_value(column: Any) -> Any:
    """Return how a column is empty: as the history empties it."""
    if column.null:
        return None
    if isinstance(column, BilingualField):
        return Bilingual()
    return {} if isinstance(column, models.JSONField) else ""


def _redact(table: Table, keys: Iterable[Any], *, why: str, by: Person, at: datetime) -> None:
    """Take the personal columns out of the history of some rows, where they have one that keeps such columns."""
    events = getattr(table.model, "pgh_event_models", {}).values()
    kept = {field.name for one in events for field in one._meta.concrete_fields}  # noqa: SLF001 (the same)
    columns = [name for name in table.declared.personal if name in kept]
    for key in keys if columns else ():
        history.redact_record(model=table.label, pk=key, fields=columns, why=why, by=by, at=at)
