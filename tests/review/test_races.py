"""Two at the same moment, each with a connection of their own: one order or the other, and nothing in between."""

import threading
from collections.abc import Callable
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, connections
from tests.cast import make_cast
from tests.review.scene import NOW, Scene, later, make_scene

from accord.kernel.constraints import broken
from accord.kernel.refused import Clash, Refused
from accord.outbox.models import Message
from accord.review import operations
from accord.review.models import Assignment, Conflict, Item, Review
from accord.review.operations import ReviewFacts

TRIES = 5


@pytest.fixture
def world(transactional_db: None) -> Scene:
    """Make the scene so that other connections see it."""
    return make_scene(make_cast())


def at_once(*works: Callable[[], object]) -> list[object]:
    """Do all of this at the same moment, each in a thread with its own connection; return what came of each."""
    found: list[object] = [None] * len(works)
    start = threading.Barrier(len(works))

    def run(number: int) -> None:
        try:
            connection.ensure_connection()
            start.wait(20)
            found[number] = works[number]()
        except Refused as refused:
            found[number] = refused
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(number,)) for number in range(len(works))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return found


def test_two_autosaves_at_once_are_one_and_a_clash(world: Scene) -> None:
    ann = world.members["ann"].person
    assignment = world.assign("A-001", "ann")
    world.state("ann")

    def keep(value: int) -> Callable[[], object]:
        facts = ReviewFacts({"quality": Decimal(value)})
        return lambda: operations.keep_review(assignment=assignment, facts=facts, version=0, by=ann, at=NOW)

    found = at_once(keep(2), keep(5))

    (kept,) = [one for one in found if isinstance(one, Review)]
    assert [type(one) for one in found if one is not kept] == [Clash]
    assert Review.objects.get().version == 1
    assert Review.objects.get().scores.get().value in {Decimal(2), Decimal(5)}


def test_a_draft_and_its_submission_at_once_never_leave_another_score_than_the_total(world: Scene) -> None:
    ann = world.members["ann"].person
    facts = ReviewFacts({"quality": Decimal(5)})

    def both(draft: Review) -> None:
        told = {"assignment": draft.assignment, "version": draft.version, "by": ann, "at": NOW}
        at_once(
            lambda: operations.keep_review(facts=facts, **told),
            lambda: operations.submit_review(**told),
        )

    for number in range(1, TRIES):
        draft = world.review(f"A-{number:03}", "ann", "2", submit=False)
        both(draft)

        review = Review.objects.get(pk=draft.pk)
        quality = review.scores.get(criterion__key="quality").value
        assert review.total in {None, Decimal("33.333") if quality == Decimal(2) else Decimal("83.333")}


def test_submitting_and_opening_again_at_once_end_in_one_of_both_states(world: Scene) -> None:
    review = world.review("A-001", "ann", "4")
    ann = world.members["ann"].person

    def both(fresh: Review) -> None:
        told = {"assignment": fresh.assignment, "version": fresh.version, "by": ann}
        at_once(
            lambda: operations.reopen_review(review=fresh, reason="Look again", **world.told),
            lambda: operations.submit_review(at=later(1), **told),
        )

    for _try in range(TRIES):
        both(Review.objects.select_related("assignment__item__panel").get(pk=review.pk))
        now = Review.objects.get(pk=review.pk)
        assert (now.submitted_at is None) == (now.total is None)
        if now.submitted_at is None:
            operations.submit_review(assignment=review.assignment, version=now.version, by=ann, at=later(2))


def test_a_run_that_two_apply_is_applied_once(world: Scene) -> None:
    run = operations.propose_assignment(panel=world.panel, goal="best_total", **world.told)

    found = at_once(
        lambda: operations.apply_run(run=run, **world.told),
        lambda: operations.apply_run(run=run, by=world.manager.person, at=later(1)),
    )

    assert len({(one.applied_at, one.applied_by_id) for one in found}) == 1  # type: ignore[attr-defined]
    assert Assignment.objects.filter(released_at=None).count() == len(run.result["pairs"])
    assert Message.objects.filter(topic="review.assigned").count() == len(world.reviewers)


def test_an_assignment_and_a_conflict_at_once_never_both_stand(world: Scene) -> None:
    panelist, ann = world.reviewers["ann"], world.members["ann"].person

    def both(item: Item) -> list[object]:
        told = {"panelist": panelist, "item": item}
        return at_once(
            lambda: operations.assign(**told, **world.told),
            lambda: operations.declare_conflict(reason="My pupil", by=ann, at=NOW, **told),
        )

    for item in world.items[:TRIES]:
        found = both(item)

        assert Conflict.objects.filter(item=item, panelist=panelist, lifted_at=None).count() == 1
        assert not Assignment.objects.filter(item=item, panelist=panelist, released_at=None).exists()
        assert isinstance(found[0], Assignment | operations.InConflict)


def test_past_the_operations_the_database_keeps_them_apart_as_well(world: Scene) -> None:
    """Two plain inserts, each of which saw nothing of the other: one of them is refused."""
    panelist, by = world.reviewers["ann"], world.cast.owner.person
    told: list[str] = []

    def insert(make: Callable[[], object]) -> None:
        try:
            make()
        except IntegrityError as error:
            told.append(broken(error))

    def both(item: Item) -> None:
        pair = {"item": item, "panelist": panelist}
        assigned = {"assigned_at": NOW, "assigned_by": by, "due_at": NOW, **pair}
        found = {"kind": "declared", "source": "declared", "found_at": NOW, **pair}
        at_once(
            lambda: insert(lambda: Assignment.objects.create(**assigned)),
            lambda: insert(lambda: Conflict.objects.create(**found)),
        )

    for item in world.items[:TRIES]:
        both(item)
        held = Assignment.objects.filter(item=item, panelist=panelist, released_at=None).count()
        kept = Conflict.objects.filter(item=item, panelist=panelist, lifted_at=None).count()
        assert held + kept == 1

    assert told == ["no_assignment_in_conflict"] * TRIES


def test_closing_and_submitting_at_once_leave_no_review_out_of_the_standing(world: Scene) -> None:
    draft = world.review("A-001", "ann", "4", submit=False)
    ann = world.members["ann"].person

    at_once(
        lambda: operations.close_panel(panel=world.panel, **world.told),
        lambda: operations.submit_review(assignment=draft.assignment, version=draft.version, by=ann, at=NOW),
    )

    is_in = Review.objects.get(pk=draft.pk).submitted_at is not None
    assert world.panel.standings.count() == int(is_in)
