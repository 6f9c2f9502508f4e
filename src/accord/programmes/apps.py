"""Registers the app with Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class ProgrammesConfig(AppConfig):
    """Names the app `accord.programmes` and announces what rooms below may ask of it."""

    name = "accord.programmes"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Announce the permissions in words, and what each part has to tell."""
        from accord.kernel.permits import announce_permits  # noqa: PLC0415 (models exist only once apps are loaded)
        from accord.programmes.rules import PERMITS  # noqa: PLC0415 (the same)

        announce_permits(PERMITS)
        _announce_calls()
        _announce_placements()
        _announce_office()
        _announce_decisions()
        _announce_matching()
        _announce_applying()


def _announce_calls() -> None:
    """Announce what references to programmes and calls lead to, what a search finds, and what can be begun."""
    from accord.kernel.chronicle import Chronicle, chronicles  # noqa: PLC0415 (the same)
    from accord.kernel.finding import Command, Search, commands, searches  # noqa: PLC0415 (the same)
    from accord.kernel.records import RecordKind, record_kinds  # noqa: PLC0415 (the same)
    from accord.kernel.topics import topics  # noqa: PLC0415 (the same)
    from accord.programmes import operations, queries, rules  # noqa: PLC0415 (models exist only once apps are loaded)

    word = pgettext_lazy("of a programme", "Call")
    for kind in (
        RecordKind(
            "programme", "programmes.Programme", _("Programme"), queries.show_programme, queries.programmes_visible_to
        ),
        RecordKind("call", "programmes.Call", word, queries.show_call, queries.calls_visible_to),
    ):
        record_kinds.announce(kind.kind, kind)
    own_page = _("Change it on its own page.")
    chronicles.announce("programme", Chronicle(final=own_page))
    parts = {"programmes.CallDate": "call", "programmes.FormVersion": "call"}
    sealed = frozenset({"programmes.Call.seed"})
    final = _("What applicants were told of a call is not taken back. Change the rest on its own page.")
    chronicles.announce("call", Chronicle(parts, hidden=sealed, final=final))
    searches.announce("programme", Search(_("Programmes"), queries.find_programmes))
    searches.announce("call", Search(_("Calls"), queries.find_calls, is_public=True))
    open_one = Command(_("Open a programme"), "programmes:open-programme", rules.may_open_any)
    commands.announce("programmes.open-programme", open_one)
    topics.announce(operations.CALL_CANCELLED.code, operations.CALL_CANCELLED)


def _announce_office() -> None:
    """Announce what references to applications lead to, how reviewers read them, what waits, and the topics."""
    from accord.kernel.chronicle import Chronicle, chronicles  # noqa: PLC0415 (the same)
    from accord.kernel.finding import Waits, waits  # noqa: PLC0415 (the same)
    from accord.kernel.records import RecordKind, record_kinds  # noqa: PLC0415 (the same)
    from accord.kernel.topics import topics  # noqa: PLC0415 (the same)
    from accord.programmes import operations, queries  # noqa: PLC0415 (models exist only once apps are loaded)
    from accord.review.queries import Reader, readings  # noqa: PLC0415 (the same)

    word = pgettext_lazy("to a call", "Application")
    kind = RecordKind(
        "application", "programmes.Application", word, queries.show_application, queries.applications_known_to
    )
    record_kinds.announce(kind.kind, kind)
    told = ("answers", "set_aside", "screening", "group", "withdraw_reason", "title")
    unseen = {f"programmes.Application.{one}" for one in told} | {"programmes.Step.note", "programmes.Step.words"}
    parts = {"programmes.Step": "application"}
    moves = _("An application moves by the steps of its workflow, and what was answered is not taken back.")
    chronicles.announce("application", Chronicle(parts, hidden=frozenset(unseen), final=moves))
    for topic in operations.STEP_TOPICS:
        topics.announce(topic.code, topic)
    reader = Reader(queries.read_for_review, queries.open_for_review, operations.go_on_once_reviewed)
    readings.announce("application", reader)
    screen = Waits(queries.to_screen, queries.count_to_screen, _("Applications to screen"))
    waits.announce("programmes-screening", screen)
    due = Waits(queries.answers_due, queries.count_answers_due, _("Answers of applicants that are missing"))
    waits.announce("programmes-answers", due)


def _announce_decisions() -> None:
    """Announce what is done once letters with decisions are let go, what waits, and the topics."""
    from accord.kernel.batches import Held, batches  # noqa: PLC0415 (the same)
    from accord.kernel.finding import Waits, waits  # noqa: PLC0415 (the same)
    from accord.kernel.topics import topics  # noqa: PLC0415 (the same)
    from accord.programmes import operations, queries  # noqa: PLC0415 (models exist only once apps are loaded)

    due = Waits(queries.decisions_due, queries.count_decisions_due, _("Decisions to make"))
    waits.announce("programmes-decisions", due)
    for topic in operations.SLATE_TOPICS:
        topics.announce(topic.code, topic)
    batches.announce("programmes.slate", Held(operations.tell_slate, operations.call_off_slate, by_another=True))


