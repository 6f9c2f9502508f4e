"""Takes over the teams that a site has already: all of a register at once, by the rules that hold for each."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from decimal import Decimal

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from accord.kernel.constraints import broken
from accord.kernel.refused import Refused
from accord.people.queries import Person
from accord.workspace.enums import MemberRole, TeamKind, TenancyState
from accord.workspace.models import Site, Team, TeamMember, TeamReport, TeamSpan, Tenancy, TenancySpace
from accord.workspace.operations._count import Let, Line, Reported, area_lines, report_lines, resident_lines
from accord.workspace.operations._hold import Offered
from accord.workspace.operations._reports import Heads
from accord.workspace.operations._teams import TeamFacts
from accord.workspace.queries import Spell, flags_of, joined


class RegisterClashes(Refused):
    """Two lines of a register, or one of them and what is there, cannot both be so."""

    code = "register-clashes"


@dataclass(frozen=True, slots=True)
class Resident:
    """A team that has space under a signed contract, and how it stood when it came."""

    key: str
    facts: TeamFacts
    number: str
    spaces: Sequence[Offered]
    starts_on: date
    ends_on: date | None
    signed_at: datetime
    heads: Heads
    deposit_minor: int = 0
    is_simulated: bool = False


@dataclass(slots=True)
class _Rows:
    """What one register becomes, table by table, in the same order."""

    teams: list[Team] = field(default_factory=list)
    tenancies: list[Tenancy] = field(default_factory=list)
    lettings: list[TenancySpace] = field(default_factory=list)
    reports: list[TeamReport] = field(default_factory=list)


def take_over(*, site: Site, residents: Sequence[Resident], by: Person, at: datetime) -> list[Team]:
    """Take over teams with their running tenancies and the heads they came with; whole or not at all.

    Nobody is told: what is taken over is known already. Each contract counts as known from when it was signed. Raises
    `RegisterClashes` where a name, a number, a team or a space stands twice, and what `TeamFacts.checked` does.
    """
    try:
        with transaction.atomic():
            rows = _write(site, residents, by, at)
            TeamSpan.objects.bulk_create(
                span
                for resident, team, tenancy, report in zip(
                    residents, rows.teams, rows.tenancies, rows.reports, strict=True
                )
                for span in _spans(resident, team, tenancy, report)
            )
            return rows.teams
    except IntegrityError as error:
        raise RegisterClashes(
            _("Two teams of the register have the same name, contract or space on the same days (%(rule)s).")
            % {"rule": broken(error)}
        ) from error


def _write(site: Site, residents: Sequence[Resident], by: Person, at: datetime) -> _Rows:
    """Write teams, contracts, lettings and first reports, a statement each."""
    facts = [one.facts.checked() for one in residents]
    rows = _Rows()
    rows.teams = Team.objects.bulk_create(
        Team(
            site=site,
            key=one.key,
            is_simulated=one.is_simulated,
            registered_at=one.signed_at,
            registered_by=by,
            **known.columns(),
        )
        for one, known in zip(residents, facts, strict=True)
    )
    pairs = list(zip(residents, rows.teams, strict=True))
    TeamMember.objects.bulk_create(
        TeamMember(
            team=team,
            person_id=team.contact_id,
            role=MemberRole.LEAD,
            starts_on=one.starts_on,
            added_at=one.signed_at,
            added_by=by,
        )
        for one, team in pairs
        if team.contact_id
    )
    rows.tenancies = Tenancy.objects.bulk_create(_tenancy(site, one, team, by) for one, team in pairs)
    rows.lettings = TenancySpace.objects.bulk_create(
        TenancySpace(
            tenancy=tenancy,
            space=offered.space,
            starts_on=one.starts_on,
            ends_on=one.ends_on,
            monthly_minor=offered.monthly_minor,
            relief_percent=offered.relief_percent,
            recorded_at=one.signed_at,
            recorded_by=by,
        )
        for one, tenancy in zip(residents, rows.tenancies, strict=True)
        for offered in one.spaces
    )
    rows.reports = TeamReport.objects.bulk_create(_report(site, one, team, by, at) for one, team in pairs)
    return rows


def _tenancy(site: Site, one: Resident, team: Team, by: Person) -> Tenancy:
    return Tenancy(
        team=team,
        number=one.number,
        state=TenancyState.SIGNED,
        starts_on=one.starts_on,
        ends_on=one.ends_on,
        currency=site.currency,
        deposit_minor=one.deposit_minor,
        offered_at=one.signed_at,
        offered_by=by,
        answer_by_on=one.signed_at.date(),
        signed_at=one.signed_at,
        signed_by=by,
        is_simulated=one.is_simulated,
    )


def _report(site: Site, one: Resident, team: Team, by: Person, at: datetime) -> TeamReport:
    """Return the heads that a team came with, as its baseline."""
    areas = [offered.space.area_m2 for offered in one.spaces if offered.space.area_m2]
    return TeamReport(
        team=team,
        stands_on=one.starts_on,
        currency=site.currency if one.heads.revenue_minor is not None else "",
        flags=flags_of(one.heads.count, before=(), is_late=False, area_m2=sum(areas, Decimal(0)) or None),
        reported_at=min(max(one.signed_at, _morning(one.starts_on, one.signed_at)), at),
        reported_by=by,
        **asdict(one.heads),
    )


def _morning(day: date, like: datetime) -> datetime:
    """Return a moment of a day, at the hour of another."""
    return datetime.combine(day, like.timetz())


def _spans(one: Resident, team: Team, tenancy: Tenancy, report: TeamReport) -> Iterator[TeamSpan]:
    """Yield what measures count of the team, by the rules of `count_team`."""
    if team.kind != TeamKind.INCUBATED:
        return
    days = Spell(one.starts_on, one.ends_on)
    lets = [Let(tenancy.pk, offered.space.pk, offered.space.area_m2, days) for offered in one.spaces]
    rights = report.patents_applied + report.patents_held
    said = Reported(report.pk, report.stands_on, report.jobs, report.research_jobs, rights)
    for line in (*resident_lines(lets), *area_lines(lets)):
        yield _span(team, line, one.signed_at)
    for line in report_lines([said], joined(let.days for let in lets)):
        if line.amount:
            yield _span(team, line, report.reported_at)


def _span(team: Team, line: Line, known_at: datetime) -> TeamSpan:
    return TeamSpan(
        team=team,
        what=line.what,
        amount=line.amount,
        starts_on=line.days.starts_on,
        ends_on=line.days.ends_on,
        record=line.record,
        known_at=known_at,
    )
