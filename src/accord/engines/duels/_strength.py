"""The strengths that fit best: penalised maximum likelihood by Newton's method, every step by conjugate gradients."""

import numpy as np

from accord.engines.duels._record import Record
from accord.engines.duels.types import Floats

MOST_STEPS, MOST_HALVINGS = 100, 40
CLOSE = 1e-10
FORCING = 1e-3
"""Each Newton step is solved to this part of its right side; the next one mends what is left."""


def sigmoid(values: Floats) -> Floats:
    """Will give 1 / (1 + exp(-x)) without overflow on either side."""
    return np.asarray(0.5 * (1 + np.tanh(0.5 * values)))


def strengths(
    record: Record, weight: Floats, spread: float, start: Floats, *, most: int = MOST_STEPS
) -> tuple[Floats, int]:
    """Will minimise the penalised loss from a start; gives the strengths and the number of steps, ``most`` at most.

    The loss is strictly convex, so there is one answer, whatever the start; items that never lost stay finite.
    """
    now, loss = start, _loss(record, weight, spread, start)
    for step in range(most):
        chance = sigmoid(now[record.winner] - now[record.loser])
        force = weight * (1 - chance)
        downhill = record.by_item(force, -force) - now / spread**2
        size = float(np.sqrt(downhill @ downhill))
        if size <= CLOSE * np.sqrt(len(now)):
            return now, step
        ahead = _solve(record, weight * chance * (1 - chance), spread, downhill)
        length, further = 1.0, _loss(record, weight, spread, now + ahead)
        # The loss never grows: a full step is taken only where it pays, as it does near the answer.
        for _ in range(MOST_HALVINGS):
            if further <= loss - 1e-4 * length * float(downhill @ ahead):
                break
            length /= 2
            further = _loss(record, weight, spread, now + length * ahead)
        else:
            return now, step
        now, loss = now + length * ahead, further
    return now, most


def _loss(record: Record, weight: Floats, spread: float, at: Floats) -> float:
    lost = weight @ np.logaddexp(0, at[record.loser] - at[record.winner])
    return float(lost) + float(at @ at) / (2 * spread**2)


def _solve(record: Record, curve: Floats, spread: float, wanted: Floats) -> Floats:
    """Solve (curvature + 1 / spread^2) x = wanted by conjugate gradients; the matrix is never written down."""
    scale = 1 / (record.by_item(curve, curve) + 1 / spread**2)
    found, left = np.zeros_like(wanted), wanted.copy()
    ahead = scale * left
    slope = float(left @ ahead)
    goal = FORCING**2 * float(wanted @ wanted)
    while float(left @ left) > goal:
        pull = curve * (ahead[record.winner] - ahead[record.loser])
        turned = record.by_item(pull, -pull) + ahead / spread**2
        # Every direction is conjugate to those before, so what was gained along them stays gained.
        length = slope / float(ahead @ turned)
        found += length * ahead
        left -= length * turned
        before, slope = slope, float(left @ (scale * left))
        ahead = scale * left + slope / before * ahead
    return found
