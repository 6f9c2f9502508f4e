"""The heaviest flow over all open pairs: solved on few, priced against all, until none would improve it."""

from dataclasses import dataclass, field, replace

import numpy as np

from accord.engines.assignment._fits import fit_of
from accord.engines.assignment._network import Layout, Parts, network
from accord.engines.assignment._pricing import Keys, crossing, improving, promising
from accord.engines.assignment._rules import Cells, Excess, Rules, Tolls
from accord.engines.assignment._weights import Weights
from accord.engines.assignment.types import Mask, Real, ReviewProblem, Whole
from accord.engines.flow import Network, NoFlow, Solver, cheapest


@dataclass(frozen=True, slots=True, eq=False)
class Solved:
    """The heaviest flow less tolls: the pairs that carry something, and the potentials that prove it.

    ``weight`` is what the pairs weigh. ``bound`` is what no flow can weigh more than that keeps the rules with tolls:
    it pays no more toll than the rules leave room for. Without tolls the two are one.
    """

    item: Whole
    reviewer: Whole
    fit: Real
    units: Whole
    weight: int
    bound: int
    layout: Layout
    potential: Whole
    priced: int
    excess: tuple[Excess, ...]


class Cut(Exception):  # noqa: N818 - a finding that the search works with, never shown
    """Nothing flows, even over all open pairs: the nodes of ``side`` cannot send out what they must."""

    def __init__(self, layout: Layout, side: Mask) -> None:
        super().__init__("no flow")
        self.layout = layout
        self.side = side


@dataclass(slots=True, eq=False)
class Desk:
    """What all solves of one question share: the pairs tried so far, cells that bound once, and a counter.

    Pairs and cells only ever grow, and a wider start cannot change a result that is the only best one.
    """

    rules: Rules
    drawn: Weights
    parts: Parts
    solver: Solver
    known: Keys
    cells: dict[tuple[int, int], int] = field(default_factory=dict)
    solves: int = 0

    @property
    def problem(self) -> ReviewProblem:
        """The problem at hand."""
        return self.rules.problem

    @classmethod
    def at(cls, rules: Rules, drawn: Weights, parts: Parts, solver: Solver) -> "Desk":
        """Will open a desk with the most promising pairs on it."""
        return cls(rules, drawn, parts, solver, promising(rules.problem, drawn))

    def heaviest(self, caps: Cells, tolls: Tolls | None = None) -> Solved:
        """Will find the heaviest flow, less tolls, under all rules in the network and under extra ``caps`` on cells.

        What it returns is the heaviest over all open pairs. ``excess`` lists rules that cross and are still broken.
        Raises ``Cut`` where nothing flows.
        """
        while True:
            layout = Layout(self.rules, self._with(caps, tolls or {}), tolls or {})
            solved = self._on_known(layout)
            if self._hang(solved.excess):
                continue
            fresh, priced = improving(layout, self.drawn, solved.potential, self.known)
            if not len(fresh):
                # Every open pair was priced in whole numbers and none improves: heaviest over all of them.
                return replace(solved, priced=priced)
            self.known = np.union1d(self.known, fresh)

    def cut(self) -> Cut | None:
        """Will find why nothing flows under the rules that hang in the network, or None where something does."""
        while True:
            try:
                solved = self._on_known(Layout(self.rules, dict(self.cells)))
            except Cut as found:
                return found
            if not self._hang(solved.excess):
                return None

    def ask(self, rules: Rules) -> None:
        """Will change the rules; the pairs tried so far stay on the desk."""
        self.rules = rules
        self.cells = {}

    def _with(self, caps: Cells, tolls: Tolls) -> Cells:
        tolled = {
            (item, code): self.rules.room(item, family)
            for item, family in tolls
            for code in self.rules.cells_of(family)
        }
        caps = {**tolled, **caps}
        return {
            key: min(self.cells.get(key, most), caps.get(key, most)) for key, most in {**self.cells, **caps}.items()
        }

    def _hang(self, excess: tuple[Excess, ...]) -> bool:
        """Will hang cells into the network that alone break a rule; say whether there were any."""
        fresh = {
            (one.item, code): one.most
            for one in excess
            for code, units in one.cells
            if units > one.most * self.parts.whole
        }
        self.cells |= {key: min(most, self.cells.get(key, most)) for key, most in fresh.items()}
        return bool(fresh)

    def _on_known(self, layout: Layout) -> Solved:
        """Will solve on the pairs known, and on more of them while too few lead out of some set of nodes."""
        while True:
            item, reviewer = np.divmod(self.known, len(self.problem.reviewers))
            fit = fit_of(self.problem, item, reviewer)
            built = network(layout, item, reviewer, fit, self.parts)
            try:
                self.solves += 1
                return self._flow(layout, built, (item, reviewer, fit))
            except NoFlow as none:
                fresh = crossing(layout, self.drawn, none.side, self.known)
                if not len(fresh):
                    raise Cut(layout, none.side) from none
                self.known = np.union1d(self.known, fresh)

    def _flow(self, layout: Layout, built: Network, pairs: tuple[Whole, Whole, Real]) -> Solved:
        item, reviewer, fit = pairs
        weight = self.drawn.of_fits(fit, item, reviewer)
        cost = np.zeros(built.arcs, dtype=np.int64)
        # Also where any flow would do: the only heaviest one sends every solver down the same road.
        cost[: len(item)] = -weight
        cost[built.arcs - len(layout.cell_keys) :] = layout.cell_tolls
        flow = cheapest(built, [cost], solver=self.solver)
        used = np.flatnonzero(flow.amount[: len(item)])
        units = flow.amount[used]
        refund = sum(price * self.rules.room(*key) for key, price in layout.tolls.items()) * self.parts.whole
        return Solved(
            item=item[used],
            reviewer=reviewer[used],
            fit=fit[used],
            units=units,
            weight=int(weight[used] @ units),
            bound=refund - flow.costs[0],
            layout=layout,
            potential=layout.lifted(flow.potentials[0]),
            priced=0,
            excess=tuple(self.rules.excesses(item[used], reviewer[used], fit[used], units, self.parts.whole)),
        )
