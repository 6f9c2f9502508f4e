"""Many at once, each with a connection of their own: nothing is ever taken twice, and every loser is told."""

import threading
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import timedelta
from uuid import UUID

import pytest
from django.db import IntegrityError, connection, connections
from tests.cast import make_cast
from tests.workspace.booked import DAY, HOUR, MONDAY, NOW, book, book_as_rival, set_rules, states, twin
from tests.workspace.scene import Scene, make_scene

from accord.kernel.refused import Refused
from accord.kernel.text import Bilingual
from accord.workspace import models, operations
from accord.workspace.enums import HOLDING

OVERLAPS = """
    SELECT count(*) FROM workspace_occurrence one JOIN workspace_occurrence other
      ON one.space_id = other.space_id AND one.id < other.id AND one.blocked && other.blocked
     WHERE one.state IN ('confirmed', 'attended') AND other.state IN ('confirmed', 'attended')
"""
DRAWN = """
    SELECT held.id, held.minutes, held.allowed, coalesce(sum(drawn.minutes), 0)
      FROM workspace_quotause held LEFT JOIN workspace_occurrence drawn
        ON drawn.quota_id = held.id AND drawn.state IN ('confirmed', 'attended', 'no_show')
     GROUP BY held.id
"""


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


def kinds(found: Sequence[object]) -> Counter[str]:
    """Return how often each kind of answer came."""
    return Counter(type(one).__name__ for one in found)


def expect_nothing_twice() -> None:
    """Expect that no space is taken twice and that every quota is what was drawn on it."""
    with connection.cursor() as cursor:
        cursor.execute(OVERLAPS)
        assert cursor.fetchone() == (0,)
        cursor.execute(DRAWN)
        for _pk, minutes, allowed, drawn in cursor.fetchall():
            assert minutes == drawn <= allowed


def test_a_stampede_on_one_slot_has_one_winner(world: Scene) -> None:
    for number in range(3):
        found = at_once(*[lambda when=MONDAY + number * DAY: book(world, when) for _each in range(8)])
        assert kinds(found) == {"Booked": 1, "SpaceTaken": 7}
        assert all(one.detail["free"] for one in found if isinstance(one, operations.SpaceTaken))
    found = at_once(*[lambda: book(world, MONDAY - HOUR, 720, space=world.desk, team=None) for _each in range(8)])
    assert kinds(found) == {"Booked": 1, "SpaceTaken": 7}
    expect_nothing_twice()


def test_the_same_key_at_once_is_one_booking(world: Scene) -> None:
    key = UUID(int=7)
    found = at_once(*[lambda: book(world, key=key, rule="FREQ=DAILY;COUNT=5") for _each in range(8)])
    assert kinds(found) == {"Booked": 8}
    assert len({one.booking.pk for one in found if isinstance(one, operations.Booked)}) == 1
    assert models.Occurrence.objects.filter(kind="booking").count() == 5


def test_the_last_hours_of_a_quota_are_drawn_once(world: Scene) -> None:
    set_rules(world, quota_minutes=120)
    book(world, minutes=60)
    rooms = [world.room, *(twin(world, f"R-10{number}") for number in range(3))]
    found = at_once(
        *[lambda space=space: book(world, MONDAY + DAY, space=space) for space in rooms for _two in range(2)]
    )
    assert kinds(found)["Booked"] == 1
    expect_nothing_twice()
    assert models.QuotaUse.objects.get(team=world.team).minutes == 120


def test_approving_races_with_cancelling_and_with_another_approval(world: Scene) -> None:
    set_rules(world, needs_approval=True)
    keeper, lead = world.operator.person, world.lead.person
    for number in range(4):
        when = MONDAY + number * DAY
        mine, theirs = book(world, when), book_as_rival(world, when + timedelta(minutes=30))
        found = at_once(
            lambda one=mine: operations.approve_request(occurrence=one.occurrences[0], by=keeper, at=NOW),
            lambda one=theirs: operations.approve_request(occurrence=one.occurrences[0], by=keeper, at=NOW),
            lambda one=mine: operations.cancel_booking(booking=one.booking, by=lead, at=NOW),
        )
        assert None not in found
        assert states(mine.booking) in (["cancelled"], ["confirmed"])
        expect_nothing_twice()


def test_a_series_races_with_single_dates(world: Scene) -> None:
    def series() -> object:
        return book(world, rule="FREQ=DAILY;COUNT=10", when_taken="skip", team=None)

    def single(number: int) -> object:
        return book_as_rival(world, MONDAY + number * DAY + timedelta(minutes=30))

    found = at_once(series, series, *[lambda number=number: single(number) for number in (0, 2, 4)])
    assert None not in found
    expect_nothing_twice()
    held = models.Occurrence.objects.filter(state__in=HOLDING, space=world.room)
    assert held.count() >= 8, "every working day went to somebody"


def test_moves_that_cross_end_without_a_deadlock(world: Scene) -> None:
    first, second = book(world), book_as_rival(world, MONDAY + HOUR)
    found = at_once(
        lambda: operations.change_occurrence(
            occurrence=first.occurrences[0], by=world.lead.person, at=NOW, starts_at=MONDAY + HOUR
        ),
        lambda: operations.change_occurrence(
            occurrence=second.occurrences[0], by=world.rival.person, at=NOW, starts_at=MONDAY
        ),
        lambda: operations.cancel_booking(booking=first.booking, by=world.lead.person, at=NOW),
        lambda: book(world, MONDAY + 2 * HOUR, when_taken="wait"),
    )
    assert None not in found
    expect_nothing_twice()


def test_a_closure_and_a_tenancy_race_with_bookings(world: Scene) -> None:
    models.Space.objects.filter(pk=world.next_office.pk).update(policy=world.by_time)
    world.next_office.refresh_from_db()

    def let() -> object:
        begins = (MONDAY - DAY).date()
        letting = models.TenancySpace(
            tenancy=world.tenancy,
            space=world.next_office,
            starts_on=begins,
            ends_on=begins + timedelta(days=30),
            monthly_minor=1,
            recorded_at=NOW,
            recorded_by=world.operator.person,
        )
        try:
            letting.save()
        except IntegrityError as error:
            return Refused(str(error))
        return letting

    def close() -> object:
        return operations.close_for(
            site=world.site,
            starts_at=MONDAY,
            ends_at=MONDAY + DAY,
            reason=Bilingual("Works"),
            by=world.operator.person,
            at=NOW,
            space=world.room,
        )

    found = at_once(
        let,
        close,
        *[lambda: book(world, space=world.next_office) for _each in range(3)],
        *[lambda: book(world, MONDAY) for _each in range(3)],
    )
    assert None not in found
    expect_nothing_twice()
    for space in (world.room, world.next_office):
        assert models.Occurrence.objects.filter(space=space, state__in=HOLDING).count() == 1
