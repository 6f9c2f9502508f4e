"""What another version changes, in words, and who would be left standing nowhere."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from tests.engines.workflow.definitions import VOCABULARY, both, everyday, right, stage, step

from accord.engines.workflow import Difference, as_data, compare, digest, read, stages_lost


def changes(old: dict[str, Any], new: dict[str, Any]) -> tuple[Difference, ...]:
    return compare(read(old, VOCABULARY), read(new, VOCABULARY))


def test_same_workflow_shows_no_difference() -> None:
    assert changes(everyday(), everyday()) == ()
    assert stages_lost(read(everyday(), VOCABULARY), read(everyday(), VOCABULARY)) == ()


def test_changed_fields_are_named_with_before_and_after() -> None:
    new = everyday()
    new["stages"][3]["name"] = both("Jury")
    new["stages"][3]["phase"] = "decision"
    new["stages"][3]["tells"] = both("Wait.")
    new["steps"][5]["needs"] = []
    new["steps"][2]["to"] = "screening"
    new["steps"][3]["from"].append("draft")

    found = changes(everyday(), new)

    assert [(one.what, one.key, one.field, one.before, one.after) for one in found] == [
        ("stage", "review", "name", both("Stage review"), both("Jury")),
        ("stage", "review", "phase", "review", "decision"),
        ("stage", "review", "tells", None, both("Wait.")),
        ("step", "answer", "to", "review", "screening"),
        ("step", "pass", "from", ["screening"], ["screening", "draft"]),
        ("step", "recommend", "needs", ["reviews-in"], None),
    ]
    assert [one.words["en"] for one in found] == [
        "Stage “Jury”: name: “Stage review” → “Jury”.",
        "Stage “Jury”: phase: review → decision.",
        "Stage “Jury”: what the applicant reads: nothing → “Wait.”.",
        "Step “Step answer”: leads to: “Stage review” → “Stage screening”.",
        "Step “Step pass”: leads from: “Stage screening” → “Stage screening”, “Stage draft”.",
        "Step “Step recommend”: needs: reviews-in → nothing.",
    ]
    assert found[0].words["zh-hans"] == "阶段“Jury（中）”：名称：“Stage review（中）”→“Jury（中）”。"


def test_new_and_lost_stages_and_steps_are_named() -> None:
    new = everyday()
    new["stages"][2] = stage("interview")
    new["steps"][1:3] = [
        step("ask", ["screening", "review"], "interview", asks=["letter"]),
        step("met", ["interview"], "review"),
    ]
    del new["steps"][4]
    new["steps"][-1]["from"] = ["draft", "screening", "review"]

    found = changes(everyday(), new)

    assert [(one.what, one.kind, one.key) for one in found if one.kind != "changed"] == [
        ("stage", "removed", "question"),
        ("stage", "added", "interview"),
        ("step", "removed", "answer"),
        ("step", "removed", "remind"),
        ("step", "added", "met"),
    ]
    assert [one.words["zh-hans"] for one in found][:2] == [
        "已删除阶段“Stage question（中）”。",
        "新增阶段“Stage interview（中）”。",
    ]
    old = read(everyday(), VOCABULARY)
    assert stages_lost(old, read(new, VOCABULARY)) == (old.stage("question"),)


def test_start_order_and_ends_are_differences() -> None:
    new = everyday()
    new["start"] = "screening"
    new["stages"][5]["ends"] = False
    new["steps"] += [
        step("reopen", ["done"], "review", asks=["reason"]),
        step("back", ["screening"], "draft", asks=["reason"]),
    ]
    new["stages"].reverse()
    new["steps"].reverse()

    found = {(one.what, one.kind, one.field): one.words["en"] for one in changes(everyday(), new)}

    assert found["start", "changed", "start"] == "Starts at “Stage screening” instead of “Stage draft”."
    assert found["stage", "changed", "ends"] == "Stage “Stage done”: is an end: yes → no."
    assert found["stages", "moved", "order"] == "The stages stand in another order."
    assert found["steps", "moved", "order"] == "The steps stand in another order."


@given(right(), right())
def test_no_difference_exactly_when_the_digest_is_the_same(old: dict[str, Any], new: dict[str, Any]) -> None:
    before, after = read(old, VOCABULARY), read(new, VOCABULARY)

    assert (compare(before, after) == ()) == (digest(before) == digest(after)) == (as_data(before) == as_data(after))
    assert compare(before, before) == ()
    assert [one.key for one in stages_lost(before, after)] == [
        one["key"] for one in old["stages"] if one["key"] not in {other["key"] for other in new["stages"]}
    ]


def test_digest_goes_by_content_and_order_but_not_by_the_order_of_keys() -> None:
    turned = {key: everyday()[key] for key in ("steps", "stages", "start")}
    moved = everyday()
    moved["steps"].reverse()
    one, same, other = (digest(read(data, VOCABULARY)) for data in (everyday(), turned, moved))

    assert one == same != other
    assert len(one) == 64
