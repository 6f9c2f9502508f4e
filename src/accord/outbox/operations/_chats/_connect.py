"""Chats of an institution: connected, tried, paused."""

from collections.abc import Collection
from datetime import datetime
from urllib.parse import urlsplit

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from accord.kernel.refused import Refused
from accord.kernel.text import Bilingual
from accord.outbox.enums import PING, Channel, ChatKind, EndpointState, MessageKind
from accord.outbox.models import ChatChannel
from accord.outbox.operations._chats._vendors import VENDORS
from accord.outbox.operations._endpoints import AddressTaken, refuse_topics
from accord.outbox.operations._events import delivery_to
from accord.outbox.operations._notify import keep_message
from accord.outbox.operations._nudge import nudge
from accord.outbox.operations._web import Caution, split_address
from accord.people.queries import Person


class ChatAddressRefused(Refused):
    """The address is not one of the vendor's."""

    code = "chat-address-refused"


def add_chat(
    *,
    institution_id: int,
    name: str,
    kind: ChatKind,
    url: str,
    secret: str,
    topics: Collection[str],
    caution: Caution,
    by: Person,
    at: datetime,
) -> ChatChannel:
    """Connect a group chat by the address that the vendor gave for its robot, and its secret where it signs.

    Raises `AddressRefused`, `ChatAddressRefused`, `AddressTaken` and `TopicUnknown`.
    """
    split_address(url, caution=caution)
    refuse_topics(topics)
    if not caution.loopback:
        _refuse_host(kind, urlsplit(url).hostname or "")
    try:
        with transaction.atomic():
            return ChatChannel.objects.create(
                institution_id=institution_id,
                name=name,
                kind=kind,
                url=url,
                secret=secret if VENDORS[kind].signs else "",
                topics=sorted(topics),
                made_at=at,
                made_by=by,
            )
    except IntegrityError as error:
        raise AddressTaken(_("This chat is connected already."), field="url") from error


def _refuse_host(kind: ChatKind, host: str) -> None:
    """Refuse an address that is not the vendor's; a name with a leading dot stands for all below it."""
    hosts = VENDORS[kind].hosts
    if any(host.endswith(one) if one.startswith(".") else host == one for one in hosts):
        return
    shown = ", ".join(one.removeprefix(".") for one in hosts)
    sentence = _("An address of %(vendor)s lies at %(hosts)s. Copy it from the robot's settings.")
    raise ChatAddressRefused(sentence % {"vendor": kind.label, "hosts": shown}, field="url")


def pause_chat(*, chat: ChatChannel) -> ChatChannel:
    """Keep what happens instead of telling it. Doing it twice changes nothing."""
    ChatChannel.objects.filter(pk=chat.pk).update(state=EndpointState.PAUSED)
    chat.refresh_from_db()
    return chat


@transaction.atomic
def resume_chat(*, chat: ChatChannel) -> ChatChannel:
    """Tell the chat again, and first what was kept. Doing it twice changes nothing."""
    ChatChannel.objects.filter(pk=chat.pk).update(state=EndpointState.ACTIVE)
    nudge(Channel.CHAT)
    chat.refresh_from_db()
    return chat


@transaction.atomic
def ping_chat(*, chat: ChatChannel, key: str, at: datetime) -> None:
    """Tell the chat that this is a trial; the same key tells it once."""
    subject = Bilingual("A trial from Accord: nothing happened.", "Accord测试消息：没有发生任何事情。")
    message = keep_message(key=key, kind=MessageKind.EVENT, topic=PING, subject=subject, created_at=at)
    if message is not None:
        delivery_to(message, chat, at).save()
        nudge(Channel.CHAT)
