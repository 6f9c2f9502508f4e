"""Booking a space: by its rules, whole or not at all, once for each key."""

from datetime import datetime, timedelta
from uuid import UUID

import pytest
from tests.workspace.booked import DAY, EVERY_WEEK, HOUR, MONDAY, NOW, WEEK, book, book_as_rival, set_rules, states
from tests.workspace.scene import Scene

from accord.kernel.refused import Refused
from accord.outbox.models import InboxNote
from accord.workspace import models, operations
from accord.workspace.enums import OccurrenceState
from accord.workspace.operations import Guest

KEY = UUID("7f3a1c52-0000-4000-8000-000000000001")


def test_a_booking_keeps_others_out_and_says_what_is_free(scene: Scene) -> None:
    book(scene)

    with pytest.raises(operations.SpaceTaken) as refused:
        book_as_rival(scene, MONDAY + timedelta(minutes=30))

    assert refused.value.detail["free"][:2] == [MONDAY + HOUR, MONDAY + timedelta(minutes=75)]
    assert "Weekly" not in str(refused.value)
    assert book_as_rival(scene, MONDAY + HOUR).refused == ()


def test_ones_own_team_is_told_what_is_in_the_way(scene: Scene) -> None:
    book(scene, title="Board meeting")
    with pytest.raises(operations.SpaceTaken, match="Board meeting"):
        book(scene, by=scene.worker.person, owner=scene.worker.person)


def test_private_titles_are_not_told_even_to_the_team(scene: Scene) -> None:
    book(scene, title="Board meeting", is_private=True)
    with pytest.raises(operations.SpaceTaken) as refused:
        book(scene, by=scene.worker.person, owner=scene.worker.person)
    assert "Board" not in str(refused.value)


def test_the_same_key_is_the_same_booking(scene: Scene) -> None:
    first, again = book(scene, key=KEY), book(scene, key=KEY, at=NOW + 30 * DAY)
    assert again.booking.pk == first.booking.pk
    assert [one.pk for one in again.occurrences] == [one.pk for one in first.occurrences]
    assert models.Occurrence.objects.filter(kind="booking").count() == 1


def test_the_same_key_with_another_wish_is_refused(scene: Scene) -> None:
    book(scene, key=KEY)
    with pytest.raises(operations.BookingKeyTaken):
        book(scene, MONDAY + DAY, key=KEY)


def test_the_same_key_tells_the_same_refused_dates(scene: Scene) -> None:
    book_as_rival(scene, MONDAY + WEEK)
    first = book(scene, rule=EVERY_WEEK, when_taken="skip", key=KEY)
    again = book(scene, rule=EVERY_WEEK, when_taken="skip", key=KEY)
    assert again.refused == first.refused
    assert [one.starts_at for one in again.refused] == [MONDAY + WEEK]


@pytest.mark.parametrize(
    ("starts_at", "minutes", "code"),
    [
        (MONDAY - 2 * HOUR, 60, "outside-opening"),
        (MONDAY - 2 * DAY, 60, "outside-opening"),
        (MONDAY + 10 * HOUR, 120, "outside-opening"),
        (MONDAY + timedelta(minutes=5), 60, "off-step"),
        (MONDAY, 50, "off-step"),
        (MONDAY, 5, "too-short"),
        (MONDAY, 600, "too-long"),
        (NOW - DAY, 60, "in-the-past"),
        (MONDAY + 52 * WEEK, 60, "too-far-ahead"),
    ],
)
def test_rules_of_the_space(scene: Scene, starts_at: datetime, minutes: int, code: str) -> None:
    with pytest.raises(Refused) as refused:
        book(scene, starts_at, minutes)
    assert refused.value.code == code
    assert not models.Booking.objects.exists()


def test_what_has_no_rules_is_not_booked(scene: Scene) -> None:
    with pytest.raises(operations.NotBookable):
        book(scene, space=scene.next_office)


def test_a_space_out_of_operation_is_not_booked(scene: Scene) -> None:
    models.Space.objects.filter(pk=scene.room.pk).update(ends_on=(MONDAY + DAY).date())
    book(scene)
    with pytest.raises(operations.NotInOperation):
        book(scene, MONDAY + DAY)


