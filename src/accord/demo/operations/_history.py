"""What grew around the deliveries: meetings, people's own forecasts, and a snapshot for every Monday."""

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, time, timedelta

from accord.agreements import operations as agreements
from accord.agreements.queries import Agreement
from accord.demo.operations._agreements import Signed
from accord.demo.stories import MEETINGS, OPENED, OPINIONS
from accord.kernel.clock import monday_of
from accord.measures import operations as measures
from accord.people.queries import Person

WEEK = timedelta(weeks=1)
SHOWN_EVERY = 10


def hold_meetings(signed: Mapping[str, Signed], officers: Mapping[str, Person], as_of: date) -> None:
    """Record the meetings before the demo's day, each on the day after."""
    for meeting in MEETINGS:
        day_after = meeting.held_on + timedelta(days=1)
        if day_after >= as_of:
            continue
        agreements.record_engagement(
            agreement=signed[meeting.agreement].agreement,
            kind=meeting.kind,
            title=meeting.title,
            held_on=meeting.held_on,
            place=meeting.place,
            attendees=meeting.attendees,
            by=officers[meeting.recorded_by],
            at=_moment(day_after, 2),
            is_simulated=True,
        )


def hear_opinions(signed: Mapping[str, Signed], cast: Mapping[str, Person], as_of: date) -> None:
    """Set the forecasts that people made of their own before the demo's day."""
    for opinion in OPINIONS:
        if opinion.set_on < as_of:
            measures.set_override(
                commitment=signed[opinion.agreement].promises[opinion.promise],
                percent=opinion.percent,
                reason=opinion.reason,
                by=cast[opinion.person],
                at=_moment(opinion.set_on, 7),
            )


def look_back(signed: Mapping[str, Signed], as_of: date, *, on_progress: Callable[[str], None]) -> None:
    """Take the snapshot of every Monday up to the demo's day, each by what was known then."""
    monday = monday_of(min(OPENED.values())) + WEEK
    number = 0
    while monday <= as_of:
        if number % SHOWN_EVERY == 0:
            on_progress(f"Forecasts of {monday}")
        live = [signed[key].agreement.pk for key, opened_on in OPENED.items() if opened_on < monday]
        measures.take_snapshots(week_on=monday, at=_moment(monday, 0, 5), agreement_ids=live)
        monday += WEEK
        number += 1


def look_on(agreement: Agreement, as_of: date) -> None:
    """Take the snapshots of an agreement that was signed while the world went on, each Monday since then."""
    monday = monday_of(agreement.signed_on or as_of) + WEEK
    while monday <= as_of:
        measures.take_snapshots(week_on=monday, at=_moment(monday, 0, 5), agreement_ids=[agreement.pk])
        monday += WEEK


def _moment(day: date, hour: int, minute: int = 0) -> datetime:
    """Return a moment of a day, UTC."""
    return datetime.combine(day, time(hour, minute), tzinfo=UTC)
