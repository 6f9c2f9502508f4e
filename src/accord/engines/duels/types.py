"""The values that enter and leave the duels engine.

Errors: ``DuelsRefused`` (a ``ValueError``) stands above them all::

    DuelsRefused
    ├── NoDuels         nothing was handed over
    ├── SelfDuel        an item stands against itself
    ├── WinnerNotInDuel the winner is neither of the two
    ├── UnknownItem     an item that is not on the list of items
    └── BadSetting      a number that has no meaning here, such as a spread of 0
"""

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]


class DuelsRefused(ValueError):  # noqa: N818 - a refusal is the house's word for it
    """The duels cannot be ranked; the message names the ids and says how to mend it."""


class NoDuels(DuelsRefused):
    """There is not one duel."""


class SelfDuel(DuelsRefused):
    """A duel shows one item on both sides."""


class WinnerNotInDuel(DuelsRefused):
    """A duel was won by an item that did not take part."""


class UnknownItem(DuelsRefused):
    """A duel or a question names an item that is not among those that were listed."""


class BadSetting(DuelsRefused):
    """A spread, a share or a number of places lies outside what it can be."""


@dataclass(frozen=True, slots=True)
class Duel:
    """One answer of one judge: which of two items is better; ``winner`` is ``None`` for a tie."""

    left: str
    right: str
    winner: str | None
    judge: str = ""


@dataclass(frozen=True, slots=True)
class Judge:
    """A judge: how many duels were answered, and the estimated share of them that were no coin toss."""

    judge: str
    duels: int
    reliability: float


@dataclass(frozen=True, slots=True, eq=False)
class Ranking:
    """Items by strength; every array follows ``items``, which are sorted by id.

    ``strength`` is in log odds: of two items that differ by 1, the better wins 73 of 100 careful duels; its mean
    is 0. ``error`` is the standard error of a strength beside the mean of all. Rank 1 is the strongest.
    ``wins`` counts a tie as a half. ``part`` numbers the sets of items, from 0, that no duel joins: across
    parts the order rests on nothing. ``covariance`` is of all strengths; ``spread`` the standard deviation that
    strengths were taken to have before any duel. ``steps`` counts the rounds of the fit.
    """

    items: tuple[str, ...]
    strength: Floats
    error: Floats
    rank: Ints
    wins: Floats
    duels: Ints
    part: Ints
    judges: tuple[Judge, ...]
    spread: float
    steps: int
    covariance: Floats = field(repr=False)


@dataclass(frozen=True, slots=True)
class NextPair:
    """Two items to show, in this order; ``gain`` is the information expected from the answer, in bits.

    ``explored`` is true where chance chose the pair, so that the answers stay a fair check of the model.
    """

    left: str
    right: str
    gain: float
    explored: bool


@dataclass(frozen=True, slots=True)
class NothingLeft:
    """The judge has seen every pair they may see."""

    judge: str
    seen: int


@dataclass(frozen=True, slots=True)
class Advice:
    """Whether more duels are needed to know which items take the first ``places``.

    ``doubtful`` lists, best first, the items whose side of the line is less than ``sure``; ``least_sure`` is the
    chance that the least sure item stands on its side. ``stop`` is true when none is doubtful.
    """

    stop: bool
    places: int
    sure: float
    doubtful: tuple[str, ...]
    least_sure: float
