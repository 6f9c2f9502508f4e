"""The values that enter and leave the calibration engine.

Errors: ``CalibrationRefused`` (a ``ValueError``) stands above them all::

    CalibrationRefused
    ├── NoScores            nothing was handed over
    ├── LengthsDiffer       the three columns are not equally long
    ├── ScoreNotFinite      a score is missing or infinite
    ├── ScoredTwice         one reviewer gave one item two scores
    ├── UnknownReviewer     a score by somebody who is not on the list of reviewers
    ├── UnknownItem         a score of something that is not on the list of items
    └── OneReviewer         all scores come from one person: there is nobody to compare with
"""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]


class CalibrationRefused(ValueError):  # noqa: N818 - a refusal is the house's word for it
    """The scores cannot be calibrated; the message names the ids and says how to mend it."""


class NoScores(CalibrationRefused):
    """There is not one score."""


class LengthsDiffer(CalibrationRefused):
    """Reviewers, items and scores are three columns of one table and must be equally long."""


class ScoreNotFinite(CalibrationRefused):
    """A score is NaN or infinite."""


class ScoredTwice(CalibrationRefused):
    """A reviewer scored the same item more than once."""


class UnknownReviewer(CalibrationRefused):
    """A score names a reviewer who is not among those that were listed."""


class UnknownItem(CalibrationRefused):
    """A score names an item that is not among those that were listed."""


class OneReviewer(CalibrationRefused):
    """All scores come from one reviewer."""


class Reason(StrEnum):
    """Why scores were calibrated, or why they stayed as they were."""

    BIAS_FOUND = "bias_found"
    BIAS_FOUND_IN_PARTS = "bias_found_in_parts"
    NO_BIAS_FOUND = "no_bias_found"
    TOO_FEW_REVIEWS = "too_few_reviews"
    NOT_CONNECTED = "not_connected"


@dataclass(frozen=True, slots=True, eq=False)
class Calibration:
    """Raw and calibrated scores side by side; every array follows ``items`` or ``reviewers``, both sorted.

    ``raw`` is the mean of the scores of an item, ``calibrated`` the same mean after each reviewer's ``bias``
    (in points of the score, positive for a generous one) was taken off. Rank 1 is the highest; equal scores
    share the better rank. ``used`` is false where no bias was found: then ``calibrated`` is ``raw``, to the
    last bit, and every bias 0. ``item_error`` and ``bias_error`` are standard errors, given the two variances
    and beside the level of their part of the panel; NaN where no item has two reviews.

    ``variance_ratio`` is the estimated variance of bias over that of noise, also where it was not used;
    ``evidence`` twice the gain in restricted log-likelihood over no bias at all. ``item_part`` and
    ``reviewer_part`` number the parts of the panel, from 0, that share no item with each other: biases of
    different parts cannot be compared, and add up to 0 within each. ``scores_of`` holds what went in, as
    (item, reviewer, score) in that order. ``unscored`` lists items without a score; they have no rank.
    """

    items: tuple[str, ...]
    reviewers: tuple[str, ...]
    raw: Floats
    calibrated: Floats
    raw_rank: Ints
    calibrated_rank: Ints
    item_error: Floats
    item_reviews: Ints
    bias: Floats
    bias_error: Floats
    reviewer_reviews: Ints
    item_part: Ints
    reviewer_part: Ints
    parts: int
    noise_variance: float
    bias_variance: float
    variance_ratio: float
    evidence: float
    used: bool
    reason: Reason
    unscored: tuple[str, ...]
    score_item: Ints
    score_reviewer: Ints
    score: Floats


@dataclass(frozen=True, slots=True)
class Share:
    """One review of an item: the score given, the bias taken off, and what is left."""

    reviewer: str
    score: float
    bias: float
    corrected: float


@dataclass(frozen=True, slots=True)
class Explanation:
    """How one item came by its calibrated score: the mean of ``corrected`` over its reviews."""

    item: str
    raw: float
    raw_rank: int
    calibrated: float
    calibrated_rank: int
    standard_error: float
    reviews: tuple[Share, ...]
    reason: Reason
