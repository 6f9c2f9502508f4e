"""Deferred acceptance over nested limits, proposed by the applicants: the outcome of "fair match".

Guarantee: stable, best for every applicant among all stable outcomes, and strategy-proof for applicants: each
topmost limit chooses greedily on a laminar matroid, so its choices are substitutes and obey the law of aggregate
demand. Cost: O(slots x depth) beside sorting. Sources: Gale and Shapley 1962; Fleiner 2003; Biró, Fleiner, Irving
and Manlove 2010 for nested common quotas; Abraham, Irving and Manlove 2007 for two levels.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np

from accord.engines.matching._layout import Layout
from accord.engines.matching._limits import Limits, limits_of
from accord.engines.matching._queue import finish
from accord.engines.matching.types import NOBODY, Flags, Ints

# Rounds over arrays pay while many are free at once: this share of all applicants, and at least so many.
CROWD: Final = 0.001
CROWD_LEAST: Final = 50


@dataclass(slots=True)
class _State:
    """Where everybody stands: ``at`` is the slot somebody proposes to or holds, ``held`` the same or -1.

    ``load`` counts the people under a limit, and ``cutoff`` is the best key that it has turned away so far.
    """

    at: Ints
    held: Ints
    load: Ints
    cutoff: Ints


def hold(plan: Layout, *, crowd: int | None = None) -> Ints:
    """Return the slot that each applicant gets, or -1.

    ``crowd`` is the number of free applicants from which rounds are used; it changes speed, never the result.
    """
    limits = limits_of(plan)
    people = len(plan.start) - 1
    nodes = len(limits.cap)
    state = _State(
        at=plan.start[:-1].copy(),
        held=np.full(people, NOBODY, np.int64),
        load=np.zeros(nodes, np.int64),
        cutoff=np.full(nodes, -1, np.int64),
    )
    free = np.arange(people)
    few = max(CROWD_LEAST, int(people * CROWD)) if crowd is None else crowd
    while len(free) > few:
        # Nobody is turned away twice from one slot, so every round moves somebody on and the loop ends.
        free = _let_propose(plan, limits, state, free)
        free = _turn_away(plan, limits, state) if len(free) else free
    if len(free):
        finish(plan, limits, state.at, state.held, state.load, free)
    return state.held


def _let_propose(plan: Layout, limits: Limits, state: _State, free: Ints) -> Ints:
    """Let everybody free propose to the best slot that may still take them; return who could."""
    # Rejections are final: whoever is below a cutoff once is below it for ever, so no proposal there is needed.
    bar = np.full(len(plan.parent), -1, np.int64)
    for level in limits.levels:
        np.maximum(bar, state.cutoff[level], out=bar)
    settled, looking = [], free
    while len(looking):
        looking = looking[state.at[looking] < plan.start[looking + 1]]
        slot = state.at[looking]
        good = plan.key[slot] > bar[plan.leaf[slot]]
        settled.append(looking[good])
        looking = looking[~good]
        state.at[looking] += 1
    proposers = np.concatenate(settled) if settled else free
    state.held[proposers] = state.at[proposers]
    _count(plan, limits, state, state.at[proposers], 1)
    return proposers


def _turn_away(plan: Layout, limits: Limits, state: _State) -> Ints:
    """Let every limit keep its best, the lowest limits first; return who was turned away."""
    away = []
    for level in limits.levels:
        # All limits below hold here. Keeping the best of what they leave is the greedy choice of the matroid.
        over = state.load > limits.cap
        over[-1] = False
        if over[level].any():
            away.append(_cut(plan, limits, state, level, over))
    return np.concatenate(away) if away else np.zeros(0, np.int64)


def _cut(plan: Layout, limits: Limits, state: _State, level: Ints, over: Flags) -> Ints:
    """Turn the worst away from every limit of one level that is over its cap; return them."""
    under = over[level]
    members = np.flatnonzero(under[plan.leaf[state.held]] & (state.held >= 0))
    slot = state.held[members]
    node, key = level[plan.leaf[slot]], plan.key[slot]
    size = np.bincount(node, minlength=len(state.load))
    nodes = np.flatnonzero(size)
    last = np.cumsum(size[nodes]) - limits.cap[nodes] - 1
    # Sorted by limit, then worst first: as many go as are too many, and the last of them is the cutoff.
    width = len(plan.key) + 1
    state.cutoff[nodes] = np.sort(node * width + key)[last] - nodes * width
    leaving = members[key <= state.cutoff[node]]
    _count(plan, limits, state, state.held[leaving], -1)
    state.held[leaving] = NOBODY
    state.at[leaving] += 1
    return leaving


def _count(plan: Layout, limits: Limits, state: _State, slots: Ints, step: int) -> None:
    leaf = plan.leaf[slots]
    for level in limits.levels:
        state.load += step * np.bincount(level[leaf], minlength=len(state.load))
