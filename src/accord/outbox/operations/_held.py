"""Notices that wait together until somebody has read them: held, released, or called off."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accord.kernel.batches import needs_another, tell_called_off, tell_released
from accord.kernel.refused import Refused
from accord.kernel.text import Bilingual
from accord.kernel.topics import topics
from accord.outbox.enums import Channel, DeliveryState
from accord.outbox.models import Batch, Delivery, InboxNote
from accord.outbox.operations._notify import put_in_line
from accord.outbox.operations._nudge import nudge
from accord.outbox.queries import wishes_of
from accord.outbox.rules import NO_WISHES
from accord.people.queries import Person, recipients


class BatchDecided(Refused):
    """The batch was released or called off before."""

    code = "batch-decided"
    status = 409


class OwnLetters(Refused):
    """Letters that decide about people are let go by somebody else than whoever held them back."""

    code = "own-letters"
    status = 403


def hold_batch(*, key: str, title: Bilingual, institution_id: int, by: Person, at: datetime) -> Batch:
    """Return the batch of this key, to be given to `notify(hold=…)`; made when there is none.

    Raises `BatchDecided` where it was released or called off: what comes late needs a batch of its own.
    """
    batch, _made = Batch.objects.get_or_create(
        key=key, defaults={"title": title, "institution_id": institution_id, "held_at": at, "held_by": by}
    )
    if batch.released_at or batch.cancelled_at:
        raise BatchDecided(_("These letters were released or called off. Start a new batch."))
    return batch


@transaction.atomic
def release_held(*, batch: Batch, by: Person, at: datetime) -> Batch:
    """Let every letter of the batch go, as each reader wishes. Doing it twice changes nothing.

    Raises `BatchDecided` where it was called off, and `OwnLetters` where another person has to let it go.
    """
    held = Batch.objects.select_for_update().get(pk=batch.pk)
    if held.released_at:
        return held
    if held.cancelled_at:
        raise BatchDecided(_("These letters were called off. They are not sent any more."))
    if held.held_by_id == by.pk and needs_another(held.key):
        raise OwnLetters(_("You held these letters back yourself. Ask a colleague to read them and let them go."))
    held.released_at, held.released_by = at, by
    held.save(update_fields=["released_at", "released_by"])
    InboxNote.objects.filter(message__batch=held, arrived_at=None).update(arrived_at=at)
    _release_mails(held, at)
    tell_released(held.key, at)
    nudge(Channel.MAIL)
    return held


def _release_mails(batch: Batch, at: datetime) -> None:
    """Put every held mail of the batch in line; what nobody may be written to any more is cancelled."""
    mails = list(
        Delivery.objects.select_for_update(of=("self",))
        .filter(message__batch=batch, state=DeliveryState.HELD)
        .select_related("message")
        .order_by("pk")
    )
    people = {one.person_id for one in mails if one.person_id}
    readers = {one.person_id: one for one in recipients(people)}
    wishes = wishes_of(people)
    for one in mails:
        reader, topic = readers.get(one.person_id or 0), topics.get(one.message.topic)
        if reader is None or topic is None:
            one.state = DeliveryState.CANCELLED
        else:
            put_in_line(one, topic, reader, wishes.get(reader.person_id, NO_WISHES), at)
    Delivery.objects.bulk_update(mails, ["state", "due_at", "next_at"])


@transaction.atomic
def cancel_held(*, batch: Batch, by: Person, at: datetime) -> Batch:
    """Call the batch off: nothing of it ever leaves. Doing it twice changes nothing.

    Raises `BatchDecided` where it was released.
    """
    held = Batch.objects.select_for_update().get(pk=batch.pk)
    if held.cancelled_at:
        return held
    if held.released_at:
        raise BatchDecided(_("These letters were released. What has left cannot be called back."))
    held.cancelled_at, held.cancelled_by = at, by
    held.save(update_fields=["cancelled_at", "cancelled_by"])
    Delivery.objects.filter(message__batch=held, state=DeliveryState.HELD).update(state=DeliveryState.CANCELLED)
    tell_called_off(held.key, at)
    return held
