"""What calibration does to scores, and when it leaves them alone."""

from dataclasses import fields

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.engines.calibration.panels import Row, draw, kendall, small_panels

from accord.engines.calibration import Calibration, Reason, calibrate


def arrays(found: Calibration) -> dict[str, list[object]]:
    values = {one.name: getattr(found, one.name) for one in fields(found)}
    return {name: value.tolist() for name, value in values.items() if isinstance(value, np.ndarray)}


def test_without_bias_ranks_are_not_worse_than_those_of_the_mean() -> None:
    used, worse = 0, []
    for seed in range(300):
        drawn = draw(60, 20, 3, bias=0.0, seed=seed)
        found = calibrate(drawn.reviewer, drawn.item, drawn.score)
        used += found.used
        worse.append(kendall(found.raw, drawn.quality) - kendall(found.calibrated, drawn.quality))

    assert used <= 21  # one in twenty is foreseen; this is three standard deviations more, and less is better
    assert np.mean(worse) < 0.001


def test_with_bias_ranks_come_much_nearer_to_the_truth() -> None:
    raw, calibrated, biases = [], [], []
    for seed in range(20):
        drawn = draw(200, 60, 3, bias=0.8, seed=seed)
        found = calibrate(drawn.reviewer, drawn.item, drawn.score)
        raw.append(kendall(found.raw, drawn.quality))
        calibrated.append(kendall(found.calibrated, drawn.quality))
        biases.append(np.corrcoef(found.bias, drawn.bias)[0, 1])

    assert np.mean(raw) == pytest.approx(0.67, abs=0.02)
    assert np.mean(calibrated) > np.mean(raw) + 0.09
    assert min(biases) > 0.8


@pytest.mark.parametrize(("bias", "noise"), [(0.8, 0.55), (0.3, 0.6), (2.0, 0.5)])
def test_the_two_variances_are_recovered(bias: float, noise: float) -> None:
    drawn = [draw(300, 80, 3, bias=bias, noise=noise, seed=seed) for seed in range(10)]

    found = [calibrate(one.reviewer, one.item, one.score) for one in drawn]

    assert np.mean([one.bias_variance for one in found]) == pytest.approx(bias**2, rel=0.12)
    assert np.mean([one.noise_variance for one in found]) == pytest.approx(noise**2, rel=0.05)


@settings(max_examples=80, deadline=None)
@given(small_panels())
def test_unused_calibration_is_the_mean_to_the_last_bit(row: Row) -> None:
    found = calibrate(*row)

    assert found.used == (found.reason in {Reason.BIAS_FOUND, Reason.BIAS_FOUND_IN_PARTS})
    if not found.used:
        assert found.calibrated.tolist() == found.raw.tolist()
        assert found.calibrated_rank.tolist() == found.raw_rank.tolist()
        assert not found.bias.any()


@settings(max_examples=40, deadline=None)
@given(st.randoms(use_true_random=False), st.integers(0, 50))
def test_order_of_rows_changes_no_bit(random, seed: int) -> None:
    drawn = draw(30, 12, 3, bias=1.0, seed=seed)
    rows = list(zip(drawn.reviewer, drawn.item, drawn.score, strict=True))
    first = calibrate(*zip(*rows, strict=True))
    random.shuffle(rows)

    assert arrays(calibrate(*zip(*rows, strict=True))) == arrays(first)


def test_shifting_or_stretching_all_scores_does_the_same_to_the_answer() -> None:
    drawn = draw(60, 20, 3, bias=0.8, seed=1)
    first = calibrate(drawn.reviewer, drawn.item, drawn.score)

    second = calibrate(drawn.reviewer, drawn.item, 10 * drawn.score + 50)

    assert second.calibrated == pytest.approx(10 * first.calibrated + 50)
    assert second.bias == pytest.approx(10 * first.bias)
    assert second.item_error == pytest.approx(10 * first.item_error)
    assert second.calibrated_rank.tolist() == first.calibrated_rank.tolist()


def test_a_generous_reviewer_is_not_told_from_good_items_but_from_co_reviewers() -> None:
    drawn = draw(60, 20, 3, bias=0.8, seed=2)
    first = calibrate(drawn.reviewer, drawn.item, drawn.score)
    better = drawn.score + 3.0 * np.array([one < "i00030" for one in drawn.item])

    assert calibrate(drawn.reviewer, drawn.item, better).bias == pytest.approx(first.bias, abs=1e-6)


def test_perfectly_biased_scores_are_told_apart_exactly() -> None:
    drawn = draw(40, 10, 4, bias=1.0, noise=0.0, seed=3)

    found = calibrate(drawn.reviewer, drawn.item, drawn.score)

    level = np.mean(found.calibrated - drawn.quality)
    assert found.calibrated - level == pytest.approx(drawn.quality, abs=1e-3)
    assert kendall(found.calibrated, drawn.quality) == 1


def test_reviewer_of_one_item_is_corrected_less_than_one_of_many() -> None:
    drawn = draw(200, 30, 3, bias=1.0, noise=0.5, seed=4)
    rows = [*zip(drawn.reviewer, drawn.item, drawn.score, strict=True), ("once", "i00000", 9.0)]

    found = calibrate(*zip(*rows, strict=True))

    at = found.reviewers.index("once")
    others = found.calibrated[0] * 4 - (9.0 - found.bias[at])
    left = 9.0 - others / 3 - found.bias[at]
    assert found.reviewer_reviews[at] == 1
    # Shrunk, so that something of the distance to the others is left; by hand: 1 / (1 + ratio) of it and more.
    assert left > (9.0 - others / 3) / (1 + found.variance_ratio) - 1e-9
    assert found.bias_error[at] == found.bias_error.max()


def test_ranks_of_equal_scores_are_shared() -> None:
    found = calibrate(["a", "b"] * 4, ["w", "w", "x", "x", "y", "y", "z", "z"], [1, 1, 3, 3, 3, 3, 2, 2])

    assert dict(zip(found.items, found.raw_rank.tolist(), strict=True)) == {"w": 4, "x": 1, "y": 1, "z": 3}
    assert (found.reason, found.noise_variance) == (Reason.TOO_FEW_REVIEWS, 0.0)


def test_reviewers_who_agree_on_everything_have_no_bias() -> None:
    found = calibrate(["a", "b", "c"] * 5, sorted("vwxyz" * 3), [one for one in range(5) for _ in range(3)])

    assert (found.reason, found.variance_ratio, found.noise_variance) == (Reason.NO_BIAS_FOUND, 0, 0)
    assert found.item_error.tolist() == [0] * 5


def test_arrays_cannot_be_written() -> None:
    found = calibrate(["a", "b"], ["x", "x"], [1, 2])

    with pytest.raises(ValueError, match="read-only"):
        found.calibrated[0] = 5
