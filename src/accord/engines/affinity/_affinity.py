"""How well each reviewer knows the subject of each submission, from the papers they wrote themselves."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from accord.engines.affinity._index import Index, index
from accord.engines.affinity._product import blocks
from accord.engines.affinity._prune import best_pairs
from accord.engines.affinity._terms import text_of
from accord.engines.affinity._why import explain
from accord.engines.affinity.types import (
    BadSetting,
    Document,
    Ints,
    NoProfiles,
    NoSubmissions,
    Pairs,
    Singles,
    UnknownItem,
    UnknownReviewer,
    Why,
)

NEAREST = 3
"""The papers that count: a reviewer need not have written on the subject all their life."""


@dataclass(frozen=True, slots=True, eq=False)
class Affinity:
    """Affinities, 0 to 1, of ``items`` and ``reviewers``, both sorted: a whole ``matrix``, or the best ``pairs``.

    Exactly one of the two is set. ``silent_items`` and ``silent_reviewers`` have no text to compare: their
    affinities are 0, which says nothing of what they know.
    """

    items: tuple[str, ...]
    reviewers: tuple[str, ...]
    matrix: Singles | None
    pairs: Pairs | None
    silent_items: tuple[str, ...]
    silent_reviewers: tuple[str, ...]
    _index: Index = field(repr=False)
    _papers: tuple[Ints, ...] = field(repr=False)

    def why(self, item: str, reviewer: str, *, most: int = 10) -> Why:
        """Will name the papers and the shared terms, heaviest first, that carried an affinity; ``most`` of them.

        Works for every pair, kept or not. Refuses an ``UnknownItem`` or ``UnknownReviewer``.
        """
        if item not in self.items:
            raise UnknownItem(f"{item} is not among the submissions.")
        if reviewer not in self.reviewers:
            raise UnknownReviewer(f"{reviewer} has no profile.")
        if most < 1:
            raise BadSetting(f"At least one term must be named, not {most}.")
        papers = self._papers[self.reviewers.index(reviewer)]
        return explain(self._index, (item, self.items.index(item)), (reviewer, papers), nearest=NEAREST, most=most)


def affinity(
    submissions: Mapping[str, Document | str],
    profiles: Mapping[str, Sequence[Document | str]],
    *,
    top: int | None = None,
) -> Affinity:
    """Will compare every submission with the papers of every reviewer: the mean cosine of the three nearest.

    ``profiles`` holds, by reviewer, the texts they wrote; with fewer than three, all count. Terms are weighed by
    the archive of all profiles, in which a text that several reviewers share counts once. ``top`` keeps, for
    every item and for every reviewer, so many of the best pairs above 0; without it the matrix is whole.
    Refuses ``NoSubmissions``, ``NoProfiles`` and a ``top`` below 1. About one step for each submission, paper
    and shared term; the similarities are worked out in blocks of 16 MB. Method of the Toronto system's simplest
    form: Charlin and Zemel 2013; Salton and Buckley 1988.
    """
    if not submissions:
        raise NoSubmissions("There is not one submission; hand over at least one.")
    if not profiles:
        raise NoProfiles("There is not one reviewer; hand over at least one profile.")
    if top is not None and top < 1:
        raise BadSetting(f"At least one pair must be kept for each item and reviewer, not {top}.")
    items, reviewers = sorted(submissions), sorted(profiles)
    texts = {who: [text_of(paper) for paper in profiles[who]] for who in reviewers}
    archive = sorted({text for mine in texts.values() for text in mine})
    number = {text: at for at, text in enumerate(archive)}
    papers = tuple(np.array([number[text] for text in texts[who]], dtype=np.int64) for who in reviewers)
    made = index(archive, [text_of(submissions[item]) for item in items])
    matrix = _matrix(made, papers)
    pairs = None if top is None else best_pairs(matrix, top)
    return Affinity(
        items=tuple(items),
        reviewers=tuple(reviewers),
        matrix=matrix if pairs is None else None,
        pairs=pairs,
        silent_items=tuple(item for at, item in enumerate(items) if not len(made.submissions.row(at)[0])),
        silent_reviewers=tuple(who for who, mine in zip(reviewers, papers, strict=True) if _silent(made, mine)),
        _index=made,
        _papers=papers,
    )


def _matrix(made: Index, papers: Sequence[Ints]) -> Singles:
    found = np.zeros((len(made.submissions), len(papers)), dtype=np.float32)
    sizes = np.array([len(mine) for mine in papers])
    alike = [np.flatnonzero(sizes == size) for size in np.unique(sizes[sizes > 0])]
    for rows, similar in blocks(made):
        for group in alike:
            # Reviewers with equally many papers are one cube: submissions x reviewers x papers.
            # Their papers stand in rising order, so that the order of a profile changes no sum.
            cube = similar[:, np.stack([np.sort(papers[who]) for who in group.tolist()])]
            found[rows][:, group] = _nearest(cube).mean(axis=2)
    np.clip(found, 0, 1, out=found)
    found.setflags(write=False)
    return found


def _nearest(cube: Singles) -> Singles:
    if cube.shape[2] <= NEAREST:
        return cube
    return np.partition(cube, -NEAREST, axis=2)[:, :, -NEAREST:]


def _silent(made: Index, papers: Ints) -> bool:
    return not any(len(made.archive.row(int(at))[0]) for at in papers)
