"""What happens when two act on one application at the same moment."""

import threading
from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, connections
from tests.cast import make_cast
from tests.programmes.scene import WHILE_OPEN, Scene, make_scene

from accord.kernel.refused import Refused
from accord.programmes import models, operations
from accord.programmes.enums import Outcome, WorkflowActor

LATER = WHILE_OPEN + timedelta(days=1)


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


def refusals(found: Sequence[object]) -> int:
    """Return how many were refused."""
    return sum(isinstance(one, Refused) for one in found)


def test_of_two_who_take_different_steps_one_leads_on(world: Scene) -> None:
    def take(step: str, who: Any) -> Callable[[], object]:
        return lambda: operations.take_step(
            application=world.submitted,
            step=step,
            reason="Not in this round.",
            by=who,
            actors=[WorkflowActor.OFFICE],
            at=LATER,
        )

    found = at_once(take("pass", world.manager.person), take("refuse", world.cast.owner.person))

    world.submitted.refresh_from_db()
    assert models.Step.objects.filter(application=world.submitted).count() == 2 - refusals(found) == 1
    assert world.submitted.stage in {"review", "declined"}


def test_one_step_taken_by_several_at_once_is_taken_once(world: Scene) -> None:
    works = [
        lambda who=who: operations.take_step(
            application=world.submitted, step="pass", by=who, actors=[WorkflowActor.OFFICE], at=LATER
        )
        for who in (world.manager.person, world.cast.owner.person, world.manager.person)
    ]

    at_once(*works)

    assert models.Step.objects.filter(application=world.submitted, step="pass").count() == 1


def test_a_withdrawal_against_a_decision_that_is_told_ends_in_one_of_them(world: Scene) -> None:
    models.Application.objects.filter(pk=world.submitted.pk).update(stage="decision", phase="decision")
    who = world.manager.person
    slate = models.Slate.objects.create(
        call=world.call, number=1, opened_at=LATER, opened_by=who, settled_at=LATER, settled_by=who
    )
    models.Decision.objects.create(
        slate=slate,
        application=world.submitted,
        outcome=Outcome.DECLINE,
        decided_at=LATER,
        decided_by=who,
        told_at=LATER,
    )

    at_once(
        lambda: operations.advance(application=world.submitted, at=LATER),
        lambda: operations.take_step(
            application=world.submitted,
            step="withdraw",
            reason="I found a job.",
            by=world.second.person,
            actors=[WorkflowActor.APPLICANT],
            at=LATER,
        ),
    )

    world.submitted.refresh_from_db()
    (kept,) = models.Step.objects.filter(application=world.submitted)
    assert world.submitted.stage == kept.to_stage
    assert (world.submitted.withdrawn_at is not None) == (world.submitted.stage == "withdrawn")
