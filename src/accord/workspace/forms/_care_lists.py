"""How the lists of mentors, hours, services, events and announcements are filtered, searched and sorted."""

from typing import Any
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accord.ui import say
from accord.ui.parts import Empty, State, Tone
from accord.ui.tables import Column, Filter, Table
from accord.workspace.enums import SessionState
from accord.workspace.queries import MentorSession, in_major

SESSION_TONES = {
    SessionState.OFFERED: Tone.STANDING,
    SessionState.BOOKED: Tone.WARY,
    SessionState.HELD: Tone.GOOD,
    SessionState.MISSED: Tone.BAD,
    SessionState.CANCELLED: Tone.MUTE,
}
HOUR = 60


def session_chip(session: MentorSession) -> State:
    """Return how an hour stands, as a chip."""
    return State(SESSION_TONES[SessionState(session.state)], session.get_state_display())


def when(at: Any, zone: str) -> str:
    """Return a moment as the clock of a site shows it: the day and the time."""
    local = at.astimezone(ZoneInfo(zone))
    return f"{say.day(local.date())} {local:%H:%M}"


def _hours(name: str) -> Any:
    return lambda row: round(getattr(row, f"minutes_{name}") / HOUR, 1)


def _address(route: str, *path: str) -> Any:
    """Return how a row leads to a page: the site's key is found along the path, then the row's number."""

    def url(row: Any) -> str:
        site = row
        for step in path:
            site = getattr(site, step)
        return reverse(route, args=[site.key, row.pk])

    return url


def _money(name: str) -> Any:
    return lambda row: in_major(getattr(row, name), row.site.currency)


MENTORS = Table(
    name="mentors",
    columns=(
        Column("name", _("Mentor"), value="person.name", url=_address("workspace:mentor", "site")),
        Column("topics", _("Topics"), value=lambda row: row.topics or ""),
        Column("free", _("Free hours ahead"), kind="number", sort="free"),
        Column("offered", _("Hours offered"), kind="number", value=_hours("offered"), sort="minutes_offered"),
        Column("taken", _("Hours used"), kind="number", value=_hours("taken"), sort="minutes_taken"),
        Column("held", _("Hours held"), kind="number", value=_hours("held"), sort="minutes_held"),
        Column("missed", _("Hours missed"), kind="number", value=_hours("missed"), sort="minutes_missed"),
        Column("starts_on", pgettext_lazy("a day", "From"), kind="day", sort="starts_on"),
        Column("ends_on", pgettext_lazy("a day", "Until"), kind="day", sort="ends_on"),
    ),
    filters=(Filter("now", _("Appointed"), choices=(("yes", _("Now")), ("no", _("Earlier"))), lookup="stands"),),
    search=("person__name__en", "person__name__zh-hans", "topics__en", "topics__zh-hans"),
    empty=Empty(_("No mentors yet"), _("People who give their time to teams stand here, with their free hours.")),
)

SESSIONS = Table(
    name="mentor-sessions",
    columns=(
        Column(
            "starts_at",
            pgettext_lazy("a point in time", "When"),
            value=lambda row: when(row.starts_at, row.mentor.site.time_zone),
            sort="starts_at",
            url=_address("workspace:mentor-session", "mentor", "site"),
        ),
        Column("mentor", _("Mentor"), value="mentor.person.name"),
        Column("minutes", pgettext_lazy("how long", "Minutes"), kind="number", sort="minutes"),
        Column("place", _("Place")),
        Column("state", _("State"), kind="state", value=session_chip, sort="state"),
        Column("team", _("Team"), value=lambda row: row.team.name if row.team and row.may_know else ""),
    ),
    filters=(
        Filter("state", _("State"), choices=tuple(SessionState.choices)),
        Filter("since", _("Since"), kind="day", lookup="starts_at__date__gte"),
        Filter("until", _("Until"), kind="day", lookup="starts_at__date__lte"),
    ),
    search=("mentor__person__name__en", "mentor__person__name__zh-hans"),
    default_sort="-starts_at",
    empty=Empty(_("No hours yet"), _("Hours that mentors offer stand here, and who took them.")),
)

SERVICES = Table(
    name="services",
    columns=(
        Column("name", _("Service")),
        Column("unit", _("What one is")),
        Column("value", _("Worth of one"), kind="number", value=_money("value_minor"), sort="value_minor"),
        Column("price", _("Price of one"), kind="number", value=_money("price_minor"), sort="price_minor"),
        Column("uses", _("Times used"), kind="number", value="times_used", sort="times_used"),
        Column("teams", _("By teams"), kind="number", value="by_teams", sort="by_teams"),
        Column("ended_on", _("Not offered from"), kind="day", sort="ended_on"),
    ),
    search=("name__en", "name__zh-hans"),
    empty=Empty(_("No services yet"), _("What the operator does for teams stands here, with what it is worth.")),
)

SERVICE_USES = Table(
    name="service-uses",
    columns=(
        Column("used_on", _("Day"), kind="day", sort="used_on"),
        Column("team", _("Team"), value="team.name", sort="team__key"),
        Column("service", _("Service"), value="service.name"),
        Column("quantity", _("How many"), kind="number", sort="quantity"),
        Column(
            "value",
            _("Given to the team"),
            kind="number",
            value=lambda row: in_major(row.value_minor, row.service.site.currency),
            sort="value_minor",
        ),
        Column("note", _("Note")),
    ),
    filters=(
        Filter("since", _("Since"), kind="day", lookup="used_on__gte"),
        Filter("until", _("Until"), kind="day", lookup="used_on__lte"),
    ),
    search=("team__key", "team__name__en", "team__name__zh-hans"),
    default_sort="-used_on",
    empty=Empty(_("Nothing used yet"), _("What teams used of the services stands here.")),
)


def _occasion_state(row: Any) -> State:
    if row.called_off_at is not None:
        return State(Tone.MISSED, _("Called off"))
    if row.places is not None and row.taken >= row.places:
        return State(Tone.WARY, _("All places taken"))
    return State(Tone.STANDING, _("Open"))


OCCASIONS = Table(
    name="events",
    columns=(
        Column(
            "starts_at",
            pgettext_lazy("a point in time", "When"),
            value=lambda row: when(row.starts_at, row.site.time_zone),
            sort="starts_at",
        ),
        Column("title", pgettext_lazy("of a work space", "Event"), url=_address("workspace:event", "site")),
        Column("place", _("Place"), value=lambda row: row.place or ""),
        Column("state", _("State"), kind="state", value=_occasion_state),
        Column("taken", _("Signed up"), kind="number", sort="taken"),
        Column("places", _("Places"), kind="number", sort="places"),
        Column("came", _("Came"), kind="number", sort="came"),
    ),
    filters=(
        Filter("since", _("Since"), kind="day", lookup="starts_at__date__gte"),
        Filter("until", _("Until"), kind="day", lookup="starts_at__date__lte"),
    ),
    search=("title__en", "title__zh-hans"),
    default_sort="-starts_at",
    empty=Empty(_("No events yet"), _("Talks, workshops and demo days of the work space stand here.")),
)

ANNOUNCEMENTS = Table(
    name="announcements",
    columns=(
        Column("shown_from_on", _("Shown from"), kind="day", sort="shown_from_on"),
        Column("title", _("Announcement"), url=_address("workspace:change-announcement", "site")),
        Column("shown_until_on", _("No longer shown from"), kind="day", sort="shown_until_on"),
    ),
    search=("title__en", "title__zh-hans"),
    default_sort="-shown_from_on",
    empty=Empty(_("No announcements yet"), _("What everybody at the work space should know stands here.")),
)
