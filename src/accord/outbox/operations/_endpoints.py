"""Endpoints of other systems: added, tried, paused, given a new secret, and told again what they missed."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accord.kernel.refused import Clash, Refused
from accord.kernel.text import Bilingual
from accord.kernel.topics import topics
from accord.outbox.enums import PING, SWITCHED_OFF, Channel, DeliveryState, EndpointState, MessageKind
from accord.outbox.models import Delivery, Endpoint
from accord.outbox.operations._events import delivery_to
from accord.outbox.operations._notify import keep_message, notify
from accord.outbox.operations._nudge import nudge
from accord.outbox.operations._signing import BOTH_SIGN, secret_of
from accord.outbox.operations._web import Caution, split_address
from accord.outbox.queries import REPLAYABLE, version_of
from accord.people.enums import Role
from accord.people.queries import Person, holders_of


class AddressTaken(Refused):
    """The institution is already connected with this address."""

    code = "address-taken"


class TopicUnknown(Refused):
    """No context announced this topic."""

    code = "topic-unknown"


def add_endpoint(
    *,
    institution_id: int,
    name: str,
    url: str,
    topics: Collection[str],
    mark: UUID,
    caution: Caution,
    by: Person,
    at: datetime,
) -> Endpoint:
    """Connect an institution's system; what happens from now on is posted there. Its secret follows from the mark.

    The same mark twice is one endpoint.     Raises `AddressRefused`, `AddressTaken` and `TopicUnknown`.
    """
    if known := Endpoint.objects.filter(institution=institution_id, secret_mark=mark).first():
        return known
    split_address(url, caution=caution)
    refuse_topics(topics)
    try:
        with transaction.atomic():
            return Endpoint.objects.create(
                institution_id=institution_id,
                name=name,
                url=url,
                topics=sorted(topics),
                secret_mark=mark,
                made_at=at,
                made_by=by,
            )
    except IntegrityError as error:
        raise AddressTaken(_("This address is connected already. Change the one you have."), field="url") from error


def refuse_topics(codes: Collection[str]) -> None:
    """Refuse topics that nobody announced, or that are not for systems."""
    known = {one.code for one in topics if one.for_webhooks}
    if strange := set(codes) - known:
        sentence = _("Accord has no topic %(topics)s.") % {"topics": ", ".join(sorted(strange))}
        raise TopicUnknown(sentence, field="topics")


@transaction.atomic
def change_endpoint(
    *,
    endpoint: Endpoint,
    name: str,
    url: str,
    topics: Collection[str],
    caution: Caution,
    version: int | None = None,
) -> Endpoint:
    """Change name, address or topics; the same values change nothing. Raises as `add_endpoint`.

    Where a `version` is given, as `version_of` has it, an endpoint that changed since is a `Clash`.
    """
    split_address(url, caution=caution)
    refuse_topics(topics)
    held = Endpoint.objects.select_for_update().get(pk=endpoint.pk)
    if version is not None and version_of(held) != version:
        raise Clash(_("Somebody changed this system meanwhile. Read it again, then decide."), version=version_of(held))
    held.name, held.url, held.topics = name, url, sorted(topics)
    try:
        with transaction.atomic():
            held.save(update_fields=["name", "url", "topics"])
    except IntegrityError as error:
        raise AddressTaken(_("This address is connected already. Change the one you have."), field="url") from error
    return held


@transaction.atomic
def rotate_secret(*, endpoint: Endpoint, mark: UUID, at: datetime) -> Endpoint:
    """Give the endpoint a new secret; for 24 hours the old one signs as well, so that nothing is lost meanwhile.

    The same mark twice is one change. Raises `Clash` for the mark of the secret that was replaced.
    """
    held = Endpoint.objects.select_for_update().get(pk=endpoint.pk)
    if held.secret_mark == mark:
        return held
    if held.old_secret_mark == mark:
        raise Clash(_("This secret was replaced by a later one. Ask for a new one."))
    held.old_secret_mark, held.old_secret_until_at = held.secret_mark, at + BOTH_SIGN
    held.secret_mark = mark
    held.save(update_fields=["secret_mark", "old_secret_mark", "old_secret_until_at"])
    return held


def show_secret(endpoint: Endpoint) -> str:
    """Return the endpoint's secret; the door shows it once, when it was made."""
    return secret_of(endpoint.secret_mark)


