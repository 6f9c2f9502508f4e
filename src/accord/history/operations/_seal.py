"""Seals what happened: every minute a link that binds the last one and all events since.

Events are numbered when they are written and seen when their transaction commits, so a lower number may appear after
a higher one. What is sealed must never grow afterwards. Therefore the job seals in two steps:

1. It looks: for each table it notes the highest number it sees, and then takes a transaction number X of its own.
   An event's number is drawn by a trigger, after the row it tells of was written, hence by a transaction that has its
   own number already. Whoever drew a number up to the highest one seen did so before X was taken, so bears a number
   below X.
2. Once every transaction below X has ended, each of those numbers is visible now or belongs to a transaction that was
   rolled back. No event can appear in the range any more, and it is sealed. Transactions of other databases on the
   same server cannot write here and are not waited for.

With nothing long in progress both steps happen in one run. A long transaction puts the seal off, and loses nothing.
It rests on sequences that count up one by one and hand out no numbers in advance, which is how Django makes them.
"""

import hashlib
from collections.abc import Iterator, Mapping
from datetime import datetime

from django.db import connection, transaction

from accord.history.models import Seal, SealMark, SealPart
from accord.history.queries import (
    FIXED_TEXT,
    columns_of,
    digest_of,
    event_tables,
    leaf,
    leaf_statement,
    quoted,
)

LOCK = 7_203_417_811
MOST_IN_A_PART = 20_000
RUNNING_BELOW = """
    SELECT count(*) FROM pg_snapshot_xip(pg_current_snapshot()) AS running(number)
    WHERE running.number::text::bigint < %s AND NOT EXISTS (
        SELECT FROM pg_locks AS held
        JOIN pg_stat_activity AS session ON session.pid = held.pid
        JOIN pg_database AS elsewhere ON elsewhere.oid = session.datid AND elsewhere.datname <> current_database()
        WHERE held.locktype = 'transactionid' AND held.granted AND held.transactionid = running.number::xid
            AND held.mode = 'ExclusiveLock'
    )"""
"""Counts the transactions below a number that run, but for those that surely belong to another database."""


def seal_events(*, at: datetime) -> Seal | None:
    """Seal every event that can no longer be joined by an earlier one; return the seal, None where there was none.

    Any number of jobs may try at once: one works, the others find nothing to do. Doing it twice changes nothing.
    """
    sealed = _seal_what_was_seen(at=at)
    _look()
    return _seal_what_was_seen(at=at) or sealed


@transaction.atomic
def _look() -> None:
    """Note how far events go now, unless what was noted before still waits to be sealed."""
    _take_turns()
    if SealMark.objects.exists():
        return
    sealed, seen = _sealed(), _seen()
    if any(number > sealed.get(table, 0) for table, number in seen.items()):
        SealMark.objects.create(seen=seen, transaction=_one("SELECT pg_current_xact_id()::text::bigint"))


@transaction.atomic
def _seal_what_was_seen(*, at: datetime) -> Seal | None:
    """Seal up to what was noted, if every transaction of that time has ended."""
    _take_turns()
    mark = SealMark.objects.first()
    if mark is None or not _has_settled(mark):
        return None
    mark.delete()
    sealed = _sealed()
    ranges = {table: (sealed.get(table, 0), until) for table, until in mark.seen.items()}
    with connection.cursor() as cursor:
        cursor.execute(FIXED_TEXT)
    parts = [part for table, (after, until) in sorted(ranges.items()) for part in _parts(table, after, until)]
    return _written(parts, at=at) if parts else None


def _written(parts: list[SealPart], *, at: datetime) -> Seal:
    """Write the seal with its parts."""
    last = Seal.objects.order_by("-number").first()
    seal = Seal(
        number=last.number + 1 if last else 1,
        sealed_at=at,
        previous=last.digest if last else "",
        tables=event_tables(),
        events=sum(part.events for part in parts),
    )
    seal.digest = digest_of(seal, parts)
    seal.save()
    for part in parts:
        part.seal = seal
    SealPart.objects.bulk_create(parts, batch_size=20)
    return seal


def _parts(table: str, after: int, until: int) -> Iterator[SealPart]:
    """Yield what there is to seal of one table, in pieces that fit into memory, each beginning where one ended."""
    columns = columns_of(table)
    statement = leaf_statement(table, columns, "e.pgh_id > %s AND e.pgh_id <= %s")
    while after < until:
        with connection.cursor() as cursor:
            cursor.execute(f"{statement} LIMIT {MOST_IN_A_PART}", [after, until])
            rows = cursor.fetchall()
        leaves = b"".join(leaf(number, hashed) for number, hashed in rows)
        end = rows[-1][0] if len(rows) == MOST_IN_A_PART else until
        yield SealPart(
            table=table,
            columns=columns,
            after=after,
            until=end,
            events=len(rows),
            leaves=leaves,
            digest=hashlib.sha256(leaves).hexdigest(),
        )
        after = end


def _has_settled(mark: SealMark) -> bool:
    """Say whether all transactions that were running when it was noted have ended.

    A mark from the future was made by another server before a restore: nothing of that time runs here.
    """
    newest = _one("SELECT pg_snapshot_xmax(pg_current_snapshot())::text::bigint")
    return newest < mark.transaction or not _one(RUNNING_BELOW, mark.transaction)


def _sealed() -> dict[str, int]:
    """Return by table up to where it is sealed."""
    with connection.cursor() as cursor:
        cursor.execute('SELECT "table", max(until) FROM history_sealpart GROUP BY "table"')
        return dict(cursor.fetchall())


def _seen() -> Mapping[str, int]:
    """Return by table the highest number among its events; tables without events are left out."""
    each = [f"SELECT '{table}', max(pgh_id) FROM {quoted(table)}" for table in event_tables()]  # noqa: S608 - Accord's own tables
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(each))
        return {table: number for table, number in cursor.fetchall() if number is not None}


def _take_turns() -> None:
    """Let one job at a time look and seal."""
    _one("SELECT pg_advisory_xact_lock(%s)", LOCK)


def _one(statement: str, *values: int) -> int:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return int((cursor.fetchone() or (0,))[0] or 0)
