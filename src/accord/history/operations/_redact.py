"""Takes personal data out of the history of one record; the chain goes on proving everything else."""

from collections.abc import Collection
from datetime import datetime

from django.apps import apps
from django.db import connection, models, transaction

from accord.history.models import Redaction, SealPart
from accord.history.queries import FIXED_TEXT, columns_of, events_of, leaf_statement, quoted, table_of
from accord.kernel.text import BilingualField
from accord.people.queries import Person


@transaction.atomic
def redact_record(*, model: str, pk: int, fields: Collection[str], why: str, by: Person, at: datetime) -> int:
    """Empty some fields in every event of one record, for privacy alone; return how many events were changed.

    The record itself is the caller's to empty first. Each change is a `Redaction` with the hash before and after, so
    that `verify` accepts this one and no other. Doing it twice changes nothing.
    """
    events = events_of(apps.get_model(model))
    empty = {str(field.column): _empty(field) for field in events._meta.concrete_fields if field.name in set(fields)}  # noqa: SLF001 (Django's public name for it)
    with connection.cursor() as cursor:
        cursor.execute(FIXED_TEXT)
    touched = _numbers(table_of(events), pk, empty)
    for number in touched:
        _redact(table_of(events), number, empty, why=why, by=by, at=at)
    return len(touched)


def _numbers(table: str, pk: int, empty: dict[str, str]) -> list[int]:
    """Return the events that hold something in one of the columns."""
    holds = " OR ".join(f"{quoted(column)} IS DISTINCT FROM {value}" for column, value in empty.items())
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT pgh_id FROM {quoted(table)} WHERE pgh_obj_id = %s AND ({holds}) ORDER BY pgh_id FOR UPDATE",  # noqa: S608 - Accord's own tables and columns
            [pk],
        )
        return [int(row[0]) for row in cursor.fetchall()]


def _redact(table: str, number: int, empty: dict[str, str], *, why: str, by: Person, at: datetime) -> None:
    """Write why, then change the event: the database asks for the one before it allows the other."""
    sealed = SealPart.objects.filter(table=table, after__lt=number, until__gte=number).values_list("columns", flat=True)
    columns = sealed.first() or columns_of(table)
    statement = leaf_statement(table, columns, "e.pgh_id = %s")
    emptied = statement
    for column, value in empty.items():
        emptied = emptied.replace(f"e.{quoted(column)}::text", f"({value})::text")
    written = Redaction.objects.create(
        table=table,
        event=number,
        columns=sorted(empty),
        before=_hash(statement, number),
        after=_hash(emptied, number),
        why=why,
        transaction=_number("SELECT pg_current_xact_id()::text::bigint"),
        redacted_at=at,
        redacted_by=by,
    )
    settings = ", ".join(f"{quoted(column)} = {value}" for column, value in empty.items())
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('accord.redaction', %s, true)", [str(written.pk)])
        cursor.execute(f"UPDATE {quoted(table)} SET {settings} WHERE pgh_id = %s", [number])  # noqa: S608 - Accord's own tables and columns
        cursor.execute("SELECT set_config('accord.redaction', '', true)")


def _empty(field: models.Field) -> str:  # type: ignore[type-arg]  # any field will do
    """Return how a column is empty, in SQL."""
    if field.null:
        return "NULL"
    if isinstance(field, BilingualField | models.JSONField):
        return "'{}'::jsonb"
    if isinstance(field, models.CharField | models.TextField):
        return "''"
    raise TypeError(f"{field.name} holds no text and may not be empty")


def _hash(statement: str, number: int) -> str:
    with connection.cursor() as cursor:
        cursor.execute(statement, [number])
        return bytes(cursor.fetchone()[1]).hex()


def _number(statement: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return int(cursor.fetchone()[0])
