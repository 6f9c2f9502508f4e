"""Reminders: seven and two days before a review is due, on the day, and to the office two days after; each once."""

from collections import defaultdict
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F

from accord.review.models import Assignment, Panel, Panelist
from accord.review.operations._tell import tell_office, tell_panelists
from accord.review.queries import LIVE

STAGES = (timedelta(days=-7), timedelta(days=-2), timedelta(0), timedelta(days=2))
"""How long after a review is due each reminder goes out; the last goes to the office and the chair."""
TO_OFFICE = len(STAGES)


def stage_of(due_at: datetime, at: datetime) -> int:
    """Return how many reminders of a date are behind a moment; one that is due today is behind from midnight on."""
    midnight = due_at.replace(hour=0, minute=0, second=0, microsecond=0)
    return sum(1 for after in STAGES if at >= midnight + after)


def chase(*, at: datetime) -> int:
    """Remind who has not submitted, and tell the office of who is late; return how many people were reminded of.

    Each reminder goes out once a panel, person and date; who was assigned late is spared those that are past. Run twice
    at once, no reminder is sent twice.
    """
    panels = Panel.objects.filter(closed_at=None, due_at__lte=at + timedelta(days=8)).order_by("pk")
    return sum(_chase_panel(panel, at) for panel in panels)


@transaction.atomic
def _chase_panel(panel: Panel, at: datetime) -> int:
    held = Panel.objects.select_for_update(of=("self",), no_key=True).select_related("owner").get(pk=panel.pk)
    reached = stage_of(held.due_at, at)
    missing = (
        Assignment.objects.filter(LIVE, item__panel=held, reminders__lt=reached, due_at=held.due_at)
        .exclude(review__submitted_at__isnull=False)
        .select_related("panelist__person")
        .order_by("panelist", "pk")
    )
    by_person: dict[Panelist, list[Assignment]] = defaultdict(list)
    for one in missing:
        by_person[one.panelist].append(one)
    for panelist, rows in by_person.items():
        _remind(held, panelist, len(rows), reached, at)
    ids = [one.pk for rows in by_person.values() for one in rows]
    Assignment.objects.filter(pk__in=ids).update(reminders=reached, reminded_at=at, version=F("version") + 1)
    return len(by_person)


def _remind(panel: Panel, panelist: Panelist, number: int, stage: int, at: datetime) -> None:
    key = f"{stage}:{panel.due_at.isoformat()}:{panelist.pk}"
    if stage == TO_OFFICE:
        tell_office("late", panel, key=key, at=at, who=panelist.person.name, number=number)
    else:
        tell_panelists("due", panel, [panelist], key=key, at=at, number=number)
