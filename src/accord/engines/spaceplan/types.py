"""The values that enter and leave the space planner. Refusals stand in ``refusals.py``."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType

VERSION = "spaceplan 1"
"""Changes whenever the same problem and seed would be answered otherwise."""

Figure = Decimal | int
"""An area, a price or a share: with two decimal places at most, so that every sum is exact."""

Value = str | int | Decimal | tuple[str, ...]


class Solver(StrEnum):
    """Who places the teams: the plain rule, the search by CP-SAT, or the search where it is installed."""

    RULE = "rule"
    SEARCH = "search"
    AUTO = "auto"


class Code(StrEnum):
    """Why a team is where it is, or has no place."""

    FIRST_CHOICE = "placed-first-choice"
    OTHER_BUILDING = "placed-other-building"
    OTHER_FLOOR = "placed-other-floor"
    NEXT_BEST = "placed-next-best"
    FIXED = "fixed-by-decision"
    MAY_NOT_MOVE = "may-not-move"
    KEPT = "kept-where-it-is"
    MOVED = "moved"
    MOVED_FOR_OTHERS = "moved-for-others"
    NOTHING_ON_OFFER = "nothing-on-offer"
    NO_SUCH_KIND = "no-such-kind"
    NOT_LARGE_ENOUGH = "no-unit-large-enough"
    ONLY_LARGER = "only-larger-units"
    MISSING_FEATURE = "missing-feature"
    OVER_PRICE = "over-price-limit"
    HELD_BY_SITTING = "held-by-sitting"
    TAKEN = "taken-by-higher-priority"
    MORE_TEAMS = "more-teams-this-way"


class Change(StrEnum):
    """What would have to change for a team to be placed, or placed better."""

    RAISE_PRICE = "raise-price-limit"
    LOWER_AREA = "lower-area"
    ALLOW_WASTE = "allow-more-area"
    DROP_FEATURE = "drop-feature"
    OTHER_KIND = "accept-other-kind"
    SEVERAL = "several"
    MOVE_OTHERS = "move-others"


@dataclass(frozen=True, slots=True)
class Unit:
    """Something to place a team in: where it lies, how large it is, what a month costs.

    ``position`` counts along the floor; units whose positions follow each other are neighbours, and a number left
    out (a staircase, a lobby) parts them. A unit that is not ``available`` is given to nobody anew.
    """

    key: str
    building: str
    floor: str
    position: int
    area_m2: Figure
    price: Figure = 0
    kind: str = ""
    features: frozenset[str] = frozenset()
    available: bool = True


@dataclass(frozen=True, slots=True)
class Team:
    """Who is to be placed. What is required is kept without exception; what is wished costs where it is not met.

    ``kinds`` are the kinds of unit it accepts, any if empty. ``beside`` names teams it would like to sit next to.
    ``waiting`` orders teams of one priority class, the lowest first. A team that ``sits`` somewhere keeps a place;
    it moves only if it ``may_move``.
    """

    key: str
    area_wanted: Figure
    area_least: Figure | None = None
    price_limit: Figure | None = None
    kinds: frozenset[str] = frozenset()
    required: frozenset[str] = frozenset()
    wished: frozenset[str] = frozenset()
    building: str | None = None
    floor: str | None = None
    beside: frozenset[str] = frozenset()
    priority: str = ""
    waiting: int = 0
    sits: tuple[str, ...] = ()
    may_move: bool = False


@dataclass(frozen=True, slots=True)
class PriorityClass:
    """A class of teams, such as those of an agreement; ``weight`` is how much a wish of theirs counts."""

    key: str
    weight: int = 1


@dataclass(frozen=True, slots=True)
class Policy:
    """What a plan is to be good at. First, who gets a place; among plans equal in that, the fewest points.

    ``classes`` stand in the order of priority. ``strict``: a place for a class comes before any number of places
    for those after it; otherwise places are weighed. Points: ``waste`` and ``short`` for each m2 above or below the
    area wanted, ``wish`` for a wished feature, building or floor, ``beside`` for a wished neighbour, ``move`` for a
    sitting team that moves, ``split`` for every gap within a team's units (None: no gap is allowed), ``unfit`` for
    every rule that the place of a sitting team, or one fixed by decision, breaks. A team that may not move costs
    nothing, and one fixed by decision nothing for its neighbours. At most ``share`` of the wanted
    area plus ``slack_m2`` is left over.
    """

    classes: tuple[PriorityClass, ...] = (PriorityClass(""),)
    strict: bool = True
    waste: int = 1
    short: int = 2
    wish: int = 20
    beside: int = 20
    move: int = 100
    split: int | None = None
    unfit: int = 200
    share: Decimal = Decimal("0.35")
    slack_m2: Figure = 20


@dataclass(frozen=True, slots=True)
class SpaceProblem:
    """Units, teams and the policy, in the order of keys; build it with ``problem``, which checks it."""

    units: tuple[Unit, ...]
    teams: tuple[Team, ...]
    policy: Policy
    fixed: tuple[tuple[str, tuple[str, ...]], ...]
    seed: str


@dataclass(frozen=True, slots=True)
class Cost:
    """What a place costs in points, by what it is for."""

    waste: Decimal = Decimal(0)
    short: Decimal = Decimal(0)
    wishes: Decimal = Decimal(0)
    beside: Decimal = Decimal(0)
    split: Decimal = Decimal(0)
    move: Decimal = Decimal(0)
    unfit: Decimal = Decimal(0)

    @property
    def total(self) -> Decimal:
        """All points together."""
        return self.waste + self.short + self.wishes + self.beside + self.split + self.move + self.unfit


@dataclass(frozen=True, slots=True)
class Reason:
    """Why, as data: a code, and the figures and keys that belong to it (README.md lists them)."""

    code: Code
    params: Mapping[str, Value] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True)
class Placement:
    """Where a team goes, or, without units, that it has no place; with what it costs and why."""

    team: str
    units: tuple[str, ...]
    area_m2: Decimal
    price: Decimal
    cost: Cost
    reason: Reason


@dataclass(frozen=True, slots=True)
class Level:
    """How well one class is placed; ``classes`` holds all of them where places are weighed.

    ``value`` is what the plan is judged by, the lower the better: teams without a place, those who wait longer
    counting a little more. No plan has less than ``at_least`` here: so much is due to teams that nothing would fit.
    """

    classes: tuple[str, ...]
    unplaced: int
    value: int
    at_least: int


@dataclass(frozen=True, slots=True)
class Bound:
    """Prices that prove how few points any plan needs that places teams as well as this one in every level.

    A price for every unit, in the problem's order, and for every level. Whoever takes a unit pays its price, so the
    sum of each team's cheapest place less all prices bounds every plan: ``at_least``. ``check`` adds it up again.
    """

    at_least: Decimal
    unit_prices: tuple[Decimal, ...]
    level_prices: tuple[Decimal, ...]


@dataclass(frozen=True, slots=True)
class Search:
    """What the search by CP-SAT says about the candidates that were handed to it.

    ``status``: ``optimal`` (no better plan among the candidates) or ``feasible`` (stopped before that was shown).
    ``objective`` and ``bound`` are points, ``gap`` their distance as a share of the objective. ``left_out`` places
    were not handed over; where ``closed``, prices prove that none of them belongs to a better plan, so what holds
    among the candidates holds for all places.
    """

    status: str
    objective: Decimal
    bound: Decimal
    gap: float
    candidates: int
    left_out: int
    closed: bool


@dataclass(frozen=True, slots=True)
class Plan:
    """A place for every team that has one, and how good that is.

    ``at_least``: no plan that places teams as well has fewer points, by prices and search together, and counting
    all places, not only the candidates of the search.
    """

    engine: str
    problem: str
    solver: Solver
    placements: tuple[Placement, ...]
    levels: tuple[Level, ...]
    cost: Decimal
    at_least: Decimal
    bound: Bound
    search: Search | None = None


@dataclass(frozen=True, slots=True)
class Candidate:
    """One place a team could have: its units, what it would cost, and who holds some of them now."""

    units: tuple[str, ...]
    area_m2: Decimal
    price: Decimal
    cost: Cost
    held_by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Alternative:
    """The nearest thing that would have to change, and the place that this would open."""

    change: Change
    units: tuple[str, ...]
    params: Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Difference:
    """A team whose place is not the same in two plans; no units means no place."""

    team: str
    before: tuple[str, ...]
    after: tuple[str, ...]
    cost: Decimal


@dataclass(frozen=True, slots=True)
class Breach:
    """One thing that an independent look found wrong: a stable code and the keys."""

    code: str
    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Check:
    """What an independent look at a plan found: every rule kept, all points right, the bound proven again."""

    feasible: bool
    costed: bool
    certified: bool
    breaches: tuple[Breach, ...]
