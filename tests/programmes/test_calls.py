"""Programmes and calls: prepared from their kind, published with a sealed seed, and what stays afterwards."""

import hashlib
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from tests.programmes.scene import CLOSES, OPENS, PREPARED, WHILE_OPEN, Scene

from accord.kernel.access import Actor, Grant
from accord.kernel.refused import Clash
from accord.kernel.text import Bilingual
from accord.outbox.models import Message
from accord.people.enums import Role
from accord.people.operations import NameMissing
from accord.programmes import models, operations, queries
from accord.programmes.enums import CallState, ProgrammeKind
from accord.programmes.operations import CallFacts

pytestmark = pytest.mark.django_db
BOTH = Bilingual("Words", "文字")
FACTS = CallFacts(
    key="2020",
    name=Bilingual("Internships 2020", "2020年实习"),
    opens_at=datetime(2020, 7, 1, 1, tzinfo=UTC),
    closes_at=datetime(2020, 9, 1, 15, 59, 59, tzinfo=UTC),
    time_zone="Asia/Shanghai",
    summary=BOTH,
    who_may=BOTH,
    gives=BOTH,
)


def by(scene: Scene, at: datetime = WHILE_OPEN) -> dict[str, Any]:
    return {"by": scene.manager.person, "at": at}


def prepared(scene: Scene) -> models.Call:
    return operations.prepare_call(programme=scene.programme, facts=FACTS, **by(scene))


def published(scene: Scene) -> models.Call:
    call = prepared(scene)
    draft = queries.form_draft(call)
    assert draft is not None
    operations.publish_form(form=draft, **by(scene))
    return operations.publish_call(call=call, seed="a secret seed", **by(scene))


def test_call_begins_with_workflow_and_form_of_its_kind(scene: Scene) -> None:
    call = prepared(scene)

    form = queries.form_draft(call)
    assert form is not None
    assert (call.workflow, form.number) == (queries.standard_workflows()["matched"], 1)
    assert (
        queries.read_form(form.definition).form
        == queries.read_form(queries.standard_forms()["internship"].definition).form
    )
    assert queries.current_form(call) is None


def test_every_kind_begins_with_a_form_that_holds_together() -> None:
    for kind in ProgrammeKind.values:
        assert queries.read_form(queries.standard_forms()[queries.kinds()[kind].form].definition).faults == ()


ODD: list[tuple[Any, Any, str]] = [
    ({"key": "new"}, operations.KeyOdd, "key"),
    ({"key": "Summer 2020"}, operations.KeyOdd, "key"),
    ({"key": "2019"}, operations.KeyTaken, "key"),
    ({"name": Bilingual()}, NameMissing, "name"),
    ({"time_zone": "Mars/North"}, operations.ZoneUnknown, "time_zone"),
    ({"partner_zone": "Mars/North"}, operations.ZoneUnknown, "partner_zone"),
    ({"closes_at": FACTS.opens_at}, operations.DatesOdd, "closes_at"),
    ({"starts_on": date(2020, 10, 2), "ends_on": date(2020, 10, 1)}, operations.DatesOdd, "ends_on"),
    ({"mode": "half"}, operations.AnswerUnknown, "mode"),
]


def test_odd_facts_are_refused(scene: Scene) -> None:
    for change, refusal, field in ODD:
        with pytest.raises(refusal) as refused:
            operations.prepare_call(programme=scene.programme, facts=replace(FACTS, **change), **by(scene))
        assert refused.value.field == field

    assert models.Call.objects.count() == 1


def test_programme_takes_no_word_that_stands_in_addresses(scene: Scene) -> None:
    for key in ("applications", "placements", "places", "new", "all"):
        with pytest.raises(operations.KeyOdd):
            operations.open_programme(key=key, name=BOTH, kind="grant", owner=scene.programme.owner, **by(scene))


def test_publishing_seals_the_seed(scene: Scene) -> None:
    call = published(scene)

    assert call.seed_digest == hashlib.sha256(b"a secret seed").hexdigest()
    again = operations.publish_call(call=call, seed="another", **by(scene))
    assert (again.seed, again.version) == ("a secret seed", call.version)


