"""The independent look finds whatever was tampered with."""

from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest

from accord.engines.assignment import (
    Assignment,
    Breach,
    Goal,
    Item,
    OptimalityCertificate,
    Reviewer,
    ReviewProblem,
    RulePrice,
    assign,
    check,
    digest,
    problem,
)


def built(share: int | None = 1, floor: float | None = 0.05) -> ReviewProblem:
    source = np.random.default_rng(8)
    return problem(
        [Item(f"i{at}", 3, 0 if share else 1) for at in range(8)],
        [Reviewer(f"r{at}", 4, 1, at < 4, "AB"[at % 2] if at < 6 else f"own-{at}") for at in range(12)],
        source.integers(1, 9, (8, 12)) / 8,
        conflicts=[("i0", "r11")],
        fixed=[("i1", "r2")],
        share=share,
        floor=floor,
    )


def codes(problem: ReviewProblem, found: Assignment) -> set[str]:
    return {breach.code for breach in check(problem, found).breaches}


def with_pair(found: Assignment, old: tuple[str, str], new: tuple[str, str]) -> Assignment:
    """Return the assignment with one pair put in place of another, and nothing else adjusted."""
    pairs = tuple(
        replace(one, item=new[0], reviewer=new[1]) if (one.item, one.reviewer) == old else one for one in found.pairs
    )
    assert pairs != found.pairs
    return replace(found, pairs=pairs)


FOUND = assign(built(), seed="s")
HAVE = {(pair.item, pair.reviewer) for pair in FOUND.pairs}
MINE = sorted(pair for pair in HAVE if pair[0] == "i0")


def test_untouched_assignment_has_no_breach() -> None:
    seen = check(built(), FOUND)

    assert (seen.feasible, seen.certified, seen.breaches) == (True, True, ())
    assert seen.at_most == FOUND.certificate.at_most == FOUND.total


def test_another_problem_is_not_the_one_assigned() -> None:
    assert check(built(floor=0.1), FOUND).breaches == (Breach("other-problem", ()),)


def test_unknown_reviewer_is_named() -> None:
    assert check(built(), with_pair(FOUND, MINE[0], ("i0", "Eve"))).breaches == (Breach("unknown-id", ("Eve",)),)


def test_conflict_is_named() -> None:
    seen = check(built(), with_pair(FOUND, MINE[0], ("i0", "r11")))

    assert Breach("conflict", ("i0", "r11")) in seen.breaches
    assert not seen.feasible


def test_fixed_pair_that_was_moved_is_named() -> None:
    free = next(f"r{at}" for at in range(12) if ("i1", f"r{at}") not in HAVE)

    assert Breach("fixed", ("i1", "r2")) in check(built(), with_pair(FOUND, ("i1", "r2"), ("i1", free))).breaches


def test_missing_and_repeated_pairs_are_found() -> None:
    assert {"demand", "loads", "item-fits", "total"} <= codes(built(), replace(FOUND, pairs=FOUND.pairs[1:]))
    assert "repeated-pair" in codes(built(), replace(FOUND, pairs=(*FOUND.pairs[1:], FOUND.pairs[1])))


def test_broken_share_seniority_load_and_floor_are_found() -> None:
    seniors = assign(built(share=None), seed="s")
    many = [f"r{at}" for at in (0, 2, 4)]
    crowded = replace(
        FOUND,
        pairs=tuple(
            replace(one, reviewer=many.pop()) if one.item == "i3" else replace(one, reviewer="r5")
            for one in FOUND.pairs
        ),
    )
    juniors = replace(
        seniors,
        pairs=tuple(replace(one, reviewer=f"r{4 + at % 8}") for at, one in enumerate(seniors.pairs)),
    )

    assert Breach("share", ("i3", "A")) in check(built(), crowded).breaches
    assert Breach("load", ("r5",)) in check(built(), crowded).breaches
    assert "seniors" in codes(built(share=None), juniors)
    assert "floor" in codes(built(floor=0.9), replace(FOUND, problem=digest(built(floor=0.9))))


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"total": FOUND.total + 1}, "total"),
        ({"loads": (9, *FOUND.loads[1:])}, "loads"),
        ({"item_fits": FOUND.item_fits[::-1]}, "item-fits"),
        ({"pairs": (replace(FOUND.pairs[0], fit=0.999), *FOUND.pairs[1:])}, "fit"),
    ],
)
def test_wrong_figures_are_found(change: dict[str, object], code: str) -> None:
    assert code in codes(built(), replace(FOUND, **change))


def proof(**change: object) -> Assignment:
    certificate: OptimalityCertificate = replace(FOUND.certificate, **change)
    return replace(FOUND, certificate=certificate)


@pytest.mark.parametrize(
    ("tampered", "code"),
    [
        (proof(item_prices=(FOUND.certificate.item_prices[0] - 1, *FOUND.certificate.item_prices[1:])), "bound"),
        (proof(reviewer_prices=FOUND.certificate.reviewer_prices[1:]), "prices"),
        (proof(by_prices=FOUND.total - 1, at_most=FOUND.total - 1), "bound"),
        (proof(at_most=FOUND.total - 1), "at-most"),
        (proof(gap=1.0), "gap"),
        (proof(improving_pairs=3), "gap"),
        (proof(rule_prices=(RulePrice("i0", "A", None, None, 1, -0.5),)), "rule-price"),
        (proof(rule_prices=(RulePrice("i0", "A", None, None, 0, 0.5),)), "rule-price"),
        (proof(rule_prices=(RulePrice("i0", None, True, None, 2, 0.5),)), "rule-price"),
        (proof(rule_prices=(RulePrice("i0", "Z", None, None, 3, 0.5),)), "rule-price"),
    ],
)
def test_prices_that_prove_less_than_they_state_are_found(tampered: Assignment, code: str) -> None:
    seen = check(built(), tampered)

    assert code in {breach.code for breach in seen.breaches}
    assert (seen.feasible, seen.certified) == (True, False)


def test_worse_assignment_is_not_certified_as_the_best() -> None:
    worse = assign(built(), Goal.RANDOMISED, highest=Fraction(1, 2), seed="s")
    passed_off = replace(FOUND, pairs=worse.pairs, loads=worse.loads, item_fits=worse.item_fits, total=worse.total)

    assert worse.total < FOUND.total
    assert codes(built(), passed_off) == {"gap"}


def test_strong_rule_and_its_ceiling_are_counted_again() -> None:
    found = assign(built(), Goal.STRONG, strong=2, seed="s")
    strength = found.strength
    assert strength is not None
    assert strength.ceiling is not None
    raised = replace(strength, threshold=1.0)
    lowered = replace(strength, ceiling=replace(strength.ceiling, possible=0))

    assert codes(built(), found) == set()
    assert "strong" in codes(built(), replace(found, strength=raised))
    assert codes(built(), replace(found, strength=lowered)) == {"ceiling"}
    assert "strength" in codes(built(), replace(found, strength=None))
