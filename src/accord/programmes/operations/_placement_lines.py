"""What should be counted of somebody's placements, by the rules of the catalogue; values in, lines out.

All placements of one person that count for one agreement are looked at together: a person counts once in an academic
year and direction, a day and a month once, a candidate and a job once, whatever was recorded in which order.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from accord.kernel.text import Bilingual
from accord.programmes.enums import Counted, Side
from accord.programmes.operations._counted_lines import Line
from accord.programmes.queries import ONE_DAY, Spell, joined, month_of, months_after

ACADEMIC_YEAR_BEGINS = 9
MONTHS_TO_BE_HIRED = 12
THIRTIETH = Decimal("0.033333")
"""Of a month; `queries.counted_as_changes` rounds what days add up to."""
THOUSANDTH = Decimal("0.001")
FULL_TIME = 100


@dataclass(frozen=True, slots=True)
class Evaluated:
    """What a side said of the whole: when it first did, when it last did, and the score that stands."""

    side: str
    first_on: date
    last_on: date
    score: int | None


@dataclass(frozen=True, slots=True)
class Stay:
    """A placement that somebody arrived at, as far as it is counted."""

    pk: int
    programme: int
    counts: tuple[Counted, ...]
    reference: str
    host: int
    home: int | None
    arrived_on: date
    ends_on: date
    left_on: date | None = None
    is_broken_off: bool = False
    evaluated: tuple[Evaluated, ...] = ()
    sides: tuple[str, ...] = (Side.PERSON, Side.HOST)
    hired_on: date | None = None
    degree_on: date | None = None
    percent: int = FULL_TIME
    unpaid: tuple[Spell, ...] = ()
    supervised: tuple[tuple[str, Spell], ...] = ()
    promise: int | None = None
    is_simulated: bool = False

    @property
    def spent(self) -> Spell:
        """Return the days of the stay: to the last day there, or to the agreed one while it runs."""
        return Spell(self.arrived_on, (self.left_on or max(self.ends_on, self.arrived_on)) + ONE_DAY)

    @property
    def completed_on(self) -> date | None:
        """Return the day on which it was completed: the second end evaluation is in, and the last day was reached."""
        first = {one.side: one.first_on for one in self.evaluated}
        if self.left_on is None or self.is_broken_off or not set(self.sides) <= set(first):
            return None
        return max(self.left_on, *(first[side] for side in self.sides))

    @property
    def direction(self) -> str:
        """Return from where somebody comes; one whom nobody sent is told apart by where they go."""
        return f"from:{self.home}" if self.home else f"to:{self.host}"

    def line(self, what: Counted, amount: Decimal, on_day: date, *, until: date | None = None, part: str = "") -> Line:
        """Return a line of this placement."""
        return Line(
            programme=self.programme,
            what=what,
            record=f"placement:{self.pk}",
            part=part,
            label=Bilingual(self.reference, self.reference),
            amount=amount,
            starts_on=on_day,
            ends_on=until,
            is_simulated=self.is_simulated,
        )


def lines_of(stays: Iterable[Stay]) -> Iterator[Line]:
    """Yield every line that should hold of the stays of one person; each promise counts for itself."""
    ordered = sorted(stays, key=lambda one: (one.arrived_on, one.pk))
    for promise in dict.fromkeys(one.promise for one in ordered):
        for what, lines in LINES.items():
            yield from lines([one for one in ordered if what in one.counts and one.promise == promise])


def started(stays: Sequence[Stay]) -> Iterator[Line]:
    """Yield each placement on the first day there."""
    for stay in stays:
        yield stay.line(Counted.STARTED, Decimal(1), stay.arrived_on)


def completed(stays: Sequence[Stay]) -> Iterator[Line]:
    """Yield each placement on the day it was completed."""
    for stay in stays:
        if (day := stay.completed_on) is not None:
            yield stay.line(Counted.COMPLETED, Decimal(1), day)


def converted(stays: Sequence[Stay]) -> Iterator[Line]:
    """Yield who was hired by the host within twelve months of completion; once a host, on the first day of the job."""
    hosts = set()
    for stay in sorted(stays, key=lambda one: (one.hired_on or date.max, one.pk)):
        done = stay.completed_on
        if done is None or stay.hired_on is None or stay.left_on is None or stay.host in hosts:
            continue
        if stay.left_on <= stay.hired_on <= months_after(done, MONTHS_TO_BE_HIRED):
            hosts.add(stay.host)
            yield stay.line(Counted.CONVERTED, Decimal(1), stay.hired_on)


def exchange_people(stays: Sequence[Stay]) -> Iterator[Line]:
    """Yield who arrived first in an academic year and direction."""
    known = set()
    for stay in stays:
        key = stay.direction, academic_year(stay.arrived_on)
        if stay.host != stay.home and key not in known:
            known.add(key)
            yield stay.line(Counted.EXCHANGE_PEOPLE, Decimal(1), stay.arrived_on)


def exchange_months(stays: Sequence[Stay]) -> Iterator[Line]:
    """Yield a thirtieth of a month for each day of a stay; a day that two stays have counts with the first."""
    taken: list[Spell] = []
    for stay in stays:
        if stay.host == stay.home:
            continue
        for spell in stay.spent.without(taken):
            yield stay.line(Counted.EXCHANGE_MONTHS, THIRTIETH, spell.starts_on, until=spell.until)
        taken.append(stay.spent)


def doctoral_enrolled(stays: Sequence[Stay]) -> Iterator[Line]:
    """Yield each candidate from enrolment to degree or leaving, while both sides supervise; a day counts once."""
    taken: list[Spell] = []
    for stay in stays:
        spells = enrolled(stay)
        for spell in (piece for one in spells for piece in one.without(taken)):
            yield stay.line(Counted.DOCTORAL_ENROLLED, Decimal(1), spell.starts_on, until=spell.until)
        taken.extend(spells)


def doctoral_completed(stays: Sequence[Stay]) -> Iterator[Line]:
    """Yield each candidate once, on the day the first degree was conferred."""
    awarded = [(one.degree_on, one.pk, one) for one in stays if one.degree_on is not None and enrolled(one)]
    if awarded:
        day, _pk, stay = min(awarded, key=lambda one: one[:2])
        yield stay.line(Counted.DOCTORAL_COMPLETED, Decimal(1), day)


def postdoc_months(stays: Sequence[Stay]) -> Iterator[Line]:
    """Yield the part of each month in post, on the month's last day; no month of a fellow counts more than once."""
    taken: dict[date, Decimal] = {}
    for stay in stays:
        for month, part in parts_of_months(stay):
            share = min(part, Decimal(1) - taken.get(month, Decimal(0)))
            taken[month] = taken.get(month, Decimal(0)) + share
            if share > 0:
                yield stay.line(Counted.POSTDOC_MONTHS, share, month)


