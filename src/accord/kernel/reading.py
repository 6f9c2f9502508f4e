"""Whose data was shown to whom: doors that show people say so, and whoever counts transfers abroad listens.

A page that a reader in London opens on a person in Chengdu is an export of that person's data. Doors cannot know the
rules of that, and the room that does stands above them; so they say here what they showed, in one call a page.
"""

from collections.abc import Callable, Collection
from datetime import datetime

from accord.kernel.access import Actor

Note = Callable[[Actor, Collection[int], datetime], None]


class _Listener:
    """Hands what was shown to whoever counts it; nobody until a context announces itself."""

    def __init__(self) -> None:
        """Know nobody."""
        self._note: Note | None = None

    def announce(self, note: Note) -> None:
        """Say who counts; called once, when the app is ready."""
        self._note = note

    def __call__(self, actor: Actor, people: Collection[int], at: datetime) -> None:
        """Say that these people's data was shown to the actor; oneself and nobody are no matter."""
        others = sorted(set(people) - actor.persons)
        if others and not actor.is_nobody and self._note is not None:
            self._note(actor, others, at)


people_shown = _Listener()
"""Say whose data a page, an answer or a file shows."""
