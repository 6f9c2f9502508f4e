"""What waits for a person, and what a search finds: each context offers its part, the portal puts them together."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise

from accord.kernel.access import Actor
from accord.kernel.announced import Announced
from accord.kernel.text import Bilingual

Words = Bilingual | str | Promise


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
    """A context's list of what waits for an actor, oldest first, and its cheap count; at most one query each."""

    listed: Callable[[Actor, int], Sequence[Waiting]]
    count: Callable[[Actor], int]


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
    """How a context is searched: words and at most so many results, only what the actor may see; one query."""

    name: Words
    find: Callable[[Actor, str, int], Sequence[Found]]


waits: Announced[Waits] = Announced()
"""What waits, by context."""

searches: Announced[Search] = Announced()
"""What can be searched, by kind of record."""
