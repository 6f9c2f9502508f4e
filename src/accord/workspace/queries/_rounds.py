"""Rounds of reports: their quarter, how long they take reports, who is asked, and who has answered."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from accord.kernel.links import FoundLink
from accord.kernel.refused import NotThere
from accord.people.queries import Person
from accord.workspace.enums import ApplicationState, MemberRole, ReportFlag, TeamKind, TenancyState
from accord.workspace.models import (
    Application,
    Graduation,
    ReportRound,
    Site,
    Team,
    TeamMember,
    TeamReport,
    Tenancy,
)
from accord.workspace.queries._days import ONE_DAY, months_after
from accord.workspace.queries._today import day_at

QUARTER_MONTHS = 3
TAKES_FOR = timedelta(days=30)
"""How long after its due day a round still takes reports; they are flagged as late."""
REMINDED_BEFORE = timedelta(days=7)
LATE = Q(flags__contains=[ReportFlag.LATE])
IN_FORCE = (TenancyState.SIGNED, TenancyState.ENDED)


def quarter_ends_on(quarter_on: date) -> date:
    """Return the last day of a quarter."""
    return months_after(quarter_on, QUARTER_MONTHS) - ONE_DAY


def quarter_of(day: date) -> date:
    """Return the first day of the quarter that a day is in."""
    return date(day.year, day.month - (day.month - 1) % QUARTER_MONTHS, 1)


def quarter_key(quarter_on: date) -> str:
    """Return a quarter as addresses write it, such as 2019-Q3."""
    return f"{quarter_on.year}-Q{(quarter_on.month - 1) // QUARTER_MONTHS + 1}"


def quarter_name(quarter_on: date) -> str:
    """Return a quarter in the reader's language, such as Q3 2019."""
    return str(_("Q%(number)s %(year)s")) % {
        "number": (quarter_on.month - 1) // QUARTER_MONTHS + 1,
        "year": quarter_on.year,
    }


def read_quarter(key: str) -> date | None:
    """Return the first day of a quarter that is written as in addresses, or None where it is none."""
    year, _mark, number = key.partition("-Q")
    if not (year.isdecimal() and len(year) == len("2019") and number in {"1", "2", "3", "4"} and int(year)):
        return None
    return date(int(year), QUARTER_MONTHS * (int(number) - 1) + 1, 1)


def closes_at(round_: ReportRound) -> datetime:
    """Return the moment from which a round takes no reports any more: the end of its last day at the site."""
    last = round_.due_on + TAKES_FOR + ONE_DAY
    return datetime(last.year, last.month, last.day, tzinfo=ZoneInfo(round_.site.time_zone))


def is_open(round_: ReportRound, at: datetime) -> bool:
    """Say whether a round takes reports at a moment."""
    return round_.opened_at <= at < closes_at(round_)


def resident_on(day: date) -> Exists:
    """Return the condition that a team has a tenancy in force on a day."""
    return Exists(
        Tenancy.objects.annotate(last=Coalesce("left_on", "ends_on"))
        .filter(Q(last=None) | Q(last__gt=day), team=OuterRef("pk"), state__in=IN_FORCE, starts_on__lte=day)
        .order_by()
    )


def had_tenancy(day: date) -> Exists:
    """Return the condition that a team had a tenancy by a day."""
    return Exists(Tenancy.objects.filter(team=OuterRef("pk"), state__in=IN_FORCE, starts_on__lte=day).order_by())


def waits_for_space(day: date) -> Q:
    """Return the condition that a team has an open wish for space, or moves in after a day."""
    states = (ApplicationState.WAITING, ApplicationState.OFFERED)
    wish = Application.objects.filter(team=OuterRef("pk"), state__in=states)
    ahead = Tenancy.objects.filter(team=OuterRef("pk"), state=TenancyState.SIGNED, starts_on__gt=day)
    return Q(Exists(wish.order_by())) | Q(Exists(ahead.order_by()))


def has_graduated() -> Exists:
    """Return the condition that a team graduated."""
    return Exists(Graduation.objects.filter(team=OuterRef("pk"), struck_at=None).order_by())


def teams_asked(site: Site, on: date) -> QuerySet[Team]:
    """Return the teams that a round asks: incubated ones that are resident on the day; with whom to write to."""
    leads = TeamMember.objects.filter(role=MemberRole.LEAD, starts_on__lte=on).filter(
        Q(ends_on=None) | Q(ends_on__gt=on)
    )
    return (
        Team.objects.filter(resident_on(on), site=site, kind=TeamKind.INCUBATED)
        .select_related("site", "contact")
        .prefetch_related(Prefetch("members", leads.select_related("person").order_by("pk"), to_attr="leads_now"))
        .order_by("key")
    )


