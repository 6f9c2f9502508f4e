"""Checks an outcome by a way of its own: nothing of what the mechanisms computed is taken on trust.

The market and the outcome are all that enters. What is promised differs by mechanism, and the certificate says
which promise was checked; where a mechanism promises no stability, blocking pairs are counted all the same.
Cost: choices times depth, in arrays.
"""

from dataclasses import replace

import numpy as np

from accord.engines.matching._blocking import Pressure, blocks_of, pairs, pressure
from accord.engines.matching._cutoffs import cutoffs_of
from accord.engines.matching._digest import digest
from accord.engines.matching._faults import faults_of, shape_faults
from accord.engines.matching._findings import Breach, Certificate, Closed, Fault, Proofness
from accord.engines.matching._improvable import improvable
from accord.engines.matching._joint_check import joint_blocks_of
from accord.engines.matching._seating import Seating, seating
from accord.engines.matching._spread_check import check_spread
from accord.engines.matching._wants import Standing, standing
from accord.engines.matching.types import UNLIMITED, Market, Mechanism, Outcome

STRICT = frozenset({Mechanism.FAIR_MATCH, Mechanism.HOST_FIRST})


def check(market: Market, outcome: Outcome) -> Certificate:
    """Return what can be said of an outcome without trusting whoever made it; ``sound`` sums it up.

    An outcome that cannot be read as one of this market (a foreign choice, arrays of another length) is answered
    by its faults alone.
    """
    faults = shape_faults(market, outcome)
    bare = _bare(market, outcome, faults)
    if faults:
        return bare
    seats = seating(market, outcome)
    by = standing(market, outcome.mechanism, outcome.lottery, seats)
    found = pressure(market, seats, by)
    scored = found if by.score is market.score else pressure(market, seats, Standing(market.score, by.lottery))
    faults = (*faults_of(market, outcome, seats, bare.digest), *_turns(market, outcome, seats, by, found))
    known = _with_blocks(market, outcome, seats, scored, bare)
    best, not_best = _best(market, outcome, seats, found, stable=known.stable is True)
    return replace(
        known,
        faults=(*faults, *not_best),
        cutoffs=cutoffs_of(market, outcome.mechanism, seats, by, found),
        left=_left(market, seats),
        profile=_profile(market, outcome),
        placed=int(market.size[outcome.edge >= 0].sum()),
        best_possible=best,
    )


def proofness(market: Market, mechanism: Mechanism) -> Proofness:
    """Return whether a mechanism is strategy-proof on this market, and why or why not.

    Fair match is so without minimums (Hatfield and Milgrom, AER 95, 2005). So is the order of priority as long as
    each applicant has one score everywhere: with several, a choice more could bring the turn forward.
    """
    plain = {
        Mechanism.HOST_FIRST: Proofness.HOST_FIRST,
        Mechanism.FILL_MOST: Proofness.FILL_MOST,
        Mechanism.FAIR_SPREAD: Proofness.SPREAD,
        Mechanism.JOINT: Proofness.JOINT,
    }
    if mechanism in plain:
        return plain[mechanism]
    if bool((market.tree.floor > 0).any()):
        return Proofness.MINIMUMS
    if mechanism is Mechanism.FAIR_MATCH:
        return Proofness.FAIR_MATCH
    return Proofness.PRIORITY if _one_score_each(market) else Proofness.PRIORITY_BY_CHOICE


def _bare(market: Market, outcome: Outcome, faults: tuple[Fault, ...]) -> Certificate:
    nodes = len(market.tree.label)
    closures = [one for one in outcome.closures if 0 <= one.node < nodes]
    return Certificate(
        mechanism=outcome.mechanism,
        engine=outcome.engine,
        seed=outcome.lottery.seed,
        draws=outcome.lottery.draws.value,
        digest=digest(market),
        faults=faults,
        blocking=(),
        blocked=0,
        decided=0,
        cutoffs=(),
        closed=tuple(Closed(market.tree.label[one.node], one.had, one.needed) for one in closures),
        left=(),
        profile=(),
        people=int(market.size.sum()),
        placed=0,
        why=proofness(market, outcome.mechanism),
        stable=None,
        best_possible=None,
        settled=outcome.settled,
        bound=outcome.bound,
        spread=outcome.spread,
    )


