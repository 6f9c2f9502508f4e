"""Takes the weekly snapshot of every promise: how it stood on a Monday, by what was known then."""

from datetime import date, datetime

from django.db import transaction

from accord.measures.models import Snapshot
from accord.measures.queries import snapshots_due

BATCH = 500


def take_snapshots(*, week_on: date, at: datetime, agreement_ids: list[int] | None = None) -> int:
    """Store one snapshot for each promise that has none for this Monday; return how many were taken.

    Append-only and repeatable: a second run, or two at once, adds nothing. Only what was recorded before the
    Monday counts, so that a snapshot taken late says what one taken in time would have said.
    """
    drafts = snapshots_due(week_on=week_on, agreement_ids=agreement_ids)
    with transaction.atomic():
        before = Snapshot.objects.filter(week_on=week_on).count()
        Snapshot.objects.bulk_create(
            [
                Snapshot(
                    commitment_id=draft.commitment_id,
                    week_on=week_on,
                    taken_at=at,
                    known_at=draft.known_at,
                    state=draft.state,
                    target=draft.target,
                    due_on=draft.due_on,
                    delivered=draft.delivered,
                    probability=draft.probability,
                    detail=draft.detail,
                    model=draft.model,
                    is_simulated=draft.is_simulated,
                )
                for draft in drafts
            ],
            batch_size=BATCH,
            ignore_conflicts=True,
        )
        return Snapshot.objects.filter(week_on=week_on).count() - before
