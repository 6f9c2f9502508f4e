"""What the tables keep by themselves: seats, one live application, steps that stay."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from tests.cast import moment
from tests.programmes.scene import WHILE_OPEN, Scene

from accord.programmes import models
from accord.programmes.enums import OfferState
from accord.programmes.queries import kinds, standard_workflows, workflow_of

pytestmark = pytest.mark.django_db


def _offer(scene: Scene, application: models.Application, place: models.Place) -> models.Offer:
    return models.Offer.objects.create(
        application=application,
        place=place,
        state=OfferState.ACCEPTED,
        answer_by_at=moment(date(2019, 10, 1)),
        made_at=WHILE_OPEN,
        made_by=scene.manager.person,
        answered_at=WHILE_OPEN,
    )


def _seat(place: models.Place, offer: models.Offer, number: int) -> models.Seat:
    return models.Seat.objects.create(place=place, offer=offer, number=number, taken_at=WHILE_OPEN)


def test_a_seat_is_taken_once_and_is_one_of_the_places(scene: Scene) -> None:
    first, second = (_offer(scene, one, scene.lab_place) for one in (scene.submitted, scene.other))
    _seat(scene.lab_place, first, 1)
    for number, constraint in ((1, "seat_taken_once"), (2, "seat_of_place")):
        with pytest.raises(IntegrityError, match=constraint if number == 1 else "has no seat"), transaction.atomic():
            _seat(scene.lab_place, second, number)
    models.Seat.objects.filter(offer=first).update(given_up_at=WHILE_OPEN)
    _seat(scene.lab_place, second, 1)


def test_places_stay_as_many_as_are_taken(scene: Scene) -> None:
    _seat(scene.bank_place, _offer(scene, scene.submitted, scene.bank_place), 2)
    with pytest.raises(IntegrityError, match="are taken"), transaction.atomic():
        models.Place.objects.filter(pk=scene.bank_place.pk).update(count=1)


def test_nobody_has_two_live_applications_to_a_call(scene: Scene) -> None:
    with pytest.raises(IntegrityError, match="application_once_a_call"), transaction.atomic():
        models.Application.objects.create(
            call=scene.call,
            reference="SUM-19-9999",
            applicant=scene.second.person,
            stage="draft",
            entered_at=WHILE_OPEN,
            form=scene.form,
            started_at=WHILE_OPEN,
        )


def test_every_kind_begins_with_a_workflow_that_holds_together() -> None:
    for one in kinds().values():
        assert workflow_of(standard_workflows()[one.workflow]).stages
