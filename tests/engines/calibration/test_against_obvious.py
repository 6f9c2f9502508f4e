"""The engine beside the definitions written out with dense matrices."""

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from tests.engines.calibration.panels import Row, draw, henderson, restricted_deviance, small_panels

from accord.engines.calibration import calibrate
from accord.engines.calibration._exact import exact
from accord.engines.calibration._large import large
from accord.engines.calibration._panel import read
from accord.engines.calibration._variance import estimate

ratios = st.sampled_from([0.01, 0.3, 1.0, 4.0, 50.0])


def varied(row: Row) -> bool:
    panel = read(*row, None, None)
    return exact(panel).spectrum().squares > 0 and len(row[2]) > len(panel.items)


@settings(max_examples=60, deadline=None)
@given(small_panels(), ratios)
def test_likelihood_is_that_of_the_definition(row: Row, ratio: float) -> None:
    assume(varied(row))
    none = restricted_deviance(row, 1e-12)
    assume(np.isfinite(none))
    spectrum = exact(read(*row, None, None)).spectrum()

    found = spectrum.deviance(ratio) - spectrum.deviance(0.0)

    assert found == pytest.approx(restricted_deviance(row, ratio) - none, abs=1e-5)


@settings(max_examples=60, deadline=None)
@given(small_panels(), ratios)
def test_biases_and_errors_solve_the_mixed_model_equations(row: Row, ratio: float) -> None:
    panel = read(*row, None, None)
    quality, bias, item_variance, bias_variance = henderson(row, ratio)

    fit = exact(panel).fit(ratio)

    assert fit.bias == pytest.approx(bias, abs=1e-8)
    assert fit.item_variance == pytest.approx(item_variance, abs=1e-7)
    assert fit.bias_variance == pytest.approx(bias_variance, abs=1e-7)
    corrected = panel.over_items(panel.score - fit.bias[panel.reviewer]) / panel.per_item
    assert corrected == pytest.approx(quality, abs=1e-8)


@settings(max_examples=40, deadline=None)
@given(small_panels(), ratios)
def test_both_ways_give_the_same_biases(row: Row, ratio: float) -> None:
    panel = read(*row, None, None)

    assert large(panel).fit(ratio).bias == pytest.approx(exact(panel).fit(ratio).bias, abs=1e-9)


@pytest.mark.parametrize("bias", [0.2, 0.8, 3.0])
def test_both_ways_agree_on_a_panel_of_hundreds(bias: float) -> None:
    drawn = draw(900, 300, 3, bias=bias, seed=5)
    panel = read(drawn.reviewer, drawn.item, drawn.score, None, None)
    dense, walk = exact(panel), large(panel)
    ours, theirs = estimate(walk.spectrum()), estimate(dense.spectrum())

    one, other = walk.fit(theirs.ratio), dense.fit(theirs.ratio)

    assert ours.ratio == pytest.approx(theirs.ratio, rel=0.05)
    assert ours.noise == pytest.approx(theirs.noise, rel=0.01)
    assert np.abs(one.bias - other.bias).max() < 1e-9
    assert np.sqrt(one.item_variance) == pytest.approx(np.sqrt(other.item_variance), rel=0.15)
    assert np.sqrt(one.bias_variance) == pytest.approx(np.sqrt(other.bias_variance), rel=0.25)
    assert np.mean(np.sqrt(one.item_variance / other.item_variance)) == pytest.approx(1, abs=0.02)


def test_many_items_are_cut_into_blocks_without_a_seam() -> None:
    drawn = draw(5000, 500, 3, bias=0.8, seed=6)
    panel = read(drawn.reviewer, drawn.item, drawn.score, None, None)
    few = np.unique(panel.item[:30])

    fit = exact(panel).fit(1.0)

    inverse = np.linalg.inv(_matrix(panel) + np.eye(500)) - 1 / 500  # less the level
    for item in [*few.tolist(), 4998, 4999]:
        who = panel.reviewer[panel.item == item]
        assert fit.item_variance[item] == pytest.approx(1 / 3 + inverse[np.ix_(who, who)].mean())


def _matrix(panel) -> np.ndarray:
    rows = np.zeros((len(panel.items), len(panel.reviewers)))
    rows[panel.item, panel.reviewer] = 1
    return np.diag(rows.sum(axis=0)) - rows.T @ (rows / rows.sum(axis=1, keepdims=True))


def test_standard_errors_cover_the_truth_as_often_as_they_say() -> None:
    inside = []
    for seed in range(30):
        drawn = draw(120, 40, 3, bias=0.8, seed=seed)
        found = calibrate(drawn.reviewer, drawn.item, drawn.score)
        # What both sides share, the level of all, is neither known nor asked for.
        far = (found.calibrated - drawn.quality) - np.mean(found.calibrated - drawn.quality)
        inside.append(np.mean(np.abs(far) < 1.96 * found.item_error))

    assert np.mean(inside) == pytest.approx(0.95, abs=0.02)
