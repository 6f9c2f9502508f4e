"""What the doors to programmes, calls and their forms answer to whom."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from tests.access import EVERYBODY, SIGNED_IN, Probe, answers, done
from tests.house.stage import NOW, Stage
from tests.programmes.access import HOUSE, RUNNERS, programme
from tests.programmes.scene import FORM, Scene

from accord.kernel.text import Bilingual
from accord.programmes import operations, queries
from accord.programmes.models import Call, Programme
from accord.programmes.operations import CallFacts

OPENERS = answers(200, 200, 403, 200, 200)
"""Stewards, officers and managers, each for their own house."""
WORDS = Bilingual("Words", "文字")
FAR = datetime(2040, 9, 1, 15, 59, 59, tzinfo=UTC)
FACTS = CallFacts(
    key="ready",
    name=Bilingual("A call", "征集"),
    opens_at=datetime(2040, 7, 1, tzinfo=UTC),
    closes_at=FAR,
    time_zone="Asia/Shanghai",
    summary=WORDS,
    who_may=WORDS,
    gives=WORDS,
)
RULE = {
    "key": "level",
    "condition": {"question": "level", "is": "master"},
    "words": {"en": "Hosts ask for it.", "zh-hans": "接收单位要求。"},
    "refusal": {"en": "It is for masters.", "zh-hans": "面向硕士生。"},
}
SEED = "a seed that nobody reads before the end"


def furnish(stage: Stage) -> None:
    """Prepare calls in the states that the doors are about; the seed of an open one is private."""
    scene: Scene = stage.rows["programmes"]
    by: dict[str, Any] = {"by": scene.cast.owner.person, "at": NOW}
    ready = _prepared(scene, FACTS, by)
    operations.keep_eligibility(call=ready, eligibility=[RULE], version=ready.version, **by)
    sections: list[Any] = list(FORM["sections"])
    changed = {"sections": [*sections, {**sections[0], "key": "more", "questions": [_question()]}]}
    operations.keep_form(call=ready, definition=changed, version=0, **by)
    running = _prepared(scene, replace(FACTS, key="open", opens_at=datetime(2019, 7, 1, tzinfo=UTC)), by)
    stage.hide("the seed of a draw", SEED)
    operations.publish_call(call=running, seed=SEED, **by)
    late = datetime(2041, 1, 1, tzinfo=UTC)
    operations.set_late_code(call=running, code="a code for late ones", until=late, **by)
    over = _prepared(scene, replace(FACTS, key="over"), by)
    operations.publish_call(call=over, seed=SEED, **by)
    Call.objects.filter(pk=over.pk).update(
        opens_at=datetime(2019, 5, 1, tzinfo=UTC), closes_at=datetime(2019, 6, 1, tzinfo=UTC)
    )
    Programme.objects.create(
        key="empty", name=WORDS, kind="grant", owner=scene.programme.owner, opened_at=NOW, opened_by=by["by"]
    )


def _prepared(scene: Scene, facts: CallFacts, by: dict[str, Any]) -> Call:
    made = operations.prepare_call(programme=scene.programme, facts=facts, **by)
    draft = operations.keep_form(call=made, definition=FORM, version=1, **by)
    operations.publish_form(form=draft, **by)
    return made


def _question() -> dict[str, Any]:
    return {"key": "extra", "kind": "short", "label": {"en": "More", "zh-hans": "更多"}}


def at(key: str, **more: Any) -> Callable[[Stage], dict[str, Any]]:
    """Return the parts of the address of a call, and what else the address holds."""
    return lambda _stage: {"programme": "summer", "call": key, **more}


def sends(**body: Any) -> Callable[[Stage], dict[str, Any]]:
    """Return what is sent."""
    return lambda _stage: body


def _draft_version(stage: Stage) -> int:
    scene: Scene = stage.rows["programmes"]
    draft = queries.form_draft(scene.programme.calls.get(key="ready"))
    return draft.version if draft else 0


def _move(stage: Stage) -> dict[str, Any]:
    return {"section": "you", "question": "", "way": "down", "version": _draft_version(stage)}


def _remove_rule(stage: Stage) -> dict[str, Any]:
    return {"version": stage.rows["programmes"].programme.calls.get(key="ready").version}


DAYS = {"opens_on": "2041-07-01", "opens_hour": "09:00", "closes_on": "2041-09-01", "closes_hour": "23:59"}
NEW_CALL = {"name_0": "Another", "key": "another", **DAYS}
LABEL = {"label_0": "Why", "label_1": "为什么"}
TOLD = {"words_0": "Why", "words_1": "原因", "refusal_0": "No", "refusal_1": "不可"}

PROBES = [
    Probe("programmes:calls", get=EVERYBODY),
    Probe("programmes:programmes", get=SIGNED_IN),
    Probe(
        "programmes:open-programme",
        get=OPENERS,
        post=done(OPENERS),
        body=sends(name_0="Second", key="second", kind="grant"),
    ),
    Probe("programmes:programme", get=HOUSE, at=programme),
    Probe(
        "programmes:change-programme",
        get=RUNNERS,
        post=done(RUNNERS),
        at=programme,
        body=sends(name_0="Renamed", name_1="改名"),
    ),
    Probe("programmes:end-programme", post=done(RUNNERS), at=lambda _stage: {"programme": "empty"}),
    Probe("programmes:prepare-call", get=RUNNERS, post=done(RUNNERS), at=programme, body=sends(**NEW_CALL)),
    Probe("programmes:call", get=EVERYBODY, at=at("open")),
    Probe("programmes:who-may", get=EVERYBODY, at=at("open"), ask="check=1&q-level=master"),
    Probe("programmes:office", get=HOUSE, at=at("open")),
    Probe(
        "programmes:change-call",
        get=RUNNERS,
        post=done(RUNNERS),
        at=at("ready"),
        body=sends(contact="ask@example.org"),
    ),
    Probe("programmes:publish-call", get=RUNNERS, post=done(RUNNERS), at=at("ready")),
    Probe("programmes:cancel-call", get=RUNNERS, post=done(RUNNERS), at=at("open"), body=sends(reason="No money.")),
    Probe("programmes:finish-call", get=RUNNERS, post=done(RUNNERS), at=at("over")),
    Probe("programmes:copy-call", get=RUNNERS, post=done(RUNNERS), at=at("open"), body=sends(**NEW_CALL)),
    Probe(
        "programmes:call-dates",
        get=RUNNERS,
        post=done(RUNNERS),
        at=at("open"),
        body=sends(name_1_0="Interviews", on_1="2040-10-01"),
    ),
    Probe(
        "programmes:late-code",
        get=RUNNERS,
        post=done(RUNNERS),
        at=at("open"),
        body=sends(until_on="2042-01-01", until_hour="12:00"),
    ),
    Probe("programmes:drop-late-code", post=done(RUNNERS), at=at("open")),
    Probe("programmes:form", get=RUNNERS, at=at("ready")),
    Probe("programmes:preview-form", get=RUNNERS, at=at("ready")),
    Probe("programmes:form-version", get=RUNNERS, at=at("ready", number=1)),
    Probe("programmes:publish-form", post=done(RUNNERS), at=at("ready")),
    Probe("programmes:discard-form", post=done(RUNNERS), at=at("ready")),
    Probe("programmes:begin-form", get=RUNNERS, post=done(RUNNERS), at=at("ready"), body=sends(form="venture")),
    Probe("programmes:save-form", get=RUNNERS, post=done(RUNNERS), at=at("ready"), body=sends(name_0="Ours")),
    Probe("programmes:move-part", post=done(RUNNERS), at=at("ready"), body=_move),
    Probe("programmes:remove-part", post=done(RUNNERS), at=at("ready"), body=_move),
    Probe(
        "programmes:add-section",
        get=RUNNERS,
        post=done(RUNNERS),
        at=at("ready"),
        body=sends(title_0="More", title_1="更多"),
    ),
    Probe(
        "programmes:change-section",
        get=RUNNERS,
        post=done(RUNNERS),
        at=at("ready", section="you"),
        body=sends(title_0="Yourself"),
    ),
    Probe(
        "programmes:add-question",
        get=RUNNERS,
        post=done(RUNNERS),
        at=at("ready", section="you", kind="number"),
        body=sends(**LABEL),
    ),
    Probe(
        "programmes:change-question",
        get=RUNNERS,
        post=done(RUNNERS),
        at=at("ready", question="why"),
        body=sends(**LABEL),
    ),
    Probe("programmes:eligibility", get=RUNNERS, at=at("ready")),
    Probe(
        "programmes:add-rule",
        get=RUNNERS,
        post=done(RUNNERS),
        at=at("ready"),
        body=sends(mode="all", test_1="level|is|bachelor", **TOLD),
    ),
    Probe(
        "programmes:change-rule",
        get=RUNNERS,
        post=done(RUNNERS),
        at=at("ready", rule="level"),
        body=sends(test_1="level|is|bachelor"),
    ),
    Probe("programmes:remove-rule", post=done(RUNNERS), at=at("ready", rule="level"), body=_remove_rule),
]
