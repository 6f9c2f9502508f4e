"""Strengths, errors and ranks, beside the slow way and against their guarantees."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.engines.duels.bouts import draw, few_duels, kendall, loss, slow_strengths

from accord.engines.duels import Duel, bradley_terry


@settings(max_examples=40, deadline=None)
@given(few_duels(), st.sampled_from([0.5, 1.5, 4.0]))
def test_strengths_are_those_of_plain_newton(duels: list[Duel], spread: float) -> None:
    found = bradley_terry(duels, judged=False, spread=spread)

    slow = slow_strengths(duels, list(found.items), spread)

    assert found.strength == pytest.approx(slow - slow.mean(), abs=1e-6)


@settings(max_examples=40, deadline=None)
@given(few_duels(), st.integers(0, 1000))
def test_no_step_away_from_the_answer_lowers_the_loss(duels: list[Duel], seed: int) -> None:
    found = bradley_terry(duels, judged=False)
    least = loss(duels, list(found.items), found.strength, 1.5)

    step = np.random.default_rng(seed).normal(0, 0.1, len(found.items))

    assert loss(duels, list(found.items), found.strength + step, 1.5) >= least - 1e-9


@settings(max_examples=40, deadline=None)
@given(few_duels())
def test_errors_are_those_of_the_inverse_curvature(duels: list[Duel]) -> None:
    found = bradley_terry(duels, judged=False)
    size, width = len(found.items), 1e-4
    steps = np.eye(size) * width

    def at(*moves: np.ndarray) -> float:
        return loss(duels, list(found.items), found.strength + sum(moves), 1.5)

    curve = np.array([[(at(a, b) - at(a, -b) - at(-a, b) + at(-a, -b)) / (4 * width**2) for b in steps] for a in steps])
    centre = np.eye(size) - 1 / size

    assert found.covariance == pytest.approx(centre @ np.linalg.inv(curve) @ centre, abs=1e-4)
    assert found.error == pytest.approx(np.sqrt(np.diag(found.covariance)))


@settings(max_examples=30, deadline=None)
@given(few_duels(), st.randoms(use_true_random=False))
def test_order_and_side_change_no_bit(duels: list[Duel], random) -> None:
    turned = [replace(duel, left=duel.right, right=duel.left) if random.random() < 0.5 else duel for duel in duels]
    random.shuffle(turned)

    one, other = bradley_terry(duels), bradley_terry(turned)

    assert (one.strength.tolist(), one.judges) == (other.strength.tolist(), other.judges)
    assert one.covariance.tolist() == other.covariance.tolist()


@settings(max_examples=30, deadline=None)
@given(few_duels())
def test_one_more_win_never_lowers_the_winner(duels: list[Duel]) -> None:
    before = bradley_terry(duels, judged=False)
    after = bradley_terry([*duels, replace(duels[0], winner=duels[0].left)], judged=False)

    assert after.strength[after.items.index(duels[0].left)] > before.strength[before.items.index(duels[0].left)]


def test_unbeaten_and_unseen_items_stay_finite() -> None:
    found = bradley_terry([Duel("a", "b", "a", "x")] * 50, items=["a", "b", "c"], judged=False)

    assert found.items == ("a", "b", "c")
    assert 1.5 < found.strength[0] < 5
    assert found.strength[2] == pytest.approx(0, abs=1e-9)
    assert found.rank.tolist() == [1, 3, 2]
    assert (found.wins.tolist(), found.duels.tolist()) == ([50, 0, 0], [50, 50, 0])
    assert found.part.tolist() == [0, 0, 1]


def test_tie_counts_as_half_a_win_for_both() -> None:
    found = bradley_terry([Duel("a", "b", None), Duel("b", "c", "b"), Duel("a", "c", "a")])

    assert found.strength[0] == pytest.approx(found.strength[1])
    assert found.rank.tolist() == [1, 1, 3]
    assert (found.wins.tolist(), found.duels.tolist()) == ([1.5, 1.5, 0], [2, 2, 2])


def test_ranks_and_errors_fit_the_truth() -> None:
    drawn = [draw(60, 900, 10, seed=seed) for seed in range(12)]
    found = [bradley_terry(one.duels, items=one.items) for one in drawn]

    taus = [kendall(ours.strength, one.strength) for ours, one in zip(found, drawn, strict=True)]
    inside = [
        np.abs(ours.strength - one.strength + one.strength.mean()) < 1.96 * ours.error
        for ours, one in zip(found, drawn, strict=True)
    ]

    assert np.mean(taus) > 0.78
    assert np.mean(inside) == pytest.approx(0.95, abs=0.025)
