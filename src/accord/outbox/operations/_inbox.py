"""What readers do with their inbox."""

from datetime import datetime

from accord.outbox.models import InboxNote
from accord.people.queries import Person


def mark_read(*, note: InboxNote, at: datetime) -> InboxNote:
    """Mark one notice as read. Doing it twice changes nothing."""
    InboxNote.objects.filter(pk=note.pk, read_at=None).update(read_at=at)
    note.refresh_from_db()
    return note


def mark_unread(*, note: InboxNote) -> InboxNote:
    """Put a notice back among the unread ones. Doing it twice changes nothing."""
    InboxNote.objects.filter(pk=note.pk).update(read_at=None)
    note.refresh_from_db()
    return note


def mark_all_read(*, by: Person, at: datetime) -> int:
    """Mark every notice that has arrived as read; return how many were not."""
    return InboxNote.objects.filter(person=by, read_at=None, arrived_at__lte=at).update(read_at=at)
