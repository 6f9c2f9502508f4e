"""Which reviewers can be compared at all: those joined by a chain of items they share."""

import numpy as np

from accord.engines.calibration._panel import Panel
from accord.engines.calibration.types import Ints


def parts(panel: Panel) -> tuple[Ints, Ints]:
    """Will number the connected parts of the panel, from 0: one number an item, one a reviewer."""
    label = np.arange(len(panel.reviewers))
    while True:
        seen = np.minimum.reduceat(label[panel.reviewer], panel.item_start)
        lowest = np.minimum.reduceat(seen[panel.item][panel.by_reviewer], panel.reviewer_start)
        # A label is always a reviewer of the same part, so its own label may be taken over at once;
        # that halves long chains instead of walking them.
        lowest = np.minimum(lowest, lowest[lowest])
        if np.array_equal(lowest, label):
            break
        label = lowest
    _, reviewer_part = np.unique(label, return_inverse=True)
    return reviewer_part[panel.reviewer[panel.item_start]], reviewer_part
