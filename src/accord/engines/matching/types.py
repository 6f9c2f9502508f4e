"""The values that enter and leave the matching engine: arrays inside, ids at the border.

Ids are sorted when a market is built, so the order of rows in a file never decides anything.
"""

from dataclasses import dataclass, field
from enum import IntEnum, StrEnum
from typing import Final

import numpy as np
import numpy.typing as npt

ENGINE: Final = "matching 1"
NOBODY: Final = -1
UNLIMITED: Final = 2**40

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]


class Mechanism(StrEnum):
    """The ways of placing people, by plain name. Immediate acceptance is not offered: it rewards bluffing."""

    FAIR_MATCH = "fair-match"
    HOST_FIRST = "host-first"
    FILL_MOST = "fill-most"
    FAIR_SPREAD = "fair-spread"
    PRIORITY = "priority-order"
    JOINT = "joint-applications"


class Spread(StrEnum):
    """What a fair spread makes best, after the number of people placed."""

    GREEDY = "greedy"
    GENEROUS = "generous"
    LEAST_COST = "least-cost"


class Draws(StrEnum):
    """How equal scores are told apart: one draw for all programmes, or another one under each topmost limit."""

    SINGLE = "single"
    MULTIPLE = "multiple"


class Bar(IntEnum):
    """Why a choice may not be granted, whatever the score."""

    NONE = 0
    NOT_ELIGIBLE = 1
    CONFLICT = 2


class ReserveOrder(StrEnum):
    """Which seats a member of a reserve's group is held against first."""

    RESERVE_FIRST = "reserve-first"
    MERIT_FIRST = "merit-first"


@dataclass(frozen=True, slots=True)
class Lottery:
    """The published seed that tells equal scores apart, by HMAC-SHA256 of the stable id; see ``draws_of``."""

    seed: str
    draws: Draws = Draws.SINGLE


@dataclass(frozen=True, slots=True)
class Reserve:
    """``seats`` of a programme kept for one group; with ``opens_up`` others may have what the group leaves."""

    programme: int
    group: int
    seats: int
    opens_up: bool = True


@dataclass(frozen=True, slots=True)
class Couple:
    """Two applicants who apply jointly: pairs of programmes, best first; -1 stands for no place."""

    first: int
    second: int
    choices: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True, eq=False)
class CapTree:
    """Nested limits. The first nodes are the programmes, in order; each lies under ``parent`` (-1: under none).

    ``cap`` is the most people under a node (``UNLIMITED``: no limit), ``floor`` the fewest with which it runs.
    """

    label: tuple[str, ...]
    parent: Ints
    cap: Ints
    floor: Ints

    def path(self, node: int) -> list[int]:
        """Return the node and all above it, lowest first."""
        found = []
        while node >= 0:
            found.append(node)
            node = int(self.parent[node])
        return found


@dataclass(frozen=True, slots=True, eq=False)
class Market:
    """Applicants and their choices, one edge for each, beside the tree of limits.

    The choices of applicant ``a`` are the edges ``start[a]:start[a + 1]``, best first; edges with equal ``rank``
    are equally liked. ``score`` says how much a programme wants the applicant: higher is better, equal is a tie.
    Under a limit that several programmes share, their scores are compared with one another.
    ``size`` counts the people behind an applicant (a team that goes to one programme together).
    ``group`` is an index into ``groups``, or -1. ``fixed`` edges are placements already decided.
    ``bar_reason`` gives words for a bar by edge, where somebody gave any.
    """

    applicants: tuple[str, ...]
    programmes: tuple[str, ...]
    tree: CapTree
    start: Ints
    programme: Ints
    rank: Ints
    score: Floats
    bar: Ints
    fixed: Flags
    size: Ints
    group: Ints
    groups: tuple[str, ...] = ()
    reserves: tuple[Reserve, ...] = ()
    reserve_order: ReserveOrder = ReserveOrder.RESERVE_FIRST
    couples: tuple[Couple, ...] = ()
    bar_reason: dict[int, str] = field(default_factory=dict)

    @property
    def applicant_of(self) -> Ints:
        """Return the applicant of every edge."""
        return np.repeat(np.arange(len(self.applicants)), np.diff(self.start))

    def edges_of(self, applicant: int) -> range:
        """Return the edges of one applicant, best first."""
        return range(int(self.start[applicant]), int(self.start[applicant + 1]))


class Seat(IntEnum):
    """Which kind of seat somebody holds; a programme without reserves has open seats only."""

    NONE = -1
    OPEN = 0
    RESERVED = 1


@dataclass(frozen=True, slots=True)
class Closure:
    """A node that was closed because it stayed below its minimum: what it had, in the round it was closed."""

    node: int
    had: int
    needed: int


@dataclass(frozen=True, slots=True, eq=False)
class FlowProof:
    """Potentials of every stage of an optimising mechanism: whoever holds them can check that nothing beats it.

    ``totals`` are what each stage makes as small as can be (those who get what is wanted count as less than nothing).
    ``slots`` is the slot of the layout that every applicant holds, or -1. ``exhaustive`` is False where nodes were
    closed in the published order, without weighing every other choice of what to close.
    """

    stages: tuple[str, ...]
    totals: tuple[int, ...]
    potentials: tuple[Ints, ...]
    slots: Ints
    exhaustive: bool = True


@dataclass(frozen=True, slots=True)
class Bound:
    """How many people are placed, and how many could be at most; ``proven`` when the two meet."""

    placed: int
    at_most: int
    solver: str

    @property
    def proven(self) -> bool:
        """Return whether no outcome of this kind places more."""
        return self.placed >= self.at_most


@dataclass(frozen=True, slots=True, eq=False)
class Outcome:
    """Who got what, with all that it takes to repeat and to check it.

    ``edge[a]`` is the edge that applicant ``a`` holds, or -1; ``seat[a]`` says of which kind the seat is.
    ``promoted`` marks those who were given the second round of "fill the most places".
    ``settled`` is False when a joint application left somebody with cause to complain: the certificate names them.
    """

    mechanism: Mechanism
    lottery: Lottery
    edge: Ints
    seat: Ints
    digest: str
    engine: str = ENGINE
    spread: Spread | None = None
    closures: tuple[Closure, ...] = ()
    promoted: Flags | None = None
    bound: Bound | None = None
    proof: FlowProof | None = None
    settled: bool = True
    kept: Flags | None = None
