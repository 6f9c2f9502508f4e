"""A placement is called off: its seat is free, what counts follows, others of the same application keep theirs."""

from collections.abc import Sequence
from datetime import date, timedelta

import pytest
from tests.cast import make_cast, moment
from tests.programmes.placed import ARRIVED, BEGUN, LAST, accepted_offer, arrived, begun
from tests.programmes.scene import Scene, make_scene
from tests.programmes.test_offers import lines
from tests.programmes.test_races import at_once, refusals
from tests.programmes.waiting import AFTER, ANSWER_BY, wait

from accord.kernel.refused import Refused
from accord.outbox.models import Message
from accord.programmes import models, operations, queries
from accord.programmes.enums import Counted, EndReason, OfferState
from accord.programmes.models import Application, Offer, Placement, Seat

pytestmark = pytest.mark.django_db
LATER = BEGUN + timedelta(days=2)


@pytest.fixture
def world(transactional_db: None) -> Scene:
    """Make the scene so that other connections see it."""
    return make_scene(make_cast())


def call_off(placement: Placement, scene: Scene) -> Placement:
    """Let the office call a placement off."""
    return operations.cancel_placement(placement=placement, reason="Visa refused", by=scene.manager.person, at=LATER)


def held(place: models.Place) -> list[int]:
    """Return which seats of a place are held."""
    rows = Seat.objects.filter(place=place, given_up_at=None).order_by("number")
    return list(rows.values_list("number", flat=True))


def two_begun(scene: Scene) -> Sequence[Placement]:
    """Begin the placements of two who applied together and hold both seats of the bank's place."""
    models.CoApplicant.objects.create(
        application=scene.submitted,
        person=scene.third.person,
        name="Third",
        email="third@example.org",
        named_at=BEGUN,
        joined_at=BEGUN,
    )
    Application.objects.filter(pk=scene.submitted.pk).update(stage="placed", phase="placement")
    offer = accepted_offer(scene)
    Seat.objects.create(place=scene.bank_place, offer=offer, number=2, taken_at=BEGUN)
    return operations.begin_placement(offer=offer, level="master", by=scene.manager.person, at=BEGUN)


def test_the_seat_is_free_and_the_offer_given_back(scene: Scene) -> None:
    Application.objects.filter(pk=scene.submitted.pk).update(stage="placed", phase="placement")
    placement = begun(scene)
    operations.count_place(place=scene.bank_place, at=BEGUN)
    free = queries.free_seats(scene.call)
    assert (Counted.PLACES_FILLED, "seat:1", date(2019, 9, 25)) in lines(scene.bank_place)

    first, again = call_off(placement, scene), call_off(placement, scene)

    offer = Offer.objects.get(pk=placement.offer_id)
    assert first.cancelled_at == again.cancelled_at == Seat.objects.get().given_up_at == LATER
    assert (offer.state, offer.answered_at, offer.answerer) == (OfferState.WITHDRAWN, LATER, scene.manager.person)
    assert first.cancel_reason == offer.answer_reason == "Visa refused"
    assert queries.free_seats(scene.call) == free + 1
    assert next(one.held for one in queries.places_of_call(scene.call) if one.pk == scene.bank_place.pk) == 0
    assert Counted.PLACES_FILLED not in [what for what, _part, _day in lines(scene.bank_place)]
    assert Application.objects.get(pk=scene.submitted.pk).stage == "given-up"
    assert Message.objects.filter(topic="programmes.offer-answered", notes__person=scene.second.person).count() == 1


def test_somebody_else_is_offered_the_place_at_once(scene: Scene) -> None:
    models.Place.objects.filter(pk=scene.bank_place.pk).update(count=1)
    placement = begun(scene)
    who = wait(scene, {"ann": [scene.bank_place]})["ann"]
    said = {"place": scene.bank_place, "answer_by": LATER + timedelta(days=9), "by": scene.manager.person, "at": LATER}
    with pytest.raises(operations.SeatsTaken):
        operations.offer_place(application=who, **said)  # type: ignore[arg-type]

    call_off(placement, scene)

    offer = operations.offer_place(application=who, **said)  # type: ignore[arg-type]
    operations.accept_offer(offer=offer, by=who.applicant, at=LATER)
    assert held(scene.bank_place) == [1]