def _with_blocks(market: Market, outcome: Outcome, seats: Seating, found: Pressure, bare: Certificate) -> Certificate:
    """Return the certificate with its blocking pairs, and with its word on stability where that is promised."""
    by = Standing(market.score, outcome.lottery)
    if outcome.mechanism is Mechanism.JOINT:
        named, blocked = joint_blocks_of(market, outcome)
        stable = blocked == 0 if outcome.settled else None
        return replace(bare, blocking=named, blocked=blocked, stable=stable)
    unlucky = found.unlucky if outcome.mechanism in STRICT else np.zeros(len(found.at), np.bool_)
    claims = found.claims & ~np.isin(found.wants.edge, found.wants.edge[unlucky])
    blocked, drawn = pairs(found, found.blocks), pairs(found, unlucky)
    return replace(
        bare,
        blocking=blocks_of(market, seats, by, found, found.blocks | unlucky | claims),
        blocked=blocked + drawn,
        decided=pairs(found, claims),
        stable=blocked + drawn == 0 if outcome.mechanism in {*STRICT, Mechanism.FILL_MOST} else None,
    )


def _turns(market: Market, outcome: Outcome, seats: Seating, by: Standing, found: Pressure) -> tuple[Fault, ...]:
    """Return who was passed over in the order of priority."""
    if outcome.mechanism is not Mechanism.PRIORITY:
        return ()
    passed = blocks_of(market, seats, by, found, found.blocks | found.unlucky)
    return tuple(Fault(Breach.OUT_OF_TURN, (one.applicant, one.programme)) for one in passed)


def _best(
    market: Market, outcome: Outcome, seats: Seating, found: Pressure, *, stable: bool
) -> tuple[bool | None, tuple[Fault, ...]]:
    """Return whether an outcome is proven to be the best of its kind, None where that is not said, and its faults."""
    if outcome.mechanism is Mechanism.FAIR_SPREAD:
        if not check_spread(market, outcome).holds:
            return False, (Fault(Breach.NOT_PROVEN, ()),)
        return (True if outcome.proof is not None and outcome.proof.exhaustive else None), ()
    if outcome.mechanism is Mechanism.FAIR_MATCH and stable:
        circle = improvable(market, seats, Standing(market.score, outcome.lottery), found)
        names = tuple(market.applicants[one] for one in circle)
        return not circle, (Fault(Breach.NOT_BEST, names),) if circle else ()
    return (True if outcome.bound is not None and outcome.bound.proven else None), ()


def _left(market: Market, seats: Seating) -> tuple[tuple[str, int], ...]:
    """Return the free places of every node that runs and has a limit."""
    own = len(market.tree.label)
    room = seats.cap[:own] - seats.load[:own]
    limited = (market.tree.cap < UNLIMITED // 2) & (room > 0) & ~seats.closed[:own]
    return tuple((market.tree.label[node], int(room[node])) for node in np.flatnonzero(limited))


def _profile(market: Market, outcome: Outcome) -> tuple[tuple[int, int], ...]:
    placed = outcome.edge >= 0
    ranks, where = np.unique(market.rank[outcome.edge[placed]], return_inverse=True)
    people = np.zeros(len(ranks), np.int64)
    np.add.at(people, where, market.size[placed])
    return tuple(zip(ranks.tolist(), people.tolist(), strict=True))


def _one_score_each(market: Market) -> bool:
    usable = market.bar == 0
    owner, score = market.applicant_of[usable], market.score[usable]
    return bool((score[1:] == score[:-1])[owner[1:] == owner[:-1]].all())
