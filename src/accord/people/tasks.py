"""Jobs of the people context."""

from datetime import UTC, datetime

from procrastinate.contrib.django import app

from accord.kernel.jobs import PATIENT
from accord.people import operations


@app.periodic(cron="43 3 * * *")
@app.task(queueing_lock="forget-drafts", retry=PATIENT, pass_context=False)
def forget_drafts(timestamp: int) -> int:
    """Drop what was typed into forms and left alone for a month."""
    del timestamp
    return operations.forget_drafts(at=datetime.now(UTC))
