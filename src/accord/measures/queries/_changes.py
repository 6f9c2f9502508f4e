"""What was delivered, as dated changes: one statement over the evidence and every context that counts.

Two clocks bound everything: only what occurred up to a day, and only what was recorded before a moment.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import connection
from django.db.models import QuerySet

from accord.kernel.clock import end_of
from accord.kernel.text import Bilingual
from accord.measures.enums import EvidenceState
from accord.measures.queries._catalogue import measure

LONG_AGO = date(1, 1, 1)
NEVER = date(9999, 12, 31)

EVIDENCE_STATE = """CASE
    WHEN e.withdrawn_at < %(known)s THEN 'withdrawn'
    WHEN e.contested_at < %(known)s
     AND (e.confirmed_at IS NULL OR e.confirmed_at >= %(known)s OR e.confirmed_at <= e.contested_at)
        THEN 'contested'
    WHEN e.confirmed_at < %(known)s THEN 'confirmed'
    ELSE 'waiting' END"""

EVIDENCE = """
    SELECT a.commitment_id, e.occurred_on, e.recorded_at, e.amount * a.share AS amount, e.is_simulated,
           {state} AS state, e.label, 'evidence:' || e.id AS record
    FROM asked JOIN measures_attribution a ON a.commitment_id = asked.commitment_id
    JOIN measures_evidence e ON e.id = a.evidence_id
    WHERE e.occurred_on BETWEEN asked.from_on AND %(as_of)s AND e.recorded_at < %(known)s"""

ENTERED_BY = " AND e.party_id = ANY(%(parties)s)"
"""Lets the index on party and moment find the few entries of a week among all that ever were."""

FROM_CONTEXT = """
    SELECT asked.commitment_id, x.occurred_on, x.recorded_at, x.amount, x.is_simulated,
           'confirmed' AS state, x.label, x.record
    FROM asked JOIN agreements_commitment c ON c.id = asked.commitment_id AND c.measure_code = {code}
    JOIN ({query}) x ON x.agreement_id = c.agreement_id
    WHERE x.occurred_on BETWEEN asked.from_on AND %(as_of)s AND x.recorded_at < %(known)s
      AND (x.unrecorded_at IS NULL OR x.unrecorded_at >= %(known)s){only}"""

OF_PROMISE = " AND (x.commitment_id IS NULL OR x.commitment_id = c.id)"
"""Leaves out what counts for another promise of the agreement in the same measure."""

RATIO = """
    SELECT commitment_id, occurred_on, recorded_at, amount, is_simulated, 'confirmed' AS state, label, record
    FROM (
        SELECT *, level - coalesce(lag(level) OVER (PARTITION BY commitment_id ORDER BY occurred_on), 0) AS amount
        FROM (
            SELECT commitment_id, from_on, occurred_on, max(recorded_at) AS recorded_at,
                   bool_or(is_simulated) AS is_simulated, (array_agg(label ORDER BY record))[1] AS label,
                   min(record) AS record,
                   coalesce(round({scale} * sum(sum(above)) OVER days / nullif(sum(sum(below)) OVER days, 0), 4), 0)
                       AS level
            FROM ({parts}) parts
            GROUP BY commitment_id, from_on, occurred_on
            WINDOW days AS (PARTITION BY commitment_id ORDER BY occurred_on)
        ) levels
    ) steps
    WHERE amount <> 0 AND occurred_on >= from_on"""
"""How much a quotient moved on each day on which a part of it did; nothing below the line is no figure, shown as 0."""

PART_OF_RATIO = """
    SELECT asked.commitment_id, asked.from_on, x.occurred_on, x.recorded_at, x.is_simulated, x.label, x.record,
           {above} AS above, {below} AS below
    FROM asked JOIN agreements_commitment c ON c.id = asked.commitment_id AND c.measure_code = {code}
    JOIN ({query}) x ON x.agreement_id = c.agreement_id
    WHERE x.occurred_on <= %(as_of)s AND x.recorded_at < %(known)s
      AND (x.unrecorded_at IS NULL OR x.unrecorded_at >= %(known)s){only}"""

COUNTED = """{asked}
SELECT commitment_id, occurred_on, recorded_at, amount, is_simulated, state, label, record
FROM ({changes}) changes WHERE record NOT LIKE 'evidence:%%'
ORDER BY occurred_on DESC, recorded_at DESC, record LIMIT %(limit)s"""

ASKED = """WITH asked AS (
    SELECT * FROM unnest(%(ids)s::bigint[], %(from)s::date[], %(due)s::date[]) AS t(commitment_id, from_on, due_on)
)"""

TALLY = """{asked}
SELECT commitment_id, {grain} AS starts_on, state, is_simulated, sum(amount),
       coalesce(sum(amount) FILTER (WHERE occurred_on <= due_on), 0), count(*), max(occurred_on)
