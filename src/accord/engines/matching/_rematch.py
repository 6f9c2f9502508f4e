"""Places people again after withdrawals and new places, and says for everybody what changed."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

import numpy as np

from accord.engines.matching._checks import refuse_clashes
from accord.engines.matching._digest import digest
from accord.engines.matching._keepers import Keepers, edges_by_name, keepers_of, names_of
from accord.engines.matching._match import match
from accord.engines.matching.errors import BadOutcome
from accord.engines.matching.types import NOBODY, Flags, Market, Mechanism, Outcome, Reserve, Spread

WORST: Final = 2**62


class Policy(StrEnum):
    """Whether everybody may move up, or all keep their places and only what is free is given out."""

    IMPROVE_ALL = "improve-all"
    VACANCIES_ONLY = "vacancies-only"


class Change(StrEnum):
    """What became of somebody between two outcomes."""

    STAYS = "stays"
    MOVED_UP = "moved-up"
    MOVED_ACROSS = "moved-across"
    MOVED_DOWN = "moved-down"
    NEWLY_PLACED = "newly-placed"
    STILL_WAITING = "still-waiting"
    LOST_PLACE = "lost-place"
    WITHDREW = "withdrew"


@dataclass(frozen=True, slots=True)
class Move:
    """One person before and after; None stands for no place. Who ``withdrew`` gave up the place themselves."""

    applicant: str
    change: Change
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class Rematch:
    """The new outcome, what changed for everybody, and the market it is an outcome of.

    In ``market`` whatever was to be kept is fixed: that is what ``check`` and ``explain`` need.
    """

    market: Market
    outcome: Outcome
    policy: Policy
    moves: tuple[Move, ...]

    def changed(self, change: Change) -> tuple[Move, ...]:
        """Return the moves of one kind."""
        return tuple(one for one in self.moves if one.change is change)


def rematch(
    market: Market,
    previous: Outcome,
    previous_market: Market,
    policy: Policy = Policy.IMPROVE_ALL,
    *,
    effort: float = 30.0,
    must_run: bool = False,
) -> Rematch:
    """Return a new outcome of a changed market, with the lottery of the previous one.

    ``IMPROVE_ALL`` solves anew by the same mechanism. After withdrawals and new places alone, a fair match without
    minimums then leaves nobody who remains worse off. ``VACANCIES_ONLY`` lets everybody keep their place who still
    may, and gives the rest out by fair match (jointly where people apply jointly). Where places were taken away,
    the weakest lose theirs, and the moves say so. Placements fixed before stay fixed.

    Raises ``BadOutcome`` where ``previous`` is not an outcome of ``previous_market``, ``FixedOverCapacity`` where a
    fixed placement has lost its place.
    """
    if previous.digest != digest(previous_market):
        raise BadOutcome(previous.digest, digest(previous_market), reason="outcome-of-other-market")
    policy = Policy(policy)
    if policy is Policy.IMPROVE_ALL:
        settled = _with_fixed(market, _fixed_before(market, previous_market))
        outcome = _again(settled, previous, effort, must_run=must_run)
    else:
        settled = _with_kept(market, keepers_of(market, previous, previous_market))
        outcome = match(settled, _filling(settled), lottery=previous.lottery)
    moves = tuple(_moves(market, outcome, previous, previous_market))
    return Rematch(settled, outcome, policy, moves)


def _again(market: Market, previous: Outcome, effort: float, *, must_run: bool) -> Outcome:
    return match(
        market,
        previous.mechanism,
        lottery=previous.lottery,
        spread=previous.spread or Spread.GREEDY,
        exact=previous.bound is not None,
        effort=effort,
        must_run=must_run,
    )


def _filling(market: Market) -> Mechanism:
    free = (np.diff(market.start) > 0) & ~_fixed_people(market)
    together = bool(market.couples) or bool((market.size[free] > 1).any())
    return Mechanism.JOINT if together else Mechanism.FAIR_MATCH


def _fixed_people(market: Market) -> Flags:
    found = np.zeros(len(market.applicants), np.bool_)
    found[market.applicant_of[market.fixed]] = True
    return found


def _fixed_before(market: Market, previous_market: Market) -> Flags:
    """Return the edges that were fixed in the previous market and are still there; a newer decision counts more."""
    fixed = market.fixed.copy()
    decided = _fixed_people(market)
    edge_of = edges_by_name(market)
    for edge in np.flatnonzero(previous_market.fixed).tolist():
        here = edge_of.get(names_of(previous_market, edge), NOBODY)
        if here != NOBODY and not decided[market.applicant_of[here]]:
            fixed[here] = True
    return fixed


def _with_fixed(market: Market, fixed: Flags) -> Market:
    settled = replace(market, fixed=fixed)
    refuse_clashes(settled)
    return settled


def _with_kept(market: Market, kept: Keepers) -> Market:
    """Return the market with everybody who stays fixed, and the reserved seats that they sit in used up."""
    fixed = market.fixed.copy()
    fixed[kept.edges] = True
    settled = _with_fixed(market, fixed)
    people = _fixed_people(settled)
    couples = tuple(one for one in market.couples if not (people[one.first] and people[one.second]))
    return replace(settled, couples=couples, reserves=_left_over(market.reserves, kept))


def _left_over(reserves: tuple[Reserve, ...], kept: Keepers) -> tuple[Reserve, ...]:
    taken = kept.reserved
    return tuple(replace(one, seats=max(0, one.seats - taken.get((one.programme, one.group), 0))) for one in reserves)


def _moves(market: Market, outcome: Outcome, previous: Outcome, previous_market: Market) -> Iterator[Move]:
    before, after = _held(previous_market, previous), _held(market, outcome)
    old, new = _ranks(previous_market), _ranks(market)
    remaining = set(market.applicants)
    for person in sorted(remaining.union(previous_market.applicants)):
        was, now = before.get(person), after.get(person)
        gave_up = was is not None and was in market.programmes and (person, was) not in new
        ranks = new if (person, was or "") in new else old
        change = Change.WITHDREW if person not in remaining else _change(person, was, now, ranks)
        if gave_up and change not in {Change.MOVED_UP, Change.MOVED_ACROSS}:
            change = Change.WITHDREW
        yield Move(person, change, was, now)


def _change(person: str, was: str | None, now: str | None, ranks: dict[tuple[str, str], int]) -> Change:
    if was is None or now is None:
        either = Change.STILL_WAITING if was is None else Change.LOST_PLACE
        return either if now is None else Change.NEWLY_PLACED
    if was == now:
        return Change.STAYS
    # A programme that was not on the list before counts as worse than all that were.
    better = ranks[person, was] - ranks.get((person, now), WORST)
    return Change.MOVED_UP if better > 0 else Change.MOVED_ACROSS if better == 0 else Change.MOVED_DOWN


def _held(market: Market, outcome: Outcome) -> dict[str, str]:
    held = outcome.edge[outcome.edge >= 0].tolist()
    return dict(names_of(market, edge) for edge in held)


def _ranks(market: Market) -> dict[tuple[str, str], int]:
    ranks = market.rank.tolist()
    return {names: ranks[edge] for names, edge in edges_by_name(market).items()}
