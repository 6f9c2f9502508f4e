"""How promises would stand if something else had been agreed, and what still waits for a decision on them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count

from accord.agreements.queries import PromiseRow
from accord.measures.enums import EvidenceState
from accord.measures.models import Attribution, Evidence, Snapshot
from accord.measures.queries._board import Standing, standing_of
from accord.measures.queries._changes import Clocks, tally_by_week
from accord.measures.queries._evidence import in_state
from accord.measures.queries._standing import ask


def standings_if(promises: Sequence[PromiseRow], bounds: Clocks) -> list[Standing]:
    """Return how promises stand by the records there are, their forecasts made anew; one query for any number."""
    tallies = tally_by_week([ask(one, bounds.as_of) for one in promises], bounds)
    return [standing_of(one, tallies[one.pk], bounds, ()) for one in promises]


def waiting_records(commitments: Sequence[int]) -> dict[int, int]:
    """Return how many entries wait for the other side's decision, by promise; one query."""
    waiting = Evidence.objects.filter(in_state(EvidenceState.WAITING))
    rows = Attribution.objects.filter(commitment__in=commitments, evidence__in=waiting).order_by()
    return dict(rows.values_list("commitment").annotate(Count("pk")))


@dataclass(frozen=True, slots=True)
class ForecastRecord:
    """What was forecast for a promise in its weekly snapshots: the first chance, the last, and how many there were."""

    first_on: date
    first: float
    last_on: date
    last: float
    weeks: int


def forecast_records(commitments: Sequence[int], day: date) -> dict[int, ForecastRecord]:
    """Return what was forecast for promises up to a day; those without any forecast are left out; one query."""
    rows = (
        Snapshot.objects.filter(commitment__in=commitments, week_on__lte=day, probability__isnull=False)
        .order_by("commitment_id", "week_on")
        .values_list("commitment_id", "week_on", "probability")
    )
    found: dict[int, ForecastRecord] = {}
    for commitment, week_on, chance in rows:
        probability = chance or 0.0  # never null here: the statement asks for those alone
        known = found.get(commitment)
        first_on, first, weeks = (known.first_on, known.first, known.weeks) if known else (week_on, probability, 0)
        found[commitment] = ForecastRecord(first_on, first, week_on, probability, weeks + 1)
    return found
