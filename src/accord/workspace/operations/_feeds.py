"""Private calendar feeds: one open address a person."""

from datetime import datetime

from django.db import transaction

from accord.kernel import secret as secrets
from accord.people.queries import Person
from accord.workspace.models import CalendarFeed


@transaction.atomic
def make_feed(*, token: str, by: Person, at: datetime) -> CalendarFeed:
    """Make the calendar feed of a person under this token, which is not kept; the one before ends.

    The door makes the token and shows the address once. The same token twice is one feed.
    """
    Person.objects.select_for_update().get(pk=by.pk)
    digest = secrets.digest_of(token)
    known = CalendarFeed.objects.filter(person=by, digest=digest).first()
    if known is not None:
        return known
    _end(by, at)
    return CalendarFeed.objects.create(person=by, digest=digest, made_at=at, made_by=by)


@transaction.atomic
def revoke_feed(*, by: Person, at: datetime) -> int:
    """End the calendar feed of a person at once; return how many ended. Doing it twice changes nothing."""
    return _end(by, at)


def _end(person: Person, at: datetime) -> int:
    return CalendarFeed.objects.filter(person=person, revoked_at=None).update(revoked_at=at, revoked_by=person)
