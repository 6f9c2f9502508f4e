"""The dates of a rule of repetition, in the wall time of the site."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from accord.workspace.queries import MOST_DATES, RuleUnclear, SeriesTooLong, dates_of, read_rule

LONDON, CHENGDU = ZoneInfo("Europe/London"), ZoneInfo("Asia/Shanghai")


def at(text: str, zone: ZoneInfo = LONDON) -> datetime:
    """Return what a clock in the zone shows."""
    return datetime.fromisoformat(text).replace(tzinfo=zone).astimezone(UTC)


def test_nine_stays_nine_when_clocks_change() -> None:
    dates = dates_of("FREQ=WEEKLY;COUNT=3", at("2026-03-23T09:00"), LONDON)
    assert dates == [at("2026-03-23T09:00"), at("2026-03-30T09:00"), at("2026-04-06T09:00")]
    assert [one.hour for one in dates] == [9, 8, 8]


def test_where_clocks_do_not_change_nothing_moves() -> None:
    dates = dates_of("FREQ=WEEKLY;COUNT=3", at("2026-03-23T09:00", CHENGDU), CHENGDU)
    assert {one.hour for one in dates} == {1}


def test_a_time_that_is_not_there_is_kept_as_late_as_clocks_go_forward() -> None:
    dates = dates_of("FREQ=DAILY;COUNT=3", at("2026-03-28T01:30"), LONDON)
    assert dates == [at("2026-03-28T01:30"), datetime(2026, 3, 29, 1, 30, tzinfo=UTC), at("2026-03-30T01:30")]
    assert dates[1].astimezone(LONDON).hour == 2


def test_a_time_that_is_there_twice_is_the_first() -> None:
    dates = dates_of("FREQ=DAILY;COUNT=3", at("2026-10-24T01:30"), LONDON)
    assert [one.hour for one in dates] == [0, 0, 1]


def test_a_start_off_the_rule_begins_with_the_rules_first_date() -> None:
    dates = dates_of("FREQ=WEEKLY;BYDAY=MO,TH;COUNT=2", at("2026-03-25T09:00"), LONDON)
    assert [one.day for one in dates] == [26, 30]


@pytest.mark.parametrize(
    ("until", "days"),
    [("20260406", 3), ("20260406T080000Z", 3), ("20260406T075959Z", 2), ("20260406T090000", 3)],
)
def test_an_end_is_a_day_a_moment_or_a_time_on_the_wall(until: str, days: int) -> None:
    assert len(dates_of(f"FREQ=WEEKLY;UNTIL={until}", at("2026-03-23T09:00"), LONDON)) == days


def test_a_rule_is_kept_with_its_end_in_utc_and_gives_the_same_dates() -> None:
    start = at("2026-03-23T09:00")
    kept = str(read_rule("rrule:freq=weekly;until=20260406", LONDON))
    assert kept == "FREQ=WEEKLY;UNTIL=20260406T225959Z"
    assert dates_of(kept, start, LONDON) == dates_of("FREQ=WEEKLY;UNTIL=20260406", start, LONDON)


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=DAILY;COUNT=10000",
        "FREQ=DAILY;UNTIL=20991231",
        "FREQ=DAILY",
        f"FREQ=DAILY;COUNT={MOST_DATES + 1}",
        "FREQ=MONTHLY;COUNT=30",
        "FREQ=WEEKLY;UNTIL=20290101",
    ],
)
def test_what_is_too_long_is_refused(rule: str) -> None:
    with pytest.raises(SeriesTooLong):
        dates_of(rule, at("2026-03-23T09:00"), LONDON)


def test_the_longest_series() -> None:
    assert len(dates_of(f"FREQ=DAILY;COUNT={MOST_DATES}", at("2026-03-23T09:00"), LONDON)) == MOST_DATES


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=HOURLY;COUNT=3",
        "FREQ=WEEKLY;COUNT=3;UNTIL=20260401",
        "FREQ=WEEKLY;BYDAY=XX;COUNT=3",
        "FREQ=WEEKLY;BYHOUR=3;COUNT=3",
        "FREQ=WEEKLY;INTERVAL=0;COUNT=3",
        "FREQ=WEEKLY;INTERVAL=99999999999;COUNT=3",
        "FREQ=WEEKLY;UNTIL=tomorrow",
        "COUNT=3",
        "every monday",
        "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30;UNTIL=20260501",
        "FREQ=DAILY;COUNT=3;" + "BYDAY=MO;" * 40,
    ],
)
def test_what_cannot_be_read_is_refused(rule: str) -> None:
    with pytest.raises(RuleUnclear):
        dates_of(rule, at("2026-03-23T09:00"), LONDON)


def test_no_rule_is_one_date() -> None:
    start = datetime(2026, 3, 23, 9, tzinfo=UTC) + timedelta(minutes=7)
    assert dates_of("", start, LONDON) == [start]
