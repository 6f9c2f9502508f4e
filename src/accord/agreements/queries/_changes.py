"""Engagements as dated changes, in the form that every measure yields (`kernel.measure.CHANGE_COLUMNS`)."""

from typing import Any

from django.db.models import CharField, DecimalField, Expression, F, QuerySet, Value
from django.db.models.functions import Cast, Concat

from accord.agreements.models import EngagementCount

AMOUNT = DecimalField(max_digits=20, decimal_places=4)


def engagements_as_changes(amount: Expression | F) -> QuerySet[EngagementCount, Any]:
    """Return every engagement as one change; `amount` says whether meetings or people are counted.

    One whose day or attendance was changed gives two: what was known before, until then, and what is known since.
    """
    return EngagementCount.objects.order_by().values(
        agreement_id=F("engagement__agreement_id"),
        recorded_at=F("known_at"),
        is_simulated=F("engagement__is_simulated"),
        occurred_on=F("held_on"),
        unrecorded_at=F("unknown_at"),
        amount=Cast(amount, AMOUNT),
        record=Concat(Value("engagement:"), Cast("engagement_id", CharField())),
        label=F("engagement__title"),
    )
