"""Runs of the matching: what goes in, what comes out, publishing it, and carrying it on."""

from datetime import timedelta

import pytest
from tests.programmes.scene import Scene
from tests.programmes.waiting import AFTER, ANSWER_BY, applicant, offer_to, published, rank, wait

from accord.engines import matching
from accord.outbox import operations as outbox
from accord.outbox.models import Batch, InboxNote
from accord.programmes import models, operations
from accord.programmes.enums import BarKind, OfferState, RunKind

pytestmark = pytest.mark.django_db


def places_of(run: models.MatchRun) -> dict[str, str | None]:
    """Return who got what in a run, by the number of the reference."""
    return {one.application.reference[-3:]: one.place.code if one.place else None for one in run.lines.all()}


def run_of(scene: Scene, mechanism: str = "fair-match", **settings: object) -> models.MatchRun:
    """Make a run."""
    asked = operations.RunSettings(**settings) if settings else None  # type: ignore[arg-type]
    return operations.run_match(call=scene.call, mechanism=mechanism, by=scene.manager.person, at=AFTER, settings=asked)


def test_the_hosts_order_decides_and_each_gets_a_reason(scene: Scene) -> None:
    lab, bank = scene.lab_place, scene.bank_place
    who = wait(scene, {"ann": [lab, bank], "bo": [lab, bank], "cy": [lab]})
    rank(lab, who["bo"], who["ann"], who["cy"])
    rank(bank, who["ann"], who["bo"])

    run = run_of(scene)

    assert places_of(run) == {"001": "P-01", "002": "P-02", "003": None}
    assert (run.placed, run.unplaced, run.kind) == (2, 1, RunKind.DRY)
    line = run.lines.get(application=who["ann"])
    assert [(one["programme"], one["code"]) for one in line.reasons] == [
        ("P-02", "below-cutoff"),
        ("P-01", "placed-here"),
    ]


def test_who_may_not_have_a_place_does_not_get_it_and_who_has_one_by_decision_keeps_it(scene: Scene) -> None:
    lab, bank = scene.lab_place, scene.bank_place
    who = wait(scene, {"ann": [lab, bank], "bo": [lab], "cy": [bank]})
    by = scene.manager.person
    operations.bar(
        application=who["ann"], place=lab, kind=BarKind.CONFLICT, reason="Works for the director.", by=by, at=AFTER
    )
    operations.fix_place(application=who["cy"], place=lab, reason="Began there in spring.", by=by, at=AFTER)

    run = run_of(scene)

    assert places_of(run) == {"001": "P-01", "002": None, "003": "P-02"}
    assert run.lines.get(application=who["ann"]).reasons[0]["reason"] == "Works for the director."
    assert "director" not in str(run.market)


def test_seats_and_limits_hold_and_what_if_asks_without_them(scene: Scene) -> None:
    lab, bank = scene.lab_place, scene.bank_place
    wait(scene, {"ann": [lab], "bo": [bank], "cy": [bank]})
    limit = operations.set_limit(
        call=scene.call,
        key="all",
        facts=operations.LimitFacts(name=scene.call.name, kind="total", at_most=2),
        by=scene.manager.person,
        at=AFTER,
    )
    models.Place.objects.update(limit=limit)

    held, freed = run_of(scene), run_of(scene, without=("all",))
    more = run_of(scene, seats={"P-02": 1}, without=("all",))

    assert [one.placed for one in (held, freed, more)] == [2, 3, 3]
    assert (freed.kind, more.settings["seats"]) == (RunKind.WHAT_IF, {"P-02": 1})
    with pytest.raises(operations.RunStale, match="what-if"):
        operations.publish_match(run=freed, answer_by=ANSWER_BY, by=scene.manager.person, at=AFTER)


def test_two_who_apply_together_go_to_one_host(scene: Scene) -> None:
    lab, bank = scene.lab_place, scene.bank_place
    who = wait(scene, {"ann": [lab, bank], "bo": [lab, bank]})
    who["ann"].together_with, who["bo"].together_with = who["bo"], who["ann"]
    for one in who.values():
        one.save()

    with pytest.raises(operations.MarketFaulty, match="apply jointly"):
        run_of(scene)
    assert places_of(run_of(scene, "joint-applications")) == {"001": "P-01", "002": "P-01"}


