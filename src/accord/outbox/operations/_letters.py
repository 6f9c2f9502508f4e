"""Keeps letters that other parts wrote themselves, such as an invitation, until they are sent."""

import base64
from datetime import UTC, datetime
from email.utils import format_datetime
from typing import Any

from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.db import transaction

from accord.kernel.text import Bilingual
from accord.outbox.enums import Channel, DeliveryState, MessageKind
from accord.outbox.models import Delivery, Message
from accord.outbox.operations._notify import keep_message
from accord.outbox.operations._nudge import nudge

LONGEST_LIST = 1000


@transaction.atomic
def keep_letter(*, letter: EmailMessage, key: str, at: datetime) -> Message | None:
    """Keep a letter in the transaction at hand; a job sends it once that is kept. The same key is one letter.

    Raises `BadHeaderError` where subject, sender or a receiver holds a line break.
    """
    letter.message()  # builds the heads and so refuses what does not belong in them
    message = keep_message(
        key=key,
        kind=MessageKind.LETTER,
        subject=Bilingual(str(letter.subject)[:200]),
        letter=packed(letter),
        created_at=at,
    )
    if message is None:
        return None
    Delivery.objects.create(
        message=message,
        channel=Channel.MAIL,
        address=", ".join(letter.recipients())[:LONGEST_LIST],
        state=DeliveryState.QUEUED,
        due_at=at,
        next_at=at,
    )
    nudge(Channel.MAIL)
    return message


def packed(letter: EmailMessage) -> dict[str, Any]:
    """Return a letter as plain values that JSON holds."""
    return {
        "subject": str(letter.subject),
        "body": str(letter.body),
        "from": str(letter.from_email),
        "to": list(letter.to),
        "cc": list(letter.cc),
        "bcc": list(letter.bcc),
        "reply_to": list(letter.reply_to),
        "headers": {name: str(value) for name, value in letter.extra_headers.items()},
        "subtype": letter.content_subtype,
        "alternatives": [[str(one), kind] for one, kind in getattr(letter, "alternatives", None) or ()],
        "attachments": [_packed_file(one) for one in letter.attachments],
    }


def _packed_file(attachment: Any) -> dict[str, str]:
    """Return an attachment as plain values; a ready MIME part is kept by its bytes."""
    if isinstance(attachment, tuple):
        name, content, kind = attachment
        content = content.encode() if isinstance(content, str) else content
    else:
        name, kind = attachment.get_filename() or "", attachment.get_content_type()
        content = attachment.get_payload(decode=True) or b""
    return {
        "name": name or "",
        "type": kind or "application/octet-stream",
        "content": base64.b64encode(content).decode("ascii"),
    }


def unpacked(kept: dict[str, Any], *, message_id: str, at: datetime, connection: Any = None) -> EmailMultiAlternatives:
    """Return the letter as it was, under its own message id and the day it was written."""
    letter = EmailMultiAlternatives(
        kept["subject"],
        kept["body"],
        kept["from"],
        kept["to"],
        cc=kept["cc"],
        bcc=kept["bcc"],
        reply_to=kept["reply_to"],
        headers={**kept["headers"], "Message-ID": message_id, "Date": rfc_date(at)},
        connection=connection,
    )
    letter.content_subtype = kept["subtype"]
    for content, kind in kept["alternatives"]:
        letter.attach_alternative(content, kind)
    for one in kept["attachments"]:
        letter.attach(one["name"] or None, base64.b64decode(one["content"]), one["type"])
    return letter


def rfc_date(at: datetime) -> str:
    """Return a moment as mail writes it."""
    return format_datetime(at.astimezone(UTC))
