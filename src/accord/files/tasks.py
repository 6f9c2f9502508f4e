"""Jobs of the files context."""

from django.conf import settings
from procrastinate.contrib.django import app

from accord.files import operations
from accord.kernel import clock
from accord.kernel.jobs import PATIENT


@app.periodic(cron="41 3 * * *")
@app.task(queueing_lock="sweep-blobs", retry=PATIENT)
def sweep(timestamp: int) -> None:
    """Delete the bytes of files that were taken away a month ago."""
    del timestamp
    operations.sweep_blobs(store=settings.FILE_STORE, at=clock.now())
