"""Two people, one record: a change names the version it was made from, and an older one is a clash."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from django.utils.translation import gettext_lazy as _

from accord.kernel.refused import Clash
from accord.kernel.text import Bilingual


class Versioned(Protocol):
    """A record with an integer row version."""

    version: int


def expect(record: Versioned, version: int) -> None:
    """Refuse a change made from another version than the record's; the record must be locked.

    Raises `Clash` with the record's own version in `detail["version"]`.
    """
    if record.version != version:
        raise Clash(
            _("Somebody changed this in the meantime. Look at both versions and decide which one holds."),
            version=record.version,
        )


@dataclass(frozen=True, slots=True)
class LastChange:
    """Who changed a record last, and when."""

    who: Bilingual | str
    at: datetime


class _LastChange:
    """Asks whoever keeps the history who changed a record last; rooms below the history read it here."""

    def __init__(self) -> None:
        """Know nothing until the history announces itself."""
        self._ask: Callable[[str], LastChange | None] = lambda _record: None

    def announce(self, ask: Callable[[str], LastChange | None]) -> None:
        """Say where the answer comes from; called once, when the app of the history is ready."""
        self._ask = ask

    def __call__(self, record: str) -> LastChange | None:
        """Return the last change of a record such as `institution:7`, or None where none is known."""
        return self._ask(record)


last_change = _LastChange()
"""Who changed a record last."""
