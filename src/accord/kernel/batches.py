"""What is to be done when letters that were held back are let go, or called off.

    from accord.kernel.batches import Held, batches

    batches.announce("programmes.match", Held(operations.tell_result, operations.call_off_result))

The key of a batch begins with the code, then a colon and what the batch is about: `programmes.match:7`. Whoever
releases or calls off a batch does this inside the same transaction, so that what people may read and what they were
written stand or fall together. Nothing is done for a batch whose code nobody announced.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from accord.kernel.announced import Announced

Act = Callable[[str, datetime], None]
"""Takes what stands after the colon, and the moment."""


@dataclass(frozen=True, slots=True)
class Held:
    """What a context does when a batch of its letters is let go, and when it is called off.

    `by_another` asks that somebody else lets it go than whoever held it back.
    """

    released: Act
    called_off: Act
    by_another: bool = False


batches: Announced[Held] = Announced()
"""What is done with batches, by the part of their key before the colon."""


def needs_another(key: str) -> bool:
    """Say whether a batch is let go only by somebody else than whoever held it back."""
    found = batches.get(key.partition(":")[0])
    return found is not None and found.by_another


def tell_released(key: str, at: datetime) -> None:
    """Let the context that held a batch know that its letters leave."""
    code, _colon, about = key.partition(":")
    found = batches.get(code)
    if found is not None:
        found.released(about, at)


def tell_called_off(key: str, at: datetime) -> None:
    """Let the context that held a batch know that its letters never leave."""
    code, _colon, about = key.partition(":")
    found = batches.get(code)
    if found is not None:
        found.called_off(about, at)
