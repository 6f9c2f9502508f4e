"""Offers: accepted, declined, lapsed, given back, made by hand; what is counted of them; two at once."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from threading import Barrier

import pytest
from django.db import connection
from tests.programmes.scene import Scene
from tests.programmes.waiting import AFTER, ANSWER_BY, offer_to, published, wait

from accord.kernel.refused import Refused
from accord.kernel.text import Bilingual
from accord.outbox.models import Message
from accord.programmes import models, operations
from accord.programmes.enums import Counted, OfferState

pytestmark = pytest.mark.django_db


def offer(application: models.Application, place: models.Place, **more: object) -> models.Offer:
    """Make an offer that the applicant was told of."""
    return models.Offer.objects.create(
        application=application,
        place=place,
        answer_by_at=ANSWER_BY,
        made_at=AFTER,
        made_by=application.call.prepared_by,
        told_at=AFTER,
        **more,
    )


def lines(place: models.Place) -> list[tuple[str, str, date]]:
    """Return what is counted of a place now."""
    rows = models.CountedLine.objects.filter(record=f"place:{place.pk}", unknown_at=None)
    return list(rows.order_by("what", "part").values_list("what", "part", "starts_on"))


def test_accepting_takes_a_seat_moves_on_and_tells_the_office_once(scene: Scene) -> None:
    who = wait(scene, {"ann": [scene.lab_place]})
    published(scene)
    mine = offer_to(who["ann"])

    first = operations.accept_offer(offer=mine, by=who["ann"].applicant, at=AFTER)
    again = operations.accept_offer(offer=mine, by=who["ann"].applicant, at=AFTER + timedelta(hours=1))

    assert (first.state, again.answered_at) == (OfferState.ACCEPTED, AFTER)
    assert list(models.Seat.objects.values_list("place", "number", "offer")) == [(scene.lab_place.pk, 1, mine.pk)]
    assert models.Application.objects.get(pk=who["ann"].pk).stage == "placed"
    assert Message.objects.filter(topic="programmes.offer-answered").count() == 1
    assert (Counted.PLACES_FILLED, "seat:1", date(2019, 9, 20)) in lines(scene.lab_place)


def test_a_team_takes_a_seat_for_each(scene: Scene) -> None:
    who = wait(scene, {"ann": [scene.bank_place]})
    models.CoApplicant.objects.create(
        application=who["ann"], name="Bo", email="bo@example.org", named_at=AFTER, joined_at=AFTER
    )
    operations.accept_offer(offer=offer(who["ann"], scene.bank_place), by=who["ann"].applicant, at=AFTER)
    assert [one.number for one in models.Seat.objects.all()] == [1, 2]


def test_what_was_accepted_is_given_back_and_counts_no_more(scene: Scene) -> None:
    who = wait(scene, {"ann": [scene.lab_place]})
    mine = operations.accept_offer(offer=offer(who["ann"], scene.lab_place), by=who["ann"].applicant, at=AFTER)

    operations.give_back(offer=mine, reason="A job.", by=scene.manager.person, at=AFTER + timedelta(days=1))

    assert models.Seat.objects.get().given_up_at == AFTER + timedelta(days=1)
    assert Counted.PLACES_FILLED not in [what for what, _part, _day in lines(scene.lab_place)]
    assert models.Application.objects.get(pk=who["ann"].pk).stage == "given-up"


def test_who_does_not_answer_loses_the_offer_and_is_told(scene: Scene) -> None:
    who = wait(scene, {"ann": [scene.lab_place], "bo": [scene.bank_place]})
    offer(who["ann"], scene.lab_place)
    kept = operations.accept_offer(offer=offer(who["bo"], scene.bank_place), by=who["bo"].applicant, at=AFTER)

    assert operations.remind_of_offers(at=ANSWER_BY - timedelta(days=1)) == 1
    assert operations.remind_of_offers(at=ANSWER_BY - timedelta(hours=1)) == 0
    assert operations.lapse_offers(at=ANSWER_BY) == 0
    assert operations.lapse_offers(at=ANSWER_BY + timedelta(seconds=1)) == 1
    assert operations.lapse_offers(at=ANSWER_BY + timedelta(days=1)) == 0

    assert offer_to(who["ann"]).state == OfferState.LAPSED
    assert offer_to(who["bo"]) == kept
    with pytest.raises(operations.OfferOver, match="Lapsed"):
        operations.accept_offer(offer=offer_to(who["ann"]), by=who["ann"].applicant, at=ANSWER_BY)


def test_an_answer_after_the_hour_is_refused_even_before_the_clock_struck(scene: Scene) -> None:
    who = wait(scene, {"ann": [scene.lab_place]})
    mine = offer(who["ann"], scene.lab_place)
    with pytest.raises(operations.OfferOver, match="time to answer is over"):
        operations.accept_offer(offer=mine, by=who["ann"].applicant, at=ANSWER_BY + timedelta(seconds=1))


def test_a_place_is_offered_by_hand_while_a_seat_is_left(scene: Scene) -> None:
    who = wait(scene, {"ann": [], "bo": []})
    said = {"place": scene.lab_place, "answer_by": ANSWER_BY, "by": scene.manager.person, "at": AFTER}

    made = operations.offer_place(application=who["ann"], **said)  # type: ignore[arg-type]

    assert operations.offer_place(application=who["ann"], **said) == made  # type: ignore[arg-type]
    assert models.Application.objects.get(pk=who["ann"].pk).stage == "offered"
    with pytest.raises(operations.SeatsTaken, match="held or offered"):
        operations.offer_place(application=who["bo"], **said)  # type: ignore[arg-type]
    with pytest.raises(operations.NotWaiting):
        operations.offer_place(application=scene.submitted, **said)  # type: ignore[arg-type]


def test_seats_count_from_the_day_on_which_each_was_opened(scene: Scene) -> None:
    day, later = datetime(2019, 7, 2, 17, tzinfo=UTC), datetime(2019, 7, 9, 3, tzinfo=UTC)
    by = scene.bank_contact.person
    facts = operations.PlaceFacts(name=Bilingual("Vault", ""), count=1)
    place = operations.open_place(host=scene.bank_host, facts=facts, by=by, at=day)
    more = operations.PlaceFacts(name=Bilingual("Vault", ""), count=2)
    place = operations.change_place(place=place, version=1, facts=more, by=by, at=later)
    assert place.code == "P-03"
    assert lines(place) == [
        (Counted.PLACES_OFFERED, "seat:1", date(2019, 7, 3)),
        (Counted.PLACES_OFFERED, "seat:2", date(2019, 7, 9)),
    ]
    operations.close_place(place=place, by=by, at=later)
    assert lines(place) == []


def test_a_place_does_not_become_smaller_than_who_is_offered_it(scene: Scene) -> None:
    who = wait(scene, {"ann": [scene.bank_place], "bo": [scene.bank_place]})
    for one in who.values():
        offer(one, scene.bank_place)
    facts = operations.PlaceFacts(name=scene.bank_place.name, count=1)
    by = scene.bank_contact.person
    with pytest.raises(operations.SeatsTaken, match="2 people hold or are offered"):
        operations.change_place(place=scene.bank_place, version=1, facts=facts, by=by, at=AFTER)
    with pytest.raises(operations.SeatsTaken, match="Take their offers back"):
        operations.close_place(place=scene.bank_place, by=by, at=AFTER)


def at_once(*acts: Callable[[], object]) -> list[object]:
    """Do these at the same time, each in its own connection; return what each gave, or how it was refused."""
    together = Barrier(len(acts))

    def done(act: Callable[[], object]) -> object:
        try:
            together.wait()
            return act()
        except Refused as refused:
            return refused.code
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as threads:
        return list(threads.map(done, acts))


@pytest.mark.django_db(transaction=True)
def test_of_two_who_accept_the_last_seat_one_gets_it(scene: Scene) -> None:
    who = wait(scene, {"ann": [scene.lab_place], "bo": [scene.lab_place]})
    offers = [offer(one, scene.lab_place) for one in who.values()]

    got = at_once(
        *(
            lambda one=one: operations.accept_offer(offer=one, by=one.application.applicant, at=AFTER).state
            for one in offers
        )
    )

    assert sorted(map(str, got)) == ["accepted", "place-taken"]
    assert models.Seat.objects.filter(place=scene.lab_place, given_up_at=None).count() == 1
    assert sorted(models.Offer.objects.values_list("state", flat=True)) == ["accepted", "open"]


@pytest.mark.django_db(transaction=True)
def test_an_offer_is_accepted_or_lapses_not_both(scene: Scene) -> None:
    who = wait(scene, {"ann": [scene.lab_place]})
    mine = offer(who["ann"], scene.lab_place)

    at_once(
        lambda: operations.accept_offer(offer=mine, by=who["ann"].applicant, at=ANSWER_BY).state,
        lambda: operations.lapse_offers(at=ANSWER_BY + timedelta(seconds=1)),
    )

    held = models.Seat.objects.filter(given_up_at=None).count()
    assert (offer_to(who["ann"]).state, held) in [(OfferState.ACCEPTED, 1), (OfferState.LAPSED, 0)]


@pytest.mark.django_db(transaction=True)
def test_a_place_made_smaller_while_somebody_accepts_keeps_who_is_in_it(scene: Scene) -> None:
    who = wait(scene, {"ann": [scene.bank_place], "bo": [scene.bank_place]})
    first, second = (offer(one, scene.bank_place) for one in who.values())
    operations.accept_offer(offer=first, by=who["ann"].applicant, at=AFTER)
    facts = operations.PlaceFacts(name=scene.bank_place.name, count=1)
    version = models.Place.objects.get(pk=scene.bank_place.pk).version

    at_once(
        lambda: operations.accept_offer(offer=second, by=who["bo"].applicant, at=AFTER).state,
        lambda: (
            operations.change_place(
                place=scene.bank_place, version=version, facts=facts, by=scene.bank_contact.person, at=AFTER
            ).count
        ),
    )

    place = models.Place.objects.get(pk=scene.bank_place.pk)
    assert models.Seat.objects.filter(place=place, given_up_at=None).count() <= place.count


@pytest.mark.django_db(transaction=True)
def test_a_result_published_twice_at_once_makes_each_offer_once(scene: Scene) -> None:
    wait(scene, {"ann": [scene.lab_place], "bo": [scene.bank_place]})
    by = scene.manager.person
    run = operations.run_match(call=scene.call, mechanism="fair-match", by=by, at=AFTER)

    got = at_once(
        *(
            lambda: operations.publish_match(run=run, answer_by=ANSWER_BY, by=by, at=AFTER, hold=False).number
            for _twice in range(2)
        )
    )

    assert got == [run.number, run.number]
    assert models.Offer.objects.count() == 2
    assert Message.objects.filter(topic="programmes.offer-made").count() == 1
