"""What happened to a record, in words: who, when, which field from what to what."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import models
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from accord.history.enums import Happened
from accord.history.queries._events import Kept, Row, Subject, kept_of, standing_at
from accord.history.queries._labels import column_words, table_words
from accord.kernel.refused import NotThere
from accord.kernel.text import Bilingual, BilingualField
from accord.people.queries import Account, Person
from accord.ui import say

Names = dict[tuple[type[models.Model], int], str]
MOST_EVENT = 2**63 - 1
NAMED_BY = ("name", "title", "label", "text", "key")


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field of an event: its words, and both values in words; `old` is empty where it was empty or unknown."""

    name: str
    label: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Change:
    """One event in words."""

    part: str
    event: int
    pk: int
    table: str
    thing: str
    happened: str
    at: datetime
    who: str
    for_whom: str
    request: str
    door: str
    fields: tuple[FieldChange, ...]

    @property
    def day(self) -> date:
        """Return the day it happened, in UTC."""
        return self.at.date()


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a history: an event, and one field of it where it changed fields."""

    change: Change
    field: str
    old: str
    new: str

    @property
    def key(self) -> str:
        """Return what tells it from every other line of the history; of one table the latest comes first."""
        return f"{MOST_EVENT - self.change.event:019} {self.change.part} {self.field}"


@dataclass(frozen=True, slots=True)
class Then:
    """A row as it stood at a moment: its table's words, its own name, and its fields in words."""

    table: str
    thing: str
    fields: tuple[FieldChange, ...]


def history_of(subject: Subject) -> list[Change]:
    """Return what happened to a record and its parts, latest first; a fixed number of statements."""
    kept = kept_of(subject)
    names = _names(kept, subject)
    return [_change(one, subject, names) for one in kept]


def find_change(subject: Subject, part: str, event: int) -> Change:
    """Return one change of a record's history. Raises `NotThere`."""
    found = next((one for one in history_of(subject) if (one.part, one.event) == (part, event)), None)
    if found is None:
        raise NotThere(_("There is no such change in this history."))
    return found


def lines_of(changes: Iterable[Change]) -> list[Line]:
    """Return a line for each changed field; what was added or removed is one line."""
    lines: list[Line] = []
    for change in changes:
        if change.happened == Happened.UPDATE and change.fields:
            lines += [Line(change, one.label, one.old, one.new) for one in change.fields]
        else:
            lines.append(Line(change, str(Happened(change.happened).label), "", ""))
    return lines


def as_it_stood(subject: Subject, moment: datetime) -> list[Then]:
    """Return the record and its parts as Accord held them at a moment, the record first; none before it was there."""
    kept = standing_at(subject, moment)
    names = _names(kept, subject)
    kept.sort(key=lambda one: one.model is not subject.model)
    rows = [Then(table_words(one.model), _thing(one), tuple(_fields(one, subject, names, whole=True))) for one in kept]
    return rows if kept and kept[0].model is subject.model else []


def _change(one: Kept, subject: Subject, names: Names) -> Change:
    told = one.told
    for_whom = names.get((Person, told.get("for_person", 0)), "")
    return Change(
        part=one.part,
        event=one.event,
        pk=one.pk,
        table=table_words(one.model),
        thing=_thing(one),
        happened=one.label if one.label in Happened else Happened.INSERT.value,
        at=one.at,
        who=_who(told, names),
        for_whom=for_whom,
        request=str(told.get("request", "")),
        door=str(told.get("door", "")),
        fields=tuple(_fields(one, subject, names, whole=one.label != Happened.UPDATE)),
    )


def _who(told: Row, names: Names) -> str:
    """Return who wrote it: a person, by a link where it was so, or a command, a job, or a program past Accord."""
    person = names.get((Person, told.get("person", 0))) or names.get((Account, told.get("user", 0)))
    if person:
        return _("%(person)s, by a link") % {"person": person} if "link" in told else person
    for key, words in (("command", _("Command “%(name)s”")), ("job", _("Job “%(name)s”"))):
        if told.get(key):
            return words % {"name": told[key]}
    if "program" in told:
        return _("Database role %(role)s, past Accord's pages") % {"role": told.get("role", "")}
    return _("Somebody who was not signed in") if told else _("Not known")


def _fields(one: Kept, subject: Subject, names: Names, *, whole: bool) -> Iterator[FieldChange]:
    """Yield the fields that differ from before, or with `whole` all that hold something; never secret ones."""
    label = one.model._meta.label  # noqa: SLF001 (Django's public name for it)
    for field in one.model._meta.concrete_fields:  # noqa: SLF001 (Django's public name for it)
        column = str(field.column)
        if field.primary_key or column not in one.now or not subject.chronicle.shows(label, field.name):
            continue
        if field.name == "version" or column == subject.tables()[one.model]:
            continue  # the one counts the changes and is none, the other only says whose part it is
        now, before = one.now[column], (one.before or {}).get(column)
        if whole and now in (None, "", {}, []):
            continue
        if not whole and one.before is not None and now == before:
            continue
        old = "" if whole else _words(field, before, names)
        yield FieldChange(field.name, column_words(field), old, _words(field, now, names))


def _words(field: models.Field, value: Any, names: Names) -> str:  # type: ignore[type-arg]  # any field will do
    """Return a stored value as people say it."""
    if value is None or value in ("", {}, []):
        return ""
    if field.is_relation and field.related_model:
        return names.get((field.related_model, value), f"{value}")
    if isinstance(field, BilingualField):
        return " / ".join(Bilingual.of(value).as_dict().values())
    choices = dict(field.flatchoices) if field.choices else {}
    if not isinstance(value, dict | list) and value in choices:
        return str(choices[value])
    return _plain(field, value)


def _plain(field: models.Field, value: Any) -> str:  # type: ignore[type-arg]  # any field will do
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(field, models.DateTimeField):
        moment = parse_datetime(value)
        return say.moment(moment) if moment else str(value)
    if isinstance(field, models.DateField):
        return say.day(date.fromisoformat(value))
    if isinstance(value, int | float | Decimal):
        return say.count(value)
    return str(value)


def _thing(one: Kept) -> str:
    """Return the row's own name."""
    for name in NAMED_BY:
        value = one.now.get(name)
        if value:
            return str(Bilingual.of(value)) if isinstance(value, dict) else str(value)
    return str(one.pk)


def _names(kept: Sequence[Kept], subject: Subject) -> Names:
    """Return the names of everybody and everything that the events point at; a statement for each table."""
    own = subject.tables()
    wanted: dict[type[models.Model], set[int]] = {Person: set(), Account: set()}
    for one in kept:
        wanted[Person] |= {one.told[key] for key in ("person", "for_person") if key in one.told}
        wanted[Account] |= {one.told["user"]} if one.told.get("user") else set()
        for field in one.model._meta.concrete_fields:  # noqa: SLF001 (Django's public name for it)
            if isinstance(field, models.ForeignKey) and field.column != own.get(one.model):
                keys = {row[field.column] for row in (one.now, one.before or {}) if row.get(field.column)}
                wanted.setdefault(field.related_model, set()).update(keys)
    found: Names = {}
    for model, keys in wanted.items():
        rows = model._default_manager.in_bulk(list(keys)) if keys else {}  # noqa: SLF001 (Django's public name for it)
        found |= {(model, pk): _name(row) for pk, row in rows.items()}
    return found


def _name(row: models.Model) -> str:
    if isinstance(row, Account):
        return str(row.person.name)
    for name in NAMED_BY:
        value = getattr(row, name, "")
        if value:
            return str(value)
    return str(row)
