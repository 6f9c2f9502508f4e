"""The market of a call as the matching engine takes it: references for people, codes for places, keys for limits.

What goes in is what an outsider may repeat, so no name stands in it, and no reason why somebody was barred.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from accord.engines import matching
from accord.engines.matching import Bar as EngineBar
from accord.programmes.enums import BarKind, HostScore, OfferState, Outcome
from accord.programmes.models import (
    Application,
    Bar,
    Call,
    Decision,
    FixedPlace,
    HostRank,
    Limit,
    Offer,
    Place,
    ReservedSeats,
    Wish,
)
from accord.programmes.queries import people_behind, seats_held
from accord.review.queries import standings

WAITING = ("offer", "placement")
"""Phases of those who are to be placed, or hold a place already."""
BARS = {BarKind.NOT_ELIGIBLE: EngineBar.NOT_ELIGIBLE, BarKind.CONFLICT: EngineBar.CONFLICT}
REFUSED = (OfferState.DECLINED, OfferState.LAPSED)
"""How an offer ended that its applicant did not take: the place is not given to them again."""
HIGHEST = 100.0


@dataclass(frozen=True, slots=True)
class Asking:
    """What a run asks beside what stands: seats more or fewer by place, limits left out, in words of the office."""

    seats: Mapping[str, int] | None = None
    without: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Gathered:
    """A market, and whose it is: applications by reference and places by code; who had no score, and why who is barred.

    `fixed` are those whose place was decided before the run.
    """

    market: matching.Market
    applications: Mapping[str, Application]
    places: Mapping[str, Place]
    unscored: int
    reasons: Mapping[tuple[str, str], str]
    fixed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Rows:
    """The rows of a call that a market is made of."""

    applications: Sequence[Application]
    places: Mapping[int, Place]
    limits: Sequence[Limit]
    wishes: Sequence[Wish]
    fixed: Mapping[int, int]
    bars: Mapping[tuple[int, int], Bar]
    ranks: Mapping[tuple[int, int], HostRank]
    reserves: Sequence[ReservedSeats]
    sizes: Mapping[int, int]
    standing: Mapping[str, Any]


def gather(*, call: Call, asking: Asking | None = None) -> Gathered:
    """Return the market of a call as it stands now; a constant number of queries. Raises `matching.MarketError`."""
    rows = _rows(call)
    asked = asking or Asking()
    score = _scores(call, rows)
    choices = list(_choices(rows, score))
    groups = {one.group for one in rows.applications if one.group}
    kept = frozenset(limit.key for limit in rows.limits) - frozenset(asked.without)
    market = matching.market_from_records(
        choices,
        [_programme(one, rows, kept, groups, (asked.seats or {}).get(one.code, 0)) for one in rows.places.values()],
        limits=[
            matching.Limit(f"limit:{one.key}", one.at_most, one.minimum, _above(one.under, kept))
            for one in rows.limits
            if one.key in kept
        ],
        people=[matching.Person(one.reference, rows.sizes[one.pk], one.group) for one in rows.applications],
        reserves=[
            matching.ReservedSeats(rows.places[one.place_id].code, one.group, seats, one.opens_up)
            for one in rows.reserves
            if one.group in groups and (seats := _left_of(one, rows)) > 0
        ],
        couples=list(_couples(rows)),
    )
    by_pk = {one.pk: one for one in rows.applications}
    return Gathered(
        market=market,
        applications={one.reference: one for one in rows.applications},
        places={one.code: one for one in rows.places.values()},
        unscored=sum(one is None for one in score.values()),
        reasons=_reasons(rows, by_pk),
        fixed=tuple(sorted(by_pk[pk].reference for pk in rows.fixed)),
    )


def with_fixed(market: matching.Market, references: Sequence[str]) -> matching.Market:
    """Return a market in which only these people's fixed choices are fixed, as decisions had it."""
    decided = np.isin(np.array(market.applicants), list(references))
    return replace(market, fixed=market.fixed & decided[market.applicant_of])


