"""Registers the app with Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from accord.kernel.chronicle import Chronicle, Undo, chronicles
from accord.kernel.finding import Command, Search, Waits, commands, searches, waits
from accord.kernel.records import RecordKind, record_kinds
from accord.kernel.topics import Topic, topics


class AgreementsConfig(AppConfig):
    """Names the app `accord.agreements` and announces what rooms below may ask of it."""

    name = "accord.agreements"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Announce the permissions in words."""
        from accord.agreements.rules import PERMITS  # noqa: PLC0415 (models exist only once apps are loaded)
        from accord.kernel.permits import announce_permits  # noqa: PLC0415 (models exist only once apps are loaded)

        announce_permits(PERMITS)
        _announce_records()
        _announce_what_is_found()


def _announce_records() -> None:
    """Announce what references lead to, and what histories tell and give back."""
    from accord.agreements import operations, queries  # noqa: PLC0415 (models exist only once apps are loaded)

    for kind in (
        RecordKind(
            "agreement", "agreements.Agreement", _("Agreement"), queries.show_agreement, queries.agreements_visible_to
        ),
        RecordKind("promise", "agreements.Commitment", _("Promise"), queries.show_promise, queries.promises_visible_to),
        RecordKind(
            "engagement", "agreements.Engagement", _("Meeting"), queries.show_engagement, queries.engagements_visible_to
        ),
    ):
        record_kinds.announce(kind.kind, kind)
    own = ("Party", "Source", "Section", "Commitment", "Fact", "Clause")
    public = Undo(frozenset({"is_public"}), operations.give_back_public, follows=frozenset({"digest"}))
    hung = ("CommitmentParty", "Citation", "PlanPoint", "Amendment")
    signed = _("What was signed is never changed back. An amendment stands beside it.")
    chronicles.announce("agreement", Chronicle({f"agreements.{one}": "agreement" for one in own}, undo=public))
    chronicles.announce("promise", Chronicle({f"agreements.{one}": "commitment" for one in hung}, final=signed))
    meeting = _("Correct or strike a meeting on its own page.")
    chronicles.announce("engagement", Chronicle({"agreements.Attendance": "engagement"}, final=meeting))


def _announce_what_is_found() -> None:
    """Announce what waits for officers, what a search finds, who knows whom, and what people can be told of."""
    from accord.agreements import operations, queries  # noqa: PLC0415 (models exist only once apps are loaded)
    from accord.agreements.rules import may_bring_in  # noqa: PLC0415 (the same)
    from accord.people.queries import partners  # noqa: PLC0415 (the same)

    waits.announce(
        "agreements", Waits(queries.dates_ahead, queries.count_dates_ahead, _("Dates of agreements that come near"))
    )
    searches.announce("agreement", Search(_("Agreements"), queries.find_agreements, is_public=True))
    partners.announce("agreements", queries.partners_of)
    searches.announce("promise", Search(_("Promises"), queries.find_promises))
    searches.announce("clause", Search(_("Clauses"), queries.find_clauses))
    commands.announce(
        "agreements.bring-in",
        Command(_("Bring in an agreement"), "agreements:bring-in", may_bring_in, also="import file YAML 导入 文件"),
    )
    topics.announce(
        operations.TERMINATED, Topic(operations.TERMINATED, _("An agreement is ended early"), is_urgent=True)
    )
