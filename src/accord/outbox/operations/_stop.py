"""Takes notices back that have not left: what they say does not hold any more."""

from collections.abc import Collection

from django.db import transaction

from accord.outbox.enums import DeliveryState
from accord.outbox.models import Delivery, InboxNote

WAITING = (DeliveryState.HELD, DeliveryState.QUEUED)


@transaction.atomic
def stop_notices(*, keys: Collection[str]) -> int:
    """Call off every mail of these notices that has not left, and take them from the inboxes; return how many mails.

    What is being sent or has left stays as it is. Doing it twice changes nothing.
    """
    if not keys:
        return 0
    InboxNote.objects.filter(message__key__in=keys).delete()
    return Delivery.objects.filter(message__key__in=keys, state__in=WAITING).update(
        state=DeliveryState.CANCELLED, due_at=None, next_at=None
    )
