"""Cutoffs let everybody check their own result, and tell nothing else."""

import pytest
from hypothesis import given, settings
from tests.engines.matching.markets import EVERYTHING_STABLE, Shape, some_lotteries, some_markets
from tests.engines.matching.results import LOTTERY, clinic, fair

from accord.engines.matching import (
    Choice,
    Cutoff,
    Lottery,
    Market,
    Mechanism,
    OwnChoice,
    Programme,
    check,
    market_from_records,
    match,
    own_choices,
    verify_from_cutoffs,
)
from accord.engines.matching._lottery import draws_of

SHAPES = (EVERYTHING_STABLE, Shape(depth=4, minimums=True, reserves=True, fixed=True))


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("mechanism", [Mechanism.FAIR_MATCH, Mechanism.PRIORITY])
def test_cutoffs_and_own_data_alone_give_everybody_their_result(mechanism: Mechanism, shape: Shape) -> None:
    @settings(deadline=None)
    @given(some_markets(shape), some_lotteries())
    def check_everybody(market: Market, lottery: Lottery) -> None:
        outcome = match(market, mechanism, lottery=lottery)
        assert outcome.kept is not None
        cutoffs = check(market, outcome).cutoffs
        for who, name in enumerate(market.applicants):
            if not outcome.kept[who]:
                group = market.groups[market.group[who]] if market.group[who] >= 0 else ""
                held = int(outcome.edge[who])
                expected = market.programmes[market.programme[held]] if held >= 0 else None
                assert verify_from_cutoffs(cutoffs, own_choices(market, outcome, name), group=group) == expected

    check_everybody()


def test_cutoffs_are_the_lowest_scores_of_full_programmes() -> None:
    market = clinic()

    found = check(market, fair(market)).cutoffs

    assert found == (
        Cutoff("A", places=2, full=True, score=81.5),
        Cutoff("B", places=1, full=True, score=79.0),
    )


def test_programme_with_room_asks_for_nothing() -> None:
    market = market_from_records([Choice("ann", "A", 1, 7.0)], [Programme("A", 2)])

    assert check(market, fair(market)).cutoffs == (Cutoff("A", places=2),)


def test_fair_spread_publishes_no_scores() -> None:
    market = clinic()

    found = check(market, match(market, Mechanism.FAIR_SPREAD, lottery=LOTTERY)).cutoffs

    assert [(one.full, one.score, one.draw) for one in found] == [(True, None, None)] * 2


def test_draw_of_a_cutoff_parts_the_two_sides_and_is_nobodys_own() -> None:
    names = [f"a{number}" for number in range(9)]
    market = market_from_records([Choice(name, "A", 1, 5.0) for name in names], [Programme("A", 4)])

    (cutoff,) = check(market, fair(market)).cutoffs

    draws = sorted(draws_of(LOTTERY.seed, names).tolist())
    assert cutoff.draw is not None
    assert draws[4] < cutoff.draw < draws[5]


def test_draw_is_published_only_where_it_decided() -> None:
    market = clinic()

    assert [one.draw for one in check(market, fair(market)).cutoffs] == [None, None]


def test_own_choice_below_every_cutoff_gets_nothing() -> None:
    market = clinic()
    cutoffs = check(market, fair(market)).cutoffs

    assert verify_from_cutoffs(cutoffs, [OwnChoice("A", 1, 78.9, 0), OwnChoice("B", 2, 78.9, 0)]) is None
    assert verify_from_cutoffs(cutoffs, [OwnChoice("A", 1, 99.0, 0, eligible=False), OwnChoice("B", 2, 79.0, 0)]) == "B"
