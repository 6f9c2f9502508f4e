"""One draw from chances: every sum on the way is rounded down or up, and every chance is met exactly.

Dependent rounding (Gandhi, Khuller, Parthasarathy and Srinivasan 2006) on a flow: while some arcs carry parts of a
review, they contain a cycle, because what flows into a node in whole reviews also flows out so. Something is sent
around it, one way or the other, just enough to make an arc whole, with the odds that leave every mean as it was.
"""

from collections.abc import Iterator
from hashlib import blake2b

import numpy as np

from accord.engines.assignment.types import Whole

STEP = 1 << 64


def rounded(tail: Whole, head: Whole, amount: Whole, whole: int, seed: str) -> Whole:
    """Will draw whole reviews for a flow in parts of a review (``whole`` of them are one); both int64 (arcs).

    Every node must send and take whole reviews. Each arc comes out as its parts rounded down or up, with a mean of
    exactly its parts. The same flow and seed give the same draw. Cost: the lengths of the cycles, one an arc at most.
    """
    parts = (amount % whole).tolist()
    ends = list(zip(tail.tolist(), head.tolist(), strict=True))
    at_node: dict[int, list[int]] = {}
    for arc in np.flatnonzero(amount % whole).tolist():
        for node in ends[arc]:
            at_node.setdefault(node, []).append(arc)
    ups = [0] * len(parts)
    draws = _draws(seed)
    for start in sorted(at_node):
        _settle(start, at_node, ends, (parts, ups), whole, draws)
    return amount // whole + np.array(ups, dtype=np.int64)


def _draws(seed: str) -> Iterator[int]:
    number = 0
    while True:
        yield int.from_bytes(blake2b(f"{seed}\n{number}".encode(), digest_size=8, person=b"rounding").digest())
        number += 1


def _settle(
    start: int,
    at_node: dict[int, list[int]],
    ends: list[tuple[int, int]],
    state: tuple[list[int], list[int]],
    whole: int,
    draws: Iterator[int],
) -> None:
    """Will walk from ``start`` along arcs in parts and make each cycle that closes whole somewhere."""
    parts = state[0]
    path, walked = [start], list[int]()
    place = {start: 0}
    while path:
        arc = _next_arc(at_node[path[-1]], parts, walked[-1] if walked else -1)
        if arc is None:
            # Nothing in parts is left here, so nothing is left at the start either: the walk is over.
            return
        tail, head = ends[arc]
        node = head if tail == path[-1] else tail
        walked.append(arc)
        if node not in place:
            place[node] = len(path)
            path.append(node)
            continue
        since = place[node]
        _turn(list(zip(path[since:], walked[since:], strict=True)), ends, state, whole, next(draws))
        for gone in path[since + 1 :]:
            del place[gone]
        del path[since + 1 :], walked[since:]


def _next_arc(arcs: list[int], parts: list[int], last: int) -> int | None:
    """Will find an arc in parts other than the last one walked; those that are whole are dropped on the way."""
    for back in range(len(arcs) - 1, -1, -1):
        if not parts[arcs[back]]:
            del arcs[back]
        elif arcs[back] != last:
            return arcs[back]
    return None


def _turn(
    cycle: list[tuple[int, int]],
    ends: list[tuple[int, int]],
    state: tuple[list[int], list[int]],
    whole: int,
    draw: int,
) -> None:
    """Will send something around a cycle of (node left, arc), forth or back."""
    parts, ups = state
    along = [(arc, 1 if ends[arc][0] == node else -1) for node, arc in cycle]
    forth = min(whole - parts[arc] if sign > 0 else parts[arc] for arc, sign in along)
    back = min(parts[arc] if sign > 0 else whole - parts[arc] for arc, sign in along)
    # Forth with odds back : forth, so that the mean change is 0.
    change = forth if draw * (forth + back) < back * STEP else -back
    for arc, sign in along:
        parts[arc] += sign * change
        if parts[arc] == whole:
            parts[arc], ups[arc] = 0, 1
