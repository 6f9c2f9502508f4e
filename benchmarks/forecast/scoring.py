"""Every method on every commitment, at three moments, scored against how it ended."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from time import perf_counter

import numpy as np

from accord.engines.forecast import foresee
from benchmarks.forecast.commitments import START, Floats, Run
from benchmarks.forecast.peers import PEERS, Peer

OURS = "accord"
RESAMPLES = 2000


@dataclass(frozen=True, slots=True)
class Marks:
    """One method on one set: a row for each forecast, commitment after commitment; and the median time."""

    brier: Floats
    inside80: Floats
    inside50: Floats
    crps: Floats
    milliseconds: float


Method = Callable[[Run, int], tuple[float, Floats]]
"""From a commitment and the weeks that are over to the chance and the sorted draws of the level when due."""


def accord(run: Run, weeks: int) -> tuple[float, Floats]:
    """The engine, as it is; the gate is left out so that all methods answer the same questions."""
    return foresee(run.pledge, run.history(weeks), as_of=START + timedelta(weeks=weeks), key=run.name)


def of_peer(peer: Peer) -> Method:
    """Will make a method of a peer: the change so far plus its draws, half a unit given for whole counts."""

    def method(run: Run, weeks: int) -> tuple[float, Floats]:
        seen = run.changes[:weeks]
        draws = float(seen.sum()) + peer(seen, len(run.changes) - weeks, np.random.default_rng(weeks))
        return float((draws >= run.target - 0.5).mean()), draws

    return method


METHODS: dict[str, Method] = {OURS: accord, **{name: of_peer(peer) for name, peer in PEERS.items()}}


def mark(method: Method, runs: Sequence[Run]) -> Marks:
    """Will run a method on a whole set."""
    rows, spent = [], []
    for run in runs:
        for weeks in run.weeks_at():
            began = perf_counter()
            chance, draws = method(run, weeks)
            spent.append(perf_counter() - began)
            rows.append(_row(run, chance, draws))
    brier, inside80, inside50, crps = np.array(rows, dtype=np.float64).T
    return Marks(brier, inside80, inside50, crps, 1000 * float(np.median(spent)))


def _row(run: Run, chance: float, draws: Floats) -> tuple[float, float, float, float]:
    low80, low50, high50, high80 = np.quantile(draws, (0.10, 0.25, 0.75, 0.90))
    end = run.outcome
    return (
        (chance - (end >= run.target)) ** 2,
        float(low80 <= end <= high80),
        float(low50 <= end <= high50),
        _crps(draws, end) / run.target,
    )


def _crps(draws: Floats, end: float) -> float:
    """Will give the continuous ranked probability score of sorted draws (Gneiting and Raftery 2007)."""
    n = len(draws)
    spread = float((2 * np.arange(n) - n + 1) @ draws) / n**2
    return float(np.abs(draws - end).mean()) - spread


def mean_by_commitment(column: Floats, seed: int) -> tuple[float, float, float]:
    """Will give the mean of a column of marks with a 95 % bootstrap interval over commitments."""
    by_run = column.reshape(-1, 3).mean(axis=1)
    rng = np.random.default_rng(seed)
    means = by_run[rng.integers(0, len(by_run), (RESAMPLES, len(by_run)))].mean(axis=1)
    low, high = np.quantile(means, (0.025, 0.975))
    return float(by_run.mean()), float(low), float(high)
