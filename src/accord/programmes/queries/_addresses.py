"""Where an application stands: its page for the office, and its own page for the applicant; days of a call."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.urls import reverse

from accord.programmes.models import Application, Call


def office_url(application: Application) -> str:
    """Return the address of an application as the office reads it."""
    call = application.call
    return reverse("programmes:application", args=[call.programme.key, call.key, application.reference])


def applicant_url(application: Application) -> str:
    """Return the address of an application as the applicant reads it."""
    return reverse("programmes:my-application", args=[application.reference])


def day_of_call(call: Call, at: datetime) -> date:
    """Return the day of a moment in the zone of the call."""
    return at.astimezone(ZoneInfo(call.time_zone)).date()
