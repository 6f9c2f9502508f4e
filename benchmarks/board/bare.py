"""The figures of the pages as bare SQL: what a careful person would write by hand, rows fetched and no more."""

from datetime import date, datetime

import psycopg

CHANGES = """
    SELECT a.commitment_id, e.occurred_on, e.amount * a.share AS amount, e.is_simulated, e.id, e.label, e.recorded_at,
        CASE WHEN e.withdrawn_at < %(known)s THEN 'withdrawn'
             WHEN e.contested_at < %(known)s THEN 'contested'
             WHEN e.confirmed_at < %(known)s THEN 'confirmed' ELSE 'waiting' END AS state
    FROM measures_attribution a JOIN measures_evidence e ON e.id = a.evidence_id
    WHERE a.commitment_id = ANY(%(promises)s) AND e.occurred_on <= %(day)s AND e.recorded_at < %(known)s"""
BY_WEEK = f"""
    SELECT commitment_id, date_trunc('week', occurred_on::timestamp)::date, state, is_simulated, sum(amount), count(*),
           max(occurred_on)
    FROM ({CHANGES}) changes GROUP BY 1, 2, 3, 4 ORDER BY 1, 2"""
BY_DAY = f"""
    SELECT commitment_id, occurred_on, state, is_simulated, sum(amount), count(*)
    FROM ({CHANGES}) changes GROUP BY 1, 2, 3, 4 ORDER BY 1, 2"""
RECENT = f"""
    SELECT * FROM ({CHANGES}) changes WHERE occurred_on > %(day)s::date - 7 OR recorded_at >= %(day)s::date - 7
    ORDER BY recorded_at DESC LIMIT 8"""
LATEST = """
    SELECT DISTINCT ON (commitment_id) commitment_id, week_on, state, probability, delivered, detail
    FROM measures_snapshot WHERE commitment_id = ANY(%(promises)s) AND week_on <= %(day)s
    ORDER BY commitment_id, week_on DESC"""
HISTORY = """
    SELECT week_on, probability, delivered FROM measures_snapshot
    WHERE commitment_id = ANY(%(promises)s) AND week_on <= %(day)s ORDER BY week_on"""
PROMISES = """
    SELECT c.id, c.key, c.title, c.kind, c.target, c.due_on, s.title FROM agreements_commitment c
    JOIN agreements_agreement a ON a.id = c.agreement_id JOIN agreements_section s ON s.id = c.section_id
    WHERE a.key = %(agreement)s AND (%(promise)s::text IS NULL OR c.key = %(promise)s) ORDER BY c.position"""
ENTRIES = f"SELECT * FROM ({CHANGES}) changes ORDER BY occurred_on DESC, id DESC LIMIT 20"


def board(connection: psycopg.Connection, agreement: str, day: date, known: datetime) -> int:
    """Fetch every figure of the board; return how many rows that were."""
    return _fetch(connection, (BY_WEEK, RECENT, LATEST), agreement, None, day, known)


def promise(connection: psycopg.Connection, agreement: str, key: str, day: date, known: datetime) -> int:
    """Fetch every figure of the promise page; return how many rows that were."""
    return _fetch(connection, (BY_DAY, ENTRIES, LATEST, HISTORY), agreement, key, day, known)


def _fetch(
    connection: psycopg.Connection,
    statements: tuple[str, ...],
    agreement: str,
    key: str | None,
    day: date,
    known: datetime,
) -> int:
    found = connection.execute(PROMISES, {"agreement": agreement, "promise": key}).fetchall()
    values = {"promises": [row[0] for row in found], "day": day, "known": known}
    return len(found) + sum(len(connection.execute(one, values).fetchall()) for one in statements)
