"""Blocking parties against the slow side: every limit chooses by itself."""

from random import Random

import numpy as np
import pytest
from tests.engines.matching import brute, joint_obvious
from tests.engines.matching.markets import Shape, many_markets

from accord.engines.matching import Choice, JointChoice, Lottery, Programme, market_from_records
from accord.engines.matching._deferred import hold as hold_deferred
from accord.engines.matching._joint_blocks import JointBlock, joint_blocks
from accord.engines.matching._layout import layout

LOTTERY = Lottery("seed")
SHAPES = [
    Shape(couples=True, taste_ties=True),
    Shape(couples=True, depth=4, reserves=True, fixed=True),
    Shape(couples=True, depth=2, teams=True),
    Shape(teams=True, depth=1, ties=False),
]


@pytest.mark.parametrize("shape", SHAPES)
def test_blocking_parties_are_those_that_every_limit_would_choose(shape: Shape) -> None:
    random, blocked, free = Random(3), 0, 0
    for market in many_markets(150, shape, seed=11):
        plan = layout(market, LOTTERY)
        found = list(joint_obvious.outcomes(market, plan))
        for held in random.sample(found, min(6, len(found))):
            blocks = joint_blocks(market, plan, np.array(held))

            assert sorted(one.people for one in blocks) == sorted(joint_obvious.complaints(market, plan, held))
            blocked, free = blocked + bool(blocks), free + (not blocks)
    assert blocked > 100
    assert free > 20


def test_the_fair_match_has_no_blocking_party() -> None:
    for market in many_markets(200, Shape(depth=4, reserves=True, fixed=True, taste_ties=True), seed=12):
        plan = layout(market, LOTTERY)

        assert joint_blocks(market, plan, hold_deferred(plan)) == []


def test_for_people_alone_a_block_is_a_blocking_pair() -> None:
    for market in many_markets(150, Shape(depth=1, taste_ties=True), seed=13):
        plan = layout(market, LOTTERY)
        for held in brute.outcomes(plan):
            people = [who for (who,) in (one.people for one in joint_blocks(market, plan, np.array(held)))]

            assert people == sorted({who for who, _ in brute.weakly_blocking(market, plan, held)})


def test_block_names_people_programmes_and_slots() -> None:
    rows = [Choice("a", "P", 1), Choice("b", "Q", 1), Choice("c", "Q", 1)]
    couple = JointChoice("a", "b", (("P", "Q"), ("P", None)))
    market = market_from_records(rows, [Programme("P", 1), Programme("Q", 1)], couples=[couple])

    blocks = joint_blocks(market, layout(market, LOTTERY), np.array([-1, -1, 2]))

    assert blocks == [JointBlock((0, 1), (0, -1), (0, -1))]
