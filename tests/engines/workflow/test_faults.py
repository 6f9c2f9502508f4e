"""Every fault: where it is, that it stands alone, and that its words say how to mend it."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from tests.engines.workflow.definitions import VOCABULARY, both, everyday, stage, step

from accord.engines.workflow import (
    FAULT_CODES,
    MOST_NAME,
    MOST_STAGES,
    MOST_STEPS,
    Vocabulary,
    WorkflowRefused,
    read,
)

Data = dict[str, Any]
Found = list[tuple[str, str]]


def faults_of(data: object) -> Found:
    with pytest.raises(WorkflowRefused) as refused:
        read(data, VOCABULARY)
    return [(one.code, one.where) for one in refused.value.faults]


def put(*path: str | int, to: Any) -> Callable[[Data], None]:
    def change(data: Any) -> None:
        for part in path[:-1]:
            data = data[part]
        data[path[-1]] = to

    return change


def drop(*path: str | int) -> Callable[[Data], None]:
    def change(data: Any) -> None:
        for part in path[:-1]:
            data = data[part]
        del data[path[-1]]

    return change


def add(where: str, entry: Data) -> Callable[[Data], None]:
    return lambda data: data[where].append(entry)


def together(*changes: Callable[[Data], None]) -> Callable[[Data], None]:
    def change(data: Data) -> None:
        for one in changes:
            one(data)

    return change


# By name: what is changed, and all faults that then are told. Stages: 0 draft, 1 screening, 2 question, 3 review,
# 4 decision, 5 done, 6 declined, 7 withdrawn. Steps: 0 submit, 1 ask, 2 answer, 3 pass, 4 remind, 5 recommend,
# 6 accept, 7 decline, 8 withdraw.
CASES: dict[str, tuple[Callable[[Data], None], Found]] = {
    "stages-is-a-mapping": (put("stages", to={}), [("wrong-kind", "stages")]),
    "steps-is-a-text": (put("steps", to="submit"), [("wrong-kind", "steps")]),
    "stage-is-a-text": (add("stages", "extra"), [("wrong-kind", "stages[8]")]),  # type: ignore[arg-type]
    "step-is-nothing": (add("steps", None), [("wrong-kind", "steps[9]")]),  # type: ignore[arg-type]
    "start-is-a-number": (put("start", to=1), [("wrong-kind", "start")]),
    "name-in-one-language": (put("stages", 0, "name", to="Draft"), [("wrong-kind", "stages[0].name")]),
    "side-is-a-number": (put("stages", 0, "name", "en", to=5), [("wrong-kind", "stages[0].name.en")]),
    "from-is-a-text": (put("steps", 0, "from", to="draft"), [("wrong-kind", "steps[0].from")]),
    "from-holds-a-number": (put("steps", 8, "from", 1, to=4), [("wrong-kind", "steps[8].from[1]")]),
    "asks-is-a-text": (put("steps", 4, "asks", to="letter"), [("wrong-kind", "steps[4].asks")]),
    "asks-is-a-mapping": (put("steps", 4, "asks", to={}), [("wrong-kind", "steps[4].asks")]),
    "ends-is-a-text": (put("stages", 5, "ends", to="yes"), [("wrong-kind", "stages[5].ends")]),
    "tells-is-nothing": (put("steps", 7, "tells", to=None), [("wrong-kind", "steps[7].tells")]),
    "no-start": (drop("start"), [("missing-key", "")]),
    "no-phase": (drop("stages", 1, "phase"), [("missing-key", "stages[1]")]),
    "no-key-of-a-stage": (drop("stages", 3, "key"), [("missing-key", "stages[3]")]),
    "no-from": (drop("steps", 0, "from"), [("missing-key", "steps[0]")]),
    "no-to": (drop("steps", 5, "to"), [("missing-key", "steps[5]")]),
    "extra-key-on-top": (put("stage", to=[]), [("extra-key", "")]),
    "extra-key-of-a-step": (put("steps", 0, "need", to=[]), [("extra-key", "steps[0]")]),
    "third-language": (put("stages", 0, "name", "fr", to="Brouillon"), [("extra-key", "stages[0].name")]),
    "key-with-a-space": (put("steps", 0, "key", to="send in"), [("key-form", "steps[0].key")]),
    "key-too-long": (put("steps", 0, "key", to="a" * 61), [("key-form", "steps[0].key")]),
    "stage-twice": (add("stages", stage("review")), [("duplicate-key", "stages[8].key")]),
    "step-twice": (
        add("steps", step("ask", ["decision"], "review", name=both("Again"))),
        [("duplicate-key", "steps[9].key")],
    ),
    "by-nobody": (put("steps", 0, "by", to=[]), [("empty-list", "steps[0].by")]),
    "from-nowhere": (put("steps", 0, "from", to=[]), [("empty-list", "steps[0].from")]),
    "no-stages": (put("stages", to=[]), [("empty-list", "stages")]),
    "from-twice": (put("steps", 8, "from", 1, to="draft"), [("repeated", "steps[8].from[1]")]),
    "need-twice": (put("steps", 6, "needs", 1, to="reviews-in"), [("repeated", "steps[6].needs[1]")]),
    "too-many-stages": (
        put("stages", to=[stage(f"s{at}") for at in range(MOST_STAGES + 1)]),
        [("too-many", "stages")],
    ),
    "too-many-steps": (
        put("steps", to=[step(f"s{at}", ["draft"], "done") for at in range(MOST_STEPS + 1)]),
        [("too-many", "steps")],
    ),
    "no-chinese": (drop("stages", 0, "name", "zh-hans"), [("missing-language", "stages[0].name.zh-hans")]),
    "blank-english": (put("steps", 7, "tells", "en", to=" \n"), [("missing-language", "steps[7].tells.en")]),
    "long-name": (put("stages", 0, "name", "en", to="x" * (MOST_NAME + 1)), [("text-too-long", "stages[0].name.en")]),
    "nul": (put("stages", 0, "tells", "en", to="Go\0on"), [("odd-character", "stages[0].tells.en")]),
    "half-a-character": (put("stages", 0, "tells", "en", to="\ud800"), [("odd-character", "stages[0].tells.en")]),
    "phase": (put("stages", 3, "phase", to="reviewing"), [("unknown-phase", "stages[3].phase")]),
    "to-nowhere": (put("steps", 5, "to", to="decison"), [("unknown-stage", "steps[5].to")]),
    "from-unknown": (put("steps", 3, "from", to=["screning"]), [("unknown-stage", "steps[3].from[0]")]),
    "start-unknown": (put("start", to="darft"), [("unknown-stage", "start")]),
    "actor": (put("steps", 0, "by", to=["aplicant"]), [("unknown-actor", "steps[0].by[0]")]),
    "need": (put("steps", 5, "needs", to=["reviews"]), [("unknown-need", "steps[5].needs[0]")]),
    "ask": (put("steps", 7, "asks", to=["letter", "season"]), [("unknown-ask", "steps[7].asks[1]")]),
    "start-is-an-end": (
        together(put("start", to="done"), add("steps", step("again", ["draft"], "draft", asks=["letter"]))),
        [("unreachable", f"stages[{at}]") for at in (0, 1, 2, 3, 4, 6, 7)] + [("start-ends", "start")],
    ),
    "unreachable": (
        together(add("stages", stage("aside")), add("steps", step("leave", ["aside"], "done"))),
        [("unreachable", "stages[8]")],
    ),
    "dead-end": (
        together(add("stages", stage("aside")), add("steps", step("go", ["review"], "aside"))),
        [("dead-end", "stages[8]")],
    ),
    "round-and-round": (
        together(
            add("stages", stage("here")),
            add("stages", stage("there")),
            add("steps", step("go", ["review", "there"], "here")),
            add("steps", step("on", ["here"], "there")),
        ),
        [("no-end-ahead", "stages[8]"), ("no-end-ahead", "stages[9]")],
    ),
    "round-at-one-stage": (
        together(add("stages", stage("here")), add("steps", step("go", ["review", "here"], "here", asks=["letter"]))),
        [("no-end-ahead", "stages[8]")],
    ),
    "no-end": (
        together(
            *(put("stages", at, "ends", to=False) for at in (5, 6, 7)),
            add("steps", step("again", ["done", "declined", "withdrawn"], "draft")),
        ),
        [("no-end", "stages")],
    ),
    "ends-forgotten": (
        together(*(drop("stages", at, "ends") for at in (5, 6, 7))),
        [("dead-end", "stages[5]"), ("dead-end", "stages[6]"), ("dead-end", "stages[7]")],
    ),
    "end-with-steps": (put("steps", 3, "from", to=["screening", "done"]), [("end-with-steps", "steps[3].from[1]")]),
    "goes-nowhere": (drop("steps", 4, "asks"), [("goes-nowhere", "steps[4].from[0]")]),
    "same-name": (put("steps", 3, "name", to=both("step ASK")), [("same-name", "steps[3].name.en")]),
    "same-name-in-chinese-alone": (
        put("steps", 3, "name", "zh-hans", to="Step ask（中）"),
        [("same-name", "steps[3].name.zh-hans")],
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_fault_is_told_at_its_place_and_alone(name: str) -> None:
    change, expected = CASES[name]
    data = everyday()
    read(data, VOCABULARY)

    change(data)

    assert faults_of(data) == expected


def test_every_code_has_a_case() -> None:
    assert {code for _, found in CASES.values() for code, _ in found} == set(FAULT_CODES)


def test_all_faults_are_told_at_once_in_the_order_of_the_definition() -> None:
    data = everyday()
    for name in ("no-chinese", "phase", "actor", "need", "dead-end", "goes-nowhere", "start-unknown", "key-too-long"):
        CASES[name][0](data)
    data["steps"].extend(step(f"more{at}", ["review"], "done", "boss") for at in range(3))

    assert faults_of(data) == [
        ("missing-language", "stages[0].name.zh-hans"),
        ("unknown-phase", "stages[3].phase"),
        ("dead-end", "stages[8]"),
        ("unknown-stage", "start"),
        ("unknown-actor", "steps[0].by[0]"),
        ("key-form", "steps[0].key"),
        ("goes-nowhere", "steps[4].from[0]"),
        ("unknown-need", "steps[5].needs[0]"),
        *(("unknown-actor", f"steps[{at}].by[0]") for at in (10, 11, 12)),
    ]


@pytest.mark.parametrize("name", CASES)
def test_words_stand_in_both_languages_and_leave_nothing_open(name: str) -> None:
    data = everyday()
    CASES[name][0](data)
    with pytest.raises(WorkflowRefused) as refused:
        read(data, VOCABULARY)

    for one in refused.value.faults:
        english, chinese = one.words["en"], one.words["zh-hans"]
        assert re.search(r"[.?]$", english)
        assert re.search(r"[。？]$", chinese)
        assert not re.search(r"[{](?!en)|please|sorry|invalid", english)
        assert not re.search(r"[\u4e00-\u9fff] [`“\w]|[`”\w] [\u4e00-\u9fff]", chinese)
        assert "请" not in chinese.replace("申请", "")
        assert one.where in str(refused.value)


@pytest.mark.parametrize(
    ("name", "near"),
    [
        ("to-nowhere", "decision"),
        ("start-unknown", "draft"),
        ("phase", "review"),
        ("actor", "applicant"),
        ("need", "reviews-in"),
        ("ask", "reason"),
        ("extra-key-on-top", "stages"),
        ("extra-key-of-a-step", "needs"),
    ],
)
def test_near_word_is_suggested(name: str, near: str) -> None:
    data = everyday()
    CASES[name][0](data)
    with pytest.raises(WorkflowRefused) as refused:
        read(data, VOCABULARY)

    (fault,) = refused.value.faults
    assert fault.words["en"].endswith(f"Did you mean `{near}`?")
    assert fault.words["zh-hans"].endswith(f"是否想写`{near}`？")


def test_known_words_are_listed_where_none_is_near() -> None:
    data = everyday()
    data["steps"][0]["by"] = ["x" * 200 + "\0"]
    with pytest.raises(WorkflowRefused) as refused:
        read(data, Vocabulary({"reviewer", "applicant", "office"}, VOCABULARY.needs, VOCABULARY.asks))

    (fault,) = refused.value.faults
    assert fault.words["en"] == (
        f"There is nobody called `{'x' * 60}…` who could act. There are: `applicant`, `office`, `reviewer`."
    )


def test_nothing_follows_from_a_step_that_cannot_be_read() -> None:
    """The stage `decision` is reached and left by steps that are wrong: that alone is told."""
    data = everyday()
    data["steps"][5]["to"] = "decide"
    data["steps"][6]["from"] = ["decide"]
    data["steps"][7]["from"] = ["screening"]

    assert faults_of(data) == [("unknown-stage", "steps[5].to"), ("unknown-stage", "steps[6].from[0]")]


def test_texts_keep_their_lines_and_lose_the_blanks_around_them() -> None:
    data = everyday()
    data["stages"][0]["tells"] = both("One line.\nAnother.")
    data["stages"][0]["name"] = {"en": " Draft\n", "zh-hans": "草稿 "}

    found = read(data, VOCABULARY).stages[0]

    assert found.name == {"en": "Draft", "zh-hans": "草稿"}
    assert found.tells == both("One line.\nAnother.")
