"""Money that resident teams received, as dated changes."""

from typing import Any

from django.db.models import Case, CharField, F, Q, QuerySet, Value, When
from django.db.models.functions import Cast, Concat, Greatest, Least

from accord.workspace.models import Team
from accord.workspace.queries._money import WITHOUT_MINOR
from accord.workspace.queries._spans import AMOUNT


def funding_as_changes() -> QuerySet[Team, Any]:
    """Return one change for each sum that came in while its team was resident, in the currency of the site.

    Sums in another currency are left out, since currencies are never added. It is known from the later of two moments,
    when the money was recorded and when the residence was, until the earlier of their ends.
    """
    stays = Q(spans__ends_on=None) | Q(spans__ends_on__gt=F("funding__received_on"))
    whole = Cast("funding__amount_minor", AMOUNT)
    rows = Team.objects.order_by().filter(
        stays,
        spans__what="resident",
        spans__starts_on__lte=F("funding__received_on"),
        site__agreement__isnull=False,
        funding__currency=F("site__currency"),
    )
    return rows.values(
        "is_simulated",
        agreement_id=F("site__agreement_id"),
        occurred_on=F("funding__received_on"),
        recorded_at=Greatest("funding__recorded_at", "spans__known_at"),
        unrecorded_at=Least("funding__struck_at", "spans__unknown_at"),
        amount=Case(
            When(funding__currency__in=sorted(WITHOUT_MINOR), then=whole),
            default=whole / Value(100),
            output_field=AMOUNT,
        ),
        record=Concat(Value("team:"), Cast("pk", CharField())),
        label=F("name"),
    )
