"""Numbers, words and a light that does not flicker."""

import pytest

from accord.engines.forecast import Likelihood, likelihood, settle, shown

VERY_LIKELY, LIKELY, EVEN, UNLIKELY, VERY_UNLIKELY = Likelihood


@pytest.mark.parametrize(
    ("probability", "number", "word"),
    [
        (1.0, 95, VERY_LIKELY),
        (0.895, 90, VERY_LIKELY),
        (0.894, 89, LIKELY),
        (0.655, 66, LIKELY),
        (0.654, 65, EVEN),
        (0.335, 34, EVEN),
        (0.334, 33, UNLIKELY),
        (0.095, 10, UNLIKELY),
        (0.094, 9, VERY_UNLIKELY),
        (0.0, 5, VERY_UNLIKELY),
    ],
)
def test_word_and_number_change_together(probability: float, number: int, word: Likelihood) -> None:
    assert (shown(probability), likelihood(probability)) == (number, word)


@pytest.mark.parametrize(
    ("previous", "snapshots", "word"),
    [
        (None, [0.5], EVEN),
        (EVEN, [0.5, 0.6], EVEN),
        (EVEN, [0.64, 0.67], EVEN),  # one snapshot in a new band is not enough
        (EVEN, [0.64, 0.67, 0.68], LIKELY),
        (EVEN, [0.67, 0.64, 0.68], EVEN),
        (EVEN, [0.50, 0.70], LIKELY),  # a jump of 20 points
        (EVEN, [0.50, 0.69], EVEN),  # 19 are none
        (EVEN, [0.70], EVEN),  # nothing to compare with
        (LIKELY, [0.40, 0.30], EVEN),  # twice below: to the nearer of the two
        (LIKELY, [0.95, 0.50], EVEN),  # a jump down
        (LIKELY, [0.91, 0.75, 0.64], LIKELY),
        (EVEN, [0.67, 0.33], UNLIKELY),
    ],
)
def test_light_moves_after_two_snapshots_or_a_jump(
    previous: Likelihood | None, snapshots: list[float], word: Likelihood
) -> None:
    assert settle(previous, snapshots) == word
