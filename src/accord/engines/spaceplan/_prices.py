"""Prices of units that prove how few points any plan needs: Lagrangian duality, by subgradient steps.

Whoever takes a unit pays its price on top, and every price is paid out again in the end. With any prices the sum of
each team's cheapest place, less all prices, is no more than the points of any plan (Held and Karp, 1971). Where not
all teams find a place, having none costs a price of the level, and what this plan left unplaced is paid out.
Wishes for neighbours among teams that are placed together count as met, which only lowers the bound.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from accord.engines.spaceplan._ground import Mask, Whole, bits
from accord.engines.spaceplan._market import Market
from accord.engines.spaceplan._rule import Choice

STEPS: Final = 120
"""Steps of the search for good prices among the places that may belong to a better plan."""

LAST: Final = 12
"""Steps after that among all places."""

PATIENCE: Final = 8
"""Steps without a better bound before they become shorter."""

Real = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Priced:
    """Prices in hundredths, the bound they prove, and by how much each choice is dearer than its team's cheapest."""

    units: Whole
    levels: list[int]
    at_least: int
    dearer: list[Whole]


class _Places:
    """Choices of all teams in one row, those of ``kept`` alone if given; teams without a choice are left out."""

    def __init__(self, market: Market, at: Sequence[Choice], kept: Sequence[Mask] | None = None) -> None:
        self.market, land = market, market.land
        self.teams = [team for team, choices in enumerate(market.choices) if choices.costs]
        some = [market.choices[team] for team in self.teams]
        those = [np.ones(len(one.cost), np.bool_) for one in some] if kept is None else kept
        self.cost = np.concatenate([one.cost[mine] for one, mine in zip(some, those, strict=True)])
        runs = np.concatenate([one.run[mine] for one, mine in zip(some, those, strict=True)])
        self.start = np.cumsum([0] + [int(mine.sum()) for mine in those])
        self.rank = np.array([land.bit[unit.key] for unit in land.stock], np.int64)
        self.offered = np.zeros(len(land.units), np.bool_)
        self.offered[self.rank] = True
        # Seats follow the runs in the table of sums, one for each team; those who sit nowhere have an empty one.
        self.seats = [bits(market.wants[team].seat) for team in self.teams]
        owner = np.repeat(np.arange(len(self.teams)), np.diff(self.start))
        self.row = np.where(runs < 0, len(land.first) + owner, runs)
        self.left = market.levels(team for team in self.teams if at[team] is None)
        self.short = any(self.left)

    def dear(self, units: Whole) -> Whole:
        """Return for every choice its points and what its units cost by these prices."""
        table = self.market.land.total(units[self.rank])
        seats = np.array([units[seat].sum() for seat in self.seats], np.int64)
        out: Whole = self.cost + np.concatenate([table, seats])[self.row]
        return out

    def aside(self, levels: Sequence[int]) -> Whole:
        """Return for every team what having no place costs: the price of its level, for each whole scale."""
        market = self.market
        never = np.iinfo(np.int64).max // 4
        return np.array(
            [
                # Rounded down: the bound stays one.
                levels[market.level[team]] * market.penalty[team] // market.scale[market.level[team]]
                if self.short and not market.wants[team].sitting
                else never
                for team in self.teams
            ],
            np.int64,
        )

    def overdue(self, chosen: Whole) -> Real:
        """Return for every level how much more these choices leave without a place than the plan did."""
        market = self.market
        if not self.short:
            return np.zeros(len(market.classes))
        now = market.levels(team for team, choice in zip(self.teams, chosen.tolist(), strict=True) if choice < 0)
        out: Real = (np.array(now, np.float64) - np.array(self.left)) / np.array(market.scale)
        return out

    def paid_out(self, levels: Sequence[int]) -> int:
        """Return what the teams left without a place pay out, rounded up."""
        due = zip(levels, self.left, self.market.scale, strict=True)
        return sum(-(-price * left // scale) for price, left, scale in due) if self.short else 0

    def bound(self, units: Whole, levels: Sequence[int]) -> tuple[int, Whole]:
        """Return the bound that prices prove, and each team's cheapest choice (-1: none)."""
        dear, aside = self.dear(units), self.aside(levels)
        least = np.minimum.reduceat(dear, self.start[:-1])
        where = np.flatnonzero(dear == np.repeat(least, np.diff(self.start)))
        first = where[np.searchsorted(where, self.start[:-1])]
        chosen: Whole = np.where(aside < least, -1, first)
        return int(np.minimum(least, aside).sum()) - int(units.sum()) - self.paid_out(levels), chosen

    def use(self, chosen: Whole) -> Whole:
        """Return how many teams would take each unit."""
        land = self.market.land
        rows = self.row[chosen[chosen >= 0]]
        runs = rows[rows < len(land.first)]
        ends: Whole = np.zeros(len(land.stock) + 1, np.int64)
        np.add.at(ends, land.first[runs], 1)
        np.add.at(ends, land.last[runs] + 1, -1)
        # A run that skips units skips those that are not on offer, which have no rank.
        out: Whole = np.zeros(len(land.units), np.int64)
        out[self.rank] = np.cumsum(ends)[:-1]
        for seat in rows[rows >= len(land.first)].tolist():
            out[self.seats[seat - len(land.first)]] += 1
        return out


@dataclass(slots=True)
class _Prices:
    units: Real
    levels: Real
    bound: int = -(2**62)


def prices(market: Market, at: Sequence[Choice], points: int) -> Priced:
    """Will find prices that prove a bound for all plans that place teams as well as these choices do.

    ``points`` is what the plan costs, in hundredths: a target for the steps, not part of the proof.
    """
    if not any(choices.costs for choices in market.choices):
        nothing = [np.zeros(0, np.int64) for _ in at]
        return Priced(np.zeros(len(market.land.units), np.int64), [0] * len(market.classes), 0, nothing)
    places = _Places(market, at)
    # Having no place costs more than any place at first, so that prices rise from the points alone.
    worth = float(places.cost.max()) + 100.0
    now = _Prices(np.zeros(len(market.land.units)), np.full(len(market.classes), worth))
    if not places.short:
        now = _climb(_Places(market, at, _useful(places, points)), now, points, STEPS)
        now.bound = -(2**62)
    now = _climb(places, now, points, STEPS if places.short else LAST)
    return _priced(places, now.units.astype(np.int64), now.levels.astype(np.int64).tolist(), now.bound)


def _useful(places: _Places, points: int) -> list[Mask]:
    """Return the choices that are not alone dearer than the whole plan, were all others at their cheapest."""
    market = places.market
    some = [market.choices[team].cost for team in places.teams]
    room = points - sum(int(cost[0]) for cost in some)
    return [cost - cost[0] <= room for cost in some]


def _climb(places: _Places, start: _Prices, points: int, steps: int) -> _Prices:
    """Raise the price of what is asked for twice, lower that of what nobody asks for; return the best prices met."""
    now, best, pace, stale = start, start, 1.0, 0
    for _ in range(steps):
        units, levels = now.units.astype(np.int64), now.levels.astype(np.int64)
        bound, chosen = places.bound(units, levels.tolist())
        stale += 1
        if bound > best.bound:
            best, stale = _Prices(units.astype(np.float64), levels.astype(np.float64), bound), 0
        if stale == PATIENCE:
            pace, stale = pace / 2, 0
        slope = np.where(places.offered, places.use(chosen) - 1.0, 0.0)
        # A free unit that nobody asks for has its price at the bottom already.
        slope[(units == 0) & (slope < 0)] = 0
        tilt = places.overdue(chosen)
        norm = float((slope * slope).sum() + (tilt * tilt).sum())
        if norm == 0 or best.bound >= points:
            break
        step = pace * max(points - bound, 100) / norm
        now = _Prices(np.maximum(now.units + step * slope, 0.0), np.maximum(now.levels + step * tilt, 0.0))
    return best


def _priced(places: _Places, units: Whole, levels: list[int], bound: int) -> Priced:
    """Return the prices with each choice's distance from its team's cheapest."""
    dear, aside = places.dear(units), places.aside(levels)
    dearer: list[Whole] = [np.zeros(0, np.int64) for _ in places.market.choices]
    for place, team in enumerate(places.teams):
        mine = dear[places.start[place] : places.start[place + 1]]
        dearer[team] = mine - min(int(mine.min()), int(aside[place]))
    return Priced(units, levels, bound, dearer)
