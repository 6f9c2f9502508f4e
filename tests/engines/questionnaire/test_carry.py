"""A new version never breaks a draft: what fits stays, what does not is told and kept apart, nothing is lost."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.engines.questionnaire.forms import (
    GOOD,
    Data,
    asked,
    definitions,
    everything,
    filled,
    junk,
    options,
    the_form,
)

from accord.engines.questionnaire import Carried, carry, clean_one, read

ABC: Data = {"options": options("a", "b", "c")}
AB: Data = {"options": options("a", "b")}


def carried(old: Data, new: Data, value: Any) -> Carried:
    """One answer from one question to another of the same key."""
    return carry(the_form(old), the_form(new), {"it": value})


def test_same_version_keeps_every_answer() -> None:
    form = read(everything())

    found = carry(form, form, GOOD)

    assert found == Carried(GOOD, tuple(GOOD), (), ())


@pytest.mark.parametrize(
    ("old", "new", "value", "stays"),
    [
        (asked("it", "short"), asked("it", "long"), "words", "words"),
        (asked("it", "long"), asked("it", "short"), "words", "words"),
        (asked("it", "choice", **ABC), asked("it", "choice", **ABC, several=True), "b", ["b"]),
        (asked("it", "choice", **ABC, several=True), asked("it", "choice", **ABC), ["b"], "b"),
        (asked("it", "choice", **ABC), asked("it", "choice", **AB), "b", "b"),
        (asked("it", "number", most=3), asked("it", "number", most=5), 4, 4),
        (asked("it", "short"), asked("it", "short", required=False, identity=True), "x", "x"),
    ],
)
def test_answer_that_fits_stays(old: Data, new: Data, value: Any, stays: Any) -> None:
    assert carried(old, new, value) == Carried({"it": stays}, ("it",), (), ())


@pytest.mark.parametrize(
    ("old", "new", "value", "why"),
    [
        (
            asked("it", "short"),
            asked("it", "short", label={"en": "New", "zh-hans": "新"}),
            "x",
            "此题原为“It的中文”。核对答案。",
        ),
        (
            asked("it", "long"),
            asked("it", "long", most=1),
            "two words",
            "答案有2个词（每个汉字算一个），最多1个。缩短答案。",
        ),
        (asked("it", "number"), asked("it", "number", least=5), 4, "4小于5。填写5或更大的数。"),
        (
            asked("it", "number"),
            asked("it", "number", unit={"en": "months", "zh-hans": "个月"}),
            4,
            "数字的单位改为：个月。核对数字。",
        ),
        (
            asked("it", "choice", **AB),
            asked("it", "choice", options=[*options("a"), {"key": "b", "label": {"en": "Be", "zh-hans": "乙"}}]),
            "b",
            "选项原为“B的中文”。核对所选项。",
        ),
        (
            asked("it", "ranking", **{"from": "places"}),
            asked("it", "ranking", **{"from": "hosts"}),
            ["a"],
            "可排序的内容改自另一列表。核对排序。",
        ),
        (asked("it", "long"), asked("it", "short"), "a\nb", "答案现在写成一行。核对答案。"),
    ],
)
def test_answer_that_deserves_a_look_stays_with_the_reason(old: Data, new: Data, value: Any, why: str) -> None:
    found = carried(old, new, value)

    assert found.answers == {"it": value if value != "a\nb" else "a b"}
    assert [(one.question.key, one.words.zh_hans) for one in found.unsure] == [("it", why)]
    assert (found.kept, found.gone) == ((), ())


@pytest.mark.parametrize(
    ("old", "new", "value", "why"),
    [
        (asked("it", "short"), asked("that", "short"), "x", "This is no longer asked."),
        (asked("it", "short"), asked("it", "text"), "x", "This is no longer asked."),
        (asked("it", "short"), asked("it", "number"), "5", "The question now wants another sort of answer."),
        (asked("it", "choice", **ABC), asked("it", "choice", **AB), "c", "No longer among the options: “C”."),
        (
            asked("it", "choice", **ABC, other=True),
            asked("it", "choice", **ABC),
            {"other": "Zoo"},
            "No longer among the options: “Zoo”.",
        ),
        (
            asked("it", "choice", **ABC, several=True),
            asked("it", "choice", **ABC),
            ["a", "b"],
            "Only one option can be chosen now.",
        ),
    ],
)
def test_answer_that_no_longer_fits_is_kept_apart(old: Data, new: Data, value: Any, why: str) -> None:
    found = carried(old, new, value)

    (gone,) = found.gone
    assert (gone.key, gone.value, gone.words.en) == ("it", value, why)
    assert gone.question == the_form(old).questions[0]
    assert (found.answers, found.kept, found.unsure) == ({}, (), ())


def test_part_of_a_choice_stays_and_part_is_kept_apart() -> None:
    found = carried(asked("it", "choice", **ABC, several=True), asked("it", "choice", **AB, several=True), ["a", "c"])

    assert found.answers == {"it": ["a"]}
    assert [one.value for one in found.gone] == [["c"]]
    assert found.kept == ()


def test_problem_that_was_there_before_is_not_news() -> None:
    found = carried(asked("it", "long", most=1), asked("it", "long", most=1), "two words")

    assert found.kept == ("it",)


def test_half_an_answer_stays_as_it_was_typed() -> None:
    found = carried(asked("it", "number"), asked("it", "number", least=3), "12a")

    assert found == Carried({"it": "12a"}, ("it",), (), ())


def test_answer_that_comes_back_into_a_form_is_to_be_looked_at() -> None:
    found = carry(
        the_form(asked("a", "short")), the_form(asked("b", "short"), asked("n", "number")), {"b": "x", "n": "y"}
    )

    assert found.answers == {"b": "x"}
    assert [one.words.en for one in found.unsure] == ["This was not asked in the version before. Check the answer."]
    assert [(one.key, one.value, one.question) for one in found.gone] == [("n", "y", None)]


@given(filled(), definitions())
def test_carrying_loses_nothing_and_again_changes_nothing(case: tuple[Data, Data], data: Data) -> None:
    old, new, answers = read(case[0]), read(data), case[1]

    found = carry(old, new, answers)

    for key, value in answers.items():
        apart = [one.value for one in found.gone if one.key == key]
        left = [piece for one in (found.answers.get(key), *apart) for piece in pieces(one)]
        assert sorted(left) == sorted(pieces(value))
    again = carry(new, new, found.answers)
    assert again == Carried(found.answers, again.kept, (), ())
    assert set(again.kept) == set(found.answers)
    assert set(found.kept).isdisjoint({one.question.key for one in found.unsure} | {one.key for one in found.gone})


def pieces(value: Any) -> list[str]:
    """Every piece of an answer; how lines stand does not matter."""
    if value is None:
        return []
    many = value if isinstance(value, list) else [value]
    return [" ".join(str(one).split()) for one in many]


@given(definitions(), definitions(), st.data())
def test_whatever_is_in_a_draft_is_carried_or_kept_apart(first: Data, second: Data, drawn: st.DataObject) -> None:
    old, new = read(first), read(second)
    answers = {question.key: drawn.draw(junk) for question in old.questions}

    found = carry(old, new, answers)

    for question in old.questions:
        nothing = question.asks and clean_one(question, answers[question.key]) is None
        apart = {one.key for one in found.gone}
        if not nothing and answers[question.key] is not None:
            assert question.key in apart | found.answers.keys()
    assert carry(new, new, found.answers).answers == found.answers
