"""What is new in a version is said in words, each thing once."""

from typing import Any

import pytest
from hypothesis import given
from tests.engines.questionnaire.forms import Data, asked, definitions, everything, form, options, text

from accord.engines.questionnaire import Change, Kind, compare, read
from accord.engines.questionnaire._difference_words import FLAGS, KIND_NAMES, LIMITS

A, B, C = asked("a", "short"), asked("b", "short"), asked("c", "short")
ABC: Data = {"options": options("a", "b", "c")}


def said(old: Data, new: Data) -> list[tuple[str, str, str]]:
    """Every difference as change, question and English words."""
    return [(one.change.value, one.question or one.section, one.words.en) for one in compare(read(old), read(new))]


def test_questions_come_go_and_move() -> None:
    assert said(form(A, B, C), form(C, A, asked("d", "date"))) == [
        ("moved", "c", "“C” stands in another place of its section."),
        ("added", "d", "New question: “D”."),
        ("removed", "b", "“B” is no longer asked."),
    ]


def test_sections_come_go_move_and_change() -> None:
    def some(*sections: tuple[str, Data, Data]) -> Data:
        return {
            "sections": [{"key": key, "title": text(key), "questions": [one]} | rest for key, one, rest in sections]
        }

    condition = {"question": "b", "answered": True}
    old = some(("y", B, {}), ("x", A, {}), ("gone", C, {}))
    new = some(("y", B, {"help": text("Help")}), ("new", C, {}), ("x", A, {"title": text("Ex"), "show_if": condition}))

    assert said(old, new) == [
        ("changed", "y", "The explanation of “y” is another."),
        ("added", "new", "New section: “new”."),
        ("changed", "x", "The section “Ex” was called “x”."),
        ("changed", "x", "“Ex” is now asked only if “B” is answered."),
        ("moved", "c", "“C” now stands in “new”."),
        ("removed", "gone", "The section “gone” is gone."),
    ]
    x, y, z = ("x", A, {}), ("y", B, {}), ("z", C, {})
    assert said(some(x, y, z), some(y, z, x)) == [("moved", "x", "The section “x” stands in another place.")]


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        (asked("a", "short"), asked("a", "short", label=text("Alpha")), "“Alpha” read “A” before."),
        (asked("a", "short"), asked("a", "short", help=text("x")), "The explanation of “A” is another."),
        (asked("a", "short"), asked("a", "date"), "“A” now wants a day; before, a short text."),
        (asked("a", "short"), asked("a", "short", required=False), "“A” may now be left open."),
        (asked("a", "short", required=False), asked("a", "short"), "“A” now has to be answered."),
        (
            asked("a", "short"),
            asked("a", "short", identity=True),
            "The answer to “A” is now kept from blind reviewers.",
        ),
        (
            asked("a", "short"),
            asked("a", "short", to_hosts=True),
            "Hosts that the applicant ranks may now read the answer to “A”.",
        ),
        (asked("a", "short", to_hosts=True), asked("a", "short"), "Hosts no longer read the answer to “A”."),
        (asked("a", "short"), asked("a", "short", most=300), "“A”, the most characters: 300 instead of 200."),
        (asked("a", "number"), asked("a", "number", least=0), "“A”, the smallest number: 0 instead of none."),
        (asked("a", "number"), asked("a", "number", whole=True), "“A” now wants a whole number."),
        (asked("a", "number"), asked("a", "number", unit=text("days")), "“A”, the unit: days instead of none."),
        (
            asked("a", "date", latest="2020-01-31"),
            asked("a", "date", latest="2020-02-01"),
            "“A”, the latest day: 1 February 2020 instead of 31 January 2020.",
        ),
        (
            asked("a", "file"),
            asked("a", "file", types=["pdf", "png"]),
            "“A”, the type of file: pdf, png instead of pdf.",
        ),
        (asked("a", "choice", **ABC), asked("a", "choice", options=options("a", "b")), "“A” no longer offers “C”."),
        (asked("a", "choice", options=options("a", "b")), asked("a", "choice", **ABC), "“A” has a new option: “C”."),
        (
            asked("a", "choice", options=options("a", "b")),
            asked("a", "choice", options=options("b", "a")),
            "The options of “A” stand in another order.",
        ),
        (
            asked("a", "choice", options=options("a")),
            asked("a", "choice", options=[{"key": "a", "label": text("Ay")}]),
            "The option “Ay” of “A” read “A” before.",
        ),
        (
            asked("a", "choice", **ABC),
            asked("a", "choice", **ABC, several=True),
            "Several options of “A” can now be chosen.",
        ),
        (
            asked("a", "choice", **ABC),
            asked("a", "choice", **ABC, other=True),
            "“A” can now be answered in one's own words.",
        ),
        (
            asked("a", "ranking", **{"from": "places"}),
            asked("a", "ranking", **{"from": "hosts"}),
            "“A”, the list to rank from: hosts instead of places.",
        ),
    ],
)
def test_one_change_of_a_question_is_said_once(old: Data, new: Data, words: str) -> None:
    assert said(form(old), form(new)) == [("changed", "a", words)]


def test_condition_is_said_in_words() -> None:
    bound = B | {"show_if": {"question": "a", "is": "x"}}

    assert said(form(A, B), form(A, bound)) == [("changed", "b", "“B” is now asked only if “A” is “x”.")]
    assert said(form(A, bound), form(A, B)) == [("changed", "b", "“B” is now always asked.")]


def test_every_key_of_a_question_has_words() -> None:
    told: dict[Kind, set[str]] = {kind: {*LIMITS.get(kind, {}), *FLAGS, "options"} for kind in Kind}
    from accord.engines.questionnaire._format import OWN  # noqa: PLC0415 (only here)

    missing = [(kind, key) for kind in Kind for key in OWN[kind] if {"from": "source"}.get(key, key) not in told[kind]]
    assert missing == []
    assert set(KIND_NAMES) == set(Kind)


@given(definitions(), definitions())
def test_differences_are_found_exactly_where_there_are_any(first: Data, second: Data) -> None:
    old, new = read(first), read(second)

    found = compare(old, new)

    assert compare(old, old) == ()
    assert bool(found) is (old != new)
    assert all("{" not in one.words.en + one.words.zh_hans for one in found)
    assert len(set(found)) == len(found)
    added = {one.question for one in found if one.change is Change.ADDED and one.question}
    assert added == {one.key for one in new.questions} - {one.key for one in old.questions}


def test_everything_new_is_told_from_nothing() -> None:
    found: Any = compare(read(form(A)), read(everything()))

    assert [one.change for one in found].count(Change.ADDED) == 14
    assert found[-1].words.zh_hans == "不再询问“A的中文”。"
