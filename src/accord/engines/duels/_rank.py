"""From duels to a ranking with error bars."""

from collections.abc import Collection, Sequence

import numpy as np

from accord.engines.duels._judges import information, with_reliability
from accord.engines.duels._record import Record, parts, read
from accord.engines.duels._strength import strengths
from accord.engines.duels.types import BadSetting, Duel, Floats, Ints, Judge, Ranking

SPREAD = 1.5
ROUNDING = 1e-7


def bradley_terry(
    duels: Sequence[Duel],
    *,
    items: Collection[str] | None = None,
    judged: bool = True,
    spread: float = SPREAD,
) -> Ranking:
    """Will rank items by the duels they won, with a standard error for each and a reliability for each judge.

    ``items`` lists all that may occur, also those not shown yet; without it, those in the duels. ``judged``
    false takes all judges as equally careful, as does a single judge. ``spread`` is the standard deviation of
    strengths before any duel, in log odds; it keeps unbeaten items finite. Refuses what ``types`` lists.
    The fit is linear in the duels for each round, the error bars cubic in the items. Bradley and Terry,
    Biometrika 39, 1952; Caron and Doucet, J. Comput. Graph. Stat. 21, 2012.
    """
    if not 0 < spread < float("inf"):
        raise BadSetting(f"The spread of strengths must be above 0, not {spread}.")
    record = read(duels, items)
    trusted = np.ones(len(record.judges))
    if judged and len(record.judges) > 1:
        at, trusted, steps = with_reliability(record, spread)
    else:
        at, steps = strengths(record, record.weight, spread, np.zeros(len(record.items)))
    covariance = _covariance(record, spread, at, trusted)
    counted = np.rint(record.by_judge(record.weight)).astype(np.int64)
    judges = map(Judge, record.judges, counted.tolist(), trusted.tolist())
    at, wins, shown = at - at.mean(), record.by_item(record.weight, 0 * record.weight), _shown(record)
    error, part = np.sqrt(np.diag(covariance)), parts(record)
    for array in (at, error, wins, shown, part, covariance):
        array.setflags(write=False)
    return Ranking(record.items, at, error, _ranks(at), wins, shown, part, tuple(judges), spread, steps, covariance)


def _covariance(record: Record, spread: float, at: Floats, trusted: Floats) -> Floats:
    """Invert the information; duels say nothing of the mean of all strengths, so that is taken out again."""
    size = len(record.items)
    inverse = np.linalg.inv(information(record, spread, at, trusted))
    return np.asarray((inverse + inverse.T) / 2 - spread**2 / size)


def _shown(record: Record) -> Ints:
    return np.rint(record.by_item(record.weight, record.weight)).astype(np.int64)


def _ranks(strength: Floats) -> Ints:
    """Rank 1 for the strongest; equal strengths share the better rank, a difference of rounding counts as none."""
    order = np.argsort(-strength, kind="stable")
    falls = np.diff(strength[order]) < -ROUNDING
    rank = np.empty(len(strength), dtype=np.int64)
    rank[order] = 1 + np.maximum.accumulate(np.concatenate(([0], np.where(falls, np.arange(1, len(strength)), 0))))
    return rank
