"""What a team could have: its places in order, what would have to change for a better one, and what a plan changed."""

from collections.abc import Mapping
from decimal import Decimal
from types import MappingProxyType

import numpy as np

from accord.engines.spaceplan._figures import decimal
from accord.engines.spaceplan._ground import Ground, Whole, bits, ground, pinned
from accord.engines.spaceplan._report import summed, told
from accord.engines.spaceplan._wants import Wants, costs, kept, open_runs, parts, wants
from accord.engines.spaceplan.refusals import UnknownTeam
from accord.engines.spaceplan.types import (
    Alternative,
    Candidate,
    Change,
    Difference,
    Plan,
    SpaceProblem,
    Team,
    Value,
)

_CHANGES = {
    "kind": Change.OTHER_KIND,
    "least": Change.LOWER_AREA,
    "most": Change.ALLOW_WASTE,
    "feature": Change.DROP_FEATURE,
    "price": Change.RAISE_PRICE,
}


def ranked(problem: SpaceProblem, team: str, *, plan: Plan | None = None, most: int = 20) -> tuple[Candidate, ...]:
    """Will list the places that one team could have, the cheapest first, with those who hold some of it now.

    Without a plan, all that is on offer counts as free but where movable teams sit. Takes milliseconds.
    """
    one, land = _wanted(problem, team)
    holders = _holders(problem, plan)
    runs = open_runs(land, one)
    price = _priced(problem, land, one, runs)
    chosen = runs[np.lexsort((runs, price))[:most]].tolist()
    return tuple(_candidate(problem, land, one, land.masks[run], holders) for run in chosen)


def explain(problem: SpaceProblem, plan: Plan, team: str) -> tuple[Alternative, ...]:
    """Will name what would have to change for a team to get a place, or a cheaper one than it has.

    For every single rule: the smallest step that would open a free place. If no single one would, the free place that
    breaks the fewest. And the cheapest place that keeps all rules, with the teams that would have to leave it.
    """
    one, land = _wanted(problem, team)
    holders = _holders(problem, plan)
    mine = next(place for place in plan.placements if place.team == team)
    taken = land.mask(unit for unit, holder in holders.items() if holder != team)
    free = np.fromiter((not mask & taken for mask in land.masks), np.bool_, len(land.masks))
    out = [] if mine.units else _relaxed(land, one, free)
    price = _priced(problem, land, one, runs := open_runs(land, one))
    better = [run for run in runs[np.lexsort((runs, price))].tolist() if land.masks[run] & taken]
    if better:
        found = _candidate(problem, land, one, land.masks[better[0]], holders)
        if not mine.units or found.cost.total < mine.cost.total:
            saves: dict[str, Value] = {"teams": found.held_by}
            if mine.units:
                saves["saves"] = mine.cost.total - found.cost.total
            out.append(_alternative(land, Change.MOVE_OTHERS, land.masks[better[0]], saves))
    return tuple(out)


def differences(before: Plan | None, after: Plan) -> tuple[Difference, ...]:
    """Will list the teams whose place differs, in the order of keys; ``cost`` is by how many points it rose."""
    old = {one.team: one for one in before.placements} if before else {}
    new = {one.team: one for one in after.placements}
    out = []
    for key in sorted(old.keys() | new.keys()):
        was, now = old.get(key), new.get(key)
        units = (was.units if was else (), now.units if now else ())
        if units[0] != units[1]:
            rise = (now.cost.total if now else Decimal(0)) - (was.cost.total if was else Decimal(0))
            out.append(Difference(key, *units, rise))
    return tuple(out)


def _wanted(problem: SpaceProblem, key: str) -> tuple[Wants, Ground]:
    land = ground(problem)
    held = {name: land.mask(keys) for name, keys in pinned(problem).items() if name != key}
    return wants(problem, land, _team(problem, key), held), land


def _team(problem: SpaceProblem, key: str) -> Team:
    for team in problem.teams:
        if team.key == key:
            return team
    raise UnknownTeam(key)


def _priced(problem: SpaceProblem, land: Ground, one: Wants, runs: Whole) -> Whole:
    """Return what each run costs; a team that has the very run already would not move."""
    stays = np.fromiter((one.sitting and land.masks[run] == one.seat for run in runs.tolist()), np.bool_, len(runs))
    out: Whole = costs(problem.policy, land, one, runs) - 100 * problem.policy.move * stays
    return out


def _holders(problem: SpaceProblem, plan: Plan | None) -> dict[str, str]:
    """Return who holds each unit: by the plan, or where teams sit today."""
    if plan is None:
        return {unit: team.key for team in problem.teams for unit in team.sits}
    return {unit: one.team for one in plan.placements for unit in one.units}


def _candidate(problem: SpaceProblem, land: Ground, one: Wants, mask: int, holders: Mapping[str, str]) -> Candidate:
    keys = land.keys(mask)
    return Candidate(
        units=keys,
        area_m2=summed(land, mask, "area_m2"),
        price=summed(land, mask, "price"),
        cost=told(parts(problem.policy, land, one, mask, one.beside, judged=False)),
        held_by=tuple(sorted({holders[key] for key in keys if key in holders} - {one.team.key})),
    )


def _relaxed(land: Ground, one: Wants, free: np.ndarray) -> list[Alternative]:
    """Return for every rule the smallest step that opens a free place, or the free place that breaks the fewest."""
    rules = kept(land, one)
    broken = np.sum([~rule for rule in rules.values()], axis=0)
    out = []
    for name, rule in rules.items():
        runs = np.flatnonzero(free & ~rule & (broken == 1))
        if len(runs):
            run = min(runs.tolist(), key=lambda at: (_step(land, one, name, at), at))
            out.append(_alternative(land, _CHANGES[name], land.masks[run], _params(land, one, name, run)))
    if not out and free.any():
        runs = np.flatnonzero(free & (broken == broken[free].min()))
        run = min(runs.tolist(), key=lambda at: (abs(int(land.area[at]) - one.wanted), at))
        names = tuple(_CHANGES[name] for name, rule in rules.items() if not rule[run])
        out.append(_alternative(land, Change.SEVERAL, land.masks[run], {"changes": names}))
    return out


def _step(land: Ground, one: Wants, name: str, run: int) -> int:
    """Return how far a run is from keeping a rule."""
    if name == "least":
        return one.least - int(land.area[run])
    if name == "most":
        return int(land.area[run]) - one.most
    if name == "price":
        return int(land.price[run]) - (one.limit or 0)
    if name == "feature":
        return len(_missing(land, one, run))
    return 0


def _missing(land: Ground, one: Wants, run: int) -> tuple[str, ...]:
    found = frozenset().union(*(land.units[bit].features for bit in bits(land.masks[run])))
    return tuple(sorted(one.team.required - found))


def _params(land: Ground, one: Wants, name: str, run: int) -> dict[str, Value]:
    if name == "feature":
        return {"features": _missing(land, one, run)}
    if name == "kind":
        return {"kinds": tuple(sorted({land.units[bit].kind for bit in bits(land.masks[run])} - one.team.kinds))}
    if name == "price":
        return {"to": decimal(int(land.price[run])), "by": decimal(_step(land, one, name, run))}
    return {"to": decimal(int(land.area[run])), "by": decimal(_step(land, one, name, run))}


def _alternative(land: Ground, change: Change, mask: int, params: Mapping[str, Value]) -> Alternative:
    return Alternative(change, land.keys(mask), MappingProxyType(dict(params)))
