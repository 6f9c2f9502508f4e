"""Allocation of 300 teams to 1,000 units on 50 floors: the rule, what its trades gain, and the search with its bound.

Seconds are those of the processor, so that what else runs here counts little.
"""

from collections.abc import Callable, Iterator
from random import Random
from time import process_time
from typing import TypeVar

from accord.engines.spaceplan import (
    Plan,
    Policy,
    PriorityClass,
    Solver,
    SpaceProblem,
    Team,
    Unit,
    check,
    place,
    problem,
    ranked,
)
from accord.engines.spaceplan._market import market
from accord.engines.spaceplan._rule import best_fit, traded
from accord.engines.spaceplan._search import solver_module
from benchmarks._form import Line, alone, smaller_is_better

LOADS = (68, 82, 90)
SECONDS, POINTS, TEAMS, SHARE = "s of the processor", "points", "teams without a place", "of the points"
HEAD = ("load", "planner", "s", "without a place", "points", "bound, all places", "bound, candidates", "status")
SAYING = """
300 teams, 1,000 units on 50 floors of 5 buildings; half of the teams wish a building, a fifth needs a laboratory, three
classes. Best fit is the same rule without trades. The bound for all places comes from prices, and from the search where
it closed among its candidates; "optimal" speaks of the candidates alone.
"""
CLASSES = (PriorityClass("agreement", 3), PriorityClass("incubated", 2), PriorityClass("other"))
Found = TypeVar("Found")


def house(load: int, *, teams: int = 300, floors: int = 50, seed: int = 1) -> SpaceProblem:
    """Will make a house whose teams want so many percent of its area."""
    dice = Random(seed)
    units = [
        Unit(
            key=f"{floor:02}-{place_:02}",
            building=f"b{floor * 5 // floors}",
            floor=f"f{floor:02}",
            position=place_,
            area_m2=dice.randrange(18, 90),
            price=dice.randrange(900, 4500),
            features=frozenset(name for name in ("lab", "power", "water") if dice.random() < 0.25),
        )
        for floor in range(floors)
        for place_ in range(20)
    ]
    sizes = [dice.lognormvariate(0, 0.7) for _ in range(teams)]
    each = sum(int(unit.area_m2) for unit in units) * load / 100 / sum(sizes)
    wishing = [
        Team(
            key=f"t{number:03}",
            area_wanted=max(15, round(size * each)),
            required=frozenset({"lab"} if dice.random() < 0.2 else ()),
            building=f"b{dice.randrange(5)}" if dice.random() < 0.5 else None,
            priority=dice.choice(CLASSES).key,
            waiting=number,
        )
        for number, size in enumerate(sizes)
    ]
    return problem(units, wishing, Policy(CLASSES), seed="benchmark")


def allocation(bench: str, *, quick: bool) -> tuple[list[Line], list[tuple[str, ...]]]:
    """Will place the teams at each load; return the lines, and rows for the table that people see (``HEAD``)."""
    rows: list[tuple[str, ...]] = []
    lines = [line for load in (LOADS[1:2] if quick else LOADS) for line in _load(bench, load, rows)]
    built = house(82)
    seconds, _ = _timed(lambda: [ranked(built, f"t{number:03}") for number in range(10)])
    return [*lines, alone(bench, "allocation-ranked", seconds * 100, "ms a team")], rows


def _load(bench: str, load: int, rows: list[tuple[str, ...]]) -> Iterator[Line]:
    built, name = house(load), f"allocation-{load}"
    seconds, (plain, now) = _timed(lambda: _rule(built))
    rows.append(_row(load, "best fit", None, *plain))
    whole, rule = _timed(lambda: place(built, solver=Solver.RULE))
    rows.append(_row(load, "rule", seconds, *now, rule))
    _judge(built, rule)
    yield alone(bench, f"{name}-greedy", seconds, SECONDS)
    yield alone(bench, f"{name}-greedy-with-bound", whole, SECONDS)
    yield smaller_is_better(bench, f"{name}-greedy-without-a-place", now[0], plain[0], TEAMS)
    if now[0] == plain[0]:
        yield smaller_is_better(bench, f"{name}-greedy-points", now[1], plain[1], POINTS)
    if solver_module() is not None:
        yield from _search(bench, name, load, built, rows)


def _search(bench: str, name: str, load: int, built: SpaceProblem, rows: list[tuple[str, ...]]) -> Iterator[Line]:
    seconds, found = _timed(lambda: place(built, solver=Solver.SEARCH))
    _judge(built, found)
    left, points = sum(level.unplaced for level in found.levels), float(found.cost)
    rows.append(_row(load, "search", seconds, left, points, found))
    yield alone(bench, f"{name}-search", seconds, SECONDS)
    yield alone(bench, f"{name}-search-without-a-place", left, TEAMS)
    yield alone(bench, f"{name}-search-points", points, POINTS)
    yield alone(bench, f"{name}-search-bound", float(found.at_least), POINTS)
    if found.search is not None:
        yield alone(bench, f"{name}-search-gap", found.search.gap, SHARE)
        yield alone(bench, f"{name}-search-optimal", found.search.status == "optimal", "1 for yes")


def _rule(built: SpaceProblem) -> tuple[tuple[int, float], tuple[int, float]]:
    """Return how many have no place and the points: by best fit alone, and after trades."""
    ready = market(built)
    plain = best_fit(ready)
    out = []
    for at in (plain, traded(ready, plain)):
        points = sum(ready.choices[team].costs[choice] for team, choice in enumerate(at) if choice is not None)
        out.append((at.count(None), points / 100))
    return out[0], out[1]


def _timed(work: Callable[[], Found]) -> tuple[float, Found]:
    before = process_time()
    found = work()
    return process_time() - before, found


def _judge(built: SpaceProblem, plan: Plan) -> None:
    breaches = check(built, plan).breaches
    if breaches:
        raise SystemExit(f"The check refuses a plan: {breaches[0]}.")


def _row(
    load: int, planner: str, seconds: float | None, left: int, points: float, plan: Plan | None = None
) -> tuple[str, ...]:
    search = plan.search if plan else None
    return (
        f"{load} %",
        planner,
        "–" if seconds is None else f"{seconds:.2f}",
        str(left),
        f"{points:.0f}",
        f"{plan.at_least:.2f}" if plan else "–",
        f"{search.bound:.2f}" if search else "–",
        f"{search.status}, gap {search.gap:.1%}" if search else "–",
    )
