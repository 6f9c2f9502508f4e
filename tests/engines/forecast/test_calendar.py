"""Weeks: which are over, and what falls into them."""

from datetime import date, timedelta

from accord.engines.forecast import Forecast, History, Pledge, forecast, tally

WEDNESDAY = date(2019, 1, 9)
PLEDGE = Pledge(0.0, 50.0, WEDNESDAY, date(2019, 6, 30))


def test_tally_leaves_out_the_running_week_and_what_is_outside_the_term() -> None:
    changes = [
        (date(2019, 1, 8), 100.0),  # the eve of the start
        (date(2019, 1, 27), 3.0),
        (WEDNESDAY, 1.0),
        (date(2019, 1, 13), 2.0),
        (date(2019, 1, 28), 100.0),  # the running week
    ]

    found = tally(changes, pledge=PLEDGE, as_of=date(2019, 1, 30))

    assert found == History(date(2019, 1, 7), (3.0, 0.0, 3.0), 3)


def test_sunday_belongs_to_the_running_week_and_monday_closes_it() -> None:
    changes = [(date(2019, 1, 10), 1.0)]

    assert tally(changes, pledge=PLEDGE, as_of=date(2019, 1, 13)).increments == ()
    assert tally(changes, pledge=PLEDGE, as_of=date(2019, 1, 14)).increments == (1.0,)


def test_past_the_due_day_its_own_week_counts_up_to_it() -> None:
    due = Pledge(0.0, 50.0, WEDNESDAY, date(2019, 1, 22))
    changes = [(date(2019, 1, 22), 2.0), (date(2019, 1, 23), 4.0)]

    found = tally(changes, pledge=due, as_of=date(2019, 1, 23))

    assert found == History(date(2019, 1, 7), (0.0, 0.0, 2.0), 1)


def test_what_tally_makes_is_what_forecast_takes_on_every_day() -> None:
    changes = [(WEDNESDAY + timedelta(days=3 * i), 1.0) for i in range(57)]

    for day in range(60, 172):
        as_of = WEDNESDAY + timedelta(days=day)
        found = forecast(PLEDGE, tally(changes, pledge=PLEDGE, as_of=as_of), as_of=as_of, key="p")
        assert isinstance(found, Forecast)
