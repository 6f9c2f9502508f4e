"""Resident teams as readers see them: the list, how each stands, who works there, what it reported."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import (
    Case,
    CharField,
    Count,
    DateTimeField,
    Exists,
    ExpressionWrapper,
    F,
    Func,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Subquery,
    TextField,
    Value,
    When,
)
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accord.kernel.access import Actor
from accord.kernel.finding import Found, Waiting
from accord.kernel.records import Shown
from accord.kernel.refused import NotThere
from accord.kernel.words import likest, sides
from accord.people.queries import Institution
from accord.workspace.enums import MemberRole, Standing, TeamKind
from accord.workspace.models import (
    Funding,
    ReportRound,
    Site,
    Team,
    TeamMember,
    TeamReport,
    Tenancy,
    TenancySpace,
)
from accord.workspace.queries._rounds import (
    IN_FORCE,
    TAKES_FOR,
    had_tenancy,
    has_graduated,
    quarter_key,
    quarter_name,
    resident_on,
    waits_for_space,
)
from accord.workspace.queries._today import day_in, present_day
from accord.workspace.queries._visible import belonging_of, sites_visible_to, teams_visible_to
from accord.workspace.rules import KEEPING, may_keep_teams, may_report, may_see_terms


@dataclass(frozen=True, slots=True)
class TeamSight:
    """What somebody may do with a team: see its money and people, report for it, keep it."""

    may_see_terms: bool
    may_report: bool
    may_keep: bool


def sight_of(actor: Actor, team: Team, on: date) -> TeamSight:
    """Return what the actor may do with a team; one query."""
    belonging, operator = belonging_of(actor, on), team.site.operator_id
    return TeamSight(
        may_see_terms=may_see_terms(actor, operator, is_own_team=team.pk in belonging.teams),
        may_report=may_report(actor, operator, leads_team=team.pk in belonging.leads),
        may_keep=may_keep_teams(actor, operator),
    )


def standing_on(day: date) -> Case:
    """Return how a team stands on a day, as an expression."""
    return Case(
        When(resident_on(day), then=Value(Standing.RESIDENT.value)),
        When(has_graduated(), then=Value(Standing.GRADUATED.value)),
        When(waits_for_space(day), then=Value(Standing.WAITING.value)),
        When(had_tenancy(day), then=Value(Standing.LEFT.value)),
        default=Value(Standing.REGISTERED.value),
        output_field=CharField(),
    )


def standing_of(team: Team, on: date) -> str:
    """Return how one team stands on a day."""
    return str(Team.objects.filter(pk=team.pk).annotate(standing=standing_on(on)).values_list("standing", flat=True)[0])


def people_in(team: Team, on: date) -> int:
    """Return how many people work in one team on a day."""
    return members_on(on).filter(team=team).order_by().aggregate(n=Count("person", distinct=True))["n"] or 0


def team_list(actor: Actor, site: Site, *, on: date) -> QuerySet[Team]:
    """Return the teams of a site with `names`, how each stands on a day, and its last report by then."""
    last = TeamReport.objects.filter(team=OuterRef("pk"), struck_at=None, stands_on__lte=on)
    last = last.order_by("-stands_on", "-pk")
    seen = teams_visible_to(actor).filter(site=site)
    return seen.annotate(
        names=sides(("name",)),
        standing=standing_on(on),
        **{f"last_{name}": Subquery(last.values(name)[:1]) for name in ("stands_on", "jobs", "research_jobs")},
    ).order_by("key")


@dataclass(frozen=True, slots=True)
class TeamsHeadline:
    """How many teams a site has by how they stand, and how many people work in them, each counted once."""

    standing: Mapping[str, int]
    people: int
    international: int

    @property
    def total(self) -> int:
        """Return how many teams there are."""
        return sum(self.standing.values())

    @property
    def resident(self) -> int:
        """Return how many teams are resident."""
        return self.standing.get(Standing.RESIDENT, 0)

    @property
    def waiting(self) -> int:
        """Return how many teams wait for space."""
        return self.standing.get(Standing.WAITING, 0)


def teams_headline(site: Site, *, on: date) -> TeamsHeadline:
    """Return how many teams there are, and the distinct people who work in resident ones on a day; two queries."""
    teams = Team.objects.filter(site=site).annotate(standing=standing_on(on)).order_by()
    counted = teams.values("standing").annotate(n=Count("pk"), abroad=Count("pk", filter=Q(origin="international")))
    rows = {row["standing"]: row for row in counted}
    resident = rows.get(Standing.RESIDENT, {"abroad": 0})
    return TeamsHeadline({key: row["n"] for key, row in rows.items()}, people_at(site, on), resident["abroad"])


def people_at(site: Site, on: date) -> int:
    """Return how many different people work in the resident teams of a site on a day; who works in two counts once."""
    teams = Team.objects.filter(resident_on(on), site=site).order_by()
    found = members_on(on).filter(team__in=teams.values("pk")).order_by()
    return found.aggregate(n=Count("person", distinct=True))["n"] or 0


def members_on(on: date) -> QuerySet[TeamMember]:
    """Return who works in which team on a day."""
    return TeamMember.objects.filter(Q(ends_on=None) | Q(ends_on__gt=on), starts_on__lte=on)


def members_of(team: Team) -> list[TeamMember]:
    """Return everybody who works or worked in a team, who left last; spans of no day were mistakes."""
    rows = TeamMember.objects.filter(team=team).filter(Q(ends_on=None) | Q(ends_on__gt=F("starts_on")))
    return list(rows.select_related("person").order_by(F("ends_on").desc(nulls_first=True), "starts_on", "pk"))


def find_member(team: Team, pk: int) -> TeamMember:
    """Return one membership of a team; raises `NotThere`."""
    found = TeamMember.objects.filter(team=team, pk=pk).select_related("person", "team").first()
    if found is None:
        raise NotThere(_("Nobody of this number works in this team."))
    return found


def founders_of(team: Team) -> list[Institution]:
    """Return the institutions that the founders come from."""
    return list(team.founders_from.order_by("key"))


def reports_of(team: Team) -> list[TeamReport]:
    """Return the reports that stand, the latest first, the baseline among them."""
    rows = TeamReport.objects.filter(team=team, struck_at=None).select_related("reported_by")
    return list(rows.order_by("-stands_on", "-pk"))


def last_report(team: Team) -> TeamReport | None:
    """Return the last report that stands; None where there is none."""
    return TeamReport.objects.filter(team=team, struck_at=None).order_by("-stands_on", "-pk").first()


def report_for(team: Team, quarter_on: date | None) -> TeamReport | None:
    """Return what a team reported of a quarter, or its baseline; None where there is none."""
    rows = TeamReport.objects.filter(team=team, quarter_on=quarter_on, struck_at=None)
    return rows.select_related("reported_by").first()


def reports_visible_to(actor: Actor) -> QuerySet[TeamReport]:
    """Return the reports of the sites that the actor may know of, struck ones too, with team and site."""
    seen = sites_visible_to(actor).order_by().values("pk")
    rows = TeamReport.objects.filter(team__site__in=seen)
    return rows.select_related("team__site", "reported_by", "looked_by", "struck_by").order_by("-stands_on", "-pk")


def reports_standing(actor: Actor, team: Team) -> QuerySet[TeamReport]:
    """Return the reports of a team that stand, as the actor may see them, the latest first."""
    return reports_visible_to(actor).filter(team=team, struck_at=None)


def find_report(actor: Actor, site: Site, pk: int) -> TeamReport:
    """Return a report of a team at a site; raises `NotThere`."""
    found = reports_visible_to(actor).filter(team__site=site, pk=pk).first()
    if found is None:
        raise NotThere(_("There is no report of this number here."))
    return found


def flagged_reports(site: Site) -> QuerySet[TeamReport]:
    """Return the reports of a site that should be looked at and were not, the latest first."""
    return (
        _flagged()
        .filter(team__site=site)
        .annotate(
            reasons=Func(F("flags"), Value(" "), function="array_to_string", output_field=TextField()),
        )
        .select_related("team__site", "reported_by")
        .order_by("-reported_at", "-pk")
    )


def _flagged() -> QuerySet[TeamReport]:
    return TeamReport.objects.filter(struck_at=None, looked_at=None, flags__len__gt=0)


def funding_of(team: Team) -> list[Funding]:
    """Return the money that a team received, the latest first, without what was struck."""
    return list(Funding.objects.filter(team=team, struck_at=None).order_by("-received_on", "-pk"))


def find_funding(team: Team, pk: int) -> Funding:
    """Return one sum that a team received; raises `NotThere`."""
    found = Funding.objects.filter(team=team, pk=pk).first()
    if found is None:
        raise NotThere(_("This team has received no money of this number."))
    return found


def tenancies_of_team(team: Team) -> list[Tenancy]:
    """Return the tenancies of a team that were ever in force, the latest first, with their spaces."""
    held = TenancySpace.objects.select_related("space")
    rows = Tenancy.objects.filter(team=team, signed_at__isnull=False).prefetch_related(Prefetch("spaces", held))
    return list(rows.order_by("-starts_on", "-pk"))


def show_team(actor: Actor, pk: int) -> Shown:
    """Return a team as a reference leads to it; raises `NotThere`."""
    found = teams_visible_to(actor).filter(pk=pk).first()
    if found is None:
        raise NotThere(_("There is no team of this number among those you may see."))
    url = reverse("workspace:team", args=[found.site.key, found.key])
    return Shown(found.name, url, may_keep_teams(actor, found.site.operator_id))


def show_report(actor: Actor, pk: int) -> Shown:
    """Return a report as a reference leads to it; raises `NotThere`."""
    found = reports_visible_to(actor).filter(pk=pk).first()
    if found is None:
        raise NotThere(_("There is no report of this number among those you may see."))
    url = reverse("workspace:report", args=[found.team.site.key, found.pk])
    return Shown(found.team.name, url)


def find_teams(actor: Actor, said: str, limit: int) -> list[Found]:
    """Return the teams whose name, summary or short name holds the words; one query."""
    rows = likest(teams_visible_to(actor), said, ("name", "summary"), "key", title=("name",))[:limit]
    return [
        Found(_("Team"), one.name, reverse("workspace:team", args=[one.site.key, one.key]), one.site.name, one.likeness)
        for one in rows
    ]


def reports_to_look_at(actor: Actor, limit: int) -> list[Waiting]:
    """Return, for each site that the actor keeps, how many flagged reports wait for a look; one query."""
    mine = _kept(actor)
    if mine is None:
        return []
    rows = _flagged().filter(mine).order_by("reported_at", "pk").select_related("team__site")[:limit]
    return [
        Waiting(
            title=one.team.name,
            url=reverse("workspace:report", args=[one.team.site.key, one.pk]),
            act=_("Look at the report"),
            context=one.team.site.name,
            since=one.reported_at,
        )
        for one in rows
    ]


def count_reports_to_look_at(actor: Actor) -> QuerySet[TeamReport, Any] | None:
    """Return a one for each flagged report that waits for the actor; None where none can."""
    mine = _kept(actor)
    return None if mine is None else _flagged().filter(mine).order_by().values_list(Value(1), flat=True)


def _kept(actor: Actor) -> Q | None:
    """Return the condition that the actor keeps the site of a report's team; None where they keep none."""
    if actor.holds(*KEEPING):
        return Q()
    houses = actor.institutions(*KEEPING)
    return Q(team__site__operator__in=houses) if houses else None


