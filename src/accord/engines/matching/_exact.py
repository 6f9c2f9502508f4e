"""Searches for the fullest weakly stable outcome with CP-SAT, and states how many more there could be.

The model is that of Manlove, O'Malley, Prosser and Unsworth (CPAIOR 2007), carried over to nested limits: for every
slot, either its applicant holds something liked at least as much, or some limit over the slot is filled by people
whose score is at least as high (oneself among them only where one's own place has a higher score). Under nested
limits this says exactly that applicant and slot do not block: the lowest full limit decides. The search is
repeatable: one worker, a fixed seed, and a limit in the solver's own units of work, about two seconds each.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

import numpy as np

from accord.engines.matching._layout import Layout
from accord.engines.matching._levels import owner_of, score_levels, wish_levels
from accord.engines.matching.errors import NotSupported
from accord.engines.matching.types import Bound, Ints, Market

LARGEST: Final = 4_000_000
"""The most terms a model may have; above, the search would not get anywhere and only the bound is given."""


@dataclass(frozen=True, slots=True)
class _Question:
    """The market as plain lists: every slot with its owner, both levels and the limits it counts towards."""

    owner: list[int]
    wish: list[int]
    level: list[int]
    above: list[list[int]]
    under: list[list[int]]
    cap: list[int]
    start: list[int]

    def liked_as_much(self, slot: int) -> list[int]:
        """Return the slots of the same applicant that are liked at least as much."""
        return [one for one in self._mine(slot) if self.wish[one] <= self.wish[slot]]

    def liked_less(self, slot: int, node: int) -> list[int]:
        """Return the slots of the same applicant under a limit that are liked less, at the same score."""
        mine = [one for one in self._mine(slot) if self.wish[one] > self.wish[slot]]
        return [one for one in mine if self.level[one] == self.level[slot] and node in self.above[one]]

    def scored_as_high(self, node: int, level: int) -> list[int]:
        """Return the slots under a limit whose score is at least this high."""
        return [one for one in self.under[node] if self.level[one] >= level]

    def _mine(self, slot: int) -> range:
        return range(self.start[self.owner[slot]], self.start[self.owner[slot] + 1])


@cache
def solver_module() -> Any | None:
    """Return the module of CP-SAT, or ``None`` where OR-Tools is not installed."""
    try:
        from ortools.sat.python import cp_model  # noqa: PLC0415 - an extra; takes half a second
    except ImportError:
        return None
    return cp_model


def fill_most(market: Market, plan: Layout, hint: Ints, effort: float) -> tuple[Ints, Bound]:
    """Return the fullest outcome found, ``hint`` where nothing fuller is, and the bound on all weakly stable ones.

    Everybody counts as one person. ``hint`` is weakly stable; ``effort`` is the limit of the search. Raises
    ``NotSupported`` where the solver is not installed.
    """
    if solver_module() is None:
        raise NotSupported(reason="needs-solver")
    if (plan.size[plan.start[1:] > plan.start[:-1]] > 1).any():
        raise NotSupported(reason="teams-need-joint")
    placed, question = int((hint >= 0).sum()), _question(market, plan)
    most = _room_for(question)
    if placed >= most or not _anything_tied(question):
        # Without ties every stable outcome fills as many places: the rural hospitals theorem.
        return hint, Bound(placed, placed, "none needed")
    if _terms(question) > LARGEST:
        return hint, Bound(placed, most, "too large to search")
    slots, at_most = _search(question, hint, effort)
    found = max(placed, int((slots >= 0).sum()))
    bound = Bound(found, max(found, min(most, at_most)), "CP-SAT")
    return (slots if found > placed else hint), bound


def _question(market: Market, plan: Layout) -> _Question:
    above = [[node for node in path if node >= 0] for path in plan.paths()[plan.leaf].tolist()]
    under: list[list[int]] = [[] for _ in plan.parent]
    for slot, path in enumerate(above):
        for node in path:
            under[node].append(slot)
    return _Question(
        owner=owner_of(plan).tolist(),
        wish=wish_levels(market, plan).tolist(),
        level=score_levels(market, plan).tolist(),
        above=above,
        under=under,
        cap=plan.cap.tolist(),
        start=plan.start.tolist(),
    )


def _room_for(question: _Question) -> int:
    """Return how many could be placed as far as people and the topmost limits go."""
    tops: dict[int, set[int]] = {}
    for slot, path in enumerate(question.above):
        tops.setdefault(path[-1], set()).add(question.owner[slot])
    rooms = sum(min(question.cap[node], len(people)) for node, people in tops.items())
    return min(rooms, len(set(question.owner)))


def _anything_tied(question: _Question) -> bool:
    return any(len(set(levels)) < len(levels) for levels in (question.wish, question.level))


def _terms(question: _Question) -> int:
    return sum(len(slots) * len({question.level[one] for one in slots}) for slots in question.under)


def _search(question: _Question, hint: Ints, effort: float) -> tuple[Ints, int]:
    """Return the fullest outcome found, all -1 where none was, and how many no outcome exceeds."""
    model, holds = _model(question)
    held = set(hint.tolist())
    for slot, variable in enumerate(holds):
        model.add_hint(variable, slot in held)
    cp_model: Any = solver_module()
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.random_seed = 0
    solver.parameters.max_deterministic_time = effort
    status = solver.solve(model)
    slots = np.full(len(hint), -1, np.int64)
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return slots, len(hint)
    for slot, variable in enumerate(holds):
        if solver.boolean_value(variable):
            slots[question.owner[slot]] = slot
    # The bound of a whole number may lie a hair below it.
    return slots, int(solver.best_objective_bound + 1e-6)


def _model(question: _Question) -> tuple[Any, list[Any]]:
    """Return the model and its one variable for every slot."""
    cp_model: Any = solver_module()
    model = cp_model.CpModel()
    holds = [model.new_bool_var("") for _ in question.owner]
    _keep_limits(model, question, holds)
    full = _full_limits(model, question, holds)
    for slot in range(len(holds)):
        _refuse_block(model, question, holds, full, slot)
    model.maximize(sum(holds))
    return model, holds


def _keep_limits(model: Any, question: _Question, holds: Sequence[Any]) -> None:
    """Give everybody one slot at most and every limit no more people than it takes."""
    for first, end in zip(question.start, question.start[1:], strict=False):
        if end - first > 1:
            model.add_at_most_one(holds[first:end])
    for node, slots in enumerate(question.under):
        if len({question.owner[slot] for slot in slots}) > question.cap[node]:
            model.add(sum(holds[slot] for slot in slots) <= question.cap[node])


def _full_limits(model: Any, question: _Question, holds: Sequence[Any]) -> dict[tuple[int, int], Any]:
    """Return for limits and levels what may be true only if people of this level or above fill the limit."""
    full = {}
    for node, slots in enumerate(question.under):
        for level in sorted({question.level[slot] for slot in slots}):
            others = question.scored_as_high(node, level)
            if len(others) >= question.cap[node]:
                full[node, level] = model.new_bool_var("")
                filled = sum(holds[slot] for slot in others)
                model.add(filled >= question.cap[node]).only_enforce_if(full[node, level])
    return full


def _refuse_block(
    model: Any,
    question: _Question,
    holds: Sequence[Any],
    full: dict[tuple[int, int], Any],
    slot: int,
) -> None:
    """Let the slot's owner hold something as good, or a limit over it be filled by others as good."""
    reasons = [holds[one] for one in question.liked_as_much(slot)]
    for node in question.above[slot]:
        filled = full.get((node, question.level[slot]))
        if filled is None:
            continue
        worse = question.liked_less(slot, node)
        if worse:
            # Moving gives up a place of one's own: at the same score it does not fill the limit against oneself.
            others = model.new_bool_var("")
            model.add_implication(others, filled)
            for one in worse:
                model.add_implication(others, ~holds[one])
            filled = others
        reasons.append(filled)
    model.add_bool_or(reasons)
