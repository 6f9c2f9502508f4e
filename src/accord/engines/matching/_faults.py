"""Finds what an outcome may not do whatever its mechanism: limits, bars, reserves, fixed placements, minimums."""

from collections import Counter
from collections.abc import Iterator

import numpy as np

from accord.engines.matching._findings import Breach, Fault
from accord.engines.matching._seating import Seating
from accord.engines.matching.types import (
    ENGINE,
    NOBODY,
    Flags,
    Ints,
    Market,
    Mechanism,
    Outcome,
    ReserveOrder,
    Seat,
)


def shape_faults(market: Market, outcome: Outcome) -> tuple[Fault, ...]:
    """Return why an outcome cannot be read as one of this market at all; empty where it can."""
    people, nodes = len(market.applicants), len(market.tree.label)
    for name, column in (("edge", outcome.edge), ("seat", outcome.seat)):
        if column.shape != (people,) or not np.issubdtype(column.dtype, np.integer):
            return (Fault(Breach.MALFORMED, (), name),)
    if any(not 0 <= one.node < nodes for one in outcome.closures):
        return (Fault(Breach.MALFORMED, (), "closures"),)
    held = outcome.edge != NOBODY
    owned = (outcome.edge >= market.start[:-1]) & (outcome.edge < market.start[1:])
    foreign = np.flatnonzero(held & ~owned)
    faults = _each(market, Breach.NOT_CHOSEN, foreign)
    kinds = np.isin(outcome.seat, [Seat.OPEN, Seat.RESERVED])
    return faults + _each(market, Breach.MALFORMED, np.flatnonzero(kinds != held), "seat")


def faults_of(market: Market, outcome: Outcome, seats: Seating, here: str) -> tuple[Fault, ...]:
    """Return every breach, each with the ids it is about; ``here`` is the digest of the market."""
    found = [*_identity(outcome, here), *_people(market, outcome, seats), *_limits(market, seats)]
    found += _reserves(market, outcome, seats)
    if outcome.mechanism in {Mechanism.FAIR_MATCH, Mechanism.HOST_FIRST}:
        found += _seat_order(market, seats)
    return (*found, *_couples(market, outcome), *_minimums(market, outcome, seats), *_bound(market, outcome))


def _each(market: Market, breach: Breach, people: Ints, detail: str = "") -> tuple[Fault, ...]:
    return tuple(Fault(breach, (market.applicants[person],), detail) for person in people.tolist())


def _identity(outcome: Outcome, here: str) -> Iterator[Fault]:
    if outcome.digest != here:
        yield Fault(Breach.OTHER_MARKET, (outcome.digest, here))
    if outcome.engine != ENGINE:
        yield Fault(Breach.OTHER_ENGINE, (outcome.engine, ENGINE))


def _people(market: Market, outcome: Outcome, seats: Seating) -> Iterator[Fault]:
    placed = np.flatnonzero(outcome.edge >= 0)
    edges = outcome.edge[placed]
    rows: list[tuple[Breach, Ints]] = [
        (Breach.BARRED, placed[market.bar[edges] != 0]),
        (Breach.IN_CLOSED, placed[seats.closed[seats.place[placed]] & ~seats.fixed[placed]]),
        (Breach.FIXED_NOT_KEPT, np.flatnonzero(seats.fixed & ~_holds_fixed(market, outcome))),
    ]
    if outcome.kept is not None and outcome.kept.shape == seats.fixed.shape:
        rows.append((Breach.FIXED_NOT_KEPT, np.flatnonzero(outcome.kept & ~seats.fixed)))
    for breach, people in rows:
        for person in people.tolist():
            edge = int(outcome.edge[person])
            where = (market.programmes[market.programme[edge]],) if edge >= 0 else ()
            yield Fault(breach, (market.applicants[person], *where))


def _holds_fixed(market: Market, outcome: Outcome) -> Flags:
    held = outcome.edge >= 0
    found = np.zeros(len(held), np.bool_)
    found[held] = market.fixed[outcome.edge[held]]
    return found


def _limits(market: Market, seats: Seating) -> Iterator[Fault]:
    # Load and cap both leave out fixed placements, so their difference is that of all people and the whole limit.
    for node in np.flatnonzero((seats.load > seats.cap)[: len(market.tree.label)]).tolist():
        over = int(seats.load[node] - seats.cap[node])
        yield Fault(Breach.OVER_LIMIT, (market.tree.label[node],), f"{int(market.tree.cap[node]) + over}")


