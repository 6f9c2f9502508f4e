"""Priority order: whose turn it is, and that no other outcome is better for somebody and worse for nobody."""

import hmac
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from tests.engines.matching import brute
from tests.engines.matching.markets import EVERYTHING_STABLE, Shape, many_markets, some_markets

from accord.engines.matching import Draws, Lottery, Market, Mechanism, market_from_dicts, match
from accord.engines.matching._layout import Layout, layout
from accord.engines.matching._priority import hold

LOTTERY = Lottery("seed", Draws.MULTIPLE)


def draw(who: str) -> bytes:
    return hmac.digest(b"seed", who.encode(), "sha256")[:8]


def one_after_another(market: Market, plan: Layout) -> list[int]:
    """Return the slots by the plain rule: best score first, then the luckier draw."""
    starts, score = plan.start.tolist(), market.score
    own = [range(first, last) for first, last in pairwise(starts)]
    asking = [who for who in range(len(own)) if own[who]]
    asking.sort(key=lambda who: (max(score[plan.edge[slot]] for slot in own[who]), draw(market.applicants[who])))
    held = [-1] * len(own)
    for who in reversed(asking):
        for slot in own[who]:
            if brute.feasible(plan, (*held[:who], slot, *held[who + 1 :])):
                held[who] = slot
                break
    return held


@settings(max_examples=150, deadline=None)
@given(some_markets(Shape(people=8, programmes=5, depth=4, taste_ties=True, reserves=True, fixed=True)))
def test_everybody_takes_the_best_place_left_when_their_turn_comes(market: Market) -> None:
    plan = layout(market, LOTTERY)

    assert hold(market, plan, LOTTERY).tolist() == one_after_another(market, plan)


@pytest.mark.parametrize("shape", [Shape(), EVERYTHING_STABLE])
def test_no_other_outcome_is_better_for_somebody_and_worse_for_nobody(shape: Shape) -> None:
    for market in many_markets(150, shape, seed=9):
        plan = layout(market, LOTTERY)
        if np.prod(np.diff(plan.start) + 1) > 1500:
            continue
        held = tuple(slot % 10**9 for slot in hold(market, plan, LOTTERY).tolist())

        for other in brute.outcomes(plan):
            places = [slot % 10**9 for slot in other]
            assert tuple(places) == held or any(one > own for one, own in zip(places, held, strict=True))


def test_equal_scores_go_by_the_draw_of_the_person_even_with_one_draw_each_programme() -> None:
    market = market_from_dicts({"ann": ["x"], "bob": ["x"], "cho": ["x"]}, {"x": 1})

    outcome = match(market, Mechanism.PRIORITY, lottery=LOTTERY)

    (placed,) = np.flatnonzero(outcome.edge >= 0)
    assert market.applicants[placed] == max(market.applicants, key=draw)
