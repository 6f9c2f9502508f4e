"""What a site gave its teams over a period: rent relief by day, hours of mentors, services. Worked out from records."""

from calendar import monthrange
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from accord.kernel.text import Bilingual
from accord.workspace.enums import SessionState, TenancyState
from accord.workspace.models import MentorSession, ServiceUse, Site, Team, TenancySpace
from accord.workspace.queries._days import ONE_DAY, Spell, months_after

HUNDRED = Decimal(100)
MINUTES = Decimal(60)


@dataclass(frozen=True, slots=True)
class BenefitLine:
    """One thing that a team was given: what, over which days, how much of it, and what it is worth."""

    kind: str
    what: Bilingual | str
    days: Spell
    quantity: Decimal
    unit: Bilingual | str
    value_minor: int
    rent_minor: int | None = None


@dataclass(slots=True)
class Benefits:
    """What one team was given over a period."""

    team: Team
    lines: list[BenefitLine] = field(default_factory=list)

    def worth(self, kind: str) -> int:
        """Return what all of a kind is worth, in minor units."""
        return sum(line.value_minor for line in self.lines if line.kind == kind)

    @property
    def relief_minor(self) -> int:
        """Return the rent that was waived."""
        return self.worth("relief")

    @property
    def mentor_hours(self) -> Decimal:
        """Return the hours that mentors gave."""
        return sum((line.quantity for line in self.lines if line.kind == "mentor"), Decimal(0))

    @property
    def mentor_minor(self) -> int:
        """Return what these hours are worth, at the value that was stated; nothing where none was."""
        return self.worth("mentor")

    @property
    def services_minor(self) -> int:
        """Return what services were worth beyond their price."""
        return self.worth("service")

    @property
    def total_minor(self) -> int:
        """Return what all of it is worth."""
        return sum(line.value_minor for line in self.lines)


def benefits_of(team: Team, period: Spell, hour_minor: int | None = None) -> Benefits:
    """Return what one team was given over a period; three queries."""
    return _benefits(team.site, period, hour_minor, [team])[team.pk]


def benefits_at(site: Site, period: Spell, hour_minor: int | None = None) -> list[Benefits]:
    """Return what each team of a site was given over a period, by name; teams that were given nothing are left out.

    Four queries, however many teams.
    """
    teams = Team.objects.filter(site=site).select_related("site").order_by("key")
    found = _benefits(site, period, hour_minor, list(teams))
    return [one for one in found.values() if one.lines]


def relief_of(monthly_minor: int, percent: Decimal, days: Spell) -> int:
    """Return the share of a monthly rent that falls on some days: each day is one part of its month; rounded half up.

    With a percent of 100 it is the rent of these days.
    """
    parts = sum((Decimal(part.days()) / _month_days(part.starts_on) for part in by_month(days)), Decimal(0))
    return int((monthly_minor * percent / HUNDRED * parts).quantize(Decimal(1), ROUND_HALF_UP))


def by_month(days: Spell) -> Iterator[Spell]:
    """Yield the days month by month."""
    start = days.starts_on
    while days.ends_on is not None and start < days.ends_on:
        following = months_after(start.replace(day=1), 1)
        yield Spell(start, min(following, days.ends_on))
        start = following


def _benefits(site: Site, period: Spell, hour_minor: int | None, teams: Sequence[Team]) -> dict[int, Benefits]:
    found = {team.pk: Benefits(team) for team in teams}
    for source in (_relief(period, found), _services(period, found), _hours(site, period, hour_minor, found)):
        for team, line in source:
            found[team].lines.append(line)
    return found


def _relief(period: Spell, teams: dict[int, Benefits]) -> Iterator[tuple[int, BenefitLine]]:
    """Yield the rent that was waived for each space, over the days on which it was held."""
    rows = TenancySpace.objects.filter(
        is_held=True,
        relief_percent__gt=0,
        tenancy__state__in=[TenancyState.SIGNED, TenancyState.ENDED],
        tenancy__team__in=teams,
        starts_on__lt=period.ends_on,
    )
    for row in rows.select_related("tenancy", "space").order_by("starts_on", "space__code", "pk"):
        days = period.within(Spell(row.starts_on, row.ends_on))
        if days is None or row.starts_on == row.ends_on:
            continue
        yield (
            row.tenancy.team_id,
            BenefitLine(
                kind="relief",
                what=_("Rent relief of %(percent)s %% for %(space)s")
                % {"percent": f"{row.relief_percent.normalize():f}", "space": row.space.code},
                days=days,
                quantity=Decimal(days.days()),
                unit=Bilingual("days", "天"),
                value_minor=relief_of(row.monthly_minor, row.relief_percent, days),
                rent_minor=relief_of(row.monthly_minor, HUNDRED, days),
            ),
        )


def _services(period: Spell, teams: dict[int, Benefits]) -> Iterator[tuple[int, BenefitLine]]:
    """Yield each use of a service."""
    rows = ServiceUse.objects.filter(
        team__in=teams, struck_at=None, used_on__gte=period.starts_on, used_on__lt=period.ends_on
    )
    for row in rows.select_related("service").order_by("used_on", "pk"):
        days = Spell(row.used_on, row.used_on + ONE_DAY)
        yield (
            row.team_id,
            BenefitLine("service", row.service.name, days, row.quantity, row.service.unit, row.value_minor),
        )


def _hours(
    site: Site, period: Spell, hour_minor: int | None, teams: dict[int, Benefits]
) -> Iterator[tuple[int, BenefitLine]]:
    """Yield the hours that each mentor gave a team, together."""
    zone = ZoneInfo(site.time_zone)
    rows = MentorSession.objects.filter(
        team__in=teams,
        state=SessionState.HELD,
        starts_at__gte=_midnight(period.starts_on, zone),
        starts_at__lt=_midnight(period.ends_on or date.max, zone),
    )
    together: dict[tuple[int, int], list[MentorSession]] = defaultdict(list)
    for row in rows.select_related("mentor__person").order_by("starts_at", "pk"):
        if row.team_id is not None:
            together[(row.team_id, row.mentor_id)].append(row)
    for (team, _mentor), held in together.items():
        hours = sum(one.minutes for one in held) / MINUTES
        yield (
            team,
            BenefitLine(
                kind="mentor",
                what=held[0].mentor.person.name,
                days=Spell(
                    held[0].starts_at.astimezone(zone).date(), held[-1].starts_at.astimezone(zone).date() + ONE_DAY
                ),
                quantity=hours.quantize(Decimal("0.01")),
                unit=Bilingual("hours", "小时"),
                value_minor=int((hours * (hour_minor or 0)).quantize(Decimal(1), ROUND_HALF_UP)),
            ),
        )


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=zone)


def _month_days(day: date) -> int:
    return monthrange(day.year, day.month)[1]
