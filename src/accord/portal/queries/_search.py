"""What a search finds in every context, by kind, only what the reader may see."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from accord.kernel.access import Actor
from accord.kernel.finding import Found, Search, Words, searches
from accord.kernel.words import parts_of

PAGE: Final = 20
MOST: Final = 200
"""How many results of one kind a search shows at most; who has not found it by then says more."""

FIRST: Final = ("agreement", "promise", "negotiation", "institution", "person")


@dataclass(frozen=True, slots=True)
class FoundGroup:
    """What was found of one kind, the likest first, and whether there is more."""

    code: str
    name: Words
    found: Sequence[Found]
    has_more: bool

    @property
    def rank(self) -> float:
        """Return how like the likest one is."""
        return max((one.rank for one in self.found), default=0.0)


def search_kinds(actor: Actor) -> dict[str, Search]:
    """Return what the reader may search, what is looked for most first: every kind, and visitors what is public."""
    open_to = {code: one for code, one in searches.all().items() if one.is_public or not actor.is_nobody}
    return {code: open_to[code] for code in (*FIRST, *open_to) if code in open_to}


def search_all(actor: Actor, said: str, *, each: int) -> list[FoundGroup]:
    """Return the first results of every kind that has any, the likest kind first; one query a kind."""
    if not parts_of(said):
        return []
    groups = (_group(code, one, actor, said, each) for code, one in search_kinds(actor).items())
    return sorted((group for group in groups if group.found), key=lambda group: -group.rank)


def search_page(actor: Actor, said: str, kind: str, page: int) -> FoundGroup:
    """Return one page of the results of one kind; one query."""
    last = min(page * PAGE, MOST)
    whole = _group(kind, search_kinds(actor)[kind], actor, said, last)
    more = whole.has_more and last < MOST
    return FoundGroup(whole.code, whole.name, whole.found[last - PAGE :], more)


def _group(code: str, search: Search, actor: Actor, said: str, most: int) -> FoundGroup:
    found = search.find(actor, said, most + 1) if parts_of(said) else ()
    return FoundGroup(code, search.name, found[:most], len(found) > most)
