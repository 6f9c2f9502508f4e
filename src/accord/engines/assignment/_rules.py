"""The rules of one item, each "at most so many of a kind", and how they hang in the network.

Three families: juniors (what seniors leave over), weak reviewers (what strong ones leave over), and reviewers of one
institution. The first two are *grades*: one of them, the primary, has a node for every item, through which all its
low pairs flow. Within that, *cells* (one institution, low or not in each grade) have nodes where they are needed.
One family alone is a tree and the flow keeps it exactly; two families cross, and the search closes what is left.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from accord.engines.assignment.types import Mask, Real, ReviewProblem, Whole

Cells = Mapping[tuple[int, int], int]
"""How many reviewers an item may have of a cell: by item and code of the cell."""

Tolls = Mapping[tuple[int, int], int]
"""What a rule costs every review that counts against it, in weight: by item and family."""

JUNIOR, WEAK, PLACE = 1, 2, 4
ALL_WEAK = -1
"""The family of weak reviewers; that of an institution is its index."""


@dataclass(frozen=True, slots=True)
class Strong:
    """Every item has at least ``count`` reviewers with a fit of ``threshold`` or more."""

    count: int
    threshold: float


class Excess(NamedTuple):
    """An item has more of a kind than a rule allows: ``cells`` holds how many of each cell of that kind."""

    item: int
    family: int
    most: int
    cells: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True, eq=False)
class Rules:
    """The rules that can bind in a problem, as figures an item and kinds a pair."""

    problem: ReviewProblem
    strong: Strong | None
    junior_room: Whole
    weak_room: Whole
    share: int | None
    place: Whole

    @property
    def grades(self) -> bool:
        """Whether any grade binds, so that every item has a node for its primary one."""
        return self.by_seniors or self.strong is not None

    @property
    def by_seniors(self) -> bool:
        """Whether seniority is the primary grade."""
        return bool((self.junior_room < self.problem.demand).any())

    @property
    def crossing(self) -> bool:
        """Whether two families bind, so that the flow alone does not keep them all."""
        return self.by_seniors + (self.strong is not None) + (self.share is not None) > 1

    @property
    def low_room(self) -> Whole:
        """How many low reviewers each item may have in the primary grade."""
        return self.junior_room if self.by_seniors else self.weak_room

    def low(self, item: Whole, reviewer: Whole, fit: Real) -> Mask:
        """Will say which pairs are low in the primary grade; the arguments broadcast."""
        if self.by_seniors:
            return np.asarray(~self.problem.senior[reviewer] & (item >= 0))
        threshold = -np.inf if self.strong is None else self.strong.threshold
        return np.asarray((fit < threshold) & (item >= 0) & (reviewer >= 0))

    def code(self, item: Whole, reviewer: Whole, fit: Real) -> Whole:
        """Will give the cell of each pair; the arguments broadcast."""
        code = PLACE * (self.place[reviewer] + 1) + 0 * item
        if self.by_seniors:
            code = code + JUNIOR * ~self.problem.senior[reviewer]
        if self.strong is not None:
            code = code + WEAK * (fit < self.strong.threshold)
        return np.asarray(code, dtype=np.int64)

    def is_low(self, code: int) -> bool:
        """Whether a cell is low in the primary grade."""
        return bool(code & (JUNIOR if self.by_seniors else WEAK))

    def room(self, item: int, family: int) -> int:
        """How many reviewers of a family an item may have."""
        return int(self.weak_room[item]) if family == ALL_WEAK else int(self.share or 0)

    def cells_of(self, family: int) -> list[int]:
        """Will list the codes of all cells of a family."""
        grades = [0, JUNIOR] if self.by_seniors else [0]
        if family == ALL_WEAK:
            return [WEAK + grade for grade in grades]
        weak = [0, WEAK] if self.strong is not None else [0]
        return [PLACE * (family + 1) + one + grade for one in weak for grade in grades]

    def count(self, item: Whole, reviewer: Whole, fit: Real) -> Counter[tuple[int, int]]:
        """Will count the reviewers that pairs give each item of each family."""
        place = self.place[reviewer]
        counts = Counter(zip(item[place >= 0].tolist(), place[place >= 0].tolist(), strict=True))
        if self.strong is not None:
            counts.update((one, ALL_WEAK) for one in item[fit < self.strong.threshold].tolist())
        return counts

    def excesses(self, item: Whole, reviewer: Whole, fit: Real, units: Whole, parts: int) -> list[Excess]:
        """Will list the rules that pairs break which carry ``units``, where one review is ``parts`` units."""
        return list(self._excesses(item, reviewer, self.code(item, reviewer, fit), units, parts))

    def _excesses(self, item: Whole, reviewer: Whole, code: Whole, units: Whole, parts: int) -> Iterator[Excess]:
        if self.share is not None:
            kind = np.where(self.place[reviewer] >= 0, self.place[reviewer], -1)
            for at, _ in _over(item, kind, units, np.full(len(self.problem.items), self.share * parts)):
                yield _excess(int(item[at[0]]), int(kind[at[0]]), self.share, code[at], units[at])
        if self.by_seniors and self.strong is not None:
            kind = np.where(code & WEAK, 0, -1)
            for at, _ in _over(item, kind, units, self.weak_room * parts):
                most = int(self.weak_room[item[at[0]]])
                yield _excess(int(item[at[0]]), ALL_WEAK, most, code[at], units[at])


def _over(item: Whole, kind: Whole, units: Whole, most: Whole) -> Iterator[tuple[Whole, int]]:
    """Will yield, for every item and kind (not -1) that carries too much, where its pairs stand, and how much."""
    where = np.flatnonzero((kind >= 0) & (units > 0))
    keys = item[where] * (int(kind.max(initial=0)) + 1) + kind[where]
    order = np.argsort(keys, kind="stable")
    firsts = np.flatnonzero(np.diff(keys[order], prepend=-1))
    sums = np.add.reduceat(units[where][order], firsts) if len(firsts) else np.empty(0, dtype=np.int64)
    for group in np.flatnonzero(sums > most[item[where][order][firsts]]).tolist():
        stop = firsts[group + 1] if group + 1 < len(firsts) else len(order)
        yield where[order[firsts[group] : stop]], int(sums[group])


def _excess(item: int, family: int, most: int, codes: Whole, units: Whole) -> Excess:
    kinds = np.unique(codes)
    return Excess(item, family, most, tuple((int(kind), int(units[codes == kind].sum())) for kind in kinds))


def rules_of(problem: ReviewProblem, strong: Strong | None = None) -> Rules:
    """Will keep of a problem's rules those that can bind at all."""
    share = problem.share
    size = np.bincount(problem.institution[problem.institution >= 0], minlength=len(problem.institutions))
    if share is None or share >= problem.demand.max() or not (size > share).any():
        share, place = None, np.full(len(problem.reviewers), -1, dtype=np.int64)
    else:
        big = np.append(size > share, False)
        place = np.where(big[problem.institution], problem.institution, -1)
    weak_room = problem.demand if strong is None else problem.demand - np.minimum(strong.count, problem.demand)
    return Rules(problem, strong, problem.demand - problem.seniors, weak_room, share, place)