def _rows(call: Call) -> _Rows:
    applications = list(
        Application.objects.filter(call=call, phase__in=WAITING, withdrawn_at=None)
        .exclude(pk__in=_in_reserve(call))
        .order_by("reference")
    )
    keys = [one.pk for one in applications]
    offers = list(Offer.objects.filter(application__in=keys).order_by("made_at", "pk"))
    held = {one.application_id: one.place_id for one in offers if _holds_fast(one)}
    refused = {(one.application_id, one.place_id) for one in offers if one.state in REFUSED}
    decided = dict(FixedPlace.objects.filter(application__in=keys).values_list("application", "place"))
    fixed = decided | held
    places = {
        one.pk: one
        for one in Place.objects.filter(call=call).order_by("code")
        if one.closed_at is None or one.pk in set(held.values())
    }
    return _Rows(
        applications=applications,
        places=places,
        limits=list(Limit.objects.filter(call=call).select_related("under").order_by("key")),
        wishes=[
            one
            for one in Wish.objects.filter(application__in=keys, place__in=places).order_by("application", "rank")
            if (one.application_id, one.place_id) not in refused
        ],
        fixed={who: place for who, place in fixed.items() if place in places},
        bars={(one.application_id, one.place_id): one for one in Bar.objects.filter(application__in=keys)},
        ranks={(one.application_id, one.place_id): one for one in HostRank.objects.filter(place__in=places)},
        reserves=list(ReservedSeats.objects.filter(place__in=places).order_by("place", "group")),
        sizes=people_behind(keys) | seats_held(keys),
        standing=standings([f"application:{pk}" for pk in keys]) if call.host_score == HostScore.REVIEW else {},
    )


def _holds_fast(offer: Offer) -> bool:
    """Say whether an offer fixes its place: it was accepted, or it was made outside any run and waits."""
    return offer.state == OfferState.ACCEPTED or (offer.state == OfferState.OPEN and offer.run_id is None)


def _in_reserve(call: Call) -> list[int]:
    """Return who stands on the reserve list by their last settled decision: they wait until they are asked."""
    rows = Decision.objects.filter(application__call=call, slate__settled_at__isnull=False)
    latest = dict(rows.order_by("slate__settled_at", "slate_id", "pk").values_list("application", "outcome"))
    return [pk for pk, outcome in latest.items() if outcome == Outcome.RESERVE]


def _scores(call: Call, rows: _Rows) -> dict[tuple[int, int], float | None]:
    """Return what each wish is worth to its place: the score that counts, or the host's ranks as points of 100."""
    if call.host_score == HostScore.HOST:
        return _host_scores(rows)
    found: dict[tuple[int, int], float | None] = {}
    for one in rows.wishes:
        row = rows.standing.get(f"application:{one.application_id}")
        found[one.application_id, one.place_id] = None if row is None or row.counts is None else float(row.counts)
    return found


def _host_scores(rows: _Rows) -> dict[tuple[int, int], float | None]:
    lowest: dict[int, int] = {}
    for (_who, place), one in rows.ranks.items():
        lowest[place] = max(lowest.get(place, 0), one.rank or 0)
    found: dict[tuple[int, int], float | None] = {}
    for wish in rows.wishes:
        pair = (wish.application_id, wish.place_id)
        rank = rows.ranks[pair].rank if pair in rows.ranks else None
        steps = lowest.get(wish.place_id, 0)
        found[pair] = None if rank is None else round(HIGHEST * (steps + 1 - rank) / steps, 6)
    return found


def _choices(rows: _Rows, score: Mapping[tuple[int, int], float | None]) -> list[matching.Choice]:
    """Return the wishes as choices; whoever is fixed where they did not wish to be gets that as a last choice."""
    references = {one.pk: one.reference for one in rows.applications}
    known = [one for one in score.values() if one is not None]
    # Without any score all count as equal; beside scores, who has none stands after all who have one.
    unscored = None if not known else min(known) - 1
    choices, last, seen = [], dict.fromkeys(references, 0), set()
    for wish in rows.wishes:
        pair = (wish.application_id, wish.place_id)
        seen.add(pair)
        last[wish.application_id] = max(last[wish.application_id], wish.rank)
        choices.append(
            matching.Choice(
                references[wish.application_id],
                rows.places[wish.place_id].code,
                wish.rank,
                unscored if score[pair] is None else score[pair],
                bar=_bar(rows, pair),
                fixed=rows.fixed.get(wish.application_id) == wish.place_id,
            )
        )
    for who, place in sorted(rows.fixed.items()):
        if (who, place) not in seen:
            code = rows.places[place].code
            choices.append(matching.Choice(references[who], code, last[who] + 1, unscored, fixed=True))
    return choices


