"""Review panels whose qualities are known, and the two usual ways to rank them."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from accord.engines.calibration import calibrate

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
NOISE, EACH = 0.55, 3
RIDGE, SWEEPS = 1.0, 300


@dataclass(frozen=True)
class Panel:
    """Scores of items by reviewers, three an item, and the qualities that they were drawn from."""

    item: Ints
    reviewer: Ints
    score: Floats
    quality: Floats


def draw(items: int, reviewers: int, bias: float, seed: int) -> Panel:
    """Will draw qualities of spread 1, biases of spread ``bias`` and noise of .55."""
    rng = np.random.default_rng(seed)
    quality, biases = rng.normal(0, 1, items), rng.normal(0, bias, reviewers)
    item = np.repeat(np.arange(items), EACH)
    reviewer = np.concatenate([rng.choice(reviewers, EACH, replace=False) for _ in range(items)])
    score = quality[item] + biases[reviewer] + rng.normal(0, NOISE, len(item))
    return Panel(item, reviewer, score, quality)


def raw_mean(panel: Panel) -> Floats:
    """Will give the mean score of each item."""
    return np.asarray(np.bincount(panel.item, panel.score) / EACH)


def plain_ridge(panel: Panel) -> Floats:
    """Will take off biases by least squares with a fixed penalty of 1, as in Roos et al. 2011; by backfitting."""
    size = int(panel.reviewer.max()) + 1
    seen = np.bincount(panel.reviewer, minlength=size)
    quality = raw_mean(panel)
    for _ in range(SWEEPS):
        bias = np.bincount(panel.reviewer, panel.score - quality[panel.item], size) / (seen + RIDGE)
        quality = np.bincount(panel.item, panel.score - bias[panel.reviewer]) / EACH
    return np.asarray(quality)


def accord(panel: Panel) -> Floats:
    """Will give the calibrated scores of the engine."""
    names = [f"r{at:06}" for at in panel.reviewer.tolist()]
    found = calibrate(names, [f"i{at:06}" for at in panel.item.tolist()], panel.score)
    return found.calibrated


METHODS: dict[str, Callable[[Panel], Floats]] = {"accord": accord, "raw mean": raw_mean, "plain ridge": plain_ridge}


def kendall(one: Floats, other: Floats) -> float:
    """Will give Kendall's tau-a by every pair, in blocks."""
    total, size, block = 0.0, len(one), 1000
    for start in range(0, size, block):
        part = slice(start, start + block)
        total += float((np.sign(one[part, None] - one) * np.sign(other[part, None] - other)).sum())
    return total / (size * (size - 1))
