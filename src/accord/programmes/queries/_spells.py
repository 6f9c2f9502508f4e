"""Spells of days, half-open, and days a number of months on."""

from calendar import monthrange
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

ONE_DAY = timedelta(days=1)
MONTHS = 12


@dataclass(frozen=True, slots=True, order=True)
class Spell:
    """Days from one until another, which is not part of it; without an end where none is known."""

    starts_on: date
    until: date | None = None

    def within(self, other: "Spell") -> "Spell | None":
        """Return the days that both have, if any."""
        start = max(self.starts_on, other.starts_on)
        end = min((one for one in (self.until, other.until) if one is not None), default=None)
        return Spell(start, end) if end is None or start < end else None

    def without(self, others: Iterable["Spell"]) -> Sequence["Spell"]:
        """Return the days of this one that none of the others has, as spells in order."""
        left = [self]
        for other in others:
            left = [piece for one in left for piece in one.cut(other)]
        return left

    def cut(self, other: "Spell") -> Iterator["Spell"]:
        """Yield the days before and after those that both have."""
        both = self.within(other)
        if both is None:
            yield self
            return
        if self.starts_on < both.starts_on:
            yield Spell(self.starts_on, both.starts_on)
        if both.until is not None and (self.until is None or both.until < self.until):
            yield Spell(both.until, self.until)


def joined(spells: Iterable[Spell]) -> Sequence[Spell]:
    """Return the same days as few spells, in order: those that overlap or touch become one."""
    found: list[Spell] = []
    for spell in sorted(spells, key=lambda one: (one.starts_on, one.until or date.max)):
        last = found[-1] if found else None
        if last is None or (last.until is not None and last.until < spell.starts_on):
            found.append(spell)
        elif last.until is not None and (spell.until is None or spell.until > last.until):
            found[-1] = Spell(last.starts_on, spell.until)
    return found


def months_after(day: date, months: int) -> date:
    """Return the same day so many months on, or the last day of that month where it is shorter."""
    year, month = divmod(day.year * MONTHS + day.month - 1 + months, MONTHS)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def month_of(day: date) -> Spell:
    """Return the month that a day lies in."""
    first = day.replace(day=1)
    return Spell(first, months_after(first, 1))
