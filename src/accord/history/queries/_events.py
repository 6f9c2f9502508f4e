"""What the database wrote of a record and its parts, as it lies there; one statement for all of them."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.apps import apps
from django.db import connection, models

from accord.history.queries._tables import EventModel, quoted, table_of
from accord.kernel.chronicle import Chronicle, chronicle_of
from accord.kernel.records import RecordKind, record_kinds
from accord.kernel.refused import NotThere

MOST_EVENTS = 10_000
Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Kept:
    """One event: of which table and row, what it did, when, under which names, the row then and before."""

    model: type[models.Model]
    event: int
    pk: int
    label: str
    at: datetime
    told: Row
    now: Row
    before: Row | None

    @property
    def part(self) -> str:
        """Return the table's name in addresses."""
        return self.model._meta.label_lower  # noqa: SLF001 (Django's public name for it)


@dataclass(frozen=True, slots=True)
class Subject:
    """A record whose history is read: its kind, key, model and what its context says of it."""

    kind: RecordKind
    pk: int
    model: type[models.Model]
    chronicle: Chronicle

    @property
    def record(self) -> str:
        """Return the reference to it."""
        return f"{self.kind.kind}:{self.pk}"

    def tables(self) -> dict[type[models.Model], str]:
        """Return its own model and those of its parts, each with the column that holds the record's key."""
        found = {self.model: "pgh_obj_id"}
        for label, name in self.chronicle.parts.items():
            model = apps.get_model(label)
            found[model] = str(model._meta.get_field(name).column)  # noqa: SLF001 (Django's public name for it)
        return found


def subject_of(record: str) -> Subject:
    """Return what a reference is about. Raises `NotThere` where such records have no history."""
    kind, _colon, number = record.partition(":")
    known = record_kinds.get(kind)
    model = apps.get_model(known.model) if known else None
    if known is None or model is None or not getattr(model, "pgh_event_models", None):
        raise NotThere(f"no history here: {record}")
    return Subject(known, int(number), model, chronicle_of(kind))


def events_of(model: type[models.Model]) -> EventModel:
    """Return the model of a model's events."""
    found: EventModel = next(iter(vars(model)["pgh_event_models"].values()))
    return found


def kept_of(subject: Subject) -> list[Kept]:
    """Return what happened to a record and its parts, latest first."""
    pieces = [_piece(model, column) for model, column in subject.tables().items()]
    own = f"part = '{subject.model._meta.label}'"  # noqa: SLF001 (Django's public name for it)
    order = f"ORDER BY at DESC, {own} DESC, pgh_id DESC LIMIT {MOST_EVENTS}"
    return _read(f"SELECT * FROM ({' UNION ALL '.join(pieces)}) every_part {order}", subject)  # noqa: S608 - Accord's own tables


def standing_at(subject: Subject, moment: datetime) -> list[Kept]:
    """Return the last event up to a moment of the record and of each part that was there then."""
    pieces = [_last_piece(model, column) for model, column in subject.tables().items()]
    statement = f"SELECT * FROM ({' UNION ALL '.join(pieces)}) every_part WHERE label <> 'delete' ORDER BY part, pk"  # noqa: S608 - Accord's own tables
    return _read(statement, subject, moment)


def _piece(model: type[models.Model], column: str) -> str:
    window = "OVER (PARTITION BY e.pgh_obj_id ORDER BY e.pgh_id)"
    return f"""
        SELECT '{model._meta.label}' AS part, e.pgh_id, e.pgh_obj_id AS pk, e.pgh_label AS label,
            e.pgh_created_at AS at, c.metadata::text AS told, to_jsonb(e)::text AS row_now,
            lag(to_jsonb(e)::text) {window} AS row_before
        FROM {quoted(table_of(events_of(model)))} e LEFT JOIN pghistory_context c ON c.id = e.pgh_context_id
        WHERE e.{quoted(column)} = %s"""  # noqa: S608, SLF001 - Accord's own tables; Django's public name


def _last_piece(model: type[models.Model], column: str) -> str:
    return f"""
        SELECT * FROM (SELECT DISTINCT ON (e.pgh_obj_id) '{model._meta.label}' AS part, e.pgh_id, e.pgh_obj_id AS pk,
            e.pgh_label AS label, e.pgh_created_at AS at, c.metadata::text AS told, to_jsonb(e)::text AS row_now,
            NULL::text AS row_before
        FROM {quoted(table_of(events_of(model)))} e LEFT JOIN pghistory_context c ON c.id = e.pgh_context_id
        WHERE e.{quoted(column)} = %s AND e.pgh_created_at <= %s ORDER BY e.pgh_obj_id, e.pgh_id DESC) one_part"""  # noqa: S608, SLF001 - Accord's own tables; Django's public name


def _read(statement: str, subject: Subject, *more: datetime) -> list[Kept]:
    one: list[int | datetime] = [subject.pk, *more]
    values = one * len(subject.tables())
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return [_kept(*row) for row in cursor.fetchall()]


def _kept(part: str, event: int, pk: int, label: str, at: datetime, told: str, now: str, before: str | None) -> Kept:
    return Kept(
        model=apps.get_model(part),
        event=event,
        pk=pk,
        label=label,
        at=at,
        told=json.loads(told) if told else {},
        now=json.loads(now, parse_float=Decimal),
        before=json.loads(before, parse_float=Decimal) if before else None,
    )
