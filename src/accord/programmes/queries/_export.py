"""Everything of a call as tables: applications with their answers, steps, questions, notes, reviews, decisions."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from accord.engines import questionnaire
from accord.programmes.models import Application, Call, CoApplicant, Decision, Enquiry, FormVersion, OfficeNote, Step
from accord.programmes.queries._answers import answer_words
from accord.programmes.queries._flows import stage_name, step_name
from accord.programmes.queries._forms import both
from accord.review import queries as reviews

CHUNK = 500


@dataclass(frozen=True, slots=True)
class SheetOut:
    """One table of an export: its name, its headings, its rows."""

    name: str
    head: Sequence[str]
    rows: Iterable[Sequence[Any]]


def everything_of(call: Call) -> list[SheetOut]:
    """Return all that the office may read of a call, as tables; rows are read as they are written."""
    return [
        _applications(call),
        _company(call),
        _steps(call),
        _enquiries(call),
        _notes(call),
        _reviews(call),
        _decisions(call),
    ]


def _applications(call: Call) -> SheetOut:
    forms = {one.pk: questionnaire.read(one.definition) for one in FormVersion.objects.filter(call=call)}
    questions = {one.key: one for form in forms.values() for one in form.questions if one.asks}
    head = [
        _("Reference"),
        _("Applicant"),
        _("Home institution"),
        pgettext("of an application", "Title"),
        pgettext("of an application", "Stands at"),
        _("Submitted"),
        pgettext("of an application", "Late"),
        _("Group"),
        *(str(both(one.label)) for one in questions.values()),
    ]

    def rows() -> Iterator[list[Any]]:
        found = Application.objects.filter(call=call, submitted_at__isnull=False).order_by("reference")
        for one in found.select_related("applicant", "home", "call").iterator(CHUNK):
            asked = {each.key: each for each in forms[one.form_id].questions}
            yield [
                one.reference,
                str(one.applicant.name),
                str(one.home.name) if one.home else "",
                str(one.title),
                str(stage_name(call, one.stage)),
                one.submitted_at,
                _("with the late code") if one.is_late else "",
                one.group,
                *(_cell(asked.get(key), one.answers.get(key)) for key in questions),
            ]

    return SheetOut(pgettext("to a call", "Applications"), head, rows())


def _cell(question: questionnaire.Question | None, value: Any) -> str:
    if question is None or value is None:
        return ""
    if question.kind is questionnaire.Kind.FILE:
        return ", ".join(str(one.get("name", "")) for one in value if isinstance(one, dict))
    return str(answer_words(question, value))


def _company(call: Call) -> SheetOut:
    rows = CoApplicant.objects.filter(
        application__call=call, application__submitted_at__isnull=False, removed_at=None
    ).select_related("application", "institution")
    return SheetOut(
        _("Co-applicants"),
        [_("Reference"), _("Name"), _("Email"), _("Institution"), _("Stands by it since")],
        (
            [
                one.application.reference,
                one.name,
                one.email,
                str(one.institution.name) if one.institution else one.institution_name,
                one.joined_at,
            ]
            for one in rows.order_by("application__reference", "pk")
        ),
    )


def _steps(call: Call) -> SheetOut:
    rows = Step.objects.filter(application__call=call).select_related("application", "mover")
    return SheetOut(
        _("Steps"),
        [
            _("Reference"),
            pgettext("of a workflow", "Step"),
            _("To"),
            _("When"),
            pgettext("took a step", "Who"),
            _("Told to the applicant"),
            _("Note"),
        ],
        (
            [
                one.application.reference,
                str(step_name(call, one.step)),
                str(stage_name(call, one.to_stage)),
                one.moved_at,
                str(one.mover.name) if one.mover else "",
                one.words,
                one.note,
            ]
            for one in rows.order_by("application__reference", "moved_at", "pk").iterator(CHUNK)
        ),
    )


def _enquiries(call: Call) -> SheetOut:
    rows = Enquiry.objects.filter(application__call=call).select_related("application", "asked_by")
    return SheetOut(
        _("Questions and answers"),
        [_("Reference"), _("Question"), _("Asked by"), _("Asked"), _("Answer by"), _("Answer"), _("Answered")],
        (
            [
                one.application.reference,
                one.text,
                str(one.asked_by.name),
                one.asked_at,
                one.due_on,
                one.answer,
                one.answered_at,
            ]
            for one in rows.order_by("application__reference", "asked_at", "pk").iterator(CHUNK)
        ),
    )


def _notes(call: Call) -> SheetOut:
    rows = OfficeNote.objects.filter(application__call=call).select_related("application", "noted_by")
    return SheetOut(
        _("Notes of the office"),
        [_("Reference"), _("Note"), pgettext("wrote a note", "Who"), _("When")],
        (
            [one.application.reference, one.text, str(one.noted_by.name), one.noted_at]
            for one in rows.order_by("application__reference", "noted_at", "pk").iterator(CHUNK)
        ),
    )


def _reviews(call: Call) -> SheetOut:
    known = dict(Application.objects.filter(call=call).values_list("pk", "reference"))

    def rows() -> Iterator[list[Any]]:
        for panel in reviews.panels_of([f"call:{call.pk}"]):
            for one in reviews.reviews_in(panel):
                assignment = one.assignment
                number = assignment.item.record.partition(":")[2]
                for score in one.scores.all():
                    yield [
                        known.get(int(number), ""),
                        str(panel.name),
                        assignment.item.code,
                        str(assignment.panelist.person.name),
                        str(score.criterion.name),
                        score.value,
                        score.note,
                        one.total,
                        one.get_recommendation_display() if one.recommendation else "",
                        one.comment_to_applicant,
                        one.comment_to_panel,
                        one.submitted_at,
                    ]

    head = [
        _("Reference"),
        _("Panel"),
        _("Code"),
        _("Reviewer"),
        _("Criterion"),
        _("Score"),
        _("Note"),
        _("Total of 100"),
        _("Recommendation"),
        _("Comment to the applicant"),
        _("Comment to the panel"),
        _("Submitted"),
    ]
    return SheetOut(pgettext("of a call", "Reviews"), head, rows())


def _decisions(call: Call) -> SheetOut:
    rows = Decision.objects.filter(application__call=call).select_related("application", "slate", "decided_by")
    return SheetOut(
        _("Decisions"),
        [
            _("Reference"),
            _("Slate"),
            _("Outcome"),
            _("Place on the reserve list"),
            _("Score"),
            _("Reason"),
            _("Note"),
            _("Decided by"),
            _("Settled"),
            _("Told"),
        ],
        (
            [
                one.application.reference,
                one.slate.number,
                one.get_outcome_display(),
                one.reserve_position,
                one.score,
                one.reason,
                one.note,
                str(one.decided_by.name),
                one.slate.settled_at,
                one.told_at,
            ]
            for one in rows.order_by("application__reference", "slate__number").iterator(CHUNK)
        ),
    )
