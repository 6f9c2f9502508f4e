"""Appointments of mentors as dated changes, in the form that every measure yields."""

from typing import Any

from django.db.models import CharField, DateTimeField, F, QuerySet, Value
from django.db.models.functions import Cast, Concat

from accord.workspace.models import Mentor
from accord.workspace.queries._spans import AMOUNT


def mentors_as_changes() -> QuerySet[Mentor, Any]:
    """Return a rise for each appointment of a mentor and a fall where it ends."""
    every = Mentor.objects.filter(site__agreement__isnull=False).order_by()
    begun = _changes(every, F("starts_on"), 1)
    return begun.union(_changes(every.filter(ends_on__isnull=False), F("ends_on"), -1), all=True)


def _changes(mentors: QuerySet[Mentor], day: F, amount: int) -> QuerySet[Mentor, Any]:
    return mentors.values("pk").values(
        agreement_id=F("site__agreement_id"),
        occurred_on=day,
        recorded_at=F("appointed_at"),
        unrecorded_at=Cast(Value(None), DateTimeField()),
        amount=Cast(Value(amount), AMOUNT),
        label=F("site__name"),
        is_simulated=F("site__is_simulated"),
        record=Concat(Value("mentor:"), Cast("pk", CharField())),
    )
