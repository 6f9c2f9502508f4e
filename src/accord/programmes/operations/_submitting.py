"""Submits and withdraws applications: in time by the server's clock, once, with a receipt."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from accord.engines import questionnaire
from accord.kernel.refused import NotAllowed, Refused
from accord.kernel.versions import expect
from accord.people.queries import Person
from accord.programmes.enums import Need, WorkflowActor
from accord.programmes.models import Application
from accord.programmes.operations._applying_tell import write_receipt
from accord.programmes.operations._begin import refuse_closed
from accord.programmes.operations._steps import StepNotPossible, locked_applications, take_step
from accord.programmes.operations._writing import WritingClosed
from accord.programmes.queries import form_news, source_codes, submit_step, withdraw_step


class AnswersMissing(Refused):
    """Answers are missing or not right yet; `detail["missing"]` names the questions."""

    code = "answers-missing"


class FormChanged(Refused):
    """There is a newer version of the form, which the draft has to be moved to first."""

    code = "form-changed"
    status = 409


@transaction.atomic
def submit_application(
    *, application: Application, version: int, by: Person, at: datetime, code: str = ""
) -> Application:
    """Submit an application, or submit it again where it was to be revised; submitted already, it changes nothing.

    What counts is the moment `at` at which the server took the request, by the deadline of the call, unless the late
    code was given. Raises `CallNotOpen`, `LateCodeWrong`, `FormChanged`, `AnswersMissing`, `Clash`,
    `StepNotPossible` with all that is missing.
    """
    held = locked_applications([application.pk])[0]
    if held.applicant_id != by.pk:
        raise NotAllowed(_("Whose application it is submits it."))
    step = submit_step(held)
    if step is None and held.submitted_at is not None and held.withdrawn_at is None:
        return held
    if step is None:
        raise WritingClosed(_("This application was withdrawn. Begin a new one while the call is open."))
    is_late = refuse_closed(held.call, code, at) if Need.IN_TIME in step.needs else False
    if form_news(held) is not None:
        raise FormChanged(_("The form has changed since you began. Look at what is new, then submit."))
    expect(held, version)
    _settle_answers(held)
    taken = take_step(
        application=held,
        step=step.key,
        by=by,
        actors=[WorkflowActor.APPLICANT],
        at=at,
        holds=[Need.IN_TIME] if is_late else [],
    )
    write_receipt(taken, at=at)
    return taken


@transaction.atomic
def withdraw_application(*, application: Application, reason: str, by: Person, at: datetime) -> Application:
    """Withdraw an application for a reason that the office reads; withdrawn already, it changes nothing.

    Raises `StepNotPossible` where it can no longer be withdrawn, and `WordsMissing`.
    """
    held = locked_applications([application.pk])[0]
    if held.applicant_id != by.pk:
        raise NotAllowed(_("Whose application it is withdraws it."))
    if held.withdrawn_at is not None:
        return held
    step = withdraw_step(held)
    if step is None:
        raise StepNotPossible(
            _("It can no longer be withdrawn from here. Decline an offer, or write to the office of the call.")
        )
    if held.together_with_id is not None:
        Application.objects.filter(pk=held.pk).update(together_with=None)
    return take_step(application=held, step=step.key, by=by, actors=[WorkflowActor.APPLICANT], at=at, reason=reason)


def _settle_answers(held: Application) -> None:
    """Refuse an incomplete form; keep as answers what is asked, and set aside what no longer shows."""
    form = questionnaire.read(held.form.definition)
    missing = questionnaire.check(form, held.answers, sources=source_codes(held.call))
    if missing:
        raise AnswersMissing(
            ngettext_lazy(
                "%(n)s answer is missing or not right yet. It is listed with the way to mend it.",
                "%(n)s answers are missing or not right yet. They are listed with the way to mend them.",
                len(missing),
            )
            % {"n": len(missing)},
            missing=[one.question for one in missing],
        )
    counted = dict(questionnaire.shown(form, held.answers).answers)
    if counted != held.answers:
        hidden = {key: value for key, value in held.answers.items() if key not in counted}
        held.answers, held.set_aside = counted, held.set_aside | hidden
        held.save(update_fields=["answers", "set_aside"])
