"""In which order a slate stands and what follows from quota and reserve list: the same facts give the same order.

Equal scores are told apart by the tie rule that the call stated. A draw is HMAC-SHA256 with the sealed seed as key and
`slate REFERENCE` as message, in hexadecimal; the higher one comes first. The order of rows never enters.
"""

import hmac
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from itertools import groupby
from typing import NamedTuple

from accord.programmes.enums import Outcome, TieRule


class Entry(NamedTuple):
    """What the order of one application goes by; `fixed` is an outcome that somebody chose by hand."""

    key: int
    reference: str
    score: Decimal | None
    submitted_at: datetime
    fixed: str = ""


class Ordered(NamedTuple):
    """Where an application stands on a slate, and what is proposed for it; empty where the office has to decide.

    `tie` numbers the groups of equal scores from 1; 0 where nobody has the same. `draw` stands only for those in one.
    """

    key: int
    reference: str
    score: Decimal | None
    rank: int
    tie: int = 0
    draw: str = ""
    outcome: str = ""


@dataclass(frozen=True, slots=True)
class Terms:
    """What an order is made by."""

    tie_rule: str
    seed: str
    quota: int | None
    reserve_length: int


def draw_of(seed: str, reference: str) -> str:
    """Return the draw of an application in hexadecimal; the higher one comes first."""
    return hmac.digest(seed.encode(), f"slate {reference}".encode(), "sha256").hex()


def order_of(entries: Iterable[Entry], terms: Terms) -> list[Ordered]:
    """Return applications from the best score down, with what is proposed for each; those without a score come last."""
    rows = list(entries)
    scored = sorted((one for one in rows if one.score is not None), key=lambda one: one.score or 0, reverse=True)
    placed: list[Ordered] = []
    tie = 0
    for _score, group in groupby(scored, key=lambda one: one.score):
        equals = list(group)
        tie += len(equals) > 1
        placed += _apart(equals, terms, tie if len(equals) > 1 else 0, len(placed))
    silent = sorted((one for one in rows if one.score is None), key=lambda one: one.reference)
    placed += [Ordered(one.key, one.reference, None, len(scored) + 1) for one in silent]
    return _with_outcomes(placed, {one.key: one.fixed for one in rows if one.fixed}, terms)


def _apart(equals: Sequence[Entry], terms: Terms, tie: int, before: int) -> list[Ordered]:
    """Return a group of equal scores in its order; where the office decides they share their rank."""
    if not tie:
        one = equals[0]
        return [Ordered(one.key, one.reference, one.score, before + 1)]
    drawn = {one.key: draw_of(terms.seed, one.reference) for one in equals} if _is_drawn(terms) else {}
    ordered = sorted(equals, key=lambda one: one.reference)
    if drawn:
        ordered.sort(key=lambda one: drawn[one.key], reverse=True)
    elif terms.tie_rule == TieRule.EARLIER:
        ordered.sort(key=lambda one: one.submitted_at)
    shared = not drawn and terms.tie_rule != TieRule.EARLIER
    return [
        Ordered(one.key, one.reference, one.score, before + 1 + (0 if shared else place), tie, drawn.get(one.key, ""))
        for place, one in enumerate(ordered)
    ]


def _is_drawn(terms: Terms) -> bool:
    return terms.tie_rule == TieRule.LOTTERY and bool(terms.seed)


def _with_outcomes(placed: Sequence[Ordered], fixed: dict[int, str], terms: Terms) -> list[Ordered]:
    """Return the same with what is proposed: what was chosen by hand takes its seats first."""
    chosen = list(fixed.values())
    free = [one for one in placed if one.key not in fixed and one.score is not None]
    seats = len(free) if terms.quota is None else max(0, terms.quota - chosen.count(Outcome.ACCEPT))
    reserve = max(0, terms.reserve_length - chosen.count(Outcome.RESERVE))
    outcomes = {one.key: _by_place(place, seats, reserve) for place, one in enumerate(free)}
    if terms.tie_rule != TieRule.EARLIER and not _is_drawn(terms):
        _leave_to_the_office(free, outcomes)
    outcomes |= fixed
    return [one._replace(outcome=outcomes.get(one.key, "")) for one in placed]


def _by_place(place: int, seats: int, reserve: int) -> str:
    if place < seats:
        return Outcome.ACCEPT
    return Outcome.RESERVE if place < seats + reserve else Outcome.DECLINE


def _leave_to_the_office(free: Sequence[Ordered], outcomes: dict[int, str]) -> None:
    """Propose nothing for equals who lie across a border that nobody drew."""
    for tie, group in groupby(free, key=lambda one: one.tie):
        equals = list(group)
        if tie and len({outcomes[one.key] for one in equals}) > 1:
            outcomes |= dict.fromkeys((one.key for one in equals), "")
