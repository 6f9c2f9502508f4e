"""The slow obvious definitions: every set of units is tried, every plan is counted. Nothing is shared with the engine."""

from collections.abc import Iterator
from decimal import Decimal
from itertools import chain, combinations, pairwise

from accord.engines.spaceplan import SpaceProblem, Team, Unit

Place = tuple[Unit, ...]
Chosen = dict[str, Place]


def gaps(place: Place) -> int:
    """Count where two units in a row are no neighbours."""
    return sum(one.floor != two.floor or one.position + 1 != two.position for one, two in pairwise(place))


def touching(one: Place, other: Place) -> bool:
    """Tell whether two places have neighbouring units."""
    return any(a.floor == b.floor and abs(a.position - b.position) == 1 for a in one for b in other)


def firm(problem: SpaceProblem) -> dict[str, tuple[str, ...]]:
    """Return the units of teams that stay: fixed by decision, or sitting without leave to move."""
    out = {team.key: team.sits for team in problem.teams if team.sits and not team.may_move}
    return {**out, **dict(problem.fixed)}


def runs(problem: SpaceProblem, *, everything: bool = False) -> list[Place]:
    """Return the sets of units that are runs of what is on offer, with what pinned teams hold too if asked for."""
    shut = set() if everything else {key for keys in firm(problem).values() for key in keys}
    offered = [unit for unit in problem.units if unit.available and unit.key not in shut]
    sets = chain.from_iterable(combinations(offered, size) for size in range(1, len(offered) + 1))
    return [place for some in sets if (place := tuple(sorted(some, key=_along))) and _is_run(problem, place, offered)]


def _along(unit: Unit) -> tuple[str, int]:
    return unit.floor, unit.position


def _is_run(problem: SpaceProblem, place: Place, offered: list[Unit]) -> bool:
    if len({unit.floor for unit in place}) > 1 or (problem.policy.split is None and gaps(place)):
        return False
    between = [
        unit
        for unit in offered
        if unit.floor == place[0].floor and place[0].position <= unit.position <= place[-1].position
    ]
    return len(between) == len(place)


def area(place: Place) -> Decimal:
    """Add up areas."""
    return sum((Decimal(unit.area_m2) for unit in place), Decimal(0))


def price(place: Place) -> Decimal:
    """Add up prices."""
    return sum((Decimal(unit.price) for unit in place), Decimal(0))


def features(place: Place) -> frozenset[str]:
    """Return what any unit has."""
    return frozenset().union(*(unit.features for unit in place))


RULES = {
    "kind": lambda problem, team, place: not team.kinds or all(unit.kind in team.kinds for unit in place),
    "least": lambda problem, team, place: area(place) >= (team.area_least or team.area_wanted),
    "most": lambda problem, team, place: (
        area(place) <= team.area_wanted * (1 + problem.policy.share) + problem.policy.slack_m2
    ),
    "feature": lambda problem, team, place: team.required <= features(place),
    "price": lambda problem, team, place: team.price_limit is None or price(place) <= team.price_limit,
}


def fitting(problem: SpaceProblem, team: Team, *, everything: bool = False) -> list[Place]:
    """Return the runs that keep every rule of a team."""
    return [
        place
        for place in runs(problem, everything=everything)
        if all(rule(problem, team, place) for rule in RULES.values())
    ]


def points(problem: SpaceProblem, team: Team, place: Place, chosen: Chosen) -> Decimal:
    """Return what a place costs a team where the others have these places."""
    policy = problem.policy
    weight = next(one.weight for one in policy.classes if one.key == team.priority)
    decided = team.key in dict(problem.fixed)
    if team.key in firm(problem) and not decided:
        return Decimal(0)
    over = area(place) - team.area_wanted
    out = policy.waste * over if over > 0 else -policy.short * over
    unmet = len(team.wished - features(place))
    unmet += team.building is not None and any(unit.building != team.building for unit in place)
    unmet += team.floor is not None and any(unit.floor != team.floor for unit in place)
    out += weight * policy.wish * unmet
    if not decided:
        out += weight * policy.beside * sum(not touching(place, chosen.get(other, ())) for other in team.beside)
    out += (policy.split or 0) * gaps(place)
    stays = {unit.key for unit in place} == set(team.sits)
    out += policy.move * bool(team.sits and not stays)
    if stays or decided:
        broken = len(team.required - features(place))
        broken += sum(not RULES[name](problem, team, place) for name in ("kind", "least", "most", "price"))
        out += policy.unfit * broken
    return Decimal(out)


def value(problem: SpaceProblem, chosen: Chosen, order: dict[str, int]) -> tuple[object, ...]:
    """Return what plans are compared by, the lower the better: who has no place, level by level; then the points.

    ``order`` is the waiting order within the level, the same for all plans.
    """
    policy, pins = problem.policy, firm(problem)
    moving = [team for team in problem.teams if team.key not in pins]
    names = [one.key for one in policy.classes]
    out: list[object] = []
    for level in [[name] for name in names] if policy.strict else [names]:
        mine = sorted((team for team in moving if team.priority in level), key=lambda team: order[team.key])
        count = len(mine) ** 2 + 1
        weight = {one.key: 1 if policy.strict else one.weight for one in policy.classes}
        out.append(
            sum(
                weight[team.priority] * count + len(mine) - 1 - place
                for place, team in enumerate(mine)
                if not chosen.get(team.key)
            )
        )
    out.append(
        sum(
            (points(problem, team, chosen[team.key], chosen) for team in problem.teams if chosen.get(team.key)),
            Decimal(0),
        )
    )
    return tuple(out)


def all_plans(problem: SpaceProblem) -> Iterator[Chosen]:
    """Yield every plan that keeps the rules."""
    units = {unit.key: unit for unit in problem.units}
    pins = {team: tuple(sorted((units[key] for key in keys), key=_along)) for team, keys in firm(problem).items()}
    moving = [team for team in problem.teams if team.key not in pins]
    seats = {team.key: tuple(sorted((units[key] for key in team.sits), key=_along)) for team in moving}
    options = {team.key: [*fitting(problem, team), *([seats[team.key]] if team.sits else [()])] for team in moving}

    def extend(left: list[Team], chosen: Chosen, taken: frozenset[str]) -> Iterator[Chosen]:
        if not left:
            yield chosen
            return
        first, *rest = left
        for place in options[first.key]:
            keys = frozenset(unit.key for unit in place)
            if not keys & taken:
                yield from extend(rest, {**chosen, first.key: place}, taken | keys)

    yield from extend(moving, dict(pins), frozenset())
