"""What is offered at a stage, why a step is refused in words, and what usually happens next."""

from __future__ import annotations

import pytest
from tests.engines.workflow.definitions import ACTORS, NEEDS, VOCABULARY, everyday, stage, step

from accord.engines.workflow import (
    REFUSAL_CODES,
    StageUnknown,
    StepRefused,
    Words,
    Workflow,
    moves,
    path_to_end,
    read,
    take,
)

EVERYTHING = dict.fromkeys(NEEDS, True)


@pytest.fixture
def workflow() -> Workflow:
    return read(everyday(), VOCABULARY)


def test_moves_are_in_the_order_of_the_definition_with_what_is_missing(workflow: Workflow) -> None:
    found = moves(workflow, "decision", actors=["office"], facts={"reviews-in": True, "place-free": False})

    assert [(one.step.key, one.missing) for one in found] == [("accept", ("place-free",)), ("decline", ())]


def test_who_has_two_parts_has_the_steps_of_both(workflow: Workflow) -> None:
    found = moves(workflow, "review", actors={"applicant", "reviewer"}, facts=EVERYTHING)

    assert [one.step.key for one in found] == ["recommend", "withdraw"]


@pytest.mark.parametrize("actors", [(), ("clock",), "office"])
def test_others_have_no_moves(workflow: Workflow, actors: str) -> None:
    assert moves(workflow, "review", actors=actors, facts=EVERYTHING) == ()


def test_nobody_moves_from_an_end(workflow: Workflow) -> None:
    assert moves(workflow, "done", actors=ACTORS, facts=EVERYTHING) == ()


def test_step_with_all_needs_met_leads_on(workflow: Workflow) -> None:
    assert take(workflow, "decision", "accept", actors=["office"], facts=EVERYTHING) == workflow.stage("done")
    assert take(workflow, "question", "remind", actors=["office"], facts={}).key == "question"


CALLED = {"office": "the programme office", "reviews-in": "the second review", "place-free": "a free place"}
REFUSED = {
    "unknown-step": (
        ("review", "jump", "office"),
        "There is no step `jump` in this workflow. Choose one that is offered.",
    ),
    "not-from-here": (
        ("draft", "accept", "office"),
        "“Step accept” is not possible at the stage “Stage draft”. Choose a step that leads on from there.",
    ),
    "not-yours": (
        ("decision", "accept", "applicant"),
        "“Step accept” is not yours to take; it is up to: the programme office. Ask them.",
    ),
    "needs-missing": (
        ("decision", "accept", "office"),
        "“Step accept” is not possible yet. What is missing: the second review, a free place.",
    ),
}


@pytest.mark.parametrize("code", REFUSED)
def test_refusal_says_why_in_words(workflow: Workflow, code: str) -> None:
    (here, tried, actor), words = REFUSED[code]
    with pytest.raises(StepRefused) as refused:
        take(workflow, here, tried, actors=[actor], facts={"reviews-in": False})

    assert refused.value.code == code
    assert refused.value.words("en", CALLED) == words
    assert refused.value.words("zh-hans", CALLED).endswith("。")
    assert refused.value.missing == (("reviews-in", "place-free") if code == "needs-missing" else ())


def test_every_refusal_of_a_step_has_a_case() -> None:
    assert {*REFUSED, "unknown-stage"} == set(REFUSAL_CODES)


def test_words_in_chinese_name_step_and_stage_in_chinese(workflow: Workflow) -> None:
    with pytest.raises(StepRefused) as refused:
        take(workflow, "draft", "accept", actors=["office"], facts={})

    assert refused.value.words("zh-hans") == "“Stage draft（中）”阶段不能“Step accept（中）”。选择该阶段可用的步骤。"


def test_stage_that_is_lost_is_refused_everywhere(workflow: Workflow) -> None:
    with pytest.raises(StageUnknown, match="no stage `shortlist`"):
        moves(workflow, "shortlist", actors=ACTORS, facts={})
    with pytest.raises(StageUnknown):
        take(workflow, "shortlist", "accept", actors=ACTORS, facts={})
    with pytest.raises(StageUnknown) as refused:
        path_to_end(workflow, "shortlist")
    assert refused.value.words("zh-hans").startswith("此流程中没有阶段`shortlist`。")


@pytest.mark.parametrize(
    ("here", "way"),
    [
        ("draft", ["submit", "pass", "recommend", "accept"]),
        ("question", ["answer", "recommend", "accept"]),
        ("declined", []),
        ("done", []),
    ],
)
def test_usual_way_passes_by_questions_and_refusals(workflow: Workflow, here: str, way: list[str]) -> None:
    assert [one.key for one in path_to_end(workflow, here)] == way


def test_usual_way_goes_through_a_question_where_there_is_no_other() -> None:
    data = everyday()
    del data["steps"][3]
    data["steps"].insert(0, data["steps"].pop(6))

    way = path_to_end(read(data, VOCABULARY), "screening")

    assert data["steps"][0]["key"] == "decline"
    assert [one.key for one in way] == ["ask", "answer", "recommend", "accept"]


def test_usual_way_out_of_a_question_asks_no_other() -> None:
    data = everyday()
    data["stages"].append(stage("interview", "question"))
    data["steps"].insert(0, step("invite", ["question"], "interview"))
    data["steps"].append(step("met", ["interview"], "review"))

    way = path_to_end(read(data, VOCABULARY), "question")

    assert [one.key for one in way] == ["answer", "recommend", "accept"]


def test_usual_way_ends_otherwise_where_nothing_is_ever_done() -> None:
    data = everyday()
    data["stages"][5]["phase"] = "declined"

    assert [one.key for one in path_to_end(read(data, VOCABULARY), "draft")][-1] == "accept"


def test_first_step_listed_is_the_usual_one_though_a_shortcut_exists() -> None:
    data = everyday()
    data["steps"].append(step("fast", ["screening"], "done"))

    assert [one.key for one in path_to_end(read(data, VOCABULARY), "screening")] == ["pass", "recommend", "accept"]


def test_words_are_a_mapping_of_both_languages() -> None:
    words = Words("Draft", "草稿")

    assert dict(words) == {"en": "Draft", "zh-hans": "草稿"}
    assert words == {"en": "Draft", "zh-hans": "草稿"}
    assert hash(words) == hash(Words("Draft", "草稿"))
    with pytest.raises(KeyError):
        words["fr"]
