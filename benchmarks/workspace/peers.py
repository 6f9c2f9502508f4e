"""How others keep a space from being booked twice, statement by statement, and the tables that all of them write to.

Indico writes the occurrences, flushes, and then looks for overlaps in one READ COMMITTED transaction. Seatsurfing and
LibreBooking look first and write then, each in a transaction of its own. Both are replayed on a table with the same
columns, checks, foreign keys and other indexes as ours, with a btree over space, start and end where ours has its
constraint; so what differs is how a clash is found.
"""

from collections.abc import Sequence

import psycopg

PLAIN = "bench_plain"
TABLE = f"""
    CREATE TABLE {PLAIN} (LIKE workspace_occurrence INCLUDING DEFAULTS INCLUDING CONSTRAINTS INCLUDING IDENTITY)
"""
FOREIGN_KEYS = """
    SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conrelid = 'workspace_occurrence'::regclass
       AND contype = 'f'
"""
INDEXES = """
    SELECT pg_get_indexdef(indexrelid) FROM pg_index WHERE indrelid = 'workspace_occurrence'::regclass
       AND NOT indisexclusion ORDER BY indexrelid
"""
BTREE = f"CREATE INDEX ON {PLAIN} (space_id, lower(during), upper(during))"

VALUES = """
    (space_id, kind, state, during, blocked, minutes, booking_id, sequence, note, is_simulated, made_at, made_by_id)
    VALUES (:room, 'booking', 'confirmed', tstzrange(:begins, :begins + interval '1 hour'),
            tstzrange(:begins, :begins + interval '1 hour'), 60, :booking, 0, '', false, now(), :person)
"""
INSERT = f"INSERT INTO {PLAIN} {VALUES};\n"
LOOK = f"""
    SELECT count(*) AS taken FROM {PLAIN}
     WHERE space_id = :room AND lower(during) < :begins + interval '1 hour' AND upper(during) > :begins
       AND state IN ('confirmed', 'attended') \\gset
"""
LOOK_THEN_WRITE = f"{LOOK}\\if :taken = 0\n{INSERT}\\endif\n"
WRITE_THEN_LOOK = f"BEGIN;\n{INSERT}{LOOK}\\if :taken = 1\nCOMMIT;\n\\else\nROLLBACK;\n\\endif\n"
METHODS = {"plain": INSERT, "look-then-write": LOOK_THEN_WRITE, "write-then-look": WRITE_THEN_LOOK}
"""The unconstrained insert, what Seatsurfing and LibreBooking do, and what Indico does."""

OVERLAPS = """
    SELECT count(*) FROM {table} one JOIN {table} other ON one.space_id = other.space_id AND one.id < other.id
       AND one.blocked && other.blocked
     WHERE one.state IN ('confirmed', 'attended') AND other.state IN ('confirmed', 'attended')
"""


def make_plain(connection: psycopg.Connection) -> None:
    """Will make the table without our constraint and triggers."""
    connection.execute(TABLE)
    for (index,) in connection.execute(INDEXES).fetchall():
        head, _on, rest = index.partition(" ON public.workspace_occurrence ")
        unique = "UNIQUE " if "UNIQUE" in head else ""
        connection.execute(f"CREATE {unique}INDEX ON {PLAIN} {rest}")
    for (key,) in connection.execute(FOREIGN_KEYS).fetchall():
        connection.execute(f"ALTER TABLE {PLAIN} ADD {key}")
    connection.execute(BTREE)


def double_bookings(connection: psycopg.Connection, table: str) -> int:
    """Will count the pairs of dates that hold the same space at the same time."""
    row: Sequence[int] | None = connection.execute(OVERLAPS.format(table=table)).fetchone()
    return row[0] if row else 0
