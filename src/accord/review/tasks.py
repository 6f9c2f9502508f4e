"""Jobs of the review context."""

from procrastinate.contrib.django import app

from accord.kernel import clock
from accord.kernel.jobs import PATIENT
from accord.kernel.models import World
from accord.review import operations


@app.periodic(cron="29 6 * * *")
@app.task(queueing_lock="chase-reviews", retry=PATIENT, pass_context=False)
def chase_reviews(timestamp: int) -> int:
    """Remind reviewers of what is due, and tell the office of who is late."""
    del timestamp
    return operations.chase(at=clock.now(World.current()))


@app.periodic(cron="*/10 * * * *")
@app.task(queueing_lock="work-out-standings", retry=PATIENT, pass_context=False)
def work_out_standings(timestamp: int) -> int:
    """Work out the standings of open panels that got a review."""
    del timestamp
    return operations.work_out_standings(at=clock.now(World.current()))