def reports_due(actor: Actor, limit: int) -> list[Waiting]:
    """Return the reports that teams which the actor leads still owe, the first due first; one query."""
    if actor.is_nobody:
        return []
    rows = _owed(actor).select_related("team__site").order_by("due_on", "pk")[:limit]
    return [_owed_row(one) for one in rows]


def count_reports_due(actor: Actor) -> QuerySet[TeamMember, Any] | None:
    """Return a one for each report that a team of the actor still owes; None for nobody."""
    return None if actor.is_nobody else _owed(actor).order_by().values_list(Value(1), flat=True)


def _owed(actor: Actor) -> QuerySet[Any, Any]:
    """Return the actor's part as lead in resident teams that owe a report, with its quarter, due day and opening."""
    latest = ReportRound.objects.filter(site=OuterRef("team__site")).order_by("-quarter_on")
    said = TeamReport.objects.filter(team=OuterRef("team"), quarter_on=OuterRef("quarter_on"), struck_at=None)
    lets = Tenancy.objects.annotate(last=Coalesce("left_on", "ends_on")).filter(
        Q(last=None) | Q(last__gt=OuterRef("today")),
        team=OuterRef("team"),
        state__in=IN_FORCE,
        starts_on__lte=OuterRef("today"),
    )
    zone = "team__site__time_zone"
    leads = TeamMember.objects.filter(person__in=actor.persons, role=MemberRole.LEAD, team__kind=TeamKind.INCUBATED)
    return (
        leads.annotate(today=present_day(zone), quarter_on=Subquery(latest.values("quarter_on")[:1]))
        .annotate(due_on=Subquery(latest.values("due_on")[:1]), opened_at=Subquery(latest.values("opened_at")[:1]))
        .annotate(opened_on=day_in(zone, F("opened_at")))
        .filter(Q(ends_on=None) | Q(ends_on__gt=F("today")), starts_on__lte=F("today"))
        .filter(Exists(lets.order_by()), ~Exists(said.order_by()), opened_on__lte=F("today"))
        .annotate(closes=ExpressionWrapper(F("due_on") + Value(TAKES_FOR), output_field=DateTimeField()))
        .filter(closes__gte=F("today"))
    )


def _owed_row(row: Any) -> Waiting:
    site = row.team.site
    return Waiting(
        title=row.team.name,
        url=reverse("workspace:report-new", args=[site.key, quarter_key(row.quarter_on), row.team.key]),
        act=_("Report %(quarter)s") % {"quarter": quarter_name(row.quarter_on)},
        context=site.name,
        since=row.opened_at,
        due=datetime.combine(row.due_on, datetime.max.time(), tzinfo=row.opened_at.tzinfo),
    )
