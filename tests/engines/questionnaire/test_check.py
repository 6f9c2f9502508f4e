"""What is not right yet is told where it stands, in words that say how to mend it."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.engines.questionnaire.forms import (
    GOOD,
    PLACES,
    Data,
    asked,
    definitions,
    everything,
    junk,
    options,
    the_form,
    the_question,
)
from tests.engines.questionnaire.test_clean import UNREADABLE

from accord.engines.questionnaire import (
    Problem,
    SourceMissing,
    State,
    Words,
    carry,
    check,
    check_one,
    progress,
    read,
    shown,
    visible_to_reviewers,
)
from accord.engines.questionnaire._problem_words import PROBLEMS

SOURCES = {"places": PLACES}
ANA: Data = {"name": "Ana", "email": "ana@b.cn", "institution": "B"}
PDF: Data = {"name": "a.pdf", "bytes": 1_000_000}
RANKED: Data = {"from": "places", "least": 2, "most": 3}

WRONG: list[tuple[str, str, Data, Any]] = [
    ("too-many-characters", "short", {"most": 3}, "abcd"),
    ("too-many-characters", "long", {"most": 2}, "x" * 1001),
    ("too-many-characters", "choice", {"options": options("a"), "other": True}, {"other": "x" * 201}),
    ("too-many-characters", "link", {}, "https://example.org/" + "x" * 2000),
    ("too-many-characters", "members", {}, [ANA | {"name": "x" * 201}]),
    ("too-many-words", "long", {"most": 3}, "桥 and 桥 too"),
    ("too-few-words", "long", {"least": 3}, "two words"),
    ("other-empty", "choice", {"options": options("a"), "other": True}, {"other": ""}),
    ("too-few-chosen", "choice", {"options": options("a", "b"), "several": True, "least": 2}, ["a"]),
    ("too-many-chosen", "choice", {"options": options("a", "b"), "several": True, "most": 1}, ["a", "b"]),
    ("not-whole", "number", {"whole": True}, 2.5),
    ("too-small", "number", {"least": 1}, 0),
    ("too-large", "number", {"most": 1000}, 1001),
    ("too-early", "date", {"earliest": "2020-01-01"}, "2019-12-31"),
    ("too-late", "date", {"latest": "2020-01-01"}, "2020-01-02"),
    ("file-type", "file", {}, [PDF | {"name": "a.exe"}]),
    ("file-type", "file", {}, [PDF | {"name": "pdf"}]),
    ("file-too-large", "file", {"megabytes": 1}, [PDF | {"bytes": 1_000_001}]),
    ("file-empty", "file", {}, [PDF | {"bytes": 0}]),
    ("too-many-files", "file", {"most": 1}, [PDF, PDF]),
    ("not-a-link", "link", {}, "example"),
    ("not-a-link", "link", {}, "https://user@example.org"),
    ("not-a-link", "link", {}, "https://example.org\\@other.org"),
    ("not-a-link", "link", {}, "javascript://example.org"),
    ("link-not-https", "link", {}, "http://example.org"),
    ("other-host", "link", {"hosts": ["example.org"]}, "https://notexample.org"),
    ("other-host", "link", {"hosts": ["example.org"]}, "https://example.org.cn/example.org"),
    ("ranked-twice", "ranking", RANKED, ["north", "north"]),
    ("not-on-offer", "ranking", RANKED, ["north", "moon"]),
    ("too-few-ranked", "ranking", RANKED, ["north"]),
    ("too-many-ranked", "ranking", RANKED | {"most": 2}, PLACES),
    ("too-few-members", "members", {"least": 2}, [ANA]),
    ("too-many-members", "members", {"most": 1}, [ANA, ANA | {"email": "bo@b.cn"}]),
    ("member-incomplete", "members", {}, [ANA | {"institution": ""}]),
    ("member-email", "members", {}, [ANA | {"email": "ana@b"}]),
    ("member-twice", "members", {}, [ANA, ANA | {"email": "ANA@b.cn"}]),
]

RIGHT: list[tuple[str, Data, Any]] = [
    ("short", {"most": 3}, "abc"),
    ("long", {"least": 2, "most": 2}, "well-known 桥"),
    ("choice", {"options": options("a"), "other": True}, {"other": "x"}),
    ("number", {"least": 1, "most": 1}, 1),
    ("date", {"earliest": "2020-01-01", "latest": "2020-01-01"}, "2020-01-01"),
    ("file", {"types": ["jpg"], "megabytes": 1}, [PDF | {"name": "a.JPEG"}]),
    ("link", {}, "https://例子.example.org:8443/路?x=1#y"),
    ("link", {"hosts": ["example.org"]}, "https://WWW.example.org"),
    ("ranking", RANKED, ["south", "north"]),
    ("members", {}, [ANA]),
    ("agree", {}, True),
    ("short", {}, None),
    ("number", {}, ""),
]


@pytest.mark.parametrize(("code", "kind", "rest", "value"), WRONG)
def test_problem_is_told(code: str, kind: str, rest: Data, value: Any) -> None:
    (found,) = check_one(the_question(kind, **rest), value, sources=SOURCES)

    assert (found.code, found.question, found.label.en) == (code, "it", "It")
    assert found.words.en.endswith(".")
    assert found.words.zh_hans.endswith("。")
    assert "{" not in found.words.en + found.words.zh_hans


@pytest.mark.parametrize(("kind", "rest", "value"), RIGHT)
def test_what_is_right_has_no_problem(kind: str, rest: Data, value: Any) -> None:
    assert check_one(the_question(kind, **rest), value, sources=SOURCES) == ()


def test_every_problem_has_a_test() -> None:
    assert {code for code, *_ in WRONG} | {code for *_, code in UNREADABLE} == set(PROBLEMS)


def test_entry_that_is_wrong_is_counted_from_one() -> None:
    (found,) = check_one(the_question("members"), [ANA, ANA | {"email": "x"}])

    assert found.entry == 2
    assert found.words == Words(
        "The e-mail address of member 2 is not complete. Write it like name@example.org.",
        "第2名成员的电子邮箱不完整。按name@example.org的形式填写。",
    )


def test_nobody_has_to_rank_more_than_there_is() -> None:
    question = the_question("ranking", **RANKED)

    assert check_one(question, ["north"], sources={"places": ["north"]}) == ()
    assert [one.code for one in check_one(question, ["north"])] == ["too-few-ranked"]


def test_complete_answers_have_no_problem() -> None:
    assert check(read(everything()), GOOD, sources=SOURCES) == ()


def test_every_kind_that_is_required_is_missed_in_its_own_words() -> None:
    found = check(
        read(everything()), {"level": "other", "months": 3, "plan": "one two", "terms": "on"}, sources=SOURCES
    )

    assert [(one.section, one.question, one.code) for one in found] == [
        ("you", "name", "required"),
        ("you", "born", "required"),
        ("you", "level", "other-empty"),
        ("you", "tongues", "required"),
        ("work", "wishes", "required"),
        ("work", "team", "required"),
    ]
    assert found[1].words.zh_hans == "尚未填写日期。填写日期。"
    assert len({one.words for one in found}) == 6


def test_answer_to_a_hidden_question_is_not_checked() -> None:
    found = check(read(everything()), GOOD | {"level": "bachelor", "plan": "", "page": "nonsense"})

    assert found == ()


def test_half_an_answer_is_told_and_never_refused() -> None:
    form = the_form(asked("months", "number"))

    assert [one.code for one in check(form, {"months": "12a"})] == ["not-a-number"]
    assert shown(form, {"months": "12a"}).unclear == ("months",)


def test_answers_that_count_are_canonical() -> None:
    form = the_form(asked("months", "number"), asked("more", "agree", show_if={"question": "months", "at_least": 3}))

    found = shown(form, {"months": " 3 ", "more": "on", "other": 1})

    assert found.answers == {"months": 3, "more": True}
    assert found.unclear == ()


def test_ranking_never_passes_unchecked() -> None:
    form = the_form(asked("wishes", "ranking", required=False, **{"from": "places"}))

    assert check(form, {}) == ()
    assert progress(form, {"wishes": ["moon"]})[0].state is State.DONE
    with pytest.raises(SourceMissing, match="places"):
        check(form, {"wishes": ["north"]})


def test_progress_follows_each_section() -> None:
    form = read(everything())

    states = {
        "nothing": progress(form, {}, sources=SOURCES),
        "something": progress(form, {"name": "李娜", "level": "master"}, sources=SOURCES),
        "half": progress(form, {"level": "master", "months": "x"}, sources=SOURCES),
        "all": progress(form, GOOD, sources=SOURCES),
    }

    assert {name: [one.state.value for one in found] for name, found in states.items()} == {
        "nothing": ["not-started"],
        "something": ["begun", "not-started"],
        "half": ["begun", "not-started"],
        "all": ["done", "done"],
    }
    assert [one.question for one in states["something"][0].missing] == ["born", "tongues", "months"]
    assert states["all"][1].missing == ()


def test_half_an_answer_is_a_beginning() -> None:
    (found,) = progress(the_form(asked("months", "number")), {"months": "12a"})

    assert (found.state, [one.code for one in found.missing]) == (State.BEGUN, ["not-a-number"])


def test_section_that_may_be_left_lacks_nothing_and_one_to_read_is_done() -> None:
    (left,) = progress(the_form(asked("it", "short", required=False)), {})
    (to_read,) = progress(the_form(asked("it", "text")), {})

    assert (left.state, left.missing) == (State.NOT_STARTED, ())
    assert to_read.state is State.DONE


@given(definitions(), st.data())
def test_no_answer_whatever_its_shape_makes_anything_fail(data: Data, drawn: st.DataObject) -> None:
    form = read(data)
    answers = {question.key: drawn.draw(junk) for question in form.questions if drawn.draw(st.booleans())}

    found = check(form, answers, sources=SOURCES)

    assert all(isinstance(one, Problem) for one in found)
    missing = [one for section in progress(form, answers, sources=SOURCES) for one in section.missing]
    assert missing == list(found)
    again = shown(form, shown(form, answers).answers)
    assert again.answers == shown(form, answers).answers
    assert again.sections == shown(form, answers).sections
    carry(form, form, answers)
    visible_to_reviewers(form, answers, blind=True)
