"""Registers the app with Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class WorkspaceConfig(AppConfig):
    """Names the app `accord.workspace` and announces what rooms below may ask of it."""

    name = "accord.workspace"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Announce the permissions in words."""
        from accord.kernel.permits import announce_permits  # noqa: PLC0415 (models exist only once apps are loaded)
        from accord.workspace.rules import PERMITS  # noqa: PLC0415 (the same)

        announce_permits(PERMITS)
        _announce_spaces()
        _announce_bookings()
        _announce_care()
        _announce_teams()
        _announce_tenancies()
        _announce_plans()


def _announce_bookings() -> None:
    """Announce what references to bookings lead to, what waits for keepers, and what people can be told of."""

    from accord.kernel.chronicle import Chronicle, chronicles  # noqa: PLC0415 (the same)
    from accord.kernel.finding import Waits, waits  # noqa: PLC0415 (the same)
    from accord.kernel.links import Purpose, purposes  # noqa: PLC0415 (the same)
    from accord.kernel.records import RecordKind, record_kinds  # noqa: PLC0415 (the same)
    from accord.kernel.topics import topics  # noqa: PLC0415 (the same)
    from accord.workspace import operations, queries  # noqa: PLC0415 (models exist only once apps are loaded)
    from accord.workspace.enums import SHOW_WALL  # noqa: PLC0415 (the same)

    kind = RecordKind("booking", "workspace.Booking", _("Booking"), queries.show_booking, queries.bookings_visible_to)
    record_kinds.announce(kind.kind, kind)
    moved = _("Move or cancel dates on the page of the booking.")
    hung = {"workspace.Occurrence": "booking", "workspace.BookingGuest": "booking"}
    chronicles.announce("booking", Chronicle(hung, hidden=frozenset({"workspace.Booking.code"}), final=moved))
    waits.announce(
        "workspace-bookings",
        Waits(queries.requests_ahead, queries.count_requests_ahead, _("Bookings that wait for your approval")),
    )
    for topic in operations.BOOKING_TOPICS:
        topics.announce(topic.code, topic)
    wall = pgettext_lazy("link", "Show a work space on a display")
    purposes.announce(SHOW_WALL, Purpose(SHOW_WALL, wall, "site", "workspace:wall"))


def _announce_care() -> None:
    """Announce what references to mentors, their hours and events lead to, what waits, and what people are told of."""

    from accord.kernel.chronicle import Chronicle, chronicles  # noqa: PLC0415 (the same)
    from accord.kernel.finding import Waits, waits  # noqa: PLC0415 (the same)
    from accord.kernel.records import RecordKind, record_kinds  # noqa: PLC0415 (the same)
    from accord.kernel.topics import Topic, topics  # noqa: PLC0415 (the same)
    from accord.workspace import operations, queries  # noqa: PLC0415 (models exist only once apps are loaded)

    hour = _("Hour of a mentor")
    for kind in (
        RecordKind("mentor", "workspace.Mentor", _("Mentor"), queries.show_mentor, queries.mentors_visible_to),
        RecordKind("mentor-session", "workspace.MentorSession", hour, queries.show_hour, queries.hours_visible_to),
        RecordKind(
            "event",
            "workspace.Event",
            pgettext_lazy("of a work space", "Event"),
            queries.show_occasion,
            queries.occasions_visible_to,
        ),
    ):
        record_kinds.announce(kind.kind, kind)
    own_page = _("Change it on its own page.")
    known_to_few = frozenset(f"workspace.MentorSession.{name}" for name in ("team", "subject", "taken_by"))
    chronicles.announce("mentor", Chronicle(final=own_page))
    chronicles.announce("mentor-session", Chronicle(hidden=known_to_few, final=own_page))
    chronicles.announce("event", Chronicle(final=own_page))
    settle = Waits(queries.hours_to_settle, queries.count_hours_to_settle, _("Hours of mentors to settle"))
    waits.announce("workspace-hours", settle)
    topics.announce(operations.HOUR_TAKEN, Topic(operations.HOUR_TAKEN, _("A team takes an hour of yours")))
    given_back = _("A team gives an hour of yours back")
    topics.announce(operations.HOUR_GIVEN_BACK, Topic(operations.HOUR_GIVEN_BACK, given_back))
    cancelled = _("A mentor's hour that your team took is cancelled")
    topics.announce(operations.HOUR_CANCELLED, Topic(operations.HOUR_CANCELLED, cancelled, is_urgent=True))
    off = _("An event that you signed up for is called off")
    topics.announce(operations.CALLED_OFF, Topic(operations.CALLED_OFF, off, is_urgent=True))


