"""Lines of `TeamSpan` and graduations as dated changes, in the form that every measure yields."""

from typing import Any

from django.db.models import CharField, DecimalField, F, QuerySet, Value
from django.db.models.functions import Cast, Concat

from accord.workspace.models import Graduation, TeamSpan

AMOUNT = DecimalField(max_digits=20, decimal_places=4)


def spans_as_changes(what: str) -> QuerySet[TeamSpan, Any]:
    """Return two changes for each line of a kind: it rises where the line begins and falls where it ends.

    `what` is resident, jobs, research_jobs, area, surviving or ip. Lines of sites without an agreement are left out.
    """
    lines = TeamSpan.objects.filter(what=what, team__site__agreement__isnull=False).order_by()
    begun = _changes(lines, F("starts_on"), F("amount"))
    ended = _changes(lines.filter(ends_on__isnull=False), F("ends_on"), F("amount") * Value(-1))
    return begun.union(ended, all=True)


def graduations_as_changes() -> QuerySet[Graduation, Any]:
    """Return one change for each graduation, on the day it is recorded for."""
    return (
        Graduation.objects.filter(team__site__agreement__isnull=False)
        .order_by()
        .values(
            agreement_id=F("team__site__agreement_id"),
            occurred_on=F("graduated_on"),
            unrecorded_at=F("struck_at"),
            amount=Cast(Value(1), AMOUNT),
            record=Concat(Value("team:"), Cast("team_id", CharField())),
            label=F("team__name"),
            is_simulated=F("team__is_simulated"),
            recorded_at=F("recorded_at"),
        )
    )


def _changes(lines: QuerySet[TeamSpan], day: Any, amount: Any) -> QuerySet[TeamSpan, Any]:
    return lines.values(
        agreement_id=F("team__site__agreement_id"),
        occurred_on=day,
        recorded_at=F("known_at"),
        unrecorded_at=F("unknown_at"),
        amount=Cast(amount, AMOUNT),
        label=F("team__name"),
        is_simulated=F("team__is_simulated"),
        record=F("record"),
    )