@transaction.atomic
def pause_endpoint(*, endpoint: Endpoint) -> Endpoint:
    """Keep what happens instead of posting it, until the endpoint goes on. Doing it twice changes nothing."""
    Endpoint.objects.filter(pk=endpoint.pk, state=EndpointState.ACTIVE).update(state=EndpointState.PAUSED)
    endpoint.refresh_from_db()
    return endpoint


@transaction.atomic
def resume_endpoint(*, endpoint: Endpoint) -> Endpoint:
    """Post again, and first what was kept during a pause. Doing it twice changes nothing."""
    resting = Endpoint.objects.filter(pk=endpoint.pk).exclude(state=EndpointState.ACTIVE)
    if resting.update(state=EndpointState.ACTIVE, state_reason="", failing_since_at=None):
        nudge(Channel.WEBHOOK)
    endpoint.refresh_from_db()
    return endpoint


@transaction.atomic
def ping_endpoint(*, endpoint: Endpoint, key: str, at: datetime) -> None:
    """Post a small event that says nothing happened, to try the connection; the same key pings once."""
    data = {"endpoint": endpoint.pk, "note": "This is a trial. Nothing happened."}
    message = keep_message(key=key, kind=MessageKind.EVENT, topic=PING, data=data, created_at=at)
    if message is not None:
        delivery_to(message, endpoint, at).save()
        nudge(Channel.WEBHOOK)


@transaction.atomic
def replay(*, delivery: Delivery, at: datetime) -> Delivery:
    """Post one delivery again under its own webhook-id; one that is still under way is left alone."""
    again = Delivery.objects.filter(pk=delivery.pk, channel=Channel.WEBHOOK, state__in=REPLAYABLE)
    if again.update(state=DeliveryState.QUEUED, tries=0, due_at=at, next_at=at):
        nudge(Channel.WEBHOOK)
    delivery.refresh_from_db()
    return delivery


@transaction.atomic
def replay_since(*, endpoint: Endpoint, since: datetime, at: datetime) -> int:
    """Post again everything that was made since a moment and was not taken; return how many."""
    missed = Delivery.objects.filter(
        endpoint=endpoint,
        message__created_at__gte=since,
        state__in=[DeliveryState.GIVEN_UP, DeliveryState.FAILED],
    )
    count = missed.update(state=DeliveryState.QUEUED, tries=0, due_at=at, next_at=at)
    if count:
        nudge(Channel.WEBHOOK)
    return count


def tell_owners(*, endpoint: Endpoint, at: datetime) -> None:
    """Tell the officers of the institution, and whoever connected it, that their system is told no more."""
    officers = holders_of([Role.OFFICER], [endpoint.institution_id], on=at.date())
    notify(
        topic=SWITCHED_OFF,
        people=officers | {endpoint.made_by_id},
        subject=Bilingual(f"{endpoint.name} is told no more", f"已停止向{endpoint.name}推送"),
        body=Bilingual(
            "Accord could not post to it any more and switched it off. Mend the receiver, switch it on again and "
            "replay what it missed.",
            "Accord无法继续推送，已将其关闭。修复接收端后重新启用，并重新推送遗漏的内容。",
        ),
        url=reverse("outbox:endpoint", args=[endpoint.pk]),
        record=f"endpoint:{endpoint.pk}",
        key=f"{SWITCHED_OFF}:{endpoint.pk}:{at.isoformat()}",
        at=at,
    )
