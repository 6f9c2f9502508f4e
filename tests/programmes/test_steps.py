"""Steps of applications: only as the workflow says, with every need met; by the clock as far as it leads."""

import random
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext, override_settings
from django.utils.translation import override
from tests.programmes.scene import ANSWERS, CLOSES, JUST_LATE, WHILE_OPEN, Scene

from accord.outbox.models import Message
from accord.programmes import models, operations, queries
from accord.programmes.enums import Ask, Need, OfferState, Outcome, WorkflowActor
from accord.programmes.operations import StepNotPossible, WordsMissing
from accord.programmes.queries import standard_workflows, workflow_of

pytestmark = pytest.mark.django_db

LATER = WHILE_OPEN + timedelta(days=1)
OFFICE = [WorkflowActor.OFFICE]
APPLICANT = [WorkflowActor.APPLICANT]
WORDS: dict[str, Any] = {
    Ask.REASON: {"reason": "It does not fit."},
    Ask.NOTE: {"note": "Two are in, that is enough."},
    Ask.QUESTION: {"question": "When do you graduate?"},
    Ask.DUE: {"due_on": date(2019, 8, 9)},
}


def take(scene: Scene, application: models.Application, step: str, **given: Any) -> models.Application:
    """Take a step as the office, unless it is told otherwise."""
    told: dict[str, Any] = {"by": scene.manager.person, "actors": OFFICE, "at": LATER} | given
    return operations.take_step(application=application, step=step, **told)


def decide(
    scene: Scene, application: models.Application, outcome: str, *, at: Any = LATER, is_told: bool = True
) -> models.Decision:
    """Settle a slate with one decision, as the parts above do."""
    number = models.Slate.objects.filter(call=scene.call).count() + 1
    who = scene.manager.person
    slate = models.Slate.objects.create(
        call=scene.call, number=number, opened_at=at, opened_by=who, settled_at=at, settled_by=who
    )
    return models.Decision.objects.create(
        slate=slate,
        application=application,
        outcome=outcome,
        reason="As we said.",
        decided_at=at,
        decided_by=who,
        told_at=at if is_told else None,
    )


def stand_at(application: models.Application, stage: str, phase: str) -> models.Application:
    """Put an application at a stage, as if it had come there."""
    models.Application.objects.filter(pk=application.pk).update(stage=stage, phase=phase)
    application.refresh_from_db()
    return application


def test_a_complete_draft_is_submitted_once_and_says_when(scene: Scene) -> None:
    models.Application.objects.filter(pk=scene.draft.pk).update(answers=ANSWERS)
    sent: dict[str, Any] = {"by": scene.applicant.person, "actors": APPLICANT, "at": LATER}
    first = take(scene, scene.draft, "submit", **sent)
    again = take(scene, scene.draft, "submit", **sent)
    assert (first.stage, first.phase, first.submitted_at, first.is_late) == ("screening", "screening", LATER, False)
    assert again.version == first.version
    assert models.Step.objects.filter(application=scene.draft).count() == 1


def test_what_is_missing_is_said_in_words_of_the_reader(scene: Scene) -> None:
    models.CoApplicant.objects.create(application=scene.draft, name="Wu", email="wu@example.org", named_at=LATER)
    for language, words in (("en", "answers that the form needs"), ("zh-hans", "申请表")):
        with override(language), pytest.raises(StepNotPossible) as refused:
            take(scene, scene.draft, "submit", by=scene.applicant.person, actors=APPLICANT)
        assert language == "zh-hans" or words in str(refused.value)
        assert len(refused.value.detail["missing"]) == 2
    scene.draft.refresh_from_db()
    assert scene.draft.stage == "draft"


@pytest.mark.parametrize(("holds", "is_taken"), [((), False), ((Need.IN_TIME,), True)])
def test_after_the_deadline_only_a_late_code_helps(scene: Scene, holds: tuple[str, ...], is_taken: bool) -> None:
    models.Application.objects.filter(pk=scene.draft.pk).update(answers=ANSWERS)
    given: dict[str, Any] = {"by": scene.applicant.person, "actors": APPLICANT, "at": JUST_LATE, "holds": holds}
    if not is_taken:
        with pytest.raises(StepNotPossible):
            take(scene, scene.draft, "submit", **given)
    else:
        assert take(scene, scene.draft, "submit", **given).is_late
    assert CLOSES < JUST_LATE


def test_nobody_takes_a_step_of_somebody_else(scene: Scene) -> None:
    with pytest.raises(StepNotPossible) as refused:
        take(scene, scene.submitted, "pass", by=scene.second.person, actors=APPLICANT)
    assert refused.value.detail["reason"] == "not-yours"


def test_a_step_asks_for_its_words_and_the_applicant_reads_them(scene: Scene) -> None:
    with pytest.raises(WordsMissing) as refused:
        take(scene, scene.submitted, "refuse")
    assert refused.value.field == "reason"
    take(scene, scene.submitted, "refuse", reason="You live in neither city.")
    told = Message.objects.get(topic="programmes.step-told")
    assert "You live in neither city." in told.body.en
    assert scene.submitted.reference in told.subject.zh_hans
    assert told.notes.get().person_id == scene.second.person.pk


