"""The simulated set: nine ways in which a partnership delivers, as many commitments of each.

Every process has a size that is expected before it starts; targets are that size times a lognormal (8 % up,
30 % spread), as hopeful as people are. The mix is our own choice; read the results with that in mind.
"""

from collections.abc import Callable
from itertools import pairwise

import numpy as np

from benchmarks.forecast.commitments import Floats, Run

Rng = np.random.Generator
SHORTEST, LONGEST = 26, 156
YEAR = 52.18
STEP = 0.10


def simulated(each: int, seed: int, *, kinds: tuple[str, ...] = (), milestones: bool = False) -> list[Run]:
    """Will make ``each`` commitments of every process, or of those named, with milestones where asked."""
    rng = np.random.default_rng(seed)
    chosen = kinds or tuple(PROCESSES)
    return [_run(kind, number, rng, milestones=milestones) for kind in chosen for number in range(each)]


def _run(kind: str, number: int, rng: Rng, *, milestones: bool) -> Run:
    weeks = int(rng.integers(SHORTEST, LONGEST + 1))
    size = float(np.exp(rng.uniform(np.log(20), np.log(1000))))
    arrivals, leavers, expected, shape = PROCESSES[kind](rng, weeks, size)
    target = max(round(expected * np.exp(rng.normal(np.log(1.08), 0.30))), 3)
    plan = _milestones(rng, shape) if milestones else ()
    events = (arrivals + leavers).astype(np.int64)
    return Run(kind, f"{kind}-{number}", arrivals - leavers, events, float(target), plan)


def _milestones(rng: Rng, shape: Floats) -> tuple[tuple[int, float], ...]:
    """Will give the milestones of four quarters on the true shape, each step wrong by a quarter."""
    weeks = [round(len(shape) * part / 4) for part in range(5)]
    steps = np.array([shape[a:b].sum() for a, b in pairwise(weeks)])
    wrong = steps * np.exp(rng.normal(0, 0.25, 4))
    levels = np.cumsum(wrong) / wrong.sum()
    return tuple(zip(weeks[1:4], levels[:3].tolist(), strict=True))


Drawn = tuple[Floats, Floats, float, Floats]


def _counted(rng: Rng, pace: Floats, size: float, shape: Floats) -> Drawn:
    return rng.poisson(pace).astype(float), np.zeros(len(pace)), size, shape


def _even(weeks: int) -> Floats:
    return np.full(weeks, 1 / weeks)


def steady(rng: Rng, weeks: int, size: float) -> Drawn:
    """Independent deliveries at one pace."""
    return _counted(rng, size * _even(weeks), size, _even(weeks))


def overdispersed(rng: Rng, weeks: int, size: float) -> Drawn:
    """One pace, but weeks differ three to six times as much as chance would have it."""
    excess = rng.uniform(2, 5)
    pace = rng.gamma(np.maximum(size / weeks / excess, 1e-6), excess, weeks)
    return _counted(rng, pace, size, _even(weeks))


def cohorts(rng: Rng, weeks: int, size: float) -> Drawn:
    """Intakes every quarter or half year, nothing between."""
    period = int(rng.choice([13, 26]))
    pace = np.zeros(weeks)
    pace[int(rng.integers(0, period)) :: period] = size * period / weeks
    return _counted(rng, pace * rng.gamma(10, 0.1, weeks), size, _even(weeks))


def s_curve(rng: Rng, weeks: int, size: float) -> Drawn:
    """Slow, then fast, then slow."""
    at = (np.arange(weeks) + 0.5) / weeks
    bell = 1 / np.cosh((at - rng.uniform(0.4, 0.65)) * rng.uniform(4, 7)) ** 2
    shape = bell / bell.sum()
    return _counted(rng, size * shape, size, shape)


def seasonal(rng: Rng, weeks: int, size: float) -> Drawn:
    """An academic year: terms and long holidays."""
    wave = 1 + rng.uniform(0.5, 0.95) * np.sin(2 * np.pi * (np.arange(weeks) / YEAR + rng.uniform()))
    shape = wave / wave.sum()
    return _counted(rng, size * shape, size, shape)


def drifting(rng: Rng, weeks: int, size: float) -> Drawn:
    """A pace that wanders up and down by a tenth a week."""
    steps = np.arange(1, weeks + 1)
    wander = np.exp(np.cumsum(rng.normal(0, STEP, weeks)) - STEP**2 * steps / 2)
    return _counted(rng, size / weeks * wander, size, _even(weeks))


def regime_change(rng: Rng, weeks: int, size: float) -> Drawn:
    """One pace, then another: a partner leaves, or joins."""
    at = int(weeks * rng.uniform(0.2, 0.8))
    pace = np.full(weeks, size / weeks)
    pace[at:] *= rng.choice([0.3, 0.5, 1.4, 1.8])
    return _counted(rng, pace, size, _even(weeks))


def deadline_rush(rng: Rng, weeks: int, size: float) -> Drawn:
    """Pace in inverse proportion to the time left, as people work (König and Kleinmann 2005)."""
    left = 1 - (np.arange(weeks) + 0.5) / weeks
    rising = 1 / (1 + rng.uniform(4, 12) * left)
    shape = rising / rising.sum()
    return _counted(rng, size * shape, size, shape)


def stock_with_leavers(rng: Rng, weeks: int, size: float) -> Drawn:
    """Teams move in at one pace and each leaves after a while: the level may fall."""
    leaving = rng.uniform(0.002, 0.010)
    pace = size * leaving / (1 - np.exp(-leaving * weeks))
    arrivals = rng.poisson(pace, weeks)
    leavers, level = np.zeros(weeks), 0
    for week in range(weeks):
        leavers[week] = rng.binomial(level, leaving)
        level += int(arrivals[week]) - int(leavers[week])
    decay = np.exp(-leaving * np.arange(weeks))
    return arrivals.astype(float), leavers, size, decay / decay.sum()


PROCESSES: dict[str, Callable[[Rng, int, float], Drawn]] = {
    "steady": steady,
    "overdispersed": overdispersed,
    "cohorts": cohorts,
    "s-curve": s_curve,
    "seasonal": seasonal,
    "drifting": drifting,
    "regime-change": regime_change,
    "deadline-rush": deadline_rush,
    "stock-with-leavers": stock_with_leavers,
}
