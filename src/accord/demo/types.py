"""What the demo's simulation is told and what it yields: plain values, no records."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from accord.kernel.text import Bilingual


class Fate(StrEnum):
    """What the other side said of a simulated delivery."""

    CONFIRMED = "confirmed"
    WAITING = "waiting"
    CONTESTED = "contested"
    CLEARED = "cleared"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Promised:
    """A promise, the party that enters its deliveries and the party that decides on them, by their keys."""

    agreement: str
    promise: str
    enters: str
    decides: str


@dataclass(frozen=True, slots=True)
class Story:
    """How the deliveries of one promise come in, week after week; `name` seeds its draws and must never change.

    `weekly` is the mean amount of a week and `steady` the shape of the gamma law that each week's amount follows
    (its deviation is 1 / sqrt(steady) of the mean); `growth` is added to the pace each week, as a share of it.
    `entries` is how many entries a week has at scale 1. `late` is the share recorded three to six weeks late.
    Labels may name `{n}` the amount, `{i}` a running number, `{person}` and `{company}`.
    """

    name: str
    title: Bilingual
    of: Promised
    starts: date
    weekly: float
    entries: float
    one: Bilingual
    many: Bilingual
    document: str
    until: date | None = None
    steady: float = 12.0
    growth: float = 0.0
    sign: int = 1
    first: int = 1
    late: float = 0.05
    pauses: tuple[tuple[date, date], ...] = ()

    @property
    def change(self) -> float:
        """Return the mean change of a week, negative where things leave."""
        return self.weekly * self.sign

    @property
    def growth_percent(self) -> float:
        """Return by how many per cent of the first week's pace the pace grows each week."""
        return round(100 * self.growth, 1)

    @property
    def late_percent(self) -> int:
        """Return how many entries in 100 are recorded late."""
        return round(100 * self.late)


@dataclass(frozen=True, slots=True)
class Scene:
    """One delivery that the story needs, at every scale and with every seed."""

    of: Promised
    amount: int
    occurred_on: date
    label: Bilingual
    document: str
    fate: Fate = Fate.CONFIRMED
    reason: str = ""
    recorded_after: int = 2
    decided_after: int = 3


@dataclass(frozen=True, slots=True)
class Delivery:
    """One simulated delivery with everything that was done about it up to the demo's day."""

    of: Promised
    amount: int
    occurred_on: date
    label: Bilingual
    document: str
    recorded_at: datetime
    confirmed_at: datetime | None = None
    contested_at: datetime | None = None
    withdrawn_at: datetime | None = None
    reason: str = ""

    @property
    def fate(self) -> Fate:
        """Say what became of it."""
        if self.withdrawn_at:
            return Fate.WITHDRAWN
        if self.contested_at:
            return Fate.CLEARED if self.confirmed_at else Fate.CONTESTED
        return Fate.CONFIRMED if self.confirmed_at else Fate.WAITING


@dataclass(frozen=True, slots=True)
class Meeting:
    """A simulated meeting between the parties of an agreement."""

    agreement: str
    kind: str
    title: Bilingual
    held_on: date
    place: Bilingual
    attendees: int
    recorded_by: str


@dataclass(frozen=True, slots=True)
class Opinion:
    """A simulated person's own forecast."""

    agreement: str
    promise: str
    person: str
    percent: int
    reason: str
    set_on: date
