"""Assignments survive JSON to the last digit."""

import json
from fractions import Fraction

import numpy as np
import pytest

from accord.engines.assignment import (
    VERSION,
    Goal,
    Item,
    Reviewer,
    ReviewProblem,
    as_data,
    assign,
    check,
    from_data,
    problem,
)


def built() -> ReviewProblem:
    return problem(
        [Item(f"i{at}", 2) for at in range(6)],
        [Reviewer(f"r{at}", 3, institution="A" if at < 4 else None) for at in range(8)],
        np.random.default_rng(1).random((6, 8)),
        share=1,
    )


@pytest.mark.parametrize(
    "goal", [{}, {"goal": Goal.STRONG, "strong": 2}, {"goal": Goal.RANDOMISED, "highest": Fraction(1, 2)}]
)
def test_assignment_is_the_same_after_json(goal: dict[str, object]) -> None:
    found = assign(built(), seed="s", **goal)

    again = from_data(json.loads(json.dumps(as_data(found), ensure_ascii=False)))

    assert again == found
    assert type(again.goal) is Goal
    assert check(built(), again).breaches == ()


def test_assignment_names_its_engine_problem_and_seed() -> None:
    data = as_data(assign(built(), seed="s"))

    assert (data["engine"], data["goal"], data["seed"]) == (VERSION, "best_total", "s")
    assert len(data["problem"]) == 64


@pytest.mark.parametrize("wrong", [{"goal": "fastest"}, {"pairs": [{"item": "i0"}]}, {"certificate": {}}])
def test_data_of_another_shape_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises((KeyError, TypeError, ValueError)):
        from_data({**as_data(assign(built(), seed="s")), **wrong})
