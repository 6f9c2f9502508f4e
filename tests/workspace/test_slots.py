"""What is free, and what a reader may know of what is not."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.cast import Member
from tests.workspace.booked import DAY, EVERY_WEEK, HOUR, MONDAY, NOW, WEEK, book, book_as_rival, set_rules, twin
from tests.workspace.scene import Scene

from accord.kernel.access import Actor
from accord.kernel.refused import NotThere
from accord.people.queries import actor_for
from accord.workspace import models, queries


def actor(member: Member) -> Actor:
    """Return somebody as an actor."""
    return actor_for(member.person.account, on=NOW.date())


def codes(scene: Scene, *given: object, **more: object) -> list[str]:
    """Return the codes of the rooms that are free then."""
    return [one.space.code for one in queries.free_spaces(scene.site, *given, **more)]  # type: ignore[arg-type]


def test_the_smallest_room_that_is_large_enough_comes_first(scene: Scene) -> None:
    twin(scene, "R-020", capacity=20, features=["screen"])
    twin(scene, "R-004", capacity=4)
    assert codes(scene, MONDAY, 60) == ["R-004", "R-001", "R-020"]
    assert codes(scene, MONDAY, 60, "room", 5) == ["R-001", "R-020"]
    assert codes(scene, MONDAY, 60, "room", 0, ["screen"]) == ["R-020"]
    assert codes(scene, MONDAY, 60, "desk") == []
    assert codes(scene, MONDAY - HOUR, 720, "desk") == ["D-101"]


def test_what_is_taken_closed_or_out_of_operation_is_not_free(scene: Scene) -> None:
    set_rules(scene, after_minutes=15)
    gone = twin(scene, "R-004", capacity=4)
    book(scene)
    assert codes(scene, MONDAY + HOUR, 60) == ["R-004"]
    assert codes(scene, MONDAY + timedelta(minutes=75), 60) == ["R-004", "R-001"]
    models.Space.objects.filter(pk=gone.pk).update(ends_on=(MONDAY + DAY).date())
    assert codes(scene, MONDAY + DAY, 60) == ["R-001"]
    assert codes(scene, MONDAY - 2 * DAY, 60) == []
    assert codes(scene, MONDAY, 60, at=MONDAY + DAY) == []


def test_the_next_free_starts_skip_nights_weekends_and_what_is_taken(scene: Scene) -> None:
    space = queries.find_space(actor(scene.lead), scene.site, scene.room.pk)
    friday = MONDAY + 4 * DAY
    book(scene, friday + 9 * HOUR, 60)
    found = queries.next_free(space, friday + 8 * HOUR + timedelta(minutes=15), 60, 3)
    assert found == [friday + 10 * HOUR, MONDAY + WEEK - HOUR, MONDAY + WEEK - timedelta(minutes=45)]


def test_the_next_free_days_of_a_desk(scene: Scene) -> None:
    space = queries.find_space(actor(scene.lead), scene.site, scene.desk.pk)
    book(scene, MONDAY - HOUR, 720, space=scene.desk)
    assert queries.next_free(space, MONDAY - HOUR, 720, 2) == [MONDAY - HOUR + DAY, MONDAY - HOUR + 2 * DAY]


def test_a_preview_says_each_date_with_what_is_against_it(scene: Scene) -> None:
    space = queries.find_space(actor(scene.lead), scene.site, scene.room.pk)
    book(scene, MONDAY + WEEK, title="Board")
    ours = queries.preview(space, MONDAY, 60, EVERY_WEEK, viewer=actor(scene.lead), at=NOW)
    theirs = queries.preview(space, MONDAY, 60, EVERY_WEEK, viewer=actor(scene.rival), at=NOW)
    assert [one.is_free for one in ours] == [True, False, True, True]
    assert "Board" in str(ours[1].obstacle and ours[1].obstacle.sentence)
    assert "Board" not in str(theirs[1].obstacle and theirs[1].obstacle.sentence)


def seen(scene: Scene, member: Member) -> list[str]:
    """Return the titles that somebody reads in the day grid."""
    grid = queries.day_grid(scene.site, MONDAY.date(), actor(member))
    return sorted(one.title for row in grid.rows for one in row.taken)


def test_who_reads_what_in_the_day_grid(scene: Scene) -> None:
    book(scene, title="Board")
    book(scene, MONDAY + HOUR, title="Pay", is_private=True)
    book_as_rival(scene, MONDAY + 2 * HOUR, title="Pitch")
    assert seen(scene, scene.lead) == ["", "Board", "Pay"]
    assert seen(scene, scene.worker) == ["", "", "Board"]
    assert seen(scene, scene.rival) == ["", "", "Pitch"]
    assert seen(scene, scene.operator) == ["Board", "Pay", "Pitch"]
    assert seen(scene, scene.cast.executive) == ["", "Board", "Pitch"]
    assert seen(scene, scene.cast.partner) == ["", "", ""]


def test_a_week_of_a_space(scene: Scene) -> None:
    book(scene, rule="FREQ=DAILY;COUNT=3")
    space = queries.find_space(actor(scene.lead), scene.site, scene.room.pk)
    week = queries.week_of(space, MONDAY.date(), actor(scene.lead))
    assert [len(one.taken) for one in week.days] == [1, 1, 1, 0, 0, 0, 0]
    assert [len(one.opening) for one in week.days] == [1, 1, 1, 1, 1, 0, 0]


def test_who_may_open_a_booking(scene: Scene) -> None:
    booked = book(scene).booking
    for may in (scene.lead, scene.worker, scene.operator, scene.cast.owner, scene.cast.executive, scene.cast.steward):
        assert queries.find_booking(actor(may), booked.pk).pk == booked.pk
    for may_not in (scene.rival, scene.cast.partner, scene.cast.outsider):
        with pytest.raises(NotThere):
            queries.find_booking(actor(may_not), booked.pk)
        with pytest.raises(NotThere):
            queries.find_occurrence(actor(may_not), booked.occurrences.get().pk)


def test_a_private_booking_opens_to_who_booked_and_to_keepers_alone(scene: Scene) -> None:
    booked = book(scene, is_private=True).booking
    for may in (scene.lead, scene.operator):
        assert queries.find_booking(actor(may), booked.pk).pk == booked.pk
    for may_not in (scene.worker, scene.cast.executive):
        with pytest.raises(NotThere):
            queries.find_booking(actor(may_not), booked.pk)


def test_requests_wait_for_keepers(scene: Scene) -> None:
    set_rules(scene, needs_approval=True)
    book(scene)
    assert [one.title for one in queries.requests_ahead(actor(scene.operator), 5)] == ["Weekly"]
    assert queries.requests_ahead(actor(scene.lead), 5) == []
    assert [row["n"] for row in queries.count_requests_ahead(actor(scene.operator))] == [1]


@pytest.mark.parametrize("rooms", [1, 12])
def test_grids_take_as_many_queries_for_many_rooms(scene: Scene, rooms: int) -> None:
    for number in range(rooms):
        book(scene, space=twin(scene, f"R-1{number:02}"))
    who = actor(scene.lead)
    with CaptureQueriesContext(connection) as asked:
        queries.day_grid(scene.site, MONDAY.date(), who)
    assert len(asked) == 6
    with CaptureQueriesContext(connection) as asked:
        queries.free_spaces(scene.site, MONDAY, 60)
    assert len(asked) == 4
