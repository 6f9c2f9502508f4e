"""What the office reads of the applications of a call: the list, one of them with all that happened, what waits."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, IntegerField, Min, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accord.kernel.access import Actor
from accord.kernel.clock import end_of
from accord.kernel.finding import Waiting
from accord.kernel.refused import NotThere
from accord.kernel.text import Bilingual
from accord.programmes.enums import Need, WorkflowActor
from accord.programmes.models import Application, Call, CoApplicant, Enquiry, OfficeNote, Step
from accord.programmes.queries._addresses import office_url
from accord.programmes.queries._facts import facts_of
from accord.programmes.queries._flows import flow_of, stage_name, step_name
from accord.programmes.queries._visible import applications_run_by
from accord.programmes.rules import OFFICE
from accord.review.queries import items_of, panels_of

READ_WHOLE = frozenset({Need.FORM_COMPLETE, Need.ELIGIBLE})
"""Needs for which answers and form are read."""


@dataclass(frozen=True, slots=True)
class StepTaken:
    """One step of an application, in words."""

    name: Bilingual
    to: Bilingual
    at: datetime
    who: str
    words: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class BulkStep:
    """A step of the office that many applications may take now: for how many nothing is missing, and for how many."""

    key: str
    name: Bilingual
    to: Bilingual
    asks: tuple[str, ...]
    ready: tuple[int, ...]
    waiting: int


def applications_of_call(call: Call) -> QuerySet[Application]:
    """Return the submitted applications of a call as its list shows them, with the questions that are not answered."""
    waiting = Enquiry.objects.filter(application=OuterRef("pk"), answered_at=None, closed_at=None)
    number = waiting.order_by().values("application").annotate(n=Count("pk")).values("n")
    return (
        Application.objects.filter(call=call, submitted_at__isnull=False)
        .select_related("call__programme", "applicant", "home")
        .annotate(unanswered=Coalesce(Subquery(number, output_field=IntegerField()), 0))
        .order_by("reference")
    )


def find_application_of(call: Call, reference: str) -> Application:
    """Return a submitted application of a call, for the office that may read it; raises `NotThere`."""
    found = applications_of_call(call).filter(reference=reference).select_related("form", "call__programme__owner")
    application = found.first()
    if application is None:
        raise NotThere(_("There is no application of this reference to this call."))
    return application


def steps_of(application: Application) -> list[StepTaken]:
    """Return every step that an application took, the latest first; one query."""
    rows = Step.objects.filter(application=application).select_related("mover").order_by("-moved_at", "-pk")
    return [
        StepTaken(
            name=step_name(application.call, one.step),
            to=stage_name(application.call, one.to_stage),
            at=one.moved_at,
            who=str(one.mover.name) if one.mover else "",
            words=one.words,
            note=one.note,
        )
        for one in rows
    ]


def enquiries_of(application: Application) -> QuerySet[Enquiry]:
    """Return the questions to an applicant, the latest first."""
    rows = Enquiry.objects.filter(application=application).select_related("asked_by", "answered_by")
    return rows.order_by("-asked_at", "-pk")


def find_enquiry(application: Application, pk: int) -> Enquiry:
    """Return a question to an applicant; raises `NotThere`."""
    found = enquiries_of(application).filter(pk=pk).first()
    if found is None:
        raise NotThere(_("There is no question of this number to this applicant."))
    return found


def notes_on(application: Application) -> QuerySet[OfficeNote]:
    """Return the notes of the office on an application, the latest first."""
    return OfficeNote.objects.filter(application=application).select_related("noted_by").order_by("-noted_at", "-pk")


def company_of(application: Application) -> QuerySet[CoApplicant]:
    """Return who applies along, as they were named."""
    return CoApplicant.objects.filter(application=application, removed_at=None).select_related("institution")


def bulk_steps(call: Call, at: datetime) -> list[BulkStep]:
    """Return the steps that the office may take for many at once, in the order of the workflow.

    Steps that ask a question are left out: a question is asked of one person.
    """
    flow = flow_of(call)
    steps = [one for one in flow.steps if WorkflowActor.OFFICE in one.by and "question" not in one.asks]
    stages = {stage for one in steps for stage in one.from_stages}
    needs = {need for one in steps for need in one.needs}
    found = Application.objects.filter(call=call, stage__in=stages, submitted_at__isnull=False).order_by("reference")
    rows = list(found.select_related("form") if needs & READ_WHOLE else found.only("stage", "call_id"))
    for one in rows:
        one.call = call
    facts = facts_of(rows, at=at, only=needs)
    ahead = []
    for step in steps:
        here = [one for one in rows if one.stage in step.from_stages]
        ready = tuple(one.pk for one in here if all(facts[one.pk].get(need) for need in step.needs))  # type: ignore[call-overload]  # a need is a string
        ahead.append(
            BulkStep(
                key=step.key,
                name=Bilingual.of(step.name),
                to=Bilingual.of(flow.stage(step.to).name),
                asks=step.asks,
                ready=ready,
                waiting=len(here) - len(ready),
            )
        )
    return [one for one in ahead if one.ready or one.waiting]


def picked(call: Call, keys: Iterable[int]) -> list[Application]:
    """Return those applications of a call that were picked by number, in the order of their references."""
    return list(applications_of_call(call).filter(pk__in=list(keys)))


def to_screen(actor: Actor, limit: int) -> Sequence[Waiting]:
    """Return the calls in which the actor's office has applications to screen, the longest wait first; one query."""
    rows = (
        _in_phase(actor, "screening")
        .order_by()
        .values("call__name", "call__key", "call__programme__key", "call__programme__name")
        .annotate(number=Count("pk"), since=Min("entered_at"))
        .order_by("since", "call__key")[:limit]
    )
    return [
        Waiting(
            title=ngettext("%(n)s application to screen", "%(n)s applications to screen", one["number"])
            % {"n": one["number"]},
            url=reverse("programmes:applications", args=[one["call__programme__key"], one["call__key"]]),
            act=_("Screen them"),
            context=one["call__name"],
            since=one["since"],
        )
        for one in rows
    ]


