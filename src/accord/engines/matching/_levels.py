"""What is equal before any draw: slots that a host, or an applicant, has no cause to tell apart."""

import numpy as np

from accord.engines.matching._layout import Layout
from accord.engines.matching.types import Flags, Ints, Market, Seat


def score_levels(market: Market, plan: Layout) -> Ints:
    """Return a number for every slot: higher is preferred by the host, equal where only the draw differs."""
    order = np.argsort(plan.key)
    kept = plan.seat[order] == Seat.RESERVED
    score, top = market.score[plan.edge[order]], _tops(plan)[plan.leaf[order]]
    changes = (score[1:] != score[:-1]) | (kept[1:] != kept[:-1]) | (top[1:] != top[:-1])
    level = np.empty(len(order), np.int64)
    level[order] = np.concatenate(([0], np.cumsum(changes)))[: len(order)]
    return level


def wish_levels(market: Market, plan: Layout) -> Ints:
    """Return a number for every slot: lower is preferred by its applicant, equal where they do not mind.

    The seats of one programme stand in the order of its reserves, unless another programme is liked as much.
    """
    owner, rank = market.applicant_of[plan.edge], market.rank[plan.edge]
    new = np.ones(len(owner), np.bool_)
    new[1:] = (owner[1:] != owner[:-1]) | (rank[1:] != rank[:-1])
    group = np.cumsum(new) - 1
    edges = np.bincount(group, weights=_first_of_edge(plan), minlength=1)
    return np.asarray(np.cumsum(new | (edges[group] < 2)) - 1)  # noqa: PLR2004 - two liked alike make a tie


def owner_of(plan: Layout) -> Ints:
    """Return the applicant of every slot."""
    return np.repeat(np.arange(len(plan.size)), np.diff(plan.start))


def _first_of_edge(plan: Layout) -> Flags:
    first = np.ones(len(plan.edge), np.bool_)
    first[1:] = plan.edge[1:] != plan.edge[:-1]
    return first


def _tops(plan: Layout) -> Ints:
    """Return the topmost node over every node: under another one, scores are not compared with one another."""
    paths = plan.paths()
    return np.asarray(paths[np.arange(len(paths)), (paths >= 0).sum(axis=1) - 1])
