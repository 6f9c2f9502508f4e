"""Texts as rows of weights: rare terms weigh more, repeated ones little more than one, every row has length 1."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from accord.engines.affinity._terms import terms
from accord.engines.affinity.types import Ints, Singles

COMMON, LEAST_COMMON = 1 / 3, 10
"""A common term is held by more than this part of the archive, and by more than so many texts."""


@dataclass(frozen=True, slots=True, eq=False)
class Rows:
    """A sparse matrix, one row a text: terms and weights of row ``i`` stand at ``start[i]`` to ``start[i + 1]``."""

    start: Ints
    term: Ints
    weight: Singles

    def row(self, at: int) -> tuple[Ints, Singles]:
        """Will give terms, in rising order, and weights of one text."""
        mine = slice(int(self.start[at]), int(self.start[at + 1]))
        return self.term[mine], self.weight[mine]

    def __len__(self) -> int:
        """Will count the texts."""
        return len(self.start) - 1


@dataclass(frozen=True, slots=True, eq=False)
class Index:
    """The terms by number, beside the weighted rows of archive and submissions.

    ``common`` marks terms such as "the", which say nothing of a subject: they count, lightly, but explain nothing.
    """

    vocabulary: tuple[str, ...]
    common: npt.NDArray[np.bool_]
    archive: Rows
    submissions: Rows


def index(archive: Sequence[str], submissions: Sequence[str]) -> Index:
    """Will weigh both by how rare a term is in the archive, never by less than 1.

    Terms that the archive does not know add to the length of a submission, but can meet nothing; they are
    numbered after those it knows. Salton and Buckley, Inf. Process. Manag. 24, 1988.
    """
    held = [Counter(terms(text)) for text in archive]
    asked = [Counter(terms(text)) for text in submissions]
    known = sorted(set().union(*held))
    foreign = sorted(set().union(*asked) - set(known))
    number = {term: at for at, term in enumerate((*known, *foreign))}
    counted = [_counted(texts, number) for texts in (held, asked)]
    spread = np.bincount(counted[0][1], minlength=len(number))
    rarity = np.log((1 + len(archive)) / (1 + spread)) + 1
    common = spread > max(COMMON * len(archive), LEAST_COMMON)
    return Index((*known, *foreign), common, _weighed(*counted[0], rarity), _weighed(*counted[1], rarity))


def _counted(texts: Sequence[Counter[str]], number: dict[str, int]) -> tuple[Ints, Ints, Ints]:
    start = np.concatenate(([0], np.cumsum([len(text) for text in texts], dtype=np.int64)))
    term = np.fromiter((number[term] for text in texts for term in text), np.int64, int(start[-1]))
    count = np.fromiter((count for text in texts for count in text.values()), np.int64, int(start[-1]))
    order = np.lexsort((term, np.repeat(np.arange(len(texts)), np.diff(start))))
    return start, term[order], count[order]


def _weighed(start: Ints, term: Ints, count: Ints, rarity: npt.NDArray[np.float64]) -> Rows:
    weight = (1 + np.log(count)) * rarity[term]
    row = np.repeat(np.arange(len(start) - 1), np.diff(start))
    length = np.sqrt(np.bincount(row, weight**2, len(start) - 1))
    return Rows(start, term, (weight / length[row]).astype(np.float32))
