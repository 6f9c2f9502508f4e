"""What holds for every promise: hypothesis looks for one for which it does not."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from accord.engines.forecast import Forecast, History, Pledge, forecast

START = date(2018, 1, 1)
Promise = tuple[Pledge, History, date]


@st.composite
def promises(draw: st.DrawFn, *, falls: bool = False) -> Promise:
    term = draw(st.integers(26, 100))
    over = draw(st.integers(round(term * 0.2), term - 1))
    least = -4 if falls else 0
    changes = [float(y) for y in draw(st.lists(st.integers(least, 9), min_size=over, max_size=over))]
    changes[0] += 3
    target = draw(st.integers(1, 2 * round(sum(map(abs, changes))) + 5))
    pledge = Pledge(0.0, float(target), START, START + timedelta(weeks=term, days=-1))
    return pledge, History(START, tuple(changes), int(sum(map(abs, changes)))), START + timedelta(weeks=over)


def ask(pledge: Pledge, history: History, as_of: date) -> Forecast:
    found = forecast(pledge, history, as_of=as_of, key="p")
    assert isinstance(found, Forecast)
    return found


def figures(found: Forecast) -> list[float]:
    return [found.low80, found.low50, found.expected, found.high50, found.high80]


@settings(deadline=None)
@given(promises(), st.integers(1, 200))
def test_higher_target_is_never_more_likely(promise: Promise, more: int) -> None:
    pledge, history, as_of = promise

    higher = ask(replace(pledge, target=pledge.target + more), history, as_of)

    assert higher.probability <= ask(pledge, history, as_of).probability + 1e-12


@settings(deadline=None)
@given(promises(falls=True), st.sampled_from([0.001, 1000.0, 7.3]))
def test_unit_of_the_measure_does_not_matter(promise: Promise, times: float) -> None:
    pledge, history, as_of = promise
    scaled = replace(pledge, target=pledge.target * times)
    changes = replace(history, increments=tuple(y * times for y in history.increments))

    found, other = ask(pledge, history, as_of), ask(scaled, changes, as_of)

    assert other.probability == pytest.approx(found.probability, abs=1e-9)
    assert [x / times for x in figures(other)] == pytest.approx(figures(found), rel=1e-9, abs=1e-9)


@pytest.mark.parametrize("times", [0.001, 1000.0, 7.3])
@pytest.mark.parametrize("changes", [(3.0, 0.0, 1.0, -3.0, -1.0), (3.0, 3.0, 3.0, -4.0, -4.0)], ids=["to 0", "to 1"])
def test_changes_that_come_out_even_do_so_in_any_unit(changes: tuple[float, ...], times: float) -> None:
    pledge = Pledge(0.0, 1.0, START, date(2018, 7, 1))
    scaled = History(START, tuple(y * times for y in changes), 8)

    found = ask(pledge, History(START, changes, 8), date(2018, 2, 5))
    other = ask(replace(pledge, target=times), scaled, date(2018, 2, 5))

    assert other.probability == pytest.approx(found.probability, abs=1e-9)


@settings(deadline=None)
@given(promises())
def test_promise_to_reduce_mirrors_a_promise_to_grow(promise: Promise) -> None:
    pledge, history, as_of = promise
    down = replace(pledge, target=-pledge.target)

    grow, reduce = (
        ask(pledge, history, as_of),
        ask(down, replace(history, increments=tuple(-y for y in history.increments)), as_of),
    )

    assert reduce.probability == grow.probability
    assert figures(reduce) == pytest.approx([-x for x in reversed(figures(grow))])
    assert (reduce.pace_needed, reduce.pace_recent) == (-grow.pace_needed, -grow.pace_recent)


@settings(deadline=None)
@given(promises(falls=True))
def test_ranges_are_nested_and_the_probability_agrees_with_them(promise: Promise) -> None:
    pledge, history, as_of = promise

    found = ask(pledge, history, as_of)

    assert figures(found) == sorted(figures(found))
    assert 0.0 <= found.probability <= 1.0
    # A target beyond the range of eight in ten is as rare as the range says, give or take one record.
    unit = sum(map(abs, history.increments)) / history.events
    if pledge.target > found.high80 + 2 * unit:
        assert found.probability <= 0.13
    if pledge.target < found.low80 - 2 * unit:
        assert found.probability >= 0.87


@settings(deadline=None)
@given(promises())
def test_more_delivered_is_hardly_ever_less_likely(promise: Promise) -> None:
    pledge, history, as_of = promise
    more = (*history.increments[:-1], history.increments[-1] + 3.0)

    least = ask(pledge, history, as_of)
    most = ask(pledge, History(START, more, history.events + 3), as_of)

    assert most.probability >= least.probability - 0.02
