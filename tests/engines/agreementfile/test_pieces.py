from __future__ import annotations

import random
from dataclasses import replace
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.engines.agreementfile.strategies import agreements

from accord.engines.agreementfile import (
    Bilingual,
    Change,
    Clause,
    ClauseAmendment,
    ClauseType,
    Piece,
    PieceKind,
    clause_difference,
    compare_clauses,
    read,
)
from accord.engines.agreementfile._pieces import MAX_EDITS

EXAMPLE = Path(__file__).parents[3] / "examples" / "agreements" / "chengdu-cass.yaml"
AGREEMENT = read(EXAMPLE.read_text(encoding="utf-8")).agreement
PAY = Clause("pay", ClauseType.BUDGET, Bilingual("Payment", "付款"), Bilingual("Within 30 days.", "三十日内。"))
words = st.lists(st.sampled_from(["one", "two", "10,000", "三", "十", "日", " ", ", ", "。", "\n", "-"]), max_size=30)
texts = words.map("".join) | st.text(max_size=60)


def marked(old, new):
    """The difference on one line: [-removed-] {+added+}."""
    shown = {PieceKind.EQUAL: "{}", PieceKind.REMOVED: "[-{}-]", PieceKind.ADDED: "{{+{}+}}"}
    return "".join(shown[piece.kind].format(piece.text) for piece in clause_difference(old, new))


def put_together(pieces, *kinds):
    return "".join(piece.text for piece in pieces if piece.kind in kinds)


def fewest_edits(old, new):
    """The obvious way: how many tokens must go or come, by the table of longest common subsequences."""
    row = [0] * (len(new) + 1)
    for a in old:
        diagonal = 0
        for j, b in enumerate(new, start=1):
            diagonal, row[j] = row[j], diagonal + 1 if a == b else max(row[j], row[j - 1])
    return len(old) + len(new) - 2 * row[-1]


@settings(max_examples=200, deadline=None)
@given(texts, texts)
def test_pieces_give_both_texts_back_and_alternate(old, new):
    pieces = clause_difference(old, new)

    assert put_together(pieces, PieceKind.EQUAL, PieceKind.REMOVED) == old
    assert put_together(pieces, PieceKind.EQUAL, PieceKind.ADDED) == new
    assert all(piece.text for piece in pieces)
    assert all(
        (a.kind, b.kind) != (PieceKind.ADDED, PieceKind.REMOVED) and a.kind != b.kind for a, b in pairwise(pieces)
    )


@settings(max_examples=200, deadline=None)
@given(st.text("甲乙丙", max_size=14), st.text("甲乙丙", max_size=14))
def test_no_shorter_difference_exists(old, new):
    pieces = clause_difference(old, new)

    edits = sum(len(piece.text) for piece in pieces if piece.kind is not PieceKind.EQUAL)

    assert edits == fewest_edits(old, new)


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("pay within 30 days", "pay within 60 days", "pay within [-30-]{+60+} days"),
        ("a party's re-use", "a party's use", "a party's [-re-use-]{+use+}"),
        ("the quick fox", "a slow fox", "[-the quick-]{+a slow+} fox"),
        ("10,000 people", "12,000 people", "[-10,000-]{+12,000+} people"),
        ("提前三十日通知。", "提前六十日书面通知。", "提前[-三-]{+六+}十日{+书面+}通知。"),
        ("甲方用 Python。", "甲方用 Rust。", "甲方用 [-Python-]{+Rust+}。"),
        ("One.\nTwo.", "One.\nThree.", "One.\n[-Two-]{+Three+}."),
        ("same", "same", "same"),
        ("", "new", "{+new+}"),
        ("old", "", "[-old-]"),
    ],
)
def test_words_change_whole_and_chinese_by_the_character(old, new, expected):
    assert marked(old, new) == expected


def test_texts_too_far_apart_are_compared_by_sentences():
    rng = random.Random(7)
    first, second = ("".join(rng.choices([chr(0x4E00 + n) for n in range(900)], k=MAX_EDITS)) + "。" for _ in range(2))

    assert marked(f"总则。{first}附则。", f"总则。{second}附则。") == f"总则。[-{first}-]{{+{second}+}}附则。"


def test_clauses_of_two_versions_stand_side_by_side():
    gone = replace(PAY, key="gone")
    later = replace(PAY, amendments=(ClauseAmendment(date(2020, 1, 1), Bilingual("Within 60 days.", None), PAY.text),))
    new = replace(PAY, key="new")

    rows = compare_clauses(replace(AGREEMENT, clauses=(gone, PAY)), replace(AGREEMENT, clauses=(new, later)))

    assert [(row.key, row.kind) for row in rows] == [
        ("new", Change.ADDED),
        ("pay", Change.CHANGED),
        ("gone", Change.REMOVED),
    ]
    assert dict(rows[1].text)["en"] == (
        Piece(PieceKind.EQUAL, "Within "),
        Piece(PieceKind.REMOVED, "30"),
        Piece(PieceKind.ADDED, "60"),
        Piece(PieceKind.EQUAL, " days."),
    )
    assert dict(rows[1].text)["zh-hans"] == (Piece(PieceKind.REMOVED, "三十日内。"),)
    assert (rows[1].is_retyped, rows[0].before, rows[2].after) == (False, None, None)


def test_another_type_is_told():
    other = replace(PAY, type=ClauseType.OTHER)

    (row,) = compare_clauses(replace(AGREEMENT, clauses=(PAY,)), replace(AGREEMENT, clauses=(other,)))

    assert (row.kind, row.is_retyped) == (Change.CHANGED, True)


@settings(max_examples=25, deadline=None)
@given(agreements())
def test_a_version_beside_itself_has_no_difference(agreement):
    assert {row.kind for row in compare_clauses(agreement, agreement)} <= {None}
    assert {row.kind for row in compare_clauses(None, agreement)} <= {Change.ADDED}
