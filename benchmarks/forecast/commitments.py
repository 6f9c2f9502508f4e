"""What a benchmark set is made of: promises with their whole run, and three days to forecast from."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from accord.engines.forecast import History, PlanPoint, Pledge

Floats = NDArray[np.float64]

START = date(2018, 1, 1)
MOMENTS = (0.15, 0.40, 0.70)


@dataclass(frozen=True, slots=True)
class Run:
    """One commitment: net change and number of records of each week of the term, and the target that was set.

    ``plan`` holds shares of the target by week, where the agreement has milestones.
    """

    kind: str
    name: str
    changes: Floats
    events: NDArray[np.int64]
    target: float
    plan: tuple[tuple[int, float], ...] = ()

    @property
    def outcome(self) -> float:
        """The level when due; the baseline is 0."""
        return float(self.changes.sum())

    @property
    def pledge(self) -> Pledge:
        """The promise as the engine takes it."""
        due = START + timedelta(weeks=len(self.changes)) - timedelta(days=1)
        points = ((START + timedelta(weeks=week) - timedelta(days=1), share) for week, share in self.plan)
        return Pledge(0.0, self.target, START, due, tuple(PlanPoint(on, share * self.target) for on, share in points))

    def weeks_at(self) -> Iterator[int]:
        """How many weeks are over at each of the three moments, four at the least."""
        return (max(round(share * len(self.changes)), 4) for share in MOMENTS)

    def history(self, weeks: int) -> History:
        """What is known after that many weeks."""
        return History(START, tuple(self.changes[:weeks].tolist()), int(self.events[:weeks].sum()))
