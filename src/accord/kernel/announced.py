"""How rooms above tell rooms below, or beside, what they offer, without being imported by them.

A context announces in its `apps.py`; whoever composes (the home page, the search, the history, privacy, the outbox)
asks the registry. Nothing is announced at run time, so every process knows the same.
"""

from collections.abc import Iterator, Mapping
from typing import Generic, TypeVar

Offer = TypeVar("Offer")


class Announced(Generic[Offer]):
    """Keeps what contexts announce, by code, in the order of announcement."""

    def __init__(self) -> None:
        """Know nothing until a context is ready."""
        self._offers: dict[str, Offer] = {}

    def announce(self, code: str, offer: Offer) -> None:
        """Keep one offer; the same code announced again replaces it (an app's `ready` may run twice in tests)."""
        self._offers[code] = offer

    def get(self, code: str) -> Offer | None:
        """Return the offer with this code, or None where nobody announced it."""
        return self._offers.get(code)

    def all(self) -> Mapping[str, Offer]:
        """Return every offer by its code."""
        return dict(self._offers)

    def __iter__(self) -> Iterator[Offer]:
        """Go through the offers in the order of announcement."""
        return iter(tuple(self._offers.values()))
