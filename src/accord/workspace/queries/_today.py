"""The present day as an expression, for lists that are given no clock, such as what waits."""

from datetime import UTC

from django.db.models import DateField, Subquery
from django.db.models.functions import Coalesce, Now, TruncDate

from accord.kernel.models import World


def present_day() -> Coalesce:
    """Return the world's present day: the demo's day, or today in UTC."""
    demo = World.objects.filter(is_demo=True).values("demo_day")[:1]
    return Coalesce(Subquery(demo), TruncDate(Now(), tzinfo=UTC), output_field=DateField())
