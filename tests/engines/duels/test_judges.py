"""Judges who toss a coin are found out and ignored; the careful ones lose nothing."""

import numpy as np
import pytest
from hypothesis import given, settings
from tests.engines.duels.bouts import draw, few_duels, kendall

from accord.engines.duels import Duel, bradley_terry
from accord.engines.duels._judges import UNKNOWN, information, likelihood, with_reliability
from accord.engines.duels._record import read
from accord.engines.duels._strength import strengths


def test_coin_tossers_are_told_from_careful_judges() -> None:
    drawn = draw(100, 3000, 20, seed=1, tossers=0.3)

    found = bradley_terry(drawn.duels, items=drawn.items)

    trusted = np.array([one.reliability for one in found.judges])
    assert trusted[:6].max() < 0.6
    assert trusted[6:].min() > 0.75
    assert sum(one.duels for one in found.judges) == 3000


def test_ranks_are_better_for_it_where_some_toss_and_not_worse_where_none_does() -> None:
    gains = {}
    for share in (0.0, 0.3):
        drawn = [draw(60, 900, 12, seed=seed, tossers=share) for seed in range(8)]
        judged = [kendall(bradley_terry(one.duels, items=one.items).strength, one.strength) for one in drawn]
        plain = [
            kendall(bradley_terry(one.duels, items=one.items, judged=False).strength, one.strength) for one in drawn
        ]
        gains[share] = np.mean(judged) - np.mean(plain)

    assert gains[0.3] > 0.02
    assert gains[0.0] > -0.004


def test_judge_who_answers_backwards_is_ignored_and_not_turned_round() -> None:
    drawn = draw(40, 1200, 6, seed=2)
    turned = [
        Duel(one.left, one.right, one.left if one.winner == one.right else one.right, one.judge)
        if one.judge == "j000"
        else one
        for one in drawn.duels
    ]

    found = bradley_terry(turned, items=drawn.items)

    assert found.judges[0].reliability < 0.2
    assert min(one.reliability for one in found.judges[1:]) > 0.7


@settings(max_examples=40, deadline=None)
@given(few_duels())
def test_answer_is_a_point_where_no_small_step_is_likelier(duels: list[Duel]) -> None:
    record = read(duels, None)
    at, trusted, _ = with_reliability(record, 1.5)
    best = likelihood(record, 1.5, at, trusted)
    plain, _ = strengths(record, record.weight, 1.5, np.zeros(len(at)))

    # At least as likely as the point it set out from, and level in every direction.
    assert best >= likelihood(record, 1.5, plain, np.full(len(trusted), UNKNOWN)) - 1e-9
    for place in range(len(at)):
        step = np.zeros(len(at))
        step[place] = 1e-3
        assert likelihood(record, 1.5, at + step, trusted) < best + 1e-6
        assert likelihood(record, 1.5, at - step, trusted) < best + 1e-6
    for place in range(len(trusted)):
        for factor in (0.999, 1.001):
            moved = trusted.copy()
            moved[place] = min(moved[place] * factor, 1 - 1e-9)
            assert likelihood(record, 1.5, at, moved) < best + 1e-6


@settings(max_examples=30, deadline=None)
@given(few_duels())
def test_information_is_the_spread_of_the_slope(duels: list[Duel]) -> None:
    record = read(duels, None)
    rng = np.random.default_rng(len(duels))
    at, trusted = rng.normal(0, 1, len(record.items)), rng.uniform(0.3, 1, len(record.judges))
    expected = np.eye(len(at)) / 1.5**2

    for winner, loser, judge, weight in zip(record.winner, record.loser, record.judge, record.weight, strict=True):
        careful = 1 / (1 + np.exp(at[loser] - at[winner]))
        chance = trusted[judge] * careful + (1 - trusted[judge]) / 2
        slope = trusted[judge] * careful * (1 - careful)
        arrow = np.zeros(len(at))
        arrow[winner], arrow[loser] = 1, -1
        # The mean of the squared slope of log P over both answers.
        expected += weight * (slope**2 / chance + slope**2 / (1 - chance)) * np.outer(arrow, arrow)

    assert information(record, 1.5, at, trusted) == pytest.approx(expected)


def test_single_judge_is_taken_at_their_word() -> None:
    duels = [Duel("a", "b", "a", "ann"), Duel("b", "a", "b", "ann")]

    assert [one.reliability for one in bradley_terry(duels).judges] == [1.0]
