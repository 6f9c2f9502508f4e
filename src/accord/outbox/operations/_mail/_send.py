"""Takes mail that is due and hands it to the mail server, each once as far as SMTP can know."""

import smtplib
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any, Protocol
from uuid import UUID

from django.core.mail import EmailMessage
from django.db import transaction
from django.utils.translation import gettext_noop

from accord.kernel.topics import topics
from accord.outbox.enums import Channel, Pace, SuppressionReason
from accord.outbox.models import Delivery, Suppression
from accord.outbox.operations._claim import NewAttempt, Outcome, claim, due, hand_over, settle
from accord.outbox.operations._mail._compose import Letterhead, compose
from accord.outbox.operations._nudge import nudge
from accord.outbox.queries import suppressed, wishes_of
from accord.outbox.rules import NO_WISHES, Wishes, mail_pace
from accord.people.queries import Recipient, recipients

MOST = 100
"""How many mails one job sends before others of the queue have their turn."""
ACCEPTED = 250
FOR_GOOD = 500
STOPPED = gettext_noop("The address takes no mail.")
NOBODY = gettext_noop("There is nobody to write to any more.")
NOT_WANTED = gettext_noop("The reader wants no more mail of this kind.")
NO_RECEIVER = gettext_noop("The mail server refused the receiver.")
NO_ENTRY = gettext_noop("The mail server does not know the user or the password.")
NOT_TAKEN = gettext_noop("The mail server did not take it.")
UNREACHED = gettext_noop("The mail server cannot be reached.")
UNKNOWN_MAILBOX = frozenset({550, 551, 553})


class MailServer(Protocol):
    """What takes mail: Django's SMTP backend, or another of its form."""

    def open(self) -> Any:
        """Connect, unless connected."""

    def close(self) -> Any:
        """Disconnect."""

    def send_messages(self, email_messages: Any, /) -> Any:
        """Hand the mails over; raise where one is refused."""


def send_mail(
    *, server: MailServer, sender: str, site: str, clock: Callable[[], datetime], new_attempt: NewAttempt
) -> int:
    """Send the mail that is due, at most a hundred a run; return how many left.

    Where the server cannot be reached the run ends, and what was claimed is tried again later. A worker that dies
    between handing over and settling cannot know whether the server took the mail: it is sent again under the same
    Message-ID, by which receivers can tell.
    """
    sent = 0
    head = Letterhead(sender, site)
    try:
        for _number in range(MOST):
            outcome = _send_next(server, head, clock, new_attempt)
            if outcome is None:
                return sent
            sent += outcome.succeeded
        nudge(Channel.MAIL)
    finally:
        server.close()
    return sent


def _send_next(
    server: MailServer, head: Letterhead, clock: Callable[[], datetime], new_attempt: NewAttempt
) -> Outcome | None:
    """Send one mail or one digest; None where nothing is due or the server cannot be reached."""
    attempt = new_attempt()
    mails = _claim_next(attempt, clock())
    if not mails:
        return None
    mails, reader = _still_wanted(mails, attempt, clock())
    if not mails:
        return Outcome(succeeded=False)
    letter = compose(mails, reader, head)
    try:
        server.open()
    except (OSError, smtplib.SMTPException) as error:
        settle(mails, Outcome(succeeded=False, error=_told(error)), attempt=attempt, at=clock())
        return None
    if not hand_over(mails, attempt=attempt, at=clock()):
        return Outcome(succeeded=False)
    outcome = _hand(server, letter)
    settle(mails, outcome, attempt=attempt, at=clock())
    _note_bounce(mails, outcome, clock())
    return outcome


@transaction.atomic
def _claim_next(attempt: UUID, at: datetime) -> list[Delivery]:
    """Claim the next mail, and with a digest everything that belongs into it."""
    lockable = due(Channel.MAIL, at).select_for_update(skip_locked=True, of=("self",)).select_related("message")
    first = lockable.first()
    if first is None:
        return []
    if first.pace == Pace.AT_ONCE:
        return claim([first], attempt=attempt, at=at)
    together = lockable.filter(person=first.person_id, pace=first.pace, due_at=first.due_at).order_by("pk")
    return claim(together, attempt=attempt, at=at)


def _still_wanted(mails: Sequence[Delivery], attempt: UUID, at: datetime) -> tuple[list[Delivery], Recipient | None]:
    """Give up what nobody wants any more; return the rest with its reader as they are now."""
    person = mails[0].person_id
    if person is None:
        return list(mails), None
    reader = next(iter(recipients([person])), None)
    wishes = wishes_of([person]).get(person, NO_WISHES)
    is_closed = reader is not None and bool(suppressed([reader.address]))
    kept = []
    for one in mails:
        reason = STOPPED if is_closed else _why_not(one, reader, wishes)
        if reason:
            settle([one], Outcome(succeeded=False, final=True, error=reason), attempt=attempt, at=at)
        else:
            kept.append(one)
    return kept, reader


def _why_not(mail: Delivery, reader: Recipient | None, wishes: Wishes) -> str:
    """Return why a notice is not sent any more; empty where it is."""
    topic = topics.get(mail.message.topic)
    if topic is None or reader is None or not reader.address:
        return NOBODY
    if mail_pace(topic, wishes, has_account=reader.has_account) == Pace.OFF:
        return NOT_WANTED
    return ""


def _hand(server: MailServer, letter: EmailMessage) -> Outcome:
    """Hand one mail to the server and say how it went."""
    request = f"Message-ID: {letter.extra_headers['Message-ID']}"
    try:
        server.send_messages([letter])
    except smtplib.SMTPRecipientsRefused as error:
        codes = [code for code, _answer in error.recipients.values()]
        server.close()
        return Outcome(
            succeeded=False,
            status=max(codes),
            final=min(codes) >= FOR_GOOD,
            error=NO_RECEIVER,
            request=request,
        )
    except smtplib.SMTPResponseException as error:
        server.close()
        final = error.smtp_code >= FOR_GOOD
        return Outcome(succeeded=False, status=error.smtp_code, final=final, error=_told(error), request=request)
    except (OSError, smtplib.SMTPException) as error:
        server.close()
        return Outcome(succeeded=False, error=_told(error), request=request)
    return Outcome(succeeded=True, status=ACCEPTED, request=request)


def _told(error: Exception) -> str:
    """Return an error in words that name no address and no password."""
    if isinstance(error, smtplib.SMTPAuthenticationError):
        return NO_ENTRY
    if isinstance(error, smtplib.SMTPResponseException):
        return NOT_TAKEN
    return UNREACHED


def _note_bounce(mails: Sequence[Delivery], outcome: Outcome, at: datetime) -> None:
    """Mail no more notices to an address that the server does not know."""
    first = mails[0]
    if first.person_id and outcome.final and outcome.status in UNKNOWN_MAILBOX and not outcome.succeeded:
        Suppression.objects.get_or_create(
            address=first.address.lower(),
            defaults={
                "reason": SuppressionReason.BOUNCED,
                "detail": f"SMTP {outcome.status}",
                "suppressed_at": at,
            },
        )
