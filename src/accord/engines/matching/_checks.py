"""Refuses a market that contradicts itself: fixed places, reserves and couples."""

from collections import Counter
from collections.abc import Sequence

import numpy as np

from accord.engines.matching._tree import sums_below
from accord.engines.matching.errors import (
    BadCouple,
    BadReserve,
    ClashingFixed,
    FixedOverCapacity,
    UnknownApplicant,
    UnknownProgramme,
)
from accord.engines.matching.records import JointChoice, ReservedSeats
from accord.engines.matching.types import NOBODY, Couple, Market, Reserve


def refuse_clashes(market: Market) -> None:
    """Refuse people fixed twice, fixed where they are barred, or fixed over a limit."""
    fixed = np.flatnonzero(market.fixed)
    if not len(fixed):
        return
    owner = market.applicant_of
    barred = fixed[market.bar[fixed] != 0]
    if len(barred):
        edge = barred[0]
        names = (market.applicants[owner[edge]], market.programmes[market.programme[edge]])
        raise ClashingFixed(*names, reason="fixed-and-barred")
    twice = np.flatnonzero(np.bincount(owner[fixed], minlength=1) > 1)
    if len(twice):
        held = [market.programmes[market.programme[edge]] for edge in fixed if owner[edge] == twice[0]]
        raise ClashingFixed(market.applicants[twice[0]], *held)
    _refuse_full(market, fixed)


def _refuse_full(market: Market, fixed: np.ndarray[tuple[int], np.dtype[np.int64]]) -> None:
    owner = market.applicant_of
    load = np.zeros(len(market.tree.label), np.int64)
    np.add.at(load, market.programme[fixed], market.size[owner[fixed]])
    load = sums_below(market.tree, load)
    for node in np.flatnonzero(load > market.tree.cap)[:1].tolist():
        under = [edge for edge in fixed if node in market.tree.path(int(market.programme[edge]))]
        names = [market.applicants[owner[edge]] for edge in under]
        raise FixedOverCapacity(market.tree.label[node], *names, detail=str(load[node]))


def reserves_of(rows: Sequence[ReservedSeats], market: Market) -> tuple[Reserve, ...]:
    """Return the reserves by index; refuse unknown names, doubles, and more seats than a programme has."""
    programme = {name: number for number, name in enumerate(market.programmes)}
    group = {name: number for number, name in enumerate(market.groups)}
    seats: Counter[int] = Counter()
    found: dict[tuple[int, int], Reserve] = {}
    for row in rows:
        if row.programme not in programme:
            raise UnknownProgramme(f"the reserve for {row.group}", row.programme)
        if row.group not in group:
            raise BadReserve(row.programme, row.group, reason="unknown-group")
        key = (programme[row.programme], group[row.group])
        if key in found:
            raise BadReserve(row.programme, row.group, reason="duplicate-reserve")
        seats[key[0]] += row.seats
        if row.seats < 0 or seats[key[0]] > market.tree.cap[key[0]]:
            raise BadReserve(row.programme, detail=str(seats[key[0]]))
        found[key] = Reserve(*key, row.seats, row.opens_up)
    return tuple(found[key] for key in sorted(found))


def couples_of(rows: Sequence[JointChoice], market: Market) -> tuple[Couple, ...]:
    """Return the joint applications by index; refuse unknown people, one person twice, and empty lists."""
    applicant = {name: number for number, name in enumerate(market.applicants)}
    programme = {name: number for number, name in enumerate(market.programmes)}
    seen: set[str] = set()
    found = []
    for row in rows:
        both = (row.first, row.second)
        for name in both:
            if name not in applicant:
                raise UnknownApplicant("A joint application", name)
        if row.first == row.second or seen & set(both):
            raise BadCouple(*both)
        if not row.choices:
            raise BadCouple(*both, reason="couple-without-choices")
        seen |= set(both)
        pairs = []
        for pair in row.choices:
            missing = [name for name in pair if name is not None and name not in programme]
            if missing:
                raise UnknownProgramme(f"{row.first}, {row.second}", missing[0])
            pairs.append(tuple(NOBODY if name is None else programme[name] for name in pair))
        found.append(Couple(applicant[row.first], applicant[row.second], tuple((a, b) for a, b in pairs)))
    return tuple(found)
