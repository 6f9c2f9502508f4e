"""Why an item has its reviewers: every reason where it applies, in both languages."""

from dataclasses import replace
from fractions import Fraction

import pytest

from accord.engines.assignment import (
    Chosen,
    Goal,
    Item,
    Passed,
    Reason,
    Reviewer,
    ReviewProblem,
    UnknownId,
    Why,
    assign,
    problem,
    why,
)


def told(built: ReviewProblem, item: str = "A", **goal: object) -> Why:
    return why(built, assign(built, seed="s", **goal), item)


def only(found: Why) -> Passed:
    assert len(found.passed) == 1
    assert len(found.words("zh-hans")) == len(found.words("en")) == len(found.chosen) + 1
    return found.passed[0]


def test_best_reviewers_need_no_more_words() -> None:
    found = told(problem([Item("A", 2)], [Reviewer(one, 1) for one in "xyz"], {("A", "x"): 0.5, ("A", "z"): 0.75}))

    assert found == Why("A", 3, (Chosen("z", 0.75, 1, fixed=False), Chosen("x", 0.5, 2, fixed=False)), ())
    assert found.words("en")[0] == "z reviews it: fit 0.75, rank 1 of 3 who may."
    assert found.words("zh-hans")[1] == "x参与评审：契合度0.5，在3位可选评审中排第2。"


def test_conflict_and_floor_come_before_all() -> None:
    fits = {("A", "x"): 0.9, ("A", "y"): 0.2, ("A", "z"): 0.1}
    barred = told(problem([Item("A", 1)], [Reviewer(one, 1) for one in "xyz"], fits, conflicts=[("A", "x")]))
    low = told(problem([Item("A", 1)], [Reviewer(one, 1) for one in "xyz"], fits, fixed=[("A", "z")], floor=0.5))

    assert only(barred).reason is Reason.CONFLICT
    assert barred.words("en")[1] == "x (fit 0.9) has a conflict of interest."
    assert [one.reason for one in low.passed] == [Reason.FIXED_BY_DECISION, Reason.BELOW_FLOOR]
    assert low.words("en")[0] == "z reviews it by decision: fit 0.1, rank 2 of 2 who may."


def test_full_load_tells_what_the_seat_was_worth_elsewhere() -> None:
    fits = {("A", "x"): 0.5, ("A", "y"): 0.25, ("B", "x"): 0.75, ("B", "y"): 0.0}

    found = only(told(problem([Item("A", 1), Item("B", 1)], [Reviewer("x", 1), Reviewer("y", 1)], fits)))

    assert found.reason is Reason.FULL
    assert 0.25 <= found.price <= 0.75


def test_institution_share_is_the_reason_where_every_swap_would_break_it() -> None:
    reviewers = [Reviewer("x", 1, institution="Pisa"), Reviewer("y", 1, institution="Pisa"), Reviewer("z", 1)]
    fits = {("A", "x"): 0.9, ("A", "y"): 0.8, ("A", "z"): 0.1}

    found = only(told(problem([Item("A", 2)], reviewers, fits, share=1)))

    assert (found.reviewer, found.reason) == ("y", Reason.INSTITUTION_SHARE)


def test_seat_kept_for_a_senior_is_the_reason() -> None:
    reviewers = [Reviewer("x", 1), Reviewer("y", 1), Reviewer("z", 1, senior=True)]
    fits = {("A", "x"): 0.9, ("A", "y"): 0.8, ("A", "z"): 0.1}

    found = only(told(problem([Item("A", 2, 1)], reviewers, fits)))

    assert (found.reviewer, found.reason) == ("y", Reason.SENIOR_SEAT)


def test_minimum_load_of_another_is_the_reason() -> None:
    fits = {("A", "x"): 0.9, ("A", "y"): 0.1}

    assert (
        only(told(problem([Item("A", 1)], [Reviewer("x", 1), Reviewer("y", 1, 1)], fits))).reason is Reason.MINIMUM_LOAD
    )


def test_lost_draw_tells_the_chance() -> None:
    fits = {("A", "x"): 0.9, ("A", "y"): 0.5, ("B", "x"): 0.6, ("B", "y"): 0.5}
    built = problem([Item("A", 1), Item("B", 1)], [Reviewer("x", 2), Reviewer("y", 2)], fits)
    seeds = (f"{number}" for number in range(50))
    found = next(
        one
        for one in (
            why(built, assign(built, Goal.RANDOMISED, highest=Fraction(1, 2), seed=seed), "A") for seed in seeds
        )
        if one.passed
    )

    assert (only(found).reason, only(found).chance) == (Reason.CHANCE, 0.5)
    assert "had a chance of 0.5" in found.words("en")[-1]


def test_reason_is_elsewhere_where_loads_and_rules_would_allow_the_swap() -> None:
    # No best assignment is like this; a result that came from elsewhere may be.
    fits = {("A", "x"): 0.5, ("A", "y"): 0.25, ("B", "x"): 0.75, ("B", "y"): 0.25}
    built = problem([Item("A", 1), Item("B", 1)], [Reviewer("x", 2), Reviewer("y", 2)], fits)
    found = assign(built, seed="s")
    swapped = replace(
        found,
        pairs=(replace(found.pairs[0], reviewer="y", fit=0.25), found.pairs[1]),
        loads=(1, 1),
    )

    assert only(why(built, swapped, "A")).reason is Reason.ELSEWHERE


def test_unknown_item_is_refused() -> None:
    built = problem([Item("A", 1)], [Reviewer("x", 1)], {})

    with pytest.raises(UnknownId, match="Z"):
        why(built, assign(built, seed="s"), "Z")
