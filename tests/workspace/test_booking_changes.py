"""Changing this date, this and the following, or all: what can be kept is kept, what was refused is told."""

from datetime import timedelta

import pytest
from tests.workspace.booked import (
    DAY,
    EVERY_WEEK,
    HOUR,
    MONDAY,
    NOW,
    WEEK,
    book,
    book_as_rival,
    set_rules,
    starts,
    states,
    twin,
)
from tests.workspace.scene import Scene

from accord.kernel.refused import Clash
from accord.outbox.models import InboxNote
from accord.workspace import models, operations
from accord.workspace.operations import Guest

WEEKS = [MONDAY + number * WEEK for number in range(4)]


@pytest.fixture
def other_room(scene: Scene) -> models.Space:
    """Make a second meeting room."""
    return twin(scene, "R-002")


def change(scene: Scene, date: models.Occurrence, **more: object) -> models.Occurrence:
    """Change one date, as who booked it."""
    return operations.change_occurrence(occurrence=date, by=scene.lead.person, at=NOW, **more)  # type: ignore[arg-type]


def test_one_date_moves_and_the_others_stay(scene: Scene) -> None:
    booked = book(scene, rule=EVERY_WEEK)
    change(scene, booked.occurrences[1], starts_at=WEEKS[1] + 2 * HOUR)
    assert starts(booked.booking) == [WEEKS[0], WEEKS[1] + 2 * HOUR, WEEKS[2], WEEKS[3]]
    assert book_as_rival(scene, WEEKS[1]).occurrences


def test_one_date_moves_onto_a_part_of_itself(scene: Scene) -> None:
    date = book(scene).occurrences[0]
    moved = change(scene, date, starts_at=MONDAY + timedelta(minutes=30))
    assert moved.during.lower == MONDAY + timedelta(minutes=30)
    assert moved.booking is not None
    assert moved.booking.starts_at == moved.during.lower


def test_one_date_gets_longer_until_somebody_is_in_the_way(scene: Scene) -> None:
    date = book(scene).occurrences[0]
    book_as_rival(scene, MONDAY + 2 * HOUR)
    assert change(scene, date, minutes=120).minutes == 120
    with pytest.raises(operations.SpaceTaken):
        change(scene, date, minutes=135)


def test_the_same_again_changes_nothing(scene: Scene) -> None:
    booked = book(scene)
    change(scene, booked.occurrences[0], starts_at=MONDAY, minutes=60, space=scene.room)
    booked.booking.refresh_from_db()
    assert booked.booking.version == 1


def test_one_date_goes_to_another_room_and_who_waited_gets_this_one(scene: Scene, other_room: models.Space) -> None:
    date = book(scene).occurrences[0]
    waiting = book_as_rival(scene, when_taken="wait")
    moved = change(scene, date, space=other_room)
    assert moved.space_id == other_room.pk
    assert states(waiting.booking) == ["confirmed"]


def test_moving_draws_on_the_month_it_goes_to(scene: Scene) -> None:
    set_rules(scene, quota_minutes=60)
    date = book(scene).occurrences[0]
    change(scene, date, starts_at=MONDAY + 2 * WEEK)
    drawn = models.QuotaUse.objects.order_by("month_on").values_list("month_on__month", "minutes")
    assert list(drawn) == [(9, 0), (10, 60)]
    book(scene)
    with pytest.raises(operations.QuotaExceeded):
        change(scene, date, starts_at=MONDAY + DAY)


def test_a_moved_date_needs_approval_anew(scene: Scene) -> None:
    date = book(scene).occurrences[0]
    set_rules(scene, needs_approval=True)
    assert change(scene, date, starts_at=MONDAY + HOUR).state == "requested"
    assert change(scene, date, starts_at=MONDAY, approved=True).state == "confirmed"


def test_what_is_over_stays_where_it_is(scene: Scene) -> None:
    date = book(scene).occurrences[0]
    operations.cancel_occurrence(occurrence=date, by=scene.lead.person, at=NOW)
    with pytest.raises(operations.BookingOver):
        change(scene, date, starts_at=MONDAY + HOUR)


def test_a_meeting_that_runs_gets_longer_but_does_not_move(scene: Scene) -> None:
    date = book(scene).occurrences[0]
    operations.check_in(occurrence=date, by=scene.lead.person, at=MONDAY)
    later = MONDAY + timedelta(minutes=50)
    longer = operations.change_occurrence(occurrence=date, by=scene.lead.person, at=later, minutes=90)
    assert (longer.state, longer.minutes) == ("attended", 90)
    with pytest.raises(operations.BookingOver):
        operations.change_occurrence(occurrence=date, by=scene.lead.person, at=later, starts_at=MONDAY + HOUR)


def test_this_and_the_following_split_the_series(scene: Scene) -> None:
    booked = book(scene, rule=EVERY_WEEK, guests=[Guest("a@example.org")])
    changed = operations.change_following(
        occurrence=booked.occurrences[2], by=scene.lead.person, at=NOW, starts_at=WEEKS[2] + HOUR, minutes=90
    )
    booked.booking.refresh_from_db()
    assert starts(booked.booking) == WEEKS[:2]
    assert booked.booking.rule == "FREQ=WEEKLY;UNTIL=20190930T010000Z"
    assert starts(changed.booking) == [one + HOUR for one in WEEKS[2:]]
    assert (changed.booking.rule, changed.booking.minutes) == ("FREQ=WEEKLY;COUNT=2", 90)
    assert changed.booking.continues == booked.booking
    assert [one.email for one in changed.booking.guests.all()] == ["a@example.org"]


