"""Jobs of the measures context."""

from datetime import UTC, datetime

from procrastinate.contrib.django import app

from accord.kernel import clock
from accord.kernel.jobs import PATIENT
from accord.kernel.models import World
from accord.measures import operations


@app.periodic(cron="*/10 * * * *")
@app.task(queueing_lock="take-snapshots", retry=PATIENT, pass_context=False)
def take_snapshots(timestamp: int) -> int:
    """Take this week's snapshot of every promise that has none yet; a run that finds none to take adds nothing."""
    del timestamp
    day = clock.today(World.current())
    return operations.take_snapshots(week_on=clock.monday_of(day), at=datetime.now(UTC))
