"""What cannot be calibrated is refused, with the ids."""

import pytest

from accord.engines.calibration import (
    CalibrationRefused,
    LengthsDiffer,
    NoScores,
    OneReviewer,
    ScoredTwice,
    ScoreNotFinite,
    UnknownItem,
    UnknownReviewer,
    calibrate,
)


@pytest.mark.parametrize(
    ("columns", "refusal", "said"),
    [
        (([], [], []), NoScores, "not one score"),
        ((["ann", "bo"], ["x"], [1, 2]), LengthsDiffer, "2 reviewers, 1 items and 2 scores"),
        ((["ann", "bo"], ["x", "y"], [1, float("nan")]), ScoreNotFinite, "bo on y"),
        ((["ann", "bo"], ["x", "y"], [float("inf"), 2]), ScoreNotFinite, "ann on x"),
        ((["ann", "bo", "ann"], ["x", "x", "x"], [1, 2, 3]), ScoredTwice, "ann on x"),
        ((["ann", "ann"], ["x", "y"], [1, 2]), OneReviewer, "ann"),
    ],
)
def test_each_fault_has_its_own_refusal_with_the_ids(columns, refusal, said: str) -> None:
    with pytest.raises(refusal, match=said):
        calibrate(*columns)
    assert issubclass(refusal, CalibrationRefused)


def test_ids_that_are_not_listed_are_refused() -> None:
    columns = ["ann", "bo"], ["x", "y"], [1, 2]

    with pytest.raises(UnknownReviewer, match="bo"):
        calibrate(*columns, reviewers=["ann"])
    with pytest.raises(UnknownItem, match="y"):
        calibrate(*columns, items=["x"])


def test_many_ids_are_named_in_part() -> None:
    people = [f"r{at}" for at in range(9)]

    with pytest.raises(UnknownReviewer, match=r"r0, r1, r2, r3, r4 and 4 more"):
        calibrate(people, ["x"] * 9, [1] * 9, reviewers=[])


def test_listed_item_without_a_score_is_told() -> None:
    found = calibrate(["ann", "bo"], ["x", "y"], [1, 2], items=["x", "y", "z"])

    assert (found.items, found.unscored) == (("x", "y"), ("z",))
