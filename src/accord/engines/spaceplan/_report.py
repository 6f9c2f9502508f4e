"""Turns choices into placements, priced part by part, and candidates for people to read."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from accord.engines.spaceplan._figures import decimal, hundredths
from accord.engines.spaceplan._ground import Ground, bits
from accord.engines.spaceplan._market import Market
from accord.engines.spaceplan._rule import Choice
from accord.engines.spaceplan._wants import Parts, parts, wants
from accord.engines.spaceplan.types import Cost, Placement, Reason


def told(found: Parts) -> Cost:
    """Will put the parts of a cost into points."""
    return Cost(
        waste=decimal(found.waste),
        short=decimal(found.short),
        wishes=decimal(found.wishes),
        beside=decimal(found.beside),
        split=decimal(found.split),
        move=decimal(found.move),
        unfit=decimal(found.unfit),
    )


def held(ready: Market, at: Sequence[Choice]) -> dict[int, int]:
    """Will give the units of every team that has a place."""
    return {team: ready.choices[team].masks[choice] for team, choice in enumerate(at) if choice is not None}


def priced(ready: Market, team: int, mask: int, places: Mapping[int, int]) -> Parts:
    """Will price a set of units for a team while the others hold these places."""
    one = ready.wants[team]
    others = [places.get(other, 0) for wishing, other, _ in ready.links if wishing == team]
    judged = one.sitting and mask == one.seat
    return parts(ready.problem.policy, ready.land, one, mask, (*one.beside, *others), judged=judged)


def _decided_parts(ready: Market, key: str) -> Parts:
    team = next(one for one in ready.problem.teams if one.key == key)
    one = wants(ready.problem, ready.land, team, {})
    return parts(ready.problem.policy, ready.land, one, ready.held[key], (), judged=True)


def decided(ready: Market) -> int:
    """Return what the places fixed by decision cost, in hundredths."""
    return sum(_decided_parts(ready, key).total for key, _ in ready.problem.fixed)


def placements(ready: Market, at: Sequence[Choice], why: Mapping[str, Reason]) -> tuple[Placement, ...]:
    """Will give every team its placement, in the order of keys."""
    places = held(ready, at)
    sets = dict(ready.held)
    costs = {key: told(_decided_parts(ready, key)) for key, _ in ready.problem.fixed}
    for team, mask in places.items():
        key = ready.wants[team].team.key
        sets[key] = mask
        costs[key] = told(priced(ready, team, mask, places))
    return tuple(
        Placement(
            team=team.key,
            units=ready.land.keys(sets.get(team.key, 0)),
            area_m2=summed(ready.land, sets.get(team.key, 0), "area_m2"),
            price=summed(ready.land, sets.get(team.key, 0), "price"),
            cost=costs.get(team.key, Cost()),
            reason=why[team.key],
        )
        for team in ready.problem.teams
    )


def summed(land: Ground, mask: int, name: str) -> Decimal:
    """Return the area or the price of a set of units."""
    return decimal(sum(hundredths(getattr(land.units[bit], name), "") for bit in bits(mask)))
