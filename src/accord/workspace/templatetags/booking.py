"""How pages of booking say a while, by the clocks of the zone in force."""

from datetime import datetime

from django import template
from django.utils import timezone

from accord.workspace.queries import local_span, weekday_of

register = template.Library()


@register.simple_tag
def while_of(starts_at: datetime, ends_at: datetime) -> str:
    """Return the weekday with day and hours: Tue 1 Oct 2019, 09:00–10:30."""
    return local_span(starts_at, ends_at, timezone.get_current_timezone(), with_weekday=True)


@register.filter
def weekday(value: datetime) -> str:
    """Return the weekday of a day or a moment, in full."""
    return weekday_of(value, in_full=True)
