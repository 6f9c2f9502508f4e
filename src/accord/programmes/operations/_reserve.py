"""The reserve list: whoever is next moves up when somebody accepted drops out, and in the end who is left hears why."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accord.kernel.refused import Refused
from accord.kernel.text import Bilingual
from accord.people.queries import Person
from accord.programmes.enums import Outcome
from accord.programmes.models import Call, Decision, Slate
from accord.programmes.operations._slate_letters import write_letters
from accord.programmes.operations._slates import next_number, reason_in, settle
from accord.programmes.operations._steps import locked_applications
from accord.programmes.queries import line_of_order, reserves, waits_for_release


class NobodyWaits(Refused):
    """The reserve list has nobody left to move up."""

    code = "nobody-waits"
    status = 409


class LettersWait(Refused):
    """Letters of an earlier slate are still held back."""

    code = "letters-wait"
    status = 409


@transaction.atomic
def promote_from_reserve(*, call: Call, number: int = 1, by: Person, at: datetime) -> Slate:
    """Accept the next of the reserve list in their order; their letters wait until another person lets them go.

    Raises `NobodyWaits`, and `LettersWait` while earlier letters are held back, so that nobody moves up twice.
    """
    return _decide_next(call, number, Outcome.ACCEPT, "", by, at)


@transaction.atomic
def close_reserve(*, call: Call, reason: Bilingual, by: Person, at: datetime) -> Slate:
    """Decline everybody who is left on the reserve list, with a reason; their letters wait to be let go.

    Raises `NobodyWaits`, `LettersWait`, and `ReasonNeeded` where somebody could not read why.
    """
    return _decide_next(call, None, Outcome.DECLINE, reason, by, at)


def _decide_next(
    call: Call, number: int | None, outcome: Outcome, reason: Bilingual | str, by: Person, at: datetime
) -> Slate:
    """Settle a slate of its own for the next of the reserve list."""
    held = Call.objects.select_for_update(of=("self",), no_key=True).select_related("programme").get(pk=call.pk)
    if waits_for_release(held):
        raise LettersWait(_("Letters of an earlier slate are held back. Let them go or call them off, then go on."))
    locked_applications([one.application_id for one in reserves(held)])
    chosen = reserves(held)[:number]
    if not chosen:
        raise NobodyWaits(_("Nobody waits on the reserve list."))
    slate = Slate.objects.create(
        call=held, number=next_number(held), opened_at=at, opened_by=by, settled_at=at, settled_by=by
    )
    kept = [
        Decision.objects.create(
            slate=slate,
            application=one.application,
            outcome=outcome,
            score=one.score,
            draw=one.draw,
            reason=reason_in(one.application.language, one.application.reference, outcome, reason),
            decided_at=at,
            decided_by=by,
        )
        for one in chosen
    ]
    # No draw stands in their lines: it was kept by the slate that put them on the reserve list.
    order = [line_of_order(rank, one.application.reference, one.score, outcome) for rank, one in enumerate(chosen, 1)]
    settle(slate, order, by, at)
    write_letters(slate, kept, by=by, at=at)
    return slate