def test_publishing_makes_every_offer_once_and_letters_wait_until_they_are_let_go(scene: Scene) -> None:
    who = wait(scene, {"ann": [scene.lab_place], "bo": [scene.lab_place]})
    rank(scene.lab_place, who["ann"], who["bo"])
    run = run_of(scene)
    by = scene.manager.person

    done = operations.publish_match(run=run, answer_by=ANSWER_BY, by=by, at=AFTER)
    again = operations.publish_match(run=run, answer_by=ANSWER_BY, by=by, at=AFTER + timedelta(hours=1))

    assert done.published_at == again.published_at == AFTER
    offer = models.Offer.objects.get(run=run)
    assert (offer.application, offer.place, offer.told_at) == (who["ann"], scene.lab_place, None)
    assert InboxNote.objects.filter(arrived_at=None).count() == 2
    assert models.Application.objects.get(pk=who["ann"].pk).stage == "matching"
    with pytest.raises(operations.OfferOver, match="not out yet"):
        operations.accept_offer(offer=offer, by=who["ann"].applicant, at=AFTER)

    batch = Batch.objects.get(key=f"programmes.match:{run.pk}")
    outbox.release_held(batch=batch, by=scene.cast.owner.person, at=AFTER + timedelta(days=1))

    assert models.Offer.objects.get(run=run).told_at == AFTER + timedelta(days=1)
    assert models.Application.objects.get(pk=who["ann"].pk).stage == "offered"
    assert InboxNote.objects.filter(arrived_at__isnull=False).count() == 2


def test_letters_that_are_called_off_take_the_result_back(scene: Scene) -> None:
    who = wait(scene, {"ann": [scene.lab_place]})
    run = published(scene, hold=True)

    outbox.cancel_held(batch=Batch.objects.get(), by=scene.cast.owner.person, at=AFTER)

    assert offer_to(who["ann"]).state == OfferState.WITHDRAWN
    assert models.MatchRun.objects.get(pk=run.pk).replaced_at == AFTER
    assert published(scene).number == 2


def test_a_run_of_yesterday_is_not_published_when_something_changed(scene: Scene) -> None:
    who = wait(scene, {"ann": [scene.lab_place]})
    run = run_of(scene)
    models.Wish.objects.filter(application=who["ann"]).delete()

    with pytest.raises(operations.RunStale, match="Run it again"):
        operations.publish_match(run=run, answer_by=ANSWER_BY, by=scene.manager.person, at=AFTER)

    assert not models.Offer.objects.exists()


def test_people_get_days_to_answer_and_one_result_holds(scene: Scene) -> None:
    wait(scene, {"ann": [scene.lab_place]})
    run, other = run_of(scene), run_of(scene)
    by = scene.manager.person
    with pytest.raises(operations.AnswerTooSoon, match="three days"):
        operations.publish_match(run=run, answer_by=AFTER + timedelta(days=2), by=by, at=AFTER)
    operations.publish_match(run=run, answer_by=ANSWER_BY, by=by, at=AFTER)
    with pytest.raises(operations.RunPublished, match="re-match"):
        operations.publish_match(run=other, answer_by=ANSWER_BY, by=by, at=AFTER)


