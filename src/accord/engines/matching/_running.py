"""Which programmes and limits run in a fair spread, where some run only with a minimum or not at all.

To choose them best is hard in general (Biro, Fleiner, Irving and Manlove, 2010). Here the best choice is searched
by branch and bound: solved without a minimum, a spread can only be better, so the first one that keeps all of them
is the best. Where that takes too long, nodes are closed one by one in the published order.
"""

from dataclasses import dataclass
from heapq import heappop, heappush
from itertools import count
from typing import NamedTuple

import numpy as np

from accord.engines.flow import Flow, NoFlow, Solver, cheapest
from accord.engines.matching._layout import Layout
from accord.engines.matching._lottery import Draw
from accord.engines.matching._network import Stage, network_of
from accord.engines.matching.types import Flags, Ints


class Shut(NamedTuple):
    """A node of the layout that was closed, with what it had when it was."""

    node: int
    had: int


@dataclass(frozen=True, slots=True, eq=False)
class Question:
    """What is to be spread: the layout, what each node needs to run, the aims, and each node's closing draw."""

    plan: Layout
    need: Ints
    stages: tuple[Stage, ...]
    draw: Draw
    solver: Solver

    def best(self, shut: tuple[Shut, ...] = (), must: tuple[int, ...] = ()) -> Flow:
        """Return the best flow with these nodes shut and those with their minimum; raise ``NoFlow`` for none."""
        network = network_of(self.plan, self.need, closed=[one.node for one in shut], must=must)
        return cheapest(network, [stage.cost for stage in self.stages], solver=self.solver)

    def load(self, flow: Flow) -> Ints:
        """Return how many people are newly placed under every node."""
        return flow.amount[len(flow.amount) - len(self.plan.parent) :]

    def worst(self, load: Ints, among: Flags) -> int:
        """Return the node that lacks most people, of equal ones the one with the lower draw; -1 for none."""
        lacking = np.flatnonzero(among)
        if not len(lacking):
            return -1
        return int(lacking[np.lexsort((lacking, self.draw[lacking], load[lacking] - self.need[lacking]))[0]])


@dataclass(frozen=True, slots=True, eq=False)
class Answer:
    """The flow that was chosen, what was shut, in order, and whether all other choices are known to be no better."""

    flow: Flow
    shut: tuple[Shut, ...]
    exhaustive: bool


def choose_running(question: Question, tries: int) -> Answer:
    """Return the best spread over all choices of what to shut, or the published order's after so many flows."""
    ticket = count()
    heap = [_branch(question, next(ticket), (), ())]
    for _ in range(tries):
        # Least totals first: whatever waits is no better without its minimums, so none can be with them.
        _, _, flow, shut, must = heappop(heap)
        load = question.load(flow)
        node = question.worst(load, (load > 0) & (load < question.need))
        if node < 0:
            return Answer(flow, _with_empty(question, load, shut), exhaustive=True)
        # The heap cannot run dry: the empty spread, with all shut, fits one of the branches at all times.
        for more in (((*shut, Shut(node, int(load[node]))), must), (shut, (*must, node))):
            try:
                heappush(heap, _branch(question, next(ticket), *more))
            except NoFlow:
                continue
    return in_published_order(question)


def in_published_order(question: Question) -> Answer:
    """Return the spread after shutting the node that lacks most people, again and again, until all that run may."""
    shut: tuple[Shut, ...] = ()
    while True:
        flow = question.best(shut)
        load = question.load(flow)
        node = question.worst(load, (load < question.need) & ~_below(question, shut))
        if node < 0:
            return Answer(flow, shut, exhaustive=not shut)
        # One node more is shut in every round, so there are no more rounds than nodes.
        shut = (*shut, Shut(node, int(load[node])))


Branch = tuple[tuple[int, ...], int, Flow, tuple[Shut, ...], tuple[int, ...]]


def _branch(question: Question, ticket: int, shut: tuple[Shut, ...], must: tuple[int, ...]) -> Branch:
    flow = question.best(shut, must)
    return flow.costs, ticket, flow, shut, must


def _with_empty(question: Question, load: Ints, shut: tuple[Shut, ...]) -> tuple[Shut, ...]:
    """Return what was shut, then the nodes nobody came to, from the top; those below a shut one are not listed."""
    depth = (question.plan.paths() >= 0).sum(axis=1)
    empty = np.flatnonzero((load == 0) & (question.need > 0))
    for node in empty[np.lexsort((question.draw[empty], depth[empty]))].tolist():
        if not _below(question, shut)[node]:
            shut = (*shut, Shut(node, 0))
    return shut


def _below(question: Question, shut: tuple[Shut, ...]) -> Flags:
    """Return which nodes are shut, or lie under one that is."""
    return np.asarray(np.isin(question.plan.paths(), [one.node for one in shut]).any(axis=1))
