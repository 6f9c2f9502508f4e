"""What people chose to be told, and what reached them."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, CharField, QuerySet, Value, When
from django.utils.translation import gettext_lazy as _

from accord.kernel.access import Actor
from accord.kernel.refused import NotThere
from accord.kernel.topics import Topic, topics
from accord.outbox.enums import PING, Pace
from accord.outbox.models import InboxNote, Preference, QuietHours, Suppression
from accord.outbox.rules import NO_WISHES, Wishes, is_told_in_inbox, mail_pace


def wishes_of(people: Collection[int], topic: str | None = None) -> dict[int, Wishes]:
    """Return what these readers chose, for one topic or for all; two queries. Who chose nothing is left out."""
    rows = Preference.objects.filter(person__in=people)
    if topic is not None:
        rows = rows.filter(topic__in=["", topic])
    paces: dict[int, dict[tuple[str, str], str]] = {}
    for person, told, code, pace in rows.values_list("person_id", "told", "topic", "pace"):
        paces.setdefault(person, {})[told, code] = pace
    quiet = {
        person: (starts, ends)
        for person, starts, ends in QuietHours.objects.filter(person__in=people).values_list(
            "person_id", "starts", "ends"
        )
    }
    return {one: Wishes(paces.get(one, {}), quiet.get(one)) for one in {*paces, *quiet}}


def suppressed(addresses: Collection[str]) -> frozenset[str]:
    """Return those of the addresses (in small letters) to which no notices are mailed; one query."""
    wanted = [address.lower() for address in addresses]
    return frozenset(
        one.lower() for one in Suppression.objects.filter(address__in=wanted).values_list("address", flat=True)
    )


def inbox_of(actor: Actor) -> QuerySet[InboxNote]:
    """Return what reached the actor, latest first; with `standing` (read, unread) to filter by."""
    return (
        InboxNote.objects.filter(person=actor.person_id or 0, arrived_at__isnull=False)
        .select_related("message")
        .annotate(
            standing=Case(When(read_at=None, then=Value("unread")), default=Value("read"), output_field=CharField())
        )
        .order_by("-arrived_at", "-pk")
    )


def unread_count(actor: Actor) -> int:
    """Return how many notices the actor has not read; one query on a small index."""
    return InboxNote.objects.filter(person=actor.person_id or 0, read_at=None, arrived_at__isnull=False).count()


def find_note(actor: Actor, pk: int) -> InboxNote:
    """Return one notice of the actor's inbox. Raises `NotThere` for those of others."""
    note = inbox_of(actor).filter(pk=pk).first()
    if note is None:
        raise NotThere(_("There is no such notice in your inbox."))
    return note


@dataclass(frozen=True, slots=True)
class TopicWish:
    """One line of the preferences page: a topic, and how the reader is told of it now."""

    topic: Topic
    mail: Pace
    inbox: bool


def topic_wishes(person_id: int) -> list[TopicWish]:
    """Return every topic with how the person is told of it; two queries."""
    wishes = wishes_of([person_id]).get(person_id, NO_WISHES)
    return [
        TopicWish(topic, mail_pace(topic, wishes, has_account=True), is_told_in_inbox(topic, wishes))
        for topic in sorted(topics, key=lambda one: one.code)
        if topic.code != PING
    ]


def quiet_hours_of(person_id: int) -> Any:
    """Return the person's quiet hours as start and end, or None."""
    return QuietHours.objects.filter(person=person_id).values_list("starts", "ends").first()


def suppressions() -> QuerySet[Suppression]:
    """Return every address to which no notices are mailed."""
    return Suppression.objects.order_by("-suppressed_at", "-pk")


def find_suppression(pk: int) -> Suppression:
    """Return one stopped address. Raises `NotThere`."""
    found = Suppression.objects.filter(pk=pk).first()
    if found is None:
        raise NotThere(_("This address takes mail."))
    return found
