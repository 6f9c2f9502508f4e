"""Every submission times every paper, in blocks of submissions: common terms densely, rare ones one by one."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from accord.engines.affinity._index import Index, Rows
from accord.engines.affinity.types import Ints, Singles

DENSE = 1024
"""So many terms, the ones that meet most often, are multiplied as a dense matrix."""
CELLS = 1 << 22
"""A block holds about so many similarities, or meetings of rare terms."""


@dataclass(frozen=True, slots=True, eq=False)
class Postings:
    """The papers that hold each rare term: those of term ``t`` stand at ``start[t]`` to ``start[t + 1]``."""

    start: Ints
    paper: Ints
    weight: Singles


def blocks(index: Index) -> Iterator[tuple[slice, Singles]]:
    """Yield a run of submissions and their cosines with every paper of the archive."""
    archive, asked, size = index.archive, index.submissions, len(index.vocabulary)
    meetings = np.bincount(archive.term, minlength=size) * np.bincount(asked.term, minlength=size)
    common = np.argsort(-meetings, kind="stable")[:DENSE]
    column = np.full(size, -1)
    column[common] = np.arange(len(common))
    rare = _postings(archive, column, size)
    papers = _dense(archive, slice(0, len(archive)), column).T
    for rows in _runs(asked, np.diff(rare.start), len(archive)):
        yield rows, _dense(asked, rows, column) @ papers + _sparse(asked, rows, rare, len(archive))


def _runs(asked: Rows, postings: Ints, papers: int) -> Iterator[slice]:
    """Cut the submissions where neither the block nor its meetings would outgrow the bound."""
    met = np.concatenate(([0], np.cumsum(postings[asked.term])))[asked.start]
    first, most = 0, max(CELLS // max(papers, 1), 1)
    while first < len(asked):
        full = int(np.searchsorted(met, met[first] + CELLS, side="right")) - 1
        # One submission at least, so that the walk ends.
        last = max(min(first + most, full, len(asked)), first + 1)
        yield slice(first, last)
        first = last


def _postings(archive: Rows, column: Ints, size: int) -> Postings:
    paper = np.repeat(np.arange(len(archive)), np.diff(archive.start))
    kept = np.flatnonzero(column[archive.term] < 0)
    order = kept[np.argsort(archive.term[kept], kind="stable")]
    counts = np.bincount(archive.term[kept], minlength=size)
    return Postings(np.concatenate(([0], np.cumsum(counts))), paper[order], archive.weight[order])


def _dense(rows: Rows, part: slice, column: Ints) -> Singles:
    first, last = int(rows.start[part.start]), int(rows.start[part.stop])
    at = np.repeat(np.arange(part.stop - part.start), np.diff(rows.start[part.start : part.stop + 1]))
    to = column[rows.term[first:last]]
    matrix = np.zeros((part.stop - part.start, int(column.max(initial=-1)) + 1), dtype=np.float32)
    matrix[at[to >= 0], to[to >= 0]] = rows.weight[first:last][to >= 0]
    return matrix


def _sparse(asked: Rows, part: slice, rare: Postings, papers: int) -> Singles:
    first, last = int(asked.start[part.start]), int(asked.start[part.stop])
    term, size = asked.term[first:last], part.stop - part.start
    row = np.repeat(np.arange(size), np.diff(asked.start[part.start : part.stop + 1]))
    begin, count = rare.start[term], rare.start[term + 1] - rare.start[term]
    # Each term of a submission is laid out once for every paper that holds it.
    place = np.arange(int(count.sum())) - np.repeat(np.cumsum(count) - count, count) + np.repeat(begin, count)
    cell = np.repeat(row, count) * papers + rare.paper[place]
    met = np.repeat(asked.weight[first:last], count) * rare.weight[place]
    return np.bincount(cell, met, size * papers).astype(np.float32).reshape(size, papers)
