"""Housekeeping of the API: answers that were kept for a day, and callers that are quiet."""

from datetime import UTC, datetime

from procrastinate.contrib.django import app

from accord.kernel.api._once import KEPT_FOR
from accord.kernel.api._throttle import QUIET
from accord.kernel.models import IdempotencyRecord, RateBucket


@app.periodic(cron="23 * * * *")
@app.task(queueing_lock="forget-api-keys", pass_context=False)
def forget_api_keys(timestamp: int) -> int:
    """Drop kept answers older than a day and the allowances of callers that are quiet; return how many answers."""
    del timestamp
    return forget(at=datetime.now(UTC))


def forget(*, at: datetime) -> int:
    """Drop what is over at a moment."""
    RateBucket.objects.filter(spent_at__lt=at - QUIET).delete()
    dropped, _by_table = IdempotencyRecord.objects.filter(made_at__lt=at - KEPT_FOR).delete()
    return dropped
