"""The clock: the present, or the demo's day at the present time of day."""

from datetime import UTC, date, datetime, timedelta

import pytest

from accord.kernel import clock
from accord.kernel.models import World

DEMO = World(is_demo=True, demo_day=date(2019, 9, 30), seed=1, scale=1.0)


@pytest.mark.parametrize("world", [None, World()])
def test_real_installation_lives_now(world: World | None) -> None:
    before = datetime.now(UTC)

    told = clock.now(world)

    assert before <= told <= datetime.now(UTC)
    assert told.tzinfo is UTC


def test_demo_world_lives_on_its_day_at_the_present_time_of_day() -> None:
    before = datetime.now(UTC)

    told = clock.now(DEMO)

    assert (told.date(), told.tzinfo) == (date(2019, 9, 30), UTC)
    assert abs(told - before.replace(year=2019, month=9, day=30)) < timedelta(minutes=1) or before.hour == 23
    assert clock.today(DEMO) == date(2019, 9, 30)


@pytest.mark.parametrize(
    ("day", "monday"),
    [
        (date(2019, 9, 30), date(2019, 9, 30)),
        (date(2019, 10, 6), date(2019, 9, 30)),
        (date(2020, 1, 1), date(2019, 12, 30)),
    ],
)
def test_week_starts_on_monday_also_over_the_turn_of_a_year(day: date, monday: date) -> None:
    assert clock.monday_of(day) == monday


def test_day_ends_where_the_next_begins() -> None:
    assert clock.end_of(date(2019, 12, 31)) == datetime(2020, 1, 1, tzinfo=UTC)
