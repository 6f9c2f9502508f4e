"""The slow side for couples and teams: every outcome, and complaints by letting each limit choose.

An outcome is a list with the slot of every applicant in a layout, or -1.
"""

from collections.abc import Iterator
from itertools import product

from tests.engines.matching import brute

from accord.engines.matching import Couple, Market
from accord.engines.matching._layout import Layout, fixed_edges

Held = tuple[int, ...]


def choices_of(market: Market, plan: Layout) -> list[tuple[tuple[int, ...], list[tuple[int, ...]]]]:
    """Return everybody who applies as one, with what they may hold, best first."""
    joined = {one for couple in market.couples for one in (couple.first, couple.second)}
    alone = [who for who in range(len(plan.size)) if who not in joined]
    found = [((who,), [(slot,) for slot in _slots(plan, who)]) for who in alone]
    return found + [((couple.first, couple.second), _pairs(market, plan, couple)) for couple in market.couples]


def outcomes(market: Market, plan: Layout) -> Iterator[Held]:
    """Yield every outcome that keeps the limits and keeps couples together."""
    parties = choices_of(market, plan)
    for options in product(*([None, *wanted] for _, wanted in parties)):
        held = [-1] * len(plan.size)
        for (people, _), slots in zip(parties, options, strict=True):
            for who, slot in zip(people, slots or (), strict=slots is not None):
                held[who] = slot
        if brute.feasible(plan, tuple(held)):
            yield tuple(held)


def complaints(market: Market, plan: Layout, held: Held) -> list[tuple[int, ...]]:
    """Return the people of every party that blocks."""
    return [
        people
        for people, wanted in choices_of(market, plan)
        if any(_all_choose(market, plan, held, people, slots) for slots in _better(market, plan, held, people, wanted))
    ]


def _slots(plan: Layout, who: int) -> list[int]:
    return list(range(int(plan.start[who]), int(plan.start[who + 1])))


def _pairs(market: Market, plan: Layout, couple: Couple) -> list[tuple[int, ...]]:
    found: list[tuple[int, ...]] = []
    for pair in couple.choices:
        ones, others = (
            _seats(market, plan, who, what) for who, what in zip((couple.first, couple.second), pair, strict=True)
        )
        here = sorted((x + y, x, one, other) for x, one in enumerate(ones) for y, other in enumerate(others))
        found += [(one, other) for _, _, one, other in here if (one, other) not in found]
    return found


def _seats(market: Market, plan: Layout, who: int, programme: int) -> list[int]:
    fixed = int(fixed_edges(market)[who])
    if fixed >= 0:
        return [-1] if int(market.programme[fixed]) == programme else []
    if programme < 0:
        return [-1]
    return [slot for slot in _slots(plan, who) if int(market.programme[plan.edge[slot]]) == programme]


def _better(
    market: Market, plan: Layout, held: Held, people: tuple[int, ...], wanted: list[tuple[int, ...]]
) -> list[tuple[int, ...]]:
    now = tuple(held[who] for who in people)
    if now not in wanted:
        return wanted
    before = wanted[: wanted.index(now)]
    if len(people) > 1:
        return before
    rank = market.rank[plan.edge]
    tied = len({int(plan.edge[slot]) for (slot,) in wanted if rank[slot] == rank[now[0]]}) > 1
    return [one for one in before if rank[one[0]] < rank[now[0]] or not tied]


def _all_choose(market: Market, plan: Layout, held: Held, people: tuple[int, ...], wanted: tuple[int, ...]) -> bool:
    nodes = {node for slot in wanted for node in brute.path(plan, slot)}
    return all(_chooses(market, plan, held, people, wanted, node) for node in nodes)


def _chooses(
    market: Market, plan: Layout, held: Held, people: tuple[int, ...], wanted: tuple[int, ...], node: int
) -> bool:
    """Return whether a limit would choose all newcomers from them and those it has, the best first.

    Nobody makes way for an equal, except that a party's own old seats make way for its new ones.
    """
    under = {slot: node in brute.path(plan, slot) for slot in (*held, *wanted)}
    rows = [(slot, 1, who) for who, slot in enumerate(held) if who not in people]
    rows += [(held[who], -1, who) for who in people if held[who] not in wanted]
    rows += [(slot, 0, who) for who, slot in zip(people, wanted, strict=True)]
    filled = 0
    for _, kind, who in sorted(
        [(brute.worth_of(market, plan, slot), *row) for slot, *row in rows if under[slot]], reverse=True
    ):
        filled += int(plan.size[who])
        if kind == 0 and filled > plan.cap[node]:
            return False
    return True
