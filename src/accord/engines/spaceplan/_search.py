"""The search by CP-SAT: first who gets a place, class after class, then the fewest points.

Only the best candidates of each team enter: those that prices call the nearest to its cheapest (``_prices.py``). A
candidate whose distance brings the bound up to the plan at hand belongs to no better plan, so leaving it out loses
nothing; ``closed`` says that this holds for all that were left out. The search is repeatable: one worker, a fixed
seed, and a limit in the solver's own units of work.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from typing import Any

import numpy as np

from accord.engines.spaceplan._ground import bits
from accord.engines.spaceplan._market import Market
from accord.engines.spaceplan._prices import Priced
from accord.engines.spaceplan._rule import Choice


@cache
def solver_module() -> Any | None:
    """Return the module of CP-SAT, or ``None`` where OR-Tools is not installed."""
    try:
        from ortools.sat.python import cp_model  # noqa: PLC0415 - an extra; takes half a second
    except ImportError:
        return None
    return cp_model


@dataclass(frozen=True, slots=True, eq=False)
class Answer:
    """The choices found, the bound in hundredths among the candidates, and whether it was reached everywhere."""

    at: list[Choice]
    bound: int
    optimal: bool
    candidates: int
    left_out: int
    open_from: int | None


def candidates(market: Market, at: Sequence[Choice], priced: Priced, room: int, keep: int) -> list[list[int]]:
    """Will choose the candidates of each team: the ``keep`` nearest ones, the present one, and where it sits.

    ``room`` is what lies between the bound and the plan: whatever is dearer by this much or more is no use.
    """
    out = []
    for team, (choices, dearer) in enumerate(zip(market.choices, priced.dearer, strict=True)):
        order = np.lexsort((np.arange(len(dearer)), dearer))
        near = order[:keep][dearer[order[:keep]] < room]
        must = np.flatnonzero(choices.run < 0).tolist()
        now = at[team]
        out.append(sorted({*near.tolist(), *must, *([] if now is None else [now])}))
    return out


def left_out(priced: Priced, chosen: Sequence[Sequence[int]]) -> tuple[int, int | None]:
    """Return how many candidates were left out, and by how much the nearest of them is dearer."""
    number, nearest = 0, []
    for dearer, mine in zip(priced.dearer, chosen, strict=True):
        out = np.ones(len(dearer), np.bool_)
        out[mine] = False
        number += int(out.sum())
        if out.any():
            nearest.append(int(dearer[out].min()))
    return number, min(nearest, default=None)


class _Model:
    """Variables for the candidates of every team, and the rules that no unit goes twice and nobody twice."""

    def __init__(self, market: Market, chosen: Sequence[Sequence[int]]) -> None:
        module: Any = solver_module()
        self.cp = module
        self.market, self.chosen = market, chosen
        self.model = module.CpModel()
        self.holds = [{number: self.model.new_bool_var("") for number in mine} for mine in chosen]
        self.without = [self.model.new_bool_var("") for _ in chosen]
        self._one_place_each()
        self._one_team_a_unit()
        self.points = self._points()

    def level(self, number: int) -> Any:
        """Return the sum that tells how well the teams of a level are placed."""
        mine = [team for team, level in enumerate(self.market.level) if level == number]
        return sum(self.market.penalty[team] * self.without[team] for team in mine)

    def hint(self, at: Sequence[Choice]) -> None:
        """Tell the solver the plan at hand."""
        self.model.clear_hints()
        for team, holds in enumerate(self.holds):
            self.model.add_hint(self.without[team], at[team] is None)
            for number, variable in holds.items():
                self.model.add_hint(variable, number == at[team])

    def solve(self, goal: Any, effort: float, seed: int) -> tuple[Any, bool] | None:
        """Minimise; return the solver and whether nothing less exists, or None where nothing was found in time."""
        self.model.minimize(goal)
        solver = self.cp.CpSolver()
        solver.parameters.num_workers = 1
        solver.parameters.random_seed = seed
        solver.parameters.max_deterministic_time = effort
        status = solver.solve(self.model)
        if status not in (self.cp.OPTIMAL, self.cp.FEASIBLE):
            return None
        return solver, status == self.cp.OPTIMAL

    def read(self, solver: Any) -> list[Choice]:
        """Return the choices of the solver's answer."""
        return [
            next((number for number, variable in holds.items() if solver.boolean_value(variable)), None)
            for holds in self.holds
        ]

    def _one_place_each(self) -> None:
        for team, holds in enumerate(self.holds):
            self.model.add_exactly_one([*holds.values(), self.without[team]])
            if self.market.wants[team].sitting:
                self.model.add(self.without[team] == 0)

    def _one_team_a_unit(self) -> None:
        asked: dict[int, list[Any]] = {}
        for team, holds in enumerate(self.holds):
            for number, variable in holds.items():
                for bit in bits(self.market.choices[team].masks[number]):
                    asked.setdefault(bit, []).append(variable)
        for variables in asked.values():
            if len(variables) > 1:
                self.model.add_at_most_one(variables)

    def _points(self) -> Any:
        alone = [
            self.market.choices[team].costs[number] * variable
            for team, holds in enumerate(self.holds)
            for number, variable in holds.items()
        ]
        return sum(alone) + sum(self._apart(*link) for link in self.market.links)

    def _apart(self, one: int, other: int, cost: int) -> Any:
        """Return what a wished neighbour costs: nothing if the team has no place, or if their units touch."""
        near = self.model.new_bool_var("")
        here, there = self._units(one), self._units(other)
        pairs = [(bit, step) for bit in here for step in (bit - 1, bit + 1) if step in there]
        ways = []
        for bit, step in pairs:
            if self.market.land.touch(1 << bit, 1 << step):
                way = self.model.new_bool_var("")
                self.model.add(way <= sum(here[bit]))
                self.model.add(way <= sum(there[step]))
                ways.append(way)
        self.model.add(near <= sum(ways) + self.without[one])
        return cost * (1 - near)

    def _units(self, team: int) -> dict[int, list[Any]]:
        out: dict[int, list[Any]] = {}
        for number, variable in self.holds[team].items():
            for bit in bits(self.market.choices[team].masks[number]):
                out.setdefault(bit, []).append(variable)
        return out