def satisfaction(stays: Sequence[Stay]) -> Iterator[Line]:
    """Yield the score of each end evaluation that has one."""
    for stay in stays:
        for one in stay.evaluated:
            if one.score is not None:
                yield stay.line(Counted.SATISFACTION, Decimal(one.score), one.last_on, part=one.side)


LINES = {
    Counted.STARTED: started,
    Counted.COMPLETED: completed,
    Counted.CONVERTED: converted,
    Counted.EXCHANGE_PEOPLE: exchange_people,
    Counted.EXCHANGE_MONTHS: exchange_months,
    Counted.DOCTORAL_ENROLLED: doctoral_enrolled,
    Counted.DOCTORAL_COMPLETED: doctoral_completed,
    Counted.POSTDOC_MONTHS: postdoc_months,
    Counted.SATISFACTION: satisfaction,
}
"""What works out the lines of each measure that placements are counted in."""


def academic_year(day: date) -> int:
    """Return the year in which the academic year of a day began; it begins on 1 September."""
    return day.year if day.month >= ACADEMIC_YEAR_BEGINS else day.year - 1


def enrolled(stay: Stay) -> Sequence[Spell]:
    """Return the days on which a candidate is enrolled and both sides supervise."""
    ends = [one for one in (stay.degree_on, stay.left_on and stay.left_on + ONE_DAY) if one is not None]
    end = min(ends, default=None)
    if end is not None and end <= stay.arrived_on:
        return ()
    spells = [Spell(stay.arrived_on, end)]
    for side in (Side.HOST, Side.HOME):
        looked_after = joined(spell for one, spell in stay.supervised if one == side)
        spells = [both for one in spells for other in looked_after if (both := one.within(other))]
    return spells


def parts_of_months(stay: Stay) -> Iterator[tuple[date, Decimal]]:
    """Yield the last day of each month in post, and the part of it that was worked."""
    worked = stay.spent.without(stay.unpaid)
    month = month_of(stay.arrived_on)
    while month.until is not None and stay.spent.within(month):
        days = sum(_days(both) for one in worked if (both := one.within(month)))
        part = Decimal(days * stay.percent) / Decimal(_days(month) * FULL_TIME)
        yield month.until - ONE_DAY, part.quantize(THOUSANDTH)
        month = month_of(month.until)


def _days(spell: Spell) -> int:
    return ((spell.until or spell.starts_on) - spell.starts_on).days
