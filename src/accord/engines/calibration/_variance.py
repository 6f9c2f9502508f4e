"""How much reviewers differ in level, beside how much their scores scatter: restricted maximum likelihood.

With one fixed effect an item, the scores less the mean of their item hold all there is about the two variances.
Their restricted likelihood depends on the ratio g = bias variance / noise variance through two spectral sums of
the reviewers' matrix A (what ``_exact`` and ``_large`` work out), so that any g costs one pass over the nodes:

    -2 log L(g) = m log(Q(g) / m) + log det(I + g A),   Q(g) = s - g r'(I + g A)^-1 r

where m is the number of scores less the number of items, s the sum of squares within items and r the sum of a
reviewer's deviations. Patterson and Thompson, Biometrika 58, 1971.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from accord.engines.calibration.types import Floats

LEAST_RATIO, MOST_RATIO = 1e-4, 1e4
"""Below, a bias moves no score by a hundredth of its noise; above, the noise is rounding."""
GRID = 81
GOLDEN = (5**0.5 - 1) / 2
WIDTH = 1e-9
ROUNDING = 1e-12
"""The part of the sum of squares that is never trusted to be more than rounding."""


@dataclass(frozen=True, slots=True, eq=False)
class Spectrum:
    """The two sums as nodes and weights: of the log determinant, and of the quadratic form r'f(A)r."""

    nodes: Floats
    weights: Floats
    form_nodes: Floats
    form_weights: Floats
    freedom: int
    squares: float

    def noise(self, ratio: float) -> float:
        """Will give the noise variance that fits best beside a ratio."""
        taken = ratio * float((self.form_weights / (1 + ratio * self.form_nodes)).sum())
        return max(self.squares - taken, ROUNDING * self.squares) / self.freedom

    def deviance(self, ratio: float) -> float:
        """Will give -2 log of the restricted likelihood, less its constants; smaller is likelier."""
        return self.freedom * float(np.log(self.noise(ratio))) + float(self.weights @ np.log1p(ratio * self.nodes))


@dataclass(frozen=True, slots=True)
class Variances:
    """The likeliest ratio, the noise beside it, and twice the gain in log-likelihood over no bias."""

    ratio: float
    noise: float
    evidence: float


def estimate(spectrum: Spectrum) -> Variances:
    """Will find the likeliest ratio: on a grid first, as there may be two valleys, then by golden section.

    A ratio under one ten-thousandth is 0. Scores that agree within every item show no bias.
    """
    if spectrum.squares <= 0:
        return Variances(0.0, 0.0, 0.0)
    logs = np.linspace(np.log(LEAST_RATIO), np.log(MOST_RATIO), GRID)
    depths = [spectrum.deviance(float(np.exp(at))) for at in logs]
    best = int(np.argmin(depths))
    low, high = float(logs[max(best - 1, 0)]), float(logs[min(best + 1, GRID - 1)])
    ratio = float(np.exp(_lowest(lambda at: spectrum.deviance(float(np.exp(at))), low, high)))
    evidence = spectrum.deviance(0.0) - spectrum.deviance(ratio)
    if ratio < 2 * LEAST_RATIO or evidence <= 0:
        return Variances(0.0, spectrum.noise(0.0), 0.0)
    return Variances(ratio, spectrum.noise(ratio), evidence)


def _lowest(depth: Callable[[float], float], low: float, high: float) -> float:
    inner, outer = high - GOLDEN * (high - low), low + GOLDEN * (high - low)
    at_inner, at_outer = depth(inner), depth(outer)
    while high - low > WIDTH:
        # The lowest point lies between low and high, and inner < outer divide them by the golden ratio.
        if at_inner <= at_outer:
            high, outer, at_outer = outer, inner, at_inner
            inner = high - GOLDEN * (high - low)
            at_inner = depth(inner)
        else:
            low, inner, at_inner = inner, outer, at_outer
            outer = low + GOLDEN * (high - low)
            at_outer = depth(outer)
    return (low + high) / 2
