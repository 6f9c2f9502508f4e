"""The scores as the sums need them: numbers for ids, in one order, with the walk from reviewers to items and back."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np

from accord.engines.calibration.types import (
    Floats,
    Ints,
    LengthsDiffer,
    NoScores,
    OneReviewer,
    ScoredTwice,
    ScoreNotFinite,
    UnknownItem,
    UnknownReviewer,
)

NAMED = 5


@dataclass(frozen=True, slots=True, eq=False)
class Panel:
    """Scores sorted by item, then reviewer, so that the order in which they came changes no bit of the answer.

    ``by_reviewer`` sorts them by reviewer; ``item_start`` and ``reviewer_start`` say where each one's begin.
    """

    items: tuple[str, ...]
    reviewers: tuple[str, ...]
    item: Ints
    reviewer: Ints
    score: Floats
    per_item: Ints
    per_reviewer: Ints
    item_start: Ints
    reviewer_start: Ints
    by_reviewer: Ints

    def over_items(self, values: Floats) -> Floats:
        """Will add up one value (or row) a score for each item."""
        return np.add.reduceat(values, self.item_start, axis=0)

    def over_reviewers(self, values: Floats) -> Floats:
        """Will add up one value (or row) a score for each reviewer."""
        return np.add.reduceat(values[self.by_reviewer], self.reviewer_start, axis=0)


def read(
    reviewer: Sequence[str],
    item: Sequence[str],
    score: Sequence[float] | Floats,
    reviewers: Collection[str] | None,
    items: Collection[str] | None,
) -> Panel:
    """Will check the three columns against each other and the lists, and number the ids in sorted order."""
    values = np.asarray(score, dtype=np.float64)
    _check_columns(reviewer, item, values)
    _check_known(reviewer, reviewers, UnknownReviewer, "reviewers")
    _check_known(item, items, UnknownItem, "items")
    who, what = sorted(set(reviewer)), sorted(set(item))
    if len(who) == 1:
        raise OneReviewer(f"All scores come from {who[0]}: a bias shows only beside the scores of somebody else.")
    who_at, what_at = _numbers(reviewer, who), _numbers(item, what)
    order = np.lexsort((who_at, what_at))
    _check_once(who_at[order], what_at[order], who, what)
    return _laid_out(tuple(what), tuple(who), what_at[order], who_at[order], values[order])


def _laid_out(items: tuple[str, ...], reviewers: tuple[str, ...], item: Ints, reviewer: Ints, score: Floats) -> Panel:
    per_item = np.bincount(item, minlength=len(items))
    per_reviewer = np.bincount(reviewer, minlength=len(reviewers))
    return Panel(
        items,
        reviewers,
        item,
        reviewer,
        score,
        per_item,
        per_reviewer,
        np.concatenate(([0], np.cumsum(per_item)[:-1])),
        np.concatenate(([0], np.cumsum(per_reviewer)[:-1])),
        np.argsort(reviewer, kind="stable"),
    )


def _numbers(ids: Sequence[str], known: Sequence[str]) -> Ints:
    at = {one: number for number, one in enumerate(known)}
    return np.fromiter((at[one] for one in ids), dtype=np.int64, count=len(ids))


def _check_columns(reviewer: Sequence[str], item: Sequence[str], score: Floats) -> None:
    if not len(reviewer) == len(item) == len(score):
        raise LengthsDiffer(f"{len(reviewer)} reviewers, {len(item)} items and {len(score)} scores are no table.")
    if not len(score):
        raise NoScores("There is not one score; hand over at least one.")
    bad = np.flatnonzero(~np.isfinite(score))
    if len(bad):
        pairs = named([f"{reviewer[at]} on {item[at]}" for at in bad.tolist()])
        raise ScoreNotFinite(f"Scores must be finite numbers; leave out what was not scored. Check {pairs}.")


def _check_known(
    ids: Sequence[str], known: Collection[str] | None, refusal: type[UnknownReviewer | UnknownItem], what: str
) -> None:
    unknown = sorted(set(ids) - set(known)) if known is not None else []
    if unknown:
        raise refusal(f"Scores name {what} that are not on the list: {named(unknown)}. List them or drop the scores.")


def _check_once(reviewer: Ints, item: Ints, who: Sequence[str], what: Sequence[str]) -> None:
    again = np.flatnonzero((item[1:] == item[:-1]) & (reviewer[1:] == reviewer[:-1]))
    if len(again):
        pairs = named([f"{who[reviewer[at]]} on {what[item[at]]}" for at in again.tolist()])
        raise ScoredTwice(f"One reviewer gives one item one score; given twice: {pairs}.")


def named(ids: Sequence[str]) -> str:
    """Will name the first few ids and count the rest."""
    more = len(ids) - NAMED
    return ", ".join(ids[:NAMED]) + (f" and {more} more" if more > 0 else "")
