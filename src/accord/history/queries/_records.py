"""Records beside their history: what was written while no trigger looked."""

from collections.abc import Iterator

from django.db import connection, models

from accord.history.queries._tables import EventModel, quoted, table_of, tracked_models

MOST = 20


def unwritten_records() -> Iterator[tuple[str, int]]:
    """Yield table and key of each record that is there, is gone, or reads otherwise than its last event says."""
    for model, events in tracked_models():
        with connection.cursor() as cursor:
            cursor.execute(_statement(model, events))
            rows = cursor.fetchall()
        for (pk,) in rows:
            yield table_of(model), pk


def _statement(model: type[models.Model], events: EventModel) -> str:
    """Return the statement that finds them; one look at each table, so that a write in progress is seen whole."""
    own = {field.name for field in model._meta.concrete_fields}  # noqa: SLF001 (Django's public name for it)
    shared = [str(field.column) for field in events._meta.concrete_fields if field.name in own]  # noqa: SLF001 (Django's public name for it)
    pk = quoted(str(model._meta.pk.column))  # noqa: SLF001 (Django's public name for it)
    here = ", ".join(f"r.{quoted(column)}" for column in shared)
    there = ", ".join(f"e.{quoted(column)}" for column in shared)
    first = "OR e.pgh_id IS NULL" if "insert" in vars(model)["pgh_event_models"] else ""
    return f"""
        SELECT coalesce(r.{pk}, e.pgh_obj_id) FROM {quoted(table_of(model))} r FULL JOIN (
            SELECT * FROM (
                SELECT DISTINCT ON (pgh_obj_id) * FROM {quoted(table_of(events))} ORDER BY pgh_obj_id, pgh_id DESC
            ) last WHERE pgh_label <> 'delete'
        ) e ON e.pgh_obj_id = r.{pk}
        WHERE r.{pk} IS NULL {first} OR (e.pgh_id IS NOT NULL AND ROW({here}) IS DISTINCT FROM ROW({there}))
        ORDER BY 1 LIMIT {MOST}"""  # noqa: S608 - Accord's own tables and columns