def test_notice_is_asked_for(scene: Scene) -> None:
    set_rules(scene, notice_minutes=24 * 60)
    with pytest.raises(operations.NoticeTooShort, match="1 day"):
        book(scene, at=MONDAY - 23 * HOUR)
    book(scene, at=MONDAY - 24 * HOUR)


def test_a_room_can_be_had_for_the_quarter_that_runs(scene: Scene) -> None:
    assert book(scene, at=MONDAY + timedelta(minutes=14)).occurrences
    with pytest.raises(operations.NoticeTooShort):
        book(scene, MONDAY + 2 * HOUR, at=MONDAY + 2 * HOUR + timedelta(minutes=15))


def test_buffers_keep_neighbours_apart(scene: Scene) -> None:
    set_rules(scene, before_minutes=15, after_minutes=15)
    book(scene)
    for near in (MONDAY + HOUR, MONDAY + timedelta(minutes=75), MONDAY - HOUR):
        with pytest.raises(operations.SpaceTaken):
            book_as_rival(scene, near)
    assert book_as_rival(scene, MONDAY + timedelta(minutes=90)).occurrences


def test_a_series_is_booked_whole_or_not_at_all(scene: Scene) -> None:
    book_as_rival(scene, MONDAY + 2 * WEEK)
    with pytest.raises(operations.SpaceTaken) as refused:
        book(scene, rule=EVERY_WEEK)
    assert [one.starts_at for one in refused.value.detail["refused"]] == [MONDAY + 2 * WEEK]
    assert models.Booking.objects.count() == 1


def test_a_series_skips_what_is_taken(scene: Scene) -> None:
    book_as_rival(scene, MONDAY + 2 * WEEK)
    booked = book(scene, rule=EVERY_WEEK, when_taken="skip")
    assert [one.sequence for one in booked.occurrences] == [0, 1, 3]
    assert [(one.starts_at, one.code) for one in booked.refused] == [(MONDAY + 2 * WEEK, "taken")]


def test_a_series_skips_days_on_which_the_space_is_closed(scene: Scene) -> None:
    booked = book(scene, rule="FREQ=DAILY;COUNT=8", when_taken="skip")
    assert [one.code for one in booked.refused] == ["outside-opening", "outside-opening"]
    assert len(booked.occurrences) == 6


def test_a_series_of_which_nothing_is_free_is_refused(scene: Scene) -> None:
    book_as_rival(scene, rule=EVERY_WEEK)
    with pytest.raises(operations.SpaceTaken) as refused:
        book(scene, rule=EVERY_WEEK, when_taken="skip")
    assert len(refused.value.detail["refused"]) == 4


def test_what_is_taken_can_be_waited_for(scene: Scene) -> None:
    theirs = book_as_rival(scene, MONDAY + WEEK)
    booked = book(scene, rule=EVERY_WEEK, when_taken="wait")
    assert states(booked.booking) == ["confirmed", "waiting", "confirmed", "confirmed"]

    operations.cancel_booking(booking=theirs.booking, by=scene.rival.person, at=NOW)

    assert states(booked.booking) == ["confirmed"] * 4
    assert InboxNote.objects.filter(person=scene.lead.person, message__topic=operations.CAME_FREE).count() == 1


def test_who_waits_longest_comes_first(scene: Scene) -> None:
    held = book(scene, owner=scene.worker.person, by=scene.worker.person)
    later = book(scene, when_taken="wait", at=NOW + HOUR)
    sooner = book_as_rival(scene, when_taken="wait", at=NOW)
    operations.cancel_booking(booking=held.booking, by=scene.worker.person, at=NOW + 2 * HOUR)
    assert (states(sooner.booking), states(later.booking)) == (["confirmed"], ["waiting"])


