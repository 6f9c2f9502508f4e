"""What a measure is: the common form in which a context says what it can be counted in.

A measure is a query over records that yields dated changes, never a counter and never a typed number. Its
definition and its query live in the context's `metrics.py`; the registry is `accord.measures.queries`.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from django.db.models import QuerySet

from accord.kernel.text import Bilingual


class Kind(StrEnum):
    """How amounts of a measure add up."""

    STOCK = "stock"
    FLOW = "flow"
    CUMULATIVE = "cumulative"
    RATIO = "ratio"


CHANGE_COLUMNS = (
    "agreement_id",  # whose promises the record can count for
    "occurred_on",  # the day the change happened
    "recorded_at",  # when Accord came to know of it
    "unrecorded_at",  # when it stopped counting (cancelled, corrected), or null
    "amount",  # the change, in the measure's unit; negative where a stock falls
    "record",  # what the number opens down to, as `kind:id`
    "label",  # the record's name, as bilingual JSON
    "is_simulated",  # true in a demo world
)
"""The columns that every measure's query yields, in this order."""


@dataclass(frozen=True, slots=True)
class Measure:
    """A measure of the catalogue: its words, its counting rule and, where the context exists, its query.

    `changes` returns a queryset of the `CHANGE_COLUMNS`; None while nothing in Accord keeps such records yet. Of a
    ratio they are what stands above the line, `below` yields in the same form what stands below it, and `scale` turns
    the quotient into the unit (100 for per cent). A ratio changes on each day on which either part does. `runs_for`
    says whether the work is run in Accord for an agreement; where it is not, evidence is entered as for any other.
    Where `by_promise`, the query yields `commitment_id` as well: the one promise that a record counts for among those
    of its agreement in this measure, or null for each of them.
    """

    code: str
    name: Bilingual
    definition: Bilingual
    unit: Bilingual
    kind: Kind
    rule: Bilingual
    scheme: Bilingual
    distinct_by: Bilingual = field(default_factory=Bilingual)
    period: str = ""
    dimensions: tuple[str, ...] = ()
    changes: Callable[[], QuerySet[Any, Any]] | None = None
    below: Callable[[], QuerySet[Any, Any]] | None = None
    scale: int = 1
    runs_for: Callable[[int], bool] | None = None
    by_promise: bool = False

    def __post_init__(self) -> None:
        """Refuse a ratio with one part, and two parts of what is no ratio."""
        if self.changes is not None and (self.kind == Kind.RATIO) != (self.below is not None):
            raise ValueError(f"{self.code}: a ratio, and nothing else, has changes above and below the line")

    @property
    def is_counted_here(self) -> bool:
        """Say whether Accord keeps the records that this measure counts."""
        return self.changes is not None

    @property
    def is_always_counted(self) -> bool:
        """Say whether every agreement's records of this are in Accord."""
        return self.is_counted_here and self.runs_for is None

    def is_counted_for(self, agreement: int) -> bool:
        """Say whether Accord keeps the records of an agreement; at most one query."""
        return self.is_counted_here and (self.runs_for is None or self.runs_for(agreement))

    @property
    def context(self) -> str:
        """Return the context that owns the measure."""
        return self.code.partition(".")[0]

    @property
    def can_fall(self) -> bool:
        """Say whether a later level may be lower than an earlier one."""
        return self.kind in {Kind.STOCK, Kind.RATIO}


class _KnownCodes:
    """Asks whoever keeps the catalogue for its codes; rooms below the catalogue read them here."""

    def __init__(self) -> None:
        """Know none until the catalogue announces itself."""
        self._ask: Callable[[], frozenset[str]] = frozenset

    def announce(self, ask: Callable[[], frozenset[str]]) -> None:
        """Say where the codes come from; called once, when the app of the catalogue is ready."""
        self._ask = ask

    def __call__(self) -> frozenset[str]:
        """Return every code of the catalogue."""
        return self._ask()


known_codes = _KnownCodes()
