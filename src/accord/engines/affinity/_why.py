"""Why a reviewer suits a submission: the papers that counted, and the terms they share with it."""

import numpy as np
import numpy.typing as npt

from accord.engines.affinity._index import Index
from accord.engines.affinity.types import Ints, Paper, Term, Why

Floats = npt.NDArray[np.float64]


def explain(index: Index, item: tuple[str, int], reviewer: tuple[str, Ints], *, nearest: int, most: int) -> Why:
    """Will take one affinity apart: papers by similarity, terms by the part they carried, which add up to it."""
    carried = [_shared(index, item[1], int(paper)) for paper in reviewer[1]]
    similar = [float(parts.sum()) for _, parts in carried]
    chosen = sorted(range(len(similar)), key=lambda place: (-similar[place], place))[:nearest]
    total: dict[int, float] = {}
    for place in chosen:
        for term, part in zip(carried[place][0].tolist(), carried[place][1].tolist(), strict=True):
            total[term] = total.get(term, 0.0) + part / len(chosen)
    telling = {term: part for term, part in total.items() if not index.common[term]}
    heaviest = sorted(telling.items(), key=lambda pair: (-pair[1], pair[0]))
    return Why(
        item=item[0],
        reviewer=reviewer[0],
        affinity=sum(total.values()),
        papers=tuple(Paper(place, similar[place]) for place in chosen),
        terms=tuple(Term(index.vocabulary[term], part) for term, part in heaviest[:most]),
        weaker_terms=sum(part for _, part in heaviest[most:]),
        common_terms=sum(part for term, part in total.items() if index.common[term]),
    )


def _shared(index: Index, item: int, paper: int) -> tuple[Ints, Floats]:
    terms, weights = index.submissions.row(item)
    others, other_weights = index.archive.row(paper)
    shared, mine, theirs = np.intersect1d(terms, others, assume_unique=True, return_indices=True)
    return shared, weights[mine].astype(np.float64) * other_weights[theirs]
