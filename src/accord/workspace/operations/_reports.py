"""What teams report of themselves, quarter by quarter, and the money that they received."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.db.models import Q, Sum
from django.utils.translation import gettext_lazy as _

from accord.kernel.refused import NotThere, Refused
from accord.people.operations import use_link
from accord.people.queries import Person
from accord.workspace.enums import FundingKind
from accord.workspace.models import Funding, ReportRound, Team, TeamReport, TenancySpace
from accord.workspace.operations._count import count_team
from accord.workspace.queries import IN_FORCE, HeadCount, closes_at, day_at, flags_of, is_open


class ReportElsewhere(Refused):
    """A team reports in the rounds of its own site."""

    code = "report-elsewhere"


class ReportDay(Refused):
    """Heads are counted for a day of the quarter or after it, and not for one that is still ahead."""

    code = "report-day"


class RoundOver(Refused):
    """The round takes no reports any more; whoever keeps the teams still may correct one."""

    code = "round-over"
    status = 410


class FundingOdd(Refused):
    """Money that came in is some, has a currency, and came by today."""

    code = "funding-odd"


@dataclass(frozen=True, slots=True)
class Heads:
    """What a team says of itself; revenue is in minor units of the site's currency."""

    jobs: int
    research_jobs: int
    part_time: int = 0
    interns: int = 0
    patents_applied: int = 0
    patents_held: int = 0
    revenue_minor: int | None = None
    note: str = ""

    @property
    def count(self) -> HeadCount:
        """Return the numbers that are looked at for oddness."""
        return HeadCount(
            self.jobs, self.research_jobs, self.part_time, self.interns, self.patents_applied, self.patents_held
        )


@dataclass(frozen=True, slots=True)
class Received:
    """Money that a team says it received."""

    kind: str
    amount_minor: int
    currency: str
    received_on: date
    source: str = ""


@transaction.atomic
def report_quarter(
    *,
    team: Team,
    round: ReportRound,  # noqa: A002 (the product's word for it)
    heads: Heads,
    stands_on: date,
    by: Person,
    at: datetime,
    funding: Sequence[Received] = (),
) -> TeamReport:
    """Take a team's report of a quarter; another one strikes it and stands in its place. The same changes nothing.

    What should be looked at is flagged, not refused. Measures count the heads from `stands_on` at once. Raises
    `ReportElsewhere`, `ReportDay`, and `FundingOdd`.
    """
    if round.site_id != team.site_id:
        raise ReportElsewhere(_("This round is of another work space. Choose one of the team's own."))
    if stands_on < round.quarter_on:
        words = _("Count the heads for a day of the quarter or after it: %(day)s at the earliest.")
        raise ReportDay(words % {"day": round.quarter_on.isoformat()}, field="stands_on")
    held = Team.objects.select_for_update(of=("self",), no_key=True).select_related("site").get(pk=team.pk)
    is_late = day_at(held.site, at) > round.due_on
    report = _put(held, heads, stands_on, round.quarter_on, is_late=is_late, by=by, at=at)
    for one in funding:
        _receive(held, one, by=by, at=at, is_from_site=False)
    return report


@transaction.atomic
def report_by_link(
    *,
    link: int,
    team: Team,
    round: ReportRound,  # noqa: A002 (the product's word for it)
    heads: Heads,
    stands_on: date,
    at: datetime,
    funding: Sequence[Received] = (),
) -> TeamReport:
    """Take a report in the name of whoever a link is for; link and report are used and kept together.

    Raises `LinkEnded`, `RoundOver`, and what `report_quarter` does; the link is then not used.
    """
    used = use_link(link_id=link, at=at)
    if used.record != f"team:{team.pk}":
        raise NotThere(_("This link is for another team."))
    refuse_over(round, at)
    return report_quarter(
        team=team, round=round, heads=heads, stands_on=stands_on, funding=funding, by=used.person, at=at
    )


def refuse_over(round_: ReportRound, at: datetime) -> None:
    """Raise `RoundOver` for a round that takes no reports any more."""
    if not is_open(round_, at):
        last = day_at(round_.site, closes_at(round_)).isoformat()
        raise RoundOver(
            _("This round took reports until %(day)s. Tell the operator of the work space what must change.")
            % {"day": last}
        )


@transaction.atomic
def record_baseline(*, team: Team, heads: Heads, stands_on: date, by: Person, at: datetime) -> TeamReport:
    """Record how a team stood when it came; another one stands in its place. Raises `ReportDay`."""
    held = Team.objects.select_for_update(of=("self",), no_key=True).select_related("site").get(pk=team.pk)
    return _put(held, heads, stands_on, None, is_late=False, by=by, at=at)


@transaction.atomic
def strike_report(*, report: TeamReport, by: Person, at: datetime) -> TeamReport:
    """Strike a report that was taken by mistake; it stays in the history. Twice changes nothing."""
    team = Team.objects.select_for_update(of=("self",), no_key=True).get(pk=report.team_id)
    held = TeamReport.objects.select_for_update(of=("self",)).get(pk=report.pk)
    if held.struck_at is None:
        _strike(held, by, at)
        count_team(team=team, at=at)
    return held


