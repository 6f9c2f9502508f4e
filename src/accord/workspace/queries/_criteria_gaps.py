"""How much is missing to meet a demand: exact, as whole teams, people and square metres, each way taken alone.

Each way leaves all else as it is: with exactly so many more (or less) the demand is met, and with one fewer it is not.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import ceil

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from accord.ui import say
from accord.workspace.enums import CriterionValue as Asked

PERCENT, TEN, THOUSAND = 100, 10, 1000

PER: Mapping[str, int] = {
    Asked.AREA_SHARE: PERCENT,
    Asked.DENSITY: THOUSAND,
    Asked.FUNDED_SHARE: PERCENT,
    Asked.STAFF_SHARE: PERCENT,
    Asked.STAFF_PER_TEN: TEN,
    Asked.MENTORS_PER_TEN: TEN,
    Asked.APPLIED_SHARE: PERCENT,
    Asked.HELD_SHARE: PERCENT,
}
"""By what the quotient of a value is multiplied; values that are no quotient are not here."""

WAYS: Mapping[str, str | Promise] = {
    "area-more": _("%(n)s m² more in operation"),
    "area-less": _("%(n)s m² less in operation"),
    "use-more": _("%(n)s m² more let or shared"),
    "teams-more": ngettext_lazy("%(n)s more team", "%(n)s more teams", "number"),
    "funded-more": ngettext_lazy("investment for %(n)s more team", "investment for %(n)s more teams", "number"),
    "fund-more": _("%(n)s %(currency)s more in the fund"),
    "cases-more": ngettext_lazy(
        "money of the fund for %(n)s more team", "money of the fund for %(n)s more teams", "number"
    ),
    "staff-trained": ngettext_lazy("training for %(n)s of the staff", "training for %(n)s of the staff", "number"),
    "staff-more": ngettext_lazy("%(n)s more professional", "%(n)s more professionals", "number"),
    "mentors-more": ngettext_lazy("%(n)s more mentor", "%(n)s more mentors", "number"),
    "applied-more": ngettext_lazy(
        "a patent application by %(n)s more team", "patent applications by %(n)s more teams", "number"
    ),
    "held-more": ngettext_lazy(
        "a valid right held by %(n)s more team", "valid rights held by %(n)s more teams", "number"
    ),
    "graduates-more": ngettext_lazy("%(n)s more graduate", "%(n)s more graduates", "number"),
}
TOP_WAYS: Mapping[str, str] = {
    Asked.AREA: "area-more",
    Asked.AREA_SHARE: "use-more",
    Asked.TEAMS: "teams-more",
    Asked.DENSITY: "teams-more",
    Asked.FUNDED_SHARE: "funded-more",
    Asked.SEED_FUND: "fund-more",
    Asked.SEED_CASES: "cases-more",
    Asked.STAFF_SHARE: "staff-trained",
    Asked.STAFF_PER_TEN: "staff-more",
    Asked.MENTORS_PER_TEN: "mentors-more",
    Asked.APPLIED_SHARE: "applied-more",
    Asked.HELD_SHARE: "held-more",
    Asked.GRADUATES: "graduates-more",
}
"""What more is needed where nothing else changes: the number above the line rises, the one below stays."""


@dataclass(frozen=True, slots=True)
class Way:
    """One way to close a gap, and how much of it."""

    code: str
    amount: int
    currency: str = ""

    @property
    def words(self) -> str:
        """Return it in words, such as “12 more teams”."""
        told = {"n": say.count(self.amount), "number": self.amount, "currency": self.currency}
        return str(WAYS[self.code] % told)


@dataclass(frozen=True, slots=True)
class Quotient:
    """A value as it is worked out: what stands above the line, and below; no quotient has nothing below."""

    value: Asked
    top: Decimal
    bottom: Decimal | None = None
    currency: str = ""

    @property
    def amount(self) -> Decimal | None:
        """Return the value itself; None where nothing stands below the line."""
        if self.bottom is None:
            return self.top
        return self.top * PER[self.value] / self.bottom if self.bottom else None

    def meets(self, least: Decimal) -> bool:
        """Say whether the value is at least so much, without rounding."""
        if self.bottom is None:
            return self.top >= least
        return bool(self.bottom) and self.top * PER[self.value] >= least * self.bottom


def ways_to_meet(quotient: Quotient, least: Decimal, *, least_area: Decimal = Decimal(0)) -> tuple[Way, ...]:
    """Return how the demand would be met; none where it is. Area is not given up below `least_area`."""
    return () if quotient.meets(least) else tuple(_ways(quotient, least, least_area))


def _ways(quotient: Quotient, least: Decimal, least_area: Decimal) -> Iterator[Way]:
    per = PER.get(quotient.value, 1)
    wanted = Fraction(least) * Fraction(quotient.bottom if quotient.bottom is not None else 1) / per
    short = ceil(wanted - Fraction(quotient.top))
    if quotient.value != Asked.STAFF_SHARE or quotient.top + short <= (quotient.bottom or 0):
        yield Way(TOP_WAYS[quotient.value], short, quotient.currency)
    if quotient.value == Asked.STAFF_SHARE and least < PERCENT:
        yield Way("staff-more", ceil((wanted - Fraction(quotient.top)) / (1 - Fraction(least) / per)))
    if quotient.value in {Asked.DENSITY, Asked.AREA_SHARE} and quotient.top and quotient.bottom:
        less = ceil(Fraction(quotient.bottom) - Fraction(quotient.top) * per / Fraction(least))
        left = quotient.bottom - less
        if left > 0 and left >= least_area:
            yield Way("area-less", less)