def _reserves(market: Market, outcome: Outcome, seats: Seating) -> Iterator[Fault]:
    reserved = np.flatnonzero((outcome.seat == Seat.RESERVED) & ~seats.fixed)
    strange = reserved[~np.isin(seats.place[reserved], list(seats.kept.values()))]
    for person in strange.tolist():
        where = market.programmes[market.programme[outcome.edge[person]]]
        yield Fault(Breach.NOT_IN_GROUP, (market.applicants[person], where))
    for (programme, group), node in seats.kept.items():
        if seats.load[node] > seats.cap[node]:
            yield Fault(Breach.OVER_RESERVE, (market.programmes[programme], market.groups[group]))
    for programme in sorted({one.programme for one in market.reserves}):
        yield from _open_seats(market, seats, programme)


def _open_seats(market: Market, seats: Seating, programme: int) -> Iterator[Fault]:
    """Find too many people in open seats, in all or of one group, whose own reserve cannot hold them as open."""
    pool = int(seats.pool[programme])
    people = np.flatnonzero((seats.place == pool) & ~seats.fixed)
    if seats.load[pool] > seats.cap[pool]:
        yield Fault(Breach.OVER_RESERVE, (market.programmes[programme],))
        return
    for one in market.reserves:
        if one.programme == programme and one.opens_up:
            node = seats.kept[programme, one.group]
            spare = max(0, int(seats.cap[node] - seats.load[node]))
            theirs = int(market.size[people[market.group[people] == one.group]].sum())
            if theirs > seats.cap[pool] - spare:
                yield Fault(Breach.OVER_RESERVE, (market.programmes[programme], market.groups[one.group]))


def _seat_order(market: Market, seats: Seating) -> Iterator[Fault]:
    """Find people who sit in the kind of seat that the stated order would have given them last."""
    for (programme, group), node in seats.kept.items():
        own = np.flatnonzero((seats.place == node) & ~seats.fixed)
        pool = np.flatnonzero((seats.place == seats.pool[programme]) & ~seats.fixed)
        score_own, score_open = market.score[seats.edge[own]], market.score[seats.edge[pool]]
        if market.reserve_order is ReserveOrder.RESERVE_FIRST:
            room = seats.load[node] < seats.cap[node]
            bar = -np.inf if room else score_own.min(initial=np.inf)
            late = pool[(market.group[pool] == group) & (score_open > bar)]
        elif seats.full[seats.path(programme)].any():
            # Whoever leaves a reserved seat has a weaker claim under a full limit: there they may have had to take it.
            continue
        else:
            plain = _merit_seats(market, seats, programme)
            better = (score_open[None, :] >= score_own[:, None]).sum(axis=1)
            late = own[better < plain]
        for person in late.tolist():
            yield Fault(Breach.SEAT_ORDER, (market.applicants[person], market.programmes[programme]))


def _merit_seats(market: Market, seats: Seating, programme: int) -> int:
    """Return how many seats of a programme no reserve touches, beside the fixed placements."""
    kept = sum(one.seats for one in market.reserves if one.programme == programme)
    return max(0, int(seats.cap[programme]) - kept)


def _couples(market: Market, outcome: Outcome) -> Iterator[Fault]:
    for couple in market.couples:
        both = (couple.first, couple.second)
        if any(edge >= 0 and market.fixed[edge] for edge in outcome.edge[list(both)]):
            # A place given by decision is had without the partner.
            continue
        held = tuple(int(market.programme[outcome.edge[one]]) if outcome.edge[one] >= 0 else NOBODY for one in both)
        if held != (NOBODY, NOBODY) and held not in couple.choices:
            yield Fault(Breach.COUPLE_APART, tuple(market.applicants[one] for one in both))


def _minimums(market: Market, outcome: Outcome, seats: Seating) -> Iterator[Fault]:
    floor, label = market.tree.floor, market.tree.label
    people = market.tree.cap - seats.cap[: len(label)] + seats.load[: len(label)]
    running = ~seats.closed[: len(label)] & (people > 0)
    for node in np.flatnonzero(running & (people < floor)).tolist():
        yield Fault(Breach.BELOW_MINIMUM, (label[node],), f"{people[node]} < {floor[node]}")
    often = Counter(one.node for one in outcome.closures)
    for one in outcome.closures:
        if often[one.node] > 1 or one.needed != floor[one.node] or not 0 <= one.had < one.needed:
            yield Fault(Breach.WRONG_CLOSURE, (label[one.node],), f"{one.had} < {one.needed}")


def _bound(market: Market, outcome: Outcome) -> Iterator[Fault]:
    if outcome.bound is not None:
        placed = int(market.size[outcome.edge >= 0].sum())
        if outcome.bound.placed != placed or outcome.bound.at_most < placed:
            yield Fault(Breach.WRONG_BOUND, (), f"{placed}, {outcome.bound.placed}, {outcome.bound.at_most}")
