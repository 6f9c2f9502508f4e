"""What measures count of a team, worked out anew from tenancies, reports, the graduation and follow-ups.

The rules are those of the catalogue: a team is resident while a tenancy of it is in force and holds a space, and only
where it is incubated; heads count from the day of the report they stand in, for a year at most, while it is resident;
a graduate counts for five years, not once it ceased, and not while nobody heard of it for over a year.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.db.models import F, Q

from accord.workspace.enums import Fate, GraduationRule, TeamKind, TenancyState
from accord.workspace.models import FollowUp, Graduation, Team, TeamReport, TeamSpan, TenancySpace
from accord.workspace.queries import ONE_DAY, Spell, joined, years_after

FOLLOWED_YEARS = 5
FRESH_YEARS = 1
IN_FORCE = (TenancyState.SIGNED, TenancyState.ENDED)


@dataclass(frozen=True, slots=True)
class Line:
    """What should hold of a team over some days."""

    what: str
    amount: Decimal
    days: Spell
    record: str


@dataclass(frozen=True, slots=True)
class Let:
    """A space that a tenancy in force holds over some days."""

    tenancy: int
    space: int
    area_m2: Decimal | None
    days: Spell


@dataclass(frozen=True, slots=True)
class Reported:
    """Heads and intellectual property as of a day."""

    report: int
    stands_on: date
    jobs: int
    research_jobs: int
    rights: int


@dataclass(frozen=True, slots=True)
class Heard:
    """How a graduate fared on a day."""

    on: date
    fate: str


def count_team(*, team: Team, at: datetime) -> None:
    """Bring what measures count of a team in line with its records; nothing changes where nothing differs.

    Lines that no longer hold are closed at `at`, so that what was known on the days before stays as it was.
    """
    with transaction.atomic():
        held = Team.objects.select_for_update(no_key=True).get(pk=team.pk)
        wanted = set(_lines_of(held))
        gone = []
        for span in TeamSpan.objects.filter(team=held, unknown_at=None):
            line = Line(span.what, span.amount, Spell(span.starts_on, span.ends_on), span.record)
            if line in wanted:
                wanted.remove(line)
            else:
                gone.append(span)
        _close(gone, at)
        _open(held, wanted, at)


def count_teams(*, teams: Collection[Team], at: datetime) -> None:
    """Count several teams, one after the other in the order of their numbers."""
    for team in sorted(teams, key=lambda one: one.pk):
        count_team(team=team, at=at)


def resident_lines(lets: Sequence[Let]) -> Iterator[Line]:
    """Yield that the team is resident, for each tenancy, while it holds any space."""
    for tenancy in sorted({let.tenancy for let in lets}):
        for spell in joined(let.days for let in lets if let.tenancy == tenancy):
            yield Line("resident", Decimal(1), spell, f"tenancy:{tenancy}")


def area_lines(lets: Sequence[Let]) -> Iterator[Line]:
    """Yield the area of each space that is let; spaces without one have none to count."""
    for let in lets:
        if let.area_m2:
            yield Line("area", let.area_m2, let.days, f"space:{let.space}")


def report_lines(reports: Sequence[Reported], resident: Sequence[Spell]) -> Iterator[Line]:
    """Yield the heads that were last reported while the team is resident, and that it has rights of its own."""
    last_of_day = {one.stands_on: one for one in sorted(reports, key=lambda one: one.report)}
    ordered = [last_of_day[day] for day in sorted(last_of_day)]
    for number, report in enumerate(ordered):
        until = ordered[number + 1].stands_on if number + 1 < len(ordered) else None
        stands = Spell(report.stands_on, until)
        fresh = stands.within(Spell(report.stands_on, _stale_on(report.stands_on)))
        record = f"report:{report.report}"
        for spell in resident:
            if fresh and (days := fresh.within(spell)):
                yield Line("jobs", Decimal(report.jobs), days, record)
                yield Line("research_jobs", Decimal(report.research_jobs), days, record)
            if report.rights and (days := stands.within(spell)):
                yield Line("ip", Decimal(1), days, record)


def surviving_lines(team: int, heard: Sequence[Heard]) -> Iterator[Line]:
    """Yield that a graduate counts; the first thing heard of it is its graduation."""
    first = heard[0].on
    followed = Spell(first, years_after(first, FOLLOWED_YEARS))
    alive = []
    for number, one in enumerate(heard):
        until = heard[number + 1].on if number + 1 < len(heard) else None
        if one.fate == Fate.CEASED or until == one.on:
            continue
        spell = Spell(one.on, until)
        known = spell if one.fate == Fate.MERGED else spell.within(Spell(one.on, _stale_on(one.on)))
        if known and (days := known.within(followed)):
            alive.append(days)
    for days in joined(alive):
        yield Line("surviving", Decimal(1), days, f"team:{team}")


def _stale_on(day: date) -> date:
    """Return the first day on which something that stands for a day is over a year old."""
    return years_after(day, FRESH_YEARS) + ONE_DAY


def _lines_of(team: Team) -> Iterator[Line]:
    if team.kind == TeamKind.INCUBATED:
        lets = _lets_of(team)
        yield from resident_lines(lets)
        yield from area_lines(lets)
        for line in report_lines(_reports_of(team), joined(let.days for let in lets)):
            if line.amount:
                yield line
    if heard := _heard_of(team):
        yield from surviving_lines(team.pk, heard)


def _lets_of(team: Team) -> list[Let]:
    """Return what tenancies in force hold, cut to their terms."""
    rows = TenancySpace.objects.filter(is_held=True, tenancy__team=team, tenancy__state__in=IN_FORCE)
    lets = []
    for row in rows.filter(_takes_days()).select_related("tenancy", "space").order_by("pk"):
        term = Spell(row.tenancy.starts_on, row.tenancy.left_on or row.tenancy.ends_on)
        if term.starts_on != term.ends_on and (days := Spell(row.starts_on, row.ends_on).within(term)):
            lets.append(Let(row.tenancy_id, row.space_id, row.space.area_m2, days))
    return lets


def _takes_days() -> Q:
    """Return the condition that a letting has any day at all."""
    return Q(ends_on=None) | Q(ends_on__gt=F("starts_on"))


def _reports_of(team: Team) -> list[Reported]:
    rows = TeamReport.objects.filter(team=team, struck_at=None).order_by("stands_on", "pk")
    return [
        Reported(row.pk, row.stands_on, row.jobs, row.research_jobs, row.patents_applied + row.patents_held)
        for row in rows
    ]


def _heard_of(team: Team) -> list[Heard]:
    """Return the graduation as the first thing heard, and what was heard since; nothing of who did not graduate."""
    graduation = Graduation.objects.filter(team=team, struck_at=None).first()
    if graduation is None:
        return []
    fate = Fate.MERGED if graduation.rule == GraduationRule.MERGED else Fate.TRADING
    rows = FollowUp.objects.filter(team=team, heard_on__gte=graduation.graduated_on).order_by("heard_on", "pk")
    return [Heard(graduation.graduated_on, fate), *(Heard(row.heard_on, row.fate) for row in rows)]


def _close(spans: Sequence[TeamSpan], at: datetime) -> None:
    for span in spans:
        span.unknown_at = max(at, span.known_at)
        span.save(update_fields=["unknown_at"])


def _open(team: Team, lines: Collection[Line], at: datetime) -> None:
    TeamSpan.objects.bulk_create(
        TeamSpan(
            team=team,
            what=line.what,
            amount=line.amount,
            starts_on=line.days.starts_on,
            ends_on=line.days.ends_on,
            record=line.record,
            known_at=at,
        )
        for line in sorted(lines, key=lambda one: (one.what, one.days.starts_on, one.record))
    )
