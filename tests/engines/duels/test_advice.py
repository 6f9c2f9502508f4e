"""When to stop, what is refused, and the guide's example."""

import doctest
from math import erf, sqrt
from pathlib import Path

import pytest
from tests.engines.duels.bouts import draw

from accord.engines.duels import (
    BadSetting,
    Duel,
    DuelsRefused,
    NoDuels,
    SelfDuel,
    UnknownItem,
    WinnerNotInDuel,
    advise,
    bradley_terry,
    chance_better,
)

GUIDE = Path(__file__).parents[3] / "src/accord/engines/duels/README.md"


def test_chance_is_that_of_the_normal_difference() -> None:
    ranking = bradley_terry([Duel("a", "b", "a")] * 4 + [Duel("b", "c", "b")] * 3)
    cover = ranking.covariance

    far = (ranking.strength[0] - ranking.strength[2]) / sqrt(cover[0, 0] + cover[2, 2] - 2 * cover[0, 2])

    assert chance_better(ranking, "a", "c") == pytest.approx((1 + erf(far / sqrt(2))) / 2)
    assert chance_better(ranking, "c", "a") == pytest.approx(1 - chance_better(ranking, "a", "c"))


def test_advice_lists_exactly_the_items_whose_side_is_open() -> None:
    drawn = draw(15, 300, 3, seed=4)
    ranking = bradley_terry(drawn.duels, items=drawn.items)
    order = sorted(ranking.items, key=lambda one: -ranking.strength[ranking.items.index(one)])
    last, first_out = order[4], order[5]

    found = advise(ranking, places=5, sure=0.9)

    sides = [chance_better(ranking, one, first_out) for one in order[:5]]
    sides += [chance_better(ranking, last, one) for one in order[5:]]
    assert found.doubtful == tuple(one for one, chance in zip(order, sides, strict=True) if chance < 0.9)
    assert found.least_sure == pytest.approx(min(sides))
    assert found.stop == (not found.doubtful)
    assert (found.places, found.sure) == (5, 0.9)


def test_advice_to_stop_comes_with_enough_duels() -> None:
    few, many = [Duel("a", "b", "a")] * 2, [Duel("a", "b", "a")] * 60

    assert advise(bradley_terry(few), places=1).stop is False
    assert advise(bradley_terry(many), places=1).stop is True


@pytest.mark.parametrize(
    "settings", [{"places": 0}, {"places": 2}, {"places": 1, "sure": 0.5}, {"places": 1, "sure": 1}]
)
def test_impossible_questions_are_refused(settings) -> None:
    with pytest.raises(BadSetting):
        advise(bradley_terry([Duel("a", "b", "a")]), **settings)


def test_unknown_item_in_a_question_is_refused() -> None:
    with pytest.raises(UnknownItem, match="zed"):
        chance_better(bradley_terry([Duel("a", "b", "a")]), "a", "zed")


@pytest.mark.parametrize(
    ("duels", "refusal", "said"),
    [
        ([], NoDuels, "not one duel"),
        ([Duel("a", "a", "a")], SelfDuel, "itself: a"),
        ([Duel("a", "b", "c")], WinnerNotInDuel, "c in a against b"),
        ([Duel("a", "b", "a"), Duel("a", "z", None)], UnknownItem, "z"),
    ],
)
def test_each_fault_has_its_own_refusal_with_the_ids(duels, refusal, said: str) -> None:
    with pytest.raises(refusal, match=said):
        bradley_terry(duels, items=["a", "b", "c"])
    assert issubclass(refusal, DuelsRefused)


@pytest.mark.parametrize("spread", [0, -1, float("inf"), float("nan")])
def test_spread_must_be_positive(spread: float) -> None:
    with pytest.raises(BadSetting, match="spread"):
        bradley_terry([Duel("a", "b", "a")], spread=spread)


def test_example_of_the_guide_runs() -> None:
    failed, tried = doctest.testfile(str(GUIDE), module_relative=False)

    assert (failed, tried > 0) == (0, True)
