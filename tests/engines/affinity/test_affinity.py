"""Affinities beside their definition, their bounds, and what is kept of them."""

from itertools import permutations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.engines.affinity.texts import profiles, slow_affinity, submissions

from accord.engines.affinity import (
    AffinityRefused,
    BadSetting,
    Document,
    NoProfiles,
    NoSubmissions,
    _product,
    affinity,
)


@settings(max_examples=60, deadline=None)
@given(submissions, profiles)
def test_affinity_is_that_of_the_definition(asked, written) -> None:
    found = affinity(asked, written)
    slow = slow_affinity(asked, written)

    expected = [[slow[item, who] for who in found.reviewers] for item in found.items]

    assert (found.items, found.reviewers) == (tuple(sorted(asked)), tuple(sorted(written)))
    assert found.matrix == pytest.approx(np.array(expected), abs=1e-6)


@pytest.mark.parametrize(("dense", "cells"), [(0, 64), (2, 64), (5, 1), (1024, 16)])
def test_blocks_and_the_split_of_terms_leave_no_seam(monkeypatch, dense: int, cells: int) -> None:
    rng = np.random.default_rng(1)
    words = np.array([f"w{at}" for at in range(40)])
    asked = {f"s{at:02}": " ".join(rng.choice(words, 10)) for at in range(23)}
    written = {f"r{at:02}": [" ".join(rng.choice(words, 10)) for _ in range(at % 5)] for at in range(11)}
    whole = affinity(asked, written).matrix
    monkeypatch.setattr(_product, "DENSE", dense)
    monkeypatch.setattr(_product, "CELLS", cells)

    assert affinity(asked, written).matrix == pytest.approx(whole, abs=1e-6)


@settings(max_examples=40, deadline=None)
@given(submissions, profiles, st.randoms(use_true_random=False))
def test_order_changes_no_bit(asked, written, random) -> None:
    items, people = list(asked), list(written)
    random.shuffle(items)
    random.shuffle(people)
    turned = affinity({one: asked[one] for one in items}, {one: written[one][::-1] for one in people})

    first = affinity(asked, written)

    assert turned.matrix is not None
    assert first.matrix is not None
    assert turned.matrix.tolist() == first.matrix.tolist()


def test_order_of_papers_changes_no_bit_of_their_mean() -> None:
    papers = ["river soil " + " ".join(f"w{at}" for at in range(count)) for count in (0, 3, 6)]
    asked = {f"s{at}": f"river soil w{at} w{at // 2}" for at in range(30)}

    turned = [affinity(asked, {"a": order}).matrix for order in permutations(papers)]

    assert all(one is not None and one.tolist() == turned[0].tolist() for one in turned)


def test_own_words_are_nearest_and_nothing_shared_is_0() -> None:
    text = "soil moisture of river deltas"
    found = affinity({"s": text}, {"a": [text], "b": ["soil erosion"], "c": ["medieval law"], "d": []})

    assert found.matrix is not None
    same, some, none, silent = found.matrix[0].tolist()
    assert same == pytest.approx(1, abs=1e-6)
    assert 0 < some < 0.6
    assert (none, silent) == (0, 0)
    assert found.silent_reviewers == ("d",)


def test_three_nearest_papers_count_however_many_there_are() -> None:
    near = ["river water", "river soil", "river delta"]
    few = affinity({"s": "river"}, {"a": near, "z": ["law"] * 2}).matrix
    many = affinity({"s": "river"}, {"a": [*near, "law", "law"], "z": ["law"] * 2}).matrix

    assert few is not None
    assert many is not None
    assert few[0, 0] == pytest.approx(many[0, 0])


def test_text_that_two_reviewers_share_weighs_once() -> None:
    alone = affinity({"s": "river soil"}, {"a": ["river soil"], "b": ["law of the sea"]})
    shared = affinity({"s": "river soil"}, {"a": ["river soil"], "b": ["law of the sea"], "c": ["river soil"]})

    assert alone.matrix is not None
    assert shared.matrix is not None
    assert shared.matrix[0, :2].tolist() == alone.matrix[0].tolist()


def test_texts_without_a_word_are_told() -> None:
    found = affinity({"s": "river", "t": "…", "u": Document("", "")}, {"a": ["river"], "b": ["!"], "c": []})

    assert found.silent_items == ("t", "u")
    assert found.silent_reviewers == ("b", "c")
    assert found.matrix is not None
    assert found.matrix[1:].tolist() == [[0, 0, 0], [0, 0, 0]]


@settings(max_examples=60, deadline=None)
@given(submissions, profiles, st.integers(1, 4))
def test_pairs_are_the_best_of_each_item_and_each_reviewer(asked, written, top: int) -> None:
    whole, kept = affinity(asked, written).matrix, affinity(asked, written, top=top)
    assert whole is not None
    best = {
        (row, at) for row, line in enumerate(whole) for at in sorted(range(len(line)), key=lambda at: -line[at])[:top]
    }
    best |= {
        (at, row) for row, line in enumerate(whole.T) for at in sorted(range(len(line)), key=lambda at: -line[at])[:top]
    }

    pairs = kept.pairs

    assert kept.matrix is None
    assert pairs is not None
    item = np.repeat(np.arange(len(kept.items)), np.diff(pairs.start)).tolist()
    found = dict(zip(zip(item, pairs.reviewer.tolist(), strict=True), pairs.value.tolist(), strict=True))
    assert found == {pair: whole[pair] for pair in sorted(best) if whole[pair] > 0}


@pytest.mark.parametrize(
    ("asked", "written", "top", "refusal"),
    [
        ({}, {"a": ["x"]}, None, NoSubmissions),
        ({"s": "x"}, {}, None, NoProfiles),
        ({"s": "x"}, {"a": ["x"]}, 0, BadSetting),
    ],
)
def test_what_cannot_be_compared_is_refused(asked, written, top, refusal) -> None:
    with pytest.raises(refusal):
        affinity(asked, written, top=top)
    assert issubclass(refusal, AffinityRefused)


def test_matrix_cannot_be_written() -> None:
    found = affinity({"s": "river"}, {"a": ["river"]})

    assert found.matrix is not None
    with pytest.raises(ValueError, match="read-only"):
        found.matrix[0, 0] = 1
