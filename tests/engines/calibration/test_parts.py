"""Panels that fall into parts: calibrated within each, never across."""

import numpy as np
import pytest
from hypothesis import given, settings
from tests.engines.calibration.panels import Row, draw, small_panels

from accord.engines.calibration import Reason, calibrate


@settings(max_examples=100, deadline=None)
@given(small_panels())
def test_parts_are_those_that_a_walk_finds(row: Row) -> None:
    reviewer, item, _ = row
    found = calibrate(*row)
    numbers = dict(zip(found.items, found.item_part.tolist(), strict=True))
    numbers |= dict(zip(found.reviewers, found.reviewer_part.tolist(), strict=True))

    groups = {one: {one} for one in numbers}
    for who, what in zip(reviewer, item, strict=True):
        joined = groups[who] | groups[what]
        groups |= dict.fromkeys(joined, joined)

    assert {frozenset(group) for group in groups.values()} == {
        frozenset(one for one, part in numbers.items() if part == wanted) for wanted in range(found.parts)
    }


def test_long_chain_is_one_part() -> None:
    reviewer = [f"r{at // 2:04}" for at in range(1, 4001)]
    item = [f"i{at // 2:04}" for at in range(4000)]

    assert calibrate(reviewer, item, [1.0] * 4000).parts == 1


def test_biases_add_up_to_nothing_within_each_part() -> None:
    one, other = draw(60, 20, 3, bias=1.0, seed=1), draw(60, 20, 3, bias=1.0, seed=2)
    reviewer = [*one.reviewer, *("s" + name for name in other.reviewer)]
    item = [*one.item, *("j" + name for name in other.item)]

    found = calibrate(reviewer, item, np.concatenate((one.score, other.score + 5)))

    assert (found.parts, found.reason) == (2, Reason.BIAS_FOUND_IN_PARTS)
    assert [found.bias[found.reviewer_part == part].sum() for part in (0, 1)] == pytest.approx([0, 0], abs=1e-9)
    # That the second part scores five points higher says nothing of its reviewers: it stays.
    second = found.item_part == found.item_part[-1]
    assert found.calibrated[second].mean() - found.calibrated[~second].mean() == pytest.approx(5, abs=0.5)


def test_panel_without_a_shared_item_stays_raw() -> None:
    found = calibrate(["a", "a", "b", "b"], ["w", "x", "y", "z"], [1, 2, 8, 9])

    assert (found.reason, found.used, found.parts) == (Reason.NOT_CONNECTED, False, 2)
    assert found.calibrated.tolist() == [1, 2, 8, 9]
    assert np.isnan(found.item_error).all()


def test_few_reviews_stay_raw() -> None:
    found = calibrate(["a", "b", "a", "b"], ["x", "x", "y", "y"], [1, 3, 2, 4])

    assert (found.reason, found.used) == (Reason.TOO_FEW_REVIEWS, False)
    assert found.calibrated.tolist() == [2, 3]
