"""The values that enter and leave the affinity engine.

Errors: ``AffinityRefused`` (a ``ValueError``) stands above them all::

    AffinityRefused
    ├── NoSubmissions     there is nothing to review
    ├── NoProfiles        there is nobody to review it
    ├── UnknownItem       a question names an item that was not submitted
    ├── UnknownReviewer   a question names a reviewer without a profile
    └── BadSetting        a number that has no meaning here, such as the best 0
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
Singles = npt.NDArray[np.float32]


class AffinityRefused(ValueError):  # noqa: N818 - a refusal is the house's word for it
    """The texts cannot be compared; the message says how to mend it."""


class NoSubmissions(AffinityRefused):
    """There is not one submission."""


class NoProfiles(AffinityRefused):
    """There is not one reviewer."""


class UnknownItem(AffinityRefused):
    """The item is not among the submissions."""


class UnknownReviewer(AffinityRefused):
    """The reviewer is not among the profiles."""


class BadSetting(AffinityRefused):
    """A number of pairs to keep, or of terms to name, is below 1."""


@dataclass(frozen=True, slots=True)
class Document:
    """What is known of a text: its title and its abstract, in any mixture of languages."""

    title: str
    abstract: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Pairs:
    """The best pairs alone, in compressed rows: those of item ``i`` stand at ``start[i]`` to ``start[i + 1]``."""

    start: Ints
    reviewer: Ints
    value: Singles


@dataclass(frozen=True, slots=True)
class Term:
    """A word, or two Chinese characters in a row, and the part of the affinity that it carried."""

    term: str
    part: float


@dataclass(frozen=True, slots=True)
class Paper:
    """One of the papers that counted: its place in the profile as handed over, and its similarity, 0 to 1."""

    place: int
    similarity: float


@dataclass(frozen=True, slots=True)
class Why:
    """How an affinity came about: it is the mean over ``papers``, and the sum of what terms carried.

    ``terms`` names the heaviest; ``weaker_terms`` is the part of the others, ``common_terms`` that of words such
    as "the", which more than a third of the archive holds.
    """

    item: str
    reviewer: str
    affinity: float
    papers: tuple[Paper, ...]
    terms: tuple[Term, ...]
    weaker_terms: float
    common_terms: float