def test_a_question_waits_and_its_answer_leads_back(scene: Scene) -> None:
    enquiry = operations.ask_applicant(
        application=scene.submitted,
        text="When do you graduate?",
        due_on=date(2019, 8, 9),
        by=scene.manager.person,
        at=LATER,
    )
    scene.submitted.refresh_from_db()
    assert scene.submitted.phase == "question"
    for _twice in range(2):
        operations.answer_enquiry(enquiry=enquiry, text="In June.", by=scene.second.person, at=LATER)
    scene.submitted.refresh_from_db()
    assert scene.submitted.stage == "screening"
    with pytest.raises(operations.EnquiryOver):
        operations.answer_enquiry(enquiry=enquiry, text="In July.", by=scene.second.person, at=LATER)


def test_an_overdue_answer_is_chased_once_by_the_days_of_the_call(scene: Scene) -> None:
    asked: dict[str, Any] = {"application": scene.submitted, "by": scene.manager.person, "at": WHILE_OPEN}
    operations.ask_applicant(text="When do you graduate?", due_on=date(2019, 8, 9), **asked)
    seven = WHILE_OPEN.replace(day=6, hour=16)  # the seventh in Chengdu
    assert operations.chase_answers(at=seven - timedelta(hours=1)) == 0
    assert [operations.chase_answers(at=seven) for _twice in range(2)] == [1, 0]
    late = WHILE_OPEN.replace(day=9, hour=16)  # the tenth in Chengdu
    for _twice in range(2):
        operations.chase_answers(at=late)
    assert Message.objects.filter(topic="programmes.answer-overdue").count() == 1


@pytest.mark.parametrize(
    ("outcome", "stage"),
    [
        (Outcome.ACCEPT, "matching"),
        (Outcome.RESERVE, "reserve"),
        (Outcome.DECLINE, "declined"),
        (Outcome.REVISE, "revision"),
    ],
)
def test_a_decision_leads_on_once_it_is_told(scene: Scene, outcome: str, stage: str) -> None:
    stand_at(scene.submitted, "decision", "decision")
    decision = decide(scene, scene.submitted, outcome, is_told=False)
    assert operations.advance(application=scene.submitted, at=LATER).stage == "decision"
    models.Decision.objects.filter(pk=decision.pk).update(told_at=LATER)
    assert operations.advance(application=scene.submitted, at=LATER).stage == stage


def test_a_decision_to_revise_asks_once(scene: Scene) -> None:
    stand_at(scene.submitted, "decision", "decision")
    decide(scene, scene.submitted, Outcome.REVISE)
    assert operations.advance(application=scene.submitted, at=LATER).stage == "revision"
    again = take(scene, scene.submitted, "resubmit", by=scene.second.person, actors=APPLICANT)
    assert again.stage == "review"
    stand_at(scene.submitted, "decision", "decision")
    assert operations.advance(application=scene.submitted, at=LATER).stage == "decision"
    decide(scene, scene.submitted, Outcome.ACCEPT)
    assert operations.advance(application=scene.submitted, at=LATER).stage == "matching"


def test_an_offer_leads_to_a_place_and_its_end_away_from_it(scene: Scene) -> None:
    stand_at(scene.submitted, "matching", "offer")
    offer = models.Offer.objects.create(
        application=scene.submitted,
        place=scene.lab_place,
        answer_by_at=LATER,
        made_at=LATER,
        made_by=scene.manager.person,
    )
    assert operations.advance(application=scene.submitted, at=LATER).stage == "matching"
    models.Offer.objects.filter(pk=offer.pk).update(told_at=LATER)
    assert operations.advance(application=scene.submitted, at=LATER).stage == "offered"
    models.Offer.objects.filter(pk=offer.pk).update(state=OfferState.ACCEPTED, answered_at=LATER)
    assert operations.advance(application=scene.submitted, at=LATER).stage == "placed"
    models.Offer.objects.filter(pk=offer.pk).update(state=OfferState.WITHDRAWN)
    assert operations.advance(application=scene.submitted, at=LATER).stage == "given-up"


def test_a_workflow_that_goes_round_by_itself_comes_to_rest(scene: Scene) -> None:
    names = {"en": "N", "zh-hans": "名"}
    stages = [{"key": key, "phase": "review", "name": {"en": key, "zh-hans": key}} for key in ("screening", "b")]
    end = {"key": "end", "phase": "done", "name": names, "ends": True}
    ways = (("there", "screening", "b", "clock"), ("back", "b", "screening", "clock"), ("out", "b", "end", "office"))
    steps = [
        {"key": key, "from": [left], "to": to, "by": [who], "name": {"en": key, "zh-hans": key}}
        for key, left, to, who in ways
    ]
    definition = {"start": "screening", "stages": [*stages, end], "steps": steps}
    models.Call.objects.filter(pk=scene.call.pk).update(workflow=definition)
    assert operations.advance(application=scene.submitted, at=LATER).stage == "b"