def test_following_to_another_weekday_turns_the_rule(scene: Scene) -> None:
    booked = book(scene, rule="FREQ=WEEKLY;BYDAY=MO,WE;COUNT=4")
    changed = operations.change_following(
        occurrence=booked.occurrences[2], by=scene.lead.person, at=NOW, starts_at=WEEKS[1] + DAY
    )
    assert changed.booking.rule == "FREQ=WEEKLY;BYDAY=TU,TH;COUNT=2"
    assert starts(changed.booking) == [WEEKS[1] + DAY, WEEKS[1] + 3 * DAY]


def test_a_rhythm_that_cannot_move_is_refused_whole(scene: Scene) -> None:
    booked = book(scene, rule="FREQ=MONTHLY;BYDAY=4MO;COUNT=3")
    with pytest.raises(operations.RuleUnclear):
        operations.change_following(
            occurrence=booked.occurrences[1], by=scene.lead.person, at=NOW, starts_at=MONDAY + 5 * WEEK + DAY
        )
    assert models.Booking.objects.count() == 1


def test_following_is_refused_whole_where_one_date_is_taken(scene: Scene) -> None:
    booked = book(scene, rule=EVERY_WEEK)
    book_as_rival(scene, WEEKS[3] + HOUR)
    with pytest.raises(operations.SpaceTaken) as refused:
        operations.change_following(
            occurrence=booked.occurrences[1], by=scene.lead.person, at=NOW, starts_at=WEEKS[1] + HOUR
        )
    assert [one.starts_at for one in refused.value.detail["refused"]] == [WEEKS[3] + HOUR]
    assert starts(booked.booking) == WEEKS
    assert models.Booking.objects.filter(continues__isnull=False).count() == 0


def test_following_moves_what_it_can_and_leaves_the_rest_where_it_was(scene: Scene) -> None:
    booked = book(scene, rule=EVERY_WEEK)
    book_as_rival(scene, WEEKS[2] + HOUR)
    changed = operations.change_following(
        occurrence=booked.occurrences[1],
        by=scene.lead.person,
        at=NOW,
        starts_at=WEEKS[1] + HOUR,
        when_taken="skip",
    )
    assert [one.starts_at for one in changed.refused] == [WEEKS[2] + HOUR]
    assert starts(changed.booking) == [WEEKS[1] + HOUR, WEEKS[2], WEEKS[3] + HOUR]
    assert states(changed.booking) == ["confirmed"] * 3


def test_a_daily_series_moves_onto_its_own_days(scene: Scene) -> None:
    booked = book(scene, rule="FREQ=DAILY;COUNT=4")
    changed = operations.change_booking(booking=booked.booking, by=scene.lead.person, at=NOW, starts_at=MONDAY + DAY)
    assert starts(changed.booking) == [MONDAY + number * DAY for number in (1, 2, 3, 4)]
    assert changed.booking.pk == booked.booking.pk


def test_all_leaves_what_is_behind(scene: Scene) -> None:
    booked = book(scene, rule=EVERY_WEEK)
    changed = operations.change_booking(
        booking=booked.booking, by=scene.lead.person, at=WEEKS[1] + HOUR, starts_at=WEEKS[2] + HOUR, title=" Anew  "
    )
    assert starts(booked.booking) == WEEKS[:2]
    assert starts(changed.booking) == [one + HOUR for one in WEEKS[2:]]
    assert changed.booking.title == "Anew"


def test_what_a_booking_says_changes_from_the_version_that_was_seen(scene: Scene) -> None:
    booked = book(scene, guests=[Guest("a@example.org"), Guest("b@example.org")])
    operations.change_booking(
        booking=booked.booking, by=scene.lead.person, at=NOW, version=1, title="Anew", guests=[Guest("b@example.org")]
    )
    assert [one.email for one in booked.booking.guests.all()] == ["b@example.org"]
    with pytest.raises(Clash):
        operations.change_booking(booking=booked.booking, by=scene.lead.person, at=NOW, version=1, title="Other")


def test_cancelling_the_following_ends_the_series(scene: Scene) -> None:
    booked = book(scene, rule=EVERY_WEEK)
    gone = operations.cancel_following(occurrence=booked.occurrences[2], by=scene.lead.person, at=NOW)
    booked.booking.refresh_from_db()
    assert len(gone) == 2
    assert states(booked.booking) == ["confirmed", "confirmed", "cancelled", "cancelled"]
    assert booked.booking.rule == "FREQ=WEEKLY;UNTIL=20190930T010000Z"
    assert operations.cancel_following(occurrence=booked.occurrences[2], by=scene.lead.person, at=NOW) == ()


def test_whom_it_is_for_is_told_once_of_what_others_change(scene: Scene) -> None:
    booked = book(scene, rule=EVERY_WEEK)
    operations.change_booking(booking=booked.booking, by=scene.operator.person, at=NOW, starts_at=MONDAY + HOUR)
    operations.cancel_booking(booking=booked.booking, by=scene.operator.person, at=NOW, reason="Flood.")
    told = InboxNote.objects.filter(person=scene.lead.person).order_by("pk").values_list("message__topic", flat=True)
    assert list(told) == [operations.BOOKING_MOVED, operations.BOOKING_CANCELLED]
