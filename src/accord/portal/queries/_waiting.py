"""What waits for somebody in every context, put in one order."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from typing import Final

from accord.kernel.access import Actor
from accord.kernel.finding import Waiting, Waits, Words, waits, waits_with_something

MOST_LISTED: Final = 500
SOON: Final = timedelta(days=7)
_LAST = datetime.max.replace(tzinfo=UTC)
_INSTANT = timedelta(microseconds=1)


class Urgency(StrEnum):
    """How near the day is by which something must be done."""

    OVERDUE = "overdue"
    SOON = "soon"
    LATER = "later"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class WaitingRow:
    """One thing that waits, with the context that says so and how urgent it is."""

    code: str
    name: Words
    waiting: Waiting
    urgency: Urgency

    @property
    def due_on(self) -> date | None:
        """Return the last day on which it can be done in time."""
        due = self.waiting.due
        return (due - _INSTANT).astimezone(UTC).date() if due else None

    @property
    def words(self) -> str:
        """Return what it says in both languages, to search in."""
        said = (self.waiting.title, self.waiting.context, self.waiting.act)
        return " ".join(" ".join(one.as_dict().values()) if hasattr(one, "as_dict") else str(one) for one in said)


@dataclass(frozen=True, slots=True)
class WaitingGroup:
    """What waits in one context: its first rows, and whether there are more."""

    code: str
    name: Words
    rows: Sequence[WaitingRow]
    has_more: bool


def waiting_groups(actor: Actor, *, each: int, at: datetime) -> list[WaitingGroup]:
    """Return what waits by context, the most urgent context first; one query to know where, and one each there."""
    groups = []
    for code, offer in waits_with_something(actor).items():
        rows = _rows(actor, code, offer, each + 1, at)
        if rows:
            groups.append(WaitingGroup(code, offer.name, rows[:each], len(rows) > each))
    return sorted(groups, key=lambda group: _order(group.rows[0]))


def waiting_rows(actor: Actor, *, at: datetime) -> list[WaitingRow]:
    """Return everything that waits, at most 500 a context: what has a day first, then what has waited longest."""
    every = (
        row for code, offer in waits_with_something(actor).items() for row in _rows(actor, code, offer, MOST_LISTED, at)
    )
    return sorted(every, key=_order)


def waiting_names() -> list[tuple[str, Words]]:
    """Return the contexts in which something can wait, with the names of their lists."""
    return [(code, offer.name or code) for code, offer in waits.all().items()]


def _rows(actor: Actor, code: str, offer: Waits, most: int, at: datetime) -> list[WaitingRow]:
    listed = offer.listed(actor, most)
    return sorted((WaitingRow(code, offer.name or code, one, _urgency(one.due, at)) for one in listed), key=_order)


def _urgency(due: datetime | None, at: datetime) -> Urgency:
    """Return how near the day is."""
    if due is None:
        return Urgency.NONE
    if due <= at:
        return Urgency.OVERDUE
    return Urgency.SOON if due <= at + SOON else Urgency.LATER


def _order(row: WaitingRow) -> tuple[datetime, datetime]:
    return row.waiting.due or _LAST, row.waiting.since or _LAST
