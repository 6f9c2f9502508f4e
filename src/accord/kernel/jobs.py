"""The queue's own housekeeping: a job that a dead worker left behind is started again."""

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

HEARTBEAT_LOST_AFTER = 30
KEEP_HOURS = 24 * 14
PATIENT = RetryStrategy(max_attempts=4, exponential_wait=4)  # the first run is no attempt in the queue's count
"""Five tries, waiting 4, 16, 64 and 256 seconds between them."""


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="retry-stalled", pass_context=False)
async def retry_stalled(timestamp: int) -> None:
    """Start again every job whose worker has not been heard of for half a minute."""
    del timestamp
    manager = app.job_manager
    for job in await manager.get_stalled_jobs(seconds_since_heartbeat=HEARTBEAT_LOST_AFTER):
        await manager.retry_job(job)


@app.periodic(cron="17 3 * * *")
@app.task(queueing_lock="forget-old-jobs", pass_context=False)
async def forget_old(timestamp: int) -> None:
    """Delete jobs that ended well more than two weeks ago, or were set aside; failed ones are kept."""
    del timestamp
    await app.job_manager.delete_old_jobs(nb_hours=KEEP_HOURS, include_cancelled=True)
