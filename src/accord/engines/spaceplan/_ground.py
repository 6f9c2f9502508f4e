"""The units in a line, what of them is on offer, and every run of neighbours that a team could be given.

Units stand in the order of building, floor and position; a set of units is a whole number with a bit for each. Sums
over a run are differences of sums over the line, so no run is ever walked through.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from accord.engines.spaceplan._figures import hundredths
from accord.engines.spaceplan.types import Policy, SpaceProblem, Team, Unit

Whole = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Ground:
    """Units on offer (by rank) and their runs, as arrays: ``first`` and ``last`` are ranks of units on offer."""

    units: tuple[Unit, ...]
    bit: dict[str, int]
    joined: int
    offered: int
    stock: tuple[Unit, ...]
    first: Whole
    last: Whole
    masks: list[int]
    area: Whole
    price: Whole
    skips: Whole
    _counted: dict[tuple[str, str], Whole] = field(default_factory=dict)

    def keys(self, mask: int) -> tuple[str, ...]:
        """Return the keys of the units of a set, along the line."""
        return tuple(self.units[bit].key for bit in bits(mask))

    def mask(self, keys: Iterable[str]) -> int:
        """Return the set of these units."""
        return sum(1 << self.bit[key] for key in keys)

    def touch(self, one: int, other: int) -> bool:
        """Tell whether a unit of one set is the neighbour of a unit of the other."""
        return bool(((one & self.joined) << 1) & other or ((other & self.joined) << 1) & one)

    def having(self, what: str, value: str) -> Whole:
        """Return for every run how many of its units have this ``feature``, ``kind``, ``building`` or ``floor``."""
        if (what, value) not in self._counted:
            told = (
                value in unit.features if what == "feature" else getattr(unit, what) == value for unit in self.stock
            )
            self._counted[what, value] = self.total(np.fromiter(told, np.int64, len(self.stock)))
        return self._counted[what, value]

    def total(self, figures: Whole) -> Whole:
        """Return for every run the sum of a figure that each unit on offer has."""
        sums = np.concatenate([[0], np.cumsum(figures)])
        out: Whole = sums[self.last + 1] - sums[self.first]
        return out


def bits(mask: int) -> list[int]:
    """Return the places of the bits of a set, in order."""
    out = []
    while mask:
        low = mask & -mask
        out.append(low.bit_length() - 1)
        mask ^= low
    return out


def allowed(team: Team, policy: Policy) -> int:
    """Return the largest area, in hundredths, that a team may be given."""
    share = hundredths(policy.share, "share")
    return hundredths(team.area_wanted, team.key) * (100 + share) // 100 + hundredths(policy.slack_m2, "slack_m2")


def pinned(problem: SpaceProblem) -> dict[str, tuple[str, ...]]:
    """Return the units of every team that this plan leaves where it is: by decision, or because it may not move."""
    out = {team.key: team.sits for team in problem.teams if team.sits and not team.may_move}
    return out | dict(problem.fixed)


def ground(problem: SpaceProblem, *, all_available: bool = False) -> Ground:
    """Will line up the units; with ``all_available`` those of pinned teams count as on offer too."""
    line = tuple(sorted(problem.units, key=lambda unit: (unit.building, unit.floor, unit.position)))
    bit = {unit.key: place for place, unit in enumerate(line)}
    held = set() if all_available else {key for keys in pinned(problem).values() for key in keys}
    stock = tuple(unit for unit in line if unit.available and unit.key not in held)
    offered = sum(1 << bit[unit.key] for unit in stock)
    joined = sum(1 << place for place, pair in enumerate(pairwise(line)) if _neighbours(*pair))
    top = max((allowed(team, problem.policy) for team in problem.teams), default=0)
    areas = np.array([hundredths(unit.area_m2, unit.key) for unit in stock], np.int64)
    prices = np.array([hundredths(unit.price, unit.key) for unit in stock], np.int64)
    skip = np.array([not _neighbours(*pair) for pair in pairwise(stock)], np.int64)
    first, last = _runs(stock, areas, skip, top, split=problem.policy.split is not None)
    masks = [
        ((2 << bit[stock[end].key]) - (1 << bit[stock[start].key])) & offered
        for start, end in zip(first.tolist(), last.tolist(), strict=True)
    ]
    area, price, gaps = (np.concatenate([[0], np.cumsum(figures)]) for figures in (areas, prices, skip))
    return Ground(
        units=line,
        bit=bit,
        joined=joined,
        offered=offered,
        stock=stock,
        first=first,
        last=last,
        masks=masks,
        area=area[last + 1] - area[first],
        price=price[last + 1] - price[first],
        skips=gaps[last] - gaps[first],
    )


def _neighbours(one: Unit, other: Unit) -> bool:
    return one.floor == other.floor and one.position + 1 == other.position


def _runs(stock: tuple[Unit, ...], areas: Whole, skip: Whole, top: int, *, split: bool) -> tuple[Whole, Whole]:
    """Return all runs that do not go on beyond the first unit that makes them larger than anybody may have."""
    linked = np.array(
        [
            one.floor == other.floor and (split or not gap)
            for one, other, gap in zip(stock, stock[1:], skip.tolist(), strict=False)
        ]
        + [False] * bool(stock),
        np.bool_,
    )
    sums = np.concatenate([[0], np.cumsum(areas)])
    start: Whole = np.arange(len(stock), dtype=np.int64)
    end = start
    starts, ends = [start], [end]
    while len(start):
        going = linked[end] & (sums[end + 1] - sums[start] <= top)
        start, end = start[going], end[going] + 1
        starts.append(start)
        ends.append(end)
    first, last = np.concatenate(starts), np.concatenate(ends)
    order = np.lexsort((last, first))
    return first[order], last[order]
