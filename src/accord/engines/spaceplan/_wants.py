"""What every team that can be placed wants, in hundredths, and what a place costs it."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from accord.engines.spaceplan._figures import hundredths
from accord.engines.spaceplan._ground import Ground, Mask, Whole, allowed, bits
from accord.engines.spaceplan.types import Policy, SpaceProblem, Team

FILTERS = ("kind", "least", "most", "feature", "price")
"""The rules a place must keep, in the order in which a refusal names them."""


@dataclass(frozen=True, slots=True, eq=False)
class Wants:
    """A team with its figures in hundredths, and the sets of units it sits in and that its neighbours hold for good."""

    team: Team
    wanted: int
    least: int
    most: int
    limit: int | None
    weight: int
    seat: int
    beside: tuple[int, ...]

    @property
    def sitting(self) -> bool:
        """Whether it has a place today, which it keeps if nothing better is found."""
        return self.seat != 0


@dataclass(frozen=True, slots=True)
class Parts:
    """What a place costs, in hundredths of a point; see ``Cost``."""

    waste: int
    short: int
    wishes: int
    beside: int
    split: int
    move: int
    unfit: int

    @property
    def total(self) -> int:
        """All of it."""
        return self.waste + self.short + self.wishes + self.beside + self.split + self.move + self.unfit


def wants(problem: SpaceProblem, land: Ground, team: Team, held: dict[str, int]) -> Wants:
    """Will put a team into figures; ``held`` has the sets of the teams that stay where they are."""
    weights = {one.key: one.weight for one in problem.policy.classes}
    least = team.area_wanted if team.area_least is None else team.area_least
    return Wants(
        team=team,
        wanted=hundredths(team.area_wanted, team.key),
        least=hundredths(least, team.key),
        most=allowed(team, problem.policy),
        limit=None if team.price_limit is None else hundredths(team.price_limit, team.key),
        weight=weights[team.priority],
        seat=land.mask(team.sits),
        beside=tuple(held[other] for other in sorted(team.beside & held.keys())),
    )


def kept(land: Ground, one: Wants) -> dict[str, Mask]:
    """Will tell for each rule which runs keep it."""
    team = one.team
    size = len(land.first)
    units = land.total(np.ones(len(land.stock), np.int64))
    fitting = sum((land.having("kind", kind) for kind in sorted(team.kinds)), np.zeros(size, np.int64))
    equipped = np.ones(size, np.bool_)
    for feature in sorted(team.required):
        equipped &= land.having("feature", feature) > 0
    return {
        "kind": fitting == units if team.kinds else np.ones(size, np.bool_),
        "least": land.area >= one.least,
        "most": land.area <= one.most,
        "feature": equipped,
        "price": np.ones(size, np.bool_) if one.limit is None else land.price <= one.limit,
    }


def open_runs(land: Ground, one: Wants) -> Whole:
    """Will give the runs that keep every rule."""
    return np.flatnonzero(np.logical_and.reduce(list(kept(land, one).values())))


def costs(policy: Policy, land: Ground, one: Wants, runs: Whole) -> Whole:
    """Will price these runs for a team, in hundredths of a point."""
    team, over = one.team, land.area[runs] - one.wanted
    unmet: Whole = np.zeros(len(runs), np.int64)
    for feature in sorted(team.wished):
        unmet += land.having("feature", feature)[runs] == 0
    for what in ("building", "floor"):
        wished = getattr(team, what)
        if wished is not None:
            unmet += land.having(what, wished)[runs] == 0
    alone: Whole = np.zeros(len(runs), np.int64)
    for held in one.beside:
        near = ((held & land.joined) << 1) | ((held >> 1) & land.joined)
        told = ((near >> land.bit[unit.key]) & 1 for unit in land.stock)
        alone += land.total(np.fromiter(told, np.int64, len(land.stock)))[runs] == 0
    out: Whole = policy.waste * np.maximum(over, 0) + policy.short * np.maximum(-over, 0)
    out += 100 * one.weight * (policy.wish * unmet + policy.beside * alone)
    out += 100 * (policy.split or 0) * land.skips[runs] + 100 * policy.move * one.sitting
    return out


def parts(policy: Policy, land: Ground, one: Wants, mask: int, near: Iterable[int], *, judged: bool) -> Parts:
    """Will price any set of units for a team that wishes to touch the sets ``near``.

    ``judged``: every rule that the set breaks costs, too.
    """
    team = one.team
    places = bits(mask)
    units = [land.units[bit] for bit in places]
    area, price = (sum(hundredths(getattr(unit, name), unit.key) for unit in units) for name in ("area_m2", "price"))
    found = frozenset().union(*(unit.features for unit in units))
    unmet = len(team.wished - found)
    unmet += team.building is not None and any(unit.building != team.building for unit in units)
    unmet += team.floor is not None and any(unit.floor != team.floor for unit in units)
    alone = sum(not land.touch(mask, other) for other in near)
    gaps = sum(not land.touch(1 << one, 1 << two) for one, two in pairwise(places))
    broken = len(team.required - found) + (area < one.least) + (area > one.most)
    broken += bool(team.kinds) and any(unit.kind not in team.kinds for unit in units)
    broken += one.limit is not None and price > one.limit
    return Parts(
        waste=policy.waste * max(area - one.wanted, 0),
        short=policy.short * max(one.wanted - area, 0),
        wishes=100 * one.weight * policy.wish * unmet,
        beside=100 * one.weight * policy.beside * alone,
        split=100 * (policy.split or 0) * gaps,
        move=100 * policy.move * (one.sitting and mask != one.seat),
        unfit=100 * policy.unfit * broken * judged,
    )
