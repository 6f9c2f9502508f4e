"""What happened to an evidence entry, in order."""

from datetime import datetime

from django.utils.translation import gettext as _

from accord.measures.queries import Evidence
from accord.ui import say
from accord.ui.parts import Event, Timeline, Tone


def history_of(entry: Evidence) -> Timeline:
    """Return the entry's events, newest first."""
    events: list[tuple[datetime, Event]] = [
        (
            entry.recorded_at,
            Event(say.moment(entry.recorded_at), _("Recorded"), str(entry.recorded_by.name), _late(entry)),
        )
    ]
    decisions = (
        (entry.confirmed_at, entry.confirmed_by, _("Confirmed"), "", Tone.DONE),
        (entry.contested_at, entry.contested_by, _("Contested"), entry.contest_reason, Tone.BAD),
        (entry.withdrawn_at, entry.withdrawn_by, _("Withdrawn"), entry.withdraw_reason, Tone.MUTE),
    )
    for at, by, word, reason, tone in decisions:
        if at is not None and by is not None:
            events.append((at, Event(say.moment(at), word, str(by.name), reason, tone=tone)))
    ordered = sorted(events, key=lambda pair: pair[0], reverse=True)
    return Timeline([event for _at, event in ordered])


def _late(entry: Evidence) -> str:
    """Return how late an entry was recorded, when it was."""
    days = (entry.recorded_at.date() - entry.occurred_on).days
    return _("%(days)s days after it happened") % {"days": days} if days > 1 else ""
