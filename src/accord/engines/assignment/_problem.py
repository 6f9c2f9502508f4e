"""Builds a problem from records, in the order of sorted ids, and refuses what contradicts itself."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from accord.engines.assignment._fits import finite, put_in_order
from accord.engines.assignment.refusals import (
    DemandTooLow,
    EmptyProblem,
    FitNotANumber,
    FixedAgainstRule,
    FixedConflict,
    FixedOverDemand,
    FixedOverLoad,
    LoadsCrossed,
    RepeatedId,
    SeniorsOverDemand,
    ShapeRefused,
    ShareTooLow,
    UnknownId,
)
from accord.engines.assignment.types import Fitness, Item, Reviewer, ReviewProblem, Sparse, Whole

Pairs = Iterable[tuple[str, str]]
Fits = Mapping[tuple[str, str], float] | Fitness | Sparse
Index = Mapping[str, int]


def problem(
    items: Iterable[Item],
    reviewers: Iterable[Reviewer],
    fits: Fits,
    *,
    conflicts: Pairs = (),
    fixed: Pairs = (),
    share: int | None = None,
    floor: float | None = None,
) -> ReviewProblem:
    """Will build a problem whose arrays do not depend on the order of what is handed over.

    ``fits`` is a mapping of (item id, reviewer id), or an array or ``Sparse`` whose rows and columns are in the order
    of ``items`` and ``reviewers``; a fit that is missing is 0. ``conflicts`` and ``fixed`` are pairs of ids, repeats
    are welcome. ``share``: at most so many reviewers of one institution an item. ``floor``: the least fit allowed.

    Raises a ``ProblemRefused``; each names the ids.
    """
    given_items, given_reviewers = list(items), list(reviewers)
    _check_ids([item.id for item in given_items], "items")
    _check_ids([reviewer.id for reviewer in given_reviewers], "reviewers")
    row_order = sorted(range(len(given_items)), key=lambda at: given_items[at].id)
    column_order = sorted(range(len(given_reviewers)), key=lambda at: given_reviewers[at].id)
    asked, serving = [given_items[at] for at in row_order], [given_reviewers[at] for at in column_order]
    _check_figures(asked, serving, share)
    row = {item.id: at for at, item in enumerate(asked)}
    column = {reviewer.id: at for at, reviewer in enumerate(serving)}
    institutions = tuple(sorted({one.institution for one in serving if one.institution is not None}))
    place = {name: at for at, name in enumerate(institutions)}
    built = ReviewProblem(
        items=tuple(row),
        reviewers=tuple(column),
        fits=_fits(fits, row, column, row_order, column_order),
        demand=_whole(item.demand for item in asked),
        seniors=_whole(item.seniors for item in asked),
        least=_whole(one.least for one in serving),
        most=_whole(one.most for one in serving),
        senior=np.array([one.senior for one in serving], dtype=np.bool_),
        institution=_whole(-1 if one.institution is None else place[one.institution] for one in serving),
        institutions=institutions,
        conflicts=_pairs(conflicts, row, column, "conflicts"),
        fixed=_pairs(fixed, row, column, "fixed"),
        share=share,
        floor=floor,
    )
    _check_fits(built)
    _check_fixed(built)
    return built


def _whole(values: Iterable[int]) -> Whole:
    return np.array(list(values), dtype=np.int64)


def _check_ids(ids: Sequence[str], what: str) -> None:
    if not ids:
        raise EmptyProblem(what=what[:-1])
    twice = tuple(sorted(one for one, times in Counter(ids).items() if times > 1))
    if twice:
        raise RepeatedId(*twice, what=what)


def _check_figures(items: Sequence[Item], reviewers: Sequence[Reviewer], share: int | None) -> None:
    for item in items:
        if item.demand < 1:
            raise DemandTooLow(item.id, value=item.demand)
        if not 0 <= item.seniors <= item.demand:
            raise SeniorsOverDemand(item.id, value=item.seniors, most=item.demand)
    for one in reviewers:
        if not 0 <= one.least <= one.most:
            raise LoadsCrossed(one.id, least=one.least, most=one.most)
    if share is not None and share < 1:
        raise ShareTooLow(value=share)


def _fits(fits: Fits, row: Index, column: Index, rows: list[int], columns: list[int]) -> Fitness | Sparse:
    if isinstance(fits, Mapping):
        return _from_mapping(fits, row, column)
    shape = (len(fits.start) - 1, len(column)) if isinstance(fits, Sparse) else fits.shape
    if shape != (len(row), len(column)):
        raise ShapeRefused(found=str(shape), expected=str((len(row), len(column))))
    if (
        isinstance(fits, Sparse)
        and fits.reviewer.size
        and not 0 <= fits.reviewer.min() <= fits.reviewer.max() < len(column)
    ):
        raise ShapeRefused(found=f"0 .. {fits.reviewer.max()}", expected=f"0 .. {len(column) - 1}")
    return put_in_order(fits, rows, columns)


def _from_mapping(fits: Mapping[tuple[str, str], float], row: Index, column: Index) -> Sparse:
    where = sorted(
        (_at(item, row, "items", "fits"), _at(one, column, "reviewers", "fits"), float(fit))
        for (item, one), fit in fits.items()
    )
    start = np.zeros(len(row) + 1, dtype=np.int64)
    np.cumsum(np.bincount([at for at, _, _ in where], minlength=len(row)), out=start[1:])
    return Sparse(start, _whole(at for _, at, _ in where), np.array([fit for _, _, fit in where], dtype=np.float64))


def _at(name: str, index: Index, what: str, where: str) -> int:
    if name not in index:
        raise UnknownId(name, what=what, where=where)
    return index[name]


def _pairs(pairs: Pairs, row: Index, column: Index, where: str) -> Whole:
    found = {(_at(item, row, "items", where), _at(one, column, "reviewers", where)) for item, one in pairs}
    return np.array(sorted(found), dtype=np.int64).reshape(-1, 2)


def _check_fits(built: ReviewProblem) -> None:
    if (bad := finite(built)) is not None:
        item, reviewer, value = bad
        raise FitNotANumber(built.items[item], built.reviewers[reviewer], value=value)


def _check_fixed(built: ReviewProblem) -> None:
    item, reviewer = built.fixed.T
    conflicts = {(int(i), int(j)) for i, j in built.conflicts}
    for i, j in zip(item.tolist(), reviewer.tolist(), strict=True):
        if (i, j) in conflicts:
            raise FixedConflict(built.items[i], built.reviewers[j])
    load = np.bincount(reviewer, minlength=len(built.reviewers))
    for j in np.flatnonzero(load > built.most).tolist():
        raise FixedOverLoad(built.reviewers[j], value=int(load[j]), most=int(built.most[j]))
    taken = np.bincount(item, minlength=len(built.items))
    for i in np.flatnonzero(taken > built.demand).tolist():
        raise FixedOverDemand(built.items[i], value=int(taken[i]), most=int(built.demand[i]))
    _check_fixed_rules(built, item, reviewer)


def _check_fixed_rules(built: ReviewProblem, item: Whole, reviewer: Whole) -> None:
    juniors = np.bincount(item[~built.senior[reviewer]], minlength=len(built.items))
    for i in np.flatnonzero(juniors > built.demand - built.seniors).tolist():
        raise FixedAgainstRule(built.items[i], rule="seniors")
    if built.share is None:
        return
    same = Counter(zip(item.tolist(), built.institution[reviewer].tolist(), strict=True))
    for (i, place), times in same.items():
        if place >= 0 and times > built.share:
            raise FixedAgainstRule(built.items[i], built.institutions[place], rule="share")
