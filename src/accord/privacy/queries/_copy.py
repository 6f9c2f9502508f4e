"""Everything that is kept of one person, table by table, as plain values; secrets are left out.

Rows of the person come with what the history keeps of them; rows that the person only wrote or decided come as they
are. Other people appear in them as numbers.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import IO, Any
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db.models import Field, Model, QuerySet
from psycopg.types.range import Range

from accord.files.queries import Attachment
from accord.kernel.text import Bilingual
from accord.privacy.queries._rows import Table, Who, is_secret, rows_of, tables

PIECE = 500
CHUNK = 1 << 18
Plain = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table of a copy: what it holds of the person, and why it is kept."""

    table: Table
    rows: tuple[Plain, ...]
    history: tuple[Plain, ...]


def sheets_of(who: Who) -> Iterator[Sheet]:
    """Yield one sheet for each table that may hold rows of people, also where it has none; a few queries each."""
    for table in sorted(tables().values(), key=lambda one: one.label):
        rows = rows_of(table, who, also_marks=True)
        own = rows_of(table, who, also_marks=False)
        yield Sheet(
            table=table,
            rows=tuple(_plain_row(table, row) for row in rows.iterator(chunk_size=PIECE)),
            history=tuple(_history(table, own)),
        )


def sheet_count() -> int:
    """Return how many sheets a copy has."""
    return len(tables())


def files_of(who: Who) -> QuerySet[Attachment]:
    """Return the files that the person attached and those that stand at their entry, whose bytes are there."""
    rows = rows_of(tables()["files.Attachment"], who, also_marks=True)
    found: QuerySet[Attachment] = rows.filter(removed_at=None, blob__swept_at=None).select_related("blob")
    return found


def _history(table: Table, own: QuerySet[Any]) -> Iterator[Plain]:
    """Yield what the history keeps of the person's own rows."""
    for events in {*getattr(table.model, "pgh_event_models", {}).values()}:
        found = events._base_manager.filter(pgh_obj__in=own.order_by().values("pk")).order_by("pk")  # noqa: SLF001 (Django's public name for it)
        for row in found.iterator(chunk_size=PIECE):
            yield _plain_row(table, row)


def _plain_row(table: Table, row: Model) -> Plain:
    """Return a row's columns by name as JSON holds them, without those that open something."""
    return {
        field.name: _plain(getattr(row, field.attname), field)
        for field in row._meta.concrete_fields  # noqa: SLF001 (Django's public name for it)
        if not is_secret(table, field.name)
    }


def _plain(value: Any, field: Field) -> Any:  # type: ignore[type-arg]  # any field will do
    if isinstance(value, Bilingual):
        return value.as_dict()
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if isinstance(value, Decimal | UUID | timedelta | Range):
        return str(value)
    if isinstance(value, memoryview | bytes):
        return bytes(value).hex()
    if isinstance(value, list) and isinstance(field, ArrayField):
        return [_plain(one, field.base_field) for one in value]
    return value


def digest_of_file(content: IO[bytes]) -> str:
    """Return the SHA-256 of the bytes; leaves the file at its start."""
    content.seek(0)
    digest = hashlib.sha256()
    while chunk := content.read(CHUNK):
        digest.update(chunk)
    content.seek(0)
    return digest.hexdigest()
