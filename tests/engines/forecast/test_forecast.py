"""The door of the engine: gate, due day, determinism, and how the figures hang together."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import pytest

from accord.engines.forecast import (
    MODEL,
    Case,
    Forecast,
    History,
    HistoryRefused,
    PlanPoint,
    Pledge,
    PledgeRefused,
    Settled,
    Shortage,
    TooEarly,
    forecast,
    forecast_many,
    foresee,
    likelihood,
    shown,
)

MONDAY = date(2019, 1, 7)
YEAR = Pledge(0.0, 104.0, MONDAY, date(2020, 1, 5))


def after(weeks: int) -> date:
    return MONDAY + timedelta(weeks=weeks)


def even(weeks: int, each: float = 2.0) -> History:
    return History(MONDAY, (each,) * weeks, int(abs(each) * weeks))


def ask(pledge: Pledge, history: History, as_of: date, key: str = "p") -> Forecast:
    found = forecast(pledge, history, as_of=as_of, key=key)
    assert isinstance(found, Forecast)
    return found


def test_gate_asks_for_four_full_weeks() -> None:
    short = replace(YEAR, due_on=MONDAY + timedelta(days=69))

    assert forecast(short, even(3), as_of=after(4) - timedelta(days=1), key="p") == TooEarly(
        Shortage.WEEKS, 3, 4, after(4)
    )
    assert isinstance(forecast(short, even(4), as_of=after(4), key="p"), Forecast)


def test_gate_does_not_count_the_week_of_a_midweek_start() -> None:
    wednesday = Pledge(0.0, 20.0, MONDAY + timedelta(days=2), MONDAY + timedelta(days=69))

    assert forecast(wednesday, even(4), as_of=after(4), key="p") == TooEarly(Shortage.WEEKS, 3, 4, after(5))
    assert isinstance(forecast(wednesday, even(5), as_of=after(5), key="p"), Forecast)


def test_gate_asks_for_fifteen_hundredths_of_the_term() -> None:
    opens = MONDAY + timedelta(days=55)  # 15 % of 364 days is 54.6

    early = forecast(YEAR, even(7), as_of=opens - timedelta(days=1), key="p")

    assert early == TooEarly(Shortage.TERM, 54 / 364, 0.15, opens)
    assert isinstance(forecast(YEAR, even(7), as_of=opens, key="p"), Forecast)


def test_gate_asks_for_three_records() -> None:
    few = History(MONDAY, (0.0,) * 19 + (2.0,), 2)

    assert forecast(YEAR, few, as_of=after(20), key="p") == TooEarly(Shortage.EVENTS, 2, 3, None)
    assert isinstance(forecast(YEAR, replace(few, events=3), as_of=after(20), key="p"), Forecast)


def test_no_records_at_all_is_too_early_never_zero() -> None:
    found = forecast(YEAR, even(30, 0.0), as_of=after(30), key="p")

    assert found == TooEarly(Shortage.EVENTS, 0, 3, None)


def test_before_the_start_it_is_too_early() -> None:
    found = forecast(YEAR, History(MONDAY, (), 0), as_of=MONDAY - timedelta(days=30), key="p")

    assert found == TooEarly(Shortage.WEEKS, 0, 4, after(4))


def test_due_day_over_is_settled_either_way() -> None:
    due = YEAR.due_on + timedelta(days=1)

    assert forecast(YEAR, even(52), as_of=due, key="p") == Settled(reached=True, level=104.0, short_by=0.0)
    assert forecast(YEAR, even(52, 1.0), as_of=due, key="p") == Settled(reached=False, level=52.0, short_by=52.0)


def test_on_the_due_day_there_is_still_a_forecast() -> None:
    sunday = ask(YEAR, even(51), YEAR.due_on)

    assert [point.on for point in sunday.fan] == [YEAR.due_on]
    assert sunday.weeks_left == pytest.approx(1 / 7)


def test_settled_promise_to_reduce_says_how_much_is_missing() -> None:
    falling = Pledge(100.0, 50.0, MONDAY, YEAR.due_on)

    found = forecast(falling, even(52, -0.75), as_of=YEAR.due_on + timedelta(days=1), key="p")

    assert found == Settled(reached=False, level=61.0, short_by=11.0)


def test_already_reached_flow_is_certain_but_shown_as_95() -> None:
    found = ask(YEAR, even(20, 6.0), after(20))

    assert (found.probability, found.shown, found.pace_needed) == (1.0, 95, 0.0)


def test_stock_above_its_target_may_still_fall() -> None:
    changes = (12.0, 11.0, 12.0, 11.0, 10.0, 10.0, -3.0, -4.0, -4.0, -5.0, -4.0, -5.0, -4.0, -4.0, -5.0, -4.0)
    shrinking = Pledge(0.0, 20.0, MONDAY, YEAR.due_on)

    found = ask(shrinking, History(MONDAY, changes, 108), after(16))

    assert sum(changes) >= shrinking.target
    assert 0.05 < found.probability < 0.95


def test_figures_of_a_forecast_hang_together() -> None:
    found = ask(YEAR, even(20, 3.0), after(20))

    last = found.fan[-1]
    assert (found.low80, found.low50, found.expected, found.high50, found.high80) == (
        last.q10, last.q25, last.q50, last.q75, last.q90,
    )  # fmt: skip
    assert last.on == YEAR.due_on
    assert len(found.fan) == 12
    assert (found.shown, found.likelihood) == (shown(found.probability), likelihood(found.probability))
    assert (found.pace_recent, found.weeks_left, found.model) == (3.0, 32.0, MODEL)
    assert found.pace_needed == pytest.approx(44 / 32)


def test_recent_pace_is_that_of_the_last_eight_weeks() -> None:
    history = History(MONDAY, (9.0,) * 12 + (1.0,) * 8, 116)

    assert ask(YEAR, history, after(20)).pace_recent == 1.0


def test_fan_widens_and_starts_at_what_is_known() -> None:
    fan = ask(YEAR, even(20), after(20)).fan

    widths = [point.q90 - point.q10 for point in fan]
    assert widths == sorted(widths)
    assert all(p.q10 < p.q25 < p.q50 < p.q75 < p.q90 for p in fan)
    assert all(a.q10 <= b.q10 for a, b in pairwise(fan))
    assert fan[0].q10 >= 40.0


def test_same_key_and_day_give_the_same_answer_and_other_keys_nearly() -> None:
    one, same, other = (ask(YEAR, even(20), after(20), key) for key in ("a", "a", "b"))

    assert one == same
    assert one.expected != other.expected
    assert one.probability == pytest.approx(other.probability, abs=0.02)


def test_many_give_what_each_gives_alone() -> None:
    cases = [Case(replace(YEAR, target=60.0 + 10 * i), even(20, 1.0 + i % 3), f"p{i}") for i in range(10)]
    cases.append(Case(YEAR, even(20, 0.0), "empty"))

    found = forecast_many(cases, as_of=after(20))

    assert found == tuple(forecast(c.pledge, c.history, as_of=after(20), key=c.key) for c in cases)


def test_without_the_fan_every_other_figure_is_the_same() -> None:
    changes = (3.0, -1.0) * 10
    stock = History(MONDAY, changes, 40)

    whole = ask(YEAR, stock, after(20))
    bare = forecast(YEAR, stock, as_of=after(20), key="p", fan=False)

    assert bare == replace(whole, fan=whole.fan[-1:])


def test_milestones_that_promise_a_late_rush_forgive_a_slow_start() -> None:
    slow = even(26, 0.5)
    planned = replace(YEAR, plan=(PlanPoint(after(26) - timedelta(days=1), 13.0),))

    flat, late = ask(YEAR, slow, after(26)), ask(planned, slow, after(26))

    assert flat.shown < 10
    assert 40 <= late.shown <= 75
    assert late.expected == pytest.approx(104, rel=0.25)


def test_even_milestones_narrow_the_range_since_the_shape_is_agreed() -> None:
    planned = replace(YEAR, plan=(PlanPoint(after(26) - timedelta(days=1), 52.0),))

    flat, agreed = ask(YEAR, even(26), after(26)), ask(planned, even(26), after(26))

    assert agreed.expected == pytest.approx(flat.expected, rel=0.02)
    assert agreed.high80 - agreed.low80 < 0.85 * (flat.high80 - flat.low80)


def test_milestones_bend_the_fan() -> None:
    planned = replace(YEAR, plan=(PlanPoint(after(39) - timedelta(days=1), 26.0),))

    fan = ask(planned, even(26, 0.65), after(26)).fan

    halfway = fan[5].q50 - 16.9
    assert halfway < 0.3 * (fan[-1].q50 - 16.9)


@pytest.mark.parametrize(
    ("pledge", "words"),
    [
        (replace(YEAR, target=0.0), "no direction"),
        (replace(YEAR, target=float("nan")), "no direction"),
        (replace(YEAR, due_on=MONDAY), "not after the start"),
        (replace(YEAR, plan=(PlanPoint(after(60), 50.0),)), "outside the term"),
        (replace(YEAR, plan=(PlanPoint(after(9), 5.0), PlanPoint(after(8), 9.0))), "out of order"),
        (replace(YEAR, plan=(PlanPoint(after(9), 50.0), PlanPoint(after(10), 40.0))), "away from the target"),
        (replace(YEAR, plan=(PlanPoint(after(9), 110.0),)), "away from the target"),
    ],
)
def test_pledge_that_cannot_be_forecast_is_refused(pledge: Pledge, words: str) -> None:
    with pytest.raises(PledgeRefused, match=words):
        forecast(pledge, even(20), as_of=after(20), key="p")


@pytest.mark.parametrize(
    ("history", "words"),
    [
        (History(MONDAY + timedelta(days=1), (1.0,) * 20, 20), "2019-01-07"),
        (even(19), "19 weeks came, 20 are over"),
        (even(21), "21 weeks came, 20 are over"),
        (History(MONDAY, (float("nan"),) * 20, 20), "not a number"),
        (replace(even(20), events=-1), "negative"),
    ],
)
def test_history_that_does_not_fit_is_refused(history: History, words: str) -> None:
    with pytest.raises(HistoryRefused, match=words):
        forecast(YEAR, history, as_of=after(20), key="p")


def test_foresee_refuses_once_the_due_day_is_over() -> None:
    with pytest.raises(PledgeRefused, match="was due on 2020-01-05"):
        foresee(YEAR, even(52), as_of=date(2020, 1, 6), key="p")
