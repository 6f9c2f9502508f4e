"""Resident teams, and what they report of themselves."""

from datetime import date, datetime

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from ninja import Query
from pydantic import Field

from accord.kernel import clock
from accord.kernel.api import (
    ApiRequest,
    Created,
    Day,
    Detail,
    Key,
    Number,
    Page,
    Router,
    Sent,
    Shown,
    Text,
    Words,
    wrong_field,
)
from accord.kernel.refused import NotAllowed, NotThere
from accord.people.queries import acting_person
from accord.ui.listing import ListAsked, listed
from accord.workspace import operations, queries
from accord.workspace.enums import Origin, Permission, ReportFlag, Stage, Standing, TeamKind
from accord.workspace.forms import REPORTS, TEAMS
from accord.workspace.operations import Heads
from accord.workspace.queries import Site, Team, TeamReport, TeamSight

teams = Router(tags=["Teams"])
MOST_HEADS = 100_000
COUNTED = ("jobs", "research_jobs", "part_time", "interns", "patents_applied", "patents_held")


class TeamShown(Shown):
    """A team of a work space, as it stands today."""

    key: str = Field(examples=["lantern-pay"])
    name: Words
    kind: TeamKind
    origin: Origin
    country: str = Field(description="ISO 3166-1; empty where it is not known.", examples=["GB"])
    stage: Stage
    field: Words = Field(description="What it works on.")
    website: str
    standing: Standing = Field(description="How it stands to the work space today.")
    jobs: int | None = Field(description="As last reported; null where nothing was.")
    research_jobs: int | None
    counted_on: date | None = Field(description="The day for which they were counted.")
    is_simulated: bool = Field(description="True for what a demo world invented.")


class ReportShown(Shown):
    """What a team reported of itself. Revenue and remark are null to those who may not read them."""

    id: int
    quarter: str | None = Field(description="Null for the baseline at entry.", examples=["2019-Q3"])
    stands_on: date = Field(description="The day for which the heads were counted.")
    jobs: int = Field(description="People employed for at least 32 hours a week.")
    research_jobs: int
    part_time: int
    interns: int
    patents_applied: int
    patents_held: int
    revenue_minor: int | None = Field(description="Of the quarter, in minor units.")
    currency: str
    note: str | None
    flags: list[ReportFlag] | None = Field(description="Why it should be looked at.")
    reported_at: datetime


class ReportSent(Sent):
    """What a team reports of a quarter."""

    quarter: Text = Field(min_length=7, max_length=7, examples=["2019-Q3"])
    stands_on: Day = Field(examples=["2019-09-30"])
    jobs: int = Field(ge=0, le=MOST_HEADS, description="People employed for at least 32 hours a week.")
    research_jobs: int = Field(ge=0, le=MOST_HEADS, description="Of them, mainly in research and development.")
    part_time: int = Field(0, ge=0, le=MOST_HEADS)
    interns: int = Field(0, ge=0, le=MOST_HEADS)
    patents_applied: int = Field(0, ge=0, le=MOST_HEADS)
    patents_held: int = Field(0, ge=0, le=MOST_HEADS)
    revenue_minor: int | None = Field(None, ge=0, le=2**53, description="In minor units of the site's currency.")
    note: Text = Field("", max_length=2000)


class TeamsAsked(ListAsked, table=TEAMS):
    """How teams may be asked for."""


class ReportsAsked(ListAsked, table=REPORTS):
    """How the reports of a team may be asked for."""


@teams.reads("/work-spaces/{key}/teams", answer=Page[TeamShown], may=Permission.SEE)
def list_teams(request: ApiRequest, key: Key, asked: Query[TeamsAsked]) -> Page[TeamShown]:
    """List the teams of a work space. With how each stands today and what it last reported."""
    site = queries.find_site(request.actor, key)
    return listed(request, asked, queries.team_list(request.actor, site, on=_today(request, site)), _team)


@teams.reads("/work-spaces/{key}/teams/{team}", answer=TeamShown, may=Permission.SEE)
def read_team(request: ApiRequest, key: Key, team: Key) -> Detail[TeamShown]:
    """Read one team. With how it stands today and what it last reported."""
    site = queries.find_site(request.actor, key)
    found = queries.team_list(request.actor, site, on=_today(request, site)).filter(key=team).first()
    if found is None:
        raise NotThere(_("There is no team of this name here."))
    return Detail(_team(found), version=found.version)


