"""Builds a market from preference lists and rankings, as textbooks and other packages write them."""

from collections.abc import Collection, Mapping, Sequence
from itertools import chain
from typing import NamedTuple, cast

import numpy as np

from accord.engines.matching._build import Columns, Names, build
from accord.engines.matching._sorting import order_by
from accord.engines.matching._tree import tree_of
from accord.engines.matching.errors import BadScore, DuplicateChoice, UnknownApplicant, UnknownProgramme
from accord.engines.matching.records import Limit, Programme
from accord.engines.matching.types import Bar, CapTree, Ints, Market

Wishes = Sequence[str | Collection[str]]


class _Flat(NamedTuple):
    """Lists end to end: whose each entry is and whom it names, by number, and its place from 1; ties share a place."""

    owner: Ints
    named: Ints
    place: Ints


class _StrangeError(Exception):
    """The list of one owner, by number, names somebody unknown."""

    def __init__(self, owner: int, name: str) -> None:
        super().__init__(owner, name)
        self.owner, self.name = owner, name


def market_from_dicts(
    preferences: Mapping[str, Wishes],
    places: Mapping[str, int | None],
    *,
    rankings: Mapping[str, Wishes] | None = None,
    scores: Mapping[str, Mapping[str, float]] | None = None,
    limits: Mapping[str, int | None] | None = None,
    under: Mapping[str, str] | None = None,
    minimums: Mapping[str, int] | None = None,
) -> Market:
    """Return the market of preference lists, best first; a collection inside a list is a tie.

    ``rankings`` lists applicants by programme, or by a limit for all programmes under it that have none of
    their own (a supervisor who ranks students); whoever is not ranked is not eligible. Or give ``scores`` as
    ``scores[programme][applicant]``. ``limits`` are further caps by name, ``under`` says what lies under which.
    """
    under, minimums = under or {}, minimums or {}
    programmes = [Programme(name, places[name], minimums.get(name, 0), under.get(name)) for name in sorted(places)]
    above = limits or {}
    more = [Limit(name, above[name], minimums.get(name, 0), under.get(name)) for name in sorted(above)]
    tree = tree_of(programmes, more)
    names = Names(sorted(preferences), [row.id for row in programmes])
    columns = _wished(names, preferences)
    if rankings is not None:
        _set_ranked(columns, names, rankings, tree)
    elif scores is not None:
        _set_scored(columns, names, scores)
    return build(columns, names, tree)


def _flat(lists: Mapping[str, Wishes], order: Sequence[str], index: Mapping[str, int]) -> _Flat:
    """Return the lists of these owners end to end; raises ``_StrangeError``."""
    rows = [lists[who] for who in order]
    lengths = np.fromiter(map(len, rows), np.int64, len(rows))
    total = int(lengths.sum())
    number = cast("Mapping[str | Collection[str], int]", index).__getitem__
    try:
        named = np.fromiter(map(number, chain.from_iterable(rows)), np.int64, total)
    except (KeyError, TypeError):  # a tie, which is no key of the index, or a name that is unknown
        return _with_ties(rows, index)
    place = np.arange(1, total + 1) - np.repeat(np.cumsum(lengths) - lengths, lengths)
    return _Flat(np.repeat(np.arange(len(rows)), lengths), named, place)


def _with_ties(rows: Sequence[Wishes], index: Mapping[str, int]) -> _Flat:
    entries = []
    for owner, row in enumerate(rows):
        for place, entry in enumerate(row, 1):
            for name in [entry] if isinstance(entry, str) else sorted(entry):
                if name not in index:
                    raise _StrangeError(owner, name)
                entries.append((owner, index[name], place))
    columns = np.array(entries, np.int64).reshape(-1, 3).T
    return _Flat(*columns)


def _wished(names: Names, preferences: Mapping[str, Wishes]) -> Columns:
    index = {name: number for number, name in enumerate(names.programmes)}
    try:
        wishes = _flat(preferences, names.applicants, index)
    except _StrangeError as error:
        raise UnknownProgramme(names.applicants[error.owner], error.name) from None
    edges = len(wishes.named)
    return Columns(
        owner=wishes.owner,
        chosen=wishes.named,
        rank=wishes.place,
        score=np.zeros(edges),
        bar=np.zeros(edges, np.int64),
        fixed=np.zeros(edges, np.bool_),
        reason={},
    )


def _set_ranked(columns: Columns, names: Names, rankings: Mapping[str, Wishes], tree: CapTree) -> None:
    """Write scores from places in the rankings, the best place highest; bar whoever is not ranked."""
    judges = list(rankings)
    index = {name: number for number, name in enumerate(names.applicants)}
    try:
        ranked = _flat(rankings, judges, index)
    except _StrangeError as error:
        raise UnknownApplicant(judges[error.owner], error.name) from None
    order = order_by(ranked.owner, order_by(ranked.named))
    keys = ranked.owner[order] * len(names.applicants) + ranked.named[order]
    _refuse_doubles(keys, judges, names.applicants)
    judge = _judges(tree, rankings)[columns.chosen]
    # Looked up in the order of the keys, neighbours lie side by side; without a ranking the key is below all others.
    asking = order_by(judge + 1, order_by(columns.owner))
    wanted = np.where(judge < 0, -1, judge * len(names.applicants) + columns.owner)[asking]
    found = np.minimum(np.searchsorted(keys, wanted), max(len(keys) - 1, 0))
    is_ranked = (keys[found] == wanted) if len(keys) else np.zeros(len(wanted), np.bool_)
    columns.score[asking[is_ranked]] = -ranked.place[order][found[is_ranked]].astype(np.float64)
    columns.bar[asking[~is_ranked]] = Bar.NOT_ELIGIBLE


def _judges(tree: CapTree, rankings: Mapping[str, Wishes]) -> Ints:
    """Return for every node the number of the ranking that counts there: its own, or the nearest one above, or -1."""
    number = {name: index for index, name in enumerate(rankings)}
    for name in number.keys() - set(tree.label):
        raise UnknownProgramme("A ranking", name)
    own = np.array([number.get(name, -1) for name in tree.label], np.int64)
    judge, above = own.copy(), tree.parent.copy()
    while len(looking := np.flatnonzero((judge < 0) & (above >= 0))):
        judge[looking] = own[above[looking]]
        above[looking] = tree.parent[above[looking]]
    return judge


def _refuse_doubles(keys: Ints, judges: Sequence[str], applicants: Sequence[str]) -> None:
    twice = keys[1:][keys[1:] == keys[:-1]]
    if len(twice):
        judge, who = divmod(int(twice[0]), len(applicants))
        raise DuplicateChoice(judges[judge], applicants[who])


def _set_scored(columns: Columns, names: Names, scores: Mapping[str, Mapping[str, float]]) -> None:
    """Write the scores given by programme and applicant; bar whoever has none."""
    empty: Mapping[str, float] = {}
    for edge, (owner, chosen) in enumerate(zip(columns.owner.tolist(), columns.chosen.tolist(), strict=True)):
        who, what = names.applicants[owner], names.programmes[chosen]
        score = scores.get(what, empty).get(who)
        if score is None:
            columns.bar[edge] = Bar.NOT_ELIGIBLE
        elif isinstance(score, int | float | np.floating | np.integer) and np.isfinite(score):
            columns.score[edge] = score
        else:
            raise BadScore(who, what, detail=str(score))
