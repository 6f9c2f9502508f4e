"""From a problem to a plan: the rule, the search where it is asked for, the proof and the reasons."""

from collections.abc import Sequence

from accord.engines.spaceplan._data import digest
from accord.engines.spaceplan._figures import decimal
from accord.engines.spaceplan._market import Market, market
from accord.engines.spaceplan._prices import Priced, prices
from accord.engines.spaceplan._reasons import reasons
from accord.engines.spaceplan._report import decided, placements
from accord.engines.spaceplan._rule import Choice, best_fit, traded
from accord.engines.spaceplan._search import Answer, candidates, fewest_points, place_more, solver_module
from accord.engines.spaceplan.refusals import SolverMissing
from accord.engines.spaceplan.types import VERSION, Bound, Level, Plan, Search, Solver, SpaceProblem

KEEP = 40
EFFORT = 3.0


def place(problem: SpaceProblem, *, solver: Solver = Solver.AUTO, keep: int = KEEP, effort: float = EFFORT) -> Plan:
    """Will place the teams: by the plain rule, or by a search that begins where the rule ends.

    The search looks at the best ``keep`` places of each team and stops after ``effort`` in CP-SAT's own units of
    work, each of some seconds, so that the same problem ends the same everywhere. ``Solver.AUTO`` searches where
    OR-Tools is installed. Raises ``SolverMissing`` where the search is asked for by name and is not there.
    """
    if solver is Solver.SEARCH and solver_module() is None:
        raise SolverMissing
    ready = market(problem)
    at = traded(ready, best_fit(ready))
    if solver is Solver.RULE or solver_module() is None:
        return _plan(ready, at, prices(ready, at, _points(ready, at)), None)
    return _searched(ready, at, keep, effort)


def _searched(ready: Market, at: list[Choice], keep: int, effort: float) -> Plan:
    priced = prices(ready, at, _points(ready, at))
    if _levels(ready, at) != _lowest(ready):
        chosen = candidates(ready, at, priced, _points(ready, at) - priced.at_least, keep)
        more = traded(ready, place_more(ready, at, chosen, effort))
        if _levels(ready, more) != _levels(ready, at):
            at = more
            priced = prices(ready, at, _points(ready, at))
    chosen = candidates(ready, at, priced, _points(ready, at) - priced.at_least, keep)
    answer = fewest_points(ready, at, priced, chosen, effort)
    # What was left out of the search may still mend its answer.
    final = traded(ready, answer.at)
    if _levels(ready, final) != _levels(ready, at):
        priced = prices(ready, final, _points(ready, final))
    return _plan(ready, final, priced, answer)


def _points(ready: Market, at: Sequence[Choice]) -> int:
    """Return what these choices cost together, in hundredths."""
    held = {team: ready.choices[team].masks[choice] for team, choice in enumerate(at) if choice is not None}
    alone = sum(ready.choices[team].costs[choice] for team, choice in enumerate(at) if choice is not None)
    return alone + ready.apart(held)


def _levels(ready: Market, at: Sequence[Choice]) -> list[int]:
    return ready.levels(team for team, choice in enumerate(at) if choice is None)


def _lowest(ready: Market) -> list[int]:
    """Return what no plan can do better in: the teams that nothing would fit."""
    return ready.levels(team for team, choices in enumerate(ready.choices) if not choices.costs)


def _plan(ready: Market, at: list[Choice], priced: Priced, answer: Answer | None) -> Plan:
    points, due = _points(ready, at), decided(ready)
    proven = max(priced.at_least, 0)
    search = _search(points, due, priced, answer) if answer else None
    at_least = proven if answer is None else max(proven, _closed(answer, priced))
    return Plan(
        engine=VERSION,
        problem=digest(ready.problem),
        solver=Solver.SEARCH if answer else Solver.RULE,
        placements=placements(ready, at, reasons(ready, at)),
        levels=_told(ready, at),
        cost=decimal(points + due),
        at_least=decimal(min(at_least, points) + due),
        bound=Bound(
            decimal(proven + due),
            tuple(decimal(price) for price in priced.units.tolist()),
            tuple(decimal(price) for price in priced.levels),
        ),
        search=search,
    )


def _closed(answer: Answer, priced: Priced) -> int:
    """Return the bound for all places: a plan keeps to the candidates, or uses one that was left out."""
    if answer.open_from is None:
        return answer.bound
    return min(answer.bound, priced.at_least + answer.open_from)


def _search(points: int, due: int, priced: Priced, answer: Answer) -> Search:
    # Trading may find a place outside the candidates; then the plan lies below their bound.
    gap = max(points - answer.bound, 0)
    return Search(
        status="optimal" if answer.optimal else "feasible",
        objective=decimal(points + due),
        bound=decimal(answer.bound + due),
        gap=gap / (points + due) if gap else 0.0,
        candidates=answer.candidates,
        left_out=answer.left_out,
        closed=answer.open_from is None or priced.at_least + answer.open_from >= points,
    )


def _told(ready: Market, at: Sequence[Choice]) -> tuple[Level, ...]:
    without = [team for team, choice in enumerate(at) if choice is None]
    return tuple(
        Level(classes, sum(ready.level[team] == number for team in without), value, least)
        for number, (classes, value, least) in enumerate(
            zip(ready.classes, _levels(ready, at), _lowest(ready), strict=True)
        )
    )