def test_a_wish_that_does_not_fit_is_passed_over(scene: Scene) -> None:
    held = book(scene)
    other = book(scene, MONDAY + HOUR)
    long = book_as_rival(scene, MONDAY, 120, when_taken="wait", at=NOW)
    short = book_as_rival(scene, MONDAY, 60, when_taken="wait", at=NOW + HOUR)
    operations.cancel_booking(booking=held.booking, by=scene.lead.person, at=NOW + 2 * HOUR)
    assert (states(long.booking), states(short.booking)) == (["waiting"], ["confirmed"])
    operations.cancel_booking(booking=other.booking, by=scene.lead.person, at=NOW + 2 * HOUR)
    assert states(long.booking) == ["waiting"]


def test_requests_keep_nobody_out_and_one_is_approved(scene: Scene) -> None:
    set_rules(scene, needs_approval=True)
    ours, theirs = book(scene), book_as_rival(scene)
    assert states(ours.booking) == states(theirs.booking) == ["requested"]

    operations.approve_request(occurrence=theirs.occurrences[0], by=scene.operator.person, at=NOW)

    assert states(theirs.booking) == ["confirmed"]
    with pytest.raises(operations.SpaceTaken, match="Harbour"):
        operations.approve_request(occurrence=ours.occurrences[0], by=scene.operator.person, at=NOW)
    operations.decline_request(occurrence=ours.occurrences[0], by=scene.operator.person, at=NOW, reason="Taken.")
    assert states(ours.booking) == ["declined"]
    told = InboxNote.objects.filter(person=scene.lead.person).values_list("message__topic", flat=True)
    assert list(told) == [operations.BOOKING_DECLINED]


def test_a_request_for_what_is_taken_is_refused_at_once(scene: Scene) -> None:
    book(scene)
    set_rules(scene, needs_approval=True)
    with pytest.raises(operations.SpaceTaken):
        book_as_rival(scene, MONDAY)
    assert states(book_as_rival(scene, MONDAY, when_taken="wait").booking) == ["waiting"]


def test_keepers_book_for_others_without_asking(scene: Scene) -> None:
    set_rules(scene, needs_approval=True)
    booked = book(scene, by=scene.operator.person, approved=True)
    assert states(booked.booking) == ["confirmed"]
    assert InboxNote.objects.filter(person=scene.lead.person, message__topic=operations.BOOKING_CONFIRMED).count() == 1


def test_quota_of_a_month(scene: Scene) -> None:
    set_rules(scene, quota_minutes=120)
    book(scene, minutes=90)
    with pytest.raises(operations.QuotaExceeded):
        book(scene, MONDAY + DAY, minutes=45)
    book(scene, MONDAY + DAY, minutes=30)
    book(scene, MONDAY + 2 * WEEK, minutes=60)
    book_as_rival(scene, MONDAY + 2 * DAY)
    drawn = models.QuotaUse.objects.order_by("team__key", "month_on").values_list("team__key", "minutes")
    assert list(drawn) == [("harbour", 60), ("lantern", 120), ("lantern", 60)]


def test_cancelled_hours_come_back_but_no_shows_do_not(scene: Scene) -> None:
    set_rules(scene, quota_minutes=60, check_in_minutes=15)
    first = book(scene)
    operations.cancel_booking(booking=first.booking, by=scene.lead.person, at=NOW)
    book(scene)
    assert operations.release_no_shows(at=MONDAY + timedelta(minutes=15)) == 1
    with pytest.raises(operations.QuotaExceeded):
        book(scene, MONDAY + DAY)


def test_a_series_skips_what_the_quota_does_not_bear_and_taken_dates_draw_on_none(scene: Scene) -> None:
    book_as_rival(scene)
    set_rules(scene, quota_minutes=120)
    booked = book(scene, rule="FREQ=DAILY;COUNT=5", when_taken="skip")
    assert [one.code for one in booked.refused] == ["taken", "quota-exceeded", "quota-exceeded"]
    assert models.QuotaUse.objects.get(team=scene.team).minutes == 120


def test_guests_are_written_once_an_address(scene: Scene) -> None:
    guests = [Guest("a@example.org", "Ada"), Guest("A@example.org"), Guest("b@example.org")]
    booked = book(scene, guests=guests)
    assert list(booked.booking.guests.values_list("email", flat=True)) == ["a@example.org", "b@example.org"]


