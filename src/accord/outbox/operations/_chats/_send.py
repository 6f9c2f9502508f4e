"""Tells chats what is due: several things in one message, and never more often than vendors allow."""

import json
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from accord.kernel.text import Bilingual
from accord.kernel.topics import topics
from accord.outbox.enums import Channel, EndpointState
from accord.outbox.models import ChatChannel, Delivery, Message
from accord.outbox.operations._chats._vendors import VENDORS, Line
from accord.outbox.operations._claim import NewAttempt, Outcome, claim, due, hand_over, settle
from accord.outbox.operations._web import Answer, Caution, post

TOGETHER = 20
PAUSE = timedelta(seconds=3)
"""Vendors take twenty messages a minute from one robot."""
MOST = 50


def send_chats(*, caution: Caution, site: str, clock: Callable[[], datetime], new_attempt: NewAttempt) -> int:
    """Tell every chat what is due, up to twenty things in one message; return how many things were taken.

    A chat that was told less than three seconds ago waits for the next run. An error in an answer of 200 is an error.
    """
    told = 0
    for _round in range(MOST):
        attempt = new_attempt()
        claimed = _claim_next(attempt, clock())
        if not claimed:
            return told
        if hand_over(claimed, attempt=attempt, at=clock()):
            outcome = _tell(claimed, site, caution, clock())
            settle(claimed, outcome, attempt=attempt, at=clock())
            told += len(claimed) if outcome.succeeded else 0
    return told


@transaction.atomic
def _claim_next(attempt: UUID, at: datetime) -> list[Delivery]:
    """Claim what is due for the next chat that is at rest, and note that it is told now."""
    rested = Q(chat__last_sent_at=None) | Q(chat__last_sent_at__lte=at - PAUSE)
    waiting = due(Channel.CHAT, at).filter(rested, chat__state=EndpointState.ACTIVE)
    first = waiting.select_for_update(skip_locked=True, of=("self", "chat")).select_related("chat").first()
    if first is None:
        return []
    ChatChannel.objects.filter(pk=first.chat_id or 0).update(last_sent_at=at)
    together = due(Channel.CHAT, at).filter(chat=first.chat_id).select_for_update(skip_locked=True, of=("self",))
    return claim(together.select_related("message", "chat")[:TOGETHER], attempt=attempt, at=at)


def _tell(deliveries: Sequence[Delivery], site: str, caution: Caution, at: datetime) -> Outcome:
    """Post one message for all of them and say how it went."""
    chat = deliveries[0].chat
    if chat is None:
        raise AssertionError("a chat's delivery has a chat")
    vendor = VENDORS[chat.kind]
    lines = [_line(one.message, site) for one in deliveries]
    request = vendor.request(chat.url, chat.secret, lines, at)
    body = json.dumps(request.body, ensure_ascii=False).encode()
    answer = post(request.url, body, {"Content-Type": "application/json; charset=utf-8"}, caution=caution)
    fault = answer.error or vendor.fault(answer)
    return Outcome(
        succeeded=not fault,
        status=answer.status,
        error=_without_key(fault, chat),
        took_ms=answer.took_ms,
        request=f"POST {chat.get_kind_display()}: {len(lines)}",
        response=_without_key(_shown(answer), chat),
    )


def _line(message: Message, site: str) -> Line:
    """Return what a chat reads of a message: its subject in both languages, else the topic's name."""
    topic = topics.get(message.topic)
    subject: Bilingual = message.subject
    text = " / ".join(dict.fromkeys(one for one in (subject.en, subject.zh_hans) if one))
    url = f"{site}{message.url}" if message.url.startswith("/") else message.url
    return Line(text or (str(topic.name) if topic else message.topic), url)


def _shown(answer: Answer) -> str:
    return f"{answer.head}\n\n{answer.body[:500]}".strip().replace("\0", "")


def _without_key(text: str, chat: ChatChannel) -> str:
    """Take the address and the secret out of a text, should an answer repeat them."""
    for secret in (chat.url, chat.secret):
        text = text.replace(secret, "…") if secret else text
    return text
