"""The next pair: the one that tells most, never one that this judge may not see or has seen."""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.engines.duels.bouts import draw, few_duels, kendall

from accord.engines.duels import BadSetting, Duel, NextPair, NothingLeft, UnknownItem, bradley_terry, next_pair
from accord.engines.duels._next import gains


@pytest.mark.parametrize(("mean", "variance", "trust"), [(0, 4, 1), (1.5, 0.5, 1), (-2, 3, 0.6), (0, 4, 0.1)])
def test_gain_is_mutual_information_by_brute_force(mean: float, variance: float, trust: float) -> None:
    at = np.linspace(-12, 12, 200_001)
    weight = np.exp(-(at**2) / 2)
    weight /= weight.sum()
    chance = trust / (1 + np.exp(-(mean + np.sqrt(variance) * at))) + (1 - trust) / 2

    def entropy(p):
        return -(p * np.log2(p) + (1 - p) * np.log2(1 - p))

    found = gains(np.array([mean]), np.array([variance]), trust)[0]

    assert found == pytest.approx(entropy(weight @ chance) - weight @ entropy(chance), rel=2e-3)


@settings(max_examples=40, deadline=None)
@given(few_duels(), st.integers(0, 1000), st.sampled_from("abc"))
def test_pair_is_the_best_of_those_allowed(duels: list[Duel], seed: int, judge: str) -> None:
    ranking = bradley_terry(duels, judged=False)
    seen = {frozenset((one.left, one.right)) for one in duels if one.judge == judge}
    conflicts = [ranking.items[seed % len(ranking.items)]]
    allowed = [
        (one, other)
        for one, other in combinations(range(len(ranking.items)), 2)
        if not {ranking.items[one], ranking.items[other]} & set(conflicts)
        and frozenset((ranking.items[one], ranking.items[other])) not in seen
    ]
    cover = ranking.covariance

    found = next_pair(ranking, duels, judge=judge, seed=seed, conflicts=conflicts, epsilon=0)

    if not allowed:
        assert found == NothingLeft(judge, len(seen))
        return
    best = max(
        gains(
            np.array([ranking.strength[one] - ranking.strength[other]]),
            np.array([cover[one, one] + cover[other, other] - 2 * cover[one, other]]),
            next((one.reliability for one in ranking.judges if one.judge == judge), 0.9),
        )[0]
        for one, other in allowed
    )
    assert isinstance(found, NextPair)
    assert tuple(sorted(ranking.items.index(one) for one in (found.left, found.right))) in allowed
    assert found.gain == pytest.approx(best, abs=1e-8)


def test_short_list_of_many_items_holds_the_best() -> None:
    drawn = draw(150, 400, 3, seed=3)
    ranking = bradley_terry(drawn.duels, items=drawn.items, judged=False)
    one, other = np.triu_indices(150, 1)
    own = np.diag(ranking.covariance)
    variance = own[one] + own[other] - 2 * ranking.covariance[one, other]
    best = gains(ranking.strength[one] - ranking.strength[other], variance, 0.9).max()

    found = next_pair(ranking, [], judge="new", seed=1, epsilon=0)

    assert isinstance(found, NextPair)
    assert found.gain == pytest.approx(best, rel=1e-9)


def test_judge_sees_every_pair_once_and_then_is_told_so() -> None:
    duels = [Duel("a", "b", "a", "other")]
    items = list("abcde")
    for _ in range(10):
        found = next_pair(bradley_terry(duels, items=items), duels, judge="ann", seed=7, epsilon=0.5)
        assert isinstance(found, NextPair)
        duels.append(Duel(found.left, found.right, found.left, "ann"))

    mine = {frozenset((one.left, one.right)) for one in duels if one.judge == "ann"}
    assert len(mine) == 10
    assert next_pair(bradley_terry(duels, items=items), duels, judge="ann", seed=7) == NothingLeft("ann", 10)


def test_same_arguments_same_pair_and_judges_do_not_all_start_alike() -> None:
    ranking = bradley_terry([Duel("a", "b", None, "x")], items=[f"i{at}" for at in range(20)] + ["a", "b"])

    def ask(judge: str, seed: int = 5):
        return next_pair(ranking, [], judge=judge, seed=seed, conflicts=["a", "b"], epsilon=0)

    assert ask("ann") == ask("ann")
    assert len({(ask(f"j{at}").left, ask(f"j{at}").right) for at in range(20)}) > 10
    assert ask("ann") != ask("ann", seed=6)


def test_pairs_open_before_others_are_not_offered() -> None:
    ranking, held = bradley_terry([Duel("a", "b", "a", "x")], items=list("abcd")), []
    for _ in range(6):
        found = next_pair(ranking, [], judge="ann", seed=1, held=held, epsilon=0)
        assert isinstance(found, NextPair)
        held.append((found.right, found.left))

    assert len({frozenset(pair) for pair in held}) == 6
    assert next_pair(ranking, [], judge="ann", seed=1, held=held, epsilon=0) == NothingLeft("ann", 0)


def test_epsilon_is_the_share_left_to_chance() -> None:
    ranking = bradley_terry([Duel("a", "b", "a", "x")], items=list("abcdef"))
    asked = [next_pair(ranking, [], judge="ann", seed=seed, epsilon=0.3) for seed in range(600)]

    explored = [one for one in asked if isinstance(one, NextPair) and one.explored]

    assert len(explored) / 600 == pytest.approx(0.3, abs=0.06)
    assert len({frozenset((one.left, one.right)) for one in explored}) == 15
    assert np.mean([one.left < one.right for one in asked]) == pytest.approx(0.5, abs=0.07)


def test_chosen_pairs_teach_more_than_random_ones() -> None:
    rng, truth, taus = np.random.default_rng(1), None, {True: [], False: []}
    for seed in range(4):
        drawn = draw(20, 20, 1, seed=seed)
        truth = dict(zip(drawn.items, drawn.strength, strict=True))
        for chosen in (True, False):
            duels = list(drawn.duels)
            for turn in range(120):
                ranking = bradley_terry(duels, items=drawn.items)
                pair = next_pair(ranking, [], judge=f"n{turn}", seed=seed, epsilon=0.0 if chosen else 1.0)
                assert isinstance(pair, NextPair)
                won = rng.random() < 1 / (1 + np.exp(truth[pair.right] - truth[pair.left]))
                duels.append(Duel(pair.left, pair.right, pair.left if won else pair.right, "j000"))
            taus[chosen].append(kendall(bradley_terry(duels, items=drawn.items).strength, drawn.strength))

    assert np.mean(taus[True]) > np.mean(taus[False])


def test_unknown_conflict_and_impossible_share_are_refused() -> None:
    ranking = bradley_terry([Duel("a", "b", "a")])

    with pytest.raises(UnknownItem, match="zed"):
        next_pair(ranking, [], judge="ann", seed=1, conflicts=["zed"])
    with pytest.raises(BadSetting, match=r"1\.5"):
        next_pair(ranking, [], judge="ann", seed=1, epsilon=1.5)
