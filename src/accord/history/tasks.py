"""Jobs of the history context."""

from datetime import UTC, datetime

from procrastinate.contrib.django import app

from accord.history import operations
from accord.kernel.jobs import PATIENT


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="seal-events", retry=PATIENT, pass_context=False)
def seal_events(timestamp: int) -> int:
    """Seal what happened since the last minute; return the number of events, 0 where nothing was to seal."""
    del timestamp
    seal = operations.seal_events(at=datetime.now(UTC))
    return 0 if seal is None else int(seal.events)
