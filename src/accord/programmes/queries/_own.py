"""An application as whoever writes it sees it: what is asked, what is missing, where it stands, what comes next."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from django.db.models import DateField, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, Now, TruncDate
from django.utils.translation import gettext_lazy as _

from accord.engines import questionnaire, workflow
from accord.engines.questionnaire import Kind, Question, Section, State
from accord.kernel.access import Actor
from accord.kernel.finding import Waiting
from accord.kernel.links import FoundLink
from accord.kernel.models import World
from accord.kernel.refused import NotThere
from accord.kernel.text import Bilingual
from accord.people.queries import Institution, Person, belongings_of
from accord.programmes.enums import CallState, Need, WorkflowActor
from accord.programmes.models import Application, Call, CoApplicant, Decision, Enquiry, FormVersion, Placement
from accord.programmes.queries._addresses import applicant_url
from accord.programmes.queries._calls import NextStep, call_state, current_form
from accord.programmes.queries._flows import flow_of
from accord.programmes.queries._forms import both, read_form
from accord.programmes.queries._places import open_places
from accord.programmes.queries._rules import RuleShown, asked_before, rules_of, rules_shown
from accord.programmes.queries._visible import applications_of

PLACES = "places"
"""The source of rankings that are answered with places of the call."""

BEFORE_THE_FORM = frozenset(Kind) - {Kind.FILE, Kind.MEMBERS, Kind.RANKING, Kind.TEXT}
"""Kinds of questions that can be asked before there is an application to keep the answer."""


@dataclass(frozen=True, slots=True)
class SectionState:
    """A section of the form with how far it is, and what is missing in words."""

    key: str
    title: Bilingual
    state: State
    missing: tuple[Bilingual, ...]


@dataclass(frozen=True, slots=True)
class MissingAnswer:
    """An answer that is missing or not right yet: where it is given, of which question, and how to mend it."""

    section: str
    question: str
    label: Bilingual
    words: Bilingual


@dataclass(frozen=True, slots=True)
class FormNews:
    """What a newer version of the form changes for a draft: differences, answers to look at, answers kept apart."""

    form: FormVersion
    differences: Sequence[Bilingual]
    unsure: Sequence[tuple[Bilingual, Bilingual]]
    gone: Sequence[tuple[Bilingual, Bilingual]]


def submit_step(application: Application) -> workflow.Step | None:
    """Return the step by which the applicant hands in what they wrote, from where the application stands, if any."""
    return next((one for one in _own_steps(application) if Need.FORM_COMPLETE in one.needs), None)


def withdraw_step(application: Application) -> workflow.Step | None:
    """Return the step by which the applicant withdraws, from where the application stands, if any."""
    flow = flow_of(application.call)
    return next((one for one in _own_steps(application) if flow.stage(one.to).phase is workflow.Phase.WITHDRAWN), None)


def _own_steps(application: Application) -> list[workflow.Step]:
    steps = flow_of(application.call).steps
    return [one for one in steps if application.stage in one.from_stages and WorkflowActor.APPLICANT in one.by]


def takes_late(call: Call, at: datetime) -> bool:
    """Say whether somebody with the late code may still submit."""
    return call_state(call, at) == CallState.CLOSED and call.late_until_at is not None and at < call.late_until_at


def may_write(application: Application, at: datetime) -> bool:
    """Say whether answers can be changed now: before the deadline, with a late code after it, or when asked to."""
    if submit_step(application) is None:
        return False
    call = application.call
    state = call_state(call, at)
    if state in {CallState.CANCELLED, CallState.FINISHED}:
        return False
    return application.phase != "draft" or state == CallState.OPEN or takes_late(call, at)


def source_codes(call: Call) -> dict[str, list[str]]:
    """Return what rankings of a call choose from, by source; one query."""
    return {PLACES: list(open_places(call).values_list("code", flat=True))}


def source_words(call: Call) -> dict[str, list[tuple[str, str]]]:
    """Return what rankings of a call choose from, as pairs of code and words; one query."""
    return {PLACES: [(one.code, f"{one.name} · {one.host.institution.name}") for one in open_places(call)]}


def section_states(application: Application, sources: Mapping[str, Sequence[str]]) -> list[SectionState]:
    """Return the sections that are asked, with how far each is. No query."""
    form = questionnaire.read(application.form.definition)
    return [
        SectionState(
            one.section.key, both(one.section.title), one.state, tuple(both(each.words) for each in one.missing)
        )
        for one in questionnaire.progress(form, application.answers, sources=sources)
    ]


def section_asked(application: Application, key: str) -> Section:
    """Return a section with the questions that show, given the answers so far; raises `NotThere`."""
    seen = questionnaire.shown(questionnaire.read(application.form.definition), application.answers)
    section = next((one for one in seen.sections if one.key == key), None)
    if section is None:
        raise NotThere(_("This form has no such section, or your answers so far do not lead to it."))
    return section


def section_after(application: Application, key: str) -> str:
    """Return the key of the section that comes after one, given the answers so far; empty after the last."""
    seen = questionnaire.shown(questionnaire.read(application.form.definition), application.answers)
    keys = [one.key for one in seen.sections]
    return keys[keys.index(key) + 1] if key in keys[:-1] else ""


def section_seen(application: Application, key: str) -> str:
    """Return a digest of the answers of a section as they stand: by it a page knows whether they changed since."""
    form = questionnaire.read(application.form.definition)
    keys = [question.key for one in form.sections if one.key == key for question in one.questions]
    held = json.dumps({name: application.answers.get(name) for name in keys}, sort_keys=True)
    return hashlib.sha256(held.encode()).hexdigest()


def word_counts(application: Application, section: Section) -> dict[str, int]:
    """Return how many words the long answers of a section have, by question."""
    kept = application.answers
    return {
        one.key: questionnaire.count_words(kept[one.key])
        for one in section.questions
        if one.kind is Kind.LONG and isinstance(kept.get(one.key), str)
    }


def answer_files(application: Application, section: Section) -> dict[str, list[Mapping[str, Any]]]:
    """Return the files that answer questions of a section, by question, each with name, size and number."""
    found: dict[str, list[Mapping[str, Any]]] = {}
    for one in section.questions:
        value = application.answers.get(one.key)
        if one.kind is Kind.FILE and isinstance(value, list):
            found[one.key] = [each for each in value if isinstance(each, dict)]
    return found


def missing_answers(application: Application, sources: Mapping[str, Sequence[str]]) -> list[MissingAnswer]:
    """Return every answer that keeps the form from being complete. No query."""
    form = questionnaire.read(application.form.definition)
    return [
        MissingAnswer(one.section, one.question, both(one.label), both(one.words))
        for one in questionnaire.check(form, application.answers, sources=sources)
    ]


def ranks_in_form(application: Application) -> bool:
    """Say whether the form itself asks which places somebody wants."""
    return any(one.source == PLACES for one in questionnaire.read(application.form.definition).questions)


def checked_before(call: Call, form: FormVersion) -> tuple[list[Any], tuple[Question, ...]]:
    """Return the rules that can be checked before the form, and the questions that they look at."""
    every = [
        one for one in rules_of(call, form.definition) if all(each.kind in BEFORE_THE_FORM for each in one.questions)
    ]
    return every, asked_before(every)


def rules_met(application: Application) -> list[RuleShown]:
    """Return the rules of the call with whether each holds, by the answers so far."""
    rules = rules_of(application.call, application.form.definition)
    return rules_shown(rules, {**application.screening, **application.answers})


def form_news(application: Application) -> FormNews | None:
    """Return what a newer version of the form changes for a draft; None where it stands on the newest. One query."""
    newest = current_form(application.call)
    if newest is None or newest.pk == application.form_id or application.phase != "draft":
        return None
    old, new = (read_form(one.definition).form for one in (application.form, newest))
    if old is None or new is None:
        return None
    carried = questionnaire.carry(old, new, application.answers)
    return FormNews(
        form=newest,
        differences=[both(one.words) for one in questionnaire.compare(old, new)],
        unsure=[(both(one.question.label), both(one.words)) for one in carried.unsure],
        gone=[
            (both(one.question.label) if one.question else Bilingual(one.key, one.key), both(one.words))
            for one in carried.gone
        ],
    )


def way_ahead(application: Application) -> list[NextStep]:
    """Return what usually happens next, stage by stage, with what one is told there."""
    flow = flow_of(application.call)
    try:
        path = workflow.path_to_end(flow, application.stage)
    except workflow.StageUnknown:
        return []
    stages = [flow.stage(step.to) for step in path]
    return [NextStep(both(one.name), both(one.tells) if one.tells else Bilingual()) for one in stages]


def told_decision(application: Application) -> Decision | None:
    """Return the last decision that the applicant was told of."""
    told = Decision.objects.filter(application=application, told_at__isnull=False)
    return told.select_related("slate").order_by("-told_at", "-pk").first()


def own_placements(application: Application, actor: Actor) -> list[Placement]:
    """Return the placements of the actor in person that came of an application, those called off among them."""
    rows = Placement.objects.filter(application=application, person=actor.person_id)
    return list(rows.select_related("host").order_by("starts_on", "pk"))


def companions_of(application: Application) -> QuerySet[CoApplicant]:
    """Return who was named as applying along, but those taken off again."""
    return CoApplicant.objects.filter(application=application, removed_at=None).order_by("pk")


def find_companion(application: Application, pk: int) -> CoApplicant:
    """Return somebody who was named as applying along; raises `NotThere`."""
    found = companions_of(application).filter(pk=pk).first()
    if found is None:
        raise NotThere(_("Nobody of this number was named in this application."))
    return found


def companion_of_link(link: FoundLink) -> CoApplicant:
    """Return the co-applicant that a link was made for; raises `NotThere` where they were taken off."""
    application = int(link.record.partition(":")[2])
    rows = CoApplicant.objects.filter(application=application, person=link.person, removed_at=None)
    found = rows.select_related("application__call__programme__owner", "application__applicant").first()
    if found is None:
        raise NotThere(_("You are not named in this application any more. Ask whoever named you."))
    return found


def home_on(person: Person, day: date) -> Institution | None:
    """Return the institution to which somebody belongs on a day, if any: the home side of a placement."""
    return next((one.affiliation.institution for one in belongings_of(person, on=day) if one.holds), None)


def own_application_to(actor: Actor, call: Call) -> Application | None:
    """Return the application of the actor to a call that is not withdrawn, if there is one."""
    mine = applications_of(actor).filter(applicant=actor.person_id, call=call, withdrawn_at=None)
    return mine.first()


def drafts_to_submit(actor: Actor, limit: int) -> Sequence[Waiting]:
    """Return the drafts of the actor whose deadline is not past, the first deadline first; one query."""
    rows = _drafts(actor).select_related("call__programme").order_by("call__closes_at", "pk")[:limit]
    return [
        Waiting(
            title=one.call.name,
            url=applicant_url(one),
            act=_("Finish and submit your application"),
            context=one.reference,
            since=one.started_at,
            due=one.call.closes_at,
        )
        for one in rows
    ]


def count_drafts_to_submit(actor: Actor) -> QuerySet[Any, int]:
    """Return one for each of them, as numbers to add up."""
    return _ones(_drafts(actor))


def questions_to_answer(actor: Actor, limit: int) -> Sequence[Waiting]:
    """Return the questions of the office that wait for the actor's answer, the first due first; one query."""
    rows = _unanswered(actor).select_related("application__call__programme").order_by("due_on", "pk")[:limit]
    return [
        Waiting(
            title=one.application.call.name,
            url=applicant_url(one.application),
            act=_("Answer the question"),
            context=one.application.reference,
            since=one.asked_at,
        )
        for one in rows
    ]


def count_questions_to_answer(actor: Actor) -> QuerySet[Any, int]:
    """Return one for each of them, as numbers to add up."""
    return _ones(_unanswered(actor))


def _drafts(actor: Actor) -> QuerySet[Application]:
    today = Coalesce(
        Subquery(World.objects.filter(is_demo=True).values("demo_day")[:1]),
        TruncDate(Now(), tzinfo=UTC),
        output_field=DateField(),
    )  # of the database, in a demo world the demo's day: what waits is asked without a moment
    return Application.objects.filter(
        phase="draft",
        applicant=_oneself(actor),
        call__closes_at__date__gte=today,
        call__cancelled_at=None,
        call__finished_at=None,
    )


def _unanswered(actor: Actor) -> QuerySet[Enquiry]:
    return Enquiry.objects.filter(
        application__applicant=_oneself(actor), application__withdrawn_at=None, answered_at=None, closed_at=None
    )


def _oneself(actor: Actor) -> int | None:
    return actor.person_id if actor.for_person is None else None


def _ones(rows: QuerySet[Any, Any]) -> QuerySet[Any, int]:
    return rows.order_by().values_list(Value(1), flat=True)
