"""The systems and chats that are told what happens, and the log of what they were told."""

from zlib import crc32

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from accord.kernel.access import Actor
from accord.kernel.records import Shown, reference
from accord.kernel.refused import NotThere
from accord.kernel.text import Bilingual
from accord.kernel.topics import Topic, topics
from accord.outbox.enums import PING, DeliveryState
from accord.outbox.models import ChatChannel, Delivery, Endpoint
from accord.people.enums import Role
from accord.people.queries import institution_names

REPLAYABLE = (DeliveryState.SENT, DeliveryState.GIVEN_UP, DeliveryState.FAILED, DeliveryState.CANCELLED)


def has_ended(delivery: Delivery) -> bool:
    """Say whether a delivery is at rest, so that it may be sent again."""
    return delivery.state in REPLAYABLE


def endpoints_visible_to(actor: Actor) -> QuerySet[Endpoint]:
    """Return the endpoints of the actor's institutions; stewards see all."""
    found = Endpoint.objects.select_related("institution").order_by("institution__key", "name", "pk")
    return found if actor.holds(Role.STEWARD) else found.filter(institution__in=actor.institutions(Role.OFFICER))


def find_endpoint(actor: Actor, pk: int) -> Endpoint:
    """Return one endpoint. Raises `NotThere` for those of other institutions."""
    endpoint = endpoints_visible_to(actor).filter(pk=pk).first()
    if endpoint is None:
        raise NotThere(_("There is no such connected system."))
    return endpoint


def version_of(endpoint: Endpoint) -> int:
    """Return a number that follows from what an endpoint is told and how: it stays while nothing of that changes."""
    held = [endpoint.name, endpoint.url, *endpoint.topics, endpoint.state, str(endpoint.secret_mark)]
    return crc32("\n".join(held).encode())


def show_endpoint(actor: Actor, pk: int) -> Shown:
    """Return an endpoint as its institution's officers see it."""
    endpoint = endpoints_visible_to(actor).filter(pk=pk).first()
    if endpoint is None:
        raise NotThere(f"nothing here: {reference('endpoint', pk)}")
    return Shown(endpoint.name, f"/webhooks/{pk}/", may_change=True)


def log_of(endpoint: Endpoint) -> QuerySet[Delivery]:
    """Return what an endpoint was told, latest first."""
    return Delivery.objects.filter(endpoint=endpoint).select_related("message").order_by("-pk")


def find_post(endpoint: Endpoint, pk: int) -> Delivery:
    """Return one delivery of an endpoint. Raises `NotThere` for those of others."""
    found = log_of(endpoint).filter(pk=pk).first()
    if found is None:
        raise NotThere(_("This system was told no such thing."))
    return found


def chats_visible_to(actor: Actor) -> QuerySet[ChatChannel]:
    """Return the chats of the actor's institutions; stewards see all."""
    found = ChatChannel.objects.select_related("institution").order_by("institution__key", "name", "pk")
    return found if actor.holds(Role.STEWARD) else found.filter(institution__in=actor.institutions(Role.OFFICER))


def find_chat(actor: Actor, pk: int) -> ChatChannel:
    """Return one chat. Raises `NotThere` for those of other institutions."""
    chat = chats_visible_to(actor).filter(pk=pk).first()
    if chat is None:
        raise NotThere(_("There is no such connected chat."))
    return chat


def chat_log_of(chat: ChatChannel) -> QuerySet[Delivery]:
    """Return what a chat was told, latest first."""
    return Delivery.objects.filter(chat=chat).select_related("message").order_by("-pk")


def institutions_to_connect(actor: Actor) -> dict[int, Bilingual]:
    """Return the institutions whose systems the actor may connect, by id."""
    if actor.holds(Role.STEWARD):
        return institution_names()
    return institution_names(actor.institutions(Role.OFFICER))


def topics_for_systems() -> list[Topic]:
    """Return the topics that systems may be told, by code."""
    return sorted((one for one in topics if one.for_webhooks and one.code != PING), key=lambda one: one.code)