def _announce_placements() -> None:
    """Announce what references to placements lead to, what waits for whom, what links are for, and the topics."""
    from accord.kernel.chronicle import Chronicle, chronicles  # noqa: PLC0415 (the same)
    from accord.kernel.finding import Waits, waits  # noqa: PLC0415 (the same)
    from accord.kernel.links import Purpose, purposes  # noqa: PLC0415 (the same)
    from accord.kernel.records import RecordKind, record_kinds  # noqa: PLC0415 (the same)
    from accord.kernel.topics import topics  # noqa: PLC0415 (the same)
    from accord.programmes import operations, queries  # noqa: PLC0415 (models exist only once apps are loaded)
    from accord.programmes.enums import LOOK_AFTER, SIGN_LEARNING  # noqa: PLC0415 (the same)

    kind = RecordKind(
        "placement", "programmes.Placement", _("Placement"), queries.show_placement, queries.placements_visible_to
    )
    record_kinds.announce(kind.kind, kind)
    private = ("person", "title", "level", "percent", "stipend_minor", "currency", "offer", "application")
    told = ("end_reason", "end_note", "cancel_reason", "reminded")
    unseen = frozenset(f"programmes.Placement.{one}" for one in (*private, *told))
    final = _("What was counted is not taken back. Correct it on the page of the placement.")
    chronicles.announce("placement", Chronicle(hidden=unseen, final=final))
    for name, listed, count, title in (
        ("sign", queries.agreements_to_sign, queries.count_agreements_to_sign, _("Learning agreements to sign")),
        ("care", queries.check_ins_to_look_at, queries.count_check_ins_to_look_at, _("Placements that need care")),
        ("arrivals", queries.arrivals_to_confirm, queries.count_arrivals_to_confirm, _("Arrivals to confirm")),
        ("evaluate", queries.evaluations_due, queries.count_evaluations_due, _("Placements to evaluate")),
    ):
        waits.announce(f"programmes-{name}", Waits(listed, count, title))
    sign = pgettext_lazy("link", "Sign a learning agreement")
    purposes.announce(SIGN_LEARNING, Purpose(SIGN_LEARNING, sign, "placement", "programmes:sign-by-link"))
    look = pgettext_lazy("link", "Look after a placement")
    purposes.announce(LOOK_AFTER, Purpose(LOOK_AFTER, look, "placement", "programmes:look-after-by-link"))
    for topic in operations.PLACEMENT_TOPICS:
        topics.announce(topic.code, topic)


def _announce_matching() -> None:
    """Announce what references to places lead to, what links to places are for, what waits, and what letters do."""
    from accord.kernel.batches import Held, batches  # noqa: PLC0415 (the same)
    from accord.kernel.chronicle import Chronicle, chronicles  # noqa: PLC0415 (the same)
    from accord.kernel.finding import Waits, waits  # noqa: PLC0415 (the same)
    from accord.kernel.links import Purpose, purposes  # noqa: PLC0415 (the same)
    from accord.kernel.records import RecordKind, record_kinds  # noqa: PLC0415 (the same)
    from accord.kernel.topics import topics  # noqa: PLC0415 (the same)
    from accord.programmes import operations, queries  # noqa: PLC0415 (models exist only once apps are loaded)
    from accord.programmes.enums import OPEN_PLACES  # noqa: PLC0415 (the same)

    word = pgettext_lazy("of a call", "Place")
    kind = RecordKind("place", "programmes.Place", word, queries.show_place, queries.places_visible_to)
    record_kinds.announce(kind.kind, kind)
    unseen = frozenset(f"programmes.Place.{one}" for one in ("supervisor", "supervisor_name", "supervisor_email"))
    final = _("A place is changed on its own page; what was counted of it stays.")
    chronicles.announce("place", Chronicle(hidden=unseen, final=final))
    rank = Waits(queries.rankings_due, queries.count_rankings_due, _("People who want your places"))
    waits.announce("programmes-rankings", rank)
    answer = Waits(queries.offers_to_answer, queries.count_offers_to_answer, _("Offers of places to answer"))
    waits.announce("programmes-offers", answer)
    open_places = pgettext_lazy("link", "Open places and rank who wants them")
    purposes.announce(OPEN_PLACES, Purpose(OPEN_PLACES, open_places, "host", "programmes:places-by-link"))
    batches.announce("programmes.match", Held(operations.tell_result, operations.call_off_result, by_another=True))
    for topic in operations.MATCH_TOPICS:
        topics.announce(topic.code, topic)


def _announce_applying() -> None:
    """Announce what waits for applicants, the links of those who apply along, and the topics."""
    from accord.kernel.finding import Waits, waits  # noqa: PLC0415 (the same)
    from accord.kernel.links import Purpose, purposes  # noqa: PLC0415 (the same)
    from accord.kernel.topics import topics  # noqa: PLC0415 (the same)
    from accord.programmes import operations, queries  # noqa: PLC0415 (models exist only once apps are loaded)
    from accord.programmes.enums import JOIN_APPLICATION  # noqa: PLC0415 (the same)

    for name, listed, count, title in (
        ("drafts", queries.drafts_to_submit, queries.count_drafts_to_submit, _("Applications to submit")),
        ("questions", queries.questions_to_answer, queries.count_questions_to_answer, _("Questions to answer")),
    ):
        waits.announce(f"programmes-{name}", Waits(listed, count, title))
    join = pgettext_lazy("link", "Apply along")
    purposes.announce(JOIN_APPLICATION, Purpose(JOIN_APPLICATION, join, "application", "programmes:join-by-link"))
    for topic in operations.APPLYING_TOPICS:
        topics.announce(topic.code, topic)
