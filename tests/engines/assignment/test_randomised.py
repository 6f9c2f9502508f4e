"""Chances and draws: no pair above the limit, every rule in every draw, and the means as stated."""

from collections import Counter
from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from accord.engines.assignment import (
    Assignment,
    Breach,
    Goal,
    GoalRefused,
    Item,
    Reviewer,
    ReviewProblem,
    assign,
    check,
    problem,
)
from accord.engines.assignment._rounding import rounded

DRAWS = 400


def built(share: int | None = 1, seniors: int = 0) -> ReviewProblem:
    source = np.random.default_rng(2)
    return problem(
        [Item(f"i{at:02}", 2, seniors) for at in range(20)],
        [Reviewer(f"r{at:02}", 5, 1, at < 8, "AB"[at % 2] if at < 10 else None) for at in range(16)],
        source.random((20, 16)),
        conflicts=[("i00", "r00")],
        fixed=[("i01", "r02")],
        share=share,
    )


def chances(found: Assignment) -> dict[tuple[str, str], Fraction]:
    return {(one.item, one.reviewer): Fraction(one.parts, found.denominator) for one in found.chances}


@pytest.mark.parametrize("highest", [Fraction(1, 2), Fraction(113, 256), Fraction(3, 4)])
@pytest.mark.parametrize("rules", [{"share": 1}, {"share": None, "seniors": 1}, {"share": None}])
def test_no_pair_is_likelier_than_the_limit_but_fixed_ones(highest: Fraction, rules: dict[str, int | None]) -> None:
    found = assign(built(**rules), Goal.RANDOMISED, highest=highest, seed="s")

    likely = chances(found)
    assert likely.pop(("i01", "r02")) == 1
    assert max(likely.values()) == highest
    assert (found.highest, found.denominator) == (highest.numerator, highest.denominator)
    assert check(built(**rules), found).breaches == ()


def test_lower_limit_costs_expected_total() -> None:
    totals = [
        assign(built(), Goal.RANDOMISED, highest=Fraction(part, 8), seed="s").expected or 0 for part in (3, 4, 6, 8)
    ]

    assert totals == sorted(totals)
    assert totals[0] < totals[-1] == pytest.approx(assign(built(), seed="s").total)


@pytest.mark.parametrize("rules", [{"share": 1}, {"share": None, "seniors": 1}])
def test_every_draw_keeps_every_rule_and_the_mean_is_the_chance(rules: dict[str, int | None]) -> None:
    problem_ = built(**rules)
    first = assign(problem_, Goal.RANDOMISED, highest=Fraction(1, 2), seed="s0")
    drawn = Counter[tuple[str, str]]()

    for seed in range(40):
        found = assign(problem_, Goal.RANDOMISED, highest=Fraction(1, 2), seed=f"s{seed}")
        assert check(problem_, found).breaches == ()
        # Fits are all different here, so the best chances do not depend on the seed; the draw does.
        assert chances(found) == chances(first)
        drawn.update((pair.item, pair.reviewer) for pair in found.pairs)

    off = [drawn[pair] / 40 - float(chance) for pair, chance in chances(first).items()]
    assert np.abs(off).max() < 0.4
    assert abs(np.mean(off)) < 1e-9
    assert np.std(off) == pytest.approx(np.sqrt(0.25 / 40), rel=0.5)


@settings(max_examples=60, deadline=None)
@given(st.integers(2, 5), st.integers(2, 6), st.integers(2, 7), st.randoms(use_true_random=False))
def test_rounding_keeps_every_sum_within_its_two_neighbours(n: int, m: int, whole: int, source: object) -> None:
    tail, head, amount = _flow(n, m, whole, source)

    out = rounded(tail, head, amount, whole, "s")

    assert ((out == amount // whole) | (out == -(-amount // whole))).all()
    assert (_net(tail, head, out) * whole == _net(tail, head, amount)).all()
    assert (out == rounded(tail, head, amount, whole, "s")).all()


def _flow(n: int, m: int, whole: int, source: object) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return a flow from n items over m reviewers to one sink in parts of a review, whole at every item."""
    table = np.zeros((n, m), dtype=np.int64)
    for row in table:
        for _ in range(whole * source.randint(1, 2)):
            row[source.randrange(m)] += 1
    item, reviewer = np.nonzero(table)
    tail = np.concatenate([item, n + np.arange(m)])
    head = np.concatenate([n + reviewer, np.full(m, n + m)])
    return tail, head, np.concatenate([table[item, reviewer], table.sum(axis=0)])


def _net(tail: np.ndarray, head: np.ndarray, amount: np.ndarray) -> np.ndarray:
    size = int(head.max()) + 1
    return np.bincount(tail, amount, size) - np.bincount(head, amount, size)


def test_rounding_meets_every_chance_in_the_mean() -> None:
    tail, head = np.array([0, 0, 0, 1, 1, 2, 3, 4]), np.array([2, 3, 4, 2, 4, 5, 5, 5])
    amount = np.array([3, 1, 6, 8, 2, 11, 1, 8])

    mean = np.mean([rounded(tail, head, amount, 10, f"{seed}") for seed in range(DRAWS)], axis=0)

    assert np.abs(mean - amount / 10).max() < 4 * 0.5 / np.sqrt(DRAWS)
    assert mean[:3].sum() == pytest.approx(1)
    assert mean[3:5].sum() == pytest.approx(1)


@pytest.mark.parametrize("highest", [None, Fraction(0), Fraction(3, 2), Fraction(1, 2000), Fraction(-1, 2)])
def test_highest_chance_that_is_none_is_refused(highest: Fraction | None) -> None:
    with pytest.raises(GoalRefused) as refused:
        assign(built(), Goal.RANDOMISED, highest=highest, seed="s")

    assert str(highest) in refused.value.words("en")
    assert str(highest) in refused.value.words("zh-hans")


def test_rules_that_cross_are_refused_for_draws() -> None:
    with pytest.raises(GoalRefused, match="not both"):
        assign(built(seniors=1), Goal.RANDOMISED, highest=Fraction(1, 2), seed="s")


def test_no_strong_reviewer_is_refused_as_a_goal() -> None:
    with pytest.raises(GoalRefused, match="ask for 1 or more"):
        assign(built(), Goal.STRONG, strong=0, seed="s")


def test_tampered_chances_are_found() -> None:
    found = assign(built(), Goal.RANDOMISED, highest=Fraction(1, 2), seed="s")
    one = found.chances[0]
    gone = {(pair.item, pair.reviewer) for pair in found.pairs}
    other = next(chance for chance in found.chances if (chance.item, chance.reviewer) in gone and chance.parts == 1)

    raised = replace(found, chances=(replace(one, parts=2), *found.chances[1:]))
    assert {"chance", "demand", "expected"} <= {breach.code for breach in check(built(), raised).breaches}
    dropped = replace(found, chances=tuple(chance for chance in found.chances if chance != other))
    assert Breach("draw", (other.item, other.reviewer)) in check(built(), dropped).breaches
    assert Breach("chance-limit", ()) in check(built(), replace(found, highest=5)).breaches
    assert Breach("expected", ()) in check(built(), replace(found, expected=1.0)).breaches
