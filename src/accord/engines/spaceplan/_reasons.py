"""Why every team is where it is, or has no place: one true reason each, as data."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

import numpy as np

from accord.engines.spaceplan._figures import decimal
from accord.engines.spaceplan._ground import Ground, bits, ground
from accord.engines.spaceplan._market import Market
from accord.engines.spaceplan._report import held, priced
from accord.engines.spaceplan._rule import Choice
from accord.engines.spaceplan._wants import FILTERS, Wants, kept, open_runs
from accord.engines.spaceplan.types import Code, Reason, Value


def reasons(ready: Market, at: Sequence[Choice]) -> dict[str, Reason]:
    """Will give the reason of every team by its key."""
    decided = dict(ready.problem.fixed)
    out = {key: _reason(Code.FIXED if key in decided else Code.MAY_NOT_MOVE) for key in ready.held}
    places = held(ready, at)
    holder = {bit: team for team, mask in places.items() for bit in bits(mask)}
    whole: Ground | None = None
    for team, (one, choice) in enumerate(zip(ready.wants, at, strict=True)):
        if choice is not None:
            out[one.team.key] = _placed(ready, team, choice, places, holder)
        elif ready.choices[team].costs:
            out[one.team.key] = _passed_over(ready, team, holder)
        else:
            whole = whole or ground(ready.problem, all_available=True)
            out[one.team.key] = _nothing_fits(ready, one, whole)
    return out


def _reason(code: Code, **params: Value) -> Reason:
    return Reason(code, MappingProxyType(params))


def _names(ready: Market, holder: Mapping[int, int], mask: int, team: int) -> tuple[str, ...]:
    """Return the teams other than this one that hold units of a set, in the order of priority."""
    found = sorted({holder[bit] for bit in bits(mask) if bit in holder} - {team})
    return tuple(ready.wants[one].team.key for one in found)


def _placed(ready: Market, team: int, choice: int, places: Mapping[int, int], holder: Mapping[int, int]) -> Reason:
    one, choices = ready.wants[team], ready.choices[team]
    mask = choices.masks[choice]
    rank = sum(cost < choices.costs[choice] for cost in choices.costs) + 1
    standing: dict[str, Value] = {"rank": rank, "of": len(choices.costs), "unmet": _unmet(ready.land, one, mask)}
    if one.sitting and mask == one.seat:
        return _reason(Code.KEPT, **standing, lacks=_lacks(ready.land, one))
    if one.sitting:
        return _moved(ready, team, places, holder)
    units = [ready.land.units[bit] for bit in bits(mask)]
    for code, what in ((Code.OTHER_BUILDING, "building"), (Code.OTHER_FLOOR, "floor")):
        wished = getattr(one.team, what)
        if wished is not None and getattr(units[0], what) != wished:
            better = next((run for run in choices.masks if getattr(_first(ready.land, run), what) == wished), 0)
            taken: dict[str, Value] = {
                "better": ready.land.keys(better),
                "held_by": _names(ready, holder, better, team),
            }
            return _reason(code, wished=wished, got=getattr(units[0], what), **standing, **taken)
    if rank == 1:
        return _reason(Code.FIRST_CHOICE, **standing)
    better = choices.masks[0]
    names = _names(ready, holder, better, team)
    return _reason(Code.NEXT_BEST, **standing, better=ready.land.keys(better), held_by=names)


def _first(land: Ground, mask: int) -> object:
    return land.units[(mask & -mask).bit_length() - 1]


def _unmet(land: Ground, one: Wants, mask: int) -> tuple[str, ...]:
    """Return the wished features that a set of units has not."""
    found = frozenset().union(*(land.units[bit].features for bit in bits(mask)))
    return tuple(sorted(one.team.wished - found))


def _lacks(land: Ground, one: Wants) -> tuple[str, ...]:
    """Return the rules that the place a team sits in breaks, by the names of ``FILTERS``."""
    units = [land.units[bit] for bit in bits(one.seat)]
    area, price = (sum(getattr(unit, name) for unit in units) for name in ("area_m2", "price"))
    found = frozenset().union(*(unit.features for unit in units))
    broken = {
        "kind": bool(one.team.kinds) and any(unit.kind not in one.team.kinds for unit in units),
        "least": area * 100 < one.least,
        "most": area * 100 > one.most,
        "feature": bool(one.team.required - found),
        "price": one.limit is not None and price * 100 > one.limit,
    }
    return tuple(name for name in FILTERS if broken[name])


def _moved(ready: Market, team: int, places: Mapping[int, int], holder: Mapping[int, int]) -> Reason:
    one = ready.wants[team]
    stay = priced(ready, team, one.seat, places).total
    saves = stay - priced(ready, team, places[team], places).total
    left = ready.land.keys(one.seat)
    if saves > 0:
        return _reason(Code.MOVED, saves=decimal(saves), left=left)
    nearer = {
        ready.wants[other].team.key
        for other, wished, _ in ready.links
        if wished == team and other in places and ready.land.touch(places[other], places[team])
    }
    now = _names(ready, holder, one.seat, team)
    return _reason(Code.MOVED_FOR_OTHERS, costs=decimal(-saves), left=left, held_by=(*now, *sorted(nearer - set(now))))


def _passed_over(ready: Market, team: int, holder: Mapping[int, int]) -> Reason:
    """Return why a team that something would fit has no place: who holds what."""
    masks = ready.choices[team].masks
    for mask in masks:
        others = {holder[bit] for bit in bits(mask) if bit in holder}
        if not any(other < team or ready.wants[other].sitting for other in others):
            names = _names(ready, holder, mask, team)
            return _reason(Code.MORE_TEAMS, units=ready.land.keys(mask), held_by=names)
    first = [
        other
        for other in sorted({holder[bit] for bit in bits(masks[0]) if bit in holder})
        if other < team or ready.wants[other].sitting
    ]
    names = tuple(ready.wants[other].team.key for other in first)
    priority = ready.wants[first[0]].team.priority
    return _reason(Code.TAKEN, units=ready.land.keys(masks[0]), held_by=names, priority=priority)


def _nothing_fits(ready: Market, one: Wants, whole: Ground) -> Reason:
    """Return which rule leaves nothing, rule after rule, counting what teams hold that stay where they are."""
    fitting = open_runs(whole, one)
    if len(fitting):
        nearest = whole.masks[int(fitting[np.lexsort((fitting, whole.area[fitting]))[0]])]
        names = tuple(sorted(key for key, mask in ready.held.items() if mask & nearest))
        return _reason(Code.HELD_BY_SITTING, units=whole.keys(nearest), held_by=names)
    left = np.ones(len(whole.first), np.bool_)
    if not left.any():
        return _reason(Code.NOTHING_ON_OFFER)
    rules = kept(whole, one)
    for name in FILTERS:
        if not (left & rules[name]).any():
            return _broken(whole, one, name, np.flatnonzero(left))
        left &= rules[name]
    raise AssertionError("a run that keeps every rule fits")


def _broken(whole: Ground, one: Wants, name: str, runs: np.ndarray) -> Reason:
    """Return the reason of the rule that none of these runs keeps."""
    if name == "kind":
        return _reason(Code.NO_SUCH_KIND, kinds=tuple(sorted(one.team.kinds)))
    if name == "least":
        return _reason(Code.NOT_LARGE_ENOUGH, largest=decimal(int(whole.area[runs].max())), needed=decimal(one.least))
    if name == "most":
        return _reason(Code.ONLY_LARGER, smallest=decimal(int(whole.area[runs].min())), allowed=decimal(one.most))
    if name == "feature":
        lacking = [
            tuple(feature for feature in sorted(one.team.required) if not whole.having("feature", feature)[run])
            for run in runs.tolist()
        ]
        return _reason(Code.MISSING_FEATURE, features=min(lacking, key=lambda some: (len(some), some)))
    return _reason(Code.OVER_PRICE, cheapest=decimal(int(whole.price[runs].min())), limit=decimal(one.limit or 0))