def test_a_declined_place_goes_to_the_next_and_others_stay(scene: Scene) -> None:
    lab, bank = scene.lab_place, scene.bank_place
    who = wait(scene, {"ann": [lab, bank], "bo": [lab, bank], "cy": [lab]})
    rank(lab, who["ann"], who["bo"], who["cy"])
    run = published(scene)
    accepted = operations.accept_offer(offer=offer_to(who["bo"]), by=who["bo"].applicant, at=AFTER)
    operations.decline_offer(offer=offer_to(who["ann"]), reason="A job.", by=who["ann"].applicant, at=AFTER)

    again = operations.rematch(run=run, policy="improve-all", by=scene.manager.person, at=AFTER)
    assert places_of(again) == {"002": "P-01", "003": "P-02"}
    assert {one.application.reference[-3:]: one.change for one in again.lines.all()} == {
        "002": matching.Change.STAYS,
        "003": matching.Change.NEWLY_PLACED,
    }
    operations.publish_match(run=again, answer_by=ANSWER_BY, by=scene.manager.person, at=AFTER)

    assert offer_to(who["bo"]) == accepted
    assert offer_to(who["cy"]).place == lab
    assert offer_to(who["cy"]).told_at == AFTER
    assert models.MatchRun.objects.get(pk=run.pk).replaced_at == AFTER
    third = operations.rematch(
        run=models.MatchRun.objects.get(pk=again.pk), policy="vacancies-only", by=scene.manager.person, at=AFTER
    )
    assert places_of(third) == places_of(again)


def test_improving_moves_an_open_offer_up_and_filling_gaps_does_not(scene: Scene) -> None:
    lab, bank = scene.lab_place, scene.bank_place
    who = wait(scene, {"ann": [lab, bank], "bo": [lab, bank]})
    rank(lab, who["ann"], who["bo"])
    run = published(scene)
    operations.decline_offer(offer=offer_to(who["ann"]), reason="", by=who["ann"].applicant, at=AFTER)
    by = scene.manager.person

    kept = operations.rematch(run=run, policy="vacancies-only", by=by, at=AFTER)
    moved = operations.rematch(run=run, policy="improve-all", by=by, at=AFTER)
    operations.publish_match(run=moved, answer_by=ANSWER_BY, by=by, at=AFTER)

    assert (places_of(kept), places_of(moved)) == ({"002": "P-01"}, {"002": "P-02"})
    states = list(models.Offer.objects.filter(application=who["bo"]).order_by("pk").values_list("state", "place__code"))
    assert states == [(OfferState.WITHDRAWN, "P-01"), (OfferState.OPEN, "P-02")]


def test_somebody_new_on_the_reserve_list_waits_until_they_are_accepted(scene: Scene) -> None:
    who = wait(scene, {"ann": [scene.lab_place], "bo": [scene.bank_place]})
    slate = models.Slate.objects.create(
        call=scene.call,
        number=1,
        opened_at=AFTER,
        opened_by=scene.manager.person,
        settled_at=AFTER,
        settled_by=scene.manager.person,
    )
    models.Decision.objects.create(
        slate=slate,
        application=who["bo"],
        outcome="reserve",
        reserve_position=1,
        decided_at=AFTER,
        decided_by=scene.manager.person,
    )
    assert places_of(run_of(scene)) == {"001": "P-02"}


def test_a_published_result_is_repeated_by_an_outsider(scene: Scene) -> None:
    lab, bank = scene.lab_place, scene.bank_place
    who = wait(scene, {"ann": [lab, bank], "bo": [lab, bank], "cy": [lab, bank]})
    run = published(scene)
    operations.decline_offer(offer=offer_to(who["ann"]), reason="", by=who["ann"].applicant, at=AFTER)
    applicant(scene, "late", 9, [lab])
    again = operations.rematch(run=run, policy="vacancies-only", by=scene.manager.person, at=AFTER)
    for one in (run, again):
        market = matching.market_from_data(one.market)
        outcome = matching.outcome_from_data(market, operations.result_of(one)["outcome"])
        assert matching.digest(market) == one.digest
        repeated = matching.match(market, outcome.mechanism, lottery=outcome.lottery)
        assert repeated.edge.tolist() == outcome.edge.tolist()
        assert matching.check(market, outcome).sound


def test_the_same_number_of_queries_publishes_few_and_many(scene: Scene, django_assert_max_num_queries: object) -> None:
    wait(scene, {f"n{number}": [scene.lab_place, scene.bank_place] for number in range(40)})
    run = run_of(scene)
    with django_assert_max_num_queries(90):  # type: ignore[operator]
        operations.publish_match(run=run, answer_by=ANSWER_BY, by=scene.manager.person, at=AFTER, hold=False)
