"""The day that it is at a site: from a moment, and as an expression for lists that are given no clock."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from django.db.models import DateField, DateTimeField, F, Func, Subquery
from django.db.models.functions import Coalesce, Now, TruncDate

from accord.kernel.models import World
from accord.workspace.models import Site


def day_at(site: Site, at: datetime) -> date:
    """Return the day that a moment is at a site."""
    return at.astimezone(ZoneInfo(site.time_zone)).date()


def day_in(zone: str, moment: F | Func) -> Func:
    """Return the day of a moment in the time zone that stands in a field."""
    return Func(F(zone), moment, template="timezone(%(expressions)s)::date", output_field=DateField())


def present_day(zone: str) -> Func:
    """Return the day that it is now in the time zone that stands in a field: in a demo world, of the demo's now."""
    return day_in(zone, _now())


def _now() -> Func:
    """Return the present moment; in a demo world, the demo's day at the present time of day."""
    demo = World.objects.filter(is_demo=True).values("demo_day")[:1]
    day = Coalesce(Subquery(demo), TruncDate(Now(), tzinfo=UTC), output_field=DateField())
    return Func(
        day,
        Func(Now(), template="timezone('UTC', %(expressions)s)::time"),
        template="timezone('UTC', %(expressions)s)",
        arg_joiner=" + ",
        output_field=DateTimeField(),
    )
