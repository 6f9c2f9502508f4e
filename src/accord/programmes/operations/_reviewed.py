"""What follows once reviews come in: an application goes on when its workflow says so."""

from datetime import datetime

from accord.programmes.models import Application
from accord.programmes.operations._steps import advance, advance_all

MOST_AT_ONCE = 500


def go_on_once_reviewed(record: str, at: datetime) -> None:
    """Move an application on whose review came in, where its workflow leads on by itself."""
    kind, _colon, number = record.partition(":")
    found = Application.objects.filter(pk=int(number)).first() if kind == "application" and number.isdecimal() else None
    if found is not None:
        advance(application=found, at=at)


def advance_reviewed(*, at: datetime) -> int:
    """Move on every application at review whose reviews are in; returns how many moved.

    For what a crash kept from moving at once: each review that comes in moves its own application.
    """
    keys = list(Application.objects.filter(phase="review", call__finished_at=None).values_list("pk", flat=True))
    moved = 0
    for start in range(0, len(keys), MOST_AT_ONCE):
        rows = list(Application.objects.filter(pk__in=keys[start : start + MOST_AT_ONCE]).order_by("pk"))
        before = {one.pk: one.stage for one in rows}
        moved += sum(one.stage != before[one.pk] for one in advance_all(applications=rows, at=at))
    return moved
