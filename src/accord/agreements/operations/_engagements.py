"""Meetings between the parties."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accord.agreements.models import Agreement, Engagement
from accord.kernel.refused import Refused
from accord.kernel.text import Bilingual
from accord.people.queries import Person


class EngagementInFuture(Refused):
    """A meeting is recorded after it took place, not before."""

    code = "engagement-in-future"


def record_engagement(
    *,
    agreement: Agreement,
    kind: str,
    title: Bilingual,
    held_on: date,
    place: Bilingual,
    attendees: int,
    by: Person,
    at: datetime,
    is_simulated: bool = False,
) -> Engagement:
    """Record a meeting that took place. Raises `EngagementInFuture` for a day after `at`."""
    if held_on > at.date():
        raise EngagementInFuture(_("The day must not be later than today."), field="held_on")
    return Engagement.objects.create(
        agreement=agreement,
        kind=kind,
        title=title,
        held_on=held_on,
        place=place,
        attendees=attendees,
        is_simulated=is_simulated,
        recorded_at=at,
        recorded_by=by,
    )


@transaction.atomic
def strike_engagement(*, engagement: Engagement, by: Person, at: datetime) -> Engagement:
    """Strike a meeting that was recorded by mistake; it stays in the history. Twice changes nothing."""
    held = Engagement.objects.select_for_update().get(pk=engagement.pk)
    if held.struck_at is None:
        held.struck_at, held.struck_by = at, by
        held.save(update_fields=["struck_at", "struck_by"])
    return held
