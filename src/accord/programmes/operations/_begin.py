"""Begins applications: once for each person and call, under a reference that is made from the call."""

import hmac
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db import connection, transaction
from django.db.models.functions import Length
from django.utils.translation import gettext_lazy as _

from accord.engines import questionnaire
from accord.kernel.refused import Refused
from accord.kernel.secret import digest_of
from accord.people.queries import Institution, Person
from accord.programmes.enums import CallState
from accord.programmes.models import Application, Call, FormVersion
from accord.programmes.operations._calls import CallNotPublished
from accord.programmes.queries import (
    call_state,
    checked_before,
    current_form,
    flow_of,
    rules_shown,
    takes_late,
)

LETTERS = 3
DIGITS = 4


class CallNotOpen(Refused):
    """The call takes no applications now."""

    code = "call-not-open"
    status = 409


class LateCodeWrong(Refused):
    """The late code is not the one that was given out, or its time is over."""

    code = "late-code-wrong"


class NotEligible(Refused):
    """A rule of who may apply speaks against it, or could not be checked yet; `detail["rules"]` names which."""

    code = "not-eligible"


@transaction.atomic
def begin_application(
    *,
    call: Call,
    person: Person,
    language: str,
    at: datetime,
    home: Institution | None = None,
    screening: Mapping[str, Any] | None = None,
    code: str = "",
    is_simulated: bool = False,
) -> Application:
    """Begin an application with the newest form; begun already, it is the same one.

    `screening` answers what the rules ask before the form, and fills in the same questions of it. After the deadline
    only the late code opens it. Raises `CallNotOpen`, `LateCodeWrong`, `NotEligible`, `CallNotPublished`.
    """
    head = _head(call)
    _wait_for(head)
    begun = Application.objects.filter(call=call, applicant=person, withdrawn_at=None).first()
    if begun is not None:
        return begun
    held = Call.objects.select_related("programme__owner").get(pk=call.pk)
    refuse_closed(held, code, at)
    form = current_form(held)
    if form is None:
        raise CallNotPublished(_("This call has no form yet. Come back once it is published."))
    kept = _checked(held, form, screening or {})
    flow = flow_of(held)
    return Application.objects.create(
        call=held,
        reference=_next(head),
        applicant=person,
        home=home,
        stage=flow.start,
        phase=flow.stage(flow.start).phase.value,
        entered_at=at,
        form=form,
        answers=kept,
        screening=kept,
        language=language,
        started_at=at,
        is_simulated=is_simulated or held.programme.is_simulated,
    )


def refuse_closed(call: Call, code: str, at: datetime) -> bool:
    """Refuse what comes before a call opens or after it closed; return whether it is late by the code."""
    state = call_state(call, at)
    if state == CallState.OPEN:
        return False
    if takes_late(call, at) and code.strip():
        if not hmac.compare_digest(digest_of(code.strip()), call.late_code_digest):
            raise LateCodeWrong(
                _("This is not the late code of this call. Type it as it was sent to you, or ask for it."), field="code"
            )
        return True
    if takes_late(call, at):
        raise LateCodeWrong(_("The call has closed. Enter the late code that was given to you."), field="code")
    words = {
        CallState.ANNOUNCED: _("The call is not open yet. Come back once it opens."),
        CallState.CANCELLED: _("The call was cancelled. No applications are taken."),
    }
    raise CallNotOpen(words.get(state, _("The call has closed. No applications are taken any more.")))


def _checked(call: Call, form: FormVersion, raw: Mapping[str, Any]) -> dict[str, Any]:
    """Return the answers to what is asked before the form, or refuse where a rule does not hold by them."""
    rules, questions = checked_before(call, form)
    clean = {one.key: questionnaire.clean_one(one, raw.get(one.key)) for one in questions}
    known = {
        key: value for key, value in clean.items() if value is not None and not isinstance(value, questionnaire.Problem)
    }
    failing = [one for one in rules_shown(rules, known) if one.holds is not True]
    if failing:
        words = " ".join(str(one.words) for one in failing)
        raise NotEligible(words, rules=[one.key for one in failing])
    return known


def _head(call: Call) -> str:
    """Return how references of a call begin: letters of its programme, and the year in which it opens."""
    letters = "".join(one for one in call.programme.key.upper() if one.isalnum())[:LETTERS]
    return f"{letters}-{call.opens_at.astimezone(ZoneInfo(call.time_zone)):%y}-"


def _wait_for(head: str) -> None:
    """Let one at a time have the next number of a head; those of other calls may share it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [f"application {head}"])


def _next(head: str) -> str:
    taken = Application.objects.filter(reference__startswith=head, reference__regex=rf"^{head}\d+$")
    last = taken.order_by(Length("reference").desc(), "-reference").first()
    number = int(last.reference.removeprefix(head)) + 1 if last else 1
    return f"{head}{number:0{DIGITS}}"
