"""The answer depends on the records and the seed alone: not on their order, the form of the fits, or the solver."""

from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.engines.assignment.instances import crossing, problems
from tests.engines.flow.networks import needs_ortools

from accord.engines.assignment import (
    Assignment,
    Goal,
    Infeasible,
    Item,
    Reviewer,
    ReviewProblem,
    assign,
    check,
    problem,
)
from accord.engines.assignment import _pricing as pricing
from accord.engines.flow import Solver

SOME = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def bids(n: int = 60, m: int = 25, *, seed: int = 5, order: int | None = None) -> ReviewProblem:
    """Return a problem full of ties, its records in an order of their own."""
    source = np.random.default_rng(seed)
    fits = source.integers(0, 3, (n, m)) / 2.0
    least = source.integers(0, 3, m)
    rows, columns = np.arange(n), np.arange(m)
    if order is not None:
        rows, columns = (np.random.default_rng(order).permutation(size) for size in (n, m))
    return problem(
        [Item(f"i{at:02}", 2, 1) for at in rows],
        [Reviewer(f"r{at:02}", 9, int(least[at]), senior=at % 2 == 0) for at in columns],
        fits[np.ix_(rows, columns)],
        conflicts=[(f"i{at:02}", f"r{at % m:02}") for at in rows],
    )


@pytest.mark.parametrize("goal", [{}, {"goal": Goal.STRONG}, {"goal": Goal.RANDOMISED, "highest": Fraction(1, 2)}])
def test_order_of_records_does_not_matter(goal: dict[str, object]) -> None:
    assert assign(bids(), seed="s", **goal) == assign(bids(order=3), seed="s", **goal)


@needs_ortools
@pytest.mark.parametrize("goal", [{}, {"goal": Goal.STRONG}, {"goal": Goal.RANDOMISED, "highest": Fraction(1, 3)}])
def test_the_extra_changes_nothing(goal: dict[str, object]) -> None:
    plain, extra = (assign(bids(), seed="s", solver=one, **goal) for one in (Solver.PLAIN, Solver.ORTOOLS))

    assert plain == extra


@needs_ortools
@SOME
@given(problems())
def test_the_extra_changes_nothing_where_rules_cross(built: ReviewProblem) -> None:
    assert _answer(built, Solver.PLAIN) == _answer(built, Solver.ORTOOLS)


@needs_ortools
@pytest.mark.parametrize("seed", range(4))
def test_the_extra_changes_nothing_under_tolls(seed: int) -> None:
    built = crossing(seed, n=15)

    assert _answer(built, Solver.PLAIN) == _answer(built, Solver.ORTOOLS)


def _answer(built: ReviewProblem, solver: Solver) -> Assignment | str:
    try:
        return assign(built, seed="s", solver=solver)
    except Infeasible as none:
        return none.words("en")


def test_ties_fall_differently_for_another_seed_at_the_same_total() -> None:
    one, other = (assign(bids(), seed=seed) for seed in "ab")

    assert one.pairs != other.pairs
    assert one.total == other.total


def test_pairs_left_out_at_first_do_not_change_the_result(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = assign(bids(), seed="s")
    for name in ("EACH_ITEM", "EACH_REVIEWER", "EACH_SENIOR"):
        monkeypatch.setattr(pricing, name, 1)

    narrow = assign(bids(), seed="s")

    assert narrow.pairs == whole.pairs
    assert narrow.certificate.at_most == whole.certificate.at_most
    assert narrow.certificate.solves > whole.certificate.solves
    assert check(bids(), narrow).certified


@SOME
@given(problems(seniors=False, share=False, fixed=False), st.sampled_from([0.5, 4.0]))
def test_scaling_all_fits_by_a_power_of_two_changes_no_pair(built: ReviewProblem, factor: float) -> None:
    assert not isinstance(built.fits, np.ndarray)
    scaled = replace(
        built, fits=replace(built.fits, fit=built.fits.fit * factor), floor=built.floor and built.floor * factor
    )

    one, other = (_answer(each, Solver.PLAIN) for each in (built, scaled))

    if isinstance(one, Assignment):
        assert isinstance(other, Assignment)
        assert [(pair.item, pair.reviewer) for pair in one.pairs] == [
            (pair.item, pair.reviewer) for pair in other.pairs
        ]
