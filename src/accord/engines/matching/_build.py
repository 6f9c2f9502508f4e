"""Builds a market: ids sorted, edges in compressed rows, and every contradiction refused by name."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np

from accord.engines.matching._checks import couples_of, refuse_clashes, reserves_of
from accord.engines.matching._sorting import order_by
from accord.engines.matching._tree import tree_of
from accord.engines.matching.errors import (
    BadNumber,
    BadScore,
    DuplicateChoice,
    DuplicateId,
    EmptyMarket,
    UnknownProgramme,
)
from accord.engines.matching.records import Choice, JointChoice, Limit, Person, Programme, ReservedSeats
from accord.engines.matching.types import CapTree, Flags, Floats, Ints, Market, ReserveOrder


class Names(NamedTuple):
    """The ids of a market, each list sorted and without doubles."""

    applicants: Sequence[str]
    programmes: Sequence[str]


@dataclass(slots=True)
class Columns:
    """Choices as columns of equal length, by number of applicant and programme: what every reader fills."""

    owner: Ints
    chosen: Ints
    rank: Ints
    score: Floats
    bar: Ints
    fixed: Flags
    reason: dict[int, str]


def market_from_records(
    choices: Iterable[Choice],
    programmes: Iterable[Programme],
    *,
    limits: Iterable[Limit] = (),
    people: Iterable[Person] = (),
    reserves: Iterable[ReservedSeats] = (),
    couples: Iterable[JointChoice] = (),
    reserve_order: ReserveOrder = ReserveOrder.RESERVE_FIRST,
) -> Market:
    """Return the market of these rows, in whatever order they come.

    ``people`` need only list those with a team, a group, or no choice at all. Raises a ``MarketError`` that names
    the row. Where no choice has a score, all count as equal.
    """
    rows, known = list(choices), list(people)
    opened = sorted(programmes, key=lambda row: row.id)
    applicants = sorted({row.id for row in known}.union(row.applicant for row in rows))
    names = Names(applicants, [row.id for row in opened])
    tree = tree_of(opened, sorted(limits, key=lambda row: row.id))
    market = build(_columns(rows, names), names, tree, people=known)
    market = replace(market, reserve_order=reserve_order)
    market = replace(market, reserves=reserves_of(list(reserves), market))
    return replace(market, couples=couples_of(list(couples), market))


def build(columns: Columns, names: Names, tree: CapTree, *, people: Sequence[Person] = ()) -> Market:
    """Return the market of these columns, without reserves and couples; the tree begins with the programmes named."""
    if not names.applicants or not names.programmes:
        raise EmptyMarket(reason="no-programme" if names.applicants else "no-applicant")
    _refuse_doubles(columns, names)
    _refuse_bad_values(columns, names)
    columns = _in_order(columns)
    size, group, groups = _known_of(people, names.applicants)
    counts = np.bincount(columns.owner, minlength=len(names.applicants))
    market = Market(
        applicants=tuple(names.applicants),
        programmes=tuple(names.programmes),
        tree=tree,
        start=np.concatenate(([0], np.cumsum(counts))).astype(np.int64),
        programme=columns.chosen,
        rank=columns.rank,
        score=columns.score,
        bar=columns.bar,
        fixed=columns.fixed,
        size=size,
        group=group,
        groups=groups,
        bar_reason=columns.reason,
    )
    refuse_clashes(market)
    return market


def _columns(rows: Sequence[Choice], names: Names) -> Columns:
    scored = any(row.score is not None for row in rows)
    for row in rows:
        if isinstance(row.rank, bool) or not isinstance(row.rank, int | np.integer):
            raise BadNumber(row.applicant, row.programme, detail=repr(row.rank), reason="bad-rank")
        if row.score is None and scored and row.bar == 0 and not row.fixed:
            raise BadScore(row.applicant, row.programme, detail="missing")
    applicant = {name: number for number, name in enumerate(names.applicants)}
    programme = {name: number for number, name in enumerate(names.programmes)}
    for row in rows:
        if row.programme not in programme:
            raise UnknownProgramme(row.applicant, row.programme)
    return Columns(
        owner=np.array([applicant[row.applicant] for row in rows], np.int64),
        chosen=np.array([programme[row.programme] for row in rows], np.int64),
        rank=np.array([row.rank for row in rows], np.int64),
        score=np.array([0.0 if row.score is None else row.score for row in rows], np.float64),
        bar=np.array([row.bar for row in rows], np.int64),
        fixed=np.array([row.fixed for row in rows], np.bool_),
        reason={number: row.reason for number, row in enumerate(rows) if row.reason},
    )


def _in_order(columns: Columns) -> Columns:
    """Return the columns by applicant, then rank, then programme; as they are when they stand so already."""
    owner, rank = columns.owner, columns.rank
    if bool(((owner[1:] > owner[:-1]) | ((owner[1:] == owner[:-1]) & (rank[1:] > rank[:-1]))).all()):
        return columns
    order = np.lexsort((columns.chosen, rank, owner))
    return Columns(
        owner=owner[order],
        chosen=columns.chosen[order],
        rank=rank[order],
        score=columns.score[order],
        bar=columns.bar[order],
        fixed=columns.fixed[order],
        reason=_moved(columns.reason, order),
    )


def _refuse_doubles(columns: Columns, names: Names) -> None:
    order = order_by(columns.chosen, order_by(columns.owner))
    owner, chosen = columns.owner[order], columns.chosen[order]
    for row in np.flatnonzero((owner[1:] == owner[:-1]) & (chosen[1:] == chosen[:-1]))[:1]:
        raise DuplicateChoice(names.applicants[owner[row]], names.programmes[chosen[row]])


def _refuse_bad_values(columns: Columns, names: Names) -> None:
    for row in np.flatnonzero(columns.rank < 1)[:1]:
        pair = (names.applicants[columns.owner[row]], names.programmes[columns.chosen[row]])
        raise BadNumber(*pair, detail=str(columns.rank[row]), reason="bad-rank")
    for row in np.flatnonzero(~np.isfinite(columns.score))[:1]:
        pair = (names.applicants[columns.owner[row]], names.programmes[columns.chosen[row]])
        raise BadScore(*pair, detail=str(columns.score[row]))


def _known_of(people: Sequence[Person], applicants: Sequence[str]) -> tuple[Ints, Ints, tuple[str, ...]]:
    """Return size and group of every applicant, and the names of the groups."""
    groups = tuple(sorted({row.group for row in people if row.group}))
    index = {name: number for number, name in enumerate(applicants)}
    size, group = np.ones(len(applicants), np.int64), np.full(len(applicants), -1, np.int64)
    seen: set[str] = set()
    for row in people:
        if row.id in seen:
            raise DuplicateId(row.id, detail="applicants")
        if isinstance(row.size, bool) or not isinstance(row.size, int | np.integer) or row.size < 1:
            raise BadNumber(row.id, detail=repr(row.size), reason="bad-size")
        seen.add(row.id)
        size[index[row.id]] = row.size
        group[index[row.id]] = groups.index(row.group) if row.group else -1
    return size, group, groups


def _moved(reason: dict[int, str], order: Ints) -> dict[int, str]:
    if not reason:
        return {}
    place = np.argsort(order)
    return {int(place[row]): words for row, words in sorted(reason.items())}
