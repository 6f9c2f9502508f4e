"""Jobs of the work space."""

from datetime import UTC, datetime

from django.conf import settings
from django.urls import reverse
from procrastinate.contrib.django import app

from accord.kernel import clock, secret
from accord.kernel.jobs import PATIENT
from accord.kernel.models import World
from accord.workspace import operations


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="release-no-shows", retry=PATIENT, pass_context=False)
def release_no_shows(timestamp: int) -> int:
    """Release spaces at which nobody checked in in time."""
    del timestamp
    return operations.release_no_shows(at=datetime.now(UTC))


@app.periodic(cron="11 * * * *")
@app.task(queueing_lock="lapse-requests", retry=PATIENT, pass_context=False)
def lapse_requests(timestamp: int) -> int:
    """Decline requests and waiting wishes whose time is over."""
    del timestamp
    return operations.lapse_requests(at=datetime.now(UTC))


@app.periodic(cron="37 5 * * *")
@app.task(queueing_lock="remind-of-reports", retry=PATIENT, pass_context=False)
def remind_of_reports(timestamp: int) -> int:
    """Remind teams whose quarterly report is missing, seven days before it is due and on the day."""
    del timestamp
    return operations.remind_rounds(at=clock.now(World.current()), door=_door())


@app.periodic(cron="23 * * * *")
@app.task(queueing_lock="lapse-offers", retry=PATIENT, pass_context=False)
def lapse_offers(timestamp: int) -> int:
    """Free the spaces of offers that nobody answered in time."""
    del timestamp
    return operations.lapse_offers(at=clock.now(World.current()))


def _door() -> operations.Door:
    """Return how links to reports are made where nobody asks: at the installation's own address."""
    site = settings.SITE_ADDRESS.rstrip("/")
    return operations.Door(
        secret.new_token, lambda token: site + reverse("workspace:report-by-link", kwargs={"token": token})
    )
