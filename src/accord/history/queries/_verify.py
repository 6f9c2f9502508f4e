"""Holds the history against its seals, and the records against their history; names the first row that is wrong.

Costs one pass over all sealed events and all records, in constant memory.
"""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import chain, groupby, islice

from django.db import connection, transaction
from django.db.models import Prefetch

from accord.history.enums import Flaw
from accord.history.models import Redaction, Seal, SealPart
from accord.history.queries._chain import LEAF_SIZE, digest_of, leaf, split_leaf
from accord.history.queries._records import unwritten_records
from accord.history.queries._tables import (
    FIXED_TEXT,
    columns_of,
    event_tables,
    leaf_statement,
    quoted,
    unguarded_tables,
)

MOST = 20
_PARTS = Prefetch("parts", SealPart.objects.defer("leaves").order_by("table", "after"))
PIECE = 2000
SOON = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong: the table or seal, the number of the row, and what happened to it."""

    place: str
    row: int
    flaw: Flaw

    def __str__(self) -> str:
        """Return where and what, in the reader's language."""
        return f"{self.place} {self.row} {self.flaw.label}" if self.row else f"{self.place} {self.flaw.label}"


@dataclass(slots=True)
class Verdict:
    """What was looked at, and the first faults."""

    seals: int = 0
    events: int = 0
    redacted: int = 0
    faults: list[Fault] = field(default_factory=list)

    @property
    def is_sound(self) -> bool:
        """Say whether nothing was found."""
        return not self.faults


@transaction.atomic
def verify(*, at: datetime) -> Verdict:
    """Return the verdict on the whole history as it stands now; the first faults of each sort, seals first."""
    with connection.cursor() as cursor:
        cursor.execute(FIXED_TEXT)
    verdict = Verdict()
    looks = (_chain(verdict), _tables(verdict), _unguarded(), _late(at), _records())
    for look in looks:
        verdict.faults += islice(look, MOST)
    return verdict


def _chain(verdict: Verdict) -> Iterator[Fault]:
    """Yield the seals that are gone, changed or out of order."""
    number, previous = 0, ""
    for seal in Seal.objects.order_by("number").prefetch_related(_PARTS).iterator(chunk_size=PIECE):
        verdict.seals += 1
        if seal.number != number + 1:
            yield Fault("history_seal", number + 1, Flaw.SEAL_GONE)
        elif seal.previous != previous:
            yield Fault("history_seal", seal.number, Flaw.SEAL_MOVED)
        if digest_of(seal, seal.parts.all()) != seal.digest:
            yield Fault("history_seal", seal.number, Flaw.SEAL_CHANGED)
        number, previous = seal.number, seal.digest


def _tables(verdict: Verdict) -> Iterator[Fault]:
    """Yield the rows that differ from what was sealed, table by table."""
    last = Seal.objects.order_by("-number").first()
    there = set(event_tables())
    for table in sorted(set(last.tables) - there) if last else ():
        yield Fault(table, 0, Flaw.TABLE_GONE)
    tables = SealPart.objects.order_by("table").values_list("table", flat=True).distinct()
    for table in [one for one in tables if one in there]:
        yield from _rows_of(table, verdict)


def _rows_of(table: str, verdict: Verdict) -> Iterator[Fault]:
    present = set(columns_of(table))
    redacted = _redactions(table)
    end = 0
    ranges = SealPart.objects.filter(table=table).order_by("after").values_list("columns", "after", "until")
    for columns, group in groupby(ranges.iterator(chunk_size=PIECE), key=lambda one: list(one[0])):
        spans = [(after, until) for _columns, after, until in group]
        for after, until in spans:
            if after != end:
                yield Fault(table, end + 1, Flaw.UNSEALED)
            end = until
        if not present.issuperset(columns):
            yield Fault(table, 0, Flaw.TABLE_GONE)
            continue
        yield from _compared(table, columns, (spans[0][0], spans[-1][1]), redacted, verdict)


