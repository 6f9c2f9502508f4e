"""What waits for a person, what a search finds and what can be done: contexts offer it, the portal puts it together."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from sys import intern
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet
from django.utils.functional import Promise

from accord.kernel.access import Actor
from accord.kernel.announced import Announced
from accord.kernel.text import Bilingual

Words = Bilingual | str | Promise
Counted = QuerySet[Any, Any] | None
"""A queryset of one column of numbers to add up; None is none."""
Count = Callable[[Actor], Counted]
"""How a context counts. It is built of the actor alone, and asks the database for the day; see `_compiled`."""
COMPILED = 16_384
"""How many compiled counts are kept: those of some six hundred people, less than 1 kB each."""


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
    """A context's list of what waits for an actor, most urgent first, in one query; and how it is counted.

    The counts of all contexts are added up in one query. `name` heads the list.
    """

    listed: Callable[[Actor, int], Sequence[Waiting]]
    count: Count
    name: Words = ""

    def number(self, actor: Actor) -> int:
        """Return how much waits for the actor here; one query."""
        return sum(_numbers({"": self}, actor).values())


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
    """Return how much waits for the actor in all contexts; one query, none where nothing can wait."""
    return sum(_numbers(waits.all(), actor).values())


def waits_with_something(actor: Actor) -> dict[str, Waits]:
    """Return the lists in which something waits for the actor, by context; one query."""
    number = _numbers(waits.all(), actor)
    return {code: one for code, one in waits.all().items() if number.get(code)}


def _numbers(offers: Mapping[str, Waits], actor: Actor) -> dict[str, int]:
    """Return how much waits for the actor by context; one query, none where nothing can wait."""
    compiled = {code: found for code, one in offers.items() if (found := _compiled(one.count, actor)) is not None}
    if not compiled:
        return {}
    every = " UNION ALL ".join(
        f"SELECT %s::text, sum(each.n) FROM ({sql}) AS each(n)"  # noqa: S608 (what Django compiled)
        for sql, _params in compiled.values()
    )
    params = [value for code, (_sql, values) in compiled.items() for value in (code, *values)]
    with connection.cursor() as cursor:
        cursor.execute(every, params)
        return {code: int(total or 0) for code, total in cursor.fetchall()}


@lru_cache(maxsize=COMPILED)
def _compiled(count: Count, actor: Actor) -> tuple[str, tuple[Any, ...]] | None:
    """Return the SQL that counts for the actor; None where nothing can wait.

    It is kept for their next page: Django takes longer to compile all counts than the database to run them.
    """
    rows = count(actor)
    if rows is None:
        return None
    try:
        sql, params = rows.order_by().query.sql_with_params()
    except EmptyResultSet:
        return None
    return intern(sql), params


def commands_for(actor: Actor) -> list[Command]:
    """Return what the actor may begin, in the order of announcement."""
    return [one for one in commands if one.may(actor)]
