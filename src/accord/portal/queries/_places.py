"""Places to go and things to begin, by the words that the reader types."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from django.urls import reverse
from django.utils.translation import get_language, override

from accord.kernel.access import Actor
from accord.kernel.finding import Words, commands_for
from accord.kernel.text import LANGUAGES
from accord.kernel.words import parts_of
from accord.people.queries import views_of
from accord.ui.parts import Link

STARTS, HOLDS, ALSO = 1.0, 0.9, 0.5
MOST_VIEWS: Final = 200


@dataclass(frozen=True, slots=True)
class Place:
    """Somewhere to go: its name, its address, a word on it, and how like it is to what was typed."""

    title: Words
    url: str
    hint: Words = ""
    rank: float = 0.0


def commands_like(actor: Actor, said: str) -> list[Place]:
    """Return what the actor may begin that is like the words, in either language; everything where nothing is said."""
    open_to = commands_for(actor)
    every = (
        Place(one.label, reverse(one.route, args=one.args), rank=_rank(said, one.label, one.also)) for one in open_to
    )
    return _likest(every)


def pages_like(links: Iterable[Link], said: str) -> list[Place]:
    """Return the pages that are like the words; all of them where nothing is said."""
    return _likest(Place(one.label, one.url, rank=_rank(said, one.label)) for one in links if not one.post)


def views_like(actor: Actor, said: str) -> list[Place]:
    """Return the reader's own saved views that are like the words; one query, none for visitors."""
    if actor.is_nobody:
        return []
    kept = views_of(actor)[:MOST_VIEWS]
    return _likest(Place(one.name, f"{one.path}?{one.query}", one.path, _rank(said, one.name)) for one in kept)


def _likest(places: Iterable[Place]) -> list[Place]:
    return sorted((one for one in places if one.rank), key=lambda one: -one.rank)


def _rank(said: str, label: Words, also: Words = "") -> float:
    """Return how like a name is to the words: 0 where one of them is in neither its languages nor its other words."""
    parts = parts_of(said)
    if not parts:
        return STARTS
    names = _in_both(label)
    if any(name.startswith(" ".join(parts)) for name in names):
        return STARTS
    if any(all(part in name for part in parts) for name in names):
        return HOLDS
    whole = " ".join((*names, str(also).upper()))
    return ALSO if all(part in whole for part in parts) else 0.0


def _in_both(label: Words) -> Sequence[str]:
    """Return a name in the reader's language and in the other one, in capitals."""
    names = [str(label).upper()]
    for language in LANGUAGES:
        if language != get_language():
            with override(language):
                names.append(str(label).upper())
    return names
