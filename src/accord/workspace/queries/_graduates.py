"""Graduates: which rules of graduation the records bear out, who graduated, and what was last heard of them."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.db.models import F, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from accord.workspace.enums import Fate, FundingKind, GraduationRule
from accord.workspace.models import FollowUp, Funding, Graduation, Site, Team, TeamReport
from accord.workspace.queries._days import months_after

CURRENCY = "CNY"
CAPITAL_MINOR = 5_000_000_00
REVENUE_MINOR = 10_000_000_00
QUARTERS = 8


class Borne(StrEnum):
    """Whether records bear a rule out."""

    MET = "met"
    NOT_MET = "not_met"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Check:
    """What the records say of one rule: borne out or not, by how much, and how much of what is needed is known."""

    rule: GraduationRule
    borne: Borne
    amount_minor: int | None = None
    needed_minor: int | None = None
    quarters: int | None = None


def checks_of(team: Team, on: date) -> list[Check]:
    """Return what the records say of each rule by a day: capital and revenue are added up, the rest needs a document.

    The sums are in yuan, as the rules are; of teams with other money nothing is said. Two queries.
    """
    return [_capital(team, on), _revenue(team, on), *(Check(one, Borne.UNKNOWN) for one in BY_DOCUMENT)]


BY_DOCUMENT = (GraduationRule.HIGH_TECH, GraduationRule.MERGED, GraduationRule.LISTED)


def graduation_of(team: Team) -> Graduation | None:
    """Return the graduation that stands, if there is one."""
    return Graduation.objects.filter(team=team, struck_at=None).select_related("recorded_by").first()


def fates_of(team: Team) -> list[FollowUp]:
    """Return what was heard of a graduate, the latest first."""
    return list(FollowUp.objects.filter(team=team).select_related("recorded_by").order_by("-heard_on", "-pk"))


def graduates_at(site: Site) -> QuerySet[Graduation]:
    """Return the graduations of a site with what was last heard, the latest first; one query."""
    last = FollowUp.objects.filter(team=OuterRef("team"), heard_on__gte=OuterRef("graduated_on"))
    last = last.order_by("-heard_on", "-pk")
    return (
        Graduation.objects.filter(team__site=site, struck_at=None)
        .select_related("team__site")
        .annotate(
            heard_on=Coalesce(Subquery(last.values("heard_on")[:1]), F("graduated_on")),
            fate=Subquery(last.values("fate")[:1]),
        )
        .order_by("-graduated_on", "-pk")
    )


def fate_said(fate: str | None) -> str:
    """Return the words for what was last heard; for a team of which nothing was heard yet, that it graduated."""
    return str(Fate(fate).label) if fate else str(_("Graduated"))


def _capital(team: Team, on: date) -> Check:
    """Add up the equity that came in by a day."""
    rows = Funding.objects.filter(team=team, kind=FundingKind.EQUITY, struck_at=None, received_on__lte=on)
    sums = list(rows.values_list("currency", "amount_minor"))
    known = sum(amount for currency, amount in sums if currency == CURRENCY)
    if known > CAPITAL_MINOR:
        borne = Borne.MET
    else:
        borne = Borne.UNKNOWN if any(currency != CURRENCY for currency, _amount in sums) else Borne.NOT_MET
    return Check(GraduationRule.CAPITAL, borne, known, CAPITAL_MINOR)


def _revenue(team: Team, on: date) -> Check:
    """Return the best two years of reported quarters in a row, up to a day."""
    rows = TeamReport.objects.filter(
        team=team, struck_at=None, quarter_on__isnull=False, stands_on__lte=on, revenue_minor__isnull=False
    )
    known = {
        quarter: amount
        for quarter, amount in rows.filter(currency=CURRENCY).values_list("quarter_on", "revenue_minor")
        if quarter is not None and amount is not None
    }
    spans = [[known.get(months_after(first, 3 * number)) for number in range(QUARTERS)] for first in known]
    best = max(spans, key=lambda span: sum(one or 0 for one in span), default=[])
    total, quarters = sum(one or 0 for one in best), sum(one is not None for one in best)
    unmet = Borne.NOT_MET if quarters == QUARTERS else Borne.UNKNOWN
    borne = Borne.MET if total > REVENUE_MINOR else unmet
    return Check(GraduationRule.REVENUE, borne, total, REVENUE_MINOR, quarters)
