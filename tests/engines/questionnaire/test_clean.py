"""What a form hands over becomes one canonical value, or a problem; cleaning again changes nothing."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from tests.engines.questionnaire.forms import Data, filled, junk, options, read, the_question

from accord.engines.questionnaire import Problem, check_one, clean_one

LEVEL: Data = {"options": options("a", "b", "c"), "other": True}
SEVERAL: Data = LEVEL | {"several": True}
CLOSED: Data = {"options": options("a", "b")}
ANA: Data = {"name": "Ana", "email": "ana@b.cn", "institution": "B"}

CLEANED: list[tuple[str, Data, Any, Any]] = [
    ("short", {}, "  a \n b ", "a b"),
    ("short", {}, "e\u0301\x00\ud800", "é"),
    ("short", {}, " \t", None),
    ("short", {"most": 1}, "longer", "longer"),
    ("long", {}, " a\r\n\r\nb ", "a\n\nb"),
    ("choice", CLOSED, "a", "a"),
    ("choice", CLOSED, ["b"], "b"),
    ("choice", CLOSED, "", None),
    ("choice", CLOSED, [], None),
    ("choice", LEVEL, {"chosen": "other", "other": " x "}, {"other": "x"}),
    ("choice", LEVEL, {"chosen": "a", "other": "x"}, "a"),
    ("choice", LEVEL, "other", {"other": ""}),
    ("choice", SEVERAL, ["c", "a", "c"], ["a", "c"]),
    ("choice", SEVERAL, "b", ["b"]),
    ("choice", SEVERAL, {"chosen": ["other", "b"], "other": "x"}, ["b", {"other": "x"}]),
    ("choice", SEVERAL, ["b", {"other": "x"}], ["b", {"other": "x"}]),
    ("number", {}, "1,234.50", 1234.5),
    ("number", {}, "１２", 12),
    ("number", {}, "\u22123", -3),
    ("number", {}, "2.0", 2),
    ("number", {}, 2.0, 2),
    ("number", {}, "-0", 0),
    ("number", {}, 0.1, 0.1),
    ("number", {}, "  ", None),
    ("number", {}, "0.123456789", 0.123456789),
    ("number", {}, "999999999999999", 999999999999999),
    ("date", {}, "2020-9-1", "2020-09-01"),
    ("date", {}, "2020年９月1日", "2020-09-01"),
    ("date", {}, "2020/09/01", "2020-09-01"),
    ("date", {}, {"year": "2020", "month": 9, "day": " 1"}, "2020-09-01"),
    ("date", {}, {"year": "", "month": "", "day": ""}, None),
    ("date", {}, {"year": None, "day": ""}, None),
    ("date", {}, date(2020, 9, 1), "2020-09-01"),
    ("file", {}, {"name": " a  b.pdf", "bytes": 3}, [{"name": "a b.pdf", "bytes": 3}]),
    ("file", {}, [{"name": "a.pdf", "bytes": 3, "ref": 7}], [{"name": "a.pdf", "bytes": 3, "ref": 7}]),
    ("file", {}, [], None),
    ("link", {}, " example.org/a ", "https://example.org/a"),
    ("link", {}, "http://example.org", "http://example.org"),
    ("link", {}, "", None),
    ("ranking", {"from": "places"}, ["b", "", "a"], ["b", "a"]),
    ("ranking", {"from": "places"}, {"a": "2", "b": " 1 ", "c": ""}, ["b", "a"]),
    ("ranking", {"from": "places"}, {"a": "10", "b": 9}, ["b", "a"]),
    ("ranking", {"from": "places"}, {"a": ""}, None),
    ("members", {}, [{"name": " Ana ", "email": "ana@b.cn", "institution": "B"}], [ANA]),
    ("members", {}, [ANA | {"ref": "p1"}, {"name": "", "email": "", "institution": " "}], [ANA | {"ref": "p1"}]),
    ("members", {}, [{"name": "Ana"}], [{"name": "Ana", "email": "", "institution": ""}]),
    ("agree", {}, "on", True),
    ("agree", {}, True, True),
    ("agree", {}, False, None),
    ("agree", {}, "", None),
    ("text", {}, "anything", None),
]

UNREADABLE: list[tuple[str, Data, Any, str]] = [
    ("short", {}, 5, "unreadable"),
    ("choice", CLOSED, 5, "unreadable"),
    ("choice", CLOSED, "z", "unknown-option"),
    ("choice", CLOSED, "other", "unknown-option"),
    ("choice", CLOSED, ["a", "b"], "one-only"),
    ("number", {}, "12a", "not-a-number"),
    ("number", {}, "1,5", "not-a-number"),
    ("number", {}, "1e3", "not-a-number"),
    ("number", {}, True, "unreadable"),
    ("number", {}, float("nan"), "number-too-long"),
    ("number", {}, "1.0000000001", "number-too-long"),
    ("number", {}, "1." + "0" * 40 + "1", "number-too-long"),
    ("number", {}, 10**15, "number-too-long"),
    ("number", {}, "1000000000000000", "number-too-long"),
    ("number", {}, 1e300, "number-too-long"),
    ("number", {}, "1234567.123456789", "number-too-long"),
    ("date", {}, "1/9/2020", "not-a-date"),
    ("date", {}, "2019-02-29", "not-a-date"),
    ("date", {}, {"year": "2020", "month": "", "day": ""}, "not-a-date"),
    ("date", {}, {"year": "2020"}, "not-a-date"),
    ("date", {}, 20200901, "unreadable"),
    ("date", {}, {"year": ["2020"], "month": 9, "day": 1}, "unreadable"),
    ("file", {}, "a.pdf", "unreadable"),
    ("file", {}, {"name": "a.pdf", "bytes": -1}, "unreadable"),
    ("file", {}, {"name": "a.pdf", "bytes": 1, "path": "x"}, "unreadable"),
    ("ranking", {"from": "places"}, {"a": "first"}, "not-a-rank"),
    ("ranking", {"from": "places"}, {"a": "0"}, "not-a-rank"),
    ("ranking", {"from": "places"}, {"a": "1.5"}, "not-a-rank"),
    ("ranking", {"from": "places"}, {"a": 10**400}, "not-a-rank"),
    ("ranking", {"from": "places"}, {"a": "1", "b": "1"}, "same-rank"),
    ("ranking", {"from": "places"}, [["a"]], "unreadable"),
    ("ranking", {"from": "places"}, {"a": True}, "unreadable"),
    ("members", {}, "Ana", "unreadable"),
    ("members", {}, [ANA | {"phone": "1"}], "unreadable"),
    ("agree", {}, "maybe", "unreadable"),
    ("agree", {}, [True], "unreadable"),
]


@pytest.mark.parametrize(("kind", "rest", "raw", "clean"), CLEANED)
def test_value_is_cleaned(kind: str, rest: Data, raw: Any, clean: Any) -> None:
    found = clean_one(the_question(kind, **rest), raw)

    assert found == clean
    assert type(found) is type(clean)


@pytest.mark.parametrize(("kind", "rest", "raw", "code"), UNREADABLE)
def test_what_cannot_be_read_is_a_problem(kind: str, rest: Data, raw: Any, code: str) -> None:
    found = clean_one(the_question(kind, **rest), raw)

    assert isinstance(found, Problem)
    assert (found.question, found.code) == ("it", code)
    assert check_one(the_question(kind, **rest), raw) == (found,)


@given(filled())
def test_canonical_value_is_left_as_it_is(case: tuple[Data, Data]) -> None:
    data, answers = case

    for question in read(data).questions:
        if question.key in answers:
            assert clean_one(question, answers[question.key]) == answers[question.key]


@given(filled(), junk)
def test_cleaning_twice_is_cleaning_once(case: tuple[Data, Data], raw: Any) -> None:
    for question in read(case[0]).questions:
        clean = clean_one(question, raw)

        assert isinstance(clean, Problem) or clean_one(question, clean) == clean
