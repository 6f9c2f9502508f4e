"""What waits for a person, what a search finds and what can be done: contexts offer it, the portal puts it together."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet
from django.utils.functional import Promise

from accord.kernel.access import Actor
from accord.kernel.announced import Announced
from accord.kernel.text import Bilingual

Words = Bilingual | str | Promise
Counted = int | QuerySet[Any, Any] | None
"""A number, or a queryset of one column of numbers to add up; None is none."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """One thing that somebody must do: what, where, since when, until when."""

    title: Words
    url: str
    act: Words
    context: Words = ""
    since: datetime | None = None
    due: datetime | None = None


@dataclass(frozen=True, slots=True)
class Waits:
    """A context's list of what waits for an actor, most urgent first, and its cheap count; at most one query each.

    A count that is a queryset of numbers is added up with those of all other contexts in one query. `name` heads the
    list.
    """

    listed: Callable[[Actor, int], Sequence[Waiting]]
    count: Callable[[Actor], Counted]
    name: Words = ""

    def number(self, actor: Actor) -> int:
        """Return how much waits for the actor here; one query."""
        return _total([self.count(actor)])


@dataclass(frozen=True, slots=True)
class Found:
    """One thing a search found; `rank` is its likeness to the words, 0 to 1."""

    kind: Words
    title: Words
    url: str
    context: Words = ""
    rank: float = 0.0


@dataclass(frozen=True, slots=True)
class Search:
    """How a context is searched: words and at most so many results, only what the actor may see; one query.

    One that `is_public` is also asked for visitors, and finds what is open to everybody.
    """

    name: Words
    find: Callable[[Actor, str, int], Sequence[Found]]
    is_public: bool = False


@dataclass(frozen=True, slots=True)
class Command:
    """Something to begin, by its verb: where it is done, and who may. `also` are other words that it is found by."""

    label: Words
    route: str
    may: Callable[[Actor], bool]
    also: Words = ""
    args: tuple[str, ...] = ()


waits: Announced[Waits] = Announced()
"""What waits, by context."""

searches: Announced[Search] = Announced()
"""What can be searched, by kind of record."""

commands: Announced[Command] = Announced()
"""What can be begun, by `context.verb-thing`."""


def waiting_count(actor: Actor) -> int:
    """Return how much waits for the actor in all contexts; one query for all whose counts are querysets."""
    return _total(one.count(actor) for one in waits)


def waits_with_something(actor: Actor) -> dict[str, Waits]:
    """Return the lists in which something waits for the actor, by context; one query for all that count by query."""
    number: dict[str, int] = {}
    compiled: dict[str, tuple[str, tuple[Any, ...]]] = {}
    for code, one in waits.all().items():
        count = one.count(actor)
        if not isinstance(count, QuerySet):
            number[code] = count or 0
            continue
        with suppress(EmptyResultSet):
            compiled[code] = count.order_by().query.sql_with_params()
    if compiled:
        number |= _added_by_code(compiled)
    return {code: one for code, one in waits.all().items() if number.get(code)}


def _added_by_code(compiled: Mapping[str, tuple[str, tuple[Any, ...]]]) -> dict[str, int]:
    """Return the sum of the numbers that each compiled queryset yields; one query."""
    every = " UNION ALL ".join(
        f"SELECT %s::text, sum(each.n) FROM ({sql}) AS each(n)"  # noqa: S608 (what Django compiled)
        for sql, _params in compiled.values()
    )
    params = [value for code, (_sql, values) in compiled.items() for value in (code, *values)]
    with connection.cursor() as cursor:
        cursor.execute(every, params)
        return {code: int(total or 0) for code, total in cursor.fetchall()}


def _total(counts: Iterable[Counted]) -> int:
    """Return the sum of numbers and of what querysets yield; one query, none where these are all empty."""
    known, compiled = 0, []
    for count in counts:
        if not isinstance(count, QuerySet):
            known += count or 0
            continue
        with suppress(EmptyResultSet):
            compiled.append(count.order_by().query.sql_with_params())
    return known + _added(compiled) if compiled else known


def _added(compiled: Sequence[tuple[str, tuple[Any, ...]]]) -> int:
    """Return the sum of the numbers that compiled querysets yield."""
    every = " UNION ALL ".join(f"({sql})" for sql, _params in compiled)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT COALESCE(SUM(each.n), 0) FROM ({every}) AS each(n)",  # noqa: S608 (what Django compiled)
            [value for _sql, params in compiled for value in params],
        )
        (total,) = cursor.fetchone()
    return int(total)


def commands_for(actor: Actor) -> list[Command]:
    """Return what the actor may begin, in the order of announcement."""
    return [one for one in commands if one.may(actor)]
