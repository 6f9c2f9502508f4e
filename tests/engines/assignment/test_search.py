"""Where rules cross in numbers: rules hold, tolls bring the bound down, and the search closes the gap or says it."""

from dataclasses import replace

import pytest
from tests.engines.assignment.instances import crossing
from tests.engines.assignment.obvious import best_total

from accord.engines.assignment import (
    Assignment,
    Goal,
    Proof,
    assign,
    check,
)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_search_closes_what_it_can_and_its_bound_is_true(seed: int) -> None:
    built = crossing(seed)
    best = best_total(built)
    assert best is not None

    found = assign(built, seed="s", limit=400)

    assert found.certificate.at_most >= best - 1e-6
    assert found.total <= best + 1e-6
    assert found.certificate.gap <= 0.005 * best
    assert check(built, found).breaches == ()


def test_rules_that_cross_have_prices_of_their_own() -> None:
    found = assign(crossing(1), seed="s")

    shared = [rule for rule in found.certificate.rule_prices if rule.institution and rule.junior is None]
    assert shared
    assert all(rule.most == 1 for rule in shared)
    # Without what these rules are worth the prices prove far less, and the check says so.
    dropped = tuple(rule for rule in found.certificate.rule_prices if rule not in shared)
    without = replace(found, certificate=replace(found.certificate, rule_prices=dropped))
    assert {breach.code for breach in check(crossing(1), without).breaches} == {"bound"}


def test_more_solves_never_make_the_result_worse() -> None:
    short, long = (assign(crossing(2), seed="s", limit=limit) for limit in (8, 300))

    assert short.total <= long.total
    assert short.certificate.gap >= long.certificate.gap
    assert check(crossing(2), short).breaches == ()


def test_bound_of_a_search_is_told_from_one_of_prices() -> None:
    found = assign(crossing(2), seed="s", limit=300)

    assert found.certificate.proof is Proof.SEARCH
    assert found.certificate.at_most <= found.certificate.by_prices


def strong(found: Assignment) -> float:
    assert found.strength is not None
    return found.strength.threshold


def test_strong_with_seniors_and_institutions_keeps_all_three() -> None:
    built = crossing(3, n=20)

    found = assign(built, Goal.STRONG, strong=2, seed="s", limit=200)

    assert check(built, found).feasible
    best = best_total(built, strong=(2, strong(found)))
    assert best is not None
    assert found.total <= best + 1e-6 <= found.certificate.at_most + 2e-6
