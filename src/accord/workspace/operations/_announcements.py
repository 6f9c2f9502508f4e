"""What the operator tells everybody at a site."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accord.kernel.refused import Refused
from accord.kernel.text import Bilingual
from accord.kernel.versions import expect
from accord.people.operations import named
from accord.people.queries import Person
from accord.workspace.models import Announcement, Site


class ShownUntilOdd(Refused):
    """An announcement is shown for a day at least."""

    code = "shown-until-odd"


def announce(
    *,
    site: Site,
    title: Bilingual,
    shown_from_on: date,
    by: Person,
    at: datetime,
    body: Bilingual | None = None,
    shown_until_on: date | None = None,
) -> Announcement:
    """Announce something at a site from a day on, until a day or until it is taken down. Raises `ShownUntilOdd`."""
    _refuse_until(shown_from_on, shown_until_on)
    return Announcement.objects.create(
        site=site,
        title=named(title),
        body=body or Bilingual(),
        shown_from_on=shown_from_on,
        shown_until_on=shown_until_on,
        made_at=at,
        made_by=by,
    )


@transaction.atomic
def change_announcement(
    *,
    announcement: Announcement,
    version: int,
    title: Bilingual,
    body: Bilingual,
    shown_from_on: date,
    shown_until_on: date | None,
    by: Person,
    at: datetime,
) -> Announcement:
    """Change an announcement. Raises `ShownUntilOdd` and `Clash`; the same again changes nothing."""
    del by, at
    _refuse_until(shown_from_on, shown_until_on)
    held = Announcement.objects.select_for_update().get(pk=announcement.pk)
    wanted = {
        "title": named(title),
        "body": body,
        "shown_from_on": shown_from_on,
        "shown_until_on": shown_until_on,
    }
    if all(getattr(held, field) == value for field, value in wanted.items()):
        return held
    expect(held, version)
    for field, value in wanted.items():
        setattr(held, field, value)
    held.version += 1
    held.save(update_fields=[*wanted, "version"])
    return held


@transaction.atomic
def take_down(*, announcement: Announcement, on: date, by: Person, at: datetime) -> Announcement:
    """Show an announcement no longer from a day on. What is down already stays as it is."""
    del by, at
    held = Announcement.objects.select_for_update().get(pk=announcement.pk)
    if held.shown_until_on is None or held.shown_until_on > on:
        held.shown_until_on = max(on, held.shown_from_on)
        held.version += 1
        held.save(update_fields=["shown_until_on", "version"])
    return held


def _refuse_until(shown_from_on: date, shown_until_on: date | None) -> None:
    if shown_until_on is not None and shown_until_on <= shown_from_on:
        raise ShownUntilOdd(_("Choose a day after the first one, or none."), field="shown_until_on")
