"""In whose name the demo writes, and when."""

from datetime import UTC, date, datetime, time, timedelta

from accord.kernel.access import Actor
from accord.kernel.trace import acting
from accord.people.queries import Person


def moment(day: date, hour: int = 2, minute: int = 0) -> datetime:
    """Return a moment of a day, UTC; offices in China open at one."""
    return datetime.combine(day, time(hour, minute), tzinfo=UTC)


def days_before(day: date, days: int, hour: int = 2, minute: int = 0) -> datetime:
    """Return a moment some days before a day."""
    return moment(day - timedelta(days=days), hour, minute)


def speak_as(person: Person) -> Person:
    """Have the history name this person beside whatever is written from now on; return them."""
    acting(Actor(person.pk, str(person.name), frozenset()))
    return person
