"""Finds every single, team or couple with cause to complain, from the seats alone and by a path of its own.

A party blocks when it prefers other slots to what it holds, and every limit over those slots has room for it beside
all people there whose score is at least as high. A seat of its own that it would give up counts against it only with
a higher score: a limit would then lose by the move. Of a couple, the member with
the higher score counts beside the other one wherever a limit holds both: each limit would choose both. For singles
this is weak stability; for couples the notion of Roth and Peranson (1999), for teams that of McDermid and Manlove
(2010): everybody weaker may have to leave, never somebody equal.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from accord.engines.matching._layout import Layout, fixed_edges
from accord.engines.matching._levels import score_levels, wish_levels
from accord.engines.matching.types import NOBODY, Couple, Ints, Market


@dataclass(frozen=True, slots=True)
class JointBlock:
    """Applicants who would rather have these programmes (-1: none), each against the seat of a slot."""

    people: tuple[int, ...]
    programmes: tuple[int, ...]
    slots: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Seated:
    """For every node the levels of those under it, rising, and how many people sit at that level or above."""

    level: list[list[int]]
    above: list[list[int]]
    path: list[list[int]]
    cap: list[int]
    size: list[int]
    score: list[int]
    held: list[int]
    fixed: list[int]

    def as_good(self, node: int, level: int) -> int:
        """Return how many people under a node have at least this level."""
        return self.above[node][bisect_left(self.level[node], level)]


def joint_blocks(market: Market, plan: Layout, held: Ints) -> list[JointBlock]:
    """Return for every party that blocks the best slots it could claim; empty exactly when the outcome is stable.

    ``held`` is the slot of every applicant, or -1. A couple that holds a pair it never asked for counts as holding
    nothing.
    """
    seated = _seated(market, plan, held)
    wish = wish_levels(market, plan).tolist()
    joined = {one for couple in market.couples for one in (couple.first, couple.second)}
    found = []
    for who in range(len(plan.size)):
        if who not in joined:
            found += _claim(market, plan, seated, (who,), _wanted_alone(plan, wish, held, who))
    for couple in market.couples:
        wanted = _wanted_together(market, plan, seated, couple)
        found += _claim(market, plan, seated, (couple.first, couple.second), wanted)
    return found


def _claim(
    market: Market, plan: Layout, seated: _Seated, people: tuple[int, ...], wanted: Iterator[tuple[int, ...]]
) -> list[JointBlock]:
    for slots in wanted:
        if _could_have(seated, people, slots):
            programmes = (NOBODY if slot == NOBODY else int(market.programme[plan.edge[slot]]) for slot in slots)
            return [JointBlock(people, tuple(programmes), slots)]
    return []


def _wanted_alone(plan: Layout, wish: Sequence[int], held: Ints, who: int) -> Iterator[tuple[int, ...]]:
    for slot in range(int(plan.start[who]), int(plan.start[who + 1])):
        if held[who] == NOBODY or wish[slot] < wish[held[who]]:
            yield (slot,)


def _wanted_together(market: Market, plan: Layout, seated: _Seated, couple: Couple) -> Iterator[tuple[int, ...]]:
    """Yield the pairs of slots preferred to what a couple holds, up to that pair itself."""
    now = (seated.held[couple.first], seated.held[couple.second])
    for pair_wanted in couple.choices:
        ones, others = (
            _seats(market, plan, seated.fixed[who], who, programme)
            for who, programme in zip((couple.first, couple.second), pair_wanted, strict=True)
        )
        pairs = [(x + y, x, (one, other)) for x, one in enumerate(ones) for y, other in enumerate(others)]
        for _, _, pair in sorted(pairs):
            if pair == now:
                return
            yield pair


def _seats(market: Market, plan: Layout, fixed: int, who: int, programme: int) -> list[int]:
    """Return the slots of one person in one programme; a place fixed by an edge is had without one."""
    if fixed != NOBODY:
        return [NOBODY] if market.programme[fixed] == programme else []
    if programme == NOBODY:
        return [NOBODY]
    slots = range(int(plan.start[who]), int(plan.start[who + 1]))
    return [slot for slot in slots if market.programme[plan.edge[slot]] == programme]


def _could_have(seated: _Seated, people: tuple[int, ...], slots: tuple[int, ...]) -> bool:
    newcomers = [(who, slot) for who, slot in zip(people, slots, strict=True) if slot != NOBODY]
    for who, slot in newcomers:
        level = seated.score[slot]
        for node in seated.path[slot]:
            filled = seated.as_good(node, level) + seated.size[who]
            filled -= sum(_given_up(seated, one, node, level, slots) for one in people)
            filled += sum(_counts(seated, one, other, node, level) for one, other in newcomers if one != who)
            if filled > seated.cap[node]:
                return False
    return True


def _counts(seated: _Seated, who: int, slot: int, node: int, level: int) -> int:
    """Return how many people somebody in a slot puts under a node at a level or above."""
    return seated.size[who] if slot != NOBODY and node in seated.path[slot] and seated.score[slot] >= level else 0


def _given_up(seated: _Seated, who: int, node: int, level: int, wanted: tuple[int, ...]) -> int:
    """Return how many people somebody takes out of a node that counted against a newcomer of this level.

    A limit lets its own people go for somebody as good, never for somebody weaker; a seat that is kept counts anew.
    """
    slot = seated.held[who]
    same = slot != NOBODY and (slot in wanted or seated.score[slot] == level)
    return _counts(seated, who, slot, node, level) if same else 0


def _seated(market: Market, plan: Layout, held: Ints) -> _Seated:
    score = score_levels(market, plan).tolist()
    paths = [[node for node in path if node >= 0] for path in plan.paths().tolist()]
    path = [paths[leaf] for leaf in plan.leaf.tolist()]
    rows: list[list[tuple[int, int]]] = [[] for _ in paths]
    for who, slot in enumerate(held.tolist()):
        for node in path[slot] if slot != NOBODY else ():
            rows[node].append((score[slot], int(plan.size[who])))
    level, above = [], []
    for row in rows:
        row.sort()
        level.append([one for one, _ in row])
        above.append(list(accumulate((size for _, size in reversed(row)), initial=0))[::-1])
    return _Seated(
        level, above, path, plan.cap.tolist(), plan.size.tolist(), score, held.tolist(), fixed_edges(market).tolist()
    )