def _announce_tenancies() -> None:
    """Announce what references to tenancies lead to, what waits for keepers and teams, and what people are told of."""

    from accord.kernel.chronicle import Chronicle, chronicles  # noqa: PLC0415 (the same)
    from accord.kernel.finding import Waits, waits  # noqa: PLC0415 (the same)
    from accord.kernel.links import Purpose, purposes  # noqa: PLC0415 (the same)
    from accord.kernel.records import RecordKind, record_kinds  # noqa: PLC0415 (the same)
    from accord.kernel.topics import topics  # noqa: PLC0415 (the same)
    from accord.workspace import operations, queries  # noqa: PLC0415 (models exist only once apps are loaded)
    from accord.workspace.enums import ANSWER_OFFER  # noqa: PLC0415 (the same)

    kind = RecordKind("tenancy", "workspace.Tenancy", _("Tenancy"), queries.show_tenancy, queries.tenancies_visible_to)
    record_kinds.announce(kind.kind, kind)
    final = _("What a contract said stays. Move, renew or end the tenancy on its own page.")
    money = frozenset(
        {
            "workspace.Tenancy.deposit_minor",
            "workspace.Tenancy.end_note",
            "workspace.Tenancy.deposit_back_minor",
            "workspace.TenancySpace.monthly_minor",
            "workspace.TenancySpace.relief_percent",
        }
    )
    chronicles.announce("tenancy", Chronicle({"workspace.TenancySpace": "tenancy"}, hidden=money, final=final))
    answer = pgettext_lazy("link", "Answer an offer of space")
    purposes.announce(ANSWER_OFFER, Purpose(ANSWER_OFFER, answer, "tenancy", "workspace:answer-by-link"))
    for name, listed, count, title in (
        ("terms", queries.terms_that_end, queries.count_terms_that_end, _("Tenancies whose term ends")),
        ("offers", queries.offers_to_answer, queries.count_offers_to_answer, _("Offers of space to your team")),
        (
            "graduates",
            queries.graduates_not_heard_of,
            queries.count_graduates_not_heard_of,
            _("Graduates not heard of"),
        ),
    ):
        waits.announce(f"workspace-{name}", Waits(listed, count, title))
    for topic in operations.TENANCY_TOPICS:
        topics.announce(topic.code, topic)


