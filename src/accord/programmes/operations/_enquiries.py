"""Questions of the office to applicants, and their answers; notes that the office keeps for itself."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accord.kernel.refused import NotAllowed, Refused
from accord.people.queries import Person
from accord.programmes.enums import Ask, WorkflowActor
from accord.programmes.models import Application, Enquiry, OfficeNote
from accord.programmes.operations._steps import advance, locked_applications, take_step
from accord.programmes.operations._steps_tell import tell_answered, tell_asked, tell_overdue
from accord.programmes.queries import day_of_call, flow_of

MOST_WORDS = 5000
MOST_ANSWER = 10_000
REMINDED_BEFORE = timedelta(days=2)


class WordsTooLong(Refused):
    """The text is longer than is kept."""

    code = "words-too-long"


class NothingWritten(Refused):
    """There is nothing to keep."""

    code = "nothing-written"


class EnquiryOver(Refused):
    """The question was answered or taken back."""

    code = "enquiry-over"
    status = 409


@transaction.atomic
def ask_applicant(
    *, application: Application, text: str, by: Person, at: datetime, due_on: date | None = None
) -> Enquiry:
    """Ask the applicant something; where the workflow has a step for it from here, the application takes it and waits.

    Raises `NothingWritten`, `WordsTooLong` and, where the step asks for more, `WordsMissing`.
    """
    said = _written(text, MOST_WORDS)
    held = locked_applications([application.pk])[0]
    step = next(
        (
            one.key
            for one in flow_of(held.call).steps
            if held.stage in one.from_stages and WorkflowActor.OFFICE in one.by and Ask.QUESTION in one.asks
        ),
        None,
    )
    if step is None:
        enquiry = Enquiry.objects.create(application=held, text=said, due_on=due_on, asked_at=at, asked_by=by)
        tell_asked(enquiry, at=at)
        return enquiry
    take_step(application=held, step=step, question=said, due_on=due_on, by=by, actors=[WorkflowActor.OFFICE], at=at)
    return Enquiry.objects.filter(application=held).latest("asked_at", "pk")


@transaction.atomic
def answer_enquiry(*, enquiry: Enquiry, text: str, by: Person, at: datetime) -> Enquiry:
    """Answer a question of the office; the application goes on where all are answered. The same again changes nothing.

    Raises `NothingWritten`, `WordsTooLong`, and `EnquiryOver` where another answer stands, or nobody waits for one.
    """
    said = _written(text, MOST_ANSWER)
    application = locked_applications([enquiry.application_id])[0]
    if by.pk != application.applicant_id:
        raise NotAllowed(_("Whose application it is answers for it."))
    held = Enquiry.objects.select_for_update().get(pk=enquiry.pk)
    if held.answered_at is not None and held.answer == said:
        return held
    if held.answered_at is not None or held.closed_at is not None:
        raise EnquiryOver(_("This question was answered or taken back. Read what stands there now."))
    held.answer, held.answered_at, held.answered_by = said, at, by
    held.save(update_fields=["answer", "answered_at", "answered_by"])
    held.application = application
    tell_answered(held, at=at)
    advance(application=application, at=at)
    return held


@transaction.atomic
def close_enquiry(*, enquiry: Enquiry, by: Person, at: datetime) -> Enquiry:
    """Take a question back, or go on without its answer. Twice changes nothing."""
    del by  # the history keeps it
    application = locked_applications([enquiry.application_id])[0]
    held = Enquiry.objects.select_for_update().get(pk=enquiry.pk)
    if held.closed_at is None and held.answered_at is None:
        held.closed_at = at
        held.save(update_fields=["closed_at"])
        advance(application=application, at=at)
    return held


@transaction.atomic
def note_on(*, application: Application, text: str, by: Person, at: datetime) -> OfficeNote:
    """Keep a note on an application that applicant and reviewers never see; the same words again stand once."""
    said = _written(text, MOST_WORDS)
    held = locked_applications([application.pk])[0]
    last = OfficeNote.objects.filter(application=held).order_by("-noted_at", "-pk").first()
    if last is not None and last.text == said and last.noted_by_id == by.pk:
        return last
    return OfficeNote.objects.create(application=held, text=said, noted_at=at, noted_by=by)


def chase_answers(*, at: datetime) -> int:
    """Remind applicants two days before an answer is due, and tell the office once it is overdue; returns how many.

    Days are those of the call's zone. Each is told once.
    """
    waiting = Enquiry.objects.filter(answered_at=None, closed_at=None, due_on__lte=(at + REMINDED_BEFORE * 2).date())
    told = 0
    for one in waiting.select_related("application__call__programme").order_by("pk"):
        today = day_of_call(one.application.call, at)
        if one.reminded_at is None and one.due_on is not None and one.due_on <= today + REMINDED_BEFORE:
            told += _remind(one.pk, at)
        if one.due_on is not None and one.due_on < today:
            with transaction.atomic():
                tell_overdue(one, at=at)
    return told


@transaction.atomic
def _remind(pk: int, at: datetime) -> int:
    held = Enquiry.objects.select_for_update(of=("self",)).select_related("application__call__programme").get(pk=pk)
    if held.reminded_at is not None or held.answered_at is not None or held.closed_at is not None:
        return 0
    held.reminded_at = at
    held.save(update_fields=["reminded_at"])
    tell_asked(held, at=at, is_again=True)
    return 1


def _written(text: str, most: int) -> str:
    said = text.strip()
    if not said:
        raise NothingWritten(_("Write something first."), field="text")
    if len(said) > most:
        raise WordsTooLong(_("Shorten the text to %(most)s characters.") % {"most": most}, field="text")
    return said
