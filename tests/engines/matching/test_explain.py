"""Everybody is told why, choice by choice, and the words bear the numbers out."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.engines.matching.markets import EVERYTHING_STABLE, Shape, some_lotteries, some_markets
from tests.engines.matching.results import LOTTERY, clinic, fair

from accord.engines.matching import (
    Bar,
    Choice,
    Code,
    Explanation,
    JointChoice,
    Limit,
    Lottery,
    Market,
    Mechanism,
    NotSupported,
    Outcome,
    Person,
    Programme,
    ReservedSeats,
    UnknownApplicant,
    check,
    explain,
    explain_all,
    market_from_records,
    match,
)

EVERYTHING = Shape(teams=True, couples=True, minimums=True, reserves=True, fixed=True)
MARKETS = st.one_of(some_markets(EVERYTHING_STABLE), some_markets(EVERYTHING))
LANGUAGES = ("en", "zh-hans")


def outcome_or_none(market: Market, mechanism: Mechanism, lottery: Lottery) -> Outcome | None:
    try:
        return match(market, mechanism, lottery=lottery)
    except NotSupported:
        return None


def codes(explanation: Explanation) -> dict[str, Code]:
    return {one.programme: one.code for one in explanation.verdicts}


@settings(deadline=None)
@given(MARKETS, some_lotteries(), st.sampled_from(list(Mechanism)))
def test_explanations_are_consistent(market: Market, lottery: Lottery, mechanism: Mechanism) -> None:
    outcome = outcome_or_none(market, mechanism, lottery)
    if outcome is None:
        return
    for who, one in enumerate(explain_all(market, outcome)):
        held = int(outcome.edge[who])
        assert one.placed == (market.programmes[market.programme[held]] if held >= 0 else None)
        assert [here.programme for here in one.verdicts if here.code is Code.PLACED_HERE] == [one.placed] * (held >= 0)
        assert {here.programme for here in one.verdicts} == {
            market.programmes[market.programme[edge]] for edge in market.edges_of(who)
        }
        for verdict in one.verdicts:
            if verdict.code is Code.NOT_REACHED:
                assert one.choice is not None
                assert verdict.choice >= one.choice
            if verdict.code in {Code.BELOW_CUTOFF, Code.CAP_OF}:
                assert verdict.gap is not None
                assert verdict.gap > 0
            if verdict.code is Code.LOST_TIE:
                assert verdict.own_draw is not None
                assert verdict.cutoff_draw is not None
                assert verdict.own_draw < verdict.cutoff_draw
            assert verdict.code is not Code.OUT_OF_ORDER or not outcome.settled


@settings(deadline=None)
@given(MARKETS, some_lotteries(), st.sampled_from(list(Mechanism)), st.sampled_from(LANGUAGES))
def test_words_leave_no_gap(market: Market, lottery: Lottery, mechanism: Mechanism, language: str) -> None:
    outcome = outcome_or_none(market, mechanism, lottery)
    if outcome is None:
        return
    for one in explain_all(market, outcome):
        lines = one.words(language).split("\n")
        assert len(lines) == 1 + len(one.verdicts)
        assert not any(mark in line for line in lines for mark in ("{", "}", "None", "  "))


@settings(deadline=None)
@given(some_markets(EVERYTHING_STABLE), some_lotteries())
def test_cutoffs_in_explanations_are_the_published_ones(market: Market, lottery: Lottery) -> None:
    outcome = match(market, lottery=lottery)
    published = {(one.node, one.score) for one in check(market, outcome).cutoffs if one.full}
    for one in explain_all(market, outcome):
        told = {(here.node, here.cutoff) for here in one.verdicts if here.cutoff is not None}
        assert told <= published


def test_score_below_the_cutoff_is_told_in_both_languages() -> None:
    market = clinic()

    told = explain(market, fair(market), "cai")

    assert told.words("en").split("\n") == [
        "You have a place at B, your second choice.",
        "You ranked A first. All 2 places of A went to people with 81.5 points or more; you have 79.",
        "You ranked B second. You have a place there.",
    ]
    assert told.words("zh-hans").split("\n") == [
        "您已被安排在“B”，这是您的第2志愿。",
        "您的第1志愿是“A”。A的全部2个名额都给了81.5分及以上的申请人，您的分数是79。",
        "您的第2志愿是“B”。您已被安排在这里。",
    ]


def test_scores_that_differ_little_are_told_apart() -> None:
    choices = [Choice("ann", "A", 1, 0.30000000000000004), Choice("bob", "A", 1, 0.3)]
    market = market_from_records(choices, [Programme("A", 1)])

    told = explain(market, fair(market), "bob").verdicts[0].words("en")

    assert "somebody with 0.30000000000000004 points; you have 0.29999999999999999" in told


def test_limit_above_is_named() -> None:
    choices = [Choice("ann", "A", 1, 9.0), Choice("bob", "B", 1, 8.0)]
    programmes = [Programme("A", 1, under="North"), Programme("B", 1, under="North")]
    market = market_from_records(choices, programmes, limits=[Limit("North", 1)])

    (verdict,) = explain(market, fair(market), "bob").verdicts

    assert (verdict.code, verdict.node, verdict.cutoff, verdict.own) == (Code.CAP_OF, "North", 9.0, 8.0)


def test_lost_tie_tells_both_draws() -> None:
    market = market_from_records([Choice(name, "A", 1, 5.0) for name in ("ann", "bob")], [Programme("A", 1)])
    outcome = fair(market)
    loser = market.applicants[int((outcome.edge < 0).argmax())]

    (verdict,) = explain(market, outcome, loser).verdicts

    assert verdict.code is Code.LOST_TIE
    assert verdict.as_data()["own_draw"] == f"{verdict.own_draw:016x}"
    assert "a draw decided" in verdict.words("en")


def test_equal_score_under_fill_most_is_no_lost_tie() -> None:
    market = market_from_records([Choice(name, "A", 1, 5.0) for name in ("ann", "bob")], [Programme("A", 1)])
    outcome = match(market, Mechanism.FILL_MOST, lottery=LOTTERY)

    found = {code for one in explain_all(market, outcome) for code in codes(one).values()}

    assert found == {Code.PLACED_HERE, Code.BETTER_USE}


def test_bars_are_told_with_their_reason() -> None:
    choices = [
        Choice("ann", "A", 1, bar=Bar.NOT_ELIGIBLE, reason="No {degree}."),
        Choice("ann", "B", 2, bar=Bar.CONFLICT),
        Choice("ann", "C", 3, 1.0),
    ]
    market = market_from_records(choices, [Programme(name, 1) for name in "ABC"])

    told = explain(market, fair(market), "ann")

    assert codes(told) == {"A": Code.NOT_ELIGIBLE, "B": Code.CONFLICT, "C": Code.PLACED_HERE}
    assert "No {degree}." in told.words("en")
    assert "No {degree}." in told.words("zh-hans")


def test_closed_programme_tells_what_it_had_and_needed() -> None:
    market = market_from_records([Choice("ann", "A", 1)], [Programme("A", 3, minimum=2)])

    (verdict,) = explain(market, fair(market), "ann").verdicts

    assert (verdict.code, verdict.had, verdict.needed) == (Code.CLOSED_BELOW_MINIMUM, 1, 2)
    assert verdict.as_data() == {
        "programme": "A",
        "choice": 1,
        "code": "closed-below-minimum",
        "node": "A",
        "had": 1,
        "needed": 2,
    }


def test_reserved_seat_is_told_to_whoever_had_more_points() -> None:
    choices = [Choice("ann", "A", 1, 9.0), Choice("bob", "A", 1, 5.0), Choice("cai", "A", 1, 2.0)]
    people = [Person("ann"), Person("bob"), Person("cai", group="East")]
    reserves = [ReservedSeats("A", "East", 1)]
    market = market_from_records(choices, [Programme("A", 2)], people=people, reserves=reserves)

    (verdict,) = explain(market, fair(market), "bob").verdicts

    assert (verdict.code, verdict.group, verdict.cutoff, verdict.own) == (Code.SEAT_RESERVED, "East", 9.0, 5.0)


def test_fixed_placements_are_told_on_both_sides() -> None:
    choices = [Choice("ann", "B", 1, 9.0), Choice("ann", "A", 2, 1.0, fixed=True), Choice("bob", "A", 1, 5.0)]
    market = market_from_records(choices, [Programme("A", 1), Programme("B", 1)])
    outcome = fair(market)

    assert codes(explain(market, outcome, "ann")) == {"B": Code.FIXED_BY_DECISION, "A": Code.PLACED_HERE}
    assert codes(explain(market, outcome, "bob")) == {"A": Code.FIXED_BY_DECISION}
    assert explain(market, outcome, "ann").by_decision


def test_programme_without_places_says_so() -> None:
    market = market_from_records([Choice("ann", "A", 1)], [Programme("A", 0)])

    assert codes(explain(market, fair(market), "ann")) == {"A": Code.NO_PLACES}


def test_partner_is_named() -> None:
    choices = [Choice(who, what, 1, 1.0) for who in ("ann", "bob") for what in ("A", "B")]
    couple = JointChoice("ann", "bob", (("A", "A"), ("B", "B")))
    market = market_from_records(choices, [Programme("A", 1), Programme("B", 2)], couples=[couple])
    outcome = match(market, Mechanism.JOINT, lottery=LOTTERY)

    told = explain(market, outcome, "ann")

    assert told.placed == "B"
    assert codes(told)["B"] is Code.PLACED_HERE


def test_wrong_outcome_tells_whoever_was_passed_over() -> None:
    market = clinic()
    outcome = fair(market)
    edge, seat = outcome.edge.copy(), outcome.seat.copy()
    edge[0], seat[0] = -1, -1

    told = explain(market, replace(outcome, edge=edge, seat=seat), "ann")

    assert codes(told) == {"A": Code.OUT_OF_ORDER, "B": Code.OUT_OF_ORDER}


def test_person_without_choices_is_told_so() -> None:
    market = market_from_records([], [Programme("A", 1)], people=[Person("ann")])

    assert explain(market, fair(market), "ann").words("en").startswith("You gave no choices")


def test_unknown_applicant_is_refused() -> None:
    market = clinic()

    with pytest.raises(UnknownApplicant):
        explain(market, fair(market), "zoe")
