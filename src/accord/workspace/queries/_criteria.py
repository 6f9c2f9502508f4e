"""How a site stands against the criteria of a zone as of a day: met, not met or not measured, and what is missing."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accord.kernel.refused import NotThere
from accord.ui import say
from accord.workspace.enums import CriterionState as State
from accord.workspace.enums import CriterionValue as Asked
from accord.workspace.models import Site
from accord.workspace.queries._criteria_file import Criterion, Demand, RuleSet, rule_sets
from accord.workspace.queries._criteria_gaps import Quotient, Way, ways_to_meet
from accord.workspace.queries._criteria_values import Counts, counts_on
from accord.workspace.queries._days import months_after
from accord.workspace.queries._money import in_major

QUARTERS, MONTHS = 10, 24
PERIODS = {"quarter": (3, QUARTERS), "month": (1, MONTHS)}
"""How many months a period has, and how many periods the history shows."""

UNITS: Mapping[str, str | Promise] = {
    Asked.AREA: _("m²"),
    Asked.AREA_SHARE: "%",
    Asked.TEAMS: _("teams"),
    Asked.DENSITY: _("teams per 1,000 m²"),
    Asked.FUNDED_SHARE: "%",
    Asked.SEED_FUND: "",
    Asked.SEED_CASES: _("teams with money of the fund"),
    Asked.STAFF_SHARE: "%",
    Asked.STAFF_PER_TEN: _("per 10 teams"),
    Asked.MENTORS_PER_TEN: _("per 10 teams"),
    Asked.APPLIED_SHARE: _("percent applied for a patent"),
    Asked.HELD_SHARE: _("percent hold a valid right"),
    Asked.GRADUATES: _("graduates"),
}
UNKNOWN: Mapping[str, str | Promise] = {
    Asked.AREA: _("No floor was in operation by this day."),
    Asked.AREA_SHARE: _("No floor is in operation on this day."),
    Asked.TEAMS: _("No incubated team was resident by this day."),
    Asked.DENSITY: _("No floor is in operation, or no team was ever resident."),
    Asked.FUNDED_SHARE: _("No investment in a team is recorded, or no team is resident."),
    Asked.SEED_FUND: _("No seed fund in this currency is recorded."),
    Asked.SEED_CASES: _("Neither a seed fund nor money received by a team is recorded."),
    Asked.STAFF_SHARE: _("No staff is recorded for this day."),
    Asked.STAFF_PER_TEN: _("No staff is recorded, or no team is resident."),
    Asked.MENTORS_PER_TEN: _("No mentor is recorded, or no team is resident."),
    Asked.APPLIED_SHARE: _("No resident team has reported."),
    Asked.HELD_SHARE: _("No resident team has reported."),
    Asked.GRADUATES: _("No incubated team was resident by this day."),
}


@dataclass(frozen=True, slots=True)
class Answer:
    """A demand as it stands: the number, if it is measured, and the ways to what is missing."""

    demand: Demand
    state: State
    quotient: Quotient | None
    ways: tuple[Way, ...] = ()

    @property
    def amount(self) -> Decimal | None:
        """Return the number; None where it is not measured."""
        return self.quotient.amount if self.quotient else None

    @property
    def unit(self) -> str:
        """Return what the number is in."""
        return self.demand.currency or str(UNITS[self.demand.value])

    @property
    def said(self) -> str:
        """Return the number with what it is worked out from, in words."""
        if self.quotient is None or self.amount is None:
            return str(UNKNOWN[self.demand.value])
        number = _with_unit(self.amount, self.unit)
        if self.quotient.bottom is None:
            return number
        parts = {"top": say.count(self.quotient.top), "bottom": say.count(self.quotient.bottom), "number": number}
        return str(_("%(number)s: %(top)s of %(bottom)s") % parts)

    @property
    def asked(self) -> str:
        """Return what is asked for, in words."""
        if self.demand.at_least is None:
            return str(_("no number stated"))
        return str(_("at least %(number)s") % {"number": _with_unit(self.demand.at_least, self.unit)})

    @property
    def gap(self) -> str:
        """Return the ways to what is missing, in words; empty where nothing is."""
        return str(_(", or ")).join(way.words for way in self.ways)


@dataclass(frozen=True, slots=True)
class Standing:
    """A criterion as it stands on a day."""

    criterion: Criterion
    day: date
    state: State
    answers: tuple[Answer, ...]

    @property
    def gap(self) -> str:
        """Return what is missing, in words: of all demands, or of any one."""
        if self.state == State.UNMEASURED:
            return " ".join(dict.fromkeys(one.said for one in self.answers if one.state == State.UNMEASURED))
        if self.state != State.UNMET:
            return ""
        said = [one.gap for one in self.answers if one.gap]
        return str(_(", or ") if self.criterion.is_any else _("; and ")).join(said)

    @property
    def first(self) -> Answer:
        """Return the answer that stands for the criterion: of several, the first that stands as the whole does."""
        return next((one for one in self.answers if one.state == self.state), self.answers[0])


@dataclass(frozen=True, slots=True)
class Checklist:
    """All criteria of a set as they stand on a day, and each of them on the days before."""

    rules: RuleSet
    day: date
    standings: tuple[Standing, ...]
    history: Mapping[str, Sequence[Standing]]

    def count(self, state: State) -> int:
        """Return how many criteria stand so."""
        return sum(one.state == state for one in self.standings)


def _with_unit(amount: Decimal, unit: str) -> str:
    """Return a number with its unit, close up in Chinese."""
    return f"{say.count(amount)}{unit}" if say.is_chinese() else f"{say.count(amount)} {unit}"


def find_rules(key: str) -> RuleSet:
    """Return a set of rules by its key; raises `NotThere`."""
    found = next((one for one in rule_sets() if one.key == key), None)
    if found is None:
        raise NotThere(_("There is no set of criteria of this name."))
    return found


def checklist(site: Site, rules: RuleSet, on: date, *, by: str = "quarter") -> Checklist:
    """Return how a site stands against a set of rules on a day, and how it stood before; one query."""
    days = [*days_before(on, by), on]
    counted = counts_on(site, days)
    stood = {day: judged(rules, counted[day]) for day in days}
    history = {one.code: tuple(stood[day][number] for day in days) for number, one in enumerate(rules.criteria)}
    return Checklist(rules, on, stood[on], history)


def days_before(on: date, by: str) -> list[date]:
    """Return the last days of the quarters or months that ended before a day, the earliest first."""
    months, number = PERIODS.get(by, PERIODS["quarter"])
    begun = date(on.year, (on.month - 1) // months * months + 1, 1)
    ends = [months_after(begun, -months * back) - timedelta(days=1) for back in range(number)]
    return sorted(day for day in ends if day < on)


def judged(rules: RuleSet, counts: Counts) -> tuple[Standing, ...]:
    """Return how each criterion stands by these counts."""
    least_area = _least_area(rules)
    return tuple(_standing(one, counts, least_area) for one in rules.criteria)


def _least_area(rules: RuleSet) -> Decimal:
    """Return the area that the same rules ask for, so that no gap is closed by opening another."""
    asked = (each for one in rules.criteria for each in one.demands if each.value == Asked.AREA)
    return max((one.at_least or Decimal(0) for one in asked), default=Decimal(0))


def _standing(criterion: Criterion, counts: Counts, least_area: Decimal) -> Standing:
    answers = tuple(_answer(demand, counts, least_area) for demand in criterion.demands)
    return Standing(criterion, counts.day, _joined([one.state for one in answers], criterion.is_any), answers)


def _answer(demand: Demand, counts: Counts, least_area: Decimal) -> Answer:
    quotient = quotient_of(demand, counts)
    if quotient is None or quotient.amount is None:
        return Answer(demand, State.UNMEASURED, None)
    if demand.at_least is None:
        return Answer(demand, State.UNBOUND, quotient)
    ways = ways_to_meet(quotient, demand.at_least, least_area=least_area)
    return Answer(demand, State.UNMET if ways or not quotient.meets(demand.at_least) else State.MET, quotient, ways)


def _joined(states: Collection[State], is_any: bool) -> State:  # noqa: FBT001 (how the file joins them)
    """Return how a criterion stands whose demands stand so."""
    order = (State.MET, State.UNMEASURED, State.UNMET) if is_any else (State.UNMET, State.UNMEASURED, State.MET)
    return next((state for state in order if state in states), State.UNBOUND)


def quotient_of(demand: Demand, counts: Counts) -> Quotient | None:
    """Return a value as it is worked out from the counts; None where one of them is not known."""
    if demand.value == Asked.SEED_FUND:
        minor = counts.funds_minor.get(demand.currency)
        return (
            None
            if minor is None
            else Quotient(demand.value, in_major(minor, demand.currency), currency=demand.currency)
        )
    parts = PARTS[demand.value](counts)
    if any(part is None for part in parts):
        return None
    known = [Decimal(part) for part in parts if part is not None]
    return Quotient(demand.value, known[0], known[1] if len(known) > 1 else None)


PARTS: Mapping[str, Callable[[Counts], tuple[Decimal | int | None, ...]]] = {
    Asked.AREA: lambda counts: (counts.area,),
    Asked.AREA_SHARE: lambda counts: (counts.let + counts.common, counts.area),
    Asked.TEAMS: lambda counts: (counts.teams,),
    Asked.DENSITY: lambda counts: (counts.teams, counts.area),
    Asked.FUNDED_SHARE: lambda counts: (counts.funded, counts.teams),
    Asked.SEED_CASES: lambda counts: (counts.cases,),
    Asked.STAFF_SHARE: lambda counts: (counts.professionals, counts.staff),
    Asked.STAFF_PER_TEN: lambda counts: (counts.professionals, counts.teams),
    Asked.MENTORS_PER_TEN: lambda counts: (counts.mentors, counts.teams),
    Asked.APPLIED_SHARE: lambda counts: (counts.applied, counts.teams),
    Asked.HELD_SHARE: lambda counts: (counts.held, counts.teams),
    Asked.GRADUATES: lambda counts: (counts.graduates,),
}
"""What stands above the line of each value, and below where it is a quotient."""
