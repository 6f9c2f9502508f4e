"""Affinity: which reviewer knows the subject of which submission, by the words they use. See README.md."""

from accord.engines.affinity._affinity import Affinity, affinity
from accord.engines.affinity.types import (
    AffinityRefused,
    BadSetting,
    Document,
    NoProfiles,
    NoSubmissions,
    Pairs,
    Paper,
    Term,
    UnknownItem,
    UnknownReviewer,
    Why,
)

__all__ = [
    "Affinity",
    "AffinityRefused",
    "BadSetting",
    "Document",
    "NoProfiles",
    "NoSubmissions",
    "Pairs",
    "Paper",
    "Term",
    "UnknownItem",
    "UnknownReviewer",
    "Why",
    "affinity",
]
