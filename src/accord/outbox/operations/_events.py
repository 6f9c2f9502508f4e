"""Tells other systems: every endpoint and chat of the institutions concerned that asked for the topic."""

import json
from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accord.kernel.refused import Refused
from accord.kernel.text import Bilingual
from accord.outbox.enums import Channel, DeliveryState, EndpointState, MessageKind
from accord.outbox.models import ChatChannel, Delivery, Endpoint, Message
from accord.outbox.operations._notify import announced, keep_message, one_line
from accord.outbox.operations._nudge import nudge

MOST_BYTES = 20_000


class EventTooLarge(Refused):
    """What systems are to be told is larger than Standard Webhooks allows."""

    code = "event-too-large"


@transaction.atomic
def announce_event(
    *,
    topic: str,
    data: Mapping[str, Any],
    institutions: Collection[int],
    record: str = "",
    key: str,
    at: datetime,
    subject: Bilingual | None = None,
    url: str = "",
) -> None:
    """Tell the systems of these institutions, in the transaction of what they are told of; the same key tells once.

    `subject` and `url` are what chats show; without a subject they show the topic's name. Raises `EventTooLarge`
    above 20 kB: name the record and let the receiver ask for the rest.
    """
    known = announced(topic)
    if not known.for_webhooks:
        raise LookupError(f"the topic {topic!r} is not for systems")
    if len(json.dumps(data, ensure_ascii=False, default=str).encode()) >= MOST_BYTES - 500:
        raise EventTooLarge(_("What systems are told must be under 20 kB. Name the record instead of its content."))
    receivers = [*_subscribed(Endpoint, topic, institutions), *_subscribed(ChatChannel, topic, institutions)]
    if not receivers:
        return
    message = keep_message(
        key=key,
        kind=MessageKind.EVENT,
        topic=topic,
        subject=one_line(subject or Bilingual()),
        url=url,
        data=json.loads(json.dumps(data, default=str)),
        record=record,
        created_at=at,
    )
    if message is not None:
        _write(message, receivers, at)


def _subscribed(model: Any, topic: str, institutions: Collection[int]) -> list[Any]:
    """Return the active or paused receivers that asked for the topic, or for all."""
    wanted = model.objects.filter(Q(topics__contains=[topic]) | Q(topics=[]), institution__in=institutions)
    return list(wanted.exclude(state=EndpointState.DISABLED).order_by("pk"))


def _write(message: Message, receivers: list[Endpoint | ChatChannel], at: datetime) -> None:
    """Write a delivery to each receiver and wake the workers."""
    deliveries = [delivery_to(message, receiver, at) for receiver in receivers]
    Delivery.objects.bulk_create(deliveries)
    nudge(*{Channel(one.channel) for one in deliveries})


def delivery_to(message: Message, receiver: Endpoint | ChatChannel, at: datetime) -> Delivery:
    """Return the unsaved delivery of a message to an endpoint or a chat, due at once."""
    delivery = Delivery(message=message, state=DeliveryState.QUEUED, due_at=at, next_at=at)
    if isinstance(receiver, Endpoint):
        delivery.channel, delivery.endpoint = Channel.WEBHOOK, receiver
    else:
        delivery.channel, delivery.chat = Channel.CHAT, receiver
    return delivery