FROM ({changes}) changes JOIN asked USING (commitment_id)
GROUP BY 1, 2, 3, 4 ORDER BY 1, 2"""

DAY = "occurred_on"
WEEK = "date_trunc('week', occurred_on::timestamp)::date"

RECENT = """{asked}
SELECT commitment_id, occurred_on, recorded_at, amount, is_simulated, state, label, record
FROM ({changes}) changes
WHERE state <> 'withdrawn' AND recorded_at >= %(since)s AND recorded_at < %(until)s
ORDER BY recorded_at DESC, record DESC LIMIT %(limit)s"""


@dataclass(frozen=True, slots=True)
class Asked:
    """A promise whose deliveries are wanted: from which day on changes add up, and when it is due."""

    commitment_id: int
    measure_code: str
    from_on: date = LONG_AGO
    due_on: date = NEVER


@dataclass(frozen=True, slots=True)
class Clocks:
    """Up to which day things occurred, and before which moment they were recorded."""

    as_of: date
    known_before: datetime


@dataclass(frozen=True, slots=True)
class Step:
    """The confirmed change of one day or week."""

    starts_on: date
    amount: Decimal
    in_time: Decimal
    records: int
    is_simulated: bool


@dataclass(frozen=True, slots=True)
class Tally:
    """What was delivered for one promise: confirmed steps by day or week, and what does not count (yet)."""

    steps: tuple[Step, ...] = ()
    waiting: Decimal = Decimal(0)
    waiting_records: int = 0
    contested: Decimal = Decimal(0)
    contested_records: int = 0
    last_on: date | None = None

    @property
    def records(self) -> int:
        """Return how many records count."""
        return sum(step.records for step in self.steps)

    @property
    def is_empty(self) -> bool:
        """Say whether nothing at all was recorded, counting or not."""
        return not (self.steps or self.waiting_records or self.contested_records)

    def total(self, *, simulated: bool | None = None) -> Decimal:
        """Return the sum of what counts; of the simulated or the recorded part when asked."""
        return sum((s.amount for s in self.steps if simulated in {None, s.is_simulated}), Decimal(0))

    def total_in_time(self) -> Decimal:
        """Return the sum of what counts and occurred by the deadline."""
        return sum((step.in_time for step in self.steps), Decimal(0))


@dataclass(frozen=True, slots=True)
class RecentChange:
    """A record that came in lately."""

    commitment_id: int
    occurred_on: date
    recorded_at: datetime
    amount: Decimal
    is_simulated: bool
    state: EvidenceState
    label: Bilingual
    record: str


def tally_by_week(asked: Sequence[Asked], clocks: Clocks) -> dict[int, Tally]:
    """Return what was delivered for each promise, week by week; one query for any number of promises."""
    return _tally(asked, clocks, WEEK)


def tally_by_day(asked: Sequence[Asked], clocks: Clocks) -> dict[int, Tally]:
    """Return what was delivered for each promise, day by day; one query."""
    return _tally(asked, clocks, DAY)


def recent_changes(
    asked: Sequence[Asked], clocks: Clocks, *, parties: Sequence[int], since: datetime, limit: int
) -> list[RecentChange]:
    """Return what was recorded from a moment up to the end of the day shown, latest first; one query.

    `parties` are all parties of the agreements that the promises belong to.
    """
    until = min(clocks.known_before, end_of(clocks.as_of))
    bounds = {"parties": list(parties), "since": since, "until": until, "limit": limit}
    rows = _run(RECENT, EVIDENCE + ENTERED_BY, asked, clocks, **bounds)
    return [_change_of(row) for row in rows]


def _change_of(row: Sequence[Any]) -> RecentChange:
    return RecentChange(
        commitment_id=row[0],
        occurred_on=row[1],
        recorded_at=row[2],
        amount=row[3],
        is_simulated=row[4],
        state=EvidenceState(row[5]),
        label=Bilingual.of(json.loads(row[6])),
        record=row[7],
    )


def counted_records(asked: Asked, clocks: Clocks, *, limit: int | None = None) -> list[RecentChange]:
    """Return what contexts count for one promise, latest first; evidence is another list. One query."""
    return [_change_of(row) for row in _run(COUNTED, EVIDENCE, [asked], clocks, limit=limit)]


def _tally(asked: Sequence[Asked], clocks: Clocks, grain: str) -> dict[int, Tally]:
    """Add up the changes of every promise by day or week and by whether they count."""
    grouped: dict[int, list[Any]] = {one.commitment_id: [] for one in asked}
    for row in _run(TALLY.replace("{grain}", grain), EVIDENCE, asked, clocks):
        grouped[row[0]].append(row)
    return {commitment_id: _tally_of(rows) for commitment_id, rows in grouped.items()}


def _tally_of(rows: list[Any]) -> Tally:
    """Turn the grouped rows of one promise into its tally."""
    counted = [row for row in rows if row[2] == EvidenceState.CONFIRMED]
    waiting = [row for row in rows if row[2] == EvidenceState.WAITING]
    contested = [row for row in rows if row[2] == EvidenceState.CONTESTED]
    return Tally(
        steps=tuple(Step(row[1], row[4], row[5], row[6], row[3]) for row in counted),
        waiting=sum((row[4] for row in waiting), Decimal(0)),
        waiting_records=sum(row[6] for row in waiting),
        contested=sum((row[4] for row in contested), Decimal(0)),
        contested_records=sum(row[6] for row in contested),
        last_on=max((row[7] for row in counted), default=None),
    )


def _run(statement: str, evidence: str, asked: Sequence[Asked], clocks: Clocks, **more: Any) -> list[Any]:
    """Run a statement over all changes of the promises."""
    if not asked:
        return []
    params: dict[str, Any] = {
        "ids": [one.commitment_id for one in asked],
        "from": [one.from_on for one in asked],
        "due": [one.due_on for one in asked],
        "as_of": clocks.as_of,
        "known": clocks.known_before,
        **more,
    }
    branches = [
        evidence.format(state=EVIDENCE_STATE),
        *_context_branches({one.measure_code for one in asked}, params),
    ]
    sql = statement.format(asked=ASKED, changes=" UNION ALL ".join(branches))
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        rows: list[Any] = cursor.fetchall()
    return rows


def _context_branches(codes: Iterable[str], params: dict[str, Any]) -> list[str]:
    """Return one branch for each measure that a context counts; adds its parameters."""
    branches = []
    for number, code in enumerate(sorted(codes)):
        found = measure(code)
        if found is None or found.changes is None:
            continue
        params[f"code{number}"] = code
        query, mark = _named(found.changes(), f"m{number}_", params), f"%(code{number})s"
        only = OF_PROMISE if found.by_promise else ""
        if found.below is None:
            branches.append(FROM_CONTEXT.format(code=mark, query=query, only=only))
        else:
            under = _named(found.below(), f"b{number}_", params)
            parts = (
                PART_OF_RATIO.format(code=mark, query=query, only=only, above="x.amount", below="0"),
                PART_OF_RATIO.format(code=mark, query=under, only=only, above="0", below="x.amount"),
            )
            branches.append(RATIO.format(scale=int(found.scale), parts=" UNION ALL ".join(parts)))
    return branches


def _named(changes: QuerySet[Any, Any], prefix: str, params: dict[str, Any]) -> str:
    """Return a queryset's SQL with its positional parameters renamed, so that statements can be joined."""
    sql, values = changes.query.sql_with_params()
    for number, value in enumerate(values):
        name = f"{prefix}{number}"
        params[name] = value
        sql = sql.replace("%s", f"%({name})s", 1)
    return sql
