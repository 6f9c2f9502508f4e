"""Registers the app with Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from accord.kernel.records import RecordKind, record_kinds
from accord.kernel.topics import Topic, topics
from accord.outbox.enums import PING, SWITCHED_OFF


class OutboxConfig(AppConfig):
    """Names the app `accord.outbox` and announces its topics and its kinds of record."""

    name = "accord.outbox"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Announce what systems and their owners are told, and what references to the outbox lead to."""
        from accord.kernel.permits import announce_permits  # noqa: PLC0415 (models exist only once apps are loaded)
        from accord.outbox.queries import show_endpoint, show_letter  # noqa: PLC0415 (the same)
        from accord.outbox.rules import PERMITS  # noqa: PLC0415 (the same)

        announce_permits(PERMITS)
        for topic in (
            Topic(PING, _("A trial of the connection")),
            Topic(SWITCHED_OFF, _("A connected system was switched off"), is_urgent=True, for_webhooks=False),
        ):
            topics.announce(topic.code, topic)
        for kind in (
            RecordKind("endpoint", "outbox.Endpoint", _("Connected system"), show_endpoint),
            RecordKind("message", "outbox.Message", _("Message"), show_letter),
        ):
            record_kinds.announce(kind.kind, kind)
