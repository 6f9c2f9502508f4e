"""Decisions at the same moment, each by a connection of its own: one order or the other, and nothing in between."""

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection, connections
from tests.cast import make_cast
from tests.programmes.deciding import DAY, LATER, WHY, due, let_go, opened, outcomes, settled, standing
from tests.programmes.scene import Scene, make_scene

from accord.kernel.refused import Refused
from accord.outbox.models import Batch, Message
from accord.programmes import models, operations
from accord.programmes.enums import Outcome, WorkflowActor
from accord.programmes.operations import LettersWait, SlateSettled


@pytest.fixture
def world(transactional_db: None) -> Scene:
    """Make the scene so that other connections see it."""
    return make_scene(make_cast())


def at_once(*works: Callable[[], object]) -> list[object]:
    """Do all of this at the same moment; return what came of each."""
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


def ready(scene: Scene) -> tuple[models.Slate, list[models.Application], dict[str, Any]]:
    """Open a slate with a decision on each of three."""
    rows = due(scene, ["90", "80", "70"], quota=1, reserve=1)
    slate = opened(scene)
    told: dict[str, Any] = {"slate": slate, "by": scene.manager.person, "at": DAY}
    operations.take_proposals(reason=WHY, **told)
    return slate, rows, told


def test_two_who_settle_at_once_settle_once(world: Scene) -> None:
    slate, _rows, told = ready(world)

    at_once(lambda: operations.settle_slate(**told), lambda: operations.settle_slate(**told))

    slate.refresh_from_db()
    assert (slate.settled_at, Batch.objects.count(), Message.objects.filter(topic="programmes.decided").count()) == (
        DAY,
        1,
        3,
    )


def test_a_decision_that_changes_while_somebody_settles_is_in_or_refused(world: Scene) -> None:
    slate, rows, told = ready(world)

    _settled, changed = at_once(
        lambda: operations.settle_slate(**told),
        lambda: operations.decide(application=rows[2], outcome=Outcome.ACCEPT, reason="", note="Vouched.", **told),
    )

    slate.refresh_from_db()
    said = {one["reference"][-4:]: one["outcome"] for one in slate.order}
    assert said == outcomes(slate)
    assert said["D003"] == ("decline" if isinstance(changed, SlateSettled) else "accept")


def test_who_withdraws_while_somebody_settles_is_told_nothing(world: Scene) -> None:
    slate, rows, told = ready(world)

    at_once(
        lambda: operations.settle_slate(**told),
        lambda: operations.take_step(
            application=rows[0],
            step="withdraw",
            by=rows[0].applicant,
            actors=[WorkflowActor.APPLICANT],
            at=LATER,
            reason="Found a job.",
        ),
    )
    let_go(slate, world.cast.owner.person)

    assert standing(*rows) == ["withdrawn", "reserve", "declined"]
    assert not models.Decision.objects.filter(application=rows[0], told_at__isnull=False).exists()


def test_two_who_let_the_next_move_up_at_once_take_one(world: Scene) -> None:
    due(world, ["90", "80", "70"], quota=1, reserve=2)
    let_go(settled(world), world.cast.owner.person)
    told: dict[str, Any] = {"call": world.call, "by": world.manager.person, "at": LATER}

    found = at_once(lambda: operations.promote_from_reserve(**told), lambda: operations.promote_from_reserve(**told))

    assert sorted(type(one).__name__ for one in found) == [LettersWait.__name__, models.Slate.__name__]
    assert models.Slate.objects.count() == 2
