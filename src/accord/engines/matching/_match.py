"""The one way in: a market, a mechanism and a lottery give an outcome."""

import numpy as np

from accord.engines.matching import _deferred, _exact, _fill, _host_first, _joint, _priority
from accord.engines.matching._closing import Held, close_short, edges_held
from accord.engines.matching._digest import digest
from accord.engines.matching._layout import Layout, fixed_edges, layout
from accord.engines.matching._spread import spread as spread_fairly
from accord.engines.matching.errors import NotSupported
from accord.engines.matching.types import Flags, Ints, Lottery, Market, Mechanism, Outcome, Seat, Spread


def match(
    market: Market,
    mechanism: Mechanism = Mechanism.FAIR_MATCH,
    *,
    lottery: Lottery,
    spread: Spread = Spread.GREEDY,
    exact: bool = False,
    effort: float = 30.0,
    must_run: bool = False,
) -> Outcome:
    """Return who gets what.

    ``spread`` says what a fair spread makes best. ``exact`` lets a solver look for fuller outcomes than
    "fill the most places" found, within ``effort``, and states a bound. ``must_run`` asks a fair spread to reach
    every minimum; otherwise whatever stays below its minimum is closed. Raises ``NotSupported`` where the mechanism
    cannot honour what the market asks.
    """
    mechanism = Mechanism(mechanism)
    _refuse_switches(mechanism, exact=exact, must_run=must_run)
    _refuse_groups(market, mechanism)
    if mechanism is Mechanism.FAIR_SPREAD:
        return _spread_outcome(market, lottery, Spread(spread), must_run=must_run)
    search = effort if exact else None
    plan, held, closures = close_short(market, lottery, lambda plan: _solve(market, plan, mechanism, lottery, search))
    kept = fixed_edges(market) >= 0
    return Outcome(
        mechanism=mechanism,
        lottery=lottery,
        edge=edges_held(market, plan, held.slots),
        seat=_seats(plan, held.slots, kept),
        digest=digest(market),
        closures=closures,
        promoted=held.promoted,
        bound=held.bound,
        settled=held.settled,
        kept=kept,
    )


def _solve(market: Market, plan: Layout, mechanism: Mechanism, lottery: Lottery, search: float | None) -> Held:
    match mechanism:
        case Mechanism.HOST_FIRST:
            return Held(_host_first.hold(plan))
        case Mechanism.PRIORITY:
            return Held(_priority.hold(market, plan, lottery))
        case Mechanism.JOINT:
            slots, settled = _joint.hold(market, plan, lottery)
            return Held(slots, settled=settled)
        case Mechanism.FILL_MOST:
            return _fill_most(market, plan, search)
        case _:
            return Held(_deferred.hold(plan))


def _fill_most(market: Market, plan: Layout, search: float | None) -> Held:
    slots, promoted = _fill.hold(market, plan)
    if search is None:
        return Held(slots, promoted)
    fuller, bound = _exact.fill_most(market, plan, slots, search)
    # Promotions explain the first outcome; the solver's own owes nothing to them.
    return Held(fuller, promoted if np.array_equal(fuller, slots) else None, bound)


def _spread_outcome(market: Market, lottery: Lottery, objective: Spread, *, must_run: bool) -> Outcome:
    plan = layout(market, lottery)
    slots, proof, closures = spread_fairly(market, plan, lottery, objective, must_run=must_run)
    kept = fixed_edges(market) >= 0
    return Outcome(
        mechanism=Mechanism.FAIR_SPREAD,
        lottery=lottery,
        edge=edges_held(market, plan, slots),
        seat=_seats(plan, slots, kept),
        digest=digest(market),
        spread=objective,
        closures=closures,
        proof=proof,
        kept=kept,
    )


def _seats(plan: Layout, slots: Ints, kept: Flags) -> Ints:
    """Return the kind of seat of everybody; a fixed placement is an open one."""
    seat = np.where(kept, int(Seat.OPEN), int(Seat.NONE))
    placed = np.flatnonzero(slots >= 0)
    seat[placed] = plan.seat[slots[placed]]
    return seat


def _refuse_switches(mechanism: Mechanism, *, exact: bool, must_run: bool) -> None:
    if exact and mechanism is not Mechanism.FILL_MOST:
        raise NotSupported(detail=mechanism.value, reason="exact-needs-fill-most")
    if must_run and mechanism is not Mechanism.FAIR_SPREAD:
        raise NotSupported(detail=mechanism.value, reason="must-run-needs-spread")


def _refuse_groups(market: Market, mechanism: Mechanism) -> None:
    """Refuse couples and teams where people are placed one by one. A fair spread refuses them itself."""
    if mechanism in {Mechanism.JOINT, Mechanism.FAIR_SPREAD}:
        return
    if market.couples:
        couple = market.couples[0]
        names = (market.applicants[couple.first], market.applicants[couple.second])
        raise NotSupported(*names, detail=mechanism.value, reason="couples-need-joint")
    choosing = (np.diff(market.start) > 0) & (fixed_edges(market) < 0)
    teams = [market.applicants[one] for one in np.flatnonzero(choosing & (market.size > 1))]
    if teams:
        raise NotSupported(*teams, detail=mechanism.value, reason="teams-need-joint")
