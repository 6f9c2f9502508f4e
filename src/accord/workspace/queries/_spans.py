"""Lines of `TeamSpan` and graduations as dated changes, in the form that every measure yields."""

from typing import Any

from django.db.models import CharField, DecimalField, F, QuerySet, Value
from django.db.models.functions import Cast, Concat

from accord.workspace.models import Graduation, Team

AMOUNT = DecimalField(max_digits=20, decimal_places=4)
"""The type of the amounts that measures count."""


def spans_as_changes(what: str) -> QuerySet[Team, Any]:
    """Return two changes for each line of a kind: it rises where the line begins and falls where it ends.

    `what` is resident, jobs, research_jobs, area, surviving or ip. Lines of sites without an agreement are left out.
    """
    begun = _changes(_lines(spans__what=what), F("spans__starts_on"), F("spans__amount"))
    ended = _changes(
        _lines(spans__what=what, spans__ends_on__isnull=False), F("spans__ends_on"), F("spans__amount") * Value(-1)
    )
    return begun.union(ended, all=True)


def graduations_as_changes() -> QuerySet[Graduation, Any]:
    """Return one change for each graduation, on the day the team left."""
    return (
        Graduation.objects.filter(team__site__agreement__isnull=False)
        .order_by()
        .values(
            "recorded_at",
            agreement_id=F("team__site__agreement_id"),
            occurred_on=F("graduated_on"),
            unrecorded_at=F("struck_at"),
            amount=Cast(Value(1), AMOUNT),
            record=Concat(Value("team:"), Cast("team_id", CharField())),
            label=F("team__name"),
            is_simulated=F("team__is_simulated"),
        )
    )


def _lines(**which: object) -> QuerySet[Team]:
    """Return the teams joined to their lines; one row for each line."""
    return Team.objects.filter(site__agreement__isnull=False, **which).order_by()


def _changes(lines: QuerySet[Team], day: F, amount: Any) -> QuerySet[Team, Any]:
    return lines.values(
        "is_simulated",
        agreement_id=F("site__agreement_id"),
        occurred_on=day,
        recorded_at=F("spans__known_at"),
        unrecorded_at=F("spans__unknown_at"),
        amount=Cast(amount, AMOUNT),
        record=F("spans__record"),
        label=F("name"),
    )
