"""The engine against the slow version: the same chance, and quantiles at the same places."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.engines.forecast.obvious import levels

from accord.engines.forecast import History, Pledge, forecast, foresee

START = date(2018, 1, 1)


def at(weeks: int) -> date:
    return START + timedelta(weeks=weeks)


@st.composite
def promises(draw: st.DrawFn) -> tuple[Pledge, History]:
    term = draw(st.integers(26, 120))
    over = draw(st.integers(max(4, round(term * 0.2)), term - 2))
    weekly = st.lists(st.integers(0, draw(st.sampled_from([1, 3, 30]))), min_size=over, max_size=over)
    changes = [float(y) for y in draw(weekly)]
    changes[0] += 3
    ahead = sum(changes) * term / over
    target = max(round(ahead * draw(st.floats(0.7, 1.5))), 3)
    return Pledge(0.0, target, START, at(term) - timedelta(days=1)), History(START, tuple(changes), int(sum(changes)))


def agree(pledge: Pledge, history: History) -> None:
    slow = levels(pledge, history, draws=3000, seed=1)

    chance, draws = foresee(pledge, history, as_of=at(len(history.increments)), key="p")

    assert chance == pytest.approx(sum(level >= pledge.target for level in slow) / 3000, abs=0.045)
    unit = sum(map(abs, history.increments)) / history.events
    for part in (100, 250, 500, 750, 900):
        below = sum(level < draws[part] - unit for level in slow) / 3000
        upto = sum(level <= draws[part] + unit for level in slow) / 3000
        assert below - 0.05 <= part / 1000 <= upto + 0.05


@settings(max_examples=25, deadline=None)
@given(promises())
def test_counts_agree_with_the_slow_version(promise: tuple[Pledge, History]) -> None:
    agree(*promise)


def test_stock_that_falls_agrees_with_the_slow_version() -> None:
    changes = (6, 5, -2, 7, 4, -3, 5, 6, -1, 4, 3, -4, 5, 2, -2, 4)
    history = History(START, tuple(map(float, changes)), sum(map(abs, changes)))

    agree(Pledge(20.0, 110.0, START, at(52) - timedelta(days=1)), history)


def test_one_record_short_is_counted_not_smoothed() -> None:
    history = History(START, (1.0, 0.0, 2.0, 0.0, 1.0, 0.0, 0.0, 1.0, 0.0, 1.0, 1.0, 0.0), 7)

    agree(Pledge(0.0, 8.0, START, at(16) - timedelta(days=1)), history)


def test_the_shown_range_is_that_of_the_draws() -> None:
    pledge = Pledge(0.0, 100.0, START, at(52) - timedelta(days=1))
    history = History(START, (2.0,) * 20, 40)

    _, draws = foresee(pledge, history, as_of=at(20), key="p")
    found = forecast(pledge, history, as_of=at(20), key="p")

    below = [(draws < edge).mean() for edge in (found.low80, found.low50, found.expected, found.high50, found.high80)]
    assert below == pytest.approx([0.10, 0.25, 0.50, 0.75, 0.90], abs=0.02)
