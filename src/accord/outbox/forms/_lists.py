"""How lists of the outbox context are asked for, by page and by program."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accord.kernel.topics import topics
from accord.outbox.enums import DeliveryState, EndpointState
from accord.outbox.forms._chips import READ, UNREAD, delivery_chip, fault_words, notice_chip, system_chip, topic_name
from accord.ui.parts import Empty
from accord.ui.tables import Column, Filter, Table


def notices() -> Table:
    """Return the inbox's list; its topics are those that contexts announced."""
    known = sorted(topics, key=lambda one: str(one.name))
    return Table(
        name="notices",
        columns=(
            Column(
                "subject",
                pgettext_lazy("notice", "Notice"),
                value="message.subject",
                url=lambda note: reverse("outbox:notice", args=[note.pk]),
            ),
            Column("topic", _("Topic"), sort="message__topic", value=lambda note: topic_name(note.message.topic)),
            Column("arrived", _("Arrived"), kind="moment", sort="arrived_at", value="arrived_at"),
            Column("state", _("State"), value=notice_chip),
        ),
        filters=(
            Filter("state", _("State"), choices=(("unread", UNREAD), ("read", READ)), lookup="standing"),
            Filter("topic", _("Topic"), choices=tuple((one.code, one.name) for one in known), lookup="message__topic"),
            Filter("since", _("Since"), kind="day", lookup="arrived_at__date__gte"),
        ),
        search=("message__subject__en", "message__subject__zh-hans"),
        default_sort="-arrived",
        empty=Empty(_("No notices yet"), _("What happens to your agreements and to what you entered is told here.")),
    )


def topics_in_words(system: Any) -> str:
    """Return what a system is told, in words."""
    return ", ".join(topic_name(code) for code in system.topics) or str(_("Everything"))


ENDPOINTS = Table(
    name="webhooks",
    columns=(
        Column("name", _("Name"), sort="name", url=lambda one: reverse("outbox:endpoint", args=[one.pk])),
        Column("institution", _("Institution"), sort="institution__key", value="institution.name"),
        Column("url", _("Address"), sort="url"),
        Column("topics", _("Topics"), value=topics_in_words),
        Column("state", _("State"), sort="state", value=system_chip),
        Column("failing_since_at", _("Failing since"), kind="moment", sort="failing_since_at"),
    ),
    filters=(
        Filter("state", _("State"), choices=tuple((one.value, one.label) for one in EndpointState), lookup="state"),
    ),
    search=("name", "url"),
    default_sort="name",
    empty=Empty(
        _("No connected systems"),
        _("A system of your institution can be told at once what happens here, instead of asking again and again."),
    ),
)
POSTS = Table(
    name="posts",
    columns=(
        Column(
            "topic",
            _("Topic"),
            sort="message__topic",
            value=lambda one: topic_name(one.message.topic),
            url=lambda one: reverse("outbox:post", args=[one.endpoint_id, one.pk]),
        ),
        Column("created", _("Happened"), kind="moment", sort="message__created_at", value="message.created_at"),
        Column("state", _("State"), sort="state", value=delivery_chip),
        Column("tries", _("Tries"), kind="number", sort="tries"),
        Column("next_at", _("Next try"), kind="moment", value=lambda one: one.next_at if one.sent_at is None else None),
        Column("last_error", _("What went wrong"), value=lambda one: fault_words(one.last_error)),
    ),
    filters=(
        Filter("state", _("State"), choices=tuple((one.value, one.label) for one in DeliveryState), lookup="state"),
        Filter("since", _("Since"), kind="day", lookup="message__created_at__date__gte"),
    ),
    search=("message__topic",),
    default_sort="-created",
    empty=Empty(_("Nothing was posted yet"), _("Send a trial to see whether the connection works.")),
)
