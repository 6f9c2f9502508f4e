"""The instances: synthetic fits over 25 topics, and bids of a real conference from a file."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

TOPICS = 25
CONCENTRATION = 0.15
CONFLICTS = 0.004
REVIEWS = 3


@dataclass(frozen=True, slots=True, eq=False)
class Instance:
    """Fits (items x reviewers, float32), pairs in conflict, and the least and most load of every reviewer."""

    fits: npt.NDArray[np.float32]
    conflicts: npt.NDArray[np.int64]
    least: int
    most: int

    @property
    def shape(self) -> tuple[int, int]:
        """Items and reviewers."""
        return self.fits.shape[0], self.fits.shape[1]


def synthetic(items: int, reviewers: int, *, seed: int = 20150504) -> Instance:
    """Will draw topics of every item and reviewer; a fit is the cosine of the two. Loads 4 to 10, conflicts 0.4 %."""
    source = np.random.default_rng(seed)
    topics = (source.dirichlet(np.full(TOPICS, CONCENTRATION), count) for count in (items, reviewers))
    asked, known = (one / np.linalg.norm(one, axis=1, keepdims=True) for one in topics)
    count = int(CONFLICTS * items * reviewers)
    pairs = np.stack([source.integers(0, items, count), source.integers(0, reviewers, count)], axis=1)
    return Instance((asked @ known.T).astype(np.float32), np.unique(pairs, axis=0), 4, 10)


def bids(path: Path, *, least: int, most: int = 12) -> Instance:
    """Will read bids: the two sides, then a row an item, as ``datasets/aamas2015.in`` of perturbed-maximization."""
    words = path.read_text().split()
    items, reviewers = int(words[0]), int(words[1])
    fits = np.array(words[2:], dtype=np.float32).reshape(items, reviewers)
    return Instance(fits, np.empty((0, 2), dtype=np.int64), least, most)
