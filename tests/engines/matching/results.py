"""Small markets and outcomes that several tests of certificates, explanations and records start from."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from accord.engines.matching import (
    Choice,
    Lottery,
    Market,
    Mechanism,
    Outcome,
    Programme,
    Seat,
    digest,
    market_from_records,
    match,
)
from accord.engines.matching._layout import Layout, fixed_edges

LOTTERY = Lottery("a published seed")


def outcome_of(market: Market, plan: Layout, held: Sequence[int], mechanism: Mechanism, lottery: Lottery) -> Outcome:
    """Return the outcome in which everybody holds this slot of a layout, and the fixed their placement."""
    edge = fixed_edges(market)
    seat = np.where(edge >= 0, int(Seat.OPEN), int(Seat.NONE)).astype(np.int64)
    for who, slot in enumerate(held):
        if slot >= 0:
            edge[who], seat[who] = plan.edge[slot], plan.seat[slot]
    return Outcome(mechanism, lottery, edge, seat, digest(market))


def clinic() -> Market:
    """Return four people who want two programmes: A with two places, B with one."""
    rows = [("ann", 90.0), ("bob", 81.5), ("cai", 79.0), ("dee", 60.0)]
    choices = [Choice(who, "A", 1, score) for who, score in rows]
    choices += [Choice(who, "B", 2, score) for who, score in rows]
    return market_from_records(choices, [Programme("A", 2), Programme("B", 1)])


def fair(market: Market) -> Outcome:
    """Return the fair match of a market."""
    return match(market, lottery=LOTTERY)


def swapped(outcome: Outcome, market: Market, one: str, other: str) -> Outcome:
    """Return the outcome in which two people sit in each other's programme, as far as they chose it."""
    a, b = market.applicants.index(one), market.applicants.index(other)
    edge, seat = outcome.edge.copy(), outcome.seat.copy()
    edge[a], edge[b] = _same_place(market, a, outcome.edge[b]), _same_place(market, b, outcome.edge[a])
    seat[a], seat[b] = outcome.seat[b], outcome.seat[a]
    return replace(outcome, edge=edge, seat=seat)


def _same_place(market: Market, who: int, edge: int) -> int:
    if edge < 0:
        return -1
    return next(one for one in market.edges_of(who) if market.programme[one] == market.programme[edge])