@teams.reads("/work-spaces/{key}/teams/{team}/reports", answer=Page[ReportShown], may=Permission.SEE)
def list_reports(request: ApiRequest, key: Key, team: Key, asked: Query[ReportsAsked]) -> Page[ReportShown]:
    """List what a team reported. The baseline at entry among them; struck reports are left out."""
    found, sight = _found(request, key, team)
    rows = queries.reports_standing(request.actor, found)
    return listed(request, asked, rows, lambda row: _report(row, sight))


@teams.reads("/work-spaces/{key}/teams/{team}/reports/{number}", answer=ReportShown, may=Permission.SEE)
def read_report(request: ApiRequest, key: Key, team: Key, number: Number) -> Detail[ReportShown]:
    """Read one report of a team. A struck one is gone from here; it stays in the history."""
    found, sight = _found(request, key, team)
    row = queries.find_report(request.actor, found.site, number)
    if row.team_id != found.pk or row.struck_at is not None:
        raise NotThere(_("There is no report of this number here."))
    return Detail(_report(row, sight), version=1)


@teams.creates("/work-spaces/{key}/teams/{team}/reports", answer=ReportShown, may=Permission.REPORT)
def report_quarter(request: ApiRequest, key: Key, team: Key, sent: ReportSent) -> Created[ReportShown]:
    """Report a quarter for a team. A second report of the quarter takes the place of the first."""
    found, sight = _found(request, key, team)
    if not sight.may_report:
        raise NotAllowed(_("Only who leads the team and the operator report for it. Ask one of them."))
    if sent.research_jobs > sent.jobs:
        words = _("Enter %(jobs)s or fewer: people in research are part of the jobs.")
        raise wrong_field("research_jobs", words % {"jobs": sent.jobs})
    round_ = queries.find_round(found.site, sent.quarter)
    now = clock.now(request.world)
    if not queries.is_open(round_, now) and not sight.may_keep:
        raise NotAllowed(_("This round is over. Tell the operator of the work space what must change."))
    heads = Heads(**{name: getattr(sent, name) for name in COUNTED}, revenue_minor=sent.revenue_minor, note=sent.note)
    made = operations.report_quarter(
        team=found, round=round_, heads=heads, stands_on=sent.stands_on, by=acting_person(request.actor), at=now
    )
    address = reverse("api:read_report", args=[key, team, made.pk])
    return Created(_report(made, sight), version=1, at=address)


def _found(request: ApiRequest, key: str, team: str) -> tuple[Team, TeamSight]:
    """Return a team, and what the actor may do with it."""
    site = queries.find_site(request.actor, key)
    found = queries.find_team(request.actor, site, team)
    return found, queries.sight_of(request.actor, found, _today(request, site))


def _today(request: ApiRequest, site: Site) -> date:
    return queries.day_at(site, clock.now(request.world))


def _team(row: Team) -> TeamShown:
    """Return a team of `team_list` as the API shows it."""
    return TeamShown(
        key=row.key,
        name=Words.of(row.name),
        kind=TeamKind(row.kind),
        origin=Origin(row.origin),
        country=row.country,
        stage=Stage(row.stage),
        field=Words.of(row.field),
        website=row.website,
        standing=row.standing,  # type: ignore[attr-defined]  # annotated by the list
        jobs=row.last_jobs,  # type: ignore[attr-defined]  # the same
        research_jobs=row.last_research_jobs,  # type: ignore[attr-defined]  # the same
        counted_on=row.last_stands_on,  # type: ignore[attr-defined]  # the same
        is_simulated=row.is_simulated,
    )


def _report(row: TeamReport, sight: TeamSight) -> ReportShown:
    """Return a report as the API shows it to somebody."""
    is_open = sight.may_see_terms
    return ReportShown(
        id=row.pk,
        quarter=queries.quarter_key(row.quarter_on) if row.quarter_on else None,
        stands_on=row.stands_on,
        **{name: getattr(row, name) for name in COUNTED},
        revenue_minor=row.revenue_minor if is_open else None,
        currency=row.currency if is_open else "",
        note=row.note if is_open else None,
        flags=[ReportFlag(flag) for flag in row.flags] if is_open else None,
        reported_at=row.reported_at,
    )
