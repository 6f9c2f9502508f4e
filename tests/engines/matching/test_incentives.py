"""Why an applicant may simply tell the truth, and why a withdrawal or a new place hurts nobody else."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import permutations
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.engines.matching.markets import EVERYTHING_STABLE, Rows, Shape, many_rows, some_rows

from accord.engines.matching import Draws, Lottery, Market, Mechanism, market_from_dicts, match

LOTTERY = Lottery("seed")
UNPLACED = 99
TINY = Shape(people=4, programmes=3, depth=3, taste_ties=True, reserves=True)


def ranks(market: Market, mechanism: Mechanism = Mechanism.FAIR_MATCH, lottery: Lottery = LOTTERY) -> dict[str, int]:
    """Return which choice everybody got, by name."""
    edges = match(market, mechanism, lottery=lottery).edge.tolist()
    return {
        who: UNPLACED if edge < 0 else int(market.rank[edge])
        for who, edge in zip(market.applicants, edges, strict=True)
    }


def reports(rows: Rows, who: str) -> Iterator[Rows]:
    """Yield the market with every other list that somebody could hand in: any order, and any part."""
    own, others = [c for c in rows.choices if c.applicant == who], [c for c in rows.choices if c.applicant != who]
    for length in range(len(own) + 1):
        for listed in permutations(own, length):
            told = [replace(choice, rank=rank) for rank, choice in enumerate(listed, 1)]
            yield replace(rows, choices=others + told)


def gained(rows: Rows, who: str, mechanism: Mechanism, lottery: Lottery) -> list[Rows]:
    """Return the reports by which somebody gets what they truly like better."""
    market = rows.market()
    truth = {choice.programme: choice.rank for choice in rows.choices if choice.applicant == who}
    honest = ranks(market, mechanism, lottery)[who]
    found = []
    for report in reports(rows, who):
        told = report.market()
        outcome = match(told, mechanism, lottery=lottery)
        edge = int(outcome.edge[told.applicants.index(who)])
        if edge >= 0 and truth[told.programmes[told.programme[edge]]] < honest:
            found.append(report)
    return found


@pytest.mark.parametrize("draws", list(Draws))
def test_fair_match_rewards_no_misreport(draws: Draws) -> None:
    for rows in many_rows(60, TINY, seed=3):
        for person in rows.people:
            assert gained(rows, person.id, Mechanism.FAIR_MATCH, Lottery("seed", draws)) == []


def test_priority_order_rewards_no_misreport_when_everybody_has_one_score() -> None:
    for rows in many_rows(60, replace(TINY, bars=False), seed=4):
        score = {person.id: float(place % 3) for place, person in enumerate(rows.people)}
        level = replace(rows, choices=[replace(choice, score=score[choice.applicant]) for choice in rows.choices])
        for person in level.people:
            assert gained(level, person.id, Mechanism.PRIORITY, LOTTERY) == []


def test_host_first_rewards_a_shorter_list() -> None:
    places, rankings = {"x": 1, "y": 1}, {"x": ["b", "a"], "y": ["a", "b"]}
    honest = market_from_dicts({"a": ["x", "y"], "b": ["y", "x"]}, places, rankings=rankings)
    shorter = market_from_dicts({"a": ["x"], "b": ["y", "x"]}, places, rankings=rankings)

    assert ranks(honest, Mechanism.HOST_FIRST) == {"a": 2, "b": 2}
    assert ranks(shorter, Mechanism.HOST_FIRST) == {"a": 1, "b": 1}


def test_priority_order_by_several_scores_rewards_a_longer_list() -> None:
    places, scores = {"x": 1, "y": 1}, {"x": {"a": 1, "b": 2}, "y": {"a": 3}}
    honest = market_from_dicts({"a": ["x"], "b": ["x"]}, places, scores=scores)
    longer = market_from_dicts({"a": ["x", "y"], "b": ["x"]}, places, scores=scores)

    assert ranks(honest, Mechanism.PRIORITY) == {"a": UNPLACED, "b": 1}
    assert ranks(longer, Mechanism.PRIORITY) == {"a": 1, "b": UNPLACED}


@settings(max_examples=150, deadline=None)
@given(some_rows(replace(EVERYTHING_STABLE, people=8)), st.integers(0, 7))
def test_nobody_is_worse_off_when_somebody_withdraws(rows: Rows, number: int) -> None:
    gone = rows.people[number % len(rows.people)].id
    kept = [choice for choice in rows.choices if choice.applicant != gone or choice.fixed]
    before = ranks(rows.market())

    after = ranks(replace(rows, choices=kept).market())

    assert [who for who in before if who != gone and after[who] > before[who]] == []


@settings(max_examples=150, deadline=None)
@given(some_rows(replace(EVERYTHING_STABLE, people=8, fixed=False)), st.integers(0, 7))
def test_nobody_is_worse_off_when_a_place_is_added_all_the_way_up(rows: Rows, number: int) -> None:
    before = ranks(rows.market())

    after = ranks(with_a_place_more(rows, number % len(rows.programmes)).market())

    assert [who for who in before if after[who] > before[who]] == []


def test_place_added_under_a_full_limit_may_cost_somebody_else_theirs() -> None:
    few = {"x": 0, "y": 1}
    wishes, scores = {"a": ["x"], "b": ["y"]}, {"x": {"a": 2}, "y": {"b": 1}}
    shared = {"scores": scores, "limits": {"total": 1}, "under": {"x": "total", "y": "total"}}

    assert ranks(market_from_dicts(wishes, few, **shared)) == {"a": UNPLACED, "b": 1}
    assert ranks(market_from_dicts(wishes, {"x": 1, "y": 1}, **shared)) == {"a": 1, "b": UNPLACED}


def with_a_place_more(rows: Rows, number: int) -> Rows:
    """Return the market with one place more in a programme and under every limit over it."""
    limits = {limit.id: limit for limit in rows.limits}
    programmes = list(rows.programmes)
    grown = programmes[number]
    programmes[number] = replace(grown, places=None if grown.places is None else grown.places + 1)
    above = grown.under
    while above is not None:
        limit = limits[above]
        limits[above] = replace(limit, at_most=None if limit.at_most is None else limit.at_most + 1)
        above = limit.under
    return replace(rows, programmes=programmes, limits=list(limits.values()))


@settings(max_examples=60, deadline=None)
@given(some_rows(replace(EVERYTHING_STABLE, minimums=True)), st.sampled_from(list(Mechanism)), st.randoms(), st.data())
def test_order_of_rows_changes_nothing(rows: Rows, mechanism: Mechanism, random: Random, data: st.DataObject) -> None:
    lottery = Lottery("seed", data.draw(st.sampled_from(list(Draws))))
    first = match(rows.market(), mechanism, lottery=lottery)

    second = match(rows.shuffled(random).market(), mechanism, lottery=lottery)

    assert second.digest == first.digest
    assert second.edge.tolist() == first.edge.tolist()
    assert second.seat.tolist() == first.seat.tolist()
    assert second.closures == first.closures
