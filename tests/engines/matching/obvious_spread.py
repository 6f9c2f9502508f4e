"""Fair spread the slow way: all outcomes of a tiny market, compared aim by aim, straight from the definitions."""

import hmac
from collections.abc import Iterable

import numpy as np
from tests.engines.matching.brute import Held, loads, outcomes

from accord.engines.matching import NOBODY, Lottery, Market, Spread
from accord.engines.matching._layout import Layout


def best_spread(market: Market, plan: Layout, lottery: Lottery, objective: Spread, *, must_run: bool) -> Held | None:
    """Return the one best outcome that keeps all minimums, or None where there is none."""
    kept = (held for held in outcomes(plan) if keeps_minimums(market, plan, held, must_run=must_run))
    return min(
        kept, key=lambda held: (*worth(market, plan, held, objective), -luck(market, plan, lottery, held)), default=None
    )


def keeps_minimums(market: Market, plan: Layout, held: Held, *, must_run: bool) -> bool:
    """Return whether whatever runs has at least its minimum; with ``must_run``, whether all of it does."""
    tree = market.tree
    new = loads(plan, held)
    fixed = [0] * len(tree.label)
    for edge in np.flatnonzero(market.fixed).tolist():
        for node in tree.path(int(market.programme[edge])):
            fixed[node] += int(market.size[market.applicant_of[edge]])
    return all(
        new[node] + fixed[node] >= least or (new[node] == 0 and not must_run)
        for node, least in enumerate(tree.floor.tolist())
    )


def worth(market: Market, plan: Layout, held: Held, objective: Spread) -> tuple[int, ...]:
    """Return what an objective compares, the first figure first; less is better."""
    ranks = [int(market.rank[plan.edge[slot]]) for slot in held if slot != NOBODY]
    unplaced = len(held) - len(ranks)
    most = int(market.rank.max(initial=0))
    if objective is Spread.GREEDY:
        return unplaced, *(-count for count in _counts(ranks, range(1, most + 1)))
    if objective is Spread.GENEROUS:
        return unplaced, *_counts(ranks, range(most, 0, -1))
    return unplaced, sum(ranks)


def luck(market: Market, plan: Layout, lottery: Lottery, held: Held) -> int:
    """Return the sum of the first 40 bits of everybody's draw."""
    return sum(_draw(market, plan, lottery, slot) for slot in held if slot != NOBODY)


def _draw(market: Market, plan: Layout, lottery: Lottery, slot: int) -> int:
    edge = int(plan.edge[slot])
    place = slot - int(np.flatnonzero(plan.edge == edge)[0])
    who, what = market.applicants[market.applicant_of[edge]], market.programmes[market.programme[edge]]
    drawn = hmac.digest(f"{lottery.seed}\0spread\0{place}".encode(), f"{who}\0{what}".encode(), "sha256")
    return int.from_bytes(drawn[:5], "big")


def _counts(ranks: list[int], levels: Iterable[int]) -> list[int]:
    return [ranks.count(level) for level in levels]
