"""Takes a change back, by a new change that the context's own operation makes."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accord.history.queries import subject_of, undoing
from accord.history.rules import may_undo
from accord.kernel.access import Actor
from accord.kernel.records import follow
from accord.kernel.refused import NotAllowed, Refused
from accord.people.queries import Person


class CannotBeUndone(Refused):
    """The change stays: it is of a kind that is never taken back, or something later stands on it."""

    code = "cannot-be-undone"
    status = 409


@transaction.atomic
def undo_change(*, actor: Actor, record: str, part: str, event: int, by: Person, at: datetime) -> None:
    """Give the fields that an event changed their old values back, as a new change that the history keeps as well.

    Raises `NotThere`, `NotAllowed` for those who may not change the record, `CannotBeUndone` with the reason, `Clash`
    where somebody changes the record at this moment, and what the context's own operation refuses.
    """
    shown = follow(actor, record)
    if not may_undo(shown):
        raise NotAllowed(_("Only those who may change this record may undo a change of it. Ask one of them."))
    subject = subject_of(record)
    wanted = undoing(subject, part, event)
    undo = subject.chronicle.undo
    if wanted.reason or undo is None:
        raise CannotBeUndone(wanted.reason)
    undo.change(pk=subject.pk, version=wanted.version, values=wanted.values, by=by, at=at)
