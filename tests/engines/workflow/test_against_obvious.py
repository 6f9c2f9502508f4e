"""No sequence of steps reaches what a definition forbids; every answer is that of the obvious version."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.engines.workflow import obvious
from tests.engines.workflow.definitions import ACTORS, NEEDS, VOCABULARY, loose, right

from accord.engines.workflow import (
    Fault,
    Move,
    StepRefused,
    WorkflowRefused,
    as_data,
    digest,
    moves,
    path_to_end,
    read,
    take,
)

some_facts = st.dictionaries(st.sampled_from(NEEDS), st.booleans())


@given(loose())
def test_definition_is_refused_exactly_when_it_breaks_a_rule(data: dict[str, Any]) -> None:
    if obvious.is_right(data):
        read(data, VOCABULARY)
    else:
        with pytest.raises(WorkflowRefused):
            read(data, VOCABULARY)


@given(right(), st.data())
def test_no_sequence_of_steps_reaches_what_the_definition_forbids(data: dict[str, Any], drawn: st.DataObject) -> None:
    workflow = read(data, VOCABULARY)
    step_of = {one["key"]: one for one in data["steps"]}
    here = data["start"]
    for _ in range(12):
        actor, facts = drawn.draw(st.sampled_from(ACTORS)), drawn.draw(some_facts)
        tried = drawn.draw(st.sampled_from([*step_of, "no-such-step"]))
        allowed = {key for key, missing in obvious.offered(data, here, actor, facts) if not missing}
        if tried not in allowed:
            with pytest.raises(StepRefused) as refused:
                take(workflow, here, tried, actors=[actor], facts=facts)
            assert refused.value.code == code_of(step_of.get(tried), here, actor)
            continue
        there = take(workflow, here, tried, actors=[actor], facts=facts).key
        assert (here, there) in obvious.pairs(data)
        assert there == step_of[tried]["to"]
        assert here not in obvious.ends(data)
        here = there


def code_of(tried: dict[str, Any] | None, here: str, actor: str) -> str:
    if tried is None:
        return "unknown-step"
    if here not in tried["from"]:
        return "not-from-here"
    return "needs-missing" if actor in tried["by"] else "not-yours"


@given(right(), st.sampled_from(ACTORS), some_facts)
def test_moves_are_those_of_the_obvious_version(data: dict[str, Any], actor: str, facts: dict[str, bool]) -> None:
    workflow = read(data, VOCABULARY)

    for one in workflow.stages:
        found = moves(workflow, one.key, actors={actor}, facts=facts)
        assert [(move.step.key, list(move.missing)) for move in found] == obvious.offered(data, one.key, actor, facts)
        assert [move for move in found if not move.missing] == [
            Move(step) for step in workflow.steps if is_taken(workflow, one.key, step.key, actor, facts)
        ]


def is_taken(workflow: Any, stage: str, step: str, actor: str, facts: dict[str, bool]) -> bool:
    try:
        take(workflow, stage, step, actors=[actor], facts=facts)
    except StepRefused:
        return False
    return True


@given(right())
def test_usual_way_is_the_first_of_all_ways(data: dict[str, Any]) -> None:
    workflow = read(data, VOCABULARY)

    for one in workflow.stages:
        assert [step.key for step in path_to_end(workflow, one.key)] == obvious.usual_way(data, one.key)


@given(right())
def test_workflow_goes_through_data_and_back(data: dict[str, Any]) -> None:
    workflow = read(data, VOCABULARY)

    again = read(as_data(workflow), VOCABULARY)

    assert again == workflow
    assert hash(again) == hash(workflow)
    assert digest(again) == digest(workflow)


json_like = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["key", "name", "from", "to", "by", "en", "ends"]), inner, max_size=4)
    ),
    max_leaves=8,
)


@given(right(), st.data())
def test_whatever_stands_somewhere_is_a_fault_or_right(data: dict[str, Any], drawn: st.DataObject) -> None:
    places = [(data, "start"), (data, "stages"), (data, "steps"), (data, "odd")]
    places += [(one, key) for one in [*data["stages"], *data["steps"]] for key in [*one, "tells"]]
    holder, key = drawn.draw(st.sampled_from(places))
    holder[key] = drawn.draw(json_like)
    faults: tuple[Fault, ...] = ()
    try:
        workflow = read(data, VOCABULARY)
    except WorkflowRefused as refused:
        faults = refused.faults
    else:
        assert read(as_data(workflow), VOCABULARY) == workflow

    assert all(one.words["en"] and one.words["zh-hans"] for one in faults)


@pytest.mark.parametrize("data", [None, 3, "draft", [], {}, {"start": None, "stages": {}, "steps": [None, 3, []]}])
def test_what_is_no_definition_is_refused(data: object) -> None:
    with pytest.raises(WorkflowRefused):
        read(data, VOCABULARY)
