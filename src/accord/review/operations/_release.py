"""Taking reviewers off items."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from accord.kernel.text import Bilingual
from accord.people.queries import Person
from accord.review.models import Assignment, Panelist
from accord.review.operations._panels import locked
from accord.review.operations._refused import reasoned, refuse_closed
from accord.review.operations._tell import tell_panelists


@transaction.atomic
def release(*, assignment: Assignment, reason: str, by: Person, at: datetime) -> Assignment:
    """Take a reviewer off an item; what they wrote is kept and no longer counts. Twice changes nothing.

    Raises `PanelClosed` and `ReasonMissing`.
    """
    panel = locked(assignment.item.panel)
    held = (
        Assignment.objects.select_for_update(of=("self",))
        .select_related("item__panel", "panelist__person")
        .get(pk=assignment.pk)
    )
    if held.released_at is not None:
        return held
    refuse_closed(panel)
    said = reasoned(reason)
    set_free([held], reason=Bilingual(said, said), by=by, at=at)
    told = {"code": held.item.code, "reason": held.release_reason}
    if held.panelist.person_id != by.pk:
        tell_panelists("released", panel, [held.panelist], key=f"{held.pk}:{held.version}", at=at, **told)
    return held


def release_all(panelist: Panelist, *, reason: Bilingual, by: Person, at: datetime) -> None:
    """Release what somebody on a locked panel has not submitted."""
    rows = Assignment.objects.select_for_update(of=("self",)).filter(panelist=panelist, released_at=None)
    set_free(rows.exclude(review__submitted_at__isnull=False).order_by("pk"), reason=reason, by=by, at=at)


def set_free(assignments: Iterable[Assignment], *, reason: Bilingual, by: Person, at: datetime) -> None:
    """Release assignments that are locked."""
    for one in assignments:
        one.released_at, one.released_by, one.release_reason = at, by, reason
        one.is_locked = False
        one.version += 1
        one.save(update_fields=["released_at", "released_by", "release_reason", "is_locked", "version"])
