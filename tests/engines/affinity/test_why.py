"""The account of an affinity adds up to it, and names what carried it."""

import doctest
from pathlib import Path

import pytest
from hypothesis import given, settings
from tests.engines.affinity.texts import profiles, submissions

from accord.engines.affinity import BadSetting, Paper, UnknownItem, UnknownReviewer, affinity
from accord.engines.affinity._terms import terms

GUIDE = Path(__file__).parents[3] / "src/accord/engines/affinity/README.md"


@settings(max_examples=60, deadline=None)
@given(submissions, profiles)
def test_parts_and_papers_add_up_to_the_affinity(asked, written) -> None:
    found = affinity(asked, written)
    assert found.matrix is not None
    for row, item in enumerate(found.items):
        for column, who in enumerate(found.reviewers):
            account = found.why(item, who, most=2)
            parts = sum(one.part for one in account.terms) + account.weaker_terms + account.common_terms
            similar = [one.similarity for one in account.papers]

            assert account.affinity == pytest.approx(found.matrix[row, column], abs=1e-6)
            assert parts == pytest.approx(account.affinity, abs=1e-9)
            assert sum(similar) == pytest.approx(account.affinity * len(similar), abs=1e-9)
            assert len(similar) == min(3, len(written[who]))
            assert {one.term for one in account.terms} <= set(terms(asked[item]))


def test_papers_are_named_by_their_place_in_the_profile() -> None:
    found = affinity({"s": "river delta"}, {"a": ["medieval law", "river delta", "river law", "treaty law"]})

    papers = found.why("s", "a").papers

    assert [one.place for one in papers] == [1, 2, 0]
    assert papers[0] == Paper(1, pytest.approx(1, abs=1e-6))


def test_words_that_most_texts_hold_explain_nothing() -> None:
    archive = {f"r{at:02}": [f"the study of subject{at}"] for at in range(20)} | {"water": ["the river delta"]}
    account = affinity({"s": "the river study"}, archive).why("s", "water")

    assert [one.term for one in account.terms] == ["river"]
    assert account.common_terms > 0


def test_account_is_given_for_pairs_that_were_not_kept() -> None:
    found = affinity({"s": "river"}, {"a": ["river"], "b": ["river law"], "c": ["law"]}, top=1)

    assert found.why("s", "b").affinity > 0
    assert found.why("s", "c").affinity == 0


def test_unknown_ids_and_no_terms_are_refused() -> None:
    found = affinity({"s": "river"}, {"a": ["river"]})

    with pytest.raises(UnknownItem, match="zed"):
        found.why("zed", "a")
    with pytest.raises(UnknownReviewer, match="zed"):
        found.why("s", "zed")
    with pytest.raises(BadSetting):
        found.why("s", "a", most=0)


def test_example_of_the_guide_runs() -> None:
    failed, tried = doctest.testfile(str(GUIDE), module_relative=False)

    assert (failed, tried > 0) == (0, True)