def test_check_in(scene: Scene) -> None:
    date = book(scene).occurrences[0]
    with pytest.raises(operations.TooEarly):
        operations.check_in(occurrence=date, by=scene.lead.person, at=MONDAY - timedelta(minutes=16))
    held = operations.check_in(occurrence=date, by=scene.lead.person, at=MONDAY - timedelta(minutes=15))
    again = operations.check_in(occurrence=date, by=scene.lead.person, at=MONDAY)
    assert (held.state, again.checked_in_at) == (OccurrenceState.ATTENDED, MONDAY - timedelta(minutes=15))


def test_check_in_at_the_door_counts_tries(scene: Scene) -> None:
    book(scene)
    for number in range(5):
        with pytest.raises(operations.CodeWrong):
            operations.check_in_by_code(space=scene.room, code=f"00000{number}", at=MONDAY)
    assert operations.check_in_by_code(space=scene.room, code="123456", at=MONDAY).state == OccurrenceState.ATTENDED
    with pytest.raises(operations.TooManyTries) as refused:
        operations.check_in_by_code(space=scene.room, code="123456", at=MONDAY)
    assert refused.value.detail["seconds"] == 10


def test_no_shows_are_released_to_who_waits(scene: Scene) -> None:
    set_rules(scene, check_in_minutes=15)
    missed, waiting = book(scene), book_as_rival(scene, when_taken="wait")
    came = book(scene, MONDAY + HOUR)
    operations.check_in(occurrence=came.occurrences[0], by=scene.lead.person, at=MONDAY + HOUR)
    assert operations.release_no_shows(at=MONDAY + timedelta(minutes=14)) == 0
    assert operations.release_no_shows(at=MONDAY + timedelta(minutes=15)) == 1
    assert (states(missed.booking), states(waiting.booking)) == (["no_show"], ["confirmed"])
    assert operations.release_no_shows(at=MONDAY + timedelta(minutes=29)) == 0, "who came in late has as long to come"
    assert operations.release_no_shows(at=MONDAY + timedelta(minutes=30)) == 1
    assert states(came.booking) == ["attended"]


def test_requests_lapse_when_their_time_is_over(scene: Scene) -> None:
    set_rules(scene, needs_approval=True)
    asked = book(scene)
    assert operations.lapse_requests(at=MONDAY) == 0
    assert operations.lapse_requests(at=MONDAY + HOUR) == 1
    assert states(asked.booking) == ["declined"]


def test_cancelling_a_date_that_runs_ends_it_and_lets_in_who_waits(scene: Scene) -> None:
    date = book(scene, minutes=120).occurrences[0]
    waiting = book_as_rival(scene, MONDAY + HOUR, when_taken="wait")
    operations.check_in(occurrence=date, by=scene.lead.person, at=MONDAY)
    held = operations.cancel_occurrence(occurrence=date, by=scene.lead.person, at=MONDAY + timedelta(minutes=45))
    assert (held.state, held.minutes) == (OccurrenceState.ATTENDED, 46)
    assert states(waiting.booking) == ["confirmed"]
    with pytest.raises(operations.BookingOver):
        operations.cancel_occurrence(occurrence=date, by=scene.lead.person, at=MONDAY + 3 * HOUR)


def test_a_range_of_ones_own_is_cancelled(scene: Scene) -> None:
    mine = book(scene, rule=EVERY_WEEK)
    theirs = book_as_rival(scene, MONDAY + WEEK + HOUR)
    gone = operations.cancel_range(
        site=scene.site,
        from_at=MONDAY + WEEK,
        until_at=MONDAY + 3 * WEEK,
        by=scene.lead.person,
        at=NOW,
        owner=scene.lead.person,
    )
    assert [one.sequence for one in gone] == [1, 2]
    assert states(mine.booking) == ["confirmed", "cancelled", "cancelled", "confirmed"]
    assert states(theirs.booking) == ["confirmed"]