def asked_people(team: Team) -> list[Person]:
    """Return whom a team is asked by: its contact, or else who leads it. The team comes from `teams_asked`."""
    if team.contact is not None:
        return [team.contact]
    return [one.person for one in team.leads_now]  # type: ignore[attr-defined]  # fetched with the team


def rounds_of(site: Site) -> QuerySet[ReportRound]:
    """Return the rounds of a site, the latest quarter first, with how many reports came and how many are late."""
    came = TeamReport.objects.filter(
        team__site=OuterRef("site"), quarter_on=OuterRef("quarter_on"), struck_at=None
    ).order_by()
    counted, late = (
        rows.values("quarter_on").annotate(n=Count("pk")).values("n") for rows in (came, came.filter(LATE))
    )
    return (
        ReportRound.objects.filter(site=site)
        .select_related("site", "opened_by")
        .annotate(reports=Coalesce(Subquery(counted), 0), late=Coalesce(Subquery(late), 0))
        .order_by("-quarter_on")
    )


def find_round(site: Site, key: str) -> ReportRound:
    """Return the round of a quarter such as 2019-Q3; raises `NotThere`."""
    quarter_on = read_quarter(key)
    found = rounds_of(site).filter(quarter_on=quarter_on).first() if quarter_on else None
    if found is None:
        raise NotThere(_("There is no round of reports for this quarter here."))
    return found


def open_rounds(site: Site, at: datetime) -> list[ReportRound]:
    """Return the rounds of a site that take reports at a moment, the latest quarter first; one query."""
    return [one for one in rounds_of(site).filter(opened_at__lte=at) if is_open(one, at)]


@dataclass(frozen=True, slots=True)
class Answered:
    """A team in a round: whom one asks, and what it reported, if it did."""

    team: Team
    people: tuple[Person, ...]
    report: TeamReport | None
    is_late: bool

    @property
    def key(self) -> str:
        """Return the team's short name, by which lists sort."""
        return self.team.key

    @property
    def state_key(self) -> str:
        """Return whether the team is missing, reported late or in time, by which lists narrow and sort."""
        if self.report is None:
            return "missing"
        return "late" if self.is_late else "reported"


def answers_in(round_: ReportRound, at: datetime) -> list[Answered]:
    """Return every team that was asked in a round or reported in it; missing ones first, then by name; four queries.

    Asked are the teams that were resident on the due day, or are on the day asked for while that is still ahead.
    """
    today = day_at(round_.site, at)
    reports = {
        one.team_id: one
        for one in TeamReport.objects.filter(team__site=round_.site, quarter_on=round_.quarter_on, struck_at=None)
        .select_related("team__site", "reported_by")
        .order_by("team__key")
    }
    asked = list(teams_asked(round_.site, min(today, round_.due_on)))
    late = today > round_.due_on
    rows = [_answered(team, reports.pop(team.pk, None), late=late) for team in asked]
    rows += [Answered(one.team, (), one, is_late="late" in one.flags) for one in reports.values()]
    return sorted(rows, key=lambda row: (row.report is not None, row.key))


def _answered(team: Team, report: TeamReport | None, *, late: bool) -> Answered:
    is_late = "late" in report.flags if report else late
    return Answered(team, tuple(asked_people(team)), report, is_late)


def missing_of(rows: Iterable[Answered]) -> list[Answered]:
    """Return the teams that have not reported."""
    return [row for row in rows if row.report is None]


def unreported(round_: ReportRound, on: date) -> list[Team]:
    """Return the teams asked in a round that have not reported; two queries."""
    reported = TeamReport.objects.filter(team=OuterRef("pk"), quarter_on=round_.quarter_on, struck_at=None).order_by()
    return list(teams_asked(round_.site, on).filter(~Exists(reported)))


def team_of_link(link: FoundLink) -> Team:
    """Return the team that a link reports for; raises `NotThere`."""
    found = Team.objects.select_related("site").filter(pk=int(link.record.partition(":")[2])).first()
    if found is None:
        raise NotThere(_("Nothing is here."))
    return found


def round_of_link(link: FoundLink, team: Team, at: datetime) -> ReportRound | None:
    """Return the open round that a link reports in: the one it ends with, or else the latest; None where none is."""
    rounds = open_rounds(team.site, at)
    return next((one for one in rounds if closes_at(one) == link.expires_at), rounds[0] if rounds else None)