def _bar(rows: _Rows, pair: tuple[int, int]) -> EngineBar:
    """Return why a wish may not be granted: by decision, or because the host will not take them."""
    if rows.fixed.get(pair[0]) == pair[1]:
        return EngineBar.NONE
    if pair in rows.bars:
        return BARS[BarKind(rows.bars[pair].kind)]
    unwanted = pair in rows.ranks and rows.ranks[pair].is_unwanted
    return EngineBar.NOT_ELIGIBLE if unwanted else EngineBar.NONE


def _reasons(rows: _Rows, by_pk: Mapping[int, Application]) -> dict[tuple[str, str], str]:
    """Return why somebody may not have a place, by reference and code; a host's own words stay with the office."""
    return {
        (by_pk[who].reference, rows.places[place].code): one.reason
        for (who, place), one in rows.bars.items()
        if who in by_pk and place in rows.places
    }


def _programme(place: Place, rows: _Rows, kept: frozenset[str], groups: set[str], more: int) -> matching.Programme:
    """Return a place; seats that nobody may have but a group that has nobody are left out, closed ones take no more."""
    empty = sum(
        one.seats for one in rows.reserves if one.place_id == place.pk and one.group not in groups and not one.opens_up
    )
    seats = place.count + more - empty
    if place.closed_at is not None:
        seats = sum(rows.sizes[who] for who, where in rows.fixed.items() if where == place.pk)
    return matching.Programme(place.code, max(seats, 0), min(place.minimum, max(seats, 0)), _under(place, rows, kept))


def _left_of(reserve: ReservedSeats, rows: _Rows) -> int:
    """Return how many reserved seats are left beside those of the group who have the place already."""
    has = [
        one for one in rows.applications if one.group == reserve.group and rows.fixed.get(one.pk) == reserve.place_id
    ]
    return max(reserve.seats - sum(rows.sizes[one.pk] for one in has), 0)


def _under(place: Place, rows: _Rows, kept: frozenset[str]) -> str | None:
    by_pk = {one.pk: one for one in rows.limits}
    return _above(by_pk.get(place.limit_id or 0), kept)


def _above(limit: Limit | None, kept: frozenset[str]) -> str | None:
    """Return the first limit on the way up that is not left out."""
    while limit is not None and limit.key not in kept:
        limit = limit.under
    return f"limit:{limit.key}" if limit is not None else None


def _couples(rows: _Rows) -> list[matching.JointChoice]:
    """Return who wants to be placed together: at one place, or at two of one host, the least sum of ranks first."""
    by_pk = {one.pk: one for one in rows.applications}
    wishes: dict[int, list[Wish]] = {}
    for wish in rows.wishes:
        wishes.setdefault(wish.application_id, []).append(wish)
    found = []
    for one in rows.applications:
        other = by_pk.get(one.together_with_id or 0)
        if other is None or one.pk > other.pk or {one.pk, other.pk} & set(rows.fixed):
            continue
        pairs = _pairs(rows, wishes.get(one.pk, []), wishes.get(other.pk, []))
        found.append(matching.JointChoice(one.reference, other.reference, pairs))
    return found


def _pairs(rows: _Rows, first: Sequence[Wish], second: Sequence[Wish]) -> tuple[tuple[str | None, str | None], ...]:
    hosts = {pk: place.host_id for pk, place in rows.places.items()}
    both = [(a, b) for a in first for b in second if hosts[a.place_id] == hosts[b.place_id]]
    both.sort(key=lambda pair: (pair[0].rank + pair[1].rank, max(pair[0].rank, pair[1].rank), pair[0].rank))
    return tuple((rows.places[a.place_id].code, rows.places[b.place_id].code) for a, b in both)