def count_to_screen(actor: Actor) -> QuerySet[Any, int] | None:
    """Return one for each of these calls, as numbers to add up; None where nothing can wait."""
    if not _runs(actor):
        return None
    return _ones(Call.objects.filter(pk__in=_in_phase(actor, "screening").order_by().values("call")))


def answers_due(actor: Actor, limit: int) -> Sequence[Waiting]:
    """Return the questions that applicants have not answered although they were reminded, the first due first."""
    rows = _reminded(actor).select_related("application__call__programme").order_by("due_on", "pk")[:limit]
    return [
        Waiting(
            title=one.application.reference,
            url=office_url(one.application),
            act=_("Ask again, or go on without an answer"),
            context=one.application.call.name,
            since=one.asked_at,
            due=end_of(one.due_on) if one.due_on else None,
        )
        for one in rows
    ]


def count_answers_due(actor: Actor) -> QuerySet[Any, int] | None:
    """Return one for each of them, as numbers to add up; None where nothing can wait."""
    return _ones(_reminded(actor)) if _runs(actor) else None


def _in_phase(actor: Actor, phase: str) -> QuerySet[Application]:
    return applications_run_by(actor).filter(phase=phase, call__finished_at=None, call__cancelled_at=None)


def _reminded(actor: Actor) -> QuerySet[Enquiry]:
    """Return the questions that are not answered although the applicant was reminded."""
    seen = applications_run_by(actor).filter(phase="question").order_by().values("pk")
    return Enquiry.objects.filter(application__in=seen, answered_at=None, closed_at=None, reminded_at__isnull=False)


def _runs(actor: Actor) -> bool:
    return not actor.is_nobody and any(grant.role in OFFICE for grant in actor.grants)


def _ones(rows: QuerySet[Any, Any]) -> QuerySet[Any, int]:
    return rows.order_by().values_list(Value(1), flat=True)


def waiting_for_panel(call: Call) -> int:
    """Return how many applications stand at review and lie before no panel of the call; a query a panel more."""
    at_review = Application.objects.filter(call=call, phase="review").values_list("pk", flat=True)
    lying: set[str] = set()
    for panel in panels_of([f"call:{call.pk}"]):
        lying.update(items_of(panel).filter(withdrawn_at=None).values_list("record", flat=True))
    return sum(f"application:{pk}" not in lying for pk in at_review)
