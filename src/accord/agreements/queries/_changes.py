"""Engagements as dated changes, in the form that every measure yields (`kernel.measure.CHANGE_COLUMNS`)."""

from typing import Any

from django.db.models import CharField, DecimalField, Expression, F, QuerySet, Value
from django.db.models.functions import Cast, Concat

from accord.agreements.models import Engagement

AMOUNT = DecimalField(max_digits=20, decimal_places=4)


def engagements_as_changes(amount: Expression | F) -> QuerySet[Engagement, Any]:
    """Return every engagement as one change; `amount` says whether meetings or people are counted."""
    return Engagement.objects.order_by().values(
        "agreement_id",
        "recorded_at",
        "is_simulated",
        occurred_on=F("held_on"),
        unrecorded_at=F("struck_at"),
        amount=Cast(amount, AMOUNT),
        record=Concat(Value("engagement:"), Cast("pk", CharField())),
        label=F("title"),
    )
