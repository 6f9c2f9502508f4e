"""What the agreements context can be counted in."""

from typing import Any

from django.db.models import F, QuerySet, Value

from accord.agreements.queries import engagements_as_changes
from accord.kernel.measure import Kind, Measure
from accord.kernel.text import Bilingual

HEBCI_EVENTS = Bilingual("HE-BCI table 5", "HE-BCI 表 5")


def events_held_changes() -> QuerySet[Any, Any]:
    """Return one change for each engagement held."""
    return engagements_as_changes(Value(1))


def event_attendee_changes() -> QuerySet[Any, Any]:
    """Return the attendees of each engagement held."""
    return engagements_as_changes(F("attendees"))


MEASURES = (
    Measure(
        code="agreements.events_held",
        name=Bilingual("Events held", "举办活动"),
        definition=Bilingual(
            "Visits, summits, openings and meetings that the parties held.",
            "各方举办的访问、峰会、揭幕和会议。",
        ),
        unit=Bilingual("events", "场"),
        kind=Kind.FLOW,
        rule=Bilingual(
            "One for each engagement, on the day it was held. A struck engagement no longer counts.",
            "每场活动计一次，计入举办当日；被撤销的活动不再计入。",
        ),
        scheme=HEBCI_EVENTS,
        dimensions=("agreement", "kind"),
        changes=events_held_changes,
    ),
    Measure(
        code="agreements.event_attendees",
        name=Bilingual("Event attendees", "活动参加人数"),
        definition=Bilingual("People who took part in the events.", "参加上述活动的人数。"),
        unit=Bilingual("people", "人"),
        kind=Kind.FLOW,
        rule=Bilingual(
            "The head count of each engagement, on the day it was held; one person at two events counts twice.",
            "按每场活动的到场人数计入举办当日；同一人参加两场计两次。",
        ),
        scheme=HEBCI_EVENTS,
        dimensions=("agreement", "kind"),
        changes=event_attendee_changes,
    ),
)
"""Counted from records of this context. `agreements.days_to_sign` and `.dormant` follow with negotiation."""
