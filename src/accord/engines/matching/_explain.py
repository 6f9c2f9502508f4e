"""Tells every applicant, choice by choice, why they were placed there or not.

Where a mechanism ranks people, the reason is the lowest full limit on the way up and its cutoff, so it can be
checked from the published cutoffs; see ``verify_from_cutoffs``. Where it does not, the verdict says so.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from accord.engines.matching._blocking import Pressure, label_of, pressure
from accord.engines.matching._cutoffs import BY_DRAW, cutoffs_of
from accord.engines.matching._findings import Cutoff, Seats
from accord.engines.matching._lottery import edge_draws
from accord.engines.matching._seating import Seating, seating, weakest
from accord.engines.matching._verdicts import Code, Explanation, Verdict
from accord.engines.matching._wants import Standing, standing
from accord.engines.matching.errors import UnknownApplicant
from accord.engines.matching.types import NOBODY, UNLIMITED, Bar, Ints, Market, Mechanism, Outcome


@dataclass(frozen=True, slots=True, eq=False)
class _Look:
    """An outcome as it was looked into once, for as many applicants as are asked about."""

    market: Market
    outcome: Outcome
    seats: Seating
    by: Standing
    found: Pressure
    cutoffs: tuple[Cutoff, ...]
    reserved_lowest: dict[int, float]
    partner: dict[int, int]

    def rows(self, edge: int) -> range:
        """Return the wants of an edge: its reserved seat first, then an open one."""
        first, last = np.searchsorted(self.found.wants.edge, [edge, edge + 1])
        return range(int(first), int(last))


def explain(market: Market, outcome: Outcome, applicant: str) -> Explanation:
    """Return what this applicant holds, and one verdict for each choice, best first.

    The outcome must be one that ``check`` can read. Raises ``UnknownApplicant``.
    """
    if applicant not in market.applicants:
        raise UnknownApplicant("An explanation", applicant)
    return _explained(_look(market, outcome), market.applicants.index(applicant))


def explain_all(market: Market, outcome: Outcome) -> Iterator[Explanation]:
    """Yield the explanation of every applicant, by id; much faster than one call for each."""
    look = _look(market, outcome)
    return (_explained(look, person) for person in range(len(market.applicants)))


def _look(market: Market, outcome: Outcome) -> _Look:
    seats = seating(market, outcome)
    by = standing(market, outcome.mechanism, outcome.lottery, seats)
    found = pressure(market, seats, by)
    _, lowest = weakest(seats, by.score, np.flatnonzero((seats.place >= 0) & ~seats.fixed))
    return _Look(
        market=market,
        outcome=outcome,
        seats=seats,
        by=by,
        found=found,
        cutoffs=cutoffs_of(market, outcome.mechanism, seats, by, found),
        reserved_lowest={node: float(lowest[node]) for node in seats.kept.values()},
        partner={one: other for pair in market.couples for one, other in _both_ways(pair.first, pair.second)},
    )


def _both_ways(one: int, other: int) -> tuple[tuple[int, int], tuple[int, int]]:
    return (one, other), (other, one)


def _explained(look: _Look, person: int) -> Explanation:
    market, held = look.market, int(look.outcome.edge[person])
    edges = sorted(market.edges_of(person), key=lambda edge: (int(market.rank[edge]), edge != held))
    return Explanation(
        applicant=market.applicants[person],
        mechanism=look.outcome.mechanism,
        placed=_programme(market, held) if held >= 0 else None,
        choice=int(market.rank[held]) if held >= 0 else None,
        by_decision=bool(look.seats.fixed[person]),
        verdicts=tuple(_verdict(look, person, edge) for edge in edges),
    )


def _programme(market: Market, edge: int) -> str:
    return market.programmes[int(market.programme[edge])]


def _verdict(look: _Look, person: int, edge: int) -> Verdict:
    market, held = look.market, int(look.outcome.edge[person])
    name, choice = _programme(market, edge), int(market.rank[edge])
    fixed = bool(look.seats.fixed[person])
    if edge == held:
        return Verdict(name, choice, Code.PLACED_HERE, decided=int(fixed))
    reason = market.bar_reason.get(edge, "")
    if market.bar[edge] == Bar.NOT_ELIGIBLE:
        return Verdict(name, choice, Code.NOT_ELIGIBLE, reason=reason)
    if market.bar[edge] == Bar.CONFLICT:
        return Verdict(name, choice, Code.CONFLICT, reason=reason)
    if held >= 0 and not _came_first(look, edge, held):
        return Verdict(name, choice, Code.NOT_REACHED, held=_programme(market, held))
    if fixed:
        return Verdict(name, choice, Code.FIXED_BY_DECISION, held=_programme(market, held))
    return _refusal(look, person, edge, Verdict(name, choice, Code.BETTER_USE))


def _came_first(look: _Look, edge: int, held: int) -> bool:
    """Return whether a choice was tried before the held one: as the better one, or by draw among equals."""
    better = look.market.rank[edge] < look.market.rank[held]
    by_draw = look.outcome.mechanism in BY_DRAW and len(look.rows(edge)) > 0
    return bool(better or by_draw)


def _refusal(look: _Look, person: int, edge: int, bare: Verdict) -> Verdict:
    """Return why a choice liked better than the result was not granted."""
    mechanism = look.outcome.mechanism
    closed = _closed_node(look, edge)
    if closed is not None:
        return closed
    if mechanism is Mechanism.JOINT:
        return _joint_refusal(look, person, edge, bare)
    if mechanism is Mechanism.FAIR_SPREAD:
        return bare
    return _ranked_refusal(look, edge, bare)


def _closed_node(look: _Look, edge: int) -> Verdict | None:
    market = look.market
    path = market.tree.path(int(market.programme[edge]))
    for one in look.outcome.closures:
        if one.node in path:
            names = (_programme(market, edge), int(market.rank[edge]), Code.CLOSED_BELOW_MINIMUM)
            return Verdict(*names, node=market.tree.label[one.node], had=one.had, needed=one.needed)
    return None


def _joint_refusal(look: _Look, person: int, edge: int, bare: Verdict) -> Verdict:
    name, choice = bare.programme, bare.choice
    if person in look.partner:
        return Verdict(name, choice, Code.JOINT, partner=look.market.applicants[look.partner[person]])
    if look.market.size[person] > 1:
        return Verdict(name, choice, Code.JOINT, node=name)
    plain = _ranked_refusal(look, edge, Verdict(name, choice, Code.JOINT))
    honest = plain.code is not Code.OUT_OF_ORDER or not look.outcome.settled
    return plain if honest else Verdict(name, choice, Code.JOINT)


def _ranked_refusal(look: _Look, edge: int, bare: Verdict) -> Verdict:
    """Return the refusal where people are ranked: at the reserved seat of the own group if there is one."""
    found, mechanism = look.found, look.outcome.mechanism
    rows = look.rows(edge)
    granted = found.room | found.weaker | (found.luckier if mechanism in BY_DRAW else False)
    for row in rows:
        if granted[row]:
            by_decision = bool(found.decided[row])
            code = Code.FIXED_BY_DECISION if by_decision else Code.OUT_OF_ORDER
            return Verdict(bare.programme, bare.choice, code, node=_label(look, row))
    row = next((row for row in rows if look.cutoffs[int(found.at[row])].score is not None), rows[0])
    node, cutoff = int(found.at[row]), look.cutoffs[int(found.at[row])]
    kept = _reserved_for(look, row)
    own = float(look.by.score[edge])
    if kept is not None and (cutoff.favoured or own != cutoff.score):
        score = None if cutoff.favoured else cutoff.score
        return Verdict(*_named(bare), Code.SEAT_RESERVED, node=_label(look, row), own=own, cutoff=score, group=kept)
    if cutoff.score is None:
        return Verdict(*_named(bare), Code.NO_PLACES, node=_label(look, row))
    if own == cutoff.score and mechanism not in BY_DRAW:
        return bare
    return _below(look, edge, node, bare)


def _named(bare: Verdict) -> tuple[str, int]:
    return bare.programme, bare.choice


def _below(look: _Look, edge: int, node: int, bare: Verdict) -> Verdict:
    cutoff, own = look.cutoffs[node], float(look.by.score[edge])
    above = node < len(look.market.tree.label) and look.market.tree.label[node] != bare.programme
    code = Code.CAP_OF if above else Code.BELOW_CUTOFF
    tied = own == cutoff.score
    draw = int(edge_draws(look.market, look.by.lottery, [edge])[0]) if tied else None
    return Verdict(
        *_named(bare),
        Code.LOST_TIE if tied else code,
        node=cutoff.node,
        places=_open_places(look, node),
        decided=_decided_places(look, node),
        own=own,
        cutoff=cutoff.score,
        own_draw=draw,
        cutoff_draw=cutoff.draw if tied else None,
        group=cutoff.group,
        by_turn=look.outcome.mechanism is Mechanism.PRIORITY,
    )


def _label(look: _Look, row: int) -> str:
    node = int(look.found.at[row])
    return label_of(look.market, look.seats, node) if node != NOBODY else ""


def _open_places(look: _Look, node: int) -> int | None:
    cap = int(look.seats.cap[node])
    return cap if cap < UNLIMITED // 2 else None


def _decided_places(look: _Look, node: int) -> int:
    """Return how many people were placed under a node by decision; seats within a programme do not count theirs."""
    caps: Ints = look.market.tree.cap
    return int(caps[node] - look.seats.cap[node]) if node < len(caps) else 0


def _reserved_for(look: _Look, row: int) -> str | None:
    """Return the group whose reserve stands between an applicant and a place, "" for several, or None."""
    found, seats = look.found, look.seats
    node, edge = int(found.at[row]), int(found.wants.edge[row])
    cutoff = look.cutoffs[node]
    if cutoff.favoured and cutoff.seats is not Seats.RESERVED and not found.wants.boost[row]:
        return ""
    programme = int(look.market.programme[edge])
    if cutoff.seats is not Seats.OPEN or not seats.boosted:
        return None
    own = float(look.by.score[edge])
    stands = [
        look.market.groups[one.group]
        for one in look.market.reserves
        if one.programme == programme and _stands_between(look, seats.kept[programme, one.group], own)
    ]
    return (stands[0] if len(stands) == 1 else "") if stands else None


def _stands_between(look: _Look, node: int, own: float) -> bool:
    """Return whether a reserve holds a seat empty, or somebody with fewer points in one."""
    return bool(look.seats.load[node] < look.seats.cap[node]) or look.reserved_lowest[node] < own
