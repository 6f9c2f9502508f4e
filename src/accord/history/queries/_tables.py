"""Which tables the history is kept in, and how a row of theirs becomes bytes to hash."""

from collections.abc import Iterator

import pghistory.models
from django.apps import apps
from django.db import connection, models

CONTEXTS = "pghistory_context"
GUARDED = ("history_seal", "history_sealpart", CONTEXTS)
"""Tables beside the events' own in which nothing is changed or deleted."""

LEAF = """
    SELECT e.pgh_id, sha256(convert_to(to_jsonb(ARRAY[{columns}, c.metadata::text])::text, 'UTF8'))
    FROM {table} e LEFT JOIN pghistory_context c ON c.id = e.pgh_context_id
    WHERE {where} ORDER BY e.pgh_id"""
"""One event: the text of each column in order, then who and by which request, as a JSON array; its SHA-256."""

FIXED_TEXT = """
    SET LOCAL TimeZone = 'UTC'; SET LOCAL DateStyle = 'ISO, YMD'; SET LOCAL IntervalStyle = 'postgres';
    SET LOCAL extra_float_digits = 1; SET LOCAL bytea_output = 'hex'"""
"""What decides how PostgreSQL writes a value as text."""

EventModel = type[pghistory.models.Event]


def event_models() -> list[EventModel]:
    """Return every model in which the database keeps what happened to Accord's records, by table."""
    every = (model for model in apps.get_models() if issubclass(model, pghistory.models.Event))
    ours = [model for model in every if model.__module__.startswith("accord.")]
    return sorted(ours, key=table_of)


def tracked_models() -> Iterator[tuple[type[models.Model], EventModel]]:
    """Yield each audited model with the model of its events."""
    for events in event_models():
        tracked: type[models.Model] = vars(events)["pgh_tracked_model"]  # None only in its base, says the package
        yield tracked, events


def table_of(model: type[models.Model]) -> str:
    """Return a model's table."""
    return str(model._meta.db_table)  # noqa: SLF001 (Django's public name for it)


def event_tables() -> list[str]:
    """Return the tables of all events, sorted."""
    return [table_of(model) for model in event_models()]


def unguarded_tables() -> list[str]:
    """Return the tables of the history in which the database would let somebody change or delete a row."""
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT c.relname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
               JOIN pg_proc p ON p.oid = t.tgfoid WHERE p.proname = 'history_keep' AND t.tgenabled = 'A'
               AND c.relnamespace = current_schema()::regnamespace GROUP BY c.relname HAVING count(*) = 2"""
        )
        guarded = {str(row[0]) for row in cursor.fetchall()}
    return sorted({*event_tables(), *GUARDED} - guarded)


def columns_of(table: str) -> list[str]:
    """Return the columns of a table as the database has them, sorted."""
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT attname FROM pg_attribute
               WHERE attrelid = to_regclass(%s) AND attnum > 0 AND NOT attisdropped ORDER BY attname COLLATE "C" """,
            [quoted(table)],
        )
        return [str(row[0]) for row in cursor.fetchall()]


def quoted(name: str) -> str:
    """Return a name of the database, quoted for SQL."""
    return connection.ops.quote_name(name)


def leaf_statement(table: str, columns: list[str], where: str) -> str:
    """Return the statement that gives number and hash of each event; `where` speaks of the event as `e`."""
    texts = ", ".join(f"e.{quoted(column)}::text" for column in columns)
    return LEAF.format(columns=texts, table=quoted(table), where=where)
