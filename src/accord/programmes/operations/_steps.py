"""The one place where applications move: a step that somebody takes, and those that take themselves."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accord.engines import workflow
from accord.kernel.refused import Refused
from accord.kernel.text import EN, ZH
from accord.people.queries import Person
from accord.programmes.enums import Ask, Need, WorkflowActor
from accord.programmes.models import Application, Enquiry, Step
from accord.programmes.operations._reviewing import look_again, take_from_review
from accord.programmes.operations._steps_tell import tell_asked, tell_of_step
from accord.programmes.queries import ACTORS, MISSING, facts_of, flow_of, stage_name

MOST_REASON = 500
AT_ONCE = 500
"""Rows that one statement writes."""
_COLUMNS = (
    "stage",
    "phase",
    "entered_at",
    "submitted_at",
    "is_late",
    "withdrawn_at",
    "withdrawn_by",
    "withdraw_reason",
    "version",
)


class StepNotPossible(Refused):
    """The step does not lead on from here, is somebody else's, or lacks something; `detail["missing"]` says what."""

    code = "step-not-possible"
    status = 409


class WordsMissing(Refused):
    """A step asks for words that were not given."""

    code = "words-missing"


@dataclass(frozen=True, slots=True)
class _Said:
    """What somebody said who took a step."""

    note: str = ""
    reason: str = ""
    question: str = ""
    due_on: date | None = None

    @property
    def words(self) -> str:
        """Return what the applicant reads."""
        return self.question or self.reason


@transaction.atomic
def take_step(
    *,
    application: Application,
    step: str,
    by: Person | None,
    actors: Collection[str],
    at: datetime,
    note: str = "",
    reason: str = "",
    question: str = "",
    due_on: date | None = None,
    holds: Collection[str] = (),
) -> Application:
    """Move an application by a step of its workflow, and on by those that take themselves.

    `actors` says as whom (`WorkflowActor`); `holds` names needs that are met for this act alone, such as being in time
    by a late code. A question becomes an enquiry. Taken again it changes nothing. Raises
    `StepNotPossible` with what is missing, and `WordsMissing`.
    """
    said = _Said(note.strip(), reason.strip(), question.strip(), due_on)
    held = locked_applications([application.pk])[0]
    if _was_taken(held, step, by):
        return held
    taken, goal = _led_to(held, step, actors, at, holds)
    _refuse_silence(taken, said)
    before = held.phase
    kept = _moved(held, taken, goal, said, by, at)
    _write([kept], [held])
    _after(held, kept, before, said, actors=actors, at=at)
    return advance(application=held, at=at)


def advance(*, application: Application, at: datetime) -> Application:
    """Move an application by every step that takes itself, as far as it leads; returns it as it stands then."""
    return advance_all(applications=[application], at=at)[0]


@transaction.atomic
def advance_all(*, applications: Iterable[Application], at: datetime) -> list[Application]:
    """Move many applications by every step that takes itself; the queries do not grow with how many they are."""
    rows = locked_applications([one.pk for one in applications])
    seen = {one.pk: {one.stage} for one in rows}
    moving = rows
    while moving:
        ways = {one.pk: _clock_steps(one) for one in moving}
        moving = [one for one in moving if ways[one.pk]]
        needs = {need for one in moving for step in ways[one.pk] for need in step.needs}
        facts = facts_of(moving, at=at, only=needs)
        steps, moved = [], []
        for one in moving:
            step = _first_open(ways[one.pk], _plain(facts[one.pk]), seen[one.pk])
            if step is None:
                continue
            seen[one.pk].add(step.to)
            steps.append(_moved(one, step, flow_of(one.call).stage(step.to), _Said(), None, at))
            moved.append(one)
        _write(steps, moved)
        moving = moved
    return rows


def locked_applications(keys: Collection[int]) -> list[Application]:
    """Return applications as they are now, locked in one order so that no two writers wait for each other."""
    rows = Application.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=keys).order_by("pk")
    return list(rows.select_related("call__programme__owner", "form", "applicant"))


def _clock_steps(application: Application) -> tuple[workflow.Step, ...]:
    """Return the steps from here that take themselves; one that asks for words waits for a person."""
    flow = flow_of(application.call)
    return tuple(
        one
        for one in flow.steps
        if application.stage in one.from_stages and WorkflowActor.CLOCK in one.by and not one.asks
    )


def _first_open(
    steps: Iterable[workflow.Step], facts: Mapping[str, bool], seen: Collection[str]
) -> workflow.Step | None:
    """Return the first step whose needs are met; none back to where it has been, so that nothing goes round."""
    return next((one for one in steps if one.to not in seen and all(facts.get(need) for need in one.needs)), None)


