"""The pairs worth keeping: the best of every item and the best of every reviewer."""

import numpy as np
import numpy.typing as npt

from accord.engines.affinity.types import Pairs, Singles


def best_pairs(matrix: Singles, top: int) -> Pairs:
    """Will keep pairs above 0 among the ``top`` of their item or of their reviewer; of equals, the first by id."""
    kept = (_best(matrix, top) | _best(matrix.T, top).T) & (matrix > 0)
    item, reviewer = np.nonzero(kept)
    start = np.concatenate(([0], np.cumsum(np.bincount(item, minlength=len(matrix)))))
    pairs = Pairs(start, reviewer, matrix[item, reviewer])
    for array in (pairs.start, pairs.reviewer, pairs.value):
        array.setflags(write=False)
    return pairs


def _best(matrix: Singles, top: int) -> npt.NDArray[np.bool_]:
    if top >= matrix.shape[1]:
        return np.ones(matrix.shape, dtype=np.bool_)
    least = np.partition(matrix, -top, axis=1)[:, -top, None]
    above, level = matrix > least, matrix == least
    room = top - above.sum(axis=1, keepdims=True)
    return np.asarray(above | (level & (np.cumsum(level, axis=1) <= room)))
