"""Jobs of the programmes."""

from django.conf import settings
from django.urls import reverse
from procrastinate.contrib.django import app

from accord.kernel import clock, secret
from accord.kernel.jobs import PATIENT
from accord.kernel.models import World
from accord.programmes import operations


@app.periodic(cron="41 * * * *")
@app.task(queueing_lock="chase-answers", retry=PATIENT, pass_context=False)
def chase_answers(timestamp: int) -> int:
    """Remind applicants whose answer is due soon, and tell the office of those that are overdue."""
    del timestamp
    return operations.chase_answers(at=clock.now(World.current()))


@app.periodic(cron="*/10 * * * *")
@app.task(queueing_lock="advance-reviewed", retry=PATIENT, pass_context=False)
def advance_reviewed(timestamp: int) -> int:
    """Move on the applications whose reviews are in, should one not have moved at once."""
    del timestamp
    return operations.advance_reviewed(at=clock.now(World.current()))


@app.periodic(cron="*/5 * * * *")
@app.task(queueing_lock="lapse-place-offers", retry=PATIENT, pass_context=False)
def lapse_offers(timestamp: int) -> int:
    """Let offers of places lapse that nobody answered in time."""
    del timestamp
    return operations.lapse_offers(at=clock.now(World.current()))


@app.periodic(cron="29 * * * *")
@app.task(queueing_lock="remind-of-place-offers", retry=PATIENT, pass_context=False)
def remind_of_offers(timestamp: int) -> int:
    """Remind people of an offer that lapses within two days."""
    del timestamp
    return operations.remind_of_offers(at=clock.now(World.current()))


@app.periodic(cron="17 5 * * *")
@app.task(queueing_lock="remind-of-placements", retry=PATIENT, pass_context=False)
def remind_of_placements(timestamp: int) -> int:
    """Ask for arrivals, signatures, check-ins and evaluations that are due at placements, each once."""
    del timestamp
    return operations.remind_placements(at=clock.now(World.current()), door=_placement_door())


def _placement_door() -> operations.PlacementDoor:
    """Return how links to placements are made where nobody asks: at the installation's own address."""
    site = settings.SITE_ADDRESS.rstrip("/")
    return operations.PlacementDoor(
        secret.new_token,
        lambda token: site + reverse("programmes:sign-by-link", kwargs={"token": token}),
        lambda token: site + reverse("programmes:look-after-by-link", kwargs={"token": token}),
    )
