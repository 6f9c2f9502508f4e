"""The rules of booking over days, half days and clocks that change; nothing here asks the database."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from accord.workspace.enums import BookingMode
from accord.workspace.models import BookingPolicy
from accord.workspace.queries import (
    Span,
    blocked_by,
    obstacle_of,
    opening_between,
    opening_on,
    portions_on,
    span_of,
    starts_on,
)

LONDON, CHENGDU = ZoneInfo("Europe/London"), ZoneInfo("Asia/Shanghai")
WORKDAYS = {str(day): [["08:00", "20:00"]] for day in range(1, 6)}
ALWAYS = {str(day): [["00:00", "24:00"]] for day in range(1, 8)}
MONDAY = date(2026, 3, 23)
FORWARD, BACK = date(2026, 3, 29), date(2026, 10, 25)
"""The days on which clocks change in London in 2026."""


def policy(mode: BookingMode = BookingMode.TIME, opening: object = None, **rules: object) -> BookingPolicy:
    """Return rules of booking, by default a working week."""
    return BookingPolicy(mode=mode, opening=WORKDAYS if opening is None else opening, **rules)


def moment(day: date, clock: str, zone: ZoneInfo = CHENGDU) -> datetime:
    """Return what a clock shows on a day, as the product keeps it."""
    return datetime.combine(day, time.fromisoformat(clock), zone).astimezone(UTC)


def code(rules: BookingPolicy, starts_at: datetime, minutes: int, zone: ZoneInfo = CHENGDU) -> str:
    """Return what is against a booking."""
    obstacle = obstacle_of(rules, zone, span_of(rules, zone, starts_at, minutes))
    return obstacle.code if obstacle else ""


def test_by_day_takes_whole_days_only() -> None:
    desk = policy(BookingMode.DAY)
    assert code(desk, moment(MONDAY, "08:00"), 12 * 60) == ""
    assert code(desk, moment(MONDAY, "09:00"), 11 * 60) == "off-step"
    assert code(desk, moment(MONDAY, "08:00"), 11 * 60) == "off-step"
    assert code(desk, moment(MONDAY + timedelta(days=5), "08:00"), 12 * 60) == "outside-opening"


def test_several_days_need_the_length_for_it_and_open_days() -> None:
    days = 36 * 60
    assert code(policy(BookingMode.DAY), moment(MONDAY, "08:00"), days) == "too-long"
    longer = policy(BookingMode.DAY, max_minutes=5 * 1440)
    assert code(longer, moment(MONDAY, "08:00"), days) == ""
    assert code(longer, moment(MONDAY + timedelta(days=4), "08:00"), days) == "outside-opening"


def test_by_half_day_takes_the_morning_the_afternoon_or_both() -> None:
    lab = policy(BookingMode.HALF_DAY, half_day_at=time(13))
    assert [(one.minutes) for one in portions_on(lab, CHENGDU, MONDAY)] == [300, 420]
    assert code(lab, moment(MONDAY, "08:00"), 300) == ""
    assert code(lab, moment(MONDAY, "13:00"), 420) == ""
    assert code(lab, moment(MONDAY, "08:00"), 720) == ""
    assert code(lab, moment(MONDAY, "10:00"), 180) == "off-step"


def test_a_half_day_whose_noon_lies_outside_the_hours_is_the_whole_day() -> None:
    lab = policy(BookingMode.HALF_DAY, half_day_at=time(21))
    assert [one.minutes for one in portions_on(lab, CHENGDU, MONDAY)] == [720]


def test_hours_that_meet_at_midnight_are_booked_through() -> None:
    studio = policy(opening=ALWAYS)
    assert code(studio, moment(MONDAY, "22:00"), 240) == ""
    assert len(opening_between(studio, CHENGDU, MONDAY, MONDAY + timedelta(days=6))) == 1
    assert code(policy(opening={"1": [["20:00", "24:00"]]}), moment(MONDAY, "22:00"), 240) == "outside-opening"


def test_a_break_at_noon_is_not_booked_over() -> None:
    room = policy(opening={"1": [["08:00", "12:00"], ["13:00", "18:00"]]})
    assert code(room, moment(MONDAY, "11:00"), 120) == "outside-opening"
    assert code(room, moment(MONDAY, "13:00"), 120) == ""
    assert len(starts_on(room, CHENGDU, MONDAY)) == 16 + 20


def test_steps_count_from_the_opening() -> None:
    room = policy(opening={"1": [["08:10", "18:10"]]}, step_minutes=50, min_minutes=50)
    assert code(room, moment(MONDAY, "09:00"), 50) == ""
    assert code(room, moment(MONDAY, "09:10"), 50) == "off-step"


def test_a_last_piece_shorter_than_a_step_can_be_begun_but_not_booked() -> None:
    room = policy(opening={"1": [["08:00", "09:40"]]}, step_minutes=30)
    assert len(starts_on(room, CHENGDU, MONDAY)) == 4
    assert code(room, moment(MONDAY, "09:30"), 30) == "outside-opening"


@pytest.mark.parametrize(("day", "hours"), [(FORWARD, 23), (BACK, 25), (MONDAY, 24)])
def test_the_days_on_which_clocks_change_have_their_own_length(day: date, hours: int) -> None:
    (span,) = opening_on(policy(opening=ALWAYS), LONDON, day)
    assert span.minutes == hours * 60


def test_a_working_day_is_as_long_as_ever_when_clocks_change_at_night() -> None:
    (span,) = opening_on(policy(opening={"7": [["08:00", "20:00"]]}), LONDON, FORWARD)
    assert (span.starts_at.hour, span.minutes) == (7, 720)


def test_days_on_end_close_by_the_clock_on_the_wall() -> None:
    desk = policy(
        BookingMode.DAY, opening={str(day): [["08:00", "20:00"]] for day in range(1, 8)}, max_minutes=5 * 1440
    )
    span = span_of(desk, LONDON, moment(FORWARD - timedelta(days=1), "08:00", LONDON), 36 * 60)
    assert span.ends_at == moment(FORWARD, "20:00", LONDON)
    assert span.minutes == 35 * 60
    assert code(desk, span.starts_at, 36 * 60, LONDON) == ""


def test_by_time_an_hour_is_an_hour() -> None:
    span = span_of(policy(opening=ALWAYS), LONDON, moment(FORWARD, "00:30", LONDON), 60)
    assert span.ends_at == moment(FORWARD, "02:30", LONDON)


def test_a_time_that_is_not_there_is_later_and_one_that_is_twice_is_the_first() -> None:
    (not_there,) = opening_on(policy(opening={"7": [["01:30", "05:00"]]}), LONDON, FORWARD)
    (twice,) = opening_on(policy(opening={"7": [["01:30", "05:00"]]}), LONDON, BACK)
    assert not_there.starts_at == datetime(2026, 3, 29, 1, 30, tzinfo=UTC)
    assert twice.starts_at == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


def test_starts_on_the_day_of_the_change_are_all_there_once() -> None:
    hours = starts_on(policy(opening=ALWAYS, step_minutes=60, min_minutes=60), LONDON, BACK)
    assert len(hours) == len(set(hours)) == 25


def test_buffers_stand_around() -> None:
    span = Span(moment(MONDAY, "09:00"), moment(MONDAY, "10:00"))
    around = blocked_by(policy(before_minutes=10, after_minutes=20), span)
    assert (span.starts_at - around.starts_at, around.ends_at - span.ends_at) == (
        timedelta(minutes=10),
        timedelta(minutes=20),
    )
