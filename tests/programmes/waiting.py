"""Applicants who wait for places, on top of the scene: for tests of matching and offers."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta

from tests.programmes.scene import ANSWERS, WHILE_OPEN, Scene

from accord.kernel.text import Bilingual
from accord.people import operations as people
from accord.programmes import models, operations
from accord.programmes.enums import HostScore

AFTER = datetime(2019, 9, 20, 3, tzinfo=UTC)
ANSWER_BY = AFTER + timedelta(days=10)


def wait(scene: Scene, wishes: Mapping[str, Sequence[models.Place]]) -> dict[str, models.Application]:
    """Make an application for each name that waits for a place and ranks these; the host's own order counts."""
    models.Call.objects.filter(pk=scene.call.pk).update(host_score=HostScore.HOST)
    scene.call.refresh_from_db()
    return {name: applicant(scene, name, number, places) for number, (name, places) in enumerate(wishes.items(), 1)}


def applicant(scene: Scene, name: str, number: int, places: Sequence[models.Place]) -> models.Application:
    """Make one application that waits for a place."""
    person = people.register_person(key=f"waits-{name}", name=Bilingual(name.title(), ""))
    made = models.Application.objects.create(
        call=scene.call,
        reference=f"SUM-19-W{number:03}",
        applicant=person,
        stage="matching",
        phase="offer",
        entered_at=AFTER - timedelta(days=2),
        form=scene.form,
        answers=ANSWERS,
        started_at=WHILE_OPEN,
        submitted_at=WHILE_OPEN,
    )
    models.Wish.objects.bulk_create(
        models.Wish(application=made, place=place, rank=rank) for rank, place in enumerate(places, 1)
    )
    return made


def rank(place: models.Place, *order: models.Application) -> None:
    """Let the host of a place rank these, the best first."""
    operations.rank_applicants(
        place=place, order=[[one] for one in order], unwanted={}, by=place.host.contact, at=AFTER - timedelta(days=1)
    )


def published(scene: Scene, *, hold: bool = False) -> models.MatchRun:
    """Run a fair match and publish it; the letters leave at once, unless they are held."""
    by = scene.manager.person
    run = operations.run_match(call=scene.call, mechanism="fair-match", by=by, at=AFTER)
    return operations.publish_match(run=run, answer_by=ANSWER_BY, by=by, at=AFTER, hold=hold)


def offer_to(application: models.Application) -> models.Offer:
    """Return the latest offer to an application."""
    return models.Offer.objects.filter(application=application).latest("pk")
