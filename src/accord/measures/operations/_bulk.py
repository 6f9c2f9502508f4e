"""The bulk path into evidence: many entries at once, equal to recording and deciding them one by one."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction

from accord.agreements.queries import Commitment, Party
from accord.kernel.text import Bilingual
from accord.measures.models import Attribution, Evidence
from accord.measures.operations._record import refuse_early
from accord.people.queries import Person

BATCH = 5_000


@dataclass(frozen=True, slots=True)
class EvidenceRow:
    """One entry of a bulk: what was delivered, who entered it, and what the other side said, if anything."""

    commitment: Commitment
    party: Party
    amount: Decimal
    occurred_on: date
    label: Bilingual
    document: str
    recorded_at: datetime
    recorded_by: Person
    confirmed_at: datetime | None = None
    confirmed_by: Person | None = None
    contested_at: datetime | None = None
    contested_by: Person | None = None
    contest_reason: str = ""


@transaction.atomic
def record_in_bulk(*, rows: Iterable[EvidenceRow], is_simulated: bool) -> int:
    """Record many entries, each whole for one promise, with the decisions already taken; return how many.

    Every row passes the same refusals as `record_evidence`, and the database's rules hold for it.
    """
    count = 0
    batch: list[EvidenceRow] = []
    for row in rows:
        refuse_early({row.commitment: Decimal(1)}, row.party, row.occurred_on, row.recorded_at)
        batch.append(row)
        if len(batch) == BATCH:
            count += _write(batch, is_simulated=is_simulated)
            batch = []
    return count + _write(batch, is_simulated=is_simulated)


def _write(batch: list[EvidenceRow], *, is_simulated: bool) -> int:
    """Insert one batch and its attributions."""
    entries = Evidence.objects.bulk_create([_entry(row, is_simulated=is_simulated) for row in batch])
    Attribution.objects.bulk_create(
        [Attribution(evidence=entry, commitment=row.commitment) for entry, row in zip(entries, batch, strict=True)]
    )
    return len(entries)


def _entry(row: EvidenceRow, *, is_simulated: bool) -> Evidence:
    """Return the entry as recording and deciding it step by step would leave it."""
    decisions = sum(1 for moment in (row.confirmed_at, row.contested_at) if moment)
    return Evidence(
        measure_code=row.commitment.measure_code,
        amount=row.amount,
        occurred_on=row.occurred_on,
        label=row.label,
        document=row.document,
        is_simulated=is_simulated,
        party=row.party,
        recorded_at=row.recorded_at,
        recorded_by=row.recorded_by,
        confirmed_at=row.confirmed_at,
        confirmed_by=row.confirmed_by,
        contested_at=row.contested_at,
        contested_by=row.contested_by,
        contest_reason=row.contest_reason,
        version=1 + decisions,
    )
