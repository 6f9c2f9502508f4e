"""What a builder puts into an empty database, kept as a picture and put there again in a hundredth of the time."""

import copy
from collections.abc import Callable
from typing import Generic, TypeVar

from django.db import connection, transaction

Built = TypeVar("Built")
Table = tuple[str, str]
"""A table's name and its columns, as SQL writes them."""

TABLES = """
    SELECT c.oid::regclass::text,
           string_agg(quote_ident(a.attname), ', ' ORDER BY a.attnum),
           string_agg(format('quote_nullable(%I)', a.attname), ', ' ORDER BY a.attnum)
    FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
    WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace
      AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
    GROUP BY c.oid ORDER BY c.oid"""
FIT = """
    SELECT current_setting('is_superuser')::boolean
      AND NOT EXISTS (SELECT FROM people_institution) AND NOT EXISTS (SELECT FROM people_person)"""
BEGIN = "SET LOCAL session_replication_role = replica"
END = "SET LOCAL session_replication_role = origin"


class Picture(Generic[Built]):
    """The rows that `build` makes and what it returns; `show` gives both, each time as if built anew.

    The first call builds by the operations themselves, with every rule and trigger, and looks at what came of it.
    Later calls insert those very rows at once. Triggers rest meanwhile: what they wrote is in the picture. Where rows
    cannot be put back like that (some are there already, a test commits, the role may not), every call builds.
    """

    def __init__(self, build: Callable[[], Built]) -> None:
        """Keep how to build."""
        self._build = build
        self._taken: tuple[bytes, Built] | None = None

    def show(self) -> Built:
        """Put the rows into the database, and return the objects that belong to them, for the caller alone."""
        if not _is_fit():
            return self._build()
        if self._taken is None:
            self._taken = _take(self._build)
        script, built = self._taken
        with connection.cursor() as cursor:
            cursor.execute(script)
        return copy.deepcopy(built)


def _is_fit() -> bool:
    """Say whether rows can be put into the database: it is empty, and what is written will be taken back."""
    if not connection.in_atomic_block:
        return False
    with connection.cursor() as cursor:
        cursor.execute(FIT)
        return bool(cursor.fetchone()[0])


def _take(build: Callable[[], Built]) -> tuple[bytes, Built]:
    """Build, write down what was added, and take it back."""
    with transaction.atomic():
        before = _rows()
        built = build()
        connection.check_constraints()
        after = _rows()
        transaction.set_rollback(True)
    assert all(after[table][: len(rows)] == rows for table, rows in before.items()), "it changed what was there before"
    inserts = [_insert(table, rows[len(before[table]) :]) for table, rows in after.items()]
    return ";\n".join([BEGIN, *filter(None, inserts), END]).encode(), built


def _rows() -> dict[Table, list[str]]:
    """Return all rows of all tables, each as the literals that SQL would write, in the order they were added."""
    with connection.cursor() as cursor:
        cursor.execute(TABLES)
        tables = cursor.fetchall()
        found = {}
        for table, columns, literals in tables:
            cursor.execute(f"SELECT concat_ws(', ', {literals}) FROM {table} ORDER BY ctid")
            found[table, columns] = [row for (row,) in cursor.fetchall()]
    return found


def _insert(table: Table, rows: list[str]) -> str:
    name, columns = table
    values = ",\n".join(f"({row})" for row in rows)
    return f"INSERT INTO {name} ({columns}) OVERRIDING SYSTEM VALUE VALUES {values}" if rows else ""