@transaction.atomic
def look_at_report(*, report: TeamReport, by: Person, at: datetime) -> TeamReport:
    """Keep that somebody looked at a flagged report and lets it stand. Twice changes nothing."""
    held = TeamReport.objects.select_for_update(of=("self",)).get(pk=report.pk)
    if held.looked_at is None:
        held.looked_at, held.looked_by = at, by
        held.save(update_fields=["looked_at", "looked_by"])
    return held


@transaction.atomic
def record_funding(
    *,
    team: Team,
    kind: str,
    amount_minor: int,
    currency: str,
    received_on: date,
    by: Person,
    at: datetime,
    source: str = "",
    is_from_site: bool = False,
) -> Funding:
    """Record money that a team received; the same again changes nothing. Raises `FundingOdd`."""
    held = Team.objects.select_for_update(of=("self",), no_key=True).select_related("site").get(pk=team.pk)
    received = Received(FundingKind(kind), amount_minor, currency.strip().upper(), received_on, source.strip())
    return _receive(held, received, by=by, at=at, is_from_site=is_from_site)


@transaction.atomic
def strike_funding(*, funding: Funding, by: Person, at: datetime) -> Funding:
    """Strike money that was recorded by mistake; it no longer counts. Twice changes nothing."""
    held = Funding.objects.select_for_update(of=("self",)).get(pk=funding.pk)
    if held.struck_at is None:
        held.struck_at, held.struck_by = at, by
        held.save(update_fields=["struck_at", "struck_by"])
    return held


def _put(
    team: Team, heads: Heads, stands_on: date, quarter_on: date | None, *, is_late: bool, by: Person, at: datetime
) -> TeamReport:
    """Let a report stand for a quarter or, without one, as the baseline; the team is locked."""
    if stands_on > day_at(team.site, at):
        raise ReportDay(_("Count the heads for today or a day before."), field="stands_on")
    there = TeamReport.objects.filter(team=team, quarter_on=quarter_on, struck_at=None).first()
    if there is not None and _says(there, heads, stands_on):
        return there
    if there is not None:
        _strike(there, by, at)
    made = TeamReport.objects.create(
        team=team,
        quarter_on=quarter_on,
        stands_on=stands_on,
        currency=team.site.currency if heads.revenue_minor is not None else "",
        flags=flags_of(
            heads.count,
            before=() if quarter_on is None else _before(team, stands_on),
            is_late=is_late,
            area_m2=let_area(team, stands_on),
        ),
        reported_at=at,
        reported_by=by,
        **asdict(heads),
    )
    count_team(team=team, at=at)
    return made


def _says(report: TeamReport, heads: Heads, stands_on: date) -> bool:
    """Say whether a report says this already."""
    return report.stands_on == stands_on and all(getattr(report, name) == said for name, said in asdict(heads).items())


def _strike(report: TeamReport, by: Person, at: datetime) -> None:
    report.struck_at, report.struck_by = at, by
    report.save(update_fields=["struck_at", "struck_by"])


def _before(team: Team, day: date) -> list[HeadCount]:
    """Return what the team reported for the days before, the latest first."""
    rows = TeamReport.objects.filter(team=team, struck_at=None, stands_on__lt=day).order_by("-stands_on", "-pk")
    return [
        HeadCount(row.jobs, row.research_jobs, row.part_time, row.interns, row.patents_applied, row.patents_held)
        for row in rows[:4]
    ]


def let_area(team: Team, on: date) -> Decimal | None:
    """Return the area that a team has on a day; None where it has none, or none that was measured."""
    rows = TenancySpace.objects.filter(
        Q(ends_on=None) | Q(ends_on__gt=on),
        tenancy__team=team,
        tenancy__state__in=IN_FORCE,
        is_held=True,
        starts_on__lte=on,
    )
    area: Decimal | None = rows.aggregate(area=Sum("space__area_m2"))["area"]
    return area


def _receive(team: Team, received: Received, *, by: Person, at: datetime, is_from_site: bool) -> Funding:
    """Write money down once; the team is locked."""
    if received.amount_minor <= 0:
        raise FundingOdd(_("Enter an amount above zero."), field="amount")
    if received.received_on > day_at(team.site, at):
        raise FundingOdd(_("Enter money on the day it came in, today or before."), field="received_on")
    if len(received.currency) != len("CNY") or not received.currency.isalpha():
        raise FundingOdd(_("Enter the currency in three letters, such as CNY or GBP."), field="currency")
    said = asdict(received)
    there = Funding.objects.filter(team=team, struck_at=None, is_from_site=is_from_site, **said).first()
    return there or Funding.objects.create(team=team, is_from_site=is_from_site, recorded_at=at, recorded_by=by, **said)
