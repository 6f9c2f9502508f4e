"""From fits to whole numbers that no two solvers read differently, with ties decided by draws from the seed.

A weight is the fit in units of ``2**-scale``, shifted to the left, plus a draw for its pair. Where all fits lie on a
coarse grid (bids of 0, 1/4, 1/2, 1) the shift is so large that all draws together weigh less than one step: the
weights then order assignments exactly by total fit, and only then by draw. Otherwise fits are rounded, and the
bound is worked out from the fits themselves, so that rounding shows up in the gap and nowhere else.
"""

from dataclasses import dataclass
from hashlib import blake2b
from math import frexp
from typing import Final

import numpy as np
import numpy.typing as npt

from accord.engines.assignment._fits import blocks, fit_of
from accord.engines.assignment.types import Real, ReviewProblem, Whole

Bits = npt.NDArray[np.uint64]

PATH_BITS: Final = 59
SUM_BITS: Final = 61
COARSE_BITS: Final = 12
DRAW_BITS: Final = 18
MOST_DRAW_BITS: Final = 40
LEAST_DRAW_BITS: Final = 12


@dataclass(frozen=True, slots=True, eq=False)
class Weights:
    """Weights of all pairs, worked out when asked for; none is larger by size than ``most``.

    ``exact``: the fits lie on the grid of ``2**-scale``.
    """

    problem: ReviewProblem
    scale: int
    shift: int
    draw_bits: int
    most: int
    exact: bool
    item_keys: Bits
    reviewer_keys: Bits

    @property
    def unit(self) -> float:
        """One unit of weight in units of fit."""
        return 2.0 ** -(self.scale + self.shift)

    @property
    def slack(self) -> float:
        """How far ``fit / unit`` may lie from the weight, in weight: rounding of the fit, the draw, and of floats."""
        return 2.0**self.shift + 2.0**self.draw_bits + 4096.0

    def of(self, item: Whole, reviewer: Whole) -> Whole:
        """Will give the weights of single pairs, int64."""
        return self.of_fits(fit_of(self.problem, item, reviewer), item, reviewer)

    def grain(self, item: int, family: int) -> int:
        """Will give a rule of an item 1 to 1,024 units of weight of its own, drawn from the seed."""
        own = self.item_keys[item : item + 1] ^ np.array([family + 2], dtype=np.uint64)
        return 1 + int(_mix(own)[0] >> np.uint64(54))

    def of_fits(self, fit: Real, item: Whole, reviewer: Whole) -> Whole:
        """Will give the weights of pairs whose fits are at hand; arrays of one shape."""
        whole = np.rint(np.ldexp(fit, self.scale)).astype(np.int64)
        draw = _mix(self.item_keys[item] ^ self.reviewer_keys[reviewer]) >> np.uint64(64 - self.draw_bits)
        return (whole << np.int64(self.shift)) + draw.astype(np.int64)


def weights(problem: ReviewProblem, *, seed: str, nodes: int, parts: int) -> Weights:
    """Will choose scale and shift so that no sum of ``nodes`` weights, or of all reviews in ``parts``, can overflow."""
    units = problem.reviews * parts
    bits = min(PATH_BITS - nodes.bit_length(), SUM_BITS - units.bit_length())
    largest, grid = _survey(problem)
    top = frexp(largest)[1] if largest else 0
    if grid is not None:
        room = bits - (top + grid) - (units.bit_length() + 1)
        if room >= LEAST_DRAW_BITS:
            draw = min(MOST_DRAW_BITS, room)
            return _with_keys(problem, seed, (grid, draw + units.bit_length() + 1, draw, 2**bits), exact=True)
    figures = (bits - DRAW_BITS - 1 - top, DRAW_BITS, DRAW_BITS, 2**bits)
    return _with_keys(problem, seed, figures, exact=False)


def _with_keys(problem: ReviewProblem, seed: str, figures: tuple[int, int, int, int], *, exact: bool) -> Weights:
    items, reviewers = _keys(problem.items, seed, b"item"), _keys(problem.reviewers, seed, b"reviewer")
    return Weights(problem, *figures, exact, items, reviewers)


def _survey(problem: ReviewProblem) -> tuple[float, int | None]:
    """Will give the largest fit by size, and the power of 1/2 whose multiples all fits are (None: no coarse one)."""
    largest, grid = 0.0, 0
    for block in blocks(problem):
        largest = max(largest, float(np.abs(block.fit).max()))
        while grid <= COARSE_BITS:
            steps = np.ldexp(block.fit, grid)
            if (steps == np.rint(steps)).all():
                break
            grid += 1
    return largest, grid if grid <= COARSE_BITS else None


def _keys(ids: tuple[str, ...], seed: str, role: bytes) -> Bits:
    secret = blake2b(seed.encode(), digest_size=32).digest()
    hashed = (blake2b(one.encode(), key=secret, person=role, digest_size=8).digest() for one in ids)
    return np.frombuffer(b"".join(hashed), dtype="<u8").astype(np.uint64)


def _mix(bits: Bits) -> Bits:
    """Will spread each number over all 64 bits (the finaliser of SplitMix64, Steele, Lea and Flood 2014)."""
    bits = (bits ^ (bits >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    bits = (bits ^ (bits >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return bits ^ (bits >> np.uint64(31))
