"""What a definition says of its ways, as far as it can be read.

Where something cannot be read, a sketch says so instead of guessing: what follows from it alone is no fault of its own.
"""

from dataclasses import dataclass

from accord.engines.workflow._words import Words


@dataclass(frozen=True, slots=True)
class StageSketch:
    """A stage as far as it can be read; ``key`` and ``ends`` are None where they cannot."""

    where: str
    key: str | None
    ends: bool | None


@dataclass(frozen=True, slots=True)
class StepSketch:
    """A step as far as it can be read.

    ``sources`` are (place, stage) of what stands in ``from``, None where it is no list; an entry that is no text is
    None. ``asks`` is None where it cannot be told whether it asks for anything.
    """

    where: str
    name: Words | None = None
    sources: tuple[tuple[str, str | None], ...] | None = None
    to: str | None = None
    asks: bool | None = None
