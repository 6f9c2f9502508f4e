"""Registers the app with Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from accord.kernel.topics import Topic, topics
from accord.privacy.enums import ANSWERED, COPY_READY, RECEIVED, THRESHOLD


class PrivacyConfig(AppConfig):
    """Names the app `accord.privacy` and announces what it offers."""

    name = "accord.privacy"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Announce permissions, topics, what waits, what references lead to, and who counts what is read."""
        from accord.kernel.chronicle import Chronicle, chronicles  # noqa: PLC0415 (models exist only once apps are loaded)
        from accord.kernel.finding import Waits, waits  # noqa: PLC0415 (the same)
        from accord.kernel.permits import announce_permits  # noqa: PLC0415 (the same)
        from accord.kernel.reading import people_shown  # noqa: PLC0415 (the same)
        from accord.kernel.records import record_kinds  # noqa: PLC0415 (the same)
        from accord.privacy import operations, queries  # noqa: PLC0415 (the same)
        from accord.privacy.rules import PERMITS  # noqa: PLC0415 (the same)

        announce_permits(PERMITS)
        _announce_topics()
        waits.announce("privacy", Waits(queries.waiting_for, queries.waiting_count, _("Requests about data")))
        for kind in queries.find_kinds():
            record_kinds.announce(kind.kind, kind)
        answered = Chronicle(final=_("An answer stays. The person can ask again."))
        chronicles.announce("data-request", answered)
        chronicles.announce("transfer", Chronicle(final=_("Change the transfer on its own page.")))
        people_shown.announce(operations.note_reads)


def _announce_topics() -> None:
    """Announce what people and stewards are told."""
    for topic in (
        Topic(RECEIVED, _("Somebody asks something of their data"), is_urgent=True, for_webhooks=False),
        Topic(ANSWERED, _("Your request about your data is answered"), is_required=True, for_webhooks=False),
        Topic(COPY_READY, _("A copy of your data is ready"), is_required=True, for_webhooks=False),
        Topic(THRESHOLD, _("A threshold for reading from abroad comes near"), is_urgent=True, for_webhooks=False),
    ):
        topics.announce(topic.code, topic)
