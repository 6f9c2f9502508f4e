"""Where nothing fits: the proof is true, small, and said in words that name who and what would mend it."""

from fractions import Fraction

import pytest

from accord.engines.assignment import (
    Goal,
    Infeasible,
    Item,
    Reviewer,
    ReviewProblem,
    Undecided,
    Witness,
    assign,
    problem,
)


def applications(**rules: object) -> ReviewProblem:
    """Return five applications that all but three of ten reviewers have a conflict with, and five that none has."""
    items = [Item(f"A{at}", 3) for at in range(5)] + [Item(f"B{at}", 1) for at in range(5)]
    reviewers = [Reviewer(f"r{at}", 2) for at in range(10)]
    conflicts = [(f"A{item}", f"r{at}") for item in range(5) for at in range(3, 10)]
    return problem(items, reviewers, {}, conflicts=conflicts, **rules)


def refusal(built: ReviewProblem, **goal: object) -> Witness:
    with pytest.raises(Infeasible) as none:
        assign(built, seed="s", **goal)
    assert none.value.ids == none.value.witness.items
    assert str(none.value) == none.value.witness.words("en")
    return none.value.witness


def test_too_few_reviewers_without_conflict_are_named() -> None:
    found = refusal(applications())

    assert found == Witness("seats", ("A0", "A1", "A2", "A3", "A4"), ("r0", "r1", "r2"), 15, 6, seats=6, rest=0)
    assert found.words("en") == (
        "5 items (A0, A1, A2, A3, A4) must get 15 reviews, but only 3 reviewers without conflict (r0, r1, r2) may "
        "review them and can give 6: add reviewers, raise loads or lower the demand."
    )
    assert found.words("zh-hans") == (
        "5个项目（A0、A1、A2、A3、A4）需要15份评审，但只有3位无利益冲突的评审（r0、r1、r2）可选，最多能完成6份："
        "增加评审、提高承担上限或降低需求。"
    )


def test_item_with_fewer_open_reviewers_than_reviews_is_named() -> None:
    built = problem(
        [Item("A", 3), Item("B", 1)], [Reviewer(f"r{at}", 5) for at in range(3)], {}, conflicts=[("A", "r0")]
    )

    found = refusal(built)

    assert (found.kind, found.items, found.reviewers) == ("seats", ("A",), ("r1", "r2"))
    assert (found.needed, found.possible) == (3, 2)


def test_minimum_loads_that_cannot_be_filled_are_named() -> None:
    items, reviewers = [Item("A", 1), Item("B", 1)], [Reviewer("r0", 5, 2), Reviewer("r1", 5, 2), Reviewer("r2", 5)]

    found = refusal(problem(items, reviewers, {}))

    assert found == Witness("minimum", (), ("r0", "r1"), 4, 2, seats=0, rest=2)
    assert "2 reviewers (r0, r1) must take at least 4 reviews, but only 2" in found.words("en")


def test_minimum_load_of_somebody_with_conflicts_is_named_alone() -> None:
    items, reviewers = [Item(name, 1) for name in "ABC"], [Reviewer("r0", 5, 2), Reviewer("r1", 5)]

    found = refusal(problem(items, reviewers, {}, conflicts=[("A", "r0"), ("B", "r0")]))

    assert (found.kind, found.reviewers, found.needed, found.possible) == ("minimum", ("r0",), 2, 1)


def test_too_few_seniors_are_named() -> None:
    items, reviewers = (
        [Item(f"A{at}", 2, 1) for at in range(4)],
        [Reviewer(f"r{at}", 3, senior=at == 0) for at in range(5)],
    )

    found = refusal(problem(items, reviewers, {}))

    assert found == Witness("rules", ("A0", "A1", "A2", "A3"), ("r0",), 8, 7, seats=3, rest=4, rule="seniors")
    assert "under the rule on senior reviewers: 1 reviewer (r0) at most 3, all others at most 4" in found.words("en")
    assert "资深评审规则" in found.words("zh-hans")


def test_institution_share_that_leaves_too_few_is_named() -> None:
    reviewers = [Reviewer(f"r{at}", 9, institution="Pisa") for at in range(4)] + [Reviewer("free", 9)]

    found = refusal(problem([Item("A", 3)], reviewers, {}, share=1))

    assert (found.kind, found.rule, found.needed, found.possible) == ("rules", "share", 3, 2)
    assert "the share of one institution: add reviewers or loosen the rule" in found.words("en")


def test_highest_chance_that_cannot_fill_the_demand_is_named() -> None:
    built = problem([Item("A", 2)], [Reviewer(f"r{at}", 9) for at in range(3)], {})

    found = refusal(built, goal=Goal.RANDOMISED, highest=Fraction(1, 2))

    assert (found.rule, found.needed, found.possible) == ("chance", 2, 1)


def test_fixed_pairs_count_in_the_proof() -> None:
    items, reviewers = [Item("A", 2), Item("B", 1), Item("C", 1)], [Reviewer("r0", 1), Reviewer("r1", 3)]

    found = refusal(problem(items, reviewers, {}, fixed=[("B", "r0")]))

    assert (found.items, found.needed, found.possible) == (("A",), 2, 1)


def crossed() -> ReviewProblem:
    """Return a problem whose two rules can each be kept: the only senior and the only two free juniors share a house."""
    reviewers = [
        Reviewer("senior", 5, senior=True, institution="Pisa"),
        Reviewer("j0", 5, institution="Pisa"),
        Reviewer("j1", 5, institution="Pisa"),
    ]
    return problem([Item("A", 2, 1)], reviewers, {}, share=1)


def test_rules_that_cannot_hold_together_are_named() -> None:
    found = refusal(crossed())

    assert found.items == ("A",)
    assert set(found.rule.split("+")) <= {"seniors", "share"}
    assert found.kind == "search" or found.needed > found.possible


def test_search_that_runs_out_says_so() -> None:
    houses = [Reviewer(f"s{at}", 9, senior=True, institution=f"h{at}") for at in range(2)]
    houses += [Reviewer(f"j{at}", 9, institution=f"h{at}") for at in range(2)]
    built = problem([Item("A", 3, 1)], houses, {}, share=1)

    assert refusal(built).rule

    fits = {("A", one.id): 1.0 for one in houses[2:]}
    possible = problem([Item("A", 2, 1)], houses, {**fits, ("A", "s0"): 0.5}, share=1)
    with pytest.raises(Undecided) as undecided:
        assign(possible, seed="s", limit=1)
    assert "1 solves" in undecided.value.words("en")
    assert "1次" in undecided.value.words("zh-hans")
    assert assign(possible, seed="s").total == 1.5