def _compared(
    table: str,
    columns: Sequence[str],
    span: tuple[int, int],
    redacted: dict[int, list[tuple[str, str]]],
    verdict: Verdict,
) -> Iterator[Fault]:
    """Yield what differs in one span of a table, which all of its parts hashed by the same columns."""
    statement = leaf_statement(table, list(columns), "e.pgh_id > %s AND e.pgh_id <= %s")
    parts = SealPart.objects.filter(table=table, after__gte=span[0], until__lte=span[1]).order_by("after")
    with connection.chunked_cursor() as cursor:
        cursor.execute(statement, span)
        rows = chain.from_iterable(iter(lambda: cursor.fetchmany(PIECE), []))
        ahead = next(rows, None)
        for part in parts.iterator(chunk_size=100):
            held: list[bytes] = []
            while ahead is not None and ahead[0] <= part.until:
                held.append(leaf(ahead[0], ahead[1]))
                ahead = next(rows, None)
            verdict.events += part.events
            yield from _part(part, held, redacted, verdict)


def _part(
    part: SealPart, held: list[bytes], redacted: dict[int, list[tuple[str, str]]], verdict: Verdict
) -> Iterator[Fault]:
    """Yield what differs in one part: hashes of the rows that are there against the sealed ones."""
    sealed = bytes(part.leaves)
    if hashlib.sha256(sealed).hexdigest() != part.digest:
        yield Fault(part.table, part.after + 1, Flaw.HASHES_CHANGED)
    if b"".join(held) == sealed:
        return
    view = memoryview(sealed)
    was = dict(split_leaf(view, place) for place in range(len(sealed) // LEAF_SIZE))
    now = dict(split_leaf(memoryview(one), 0) for one in held)
    for event in sorted(was.keys() | now.keys()):
        if event not in now:
            yield Fault(part.table, event, Flaw.GONE)
        elif event not in was:
            yield Fault(part.table, event, Flaw.ADDED)
        elif now[event] == was[event]:
            continue
        elif _leads(redacted.get(event, []), was[event].hex(), now[event].hex()):
            verdict.redacted += 1
        else:
            yield Fault(part.table, event, Flaw.CHANGED)


def _leads(steps: list[tuple[str, str]], before: str, after: str) -> bool:
    """Say whether the redactions lead from the sealed hash to the present one."""
    for start, end in steps:
        if start == before:
            before = end
    return before == after


def _redactions(table: str) -> dict[int, list[tuple[str, str]]]:
    found: dict[int, list[tuple[str, str]]] = {}
    rows = Redaction.objects.filter(table=table).order_by("pk").values_list("event", "before", "after")
    for event, before, after in rows.iterator(chunk_size=PIECE):
        found.setdefault(event, []).append((before, after))
    return found


def _unguarded() -> Iterator[Fault]:
    """Yield the tables that the database no longer guards."""
    for table in unguarded_tables():
        yield Fault(table, 0, Flaw.UNGUARDED)


def _late(at: datetime) -> Iterator[Fault]:
    """Yield the first event of each table that should have been sealed by now."""
    each = [
        f"""(SELECT '{table}', e.pgh_id FROM {quoted(table)} e WHERE e.pgh_created_at < %s AND e.pgh_id > coalesce(
             (SELECT max(until) FROM history_sealpart WHERE "table" = '{table}'), 0) ORDER BY 2 LIMIT 1)"""  # noqa: S608 - Accord's own tables
        for table in event_tables()
    ]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(each), [at - SOON] * len(each))
        rows = cursor.fetchall()
    for table, event in rows:
        yield Fault(str(table), event, Flaw.LATE)


def _records() -> Iterator[Fault]:
    """Yield the records that differ from the last event of theirs."""
    for table, pk in unwritten_records():
        yield Fault(table, pk, Flaw.UNWRITTEN)
