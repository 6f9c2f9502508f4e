"""A fair spread: as many people as possible, then the best profile of choices, then the luck of the draw.

Exact by min-cost flow, one stage for each aim (Irving, Kavitha, Mehlhorn, Michail and Paluch, 2006; Kwanashie,
Irving, Manlove and Sng, 2014). Scores are not looked at, so the result need not be stable.
"""

from typing import Final

import numpy as np

from accord.engines.flow import Flow, NoFlow, Solver, cheapest
from accord.engines.matching._layout import Layout
from accord.engines.matching._lottery import draws_of
from accord.engines.matching._network import fixed_load, need_of, network_of, stages_of
from accord.engines.matching._running import Answer, Question, choose_running
from accord.engines.matching.errors import MinimumUnreachable, NotSupported
from accord.engines.matching.types import NOBODY, Closure, FlowProof, Ints, Lottery, Market, Spread

# So many flows are solved at most in search of what to close, before the published order decides.
MOST_TRIES: Final = 400


def spread(
    market: Market,
    plan: Layout,
    lottery: Lottery,
    objective: Spread,
    *,
    must_run: bool = False,
    solver: Solver = Solver.AUTO,
    tries: int = MOST_TRIES,
) -> tuple[Ints, FlowProof, tuple[Closure, ...]]:
    """Return the slot of every applicant or -1, the proof that no spread beats it, and the nodes that do not run.

    A node with a minimum runs with at least that many or not at all. Which ones run is chosen to the best of the
    objective, over all choices, as long as ``tries`` flows suffice; else they are closed in the published order,
    and the proof says that not all choices were weighed. With ``must_run`` all of them run.

    Raises ``NotSupported`` for teams and joint applications, ``MinimumUnreachable`` where not all can run.
    """
    _refuse_groups(market, plan)
    labels = (f"closing\0{label}" for label in market.tree.label)
    draw = np.concatenate((draws_of(lottery.seed, labels), np.zeros(len(plan.parent), np.uint64)))[: len(plan.parent)]
    question = Question(plan, need_of(market, plan), stages_of(market, plan, lottery, objective), draw, solver)
    answer = _all_running(market, question) if must_run else choose_running(question, tries)
    fixed = fixed_load(market, plan)
    closures = tuple(
        Closure(one.node, one.had + int(fixed[one.node]), int(market.tree.floor[one.node])) for one in answer.shut
    )
    slot = _slots(plan, answer.flow)
    return slot, _proof(question, answer, slot), closures


def _refuse_groups(market: Market, plan: Layout) -> None:
    if market.couples:
        one = market.couples[0]
        names = (market.applicants[one.first], market.applicants[one.second])
        raise NotSupported(*names, reason="spread-with-couples")
    teams = np.flatnonzero((plan.size > 1) & (np.diff(plan.start) > 0))
    if len(teams):
        raise NotSupported(*(market.applicants[one] for one in teams), reason="spread-with-teams")


def _all_running(market: Market, question: Question) -> Answer:
    must = tuple(np.flatnonzero(question.need).tolist())
    try:
        return Answer(question.best(must=must), (), exhaustive=True)
    except NoFlow as witness:
        raise _in_words(market, question, *_fewest(question, must, witness)) from None


def _fewest(question: Question, must: tuple[int, ...], witness: NoFlow) -> tuple[tuple[int, ...], NoFlow]:
    """Return minimums that cannot be kept together, though any of them left out the others can; and why not."""
    must = _crossing(question, must, witness)
    for node in must:
        rest = tuple(one for one in must if one != node)
        try:
            cheapest(network_of(question.plan, question.need, must=rest), [])
        except NoFlow as smaller:
            witness, must = smaller, _crossing(question, rest, smaller)
    return must, witness


def _crossing(question: Question, must: tuple[int, ...], witness: NoFlow) -> tuple[int, ...]:
    """Return the nodes whose minimums cross into the side of the witness: the others have no part in it."""
    people, network = len(question.plan.size), network_of(question.plan, question.need, must=must)
    entering = witness.side[network.head] & ~witness.side[network.tail] & (network.lower > 0)
    return tuple((network.tail[entering] - people).tolist())


def _in_words(market: Market, question: Question, must: tuple[int, ...], witness: NoFlow) -> MinimumUnreachable:
    # What is missing is the same however the rest is counted, so the minimums less that is what can be had.
    needed = int(question.need[list(must)].sum())
    names = (market.tree.label[node] for node in must)
    return MinimumUnreachable(*names, needed=needed, possible=needed - (witness.needed - witness.possible))


def _slots(plan: Layout, flow: Flow) -> Ints:
    slot = np.full(len(plan.size), NOBODY, np.int64)
    taken = np.flatnonzero(flow.amount[: len(plan.leaf)])
    slot[np.searchsorted(plan.start, taken, side="right") - 1] = taken
    return slot


def _proof(question: Question, answer: Answer, slot: Ints) -> FlowProof:
    return FlowProof(
        stages=tuple(stage.name for stage in question.stages),
        totals=answer.flow.costs,
        potentials=answer.flow.potentials,
        slots=slot,
        exhaustive=answer.exhaustive,
    )
