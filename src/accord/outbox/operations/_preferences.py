"""What readers choose to be told, by which way and how soon; and the addresses that take no notices."""

from collections.abc import Mapping
from datetime import time

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accord.kernel.refused import NotAllowed, Refused
from accord.kernel.topics import topics
from accord.outbox.enums import Pace, Told
from accord.outbox.models import Preference, QuietHours, Suppression


class RequiredTopic(NotAllowed):
    """The topic is one that cannot be switched off."""

    code = "required-topic"


class QuietHoursUnclear(Refused):
    """Quiet hours need a start and an end that differ."""

    code = "quiet-hours-unclear"


@transaction.atomic
def set_preferences(
    *, person_id: int, paces: Mapping[tuple[str, str], str], quiet: tuple[time | None, time | None] | None = None
) -> None:
    """Keep how a person wants to be told: a pace by way and topic, and quiet hours; what is not named stays.

    `quiet` of two times sets the quiet hours, of two empty ones drops them. Doing it twice changes nothing. Raises
    `RequiredTopic` for a topic that must reach its readers, and `QuietHoursUnclear`.
    """
    for (_told, code), pace in paces.items():
        topic = topics.get(code)
        if pace == Pace.OFF and topic is not None and topic.is_required:
            raise RequiredTopic(_("What you asked for yourself, such as a link, is always sent."), field=code)
    if quiet is not None:
        _set_quiet(person_id, quiet)
    _set_paces(person_id, paces)


def _set_paces(person_id: int, paces: Mapping[tuple[str, str], str]) -> None:
    """Write the paces that differ from those kept."""
    rows = {(row.told, row.topic): row for row in Preference.objects.select_for_update().filter(person=person_id)}
    for (told, code), pace in paces.items():
        row = rows.get((told, code)) or Preference(person_id=person_id, told=told, topic=code)
        if row.pk is None or row.pace != pace:
            row.pace = pace
            row.save()


def _set_quiet(person_id: int, quiet: tuple[time | None, time | None]) -> None:
    """Write or drop the quiet hours."""
    starts, ends = quiet
    if starts is None and ends is None:
        QuietHours.objects.filter(person=person_id).delete()
        return
    if starts is None or ends is None or starts == ends:
        raise QuietHoursUnclear(_("Enter when the quiet hours start and when they end."), field="quiet_until")
    kept = QuietHours.objects.filter(person=person_id).first() or QuietHours(person_id=person_id)
    if kept.pk is None or (kept.starts, kept.ends) != quiet:
        kept.starts, kept.ends = starts, ends
        kept.save()


def unsubscribe(*, person_id: int, topic: str) -> None:
    """Send a person no more mail of a topic, or with an empty topic none that may be switched off. Twice is once."""
    codes = [topic] if topic else [one.code for one in topics if not one.is_required]
    paces = {(Told.MAIL.value, code): Pace.OFF.value for code in codes}
    if not topic:
        paces[Told.MAIL.value, ""] = Pace.OFF.value
    set_preferences(person_id=person_id, paces=paces)


def lift_suppression(*, suppression: Suppression) -> None:
    """Mail notices to an address again. Doing it twice changes nothing."""
    Suppression.objects.filter(pk=suppression.pk).delete()
