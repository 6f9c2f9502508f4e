"""Calibrated scores: what reviewers gave, less their bias, and only where there is one. See README.md."""

from accord.engines.calibration._calibrate import calibrate
from accord.engines.calibration._words import Language, explain, words
from accord.engines.calibration.types import (
    Calibration,
    CalibrationRefused,
    Explanation,
    LengthsDiffer,
    NoScores,
    OneReviewer,
    Reason,
    ScoredTwice,
    ScoreNotFinite,
    Share,
    UnknownItem,
    UnknownReviewer,
)

__all__ = [
    "Calibration",
    "CalibrationRefused",
    "Explanation",
    "Language",
    "LengthsDiffer",
    "NoScores",
    "OneReviewer",
    "Reason",
    "ScoreNotFinite",
    "ScoredTwice",
    "Share",
    "UnknownItem",
    "UnknownReviewer",
    "calibrate",
    "explain",
    "words",
]