def _plain(facts: Mapping[Need, bool]) -> dict[str, bool]:
    return {str(need): met for need, met in facts.items()}


def _was_taken(held: Application, step: str, by: Person | None) -> bool:
    """Say whether somebody took the step just now, and it leads on from here no more."""
    found = flow_of(held.call).step(step)
    if by is None or found is None or held.stage in found.from_stages:
        return False
    last = Step.objects.filter(application=held, mover__isnull=False).order_by("-moved_at", "-pk").first()
    return last is not None and last.step == step


def _led_to(
    held: Application, step: str, actors: Collection[str], at: datetime, holds: Collection[str]
) -> tuple[workflow.Step, workflow.Stage]:
    """Return a step and where it leads, or refuse in words."""
    flow = flow_of(held.call)
    found = flow.step(step)
    facts = facts_of([held], at=at, only=found.needs if found else ())[held.pk]
    known = _plain(facts) | dict.fromkeys(map(str, holds), True)
    try:
        goal = workflow.take(flow, held.stage, step, actors=actors, facts=known)
    except workflow.StageUnknown as lost:
        raise StepNotPossible(lost.words(_language()), code="stage-lost") from lost
    except workflow.StepRefused as refused:
        raise _refusal(refused) from refused
    taken = flow.step(step)
    assert taken is not None  # noqa: S101 (the engine refuses what it does not have)
    return taken, goal


def _refusal(refused: workflow.StepRefused) -> StepNotPossible:
    called = {str(key): str(words) for key, words in (*MISSING.items(), *ACTORS.items())}
    missing = [str(MISSING[need]) for need in MISSING if str(need) in refused.missing]
    return StepNotPossible(refused.words(_language(), called), reason=refused.code, missing=missing)


def _language() -> str:
    return ZH if (get_language() or EN).startswith("zh") else EN


def _refuse_silence(step: workflow.Step, said: _Said) -> None:
    """Refuse a step without the words that it asks for."""
    asked = {
        Ask.REASON: (said.reason, _("Say why. The applicant reads it.")),
        Ask.NOTE: (said.note, _("Write a note on why, for the office.")),
        Ask.QUESTION: (said.question, _("Write what you want to know from the applicant.")),
        Ask.DUE: (said.due_on, _("Say until when you need the answer.")),
    }
    for each, (given, sentence) in asked.items():
        if each in step.asks and not given:
            raise WordsMissing(sentence, field="due_on" if each is Ask.DUE else str(each))


def _moved(
    held: Application, step: workflow.Step, goal: workflow.Stage, said: _Said, by: Person | None, at: datetime
) -> Step:
    """Set the columns of an application that moves; return what is kept of the step."""
    left, phase = held.stage, held.phase
    held.stage, held.phase, held.entered_at = goal.key, goal.phase.value, at
    held.version += 1
    if phase == workflow.Phase.DRAFT and goal.phase is not workflow.Phase.WITHDRAWN and held.submitted_at is None:
        held.submitted_at, held.is_late = at, at >= held.call.closes_at
    if goal.phase is workflow.Phase.WITHDRAWN and by is not None:
        held.withdrawn_at, held.withdrawn_by, held.withdraw_reason = at, by, said.reason[:MOST_REASON]
    return Step(
        application=held,
        step=step.key,
        from_stage=left,
        to_stage=goal.key,
        to_phase=goal.phase.value,
        words=said.words,
        note=said.note,
        moved_at=at,
        mover=by,
    )


def _write(steps: Iterable[Step], moved: Collection[Application]) -> None:
    Application.objects.bulk_update(moved, _COLUMNS, batch_size=AT_ONCE)
    Step.objects.bulk_create(steps, batch_size=AT_ONCE)


def _after(held: Application, kept: Step, before: str, said: _Said, *, actors: Collection[str], at: datetime) -> None:
    """Do what hangs on a step that a person took: the enquiry, what the applicant is told, the panel's items."""
    by = kept.mover or held.applicant
    if said.question:
        asked = Enquiry.objects.create(
            application=held, text=said.question, due_on=said.due_on, asked_at=at, asked_by=by
        )
        tell_asked(asked, at=at)
    elif said.reason and WorkflowActor.OFFICE in actors:
        tell_of_step(held, taken=kept, stage=stage_name(held.call, held.stage), at=at)
    if held.phase == workflow.Phase.WITHDRAWN:
        take_from_review(held, by=by, at=at)
    if before == workflow.Phase.QUESTION and held.phase == workflow.Phase.REVIEW:
        look_again(held, by=by, at=at)