def test_publishing_lists_all_that_is_missing(scene: Scene) -> None:
    facts = replace(FACTS, gives=Bilingual("A stipend.", ""), who_may=Bilingual())
    call = operations.prepare_call(programme=scene.programme, facts=facts, **by(scene))

    with pytest.raises(operations.CallNotReady) as refused:
        operations.publish_call(call=call, seed="s", **by(scene, FACTS.closes_at))

    assert [str(one.words) for one in refused.value.detail["missing"]] == [
        "Write who may apply, in both languages.",
        "Write what one gets, in both languages.",
        "The deadline is past. Move it to a later moment.",
        "Publish the form, so that people know what they are asked.",
    ]


BROKEN: list[tuple[Any, Any]] = [
    ({"tie_rule": "earlier"}, operations.CallPromised),
    ({"mode": "double"}, operations.CallPromised),
    ({"host_score": "host"}, operations.CallPromised),
    ({"time_zone": "Europe/London"}, operations.CallPromised),
    ({"key": "2021"}, operations.CallPromised),
    ({"closes_at": FACTS.closes_at - timedelta(seconds=1)}, operations.DatesOdd),
]


def test_what_was_promised_stays(scene: Scene) -> None:
    call = published(scene)

    for change, refusal in BROKEN:
        with pytest.raises(refusal):
            operations.change_call(call=call, version=call.version, facts=replace(FACTS, **change), **by(scene))


def test_deadline_moves_to_a_later_moment_and_opening_stays_once_it_is_past(scene: Scene) -> None:
    call = published(scene)
    later = replace(FACTS, closes_at=FACTS.closes_at + timedelta(days=1))

    moved = operations.change_call(call=call, version=call.version, facts=later, **by(scene))

    assert moved.closes_at == later.closes_at
    with pytest.raises(operations.CallPromised):
        operations.change_call(
            call=moved,
            version=moved.version,
            facts=replace(later, opens_at=FACTS.opens_at + timedelta(days=1)),
            **by(scene, FACTS.opens_at),
        )


def test_change_from_an_older_version_is_a_clash_and_the_same_again_is_none(scene: Scene) -> None:
    call = prepared(scene)
    facts = replace(FACTS, contact="office@example.org")
    changed = operations.change_call(call=call, version=1, facts=facts, **by(scene))

    assert operations.change_call(call=call, version=1, facts=facts, **by(scene)).version == changed.version == 2
    with pytest.raises(Clash):
        operations.change_call(call=call, version=1, facts=FACTS, **by(scene))


STATES = [
    (PREPARED, CallState.ANNOUNCED),
    (OPENS - timedelta(microseconds=1), CallState.ANNOUNCED),
    (OPENS, CallState.OPEN),
    (CLOSES - timedelta(microseconds=1), CallState.OPEN),
    (CLOSES, CallState.CLOSED),
    (PREPARED - timedelta(seconds=1), CallState.PREPARED),
]


def test_state_of_a_call_is_that_of_the_moment_alone_and_in_lists(scene: Scene) -> None:
    actor = Actor(scene.manager.person.pk, grants=frozenset({Grant(Role.MANAGER, scene.programme.owner_id)}))

    for at, state in STATES:
        assert queries.call_state(scene.call, at) == state
        assert [one.state for one in queries.calls_of(actor, scene.programme, at)] == [state]  # type: ignore[attr-defined]


def test_cancelled_call_says_why_and_never_changes(scene: Scene) -> None:
    with pytest.raises(operations.ReasonMissing):
        operations.cancel_call(call=scene.call, reason=" ", **by(scene))

    call = operations.cancel_call(call=scene.call, reason="The bank  closed.", **by(scene))

    assert (call.cancel_reason, queries.call_state(call, WHILE_OPEN)) == ("The bank closed.", CallState.CANCELLED)
    assert operations.cancel_call(call=call, reason="Another", **by(scene)).cancel_reason == "The bank closed."
    told = Message.objects.get(topic="programmes.call-cancelled")
    assert ("The bank closed." in told.body.en, "The bank closed." in told.body.zh_hans) == (True, True)
    assert set(told.notes.values_list("person", flat=True)) == {
        one.person.pk for one in (scene.applicant, scene.second, scene.third)
    }
    with pytest.raises(operations.CallOver):
        operations.change_call(call=call, version=call.version, facts=operations.facts_of_call(call), **by(scene))


