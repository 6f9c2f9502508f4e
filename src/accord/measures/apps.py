"""Registers the app with Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from accord.kernel.chronicle import Chronicle, chronicles
from accord.kernel.finding import Waits, waits
from accord.kernel.measure import known_codes
from accord.kernel.records import RecordKind, record_kinds
from accord.kernel.topics import Topic, topics


class MeasuresConfig(AppConfig):
    """Names the app `accord.measures` and announces the catalogue's codes and the permissions to the rooms below."""

    name = "accord.measures"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Announce the permissions, and the catalogue; it is read when first asked for."""
        from accord.kernel.permits import announce_permits  # noqa: PLC0415 (models exist only once apps are loaded)
        from accord.measures import queries  # noqa: PLC0415 (the same)
        from accord.measures.rules import PERMITS  # noqa: PLC0415 (the same)

        announce_permits(PERMITS)
        _announce_topics()
        known_codes.announce(lambda: frozenset(queries.catalogue()))
        evidence = RecordKind(
            "evidence", "measures.Evidence", _("Evidence"), queries.show_evidence, queries.evidence_visible_to
        )
        record_kinds.announce(evidence.kind, evidence)
        waits.announce(
            "measures", Waits(queries.deliveries_waiting, queries.deliveries_counted, _("Deliveries to decide on"))
        )
        final = _("A decision on evidence is never undone: the other side contests, or the entry is withdrawn.")
        chronicles.announce("evidence", Chronicle({"measures.Attribution": "evidence"}, final=final))


def _announce_topics() -> None:
    """Announce what people and systems are told of deliveries."""
    from accord.measures.operations import DECIDED, ENTERED  # noqa: PLC0415 (models exist only once apps are loaded)

    for topic in (
        Topic(ENTERED, _("A delivery waits for your confirmation"), is_urgent=True),
        Topic(DECIDED, _("A delivery was confirmed, contested or withdrawn")),
    ):
        topics.announce(topic.code, topic)
