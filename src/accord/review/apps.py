"""Registers the app with Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class ReviewConfig(AppConfig):
    """Names the app `accord.review` and announces what rooms below may ask of it."""

    name = "accord.review"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Announce the permissions in words."""
        from accord.kernel.permits import announce_permits  # noqa: PLC0415 (models exist only once apps are loaded)
        from accord.review.rules import PERMITS  # noqa: PLC0415 (the same)

        announce_permits(PERMITS)
        _announce_records()
        _announce_what_waits()


def _announce_records() -> None:
    """Announce what references lead to, and what histories tell; names of reviewers are told to the office alone."""
    from accord.kernel.chronicle import Chronicle, chronicles  # noqa: PLC0415 (the same)
    from accord.kernel.records import RecordKind, record_kinds  # noqa: PLC0415 (the same)
    from accord.review import queries  # noqa: PLC0415 (the same)

    for kind in (
        RecordKind(
            "panel",
            "review.Panel",
            pgettext_lazy("of reviewers", "Panel"),
            queries.show_panel,
            queries.panels_visible_to,
        ),
        RecordKind("rubric", "review.Rubric", _("Rubric"), queries.show_rubric, queries.rubrics_visible_to),
        RecordKind("review-item", "review.Item", _("Item under review"), queries.show_item, queries.items_visible_to),
    ):
        record_kinds.announce(kind.kind, kind)
    on_page = _("Change it on its own page.")
    chronicles.announce("panel", Chronicle(final=on_page))
    chronicles.announce("rubric", Chronicle({"review.Criterion": "rubric"}, final=on_page))
    hung = {"review.Assignment": "item", "review.Conflict": "item"}
    chronicles.announce("review-item", Chronicle(hung, final=on_page))


def _announce_what_waits() -> None:
    """Announce what waits for reviewers, what can be begun, and what people can be told of."""
    from accord.kernel.finding import Command, Waits, commands, waits  # noqa: PLC0415 (the same)
    from accord.kernel.topics import topics  # noqa: PLC0415 (the same)
    from accord.review import operations, queries, rules  # noqa: PLC0415 (the same)

    waits.announce("reviews", Waits(queries.reviews_ahead, queries.count_reviews_ahead, _("Items to review")))
    asked = _("Invitations to review")
    waits.announce("review-invitations", Waits(queries.invitations_ahead, queries.count_invitations_ahead, asked))
    commands.announce("review.see-panels", Command(_("See the panels"), "review:panels", rules.may_open_any))
    commands.announce("review.write-rubric", Command(_("Write a rubric"), "review:add-rubric", rules.may_open_any))
    for topic in operations.TOPICS:
        topics.announce(topic.code, topic)
