"""Jobs of the privacy context: copies are made and deleted, what was read is counted, answers forget their address."""

from django.conf import settings
from procrastinate.contrib.django import app

from accord.kernel import clock
from accord.kernel.jobs import PATIENT
from accord.privacy import operations


@app.task(pass_context=False)
def make_copy(copy: int) -> None:
    """Make a copy of somebody's data."""
    try:
        operations.make_copy(copy_id=copy, store=settings.FILE_STORE, clock=clock.now)
    except Exception:
        operations.give_up_copy(copy_id=copy)
        raise


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="count-reads", retry=PATIENT, pass_context=False)
def count_reads(timestamp: int) -> int:
    """Count from which countries people's data was read since the last minute."""
    del timestamp
    return operations.count_reads(at=clock.now())


@app.periodic(cron="7 * * * *")
@app.task(queueing_lock="forget-last-letters", retry=PATIENT, pass_context=False)
def forget_last_letters(timestamp: int) -> None:
    """Forget where the last letters to erased people went, once they have left."""
    del timestamp
    operations.forget_last_letters(at=clock.now())


@app.periodic(cron="*/10 * * * *")
@app.task(queueing_lock="drop-old-copies", retry=PATIENT, pass_context=False)
def drop_old_copies(timestamp: int) -> None:
    """Delete copies that have expired."""
    del timestamp
    operations.drop_old_copies(store=settings.FILE_STORE, at=clock.now())
