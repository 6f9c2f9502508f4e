"""What a certificate says: breaches, blocking pairs, cutoffs, and what the mechanism promises."""

from dataclasses import asdict, dataclass
from enum import StrEnum

from accord.engines.matching.types import Bound, Mechanism


class Breach(StrEnum):
    """What no outcome may do, whatever the mechanism."""

    OTHER_MARKET = "other-market"
    OTHER_ENGINE = "other-engine"
    MALFORMED = "malformed"
    NOT_CHOSEN = "not-chosen"
    OVER_LIMIT = "over-limit"
    OVER_RESERVE = "over-reserve"
    NOT_IN_GROUP = "not-in-group"
    SEAT_ORDER = "seat-order"
    OUT_OF_TURN = "out-of-turn"
    BARRED = "barred"
    FIXED_NOT_KEPT = "fixed-not-kept"
    COUPLE_APART = "couple-apart"
    BELOW_MINIMUM = "below-minimum"
    IN_CLOSED = "in-closed"
    WRONG_CLOSURE = "wrong-closure"
    WRONG_BOUND = "wrong-bound"
    NOT_PROVEN = "not-proven"
    NOT_BEST = "not-best"


class Cause(StrEnum):
    """Why a pair blocks: there was room, somebody weaker holds the place, or somebody with a lower draw does."""

    ROOM = "room"
    WEAKER = "weaker"
    LOWER_DRAW = "lower-draw"


class Seats(StrEnum):
    """Which seats a cutoff is about: all of a node, the open ones of a programme, or those kept for a group."""

    ALL = "all"
    OPEN = "open"
    RESERVED = "reserved"


class Proofness(StrEnum):
    """Whether honest wishes are always the best ones to give, and why or why not."""

    FAIR_MATCH = "strategy-proof-fair-match"
    PRIORITY = "strategy-proof-priority"
    PRIORITY_BY_CHOICE = "priority-by-choice"
    MINIMUMS = "minimums"
    HOST_FIRST = "host-first"
    FILL_MOST = "fill-most"
    SPREAD = "spread"
    JOINT = "joint"

    @property
    def holds(self) -> bool:
        """Return whether nobody gains by misreporting."""
        return self in {Proofness.FAIR_MATCH, Proofness.PRIORITY}


@dataclass(frozen=True, slots=True)
class Fault:
    """One breach with the ids of the people, programmes or limits it is about, and a number or two."""

    breach: Breach
    ids: tuple[str, ...]
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """An applicant who prefers a programme that would rather have them, with the reason.

    ``node`` is the limit at which somebody would have to leave (empty: there is room), ``own`` the applicant's
    score there and ``lowest`` the score that somebody holds. ``by_decision``: only a fixed placement stands between.
    Two who apply jointly block together; the partner and where the partner would go (empty: nowhere) stand beside.
    """

    applicant: str
    programme: str
    cause: Cause
    node: str = ""
    own: float | None = None
    lowest: float | None = None
    by_decision: bool = False
    partner: str = ""
    partner_programme: str = ""


@dataclass(frozen=True, slots=True)
class Cutoff:
    """What it took to hold a seat under a node; what anybody may publish.

    A node that is not ``full`` asks for nothing. On a full one ``score`` is the lowest that holds a seat; None
    means that all its seats were given by decision, or that it has none. ``draw`` stands only where equal scores
    were told apart by draw: whoever reached the score needed at least this draw. It lies between the last draw let
    in and the first turned away, and is nobody's own. ``favoured`` means that everybody under the node sits in a
    seat reserved for their group, so that no open seat is left whatever the score; reserved seats say it of themselves.
    """

    node: str
    under: str | None = None
    seats: Seats = Seats.ALL
    group: str = ""
    places: int | None = None
    full: bool = False
    closed: bool = False
    favoured: bool = False
    score: float | None = None
    draw: int | None = None


@dataclass(frozen=True, slots=True)
class Closed:
    """A programme or limit that did not run: the people it had, and the minimum it needed."""

    node: str
    had: int
    needed: int


@dataclass(frozen=True, slots=True)
class Certificate:
    """Everything about an outcome that can be checked without trusting whoever made it.

    ``blocking`` names at most ``BLOCKS_NAMED`` pairs of the ``blocked`` in all, the pairs that only a draw decides
    and those by decision among them. ``profile`` holds (choice number, people), ``left`` the free places by node.
    ``stable`` and ``best_possible`` are None where the mechanism does not promise them, or nothing proves them: a fair
    match is the best stable outcome for every applicant, a fair spread the best by its aims, an exact one by its
    solver's bound.
    """

    mechanism: Mechanism
    engine: str
    seed: str
    draws: str
    digest: str
    faults: tuple[Fault, ...]
    blocking: tuple[Block, ...]
    blocked: int
    decided: int
    cutoffs: tuple[Cutoff, ...]
    closed: tuple[Closed, ...]
    left: tuple[tuple[str, int], ...]
    profile: tuple[tuple[int, int], ...]
    people: int
    placed: int
    why: Proofness
    stable: bool | None
    best_possible: bool | None
    settled: bool = True
    bound: Bound | None = None
    spread: str | None = None

    @property
    def feasible(self) -> bool:
        """Return whether every limit, bar, fixed placement, reserve and minimum is kept."""
        return not self.faults

    @property
    def strategy_proof(self) -> bool:
        """Return whether nobody can gain by giving other wishes than the honest ones."""
        return self.why.holds

    @property
    def mean_rank(self) -> float | None:
        """Return the mean choice number of those placed, or None where nobody is."""
        return sum(rank * count for rank, count in self.profile) / self.placed if self.placed else None

    @property
    def sound(self) -> bool:
        """Return whether everything that this mechanism promises holds."""
        return self.feasible and self.stable is not False and self.best_possible is not False

    def as_data(self) -> dict[str, object]:
        """Return the certificate with stable keys; draws as 16 hexadecimal digits."""
        return {
            "sound": self.sound,
            "mechanism": self.mechanism.value,
            "engine": self.engine,
            "seed": self.seed,
            "draws": self.draws,
            "digest": self.digest,
            "feasible": self.feasible,
            "faults": [{"breach": one.breach.value, "ids": list(one.ids), "detail": one.detail} for one in self.faults],
            "stable": self.stable,
            "settled": self.settled,
            "blocked": self.blocked,
            "decided": self.decided,
            "blocking": [_plain(one) for one in self.blocking],
            "strategy_proof": self.strategy_proof,
            "why": self.why.value,
            "spread": self.spread,
            "best_possible": self.best_possible,
            "bound": _plain(self.bound) | {"proven": self.bound.proven} if self.bound else None,
            "cutoffs": [cutoff_as_data(one) for one in self.cutoffs],
            "closed": [_plain(one) for one in self.closed],
            "left": [{"node": node, "places": places} for node, places in self.left],
            "profile": [{"choice": rank, "people": people} for rank, people in self.profile],
            "people": self.people,
            "placed": self.placed,
            "mean_rank": self.mean_rank,
        }


def cutoff_as_data(cutoff: Cutoff) -> dict[str, object]:
    """Return a cutoff as it may be published."""
    draw = None if cutoff.draw is None else f"{cutoff.draw:016x}"
    return _plain(cutoff) | {"draw": draw}


def _plain(row: Block | Bound | Closed | Cutoff) -> dict[str, object]:
    pairs: dict[str, object] = asdict(row)
    return {key: value.value if isinstance(value, StrEnum) else value for key, value in pairs.items()}