def _announce_teams() -> None:
    """Announce what references to teams and reports lead to, what waits, what is found, and what links are for."""

    from accord.kernel.chronicle import Chronicle, Undo, chronicles  # noqa: PLC0415 (the same)
    from accord.kernel.finding import Search, Waits, searches, waits  # noqa: PLC0415 (the same)
    from accord.kernel.links import Purpose, purposes  # noqa: PLC0415 (the same)
    from accord.kernel.records import RecordKind, record_kinds  # noqa: PLC0415 (the same)
    from accord.kernel.topics import Topic, topics  # noqa: PLC0415 (the same)
    from accord.workspace import operations, queries  # noqa: PLC0415 (models exist only once apps are loaded)
    from accord.workspace.enums import REPORT_QUARTER  # noqa: PLC0415 (the same)

    for kind in (
        RecordKind("team", "workspace.Team", _("Team"), queries.show_team, queries.teams_visible_to),
        RecordKind("report", "workspace.TeamReport", _("Report"), queries.show_report, queries.reports_visible_to),
    ):
        record_kinds.announce(kind.kind, kind)
    facts = frozenset({"name", "summary", "kind", "origin", "country", "stage", "field", "website"})
    hidden = frozenset({"workspace.Team.contact"})
    chronicles.announce("team", Chronicle(hidden=hidden, undo=Undo(facts, operations.give_back_team)))
    unseen = ("revenue_minor", "currency", "note", "flags", "reported_by")
    money = frozenset(f"workspace.TeamReport.{one}" for one in unseen)
    stays = _("A report is never changed back. A correction stands beside it.")
    chronicles.announce("report", Chronicle(hidden=money, final=stays))
    searches.announce("team", Search(_("Teams"), queries.find_teams))
    look = Waits(queries.reports_to_look_at, queries.count_reports_to_look_at, _("Reports to look at"))
    waits.announce("workspace-flagged", look)
    due = Waits(queries.reports_due, queries.count_reports_due, _("Reports of your team"))
    waits.announce("workspace-reports", due)
    topics.announce(operations.ASKED, Topic(operations.ASKED, _("Your team is asked for its quarterly report")))
    topics.announce(operations.MISSING, Topic(operations.MISSING, _("Quarterly reports of teams are missing")))
    by_link = pgettext_lazy("link", "Report a quarter for a team")
    purposes.announce(REPORT_QUARTER, Purpose(REPORT_QUARTER, by_link, "team", "workspace:report-by-link"))


def _announce_spaces() -> None:
    """Announce what references to sites, floors and spaces lead to, what is found of them, and what can be begun."""

    from accord.kernel.chronicle import Chronicle, Undo, chronicles  # noqa: PLC0415 (the same)
    from accord.kernel.finding import Command, Search, commands, searches  # noqa: PLC0415 (the same)
    from accord.kernel.records import RecordKind, record_kinds  # noqa: PLC0415 (the same)
    from accord.workspace import operations, queries, rules  # noqa: PLC0415 (models exist only once apps are loaded)

    for kind in (
        RecordKind("site", "workspace.Site", _("Work space"), queries.show_site, queries.sites_visible_to),
        RecordKind("floor", "workspace.Floor", _("Floor"), queries.show_floor, queries.floors_visible_to),
        RecordKind("space", "workspace.Space", _("Space"), queries.show_space, queries.spaces_visible_to),
    ):
        record_kinds.announce(kind.kind, kind)
    own_page = _("Change it on its own page.")
    parts = {"workspace.Building": "site", "workspace.BookingPolicy": "site"}
    chronicles.announce("site", Chronicle(parts, final=own_page))
    counted = _("What was counted is never changed back. Strike a stretch on the floor's page and record it anew.")
    plan = frozenset({"workspace.Floor.plan"})
    chronicles.announce("floor", Chronicle({"workspace.FloorRun": "floor"}, hidden=plan, final=counted))
    facts = frozenset({"code", "name", "kind", "area_m2", "capacity", "features", "position", "outline"})
    price = frozenset({"workspace.Space.monthly_minor"})
    chronicles.announce("space", Chronicle(hidden=price, undo=Undo(facts, operations.give_back_space)))
    searches.announce("space", Search(_("Spaces"), queries.find_spaces))
    label, also = _("Open a work space"), "incubator site building 孵化器 空间"
    commands.announce("workspace.open-site", Command(label, "workspace:open-site", rules.may_open_site, also))


def _announce_plans() -> None:
    """Announce what references to plans lead to, and what their history tells."""

    from accord.kernel.chronicle import Chronicle, chronicles  # noqa: PLC0415 (the same)
    from accord.kernel.records import RecordKind, record_kinds  # noqa: PLC0415 (the same)
    from accord.workspace import queries  # noqa: PLC0415 (models exist only once apps are loaded)

    word = pgettext_lazy("of moves", "Plan")
    kind = RecordKind("plan", "workspace.Plan", word, queries.show_plan, queries.plans_visible_to)
    record_kinds.announce(kind.kind, kind)
    final = _("A plan stays as it was made. Make another one and compare.")
    chronicles.announce("plan", Chronicle(hidden=frozenset({"workspace.Plan.inputs"}), final=final))
