"""Every goal against the obvious version, under every kind of rule at once."""

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.engines.assignment.instances import problems
from tests.engines.assignment.obvious import best_total, strongest

from accord.engines.assignment import (
    Assignment,
    Goal,
    Infeasible,
    Proof,
    ReviewProblem,
    assign,
    check,
)

NEAR = 1e-5
MANY = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def proven(problem: ReviewProblem, found: Assignment, best: float) -> None:
    """Hold an assignment and its proof against the best there is."""
    reached = found.total if found.expected is None else found.expected
    assert reached == pytest.approx(best, abs=NEAR)
    assert reached <= found.certificate.at_most <= best + NEAR
    assert found.certificate.improving_pairs == 0
    seen = check(problem, found)
    assert seen.breaches == ()
    assert seen.feasible
    assert seen.certified
    assert seen.at_most >= best - NEAR


def refuted(none: Infeasible) -> None:
    """Hold a witness against its own figures, and its words against its ids."""
    witness = none.witness
    assert witness.kind == "search" or witness.needed > witness.possible
    assert all(witness.words(language) for language in ("en", "zh-hans"))


@MANY
@given(problems())
def test_best_total_is_the_best_there_is(problem: ReviewProblem) -> None:
    best = best_total(problem)

    try:
        found = assign(problem, seed="s", limit=5000)
    except Infeasible as none:
        assert best is None
        refuted(none)
        return

    assert best is not None
    proven(problem, found, best)


@settings(MANY, max_examples=60)
@given(problems(), st.integers(1, 2))
def test_strong_finds_the_highest_threshold_and_then_the_best_total(problem: ReviewProblem, count: int) -> None:
    try:
        found = assign(problem, Goal.STRONG, strong=count, seed="s", limit=5000)
    except Infeasible as none:
        assert best_total(problem) is None
        refuted(none)
        return

    assert found.strength is not None
    assert found.strength.proven
    assert found.strength.threshold == strongest(problem, count)
    best = best_total(problem, strong=(count, found.strength.threshold))
    assert best is not None
    proven(problem, found, best)


@MANY
@given(problems(), st.sampled_from([Fraction(1, 2), Fraction(2, 3), Fraction(3, 5), Fraction(1)]), st.booleans())
def test_randomised_has_the_best_expected_total(problem: ReviewProblem, highest: Fraction, by_seniors: bool) -> None:
    kept = _with_one_rule(problem, by_seniors)
    best = best_total(kept, highest=float(highest), whole=False)

    try:
        found = assign(kept, Goal.RANDOMISED, highest=highest, seed="s")
    except Infeasible as none:
        assert best is None
        refuted(none)
        return

    assert best is not None
    proven(kept, found, best)


def _with_one_rule(problem: ReviewProblem, by_seniors: bool) -> ReviewProblem:
    return replace(problem, share=None) if by_seniors else replace(problem, seniors=problem.seniors * 0)


@MANY
@given(problems(share=False))
def test_one_family_of_rules_is_proven_by_prices_alone(problem: ReviewProblem) -> None:
    try:
        found = assign(problem, seed="s")
    except Infeasible:
        return

    assert found.certificate.proof is Proof.PRICES
    assert found.certificate.at_most == found.certificate.by_prices
