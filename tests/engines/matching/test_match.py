"""The one way in: what an outcome holds, fixed placements put back, draws by the published rule, and refusals."""

import hmac

import numpy as np
import pytest
from hypothesis import given, settings
from tests.engines.matching.markets import EVERYTHING_STABLE, some_lotteries, some_markets

from accord.engines.matching import (
    ENGINE,
    Choice,
    Draws,
    JointChoice,
    Lottery,
    Market,
    Mechanism,
    NotSupported,
    Person,
    Programme,
    Seat,
    Spread,
    digest,
    market_from_dicts,
    market_from_records,
    match,
)

LOTTERY = Lottery("seed")
ONE_BY_ONE = [one for one in Mechanism if one not in {Mechanism.JOINT, Mechanism.FAIR_SPREAD}]


@pytest.mark.parametrize("mechanism", list(Mechanism))
def test_outcome_names_all_that_repeats_it(mechanism: Mechanism) -> None:
    market = market_from_dicts({"a": ["x", "y"], "b": ["x"]}, {"x": 1, "y": 1})

    outcome = match(market, mechanism, lottery=LOTTERY, spread=Spread.GENEROUS)

    assert (outcome.mechanism, outcome.lottery, outcome.engine) == (mechanism, LOTTERY, ENGINE)
    assert outcome.digest == digest(market)
    assert outcome.spread == (Spread.GENEROUS if mechanism is Mechanism.FAIR_SPREAD else None)
    assert outcome.settled
    assert outcome.kept.tolist() == [False, False]


@settings(max_examples=60, deadline=None)
@given(some_markets(EVERYTHING_STABLE), some_lotteries())
def test_fixed_placements_are_kept_on_open_seats_and_nobody_is_moved_out(market: Market, lottery: Lottery) -> None:
    fixed = np.flatnonzero(market.fixed)
    owner = market.applicant_of[fixed]

    for mechanism in Mechanism:
        outcome = match(market, mechanism, lottery=lottery)

        assert outcome.edge[owner].tolist() == fixed.tolist()
        assert outcome.seat[owner].tolist() == [Seat.OPEN] * len(fixed)
        assert np.flatnonzero(outcome.kept).tolist() == owner.tolist()
        assert ((outcome.edge >= 0) == (outcome.seat >= 0)).all()


@pytest.mark.parametrize("draws", list(Draws))
def test_tie_goes_to_the_higher_draw_of_the_published_rule(draws: Draws) -> None:
    people = [f"person {number}" for number in range(8)]
    market = market_from_dicts({who: ["seat"] for who in people}, {"seat": 1})

    outcome = match(market, lottery=Lottery("公开的种子", draws))

    tail = "" if draws is Draws.SINGLE else "\0seat"
    draw = {who: hmac.digest("公开的种子".encode(), (who + tail).encode(), "sha256")[:8] for who in people}
    (placed,) = np.flatnonzero(outcome.edge >= 0)
    assert market.applicants[placed] == max(people, key=draw.__getitem__)


def test_other_seed_gives_other_luck() -> None:
    market = market_from_dicts({f"a{number}": ["x"] for number in range(50)}, {"x": 25})

    outcomes = {tuple(match(market, lottery=Lottery(seed)).edge.tolist()) for seed in "abcde"}

    assert len(outcomes) == 5


def test_mechanism_may_be_given_by_its_plain_name() -> None:
    market = market_from_dicts({"a": ["x"]}, {"x": 1})

    assert match(market, "priority-order", lottery=LOTTERY).mechanism is Mechanism.PRIORITY  # type: ignore[arg-type]


def couple_and_team() -> tuple[Market, Market]:
    choices = [Choice("a", "x"), Choice("b", "x")]
    places = [Programme("x", 3)]
    return (
        market_from_records(choices, places, couples=[JointChoice("a", "b", (("x", "x"),))]),
        market_from_records(choices, places, people=[Person("b", size=2)]),
    )


@pytest.mark.parametrize("mechanism", [*ONE_BY_ONE, Mechanism.FAIR_SPREAD])
def test_couples_and_teams_are_refused_where_people_are_placed_one_by_one(mechanism: Mechanism) -> None:
    couple, team = couple_and_team()

    with pytest.raises(NotSupported, match="joint-applications") as refused:
        match(couple, mechanism, lottery=LOTTERY)
    assert refused.value.ids == ("a", "b")
    assert "联合申请" in refused.value.words("zh-hans")

    with pytest.raises(NotSupported, match="joint-applications") as refused:
        match(team, mechanism, lottery=LOTTERY)
    assert refused.value.ids == ("b",)
    assert "团队" in refused.value.words("zh-hans")


@pytest.mark.parametrize("mechanism", ONE_BY_ONE)
def test_team_that_is_fixed_already_is_no_obstacle(mechanism: Mechanism) -> None:
    market = market_from_records(
        [Choice("team", "x", fixed=True), Choice("a", "x"), Choice("b", "x")],
        [Programme("x", 3)],
        people=[Person("team", size=2)],
    )

    outcome = match(market, mechanism, lottery=LOTTERY)

    assert (outcome.edge[:2] >= 0).sum() == 1
    assert outcome.edge[2] >= 0


def test_couples_and_teams_are_placed_by_joint_applications() -> None:
    for market in couple_and_team():
        assert (match(market, Mechanism.JOINT, lottery=LOTTERY).edge >= 0).all()


@pytest.mark.parametrize("mechanism", [one for one in Mechanism if one is not Mechanism.FAIR_SPREAD])
def test_promise_to_reach_every_minimum_is_refused_beside_a_fair_spread(mechanism: Mechanism) -> None:
    market = market_from_dicts({"a": ["x"]}, {"x": 1})

    with pytest.raises(NotSupported, match="reaches its minimum") as refused:
        match(market, mechanism, lottery=LOTTERY, must_run=True)

    assert mechanism.value in refused.value.words("zh-hans")


@pytest.mark.parametrize("mechanism", [one for one in Mechanism if one is not Mechanism.FILL_MOST])
def test_exact_search_is_refused_for_all_but_filling_the_most_places(mechanism: Mechanism) -> None:
    market = market_from_dicts({"a": ["x"]}, {"x": 1})

    with pytest.raises(NotSupported, match="exact search"):
        match(market, mechanism, lottery=LOTTERY, exact=True)
