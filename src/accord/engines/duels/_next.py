"""Which two items to show a judge next: those whose answer is expected to tell most."""

import hashlib
from collections.abc import Collection, Sequence

import numpy as np
import numpy.typing as npt

from accord.engines.duels._judges import UNKNOWN
from accord.engines.duels._record import named
from accord.engines.duels._strength import sigmoid
from accord.engines.duels.types import BadSetting, Duel, Floats, Ints, NextPair, NothingLeft, Ranking, UnknownItem

Pair = tuple[str, str]
POINTS = 21
SHORTLIST = 4096
"""So many pairs are worked out in full: the best by an approximation that ranks pairs nearly alike."""
TIE = 1e-9


def next_pair(
    ranking: Ranking,
    duels: Sequence[Duel],
    *,
    judge: str,
    seed: int,
    conflicts: Collection[str] = (),
    held: Collection[Pair] = (),
    epsilon: float = 0.1,
) -> NextPair | NothingLeft:
    """Will choose two items that this judge has not compared yet, and the side on which each stands.

    Never offers an item of ``conflicts`` nor a pair of ``held``, those open before other judges. With chance
    ``epsilon`` any allowed pair comes, else the one whose answer is expected to tell most about all strengths
    (Lindley 1956), worked out with the judge's own reliability. The same arguments give the same pair; ``seed``,
    judge and the number of their duels decide what chance decides. Quadratic in the items.
    Refuses an ``UnknownItem`` among the conflicts and an ``epsilon`` outside 0 to 1.
    """
    if not 0 <= epsilon <= 1:
        raise BadSetting(f"The share of pairs left to chance must lie between 0 and 1, not {epsilon}.")
    mine = {(one.left, one.right) for one in duels if one.judge == judge}
    left, right = _allowed(ranking, conflicts, {*mine, *held})
    if not len(left):
        return NothingLeft(judge, len({frozenset(pair) for pair in mine}))
    asked = f"{seed}\x1f{judge}\x1f{sum(one.judge == judge for one in duels)}"
    trust = next((one.reliability for one in ranking.judges if one.judge == judge), UNKNOWN)
    explored = _chance(asked, "explore") < epsilon
    at, gain = _any(ranking, left, right, trust, asked) if explored else _best(ranking, left, right, trust, asked)
    pair = (ranking.items[left[at]], ranking.items[right[at]])
    first, second = pair if _chance(asked, "side") < 0.5 else pair[::-1]  # noqa: PLR2004 - either side alike
    return NextPair(first, second, gain, explored)


def gains(mean: Floats, variance: Floats, trust: float) -> Floats:
    """Will give the information, in bits, that one answer is expected to add about a difference of strengths.

    The difference is normal with that mean and variance; the information is the entropy of the answer less
    what would remain if the difference were known. Gauss-Hermite quadrature, 21 points.
    """
    points, weights = np.polynomial.hermite_e.hermegauss(POINTS)
    differences = mean[:, None] + np.sqrt(variance)[:, None] * points
    chance = trust * sigmoid(differences) + (1 - trust) / 2
    weights = weights / weights.sum()
    return np.asarray(_entropy(chance @ weights) - _entropy(chance) @ weights)


def _allowed(ranking: Ranking, conflicts: Collection[str], closed: Collection[Pair]) -> tuple[Ints, Ints]:
    number = {one: at for at, one in enumerate(ranking.items)}
    unknown = sorted(set(conflicts) - set(number))
    if unknown:
        raise UnknownItem(f"Conflicts name items that are not in the ranking: {named(unknown)}.")
    size = len(ranking.items)
    free: npt.NDArray[np.bool_] = np.triu(np.ones((size, size), dtype=np.bool_), 1)
    barred = [number[one] for one in conflicts]
    free[barred, :] = free[:, barred] = False
    for one, other in closed:
        if one in number and other in number:
            free[number[one], number[other]] = free[number[other], number[one]] = False
    left, right = np.nonzero(free)
    return left, right


def _best(ranking: Ranking, left: Ints, right: Ints, trust: float, asked: str) -> tuple[int, float]:
    mean, variance = _difference(ranking, left, right)
    short = np.arange(len(left))
    if len(left) > SHORTLIST:
        short = np.sort(np.argpartition(-_rough(mean, variance, trust), SHORTLIST)[:SHORTLIST])
    gain = gains(mean[short], variance[short], trust)
    # At the start all pairs tell the same; not every judge should then begin with the first.
    ties = np.flatnonzero(gain >= gain.max() - TIE)
    chosen = ties[int(_chance(asked, "tie") * len(ties))]
    return int(short[chosen]), float(gain[chosen])


def _any(ranking: Ranking, left: Ints, right: Ints, trust: float, asked: str) -> tuple[int, float]:
    at = int(_chance(asked, "pair") * len(left))
    mean, variance = _difference(ranking, left[at : at + 1], right[at : at + 1])
    return at, float(gains(mean, variance, trust)[0])


def _difference(ranking: Ranking, left: Ints, right: Ints) -> tuple[Floats, Floats]:
    own = np.diag(ranking.covariance)
    variance = own[left] + own[right] - 2 * ranking.covariance[left, right]
    return np.asarray(ranking.strength[left] - ranking.strength[right]), np.maximum(variance, 0)


def _rough(mean: Floats, variance: Floats, trust: float) -> Floats:
    """Approximate the gain as if the answer were a measurement with a normal error."""
    careful = sigmoid(mean)
    chance = trust * careful + (1 - trust) / 2
    return np.asarray(np.log1p(variance * (trust * careful * (1 - careful)) ** 2 / (chance * (1 - chance))))


def _entropy(chance: Floats) -> Floats:
    kept = np.clip(chance, 1e-300, 1 - 1e-16)
    return np.asarray(-(kept * np.log2(kept) + (1 - kept) * np.log2(1 - kept)))


def _chance(asked: str, purpose: str) -> float:
    digest = hashlib.blake2b(f"{asked}\x1f{purpose}".encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big") / 2**64
