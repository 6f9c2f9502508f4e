"""The values that enter and leave the assignment engine. Refusals stand in ``refusals.py``."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

import numpy as np
import numpy.typing as npt

from accord.engines.assignment._messages import listed, sentence

VERSION = "assignment 1"
"""Changes whenever the same problem and seed would be answered otherwise."""

Whole = npt.NDArray[np.int64]
Real = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]
Fitness = npt.NDArray[np.float32] | npt.NDArray[np.float64]


class Goal(StrEnum):
    """What an assignment is best at."""

    BEST_TOTAL = "best_total"
    STRONG = "strong"
    RANDOMISED = "randomised"


class Proof(StrEnum):
    """How the upper bound was proven: by prices that anybody can add up, or by a search that closed every case."""

    PRICES = "prices"
    SEARCH = "search"


class Reason(StrEnum):
    """Why somebody who fits better does not review an item."""

    CONFLICT = "conflict"
    BELOW_FLOOR = "below-floor"
    FIXED_BY_DECISION = "fixed-by-decision"
    INSTITUTION_SHARE = "institution-share"
    SENIOR_SEAT = "senior-seat"
    FULL = "full"
    CHANCE = "chance"
    MINIMUM_LOAD = "minimum-load"
    ELSEWHERE = "elsewhere"


@dataclass(frozen=True, slots=True)
class Item:
    """What is to be reviewed: how many reviews it needs, and how many of them by seniors at least."""

    id: str
    demand: int = 3
    seniors: int = 0


@dataclass(frozen=True, slots=True)
class Reviewer:
    """Who reviews: the least and the most reviews, whether senior, and of which institution, if any."""

    id: str
    most: int
    least: int = 0
    senior: bool = False
    institution: str | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Sparse:
    """Fits in compressed rows, one row an item: ``start`` (items + 1), ``reviewer`` and ``fit``; the rest are 0."""

    start: Whole
    reviewer: Whole
    fit: Fitness


@dataclass(frozen=True, slots=True, eq=False)
class ReviewProblem:
    """Who may review what, as arrays in the order of sorted ids; build it with ``problem``, which checks it.

    ``fits`` is dense, items x reviewers, or ``Sparse``. ``conflicts`` and ``fixed`` hold pairs of indices, sorted.
    ``institution`` is an index into ``institutions``, -1 for none; at most ``share`` reviewers of one institution
    review an item. Pairs with a fit below ``floor`` are not assigned unless they are fixed.
    """

    items: tuple[str, ...]
    reviewers: tuple[str, ...]
    fits: Fitness | Sparse
    demand: Whole
    seniors: Whole
    least: Whole
    most: Whole
    senior: Mask
    institution: Whole
    institutions: tuple[str, ...]
    conflicts: Whole
    fixed: Whole
    share: int | None
    floor: float | None

    @property
    def reviews(self) -> int:
        """The number of reviews that all items need together."""
        return int(self.demand.sum())


@dataclass(frozen=True, slots=True)
class Pair:
    """One review: the item, the reviewer and the fit."""

    item: str
    reviewer: str
    fit: float


@dataclass(frozen=True, slots=True)
class Chance:
    """The chance of a pair, ``parts`` of the denominator that its ``Assignment`` names."""

    item: str
    reviewer: str
    fit: float
    parts: int


@dataclass(frozen=True, slots=True)
class RulePrice:
    """What it costs an item that a rule binds: at most ``most`` of its reviewers are of one kind.

    The kind: of ``institution``, unless None; junior or senior, unless ``junior`` is None; with a fit below the
    strong one or not, unless ``weak`` is None.
    """

    item: str
    institution: str | None
    junior: bool | None
    weak: bool | None
    most: int
    price: float


@dataclass(frozen=True, slots=True)
class OptimalityCertificate:
    """Prices that prove an upper bound for every assignment that keeps the rules, in units of fit.

    Any pair that is open earns at most its item's price, its reviewer's price and the prices of the rules it
    counts against; so no total exceeds ``at_most``, which ``check`` adds up again. ``priced_pairs`` is how many open
    pairs were looked at; none of them could improve the result where ``improving_pairs`` is 0. ``gap`` is ``at_most``
    less the total. With ``Proof.SEARCH`` the bound is a search's, and ``by_prices`` what the prices prove alone.
    """

    item_prices: tuple[float, ...]
    reviewer_prices: tuple[float, ...]
    rule_prices: tuple[RulePrice, ...]
    priced_pairs: int
    improving_pairs: int
    by_prices: float
    at_most: float
    gap: float
    proof: Proof
    solves: int


@dataclass(frozen=True, slots=True)
class Witness:
    """Items and reviewers that prove that no assignment exists; ``kind`` names the sentence.

    For ``seats`` and ``rules``: ``items`` need ``needed`` reviews; ``reviewers`` may take ``seats`` of them and all
    other reviewers at most ``rest``, which is ``possible`` together. For ``minimum``: ``reviewers`` must take
    ``needed`` reviews and only ``possible`` are open to them. For ``decided``: ``needed`` fixed ``reviewers`` are not
    strong, and only ``possible`` may be. For ``search``: every case was closed.
    """

    kind: str
    items: tuple[str, ...]
    reviewers: tuple[str, ...]
    needed: int
    possible: int
    seats: int
    rest: int
    rule: str = ""
    solves: int = 0

    def words(self, language: str) -> str:
        """Return the proof in one or two sentences, in ``en`` or ``zh-hans``."""
        figures: Mapping[str, str | float] = {
            "n": len(self.items),
            "m": len(self.reviewers),
            "items": _counted(len(self.items), "item"),
            "reviewers": _counted(len(self.reviewers), "reviewer"),
            "names": listed(self.reviewers, language),
            "needed": self.needed,
            "possible": self.possible,
            "seats": self.seats,
            "rest": self.rest,
            "rule": self.rule,
            "solves": self.solves,
        }
        alone = self.kind == "rules" and not self.reviewers
        return sentence("rules-alone" if alone else self.kind, self.items, figures, language)


def _counted(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"


@dataclass(frozen=True, slots=True)
class Strength:
    """Every item has at least ``count`` reviewers with a fit of ``threshold`` or more.

    With ``next_threshold``, the next higher fit there is, this cannot be: ``ceiling`` proves it (None where the
    threshold is already the highest fit of all). ``proven`` is False where a search ran out before it could tell.
    """

    count: int
    threshold: float
    next_threshold: float | None
    ceiling: Witness | None
    proven: bool


@dataclass(frozen=True, slots=True)
class Assignment:
    """Who reviews what, and the proof of how good that is.

    ``pairs`` are in the order of item and reviewer ids; ``loads`` and ``item_fits`` (sum of fits) in the order of the
    problem's reviewers and items. For a randomised one ``chances`` are the chances of every possible pair, in parts
    of ``denominator``, no more than ``highest`` parts unless fixed, ``expected`` the expected total that the
    certificate is about, and ``pairs`` one draw.
    """

    engine: str
    problem: str
    goal: Goal
    seed: str
    pairs: tuple[Pair, ...]
    loads: tuple[int, ...]
    item_fits: tuple[float, ...]
    total: float
    certificate: OptimalityCertificate
    strength: Strength | None = None
    chances: tuple[Chance, ...] = ()
    denominator: int = 1
    highest: int = 1
    expected: float | None = None


@dataclass(frozen=True, slots=True)
class Breach:
    """One thing that an independent look found wrong: a stable code and the ids."""

    code: str
    ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Check:
    """What an independent look at an assignment found.

    ``feasible``: no rule is broken. ``certified``: the prices prove the stated bound again. ``at_most`` is what they
    prove by this look's own sums. ``breaches`` names everything that is off, in either respect.
    """

    feasible: bool
    certified: bool
    at_most: float
    breaches: tuple[Breach, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class Chosen:
    """A reviewer of an item: the fit, its rank among all who may (1 is the best; equals share one), if fixed."""

    reviewer: str
    fit: float
    rank: int
    fixed: bool


@dataclass(frozen=True, slots=True)
class Passed:
    """Somebody who fits better than the item's weakest reviewer and does not review it, and why.

    ``price`` is what a seat of this reviewer is worth, in units of fit; ``chance`` that of the pair, if drawn.
    """

    reviewer: str
    fit: float
    reason: Reason
    price: float
    chance: float


@dataclass(frozen=True, slots=True)
class Why:
    """Why an item has the reviewers it has."""

    item: str
    open: int
    chosen: tuple[Chosen, ...]
    passed: tuple[Passed, ...]

    def words(self, language: str) -> tuple[str, ...]:
        """Return a sentence for each reviewer chosen, then for each passed over, in ``en`` or ``zh-hans``."""
        chosen = (
            sentence(
                "assigned-fixed" if one.fixed else "assigned",
                (),
                {"reviewer": one.reviewer, "fit": one.fit, "rank": one.rank, "open": self.open},
                language,
            )
            for one in self.chosen
        )
        passed = (
            sentence(
                one.reason.value,
                (),
                {"reviewer": one.reviewer, "fit": one.fit, "price": one.price, "chance": one.chance},
                language,
            )
            for one in self.passed
        )
        return (*chosen, *passed)
