"""Tells people: into their inbox at once, by mail as each of them wishes."""

from collections.abc import Collection, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from django.db import IntegrityError, transaction
from django.utils import timezone

from accord.kernel.text import Bilingual
from accord.kernel.topics import Topic, topics
from accord.outbox.enums import Channel, DeliveryState, MessageKind, Pace
from accord.outbox.models import Batch, Delivery, InboxNote, Message
from accord.outbox.operations._nudge import nudge
from accord.outbox.queries import suppressed, wishes_of
from accord.outbox.rules import NO_WISHES, Wishes, is_told_in_inbox, leaves_at, mail_pace
from accord.people.queries import Recipient, recipients


@transaction.atomic
def notify(
    *,
    topic: str,
    people: Collection[int],
    subject: Bilingual,
    body: Bilingual,
    url: str = "",
    record: str = "",
    key: str,
    at: datetime,
    hold: Batch | None = None,
) -> None:
    """Tell these persons, in the transaction of what they are told of; the same key tells once, whoever was named.

    Each finds it in the inbox and gets it by mail as they chose for the topic. With `hold` it waits until somebody
    releases the batch. A topic that nobody announced is a fault of the program and raises `LookupError`.
    """
    known = announced(topic)
    if not people:
        return
    message = keep_message(
        key=key,
        kind=MessageKind.NOTICE,
        topic=topic,
        subject=one_line(subject),
        body=body,
        url=url,
        record=record,
        batch=hold,
        created_at=at,
    )
    if message is None:
        return
    readers = recipients(people)
    wishes = wishes_of([one.person_id for one in readers], topic)
    _write_notes(message, known, readers, wishes, at)
    if _write_mails(message, known, readers, wishes, at) and hold is None:
        nudge(Channel.MAIL)


def announced(code: str) -> Topic:
    """Return the topic with this code. Raises `LookupError` where no context announced it."""
    known = topics.get(code)
    if known is None:
        raise LookupError(f"the topic {code!r} was announced by no context: announce it in apps.py")
    return known


def keep_message(*, key: str, **fields: object) -> Message | None:
    """Write the message, or return None where one of this key was written before."""
    if Message.objects.filter(key=key).exists():
        return None
    try:
        with transaction.atomic():
            return Message.objects.create(key=key, **fields)
    except IntegrityError:
        return None


def one_line(text: Bilingual) -> Bilingual:
    """Return a subject as one line: what a mail's head may hold."""
    return Bilingual(" ".join(text.en.split()), " ".join(text.zh_hans.split()))


def zone_of(reader: Recipient) -> ZoneInfo:
    """Return the zone a reader lives by: the one they chose, or the installation's."""
    return ZoneInfo(reader.time_zone or timezone.get_default_timezone_name())


def _write_notes(
    message: Message, topic: Topic, readers: Sequence[Recipient], wishes: dict[int, Wishes], at: datetime
) -> None:
    """Put the notice into the inbox of everybody who wants it there; held ones arrive when they are released."""
    arrived_at = None if message.batch_id else at
    InboxNote.objects.bulk_create(
        InboxNote(message=message, person_id=one.person_id, arrived_at=arrived_at)
        for one in readers
        if is_told_in_inbox(topic, wishes.get(one.person_id, NO_WISHES))
    )


def _write_mails(
    message: Message, topic: Topic, readers: Sequence[Recipient], wishes: dict[int, Wishes], at: datetime
) -> int:
    """Write a mail to everybody who wants one and has an address that takes mail; return how many."""
    closed = suppressed([one.address for one in readers if one.address])
    mails = [
        _mail(message, topic, one, wishes.get(one.person_id, NO_WISHES), at)
        for one in readers
        if one.address and one.address.lower() not in closed
    ]
    wanted = [mail for mail in mails if mail.pace != Pace.OFF]
    return len(Delivery.objects.bulk_create(wanted))


def _mail(message: Message, topic: Topic, reader: Recipient, wishes: Wishes, at: datetime) -> Delivery:
    """Return the mail to one reader; a held one has no day yet."""
    pace = mail_pace(topic, wishes, has_account=reader.has_account)
    mail = Delivery(
        message=message, channel=Channel.MAIL, person_id=reader.person_id, address=reader.address, pace=pace
    )
    if message.batch_id:
        mail.state = DeliveryState.HELD
        return mail
    return put_in_line(mail, topic, reader, wishes, at)


def put_in_line(mail: Delivery, topic: Topic, reader: Recipient, wishes: Wishes, at: datetime) -> Delivery:
    """Give a mail the moment at which it leaves; it is not saved."""
    mail.state = DeliveryState.QUEUED
    mail.due_at = mail.next_at = leaves_at(
        pace=Pace(mail.pace), at=at, zone=zone_of(reader), quiet=wishes.quiet, is_urgent=topic.is_urgent
    )
    return mail
