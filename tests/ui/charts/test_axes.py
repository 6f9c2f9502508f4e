"""Ticks and places for labels."""

from datetime import date

import pytest

from accord.ui.charts._axes import Labels, day_ticks, nice_ticks


@pytest.mark.parametrize(
    ("high", "ticks"),
    [
        (320, [0, 100, 200, 300, 400]),
        (300, [0, 100, 200, 300]),
        (7, [0, 2, 4, 6, 8]),
        (0.4, [0, 0.1, 0.2, 0.3, 0.4]),
        (0, [0, 1]),
    ],
)
def test_level_ticks_are_round_and_reach_the_highest(high, ticks):
    assert nice_ticks(high, 4) == pytest.approx(ticks)


@pytest.mark.parametrize(
    ("last", "first_words"),
    [
        (date(2019, 7, 6), ["22 Jun", "29 Jun", "6 Jul"]),
        (date(2019, 12, 31), ["Jul", "Aug", "Sep"]),
        (date(2031, 12, 31), ["2020", "2021", "2022"]),
    ],
)
def test_day_ticks_follow_the_span(last, first_words):
    words = [word for _day, word in day_ticks(date(2019, 6, 22), last, 700)]

    assert words[:3] == first_words


@pytest.mark.parametrize("days", [0, 1, 40, 51, 400, 4000, 40000])
def test_day_ticks_never_crowd(days):
    first = date(1990, 1, 15)

    ticks = day_ticks(first, date.fromordinal(first.toordinal() + days), 250)

    assert 1 <= len(ticks) <= 6


def test_a_label_takes_the_next_spot_when_the_first_is_taken_and_none_when_all_are():
    labels = Labels(200, 100)

    first = labels.place("one", [(10, 50, "start")])
    second = labels.place("two", [(12, 50, "start"), (12, 80, "start")])
    third = labels.place("three", [(10, 50, "start")])

    assert 'y="50"' in first
    assert 'y="80"' in second
    assert third == ""


def test_a_label_is_pushed_back_onto_the_canvas():
    label = Labels(100, 100).place("a long label", [(99, 0, "start")])

    assert float(label.split('x="')[1].split('"')[0]) < 15
