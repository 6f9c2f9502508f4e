"""The front door: a problem and a goal in, an assignment with its proof out."""

from fractions import Fraction
from math import fsum

import numpy as np

from accord.engines.assignment._certificate import certificate
from accord.engines.assignment._digest import digest
from accord.engines.assignment._network import Parts
from accord.engines.assignment._randomised import draw, parts_of
from accord.engines.assignment._rules import rules_of
from accord.engines.assignment._search import best
from accord.engines.assignment._solve import Desk, Solved
from accord.engines.assignment._strong import strongest
from accord.engines.assignment._weights import weights
from accord.engines.assignment.refusals import GoalRefused
from accord.engines.assignment.types import (
    VERSION,
    Assignment,
    Chance,
    Goal,
    OptimalityCertificate,
    Pair,
    Real,
    ReviewProblem,
    Strength,
    Whole,
)
from accord.engines.flow import Solver

Pairs = tuple[Whole, Whole, Real]
ONE = Parts()
MOST_SOLVES = 200
CELL_SHARE = 8
"""How many times items and reviewers the nodes may be, where cells may have nodes of their own."""


def assign(
    problem: ReviewProblem,
    goal: Goal = Goal.BEST_TOTAL,
    *,
    seed: str,
    strong: int = 1,
    highest: Fraction | None = None,
    limit: int = MOST_SOLVES,
    solver: Solver = Solver.AUTO,
) -> Assignment:
    """Will assign reviewers to items so that every rule holds and the goal is met, and prove it.

    ``BEST_TOTAL``: the greatest sum of fits. ``STRONG``: every item has at least ``strong`` reviewers (all, where it
    needs fewer) with a fit of some threshold, which is as high as can be; then the greatest sum. ``RANDOMISED``: the
    greatest expected sum where no pair that is not fixed is likelier than ``highest``, and one draw. Equal results
    are told apart by draws from ``seed`` and the ids. ``limit``: most solves where rules cross (see README.md).

    Raises ``Infeasible`` with a witness, ``Undecided`` where the limit came first, ``GoalRefused``.
    """
    rules = rules_of(problem)
    parts = parts_of(highest, rules) if goal is Goal.RANDOMISED else ONE
    size = len(problem.items) * 2 + len(problem.reviewers) + 1
    nodes = size * CELL_SHARE if rules.share is not None or goal is Goal.STRONG else size
    drawn = weights(problem, seed=seed, nodes=nodes, parts=parts.whole)
    desk = Desk.at(rules, drawn, parts, solver)
    if goal is not Goal.STRONG:
        return _best(desk, goal, seed, limit, None)
    if strong < 1:
        raise GoalRefused(
            why_en=f"Every item should have at least {strong} strong reviewers: ask for 1 or more.",
            why_zh=f"每个项目至少{strong}位强契合评审：应不少于1。",
        )
    return _best(desk, goal, seed, limit, strongest(desk, strong, limit))


def _best(desk: Desk, goal: Goal, seed: str, limit: int, strength: Strength | None) -> Assignment:
    found = best(desk, limit)
    solved, parts = found.best, desk.parts
    total = fsum(np.sort(solved.fit * solved.units).tolist()) / parts.whole
    proof = certificate(found, desk.drawn, parts, total, desk.solves)
    if goal is not Goal.RANDOMISED:
        pairs = solved.item, solved.reviewer, solved.fit
        return _assignment(desk.problem, goal, seed, pairs, proof, strength=strength)
    drawn = draw(solved, desk.rules, parts, seed)
    return _assignment(desk.problem, goal, seed, drawn, proof, chances=solved, parts=parts, expected=total)


def _assignment(
    problem: ReviewProblem,
    goal: Goal,
    seed: str,
    pairs: Pairs,
    proof: OptimalityCertificate,
    *,
    strength: Strength | None = None,
    chances: Solved | None = None,
    parts: Parts = ONE,
    expected: float | None = None,
) -> Assignment:
    item, reviewer, fit = pairs
    return Assignment(
        engine=VERSION,
        problem=digest(problem),
        goal=goal,
        seed=seed,
        pairs=tuple(
            Pair(problem.items[i], problem.reviewers[j], value)
            for i, j, value in zip(item.tolist(), reviewer.tolist(), fit.tolist(), strict=True)
        ),
        loads=tuple(np.bincount(reviewer, minlength=len(problem.reviewers)).tolist()),
        item_fits=tuple(np.bincount(item, weights=fit, minlength=len(problem.items)).tolist()),
        total=fsum(fit.tolist()),
        certificate=proof,
        strength=strength,
        chances=_chances(problem, chances) if chances is not None else (),
        denominator=parts.whole,
        highest=parts.most,
        expected=expected,
    )


def _chances(problem: ReviewProblem, solved: Solved) -> tuple[Chance, ...]:
    columns = (column.tolist() for column in (solved.item, solved.reviewer, solved.fit, solved.units))
    return tuple(
        Chance(problem.items[i], problem.reviewers[j], fit, parts) for i, j, fit, parts in zip(*columns, strict=True)
    )
