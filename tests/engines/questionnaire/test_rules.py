"""Who may apply: rules are read, judged in three values, and say of themselves what they ask."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.engines.questionnaire import obvious
from tests.engines.questionnaire.forms import Data, asked, conditions, filled, options, text, the_form

from accord.engines.questionnaire import (
    Condition,
    Either,
    Not,
    One,
    QuestionnaireRefused,
    describe,
    explain,
    judge,
    read,
    read_rules,
    rules_data,
)

FACTS = the_form(
    asked("level", "choice", options=options("master", "doctor"), other=True),
    asked("tongues", "choice", options=options("en", "zh"), several=True),
    asked("born", "date"),
    asked("months", "number", unit={"en": "months", "zh-hans": "个月"}),
    asked("home", "short"),
    asked("wishes", "ranking", **{"from": "places"}),
    asked("team", "members"),
    asked("terms", "agree"),
)


def rule(condition: Any, key: str = "one") -> Data:
    """A rule as data."""
    return {"key": key, "condition": condition, "words": text("Why"), "refusal": text("No")}


def verdict(condition: Any, answers: Data) -> bool | None:
    """How one rule over the facts comes out."""
    return judge(read_rules([rule(condition)], FACTS.questions), answers)[0].holds


@pytest.mark.parametrize(
    ("condition", "answers", "holds"),
    [
        ({"question": "level", "is": "doctor"}, {"level": "doctor"}, True),
        ({"question": "level", "is": "other"}, {"level": {"other": "Licence"}}, True),
        ({"question": "level", "is": "doctor"}, {}, None),
        ({"not": {"question": "level", "is": "doctor"}}, {}, None),
        ({"question": "level", "answered": False}, {}, True),
        ({"question": "home", "in": ["University  A"]}, {"home": " university a"}, True),
        ({"question": "months", "at_least": 3}, {"months": "3"}, True),
        ({"question": "months", "at_most": 2.5}, {"months": 3}, False),
        ({"question": "months", "at_least": 3}, {"months": "3a"}, None),
        ({"question": "tongues", "contains": "zh"}, {"tongues": ["en"]}, False),
        ({"question": "tongues", "at_least": 2}, {"tongues": ["en", "zh"]}, True),
        ({"question": "wishes", "contains": "north"}, {"wishes": ["south", "north"]}, True),
        ({"question": "team", "at_most": 1}, {"team": [{"name": "A"}, {"name": "B"}]}, False),
        ({"question": "terms", "is": False}, {}, True),
        ({"question": "born", "at_most": "2002-09-01"}, {"born": "2002-09-01"}, True),
        ({"question": "born", "aged_at_least": 18, "day": "2020-02-28"}, {"born": "2002-02-28"}, True),
        ({"question": "born", "aged_at_least": 18, "day": "2022-02-28"}, {"born": "2004-02-29"}, False),
        ({"question": "born", "aged_at_least": 18, "day": "2022-03-01"}, {"born": "2004-02-29"}, True),
        ({"question": "born", "aged_at_most": 35, "day": "2020-09-01"}, {"born": "1984-09-02"}, True),
        ({"any": [{"question": "level", "is": "doctor"}, {"question": "months", "at_least": 3}]}, {"months": 3}, True),
        ({"all": [{"question": "level", "is": "doctor"}, {"question": "months", "at_least": 3}]}, {"months": 2}, False),
        ({"all": [{"question": "level", "is": "doctor"}, {"question": "months", "at_least": 3}]}, {"months": 3}, None),
    ],
)
def test_rule_is_judged(condition: Any, answers: Data, holds: bool | None) -> None:
    assert verdict(condition, answers) is holds


def test_verdict_says_why_or_what_is_missing() -> None:
    rules = read_rules([rule({"question": "months", "at_least": 3})], FACTS.questions)

    said = [judge(rules, answers)[0].words.en for answers in ({"months": 3}, {"months": 2}, {})]

    assert said == ["Why", "No", "Not answered yet: “Months”."]
    assert judge(rules, {})[0].words.zh_hans == "尚未作答：“Months的中文”。"


def test_hidden_answer_does_not_count_for_a_rule_of_a_form() -> None:
    form = the_form(asked("a", "agree"), asked("b", "number", show_if={"question": "a", "is": True}))
    rules = read_rules([rule({"question": "b", "at_least": 3})], form)

    assert [judge(rules, answers)[0].holds for answers in ({"a": True, "b": 3}, {"b": 3})] == [True, None]


@pytest.mark.parametrize(
    ("condition", "english", "chinese"),
    [
        ({"question": "level", "in": ["master", "other"]}, "“Level” is one of: MASTER, other.", "“Level的中文”为以下之一：MASTER的中文、其他。"),
        (
            {"question": "born", "aged_at_least": 18, "day": "2020-09-01"},
            "“Born”: 18 years or older on 1 September 2020.",
            "“Born的中文”：截至2020年9月1日已满18周岁。",
        ),
        ({"not": {"question": "born", "aged_at_most": 35, "day": "2020-09-01"}}, "“Born”: older than 35 years on 1 September 2020.", "“Born的中文”：截至2020年9月1日超过35周岁。"),
        ({"question": "months", "at_least": 1000}, "“Months” is 1,000 months or more.", "“Months的中文”不小于1,000个月。"),
        ({"not": {"question": "months", "is_not": 2.5}}, "“Months” is 2.5 months.", "“Months的中文”为2.5个月。"),
        ({"question": "born", "at_most": "2002-09-01"}, "“Born” is 1 September 2002 or earlier.", "“Born的中文”不晚于2002年9月1日。"),
        ({"question": "tongues", "contains": "zh"}, "“Tongues” includes ZH.", "“Tongues的中文”包含ZH的中文。"),
        ({"question": "team", "at_least": 2}, "“Team” has 2 or more.", "“Team的中文”不少于2项。"),
        ({"question": "terms", "is": False}, "“Terms” is not ticked.", "“Terms的中文”未勾选。"),
        ({"not": {"question": "home", "answered": False}}, "“Home” is answered.", "“Home的中文”已作答。"),
        (
            {"all": [{"question": "home", "is": "x"}, {"any": [{"question": "terms", "is": True}, {"not": {"question": "wishes", "contains": "n"}}]}]},
            "“Home” is “x”, and (“Terms” is ticked, or “Wishes” does not include “n”).",
            "“Home的中文”为“x”，并且（“Terms的中文”已勾选，或者“Wishes的中文”不包含“n”）。",
        ),
        (
            {"not": {"any": [{"question": "home", "in": ["x"]}, {"question": "months", "at_most": 2}]}},
            "“Home” is none of: “x”, and “Months” is more than 2 months.",
            "“Home的中文”不为以下任何一项：“x”，并且“Months的中文”大于2个月。",
        ),
    ],
)  # fmt: skip
def test_rule_says_what_it_asks(condition: Any, english: str, chinese: str) -> None:
    words = explain(read_rules([rule(condition)], FACTS)[0])

    assert (words.en, words.zh_hans) == (english, chinese)


def test_faulty_rules_are_refused_with_every_fault() -> None:
    rules: list[Any] = [
        rule({"question": "level", "is": "docter"}),
        rule({"question": "nothing", "answered": True}, "two") | {"refusal": {"en": "No"}},
        {"key": "three"},
        "four",
        rule({"question": "terms", "is": True}, "four"),
        rule({"question": "terms", "is": True}, "four"),
    ]

    with pytest.raises(QuestionnaireRefused) as refused:
        read_rules(rules, FACTS)

    assert [(one.where, one.code) for one in refused.value.faults] == [
        ("rules[0].condition.is", "unknown-word"),
        ("rules[1].condition.question", "unknown-question"),
        ("rules[1].refusal", "missing-language"),
        ("rules[2]", "missing-key"),
        ("rules[2]", "missing-key"),
        ("rules[2]", "missing-key"),
        ("rules[3]", "wrong-type"),
        ("rules[5].key", "repeated-key"),
    ]


@given(filled(), st.data())
def test_rules_are_judged_the_slow_way_and_come_back_as_data(case: tuple[Data, Data], drawn: st.DataObject) -> None:
    data, answers = case
    form = read(data)
    before = [one for section in data["sections"] for one in section["questions"]]
    if all(one["kind"] == "text" for one in before):
        return
    written = [rule(drawn.draw(conditions(before)), f"r{number}") for number in range(2)]

    rules = read_rules(written, form)

    assert read_rules(rules_data(rules), form) == rules
    for one, found in zip(written, judge(rules, answers), strict=True):
        possible = obvious.outcomes(data, answers, one["condition"])
        assert found.holds is (None if len(possible) == 2 else possible.pop())
        assert explain(found.rule).en.endswith(".")


@given(filled(), st.data())
def test_what_is_denied_is_said_as_the_opposite(case: tuple[Data, Data], drawn: st.DataObject) -> None:
    data, _ = case
    before = [one for section in data["sections"] for one in section["questions"]]
    if all(one["kind"] == "text" for one in before):
        return
    form = read(data)
    (found,) = read_rules([rule(drawn.draw(conditions(before)))], form)
    condition: Condition = found.condition

    assert describe(Not(Not(condition)), form.questions) == describe(condition, form.questions)
    assert describe(Either((condition,)), form.questions) == describe(condition, form.questions)
    if isinstance(condition, One):
        assert describe(Not(condition), form.questions) != describe(condition, form.questions)


@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)), st.integers(0, 120))
def test_an_age_is_reached_on_one_day_and_kept(born: date, years: int) -> None:
    try:
        birthday = born.replace(year=born.year + years)
    except ValueError:
        birthday = date(born.year + years, 3, 1)

    def holds(day: date) -> bool | None:
        return verdict({"question": "born", "aged_at_least": years, "day": day.isoformat()}, {"born": born.isoformat()})

    assert [holds(birthday + timedelta(days)) for days in (-1, 0, 1)] == [False, True, True]
