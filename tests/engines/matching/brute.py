"""The slow, obvious side: every outcome of a tiny market, and stability straight from its definition.

An outcome is a tuple with the slot of every applicant in a layout, or -1.
"""

from collections.abc import Callable, Iterator
from itertools import pairwise, product

from accord.engines.matching import NOBODY, Market
from accord.engines.matching._layout import Layout

Held = tuple[int, ...]
Worth = Callable[[int], object]


def feasible(plan: Layout, held: Held) -> bool:
    """Return whether no cap on any node is passed."""
    return all(load <= cap for load, cap in zip(loads(plan, held), plan.cap.tolist(), strict=True))


def loads(plan: Layout, held: Held) -> list[int]:
    """Return how many people stand under each node."""
    load = [0] * len(plan.parent)
    for who, slot in enumerate(held):
        for node in path(plan, slot):
            load[node] += int(plan.size[who])
    return load


def path(plan: Layout, slot: int) -> list[int]:
    """Return the nodes over a slot, lowest first."""
    found = []
    node = int(plan.leaf[slot]) if slot != NOBODY else NOBODY
    while node != NOBODY:
        found.append(node)
        node = int(plan.parent[node])
    return found


def outcomes(plan: Layout) -> Iterator[Held]:
    """Yield every feasible outcome."""
    starts = plan.start.tolist()
    lists = [[*range(first, last), NOBODY] for first, last in pairwise(starts)]
    return (held for held in product(*lists) if feasible(plan, held))


def stable(plan: Layout, worth: Worth | None = None, rank: Worth | None = None) -> Iterator[Held]:
    """Yield every outcome without a blocking pair."""
    return (held for held in outcomes(plan) if not blocking(plan, held, worth, rank))


def blocking(plan: Layout, held: Held, worth: Worth | None = None, rank: Worth | None = None) -> list[tuple[int, int]]:
    """Return every pair of applicant and slot who would rather have each other.

    ``worth`` is what the limits go by (higher is better), by default the strict key; ``rank`` what the applicants go
    by (lower is better), by default the order of slots. Somebody's own seat is given up like anybody else's: only
    for a slot where the limits like that person more. See ``weakly_blocking`` for scores with ties.
    """
    worth = worth or (lambda slot: int(plan.key[slot]))
    rank = rank or (lambda slot: slot)
    return [
        (who, slot)
        for who in range(len(held))
        for slot in range(int(plan.start[who]), int(plan.start[who + 1]))
        if (held[who] == NOBODY or rank(slot) < rank(held[who])) and _fits(plan, held, slot, worth)  # type: ignore[operator]
    ]


def weakly_blocking(market: Market, plan: Layout, held: Held) -> list[tuple[int, int]]:
    """Return the pairs that block by reserved seat, score and stated rank alone: draws give nobody a claim."""
    return blocking(
        plan, held, lambda slot: worth_of(market, plan, slot), lambda slot: int(market.rank[plan.edge[slot]])
    )


def worth_of(market: Market, plan: Layout, slot: int) -> tuple[int, float]:
    """Return what a slot is worth to the limits when draws do not count."""
    return int(plan.seat[slot]), float(market.score[plan.edge[slot]])


def _fits(plan: Layout, held: Held, slot: int, worth: Worth) -> bool:
    """Return whether the slot has room beside everybody, or beside all but one who is worth less."""
    seats = [one for one in held if one != NOBODY]
    if _room(plan, [*seats, slot]):
        return True
    worse = [one for one in seats if worth(one) < worth(slot)]  # type: ignore[operator]
    return any(
        _room(plan, [*(one for one in seats if one != gone), slot]) for gone in worse if _same_top(plan, gone, slot)
    )


def _room(plan: Layout, slots: list[int]) -> bool:
    load = [0] * len(plan.parent)
    for slot in slots:
        for node in path(plan, slot):
            load[node] += 1
    return all(one <= cap for one, cap in zip(load, plan.cap.tolist(), strict=True))


def _same_top(plan: Layout, one: int, other: int) -> bool:
    return path(plan, one)[-1] == path(plan, other)[-1]
