"""The records behind each number of a criterion as of a day: what was counted, and what was looked at and not."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Exists, Min, OuterRef, Q, QuerySet, Subquery
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accord.kernel.text import Bilingual
from accord.workspace.enums import CriterionValue as Asked
from accord.workspace.enums import FundingKind, SpaceKind, TeamKind
from accord.workspace.models import (
    FloorRun,
    Funding,
    Graduation,
    Mentor,
    SeedFund,
    Site,
    Space,
    StaffMember,
    Team,
    TeamReport,
    TeamSpan,
)
from accord.workspace.queries._criteria_file import Criterion
from accord.workspace.queries._floors import floor_words
from accord.workspace.queries._money import in_major

Words = Bilingual | str | Promise


@dataclass(frozen=True, slots=True)
class Behind:
    """One record behind a number: what it is, since when, how much, whether it counts; `kind` and `key` lead to it."""

    name: Words
    what: Words
    since: date | None = None
    amount: Decimal | None = None
    unit: str = ""
    kind: str = ""
    key: str = ""
    counts: bool = True
    person: int = 0


def records_behind(site: Site, criterion: Criterion, on: date, *, names_staff: bool) -> list[Behind]:
    """Return the records behind a criterion on a day; of staff only for those who may know their names.

    One query for each kind of record, however many there are.
    """
    asked = {one.value for one in criterion.demands}
    listers = dict.fromkeys(lister for value in Asked if value in asked for lister in LISTERS[value])
    return [row for lister in listers if names_staff or lister is not _staff for row in lister(site, on)]


def _holds(on: date, prefix: str = "") -> Q:
    begun = Q(**{f"{prefix}starts_on__lte": on})
    return begun & (Q(**{f"{prefix}ends_on": None}) | Q(**{f"{prefix}ends_on__gt": on}))


def _floors(site: Site, on: date) -> Iterator[Behind]:
    runs = FloorRun.objects.filter(_holds(on), floor__building__site=site, struck_at=None)
    for run in runs.select_related("floor__building").order_by("floor__building__position", "floor__level", "pk"):
        yield Behind(
            floor_words(run.floor),
            _("Floor in operation"),
            run.starts_on,
            run.area_m2,
            "m²",
            "floor",
            str(run.floor_id),
        )


def _lettings(site: Site, on: date) -> Iterator[Behind]:
    spans = TeamSpan.objects.filter(_holds(on), what="area", unknown_at=None, team__site=site)
    spans = spans.filter(team__kind=TeamKind.INCUBATED)
    for span in spans.select_related("team").order_by("team__key", "pk"):
        space = span.record.partition(":")[2]
        name = Bilingual.of(span.team.name)
        yield Behind(name, _("Let to a team"), span.starts_on, span.amount, "m²", "space", space)


def _commons(site: Site, on: date) -> Iterator[Behind]:
    runs = FloorRun.objects.filter(_holds(on), floor=OuterRef("floor"), struck_at=None)
    spaces = Space.objects.filter(_holds(on), Exists(runs), kind=SpaceKind.COMMON, floor__building__site=site)
    for space in spaces.order_by("floor", "position", "code", "pk"):
        name = space.name or space.code
        yield Behind(name, _("Common area"), space.starts_on, space.area_m2, "m²", "space", str(space.pk))


def _residents(site: Site, on: date) -> QuerySet[Any]:
    """Return the incubated teams that are resident on a day, each with the day since when."""
    spans = TeamSpan.objects.filter(_holds(on), team=OuterRef("pk"), what="resident", unknown_at=None)
    first = spans.order_by().values("team").annotate(first=Min("starts_on")).values("first")
    return (
        Team.objects.filter(Exists(spans), site=site, kind=TeamKind.INCUBATED)
        .annotate(since=Subquery(first))
        .order_by("key")
    )


def _teams(site: Site, on: date) -> Iterator[Behind]:
    for team in _residents(site, on):
        yield Behind(team.name, _("Resident team"), team.since, kind="team", key=team.key)


def _funded(site: Site, on: date) -> Iterator[Behind]:
    got = Funding.objects.filter(team=OuterRef("pk"), kind=FundingKind.EQUITY, struck_at=None, received_on__lte=on)
    first = got.order_by().values("team").annotate(first=Min("received_on")).values("first")
    for team in _residents(site, on).annotate(funded=Subquery(first)):
        what = _("Received investment") if team.funded else _("No investment recorded")
        yield Behind(team.name, what, team.funded, kind="team", key=team.key, counts=team.funded is not None)


def _funds(site: Site, on: date) -> Iterator[Behind]:
    for fund in SeedFund.objects.filter(_holds(on), site=site).order_by("starts_on", "pk"):
        amount = in_major(fund.amount_minor, fund.currency)
        yield Behind(_("Seed fund"), _("Set aside to invest"), fund.starts_on, amount, fund.currency, "fund")


def _cases(site: Site, on: date) -> Iterator[Behind]:
    got = Funding.objects.filter(team=OuterRef("pk"), is_from_site=True, struck_at=None, received_on__lte=on)
    first = got.order_by().values("team").annotate(first=Min("received_on")).values("first")
    for team in Team.objects.filter(Exists(got), site=site).annotate(since=Subquery(first)).order_by("key"):
        yield Behind(team.name, _("Received money of the fund"), team.since, kind="team", key=team.key)


def _staff(site: Site, on: date) -> Iterator[Behind]:
    staff = StaffMember.objects.filter(_holds(on), site=site).select_related("person")
    for one in staff.order_by("person__sort_key", "pk"):
        what = _("Professional staff") if one.is_professional else _("Other staff")
        yield Behind(
            one.person.name,
            what,
            one.starts_on,
            kind="staff",
            key=str(one.pk),
            counts=one.is_professional,
            person=one.person_id,
        )


def _mentors(site: Site, on: date) -> Iterator[Behind]:
    mentors = Mentor.objects.filter(_holds(on), site=site).select_related("person")
    for one in mentors.order_by("person__sort_key", "pk"):
        yield Behind(one.person.name, _("Mentor"), one.starts_on, kind="mentor", key=str(one.pk), person=one.person_id)


def _rights(site: Site, on: date) -> Iterator[Behind]:
    """Yield each resident team with what its last report says of intellectual property."""
    last = TeamReport.objects.filter(team=OuterRef("pk"), struck_at=None, stands_on__lte=on).order_by(
        "-stands_on", "-pk"
    )
    parts = ("stands_on", "patents_applied", "patents_held")
    for team in _residents(site, on).annotate(**{f"last_{part}": Subquery(last.values(part)[:1]) for part in parts}):
        held, applied = team.last_patents_held or 0, team.last_patents_applied or 0
        what = _what_rights(team.last_stands_on, held, applied)
        counts = bool(held or applied)
        yield Behind(team.name, what, team.last_stands_on, kind="team", key=team.key, counts=counts)


def _what_rights(reported_on: date | None, held: int, applied: int) -> Words:
    if reported_on is None:
        return _("Never reported")
    if held:
        return _("Holds a valid right")
    return _("Applied for a patent") if applied else _("Neither applied nor holds")


def _graduates(site: Site, on: date) -> Iterator[Behind]:
    found = Graduation.objects.filter(
        team__site=site, team__kind=TeamKind.INCUBATED, struck_at=None, graduated_on__lte=on
    )
    for one in found.select_related("team").order_by("graduated_on", "pk"):
        yield Behind(one.team.name, one.get_rule_display(), one.graduated_on, kind="team", key=one.team.key)


Lister = Callable[[Site, date], Iterator[Behind]]
LISTERS: Mapping[str, tuple[Lister, ...]] = {
    Asked.AREA: (_floors,),
    Asked.AREA_SHARE: (_lettings, _commons, _floors),
    Asked.TEAMS: (_teams,),
    Asked.DENSITY: (_teams, _floors),
    Asked.FUNDED_SHARE: (_funded,),
    Asked.SEED_FUND: (_funds,),
    Asked.SEED_CASES: (_cases,),
    Asked.STAFF_SHARE: (_staff,),
    Asked.STAFF_PER_TEN: (_staff, _teams),
    Asked.MENTORS_PER_TEN: (_mentors, _teams),
    Asked.APPLIED_SHARE: (_rights,),
    Asked.HELD_SHARE: (_rights,),
    Asked.GRADUATES: (_graduates,),
}
"""Where the records behind each value are found."""
