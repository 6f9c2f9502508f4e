"""Priority order: one applicant after another takes the best place that is left (serial dictatorship).

The order is by each applicant's best score, equal ones by the single draw. Guarantee: Pareto-efficient, and
strategy-proof where an applicant has the same score everywhere, so that the order does not hang on the list.
Not stable. Cost: O(slots x depth). Source: Svensson 1999.
"""

import numpy as np

from accord.engines.matching._layout import Layout
from accord.engines.matching._limits import limits_of
from accord.engines.matching._lottery import draws_of
from accord.engines.matching.types import NOBODY, Flags, Ints, Lottery, Market


def hold(market: Market, plan: Layout, lottery: Lottery) -> Ints:
    """Return the slot that each applicant gets, or -1."""
    limits = limits_of(plan)
    chain, room, leaf = limits.chains(), limits.cap.tolist(), plan.leaf.data
    start = plan.start.tolist()
    held = [NOBODY] * len(market.applicants)
    for one in turns(market, plan, lottery).tolist():
        for slot in range(start[one], start[one + 1]):
            path = chain[leaf[slot]]
            if all(room[node] > 0 for node in path):
                for node in path:
                    room[node] -= 1
                held[one] = slot
                break
    return np.array(held, np.int64)


def turns(market: Market, plan: Layout, lottery: Lottery) -> Ints:
    """Return whoever has a slot, first whose turn is first."""
    people = np.flatnonzero(np.diff(plan.start))
    if not len(people):
        return people
    # Whoever has no slot owns an empty stretch, so the next stretch begins where the last one with slots ended.
    best = np.maximum.reduceat(market.score[plan.edge], plan.start[people])
    tied = _tied(best)
    luck = np.zeros(len(people), np.uint64)
    luck[tied] = draws_of(lottery.seed, (market.applicants[one] for one in people[tied]))
    # Ascending by what should come last, so the whole order is turned round; ids decide between equal draws.
    return people[np.lexsort((-people, luck, best))[::-1]]


def _tied(best: np.ndarray[tuple[int], np.dtype[np.float64]]) -> Flags:
    _, group, count = np.unique(best, return_inverse=True, return_counts=True)
    return np.asarray(count[group] > 1)
