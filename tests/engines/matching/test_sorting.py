"""Fast orders are the plain ones."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from accord.engines.matching._sorting import order_by, order_by_score


@given(st.lists(st.integers(0, 2**40)))
def test_order_is_the_stable_one(values: list[int]) -> None:
    found = order_by(np.array(values, np.int64))

    assert found.tolist() == sorted(range(len(values)), key=values.__getitem__)


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 70_000))))
def test_given_order_stays_among_equals(rows: list[tuple[int, int]]) -> None:
    first, second = np.array([row[0] for row in rows], np.int64), np.array([row[1] for row in rows], np.int64)

    found = order_by(first, order_by(second))

    assert [rows[one] for one in found] == sorted(rows)


SCORES = st.one_of(
    st.integers(-70_000, 70_000).map(float), st.floats(-1e300, 1e300), st.integers(-3, 3).map(lambda n: n / 2)
)


@given(st.lists(SCORES))
def test_scores_come_out_sorted(scores: list[float]) -> None:
    found = order_by_score(np.array(scores, np.float64))

    assert [scores[one] for one in found] == sorted(scores)
    assert sorted(found.tolist()) == list(range(len(scores)))


@pytest.mark.parametrize("least", [0.0, 0.5, -3.25, 1e17])
def test_scores_apart_by_whole_numbers_from_any_least_one(least: float) -> None:
    scores = least + np.array([5.0, 0.0, 3.0, 5.0, 1.0])

    assert scores[order_by_score(scores)].tolist() == sorted(scores.tolist())


def test_scores_a_hair_apart_stay_apart() -> None:
    scores = np.array([np.nextafter(0.7, 1.0), 0.7, -0.3])

    assert order_by_score(scores).tolist() == [2, 1, 0]
