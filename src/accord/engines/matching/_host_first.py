"""Deferred acceptance proposed by the hosts: the stable outcome that is worst for every applicant. For analysis.

Each topmost limit offers to the best it may take under all limits below it; applicants keep their best offer.
Guarantee: stable; with the applicants' side it bounds every stable outcome, by the lattice of stable outcomes for
substitutes (Hatfield and Milgrom 2005; Fleiner 2003). It is not strategy-proof for applicants. Cost: O(slots x
depth) for each round of offers.
"""

import numpy as np

from accord.engines.matching._layout import Layout
from accord.engines.matching._limits import Limits, limits_of
from accord.engines.matching.types import NOBODY, Flags, Ints


def hold(plan: Layout) -> Ints:
    """Return the slot that each applicant gets, or -1."""
    limits = limits_of(plan, many_offers=True)
    people = len(plan.start) - 1
    owner = np.repeat(np.arange(people), np.diff(plan.start))
    worst = np.iinfo(np.int64).max
    alive = np.arange(len(plan.leaf))
    best = np.full(people, worst, np.int64)
    while True:
        chosen = alive[_offered(plan, limits, alive)]
        offer = best.copy()
        np.minimum.at(offer, owner[chosen], chosen)
        # An offer once made stands until the applicant declines it, for hosts' choices are substitutes. So whatever
        # is worse than the best offer would be declined, now or later, and is taken out before it is made.
        keeps = alive <= offer[owner[alive]]
        if keeps.all():
            return np.where(offer < worst, offer, NOBODY)
        # At least one slot went, so there are at most as many rounds as slots.
        alive, best = alive[keeps], offer


def _offered(plan: Layout, limits: Limits, alive: Ints) -> Flags:
    """Return which of these slots the hosts choose: the best under every limit, the lowest limits first."""
    chosen = np.ones(len(alive), np.bool_)
    for level in limits.levels:
        left = np.flatnonzero(chosen)
        slot = alive[left]
        node = level[plan.leaf[slot]]
        order = np.argsort(node * (len(plan.key) + 1) - plan.key[slot])
        node = node[order]
        first = np.searchsorted(node, node)
        chosen[left[order[np.arange(len(node)) - first >= limits.cap[node]]]] = False
    return chosen