def place_more(market: Market, at: Sequence[Choice], chosen: Sequence[Sequence[int]], effort: float) -> list[Choice]:
    """Will look for choices that place more, class after class; the present ones where none are found."""
    now = list(at)
    model = _Model(market, chosen)
    lowest = market.levels(team for team, choices in enumerate(market.choices) if not choices.costs)
    for level, least in enumerate(lowest):
        value = market.levels(team for team, choice in enumerate(now) if choice is None)[level]
        if value > least:
            model.hint(now)
            found = model.solve(model.level(level), effort, _seed(market))
            now = model.read(found[0]) if found else now
            value = market.levels(team for team, choice in enumerate(now) if choice is None)[level]
        model.model.add(model.level(level) <= value)
    return now


def fewest_points(
    market: Market, at: Sequence[Choice], priced: Priced, chosen: Sequence[Sequence[int]], effort: float
) -> Answer:
    """Will look for the fewest points among the candidates, placing teams as well as ``at`` does in every level."""
    model = _Model(market, chosen)
    for level, value in enumerate(market.levels(team for team, choice in enumerate(at) if choice is None)):
        model.model.add(model.level(level) <= value)
    model.hint(at)
    found = model.solve(model.points, effort, _seed(market))
    number, nearest = left_out(priced, chosen)
    size = sum(map(len, chosen))
    if found is None:
        return Answer(list(at), priced.at_least, optimal=False, candidates=size, left_out=number, open_from=nearest)
    solver, optimal = found
    # A bound of whole numbers may lie a hair below the one it means.
    bound = max(int(np.ceil(solver.best_objective_bound - 1e-6)), priced.at_least)
    return Answer(model.read(solver), bound, optimal=optimal, candidates=size, left_out=number, open_from=nearest)


def _seed(market: Market) -> int:
    return int.from_bytes(sha256(market.problem.seed.encode()).digest()[:3])