def _walk(scene: Scene, application: models.Application, seed: int) -> list[str]:
    """Take random steps, possible or not, and turn random facts; return the stages in which it stood."""
    draw = random.Random(seed)
    keys = [one.key for one in queries.flow_of(scene.call).steps]
    stages = [application.stage]
    for number in range(12):
        at = LATER + timedelta(minutes=number)
        _turn(scene, application, draw, at)
        words = {name: value for given in WORDS.values() for name, value in given.items() if draw.random() < 0.8}
        actors = draw.sample(list(WorkflowActor), draw.randint(1, 2))
        try:
            operations.take_step(
                application=application,
                step=draw.choice(keys),
                by=scene.manager.person,
                actors=actors,
                at=at,
                **words,
            )
        except (StepNotPossible, WordsMissing):
            operations.advance(application=application, at=at)
        application.refresh_from_db()
        stages.append(application.stage)
    return stages


def _turn(scene: Scene, application: models.Application, draw: random.Random, at: Any) -> None:
    what = draw.randrange(5)
    if what == 0:
        decide(scene, application, draw.choice(list(Outcome)), at=at, is_told=draw.random() < 0.8)
    elif what == 1:
        models.Enquiry.objects.filter(application=application).update(
            answer="So.", answered_at=at, answered_by=application.applicant_id
        )
    elif what == 2 and not models.Offer.objects.filter(application=application, state__in=queries.HOLDING).exists():
        models.Offer.objects.create(
            application=application,
            place=scene.lab_place,
            answer_by_at=at,
            made_at=at,
            made_by=scene.manager.person,
            told_at=at,
        )
    elif what == 3:
        ended = models.Offer.objects.filter(application=application, state=OfferState.OPEN)
        ended.update(state=draw.choice([OfferState.ACCEPTED, OfferState.DECLINED]), answered_at=at)


@pytest.mark.parametrize("name", ["matched", "listed", "reviewed"])
def test_no_sequence_of_steps_reaches_what_the_definition_forbids(scene: Scene, name: str) -> None:
    models.Call.objects.filter(pk=scene.call.pk).update(workflow=standard_workflows()[name])
    scene.call.refresh_from_db()
    flow = workflow_of(standard_workflows()[name])
    ends = {one.key for one in flow.stages if one.ends}
    for seed in range(2):
        for application in (scene.submitted, scene.other):
            stages = _walk(scene, application, seed)
            first_end = next((number for number, one in enumerate(stages) if one in ends), len(stages))
            assert len(set(stages[first_end:])) <= 1
            taken = list(models.Step.objects.filter(application=application).order_by("pk"))
            here = "screening"
            for one in taken:
                step = flow.step(one.step)
                assert step is not None
                assert one.from_stage == here
                assert here in step.from_stages
                assert one.to_stage == step.to
                assert one.to_phase == flow.stage(step.to).phase
                assert one.mover_id is not None or WorkflowActor.CLOCK in step.by
                here = one.to_stage
            assert here == application.stage
            assert application.phase == flow.stage(here).phase
            _begin_again(application)


def _begin_again(application: models.Application) -> None:
    """Let an application wait for screening as a new one does; what it stepped through belongs to the former."""
    fresh = models.Application.objects.get(pk=application.pk)
    models.Application.objects.filter(pk=fresh.pk).update(withdrawn_at=fresh.started_at, withdrawn_by=fresh.applicant)
    fresh.pk = None
    fresh.reference = f"{application.reference[:12]}-{models.Application.objects.count():04}"
    fresh.stage = fresh.phase = "screening"
    fresh.withdrawn_at = fresh.withdrawn_by = None
    fresh.together_with = None
    fresh.save(force_insert=True)
    application.pk = fresh.pk
    application.refresh_from_db()


def test_many_move_with_the_queries_of_a_few(scene: Scene) -> None:
    numbers = []
    for rows in ([scene.submitted], [scene.submitted, scene.other]):
        for one in rows:
            stand_at(one, "decision", "decision")
            decide(scene, one, Outcome.ACCEPT)
        with (
            CaptureQueriesContext(
                connection,
            ) as caught,
            override_settings(DEBUG=True),
        ):
            moved = operations.advance_all(applications=rows, at=LATER)
        assert {one.stage for one in moved} == {"matching"}
        numbers.append(len(caught))
    assert numbers[0] == numbers[1]


def test_facts_cost_the_same_for_all(scene: Scene) -> None:
    rows = list(models.Application.objects.select_related("form", "call"))
    with CaptureQueriesContext(connection) as caught:
        found = queries.facts_of(rows, at=LATER)
    assert set(found) == {one.pk for one in rows}
    assert all(set(one) == set(Need) for one in found.values())
    assert len(caught) == 8
