"""Registers the app with Django."""

from functools import partial

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accord.kernel.chronicle import Chronicle, chronicles
from accord.kernel.finding import Command, Search, Waits, commands, searches, waits
from accord.kernel.permits import announce_permits
from accord.kernel.records import RecordKind, record_kinds
from accord.kernel.topics import Topic, topics
from accord.negotiation.enums import APPROVE_BY_LINK


class NegotiationConfig(AppConfig):
    """Names the app `accord.negotiation` and announces what rooms below may ask of it."""

    name = "accord.negotiation"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Announce permissions, topics, what waits, what is found, and what references lead to."""
        from accord.negotiation import queries  # noqa: PLC0415 (models exist only once apps are loaded)
        from accord.negotiation.rules import PERMITS, may_start  # noqa: PLC0415 (models exist only once apps are loaded)

        announce_permits(PERMITS)
        for what, name in TOPICS.items():
            topics.announce(f"negotiation.{what}", Topic(f"negotiation.{what}", name))
        waits.announce("negotiation", Waits(queries.waiting_for, queries.waiting_count, _("Negotiations")))
        searches.announce("negotiation", Search(_("Negotiations"), queries.find_by_words))
        start = Command(
            _("Start a negotiation"), "negotiation:start", may_start, also="new agreement draft 新协议 起草"
        )
        commands.announce("negotiation.start", start)
        _announce_records()


TOPICS = {
    "started": _("A negotiation begins"),
    "put-forward": _("A text waits for review"),
    "requested": _("A party asks for a change"),
    "replied": _("A reply to a requested change"),
    "answered": _("A requested change is answered"),
    "approved": _("A party approved a text"),
    "signed": pgettext_lazy("topic", "A party signed"),
    "in-force": _("All parties signed"),
    "withdrawn": _("A negotiation was withdrawn"),
}


def _announce_records() -> None:
    """Announce what references lead to; rows of a draft lead only those there who write it."""
    from accord.kernel.links import Purpose, purposes  # noqa: PLC0415 (models exist only once apps are loaded)
    from accord.negotiation import queries  # noqa: PLC0415 (models exist only once apps are loaded)

    by_link = pgettext_lazy("link", "Approve the text in review")
    purposes.announce(
        APPROVE_BY_LINK, Purpose(APPROVE_BY_LINK, by_link, "negotiation-party", "negotiation:approve-by-link")
    )
    party = RecordKind(
        "negotiation-party", "negotiation.NegotiationParty", _("Party that negotiates"), queries.shown_party
    )
    record_kinds.announce(party.kind, party)
    negotiation = RecordKind(
        "negotiation",
        "negotiation.Negotiation",
        _("Negotiation"),
        queries.shown_negotiation,
        queries.negotiations_visible_to,
    )
    record_kinds.announce(negotiation.kind, negotiation)
    chronicles.announce(
        "negotiation",
        Chronicle(
            {"negotiation.NegotiationParty": "negotiation"},
            final=_("What a party said stays. Go on from where the negotiation stands."),
        ),
    )
    for kind, model, name in (
        ("draft-head", "DraftHead", _("Draft, as a whole")),
        ("draft-clause", "DraftClause", _("Clause of a draft")),
        ("draft-promise", "DraftPromise", _("Promise of a draft")),
    ):
        find = partial(queries.shown_draft, model)
        record_kinds.announce(kind, RecordKind(kind, f"negotiation.{model}", name, find))
        chronicles.announce(kind, Chronicle(final=_("Change the draft on its own page.")))
