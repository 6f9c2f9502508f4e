"""What people read: reasons in both languages, an item's own account, and the guide's example."""

import doctest
from pathlib import Path

import pytest
from tests.engines.calibration.panels import draw

from accord.engines.calibration import Reason, Share, UnknownItem, calibrate, explain, words

GUIDE = Path(__file__).parents[3] / "src/accord/engines/calibration/README.md"


@pytest.mark.parametrize("reason", Reason)
def test_reason_has_words_in_both_languages(reason: Reason) -> None:
    english, chinese = words(reason), words(reason, "zh-hans")

    assert english.isascii()
    assert english.endswith(".")
    assert chinese.endswith("。")
    assert sum("\u4e00" <= character <= "\u9fff" for character in chinese) > 10


def test_account_of_an_item_adds_up() -> None:
    drawn = draw(60, 20, 3, bias=0.8, seed=1)
    found = calibrate(drawn.reviewer, drawn.item, drawn.score)

    account = explain(found, "i00007")

    given = {
        who: score for who, what, score in zip(drawn.reviewer, drawn.item, drawn.score, strict=True) if what == "i00007"
    }
    assert {one.reviewer: one.score for one in account.reviews} == given
    assert account.calibrated == pytest.approx(sum(one.corrected for one in account.reviews) / 3)
    assert account.raw == pytest.approx(sum(given.values()) / 3)
    assert all(one.corrected == one.score - one.bias for one in account.reviews)
    assert (account.raw_rank, account.calibrated_rank) == (found.raw_rank[7], found.calibrated_rank[7])


def test_account_without_bias_shows_scores_as_given() -> None:
    found = calibrate(["ann", "bo"], ["x", "x"], [1, 2])

    assert explain(found, "x").reviews == (Share("ann", 1, 0, 1), Share("bo", 2, 0, 2))


def test_account_of_an_unknown_item_is_refused() -> None:
    with pytest.raises(UnknownItem, match="nothing"):
        explain(calibrate(["ann", "bo"], ["x", "x"], [1, 2]), "y")


def test_example_of_the_guide_runs() -> None:
    failed, tried = doctest.testfile(str(GUIDE), module_relative=False, optionflags=doctest.NORMALIZE_WHITESPACE)

    assert (failed, tried > 0) == (0, True)
