"""The values that enter and leave the flow engine.

Errors: ``FlowRefused`` (a ``ValueError``) stands above them all::

    FlowRefused
    ├── NetworkError   the network contradicts itself; the message names the arc or the node
    ├── CostError      a cost vector has the wrong length, or figures too large for exact sums
    └── NoFlow         the network is sound, but nothing can flow as it asks; carries the proof
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Self

import numpy as np
import numpy.typing as npt

Whole = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]

# Sums of amounts, and costs along any path, stay below these, so that int64 never wraps.
AMOUNT_LIMIT = 2**62
PATH_LIMIT = 2**60


class FlowRefused(ValueError):  # noqa: N818 - a refusal is the house's word for it
    """Something handed over cannot flow; the message says what is wrong and where."""


class NetworkError(FlowRefused):
    """The network contradicts itself: the message names the first arc or node that does."""


class CostError(FlowRefused):
    """A cost vector does not fit the network, or is too large for exact arithmetic in 64 bits."""


class NoFlow(FlowRefused):
    """No flow exists: the nodes of ``side`` must send ``needed`` out, and at most ``possible`` gets out.

    ``side`` is a mask over the nodes. ``needed`` is what they supply together and what arcs that enter must at
    least bring; ``possible`` is the room of the arcs that leave (Hoffman, 1960). Whoever doubts it adds up both.
    """

    def __init__(self, side: Mask, needed: int, possible: int) -> None:
        super().__init__(f"{int(side.sum())} nodes must send {needed} out, but at most {possible} gets out")
        self.side = side
        self.needed = needed
        self.possible = possible


class Solver(StrEnum):
    """Who does the work. The choice changes the time; see README.md for when it cannot change the flow."""

    AUTO = "auto"
    PLAIN = "plain"
    ORTOOLS = "ortools"


@dataclass(frozen=True, slots=True, eq=False)
class Network:
    """A directed network: ``n`` nodes that send or take, ``m`` arcs with bounds. All arrays are int64.

    ``supply`` (n) is what a node sends (+) or takes (-), 0 in all. ``tail`` and ``head`` (m) are the ends of an
    arc; ``0 <= lower <= upper`` (m) is what it may carry. Parallel arcs are welcome, loops are not.

    Raises ``NetworkError``. Uppers must be real bounds: their sum stays below 2**62.
    """

    supply: Whole
    tail: Whole
    head: Whole
    lower: Whole
    upper: Whole

    def __post_init__(self) -> None:
        """Copy, check and freeze the arrays."""
        for name in ("supply", "tail", "head", "lower", "upper"):
            object.__setattr__(self, name, whole(getattr(self, name), name))
        for name in ("head", "lower", "upper"):
            if len(getattr(self, name)) != len(self.tail):
                raise NetworkError(f"{name} has {len(getattr(self, name))} entries for {len(self.tail)} arcs")
        self._check_ends()
        self._check_bounds()

    @classmethod
    def of(
        cls,
        supply: npt.ArrayLike,
        tail: npt.ArrayLike,
        head: npt.ArrayLike,
        *,
        upper: npt.ArrayLike,
        lower: npt.ArrayLike = 0,
    ) -> Self:
        """Build a network from anything array-like; one number as ``upper`` or ``lower`` holds for every arc."""
        tails = whole(tail, "tail")
        low, high = (
            np.broadcast_to(whole(np.atleast_1d(bound), name), tails.shape) if np.ndim(bound) == 0 else bound
            for bound, name in ((lower, "lower"), (upper, "upper"))
        )
        return cls(supply, tails, head, low, high)  # type: ignore[arg-type]  # __post_init__ turns them into int64

    @property
    def nodes(self) -> int:
        """The number of nodes."""
        return len(self.supply)

    @property
    def arcs(self) -> int:
        """The number of arcs."""
        return len(self.tail)

    def _check_ends(self) -> None:
        for name, ends in (("tail", self.tail), ("head", self.head)):
            refuse_any((ends < 0) | (ends >= self.nodes), f"its {name} is not among the {self.nodes} nodes")
        refuse_any(self.tail == self.head, "it leads from a node to itself")

    def _check_bounds(self) -> None:
        refuse_any(self.lower < 0, "its lower bound is below 0")
        refuse_any(self.lower > self.upper, "its lower bound is above its upper bound")
        for name, figures in (("upper", self.upper), ("supply", self.supply)):
            if float(np.abs(figures.astype(np.float64)).sum()) >= AMOUNT_LIMIT:
                raise NetworkError(f"{name} adds up to 2**62 or more: give bounds that can be reached")
        if total := int(self.supply.sum()):
            raise NetworkError(f"supply adds up to {total}, not 0")


def whole(values: npt.ArrayLike, name: str) -> Whole:
    """Return a read-only int64 copy of a vector of whole numbers, or raise ``NetworkError``."""
    given = np.asarray(values)
    if given.ndim != 1 or (given.size and given.dtype.kind not in "iub"):
        raise NetworkError(f"{name} must be a vector of whole numbers, not {given.dtype} in {given.ndim} dimensions")
    if given.dtype == np.uint64 and given.size and int(given.max()) >= AMOUNT_LIMIT:
        raise NetworkError(f"{name} holds a number of 2**62 or more")
    out = given.astype(np.int64)
    out.setflags(write=False)
    return out


def refuse_any(wrong: Mask, why: str) -> None:
    """Raise ``NetworkError`` for the first arc that is marked wrong."""
    if wrong.any():
        raise NetworkError(f"arc {int(wrong.argmax())}: {why}")


@dataclass(frozen=True, slots=True, eq=False)
class Flow:
    """What every arc carries, what it costs, and why nothing costs less.

    ``amount`` (m) lies within the bounds; ``costs`` holds the total of each cost vector, in order. For each of them
    ``potentials`` holds a price per node (n), and ``free`` marks the arcs (m) that could still move before it.
    Reduced cost of an arc: its cost, plus the potential of its tail, less that of its head. An arc that is free and
    may carry more has no negative one, an arc that is free and may carry less has no positive one; the free arcs
    where it is 0 are those that stay free. ``prove`` checks exactly this.
    """

    amount: Whole
    costs: tuple[int, ...]
    potentials: tuple[Whole, ...]
    free: tuple[Mask, ...]


@dataclass(frozen=True, slots=True)
class Proof:
    """What an independent look at a flow found.

    ``feasible``: all bounds and supplies are kept. ``optimal``: for each cost vector, whether the certificate
    holds and the stated total is right. ``worst``: the largest amount by which anything is off; 0 when all holds.
    """

    feasible: bool
    optimal: tuple[bool, ...]
    worst: int

    @property
    def holds(self) -> bool:
        """Whether the flow is feasible and the best by every cost vector, in their order."""
        return self.feasible and all(self.optimal)
