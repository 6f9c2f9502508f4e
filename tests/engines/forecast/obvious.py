"""The forecast in the slowest and plainest way: loops, and independent random draws of every unknown."""

from datetime import timedelta
from math import exp, sqrt
from random import Random

from accord.engines.forecast import History, Pledge


def pace(sums: list[float], exposure: list[float], prior: tuple[float, float], unit: float):
    n = len(sums)
    weights = [0.5 ** ((n - 1 - week) / 26) for week in range(n)]
    mean = sum(sums) / sum(exposure)
    pearson = sum((y - mean * e) ** 2 / (mean * e) for y, e in zip(sums, exposure, strict=True)) if mean else 0
    phi = (4 * 2 * unit + pearson) / (4 + n - 1)
    shape = prior[0] + sum(w * y for w, y in zip(weights, sums, strict=True)) / phi
    rate = prior[1] + sum(w * e for w, e in zip(weights, exposure, strict=True)) / phi
    return shape, rate, phi


def count(rng: Random, mean: float, phi: float, unit: float) -> float:
    """A negative binomial number of records, each of one unit."""
    mean, phi = mean / unit, phi / unit
    if mean <= 0:
        return 0.0
    if phi > 1:
        mean = rng.gammavariate(mean / (phi - 1), phi - 1)
    if mean > 200:
        return unit * max(rng.gauss(mean, sqrt(mean)), 0)
    seen, at = 0, rng.expovariate(1)
    while at < mean:
        seen, at = seen + 1, at + rng.expovariate(1)
    return unit * seen


def levels(pledge: Pledge, history: History, draws: int, seed: int) -> list[float]:
    """Draws of the level when due, of an increasing flat promise that starts on a Monday and holds no plan."""
    rng = Random(seed)
    changes = list(history.increments)
    unit = sum(abs(y) for y in changes) / history.events
    term = ((pledge.due_on - pledge.starts_on).days + 1) / 7
    planned = (pledge.target - pledge.baseline) / term
    arrived, gone = [max(y, 0.0) for y in changes], [max(-y, 0.0) for y in changes]
    shape, rate, phi = pace(arrived, [1.0] * len(changes), (3, 3 / planned), unit)
    before = [pledge.baseline + sum(changes[:week]) for week in range(len(changes))]
    level = pledge.baseline + sum(changes)
    ahead = (pledge.due_on - history.first_week - timedelta(weeks=len(changes))).days / 7 + 1 / 7
    out = []
    for _ in range(draws):
        t = rng.gauss(0, 1) / sqrt(rng.gammavariate(2, 2) / 4)
        drawn = rng.gammavariate(shape, 1 / rate)
        mean = drawn * ahead * exp(0.70 * sqrt(ahead / term) * t)
        left = 0.0
        if any(gone):
            left = leaving(rng, (gone, before), unit, ahead, level, mean)
        out.append(level + count(rng, mean, phi, unit) - left)
    return sorted(out)


def leaving(rng: Random, seen: tuple[list[float], list[float]], unit: float, ahead: float, level: float, mean: float):
    gone, before = seen
    _, _, phi = pace(gone, before, (3, 0), unit)
    weights = [0.5 ** ((len(gone) - 1 - week) / 26) for week in range(len(gone))]
    left = sum(w * y for w, y in zip(weights, gone, strict=True))
    stock = sum(w * y for w, y in zip(weights, before, strict=True))
    share = rng.gammavariate(3 + left / phi, 1) / (3 + left / phi) * left / stock
    out = 0.0
    # Small steps of a level that gains evenly and loses a share of itself.
    for _ in range(40):
        out += share * (ahead / 40) * (level - out)
        level += mean / 40
    return count(rng, out, phi, unit)
