"""Days a number of years or months on, and spells of days: half-open, without an end where it is not known."""

from calendar import monthrange
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

ONE_DAY = timedelta(days=1)
MONTHS = 12


@dataclass(frozen=True, slots=True, order=True)
class Spell:
    """Days from one until another, which is not part of it; without an end where none is known."""

    starts_on: date
    ends_on: date | None = None

    def within(self, other: "Spell") -> "Spell | None":
        """Return the days that both have, if any."""
        start = max(self.starts_on, other.starts_on)
        ends = [end for end in (self.ends_on, other.ends_on) if end is not None]
        end = min(ends, default=None)
        return Spell(start, end) if end is None or start < end else None

    def days(self) -> int:
        """Return how many days it has; raises `ValueError` for one without an end."""
        if self.ends_on is None:
            raise ValueError(self)
        return (self.ends_on - self.starts_on).days


def months_after(day: date, months: int) -> date:
    """Return the same day so many months on, or the last day of that month where it is shorter."""
    year, month = divmod(day.year * MONTHS + day.month - 1 + months, MONTHS)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def years_after(day: date, years: int) -> date:
    """Return the same day so many years on."""
    return months_after(day, years * MONTHS)


def joined(spells: Iterable[Spell]) -> Sequence[Spell]:
    """Return the same days as few spells, in order: those that overlap or touch become one."""
    found: list[Spell] = []
    for spell in sorted(spells, key=lambda one: (one.starts_on, one.ends_on or date.max)):
        last = found[-1] if found else None
        if last is None or (last.ends_on is not None and last.ends_on < spell.starts_on):
            found.append(spell)
        elif last.ends_on is not None and (spell.ends_on is None or spell.ends_on > last.ends_on):
            found[-1] = Spell(last.starts_on, spell.ends_on)
    return found
