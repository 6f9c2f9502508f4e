"""Definitions are read whole: every fault is named at its place, all in one run, and what is sound comes back."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.engines.questionnaire.forms import Data, asked, definitions, everything, form, junk, options, text

from accord.engines.questionnaire import (
    All,
    Fault,
    Kind,
    One,
    Op,
    Option,
    Questionnaire,
    QuestionnaireRefused,
    Words,
    as_data,
    digest,
    read,
)
from accord.engines.questionnaire._fault_words import FAULTS

FIRST = "sections[0].questions[0]"
LAST = "sections[0].questions[1]"
LEVEL = asked("level", "choice", options=options("master", "doctor"))
TONGUES = asked("tongues", "choice", options=options("en", "zh"), several=True)
MONTHS = asked("months", "number")
BORN = asked("born", "date")


def when(condition: Any, *before: Data) -> Data:
    """A form whose last question has a condition."""
    return form(*(before or [LEVEL]), asked("last", "short", show_if=condition))


def deep(levels: int) -> Data:
    """A condition inside so many others."""
    condition: Data = {"question": "level", "answered": True}
    for _ in range(levels):
        condition = {"not": condition}
    return condition


TELLING: Data = {
    "sections": [
        form(asked("team", "members"))["sections"][0],
        form(LEVEL)["sections"][0] | {"key": "second", "show_if": {"question": "team", "answered": True}},
    ]
}
FOR_HOSTS: Data = {
    "sections": [
        form(LEVEL)["sections"][0],
        form(asked("it", "short", to_hosts=True))["sections"][0]
        | {"key": "second", "show_if": {"question": "level", "answered": True}},
    ]
}
FAULTY: list[tuple[str, Any, str]] = [
    ("wrong-type", [], ""),
    ("wrong-type", {"sections": {}}, "sections"),
    ("wrong-type", {"sections": ["x"]}, "sections[0]"),
    ("wrong-type", form("x"), FIRST),  # type: ignore[arg-type]
    ("wrong-type", form(asked("it", "short", most="5")), f"{FIRST}.most"),
    ("wrong-type", form(asked("it", "short", most=True)), f"{FIRST}.most"),
    ("wrong-type", form(asked("it", "number", most="5")), f"{FIRST}.most"),
    ("wrong-type", form(asked("it", "short", required=1)), f"{FIRST}.required"),
    ("wrong-type", form(asked("it", "short", to_hosts="yes")), f"{FIRST}.to_hosts"),
    ("wrong-type", form(asked("it", "short", label={"en": 1, "zh-hans": "一"})), f"{FIRST}.label.en"),
    ("wrong-type", form({1: 2}), FIRST),
    ("wrong-type", form(asked("it", 5)), f"{FIRST}.kind"),  # type: ignore[arg-type]
    ("wrong-type", when({"question": "level", "is": 1}), f"{LAST}.show_if.is"),
    ("wrong-type", when({"question": 1, "answered": True}), f"{LAST}.show_if.question"),
    ("wrong-type", when({"question": "level", "answered": "yes"}), f"{LAST}.show_if.answered"),
    ("wrong-type", when("level"), f"{LAST}.show_if"),
    ("wrong-type", when({"question": "born", "is": 2020}, BORN), f"{LAST}.show_if.is"),
    ("wrong-type", when({"question": "it", "is": 2020}, asked("it", "short")), f"{LAST}.show_if.is"),
    ("wrong-type", form(asked("it", "choice", options=["a"])), f"{FIRST}.options[0]"),
    ("missing-key", {}, ""),
    ("missing-key", form({"kind": "short", "label": text("It")}), FIRST),
    ("missing-key", form({"key": "it", "label": text("It")}), FIRST),
    ("missing-key", form(asked("it", "choice")), FIRST),
    ("missing-key", form(asked("it", "ranking")), FIRST),
    ("missing-key", form(asked("it", "choice", options=[{"key": "a"}])), f"{FIRST}.options[0]"),
    ("missing-key", {"sections": [{"key": "a", "title": text("A")}]}, "sections[0]"),
    ("missing-key", when({"question": "born", "aged_at_least": 18}, BORN), f"{LAST}.show_if"),
    ("unknown-key", form() | {"part": 1}, "part"),
    ("unknown-key", form(LEVEL, titel=text("A")), "sections[0].titel"),
    ("unknown-key", form(asked("it", "short", lable=text("It"))), f"{FIRST}.lable"),
    ("unknown-key", when({"question": "months", "is": 1, "day": "2020-09-01"}, MONTHS), f"{LAST}.show_if.day"),
    ("unknown-key", when({"question": "level", "iz": "master"}), f"{LAST}.show_if.iz"),
    ("not-for-kind", form(asked("it", "number", options=options("a"))), f"{FIRST}.options"),
    ("not-for-kind", form(asked("it", "text", required=True)), f"{FIRST}.required"),
    ("not-for-kind", form(asked("it", "text", to_hosts=True)), f"{FIRST}.to_hosts"),
    ("not-for-kind", form(asked("it", "members", to_hosts=True)), f"{FIRST}.to_hosts"),
    ("not-for-kind", form(asked("it", "ranking", **{"from": "places"}, to_hosts=True)), f"{FIRST}.to_hosts"),
    ("missing-language", form(asked("it", "short", label={"en": "It"})), f"{FIRST}.label"),
    ("missing-language", form(asked("it", "short", help={"en": " ", "zh-hans": "它"})), f"{FIRST}.help"),
    ("too-long", form(asked("it", "short", label={"en": "x" * 5001, "zh-hans": "它"})), f"{FIRST}.label.en"),
    ("key-form", form(asked("It is", "short")), f"{FIRST}.key"),
    ("key-form", form(asked("x" * 61, "short")), f"{FIRST}.key"),
    ("repeated-key", form(LEVEL, LEVEL), f"{LAST}.key"),
    ("repeated-key", {"sections": form(LEVEL)["sections"] + form(MONTHS)["sections"]}, "sections[1].key"),
    ("repeated-key", form(asked("it", "choice", options=options("a", "a"))), f"{FIRST}.options[1].key"),
    ("reserved-key", form(asked("it", "choice", options=options("other"))), f"{FIRST}.options[0].key"),
    ("unknown-word", form(asked("it", "shrt")), f"{FIRST}.kind"),
    ("unknown-word", form(asked("it", "zzz")), f"{FIRST}.kind"),
    ("unknown-word", form(asked("it", "file", types=["exe"])), f"{FIRST}.types[0]"),
    ("unknown-word", when({"question": "level", "is": "doktor"}), f"{LAST}.show_if.is"),
    ("unknown-word", when({"question": "level", "is": "other"}), f"{LAST}.show_if.is"),
    ("too-few", {"sections": []}, "sections"),
    ("too-few", form(), "sections[0].questions"),
    ("too-few", form(asked("it", "choice", options=[])), f"{FIRST}.options"),
    ("too-few", when({"all": []}), f"{LAST}.show_if.all"),
    ("too-few", when({"question": "level", "in": []}), f"{LAST}.show_if.in"),
    ("too-many", {"sections": [{"key": "a"}] * 51}, "sections"),
    ("too-many", {"sections": form(*[asked(f"q{n}", "short") for n in range(301)])["sections"]}, "sections[0].questions"),
    ("too-many", {"sections": [form(*[asked(f"{s}{n}", "short") for n in range(151)])["sections"][0] | {"key": s} for s in "ab"]}, "sections"),
    ("repeated-entry", form(asked("it", "file", types=["pdf", "pdf"])), f"{FIRST}.types[1]"),
    ("out-of-range", form(asked("it", "short", most=0)), f"{FIRST}.most"),
    ("out-of-range", form(asked("it", "short", most=10**30)), f"{FIRST}.most"),
    ("out-of-range", form(asked("it", "file", megabytes=0)), f"{FIRST}.megabytes"),
    ("out-of-range", form(asked("it", "choice", options=options("a"), several=True, most=2)), f"{FIRST}.most"),
    ("not-whole", form(asked("it", "number", least=0.5, whole=True)), f"{FIRST}.least"),
    ("number-form", form(asked("it", "number", least=10**15)), f"{FIRST}.least"),
    ("number-form", form(asked("it", "number", least=float("nan"))), f"{FIRST}.least"),
    ("least-over-most", form(asked("it", "number", least=2, most=1)), f"{FIRST}.least"),
    ("least-over-most", form(asked("it", "long", least=501)), f"{FIRST}.least"),
    ("least-over-most", form(asked("it", "date", earliest="2020-02-01", latest="2020-01-01")), f"{FIRST}.earliest"),
    ("needs-several", form(asked("it", "choice", options=options("a"), most=1)), f"{FIRST}.most"),
    ("date-form", form(asked("it", "date", earliest="2020-02-30")), f"{FIRST}.earliest"),
    ("date-form", form(asked("it", "date", earliest="1/2/2020")), f"{FIRST}.earliest"),
    ("host-form", form(asked("it", "link", hosts=["https://example.org"])), f"{FIRST}.hosts[0]"),
    ("members-tell", form(asked("it", "members", identity=False)), f"{FIRST}.identity"),
    ("identity-told", when({"question": "name", "answered": True}, asked("name", "short", identity=True)), LAST),
    ("identity-told", TELLING, "sections[1].questions[0]"),
    ("hosts-told", form(LEVEL, asked("it", "short", to_hosts=True, show_if={"question": "level", "answered": True})), LAST),
    ("hosts-told", FOR_HOSTS, "sections[1].questions[0]"),
    ("condition-form", when({"level": "master"}), f"{LAST}.show_if"),
    ("condition-form", when({"all": [], "any": []}), f"{LAST}.show_if"),
    ("condition-form", when({"question": "level"}), f"{LAST}.show_if"),
    ("condition-form", when({"question": "level", "is": "master", "answered": True}), f"{LAST}.show_if"),
    ("too-deep", when(deep(7)), f"{LAST}.show_if{'.not' * 7}"),
    ("unknown-question", when({"question": "levle", "answered": True}), f"{LAST}.show_if.question"),
    ("unknown-question", when({"question": "zzz", "answered": True}), f"{LAST}.show_if.question"),
    ("later-question", form(asked("it", "short", show_if={"question": "level", "answered": True}), LEVEL), f"{FIRST}.show_if.question"),
    ("later-question", when({"question": "last", "answered": True}), f"{LAST}.show_if.question"),
    ("later-question", form(LEVEL, show_if={"question": "level", "answered": True}), "sections[0].show_if.question"),
    ("test-fits-not", when({"question": "level", "at_least": 1}), f"{LAST}.show_if"),
    ("test-fits-not", when({"question": "tongues", "is": "en"}, TONGUES), f"{LAST}.show_if"),
    ("test-fits-not", when({"question": "it", "answered": True}, asked("it", "text")), f"{LAST}.show_if"),
    ("value-fits-not", when({"question": "it", "is": " "}, asked("it", "short")), f"{LAST}.show_if.is"),
]  # fmt: skip


@pytest.mark.parametrize(("code", "data", "where"), FAULTY, ids=lambda value: value if isinstance(value, str) else "")
def test_fault_is_named_at_its_place_and_is_the_only_one(code: str, data: Any, where: str) -> None:
    with pytest.raises(QuestionnaireRefused) as refused:
        read(data)

    faults = {(one.code, one.where) for one in refused.value.faults}
    assert (code, where) in faults
    assert len(faults) == 1 or code in {"too-many", "not-for-kind", "too-few", "unknown-key", "condition-form"}
    for fault in refused.value.faults:
        assert "{" not in fault.words.en.replace("{}", "") + fault.words.zh_hans
        assert fault.words.en.endswith((".", "?"))
        assert fault.words.zh_hans.endswith(("。", "？"))


def test_every_fault_has_a_test() -> None:
    assert {code for code, _, _ in FAULTY} == {code.partition(" ")[0] for code in FAULTS}


def test_near_words_are_suggested() -> None:
    with pytest.raises(QuestionnaireRefused) as refused:
        read(when({"question": "levle", "is": "doktor"}) | {"sektions": 1})

    said = [one.words.en for one in refused.value.faults]
    assert said == [
        "The key `sektions` does not exist here. Did you mean `sections`?",
        "There is no question `levle`. Did you mean `level`?",
    ]
    assert refused.value.faults[1].words.zh_hans == "没有问题`levle`。是否想写`level`？"


def test_every_fault_is_named_in_one_run() -> None:
    data = everything()
    data["sections"][0]["questions"][0]["most"] = 0
    data["sections"][0]["questions"][2]["options"][1]["label"] = {"en": "Master"}
    data["sections"][1]["questions"][5]["show_if"]["any"][0]["all"][0]["at_least"] = "3"
    data["sections"][1]["questions"][1]["lest"] = 3

    with pytest.raises(QuestionnaireRefused) as refused:
        read(data)

    assert [(one.where, one.code) for one in refused.value.faults] == [
        ("sections[0].questions[0].most", "out-of-range"),
        ("sections[0].questions[2].options[1].label", "missing-language"),
        ("sections[1].questions[1].lest", "unknown-key"),
        ("sections[1].questions[5].show_if.any[0].all[0].at_least", "wrong-type"),
    ]


def test_everything_is_read_as_it_stands() -> None:
    found = read(everything())

    you, work = found.sections
    name, born, level, _, months, _ = you.questions
    assert (name.kind, name.most, name.identity) == (Kind.SHORT, 80, True)
    assert name.help == Words("As in your passport", "As in your passport的中文")
    assert (born.earliest, born.latest) == (date(1950, 1, 1), date(2010, 12, 31))
    assert level.options[1] == Option("master", Words("MASTER", "MASTER的中文"))
    assert (level.to_hosts, name.to_hosts) == (True, False)
    assert (months.least, months.most, months.whole) == (0, 12, True)
    note, plan, cv, page, wishes, team = work.questions
    assert note.show_if == One("terms", Op.ANSWERED, value=False)
    assert (plan.least, plan.most, plan.required) == (2, 100, True)
    assert (cv.types, cv.megabytes, cv.most, cv.required) == (("pdf", "jpg"), 2, 2, False)
    assert (page.hosts, wishes.source) == (("example.org",), "places")
    assert team.identity
    assert team.show_if
    assert isinstance(team.show_if.parts[0], All)  # type: ignore[union-attr]
    assert team.show_if.parts[1].day == date(2020, 9, 1)  # type: ignore[union-attr]


def test_everything_comes_back_in_its_canonical_form() -> None:
    data = everything()
    written = as_data(read(data))

    data["sections"][1]["questions"][0]["show_if"] = {"question": "terms", "answered": False}
    del data["sections"][1]["questions"][5]["least"]
    assert written == data


def test_question_is_found_by_its_key() -> None:
    found = read(everything())

    assert found.question("cv") is found.sections[1].questions[2]
    assert found.question("nothing") is None


def test_days_may_come_as_days_of_yaml() -> None:
    (question,) = read(form(asked("it", "date", earliest=date(2020, 1, 1)))).questions

    assert question.earliest == date(2020, 1, 1)


def test_what_holds_without_a_key_is_not_written() -> None:
    short = asked("it", "short")

    assert as_data(read(form(short | {"required": True, "identity": False, "to_hosts": False, "most": 200}))) == form(
        short
    )
    assert as_data(read(form(MONTHS | {"least": 0, "most": 0}))) == form(MONTHS | {"least": 0, "most": 0})
    assert as_data(read(form(asked("it", "members", identity=True)))) == form(asked("it", "members"))


def test_digest_turns_on_what_is_asked_alone() -> None:
    one = read(form(asked("it", "short")))
    turned = {"sections": [dict(reversed(list(form(asked("it", "short", most=200))["sections"][0].items())))]}

    assert digest(one) == digest(read(turned))
    assert digest(one) != digest(read(form(asked("it", "short", most=199))))
    assert digest(one) == digest(read(form(asked("it", "short", to_hosts=False))))
    assert digest(one) != digest(read(form(asked("it", "short", to_hosts=True))))
    assert len(digest(one)) == 64


@given(definitions())
def test_definition_comes_back(data: Data) -> None:
    found = read(data)

    assert read(as_data(found)) == found
    assert digest(read(as_data(found))) == digest(found)


@given(junk)
def test_whatever_stands_there_is_refused_with_faults(data: Any) -> None:
    with pytest.raises(QuestionnaireRefused) as refused:
        read(data)

    assert refused.value.faults


@given(st.data())
def test_one_spoilt_value_is_read_or_refused(data: st.DataObject) -> None:
    spoilt = data.draw(definitions() | st.just(everything()))
    place: Any = spoilt
    while True:
        keys = list(place) if isinstance(place, dict) else list(range(len(place)))
        key = data.draw(st.sampled_from(keys))
        if not isinstance(place[key], dict | list) or not place[key] or data.draw(st.booleans()):
            break
        place = place[key]
    place[key] = data.draw(junk)

    found, faults = _read(spoilt)
    assert all(one.words.en and one.words.zh_hans for one in faults)
    assert (found is None) is bool(faults)
    assert found is None or read(as_data(found)) == found


def _read(data: Any) -> tuple[Questionnaire | None, tuple[Fault, ...]]:
    try:
        return read(data), ()
    except QuestionnaireRefused as refused:
        return None, refused.faults
