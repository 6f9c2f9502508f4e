"""The network of some pairs (columns) and rules, and what its potentials say about all other pairs.

Nodes: items, reviewers, one that takes all reviews; then a node an item for low pairs of the primary grade, and
one for every cell. A pair leads from the innermost node it belongs to, to its reviewer.
"""

from collections import Counter
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from accord.engines.assignment._rules import Cells, Rules, Tolls
from accord.engines.assignment.types import Real, ReviewProblem, Whole
from accord.engines.flow import Network


@dataclass(frozen=True, slots=True)
class Parts:
    """One review is ``whole`` units; a pair that is not fixed may carry ``most`` of them (both 1 unless drawn)."""

    whole: int = 1
    most: int = 1


@dataclass(frozen=True, eq=False)
class Layout:
    """Which node is what, for some rules and cells; and what it costs to enter a cell."""

    rules: Rules
    cells: Cells
    tolls: Tolls = field(default_factory=dict)

    @property
    def problem(self) -> ReviewProblem:
        """The problem whose rules these are."""
        return self.rules.problem

    @property
    def sink(self) -> int:
        """The node that takes all reviews."""
        return len(self.problem.items) + len(self.problem.reviewers)

    @property
    def first_cell(self) -> int:
        """The node of the first cell."""
        return self.sink + 1 + (len(self.problem.items) if self.rules.grades else 0)

    @property
    def nodes(self) -> int:
        """The number of nodes."""
        return self.first_cell + len(self.cells)

    @cached_property
    def cell_keys(self) -> Whole:
        """Item and code of every cell as one number, in order; a cell's place is its node less ``first_cell``."""
        return np.array(sorted(item * self.span + code for item, code in self.cells), dtype=np.int64)

    @cached_property
    def cell_rooms(self) -> Whole:
        """How many reviewers each cell may have, in the order of ``cell_keys``."""
        return np.array([self.cells[divmod(key, self.span)] for key in self.cell_keys.tolist()], dtype=np.int64)

    @cached_property
    def cell_tolls(self) -> Whole:
        """What it costs to enter each cell, in weight, in the order of ``cell_keys``."""
        toll = Counter[int]()
        for (item, family), price in self.tolls.items():
            toll.update(dict.fromkeys((item * self.span + code for code in self.rules.cells_of(family)), price))
        return np.array([toll[key] for key in self.cell_keys.tolist()], dtype=np.int64)

    @property
    def span(self) -> int:
        """One more than the largest code of a cell."""
        return 4 * (len(self.problem.institutions) + 2)

    @property
    def cell_items(self) -> Whole:
        """The item of every cell."""
        return self.cell_keys // self.span

    @cached_property
    def cell_parents(self) -> Whole:
        """The node above each cell."""
        low = np.array([self.rules.is_low(int(key) % self.span) for key in self.cell_keys], dtype=np.bool_)
        inside = low & np.bool_(self.rules.grades)
        return np.where(inside, self.sink + 1 + self.cell_items, self.cell_items)

    def tails(self, item: Whole, reviewer: Whole, fit: Real) -> Whole:
        """Will give the node each pair leads from; arrays of one shape."""
        tail = item.copy()
        if self.rules.grades:
            tail = np.where(self.rules.low(item, reviewer, fit), self.sink + 1 + item, item)
        if len(self.cell_keys):
            key = item * self.span + self.rules.code(item, reviewer, fit)
            at = np.minimum(np.searchsorted(self.cell_keys, key), len(self.cell_keys) - 1)
            tail = np.where(self.cell_keys[at] == key, self.first_cell + at, tail)
        return np.asarray(tail, dtype=np.int64)

    def block_tails(self, start: int, fit: Real) -> Whole:
        """Will do the same for whole rows of items from ``start`` on; one column where all pairs of a row agree."""
        item = np.arange(start, start + len(fit))
        if not self.rules.grades and not len(self.cell_keys):
            return item[:, None]
        reviewer = np.arange(fit.shape[1])
        tail = np.broadcast_to(item[:, None], fit.shape)
        if self.rules.grades:
            low = self.rules.low(item[:, None], reviewer[None, :], fit)
            tail = np.where(low, self.sink + 1 + item[:, None], item[:, None])
        inside = np.unique(self.cell_items) - start
        inside = inside[(inside >= 0) & (inside < len(fit))]
        if len(inside):
            tail = tail.copy()
            grid = np.meshgrid(item[inside], reviewer, indexing="ij")
            tail[inside] = self.tails(grid[0], grid[1], fit[inside])
        return np.asarray(tail)

    def lifted(self, potential: Whole) -> Whole:
        """Will raise the potentials of rules that do not bind to those of the node above them.

        Nothing flows where that changes anything, so all reduced costs keep their sign; and every rule then has a
        price of 0 or more beyond its toll.
        """
        out = potential.copy()
        n = len(self.problem.items)
        if self.rules.grades:
            low = slice(self.sink + 1, self.sink + 1 + n)
            out[low] = np.maximum(out[low], out[:n])
        out[self.first_cell :] = np.maximum(out[self.first_cell :], out[self.cell_parents] + self.cell_tolls)
        return out


def network(layout: Layout, item: Whole, reviewer: Whole, fit: Real, parts: Parts) -> Network:
    """Will build the network of some pairs, which come first among the arcs; fixed pairs must be among them."""
    problem, n = layout.problem, len(layout.problem.items)
    m, sink = len(problem.reviewers), layout.sink
    fixed = np.isin(item * m + reviewer, problem.fixed[:, 0] * m + problem.fixed[:, 1])
    supply = np.zeros(layout.nodes, dtype=np.int64)
    supply[:n] = problem.demand * parts.whole
    supply[sink] = -supply[:n].sum()
    low_arcs = np.arange(n) if layout.rules.grades else np.empty(0, dtype=np.int64)
    cells = np.arange(len(layout.cell_keys))
    ends = (
        (layout.tails(item, reviewer, fit), n + reviewer),
        (n + np.arange(m), np.full(m, sink)),
        (low_arcs, sink + 1 + low_arcs),
        (layout.cell_parents, layout.first_cell + cells),
    )
    lower = (np.where(fixed, parts.whole, 0), problem.least * parts.whole, 0 * low_arcs, 0 * cells)
    rooms = (layout.rules.low_room[low_arcs] * parts.whole, layout.cell_rooms * parts.whole)
    # No reviewer takes more than every item once, so a generous maximum load cannot make figures large.
    most = np.minimum(problem.most, n) * parts.whole
    upper = (np.where(fixed, parts.whole, parts.most), np.maximum(most, lower[1]), *rooms)
    tails, heads = (np.concatenate([end[side] for end in ends]) for side in (0, 1))
    return Network(supply, tails, heads, np.concatenate(lower), np.concatenate(upper))