def test_call_is_finished_once_it_is_over_and_nobody_waits(scene: Scene) -> None:
    with pytest.raises(operations.CallNotOver, match="still open"):
        operations.finish_call(call=scene.call, **by(scene))
    with pytest.raises(operations.CallNotOver, match="2 applications wait"):
        operations.finish_call(call=scene.call, **by(scene, CLOSES))
    models.Application.objects.filter(phase="screening").update(phase="declined", stage="declined")

    call = operations.finish_call(call=scene.call, **by(scene, CLOSES))

    assert queries.call_state(call, CLOSES) == CallState.FINISHED


def test_late_code_is_kept_as_a_digest_until_it_is_taken_back(scene: Scene) -> None:
    until = CLOSES + timedelta(days=2)
    for code, end in (("short", until), ("long enough", CLOSES), ("long enough", None)):
        with pytest.raises((operations.CodeShort, operations.DatesOdd)):
            operations.set_late_code(call=scene.call, code=code, until=end, **by(scene))

    call = operations.set_late_code(call=scene.call, code=" long enough ", until=until, **by(scene))

    assert (call.late_code_digest, call.late_until_at) == (hashlib.sha256(b"long enough").hexdigest(), until)
    facts = replace(operations.facts_of_call(call), closes_at=until)
    with pytest.raises(operations.DatesOdd):
        operations.change_call(call=call, version=call.version, facts=facts, **by(scene))
    assert operations.set_late_code(call=call, code="", until=None, **by(scene)).late_until_at is None


def test_copy_takes_form_rules_workflow_and_dates_and_no_applicant(scene: Scene) -> None:
    operations.keep_dates(
        call=scene.call,
        dates=[(Bilingual("Interviews", "面试"), date(2019, 9, 10))],
        version=scene.call.version,
        **by(scene),
    )
    models.Call.objects.filter(pk=scene.call.pk).update(
        eligibility=[
            {
                "key": "level",
                "condition": {"question": "level", "is": "master"},
                "words": {"en": "a", "zh-hans": "甲"},
                "refusal": {"en": "b", "zh-hans": "乙"},
            }
        ]
    )
    source = models.Call.objects.get(pk=scene.call.pk)
    facts = replace(FACTS, opens_at=OPENS.replace(year=2020))

    made = operations.copy_call(call=source, facts=facts, **by(scene))

    form = queries.form_draft(made)
    assert form is not None
    assert form.definition == scene.form.definition
    assert (made.eligibility, made.workflow, made.copied_from) == (source.eligibility, source.workflow, source)
    assert [(str(one.name), one.held_on) for one in queries.dates_of_call(made)] == [("Interviews", date(2020, 9, 10))]
    assert (made.applications.count(), made.published_at, made.seed) == (0, None, "")


def test_programme_ends_once_no_call_is_under_way(scene: Scene) -> None:
    with pytest.raises(operations.CallsRunning, match="Internships 2019"):
        operations.end_programme(programme=scene.programme, **by(scene))
    operations.cancel_call(call=scene.call, reason="No more.", **by(scene))

    ended = operations.end_programme(programme=scene.programme, **by(scene))

    with pytest.raises(operations.ProgrammeEnded):
        operations.prepare_call(programme=ended, facts=FACTS, **by(scene))


def test_programme_that_counted_stays_with_its_agreement(scene: Scene) -> None:
    models.CountedLine.objects.create(
        programme=scene.programme,
        what="places_offered",
        record="place:1",
        label=BOTH,
        starts_on=date(2019, 7, 1),
        amount_each=1,
        known_at=WHILE_OPEN,
    )
    facts = operations.ProgrammeFacts(scene.programme.name)

    with pytest.raises(operations.ProgrammeCounts):
        operations.change_programme(programme=scene.programme, version=1, facts=facts, **by(scene))


def test_promise_must_be_of_the_agreement(scene: Scene) -> None:
    promise = scene.cast.agreement.commitments.order_by("pk")[0]

    with pytest.raises(operations.PromiseElsewhere):
        operations.ProgrammeFacts(BOTH, commitment=promise).checked()
    assert operations.ProgrammeFacts(BOTH, agreement=scene.cast.agreement, commitment=promise).checked()