def test_others_of_the_application_keep_their_seats(scene: Scene) -> None:
    first, second = two_begun(scene)
    operations.count_place(place=scene.bank_place, at=BEGUN)

    call_off(first, scene)

    offer = Offer.objects.get(pk=first.offer_id)
    assert (held(scene.bank_place), offer.state) == ([1], OfferState.ACCEPTED)
    assert Application.objects.get(pk=scene.submitted.pk).stage == "placed"
    assert [part for what, part, _day in lines(scene.bank_place) if what == Counted.PLACES_FILLED] == ["seat:1"]
    operations.confirm_arrival(placement=second, arrived_on=ARRIVED, by=scene.bank_contact.person, at=moment(ARRIVED))
    operations.count_place(place=scene.bank_place, at=moment(ARRIVED))
    assert [part for what, part, _day in lines(scene.bank_place) if what == Counted.PLACES_FILLED] == ["seat:1"]


def test_with_the_last_of_them_the_offer_is_given_back(scene: Scene) -> None:
    for placement in two_begun(scene):
        call_off(placement, scene)

    assert (held(scene.bank_place), Offer.objects.get().state) == ([], OfferState.WITHDRAWN)
    assert Application.objects.get(pk=scene.submitted.pk).stage == "given-up"


def test_a_match_has_the_freed_seat_to_give(scene: Scene) -> None:
    first, _second = two_begun(scene)
    who = wait(scene, {"ann": [scene.bank_place]})["ann"]
    by = scene.manager.person

    def placed() -> int:
        run = operations.run_match(call=scene.call, mechanism="joint-applications", by=by, at=AFTER)
        return models.MatchLine.objects.filter(run=run, application=who, place=scene.bank_place).count()

    assert placed() == 0
    call_off(first, scene)
    assert placed() == 1


def test_ended_early_it_keeps_its_seat(scene: Scene) -> None:
    placement = arrived(scene)
    operations.end_placement(
        placement=placement,
        left_on=date(2019, 11, 1),
        reason=EndReason.PERSON,
        by=scene.bank_contact.person,
        at=moment(LAST),
    )
    with pytest.raises(operations.PlacementBegun, match="A placement stands on this offer"):
        operations.give_back(offer=placement.offer, reason="", by=scene.manager.person, at=moment(LAST))
    assert held(scene.bank_place) == [1]


def test_the_person_reads_on_their_page_why(scene: Scene) -> None:
    placement = begun(scene)
    call_off(placement, scene)

    page = scene.second.client.get(f"/programmes/applications/{scene.submitted.reference}/").content.decode()

    assert "Called off before it began" in page
    assert "Visa refused" in page


def test_two_of_an_application_called_off_at_once_leave_no_seat(world: Scene) -> None:
    first, second = two_begun(world)

    found = at_once(lambda: call_off(first, world), lambda: call_off(second, world))

    assert refusals(found) == 0
    assert None not in found
    assert (held(world.bank_place), Offer.objects.get().state) == ([], OfferState.WITHDRAWN)


def test_called_off_and_arrived_at_once_is_one_of_both(world: Scene) -> None:
    placement = begun(world)

    found = at_once(
        lambda: call_off(placement, world),
        lambda: operations.confirm_arrival(
            placement=placement, arrived_on=ARRIVED, by=world.bank_contact.person, at=moment(ARRIVED)
        ),
    )

    placement.refresh_from_db()
    assert refusals(found) == 1
    assert None not in found
    assert (placement.cancelled_at is None) == (held(world.bank_place) == [1]) == (placement.arrived_on is not None)


def test_called_off_while_another_accepts_each_gets_what_is_left(world: Scene) -> None:
    models.Place.objects.filter(pk=world.bank_place.pk).update(count=1)
    placement = begun(world)
    who = wait(world, {"ann": [world.bank_place]})["ann"]
    offer = Offer.objects.create(
        application=who,
        place=world.bank_place,
        answer_by_at=ANSWER_BY,
        made_at=AFTER,
        made_by=world.manager.person,
        told_at=AFTER,
    )

    def accept() -> object:
        return operations.accept_offer(offer=offer, by=who.applicant, at=LATER)

    found = at_once(lambda: call_off(placement, world), accept)

    assert None not in found
    if refusals(found):
        assert isinstance(found[1], Refused)
        accept()
    assert held(world.bank_place) == [1]
    assert Offer.objects.get(pk=offer.pk).state == OfferState.ACCEPTED
