"""The duels as arrays, in one order whatever the order in which they came."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np

from accord.engines.duels.types import Duel, Floats, Ints, NoDuels, SelfDuel, UnknownItem, WinnerNotInDuel

NAMED = 5


@dataclass(frozen=True, slots=True, eq=False)
class Record:
    """One row a win: who won, who lost, before which judge; a tie is two rows of half the weight."""

    items: tuple[str, ...]
    judges: tuple[str, ...]
    winner: Ints
    loser: Ints
    judge: Ints
    weight: Floats

    def by_item(self, winning: Floats, losing: Floats) -> Floats:
        """Will add up one value a row for each item: ``winning`` where it won, ``losing`` where it lost."""
        size = len(self.items)
        return np.asarray(np.bincount(self.winner, winning, size) + np.bincount(self.loser, losing, size))

    def by_judge(self, values: Floats) -> Floats:
        """Will add up one value a row for each judge."""
        return np.asarray(np.bincount(self.judge, values, len(self.judges)))


def read(duels: Sequence[Duel], items: Collection[str] | None) -> Record:
    """Will check every duel and number items and judges in the order of their ids."""
    _check(duels, items)
    shown = {one.left for one in duels} | {one.right for one in duels}
    names = sorted(set(items) if items is not None else shown)
    judges = sorted({one.judge for one in duels})
    item_at, judge_at = _numbers(names), _numbers(judges)
    rows = sorted(
        (item_at[winner], item_at[loser], judge_at[one.judge], weight)
        for one in duels
        for winner, loser, weight in _wins(one)
    )
    columns = list(zip(*rows, strict=True))
    winner, loser, judge = (np.array(column, dtype=np.int64) for column in columns[:3])
    return Record(tuple(names), tuple(judges), winner, loser, judge, np.array(columns[3], dtype=np.float64))


def parts(record: Record) -> Ints:
    """Will number, from 0, the sets of items that a chain of duels joins."""
    label = np.arange(len(record.items))
    while True:
        lowest = label.copy()
        np.minimum.at(lowest, record.winner, label[record.loser])
        np.minimum.at(lowest, record.loser, label[record.winner])
        # A label is always an item of the same part, so its own label may be taken over at once.
        lowest = np.minimum(lowest, lowest[lowest])
        if np.array_equal(lowest, label):
            return np.unique(label, return_inverse=True)[1]
        label = lowest


def named(ids: Sequence[str]) -> str:
    """Will name the first few ids and count the rest."""
    more = len(ids) - NAMED
    return ", ".join(ids[:NAMED]) + (f" and {more} more" if more > 0 else "")


def _wins(duel: Duel) -> tuple[tuple[str, str, float], ...]:
    if duel.winner is None:
        return (duel.left, duel.right, 0.5), (duel.right, duel.left, 0.5)
    loser = duel.right if duel.winner == duel.left else duel.left
    return ((duel.winner, loser, 1.0),)


def _numbers(ids: Sequence[str]) -> dict[str, int]:
    return {one: number for number, one in enumerate(ids)}


def _check(duels: Sequence[Duel], items: Collection[str] | None) -> None:
    if not duels:
        raise NoDuels("There is not one duel; hand over at least one.")
    selves = [one.left for one in duels if one.left == one.right]
    if selves:
        raise SelfDuel(f"An item cannot stand against itself: {named(sorted(set(selves)))}.")
    strange = [f"{one.winner} in {one.left} against {one.right}" for one in duels if _is_strange(one)]
    if strange:
        raise WinnerNotInDuel(f"The winner must be one of the two, or nobody for a tie: {named(strange)}.")
    unknown = {one for duel in duels for one in (duel.left, duel.right)} - set(items) if items is not None else set()
    if unknown:
        raise UnknownItem(f"Duels name items that are not on the list: {named(sorted(unknown))}.")


def _is_strange(duel: Duel) -> bool:
    return duel.winner is not None and duel.winner not in {duel.left, duel.right}
