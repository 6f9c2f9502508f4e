"""What Django sends mail by: each letter is kept in the outbox, in the transaction it belongs to."""

from collections.abc import Sequence
from uuid import uuid4

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

from accord.kernel import clock
from accord.kernel.models import World
from accord.outbox.operations import keep_letter

KEY_HEADER = "X-Accord-Key"
"""A sender that may come twice names its letter by this header; the same name is one letter."""


class KeptMail(BaseEmailBackend):
    """Keeps letters in the outbox; jobs send them once the write is kept, each once."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Keep every letter that has a reader; return how many. A head with line breaks is refused by Django."""
        kept, at = 0, clock.now(World.current())
        for letter in email_messages:
            if letter.recipients():
                key = letter.extra_headers.pop(KEY_HEADER, "") or uuid4().hex
                keep_letter(letter=letter, key=f"letter:{key}", at=at)
                kept += 1
        return kept
