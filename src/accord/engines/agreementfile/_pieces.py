"""What differs between two texts, piece by piece: by words where words are spaced, by characters in Chinese."""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from accord.engines.agreementfile.types import AgreementFile, Bilingual, Change, Clause

MAX_EDITS: Final = 400
# A word with its inner hyphens, points and apostrophes (10,000.5; re-use; party's); else one character at a time.
_TOKEN: Final = re.compile(
    r"[^\W_\u2e80-\u9fff\uac00-\ud7ff\uf900-\ufaff]+(?:[-.,'’/][^\W_\u2e80-\u9fff\uac00-\ud7ff\uf900-\ufaff]+)*|\s+|.",
    re.DOTALL,
)
_SENTENCE_END: Final = re.compile(r"(?<=[。！？；\n])|(?<=[.!?;]\s)")
_WORDLESS: Final = re.compile(r"[^\w\n]*")


class PieceKind(StrEnum):
    """Whether a piece of a text stands in both versions, only in the old one or only in the new one."""

    EQUAL = "equal"
    REMOVED = "removed"
    ADDED = "added"


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text and where it stands."""

    kind: PieceKind
    text: str


@dataclass(frozen=True, slots=True)
class ClauseDifference:
    """One clause in two versions: None on the side where it is missing, `kind` None where nothing differs.

    `title` and `text` hold the pieces of each language, keyed "en" and "zh-hans", the missing side taken as empty;
    texts are those that hold after all amendments. `is_retyped` says that its type or IP mode is another.
    """

    key: str
    kind: Change | None
    before: Clause | None
    after: Clause | None
    title: tuple[tuple[str, tuple[Piece, ...]], ...]
    text: tuple[tuple[str, tuple[Piece, ...]], ...]
    is_retyped: bool = False


_Run = tuple[PieceKind, str]


def clause_difference(old_text: str, new_text: str) -> tuple[Piece, ...]:
    """Split two texts into what stands in both, what was removed and what was added.

    Equal and removed pieces put together are the old text, equal and added ones the new. No piece is empty, no two
    neighbours are of one kind, and what was removed stands before what was added in its place. The fewest words or
    Chinese characters change, up to `MAX_EDITS` of them; texts that differ by more are compared by sentences.
    Changes that only spaces or punctuation part are shown as one.
    """
    runs = _shortest(_TOKEN.findall(old_text), _TOKEN.findall(new_text))
    if runs is None:
        runs = _shortest(_sentences(old_text), _sentences(new_text))
    if runs is None:
        runs = [(PieceKind.REMOVED, old_text), (PieceKind.ADDED, new_text)]
    return tuple(_gathered(_without_crumbs(list(_gathered(runs)))))


def compare_clauses(old: AgreementFile | None, new: AgreementFile) -> tuple[ClauseDifference, ...]:
    """Set every clause of two versions side by side: those of `new` in their order, then those that are gone."""
    before = {clause.key: clause for clause in old.clauses} if old else {}
    after = {clause.key: clause for clause in new.clauses}
    keys = [*after, *(key for key in before if key not in after)]
    return tuple(_side_by_side(key, before.get(key), after.get(key)) for key in keys)


def _side_by_side(key: str, before: Clause | None, after: Clause | None) -> ClauseDifference:
    kind = None if before == after else Change.CHANGED
    if before is None or after is None:
        kind = Change.ADDED if before is None else Change.REMOVED
    types = [(clause.type, clause.ip_mode) for clause in (before, after) if clause]
    return ClauseDifference(
        key=key,
        kind=kind,
        before=before,
        after=after,
        title=_sides(before.title if before else Bilingual(), after.title if after else Bilingual()),
        text=_sides(before.current_text if before else Bilingual(), after.current_text if after else Bilingual()),
        is_retyped=types[0] != types[-1],
    )


def _sides(old: Bilingual, new: Bilingual) -> tuple[tuple[str, tuple[Piece, ...]], ...]:
    return (
        ("en", clause_difference(old.en or "", new.en or "")),
        ("zh-hans", clause_difference(old.zh_hans or "", new.zh_hans or "")),
    )


def _sentences(text: str) -> list[str]:
    return [part for part in _SENTENCE_END.split(text) if part]


def _shortest(old: Sequence[str], new: Sequence[str]) -> list[_Run] | None:
    """Find a shortest edit script, or None where it takes more than `MAX_EDITS` edits."""
    head = _common(old, new)
    tail = _common(old[head:][::-1], new[head:][::-1])
    inner_old, inner_new = old[head : len(old) - tail], new[head : len(new) - tail]
    reached = _reach(inner_old, inner_new)
    if reached is None:
        return None
    runs = [(PieceKind.EQUAL, token) for token in old[:head]]
    runs += reversed(list(_walk_back(inner_old, inner_new, reached)))
    return runs + [(PieceKind.EQUAL, token) for token in old[len(old) - tail :]]


def _common(one: Sequence[str], two: Sequence[str]) -> int:
    """Count the tokens with which both begin."""
    return next((n for n, (a, b) in enumerate(zip(one, two, strict=False)) if a != b), min(len(one), len(two)))


def _reach(old: Sequence[str], new: Sequence[str]) -> list[array[int]] | None:
    """For each number of edits say how far into `old` each diagonal gets; the last one reaches both ends.

    Entry `i` of row `d` is diagonal `2 * i - d`, the place in `old` less the place in `new`.
    """
    rows = [array("l", [_slide(old, new, 0, 0)])]
    for edits in range(MAX_EDITS + 1):
        if any(x >= len(old) and x - (2 * i - edits) >= len(new) for i, x in enumerate(rows[-1])):
            return rows
        starts = (_start(rows[-1], i) for i in range(edits + 2))
        # Invariant: old[:x] becomes new[:y] by this many edits, and no further on this diagonal by so few.
        rows.append(array("l", [_slide(old, new, x, x - (2 * i - edits - 1)) for i, x in enumerate(starts)]))
    return None


def _slide(old: Sequence[str], new: Sequence[str], x: int, y: int) -> int:
    """Go on as long as both texts agree."""
    while x < len(old) and y < len(new) and old[x] == new[y]:
        x, y = x + 1, y + 1
    return x


def _adds(row: array[int], i: int) -> bool:
    """Whether entry `i` of the next row is best reached by an addition, not by a removal."""
    return i == 0 or (i < len(row) and row[i - 1] < row[i])


def _start(row: array[int], i: int) -> int:
    return row[i] if _adds(row, i) else row[i - 1] + 1


def _walk_back(old: Sequence[str], new: Sequence[str], rows: list[array[int]]) -> Iterator[_Run]:
    """Follow the furthest ways from both ends to the beginning, and give the edits last to first."""
    x, y = len(old), len(new)
    for edits in range(len(rows) - 1, 0, -1):
        i = (x - y + edits) // 2
        row = rows[edits - 1]
        start = _start(row, i)
        while x > start:
            x, y = x - 1, y - 1
            yield (PieceKind.EQUAL, old[x])
        if _adds(row, i):
            y -= 1
            yield (PieceKind.ADDED, new[y])
        else:
            x -= 1
            yield (PieceKind.REMOVED, old[x])
    yield from ((PieceKind.EQUAL, token) for token in reversed(old[:x]))


def _gathered(runs: Iterable[_Run] | Iterable[Piece]) -> Iterator[Piece]:
    """Join neighbours of one kind; between two equal pieces what was removed comes first."""
    texts = {PieceKind.REMOVED: "", PieceKind.ADDED: ""}
    equal = ""
    for run in runs:
        kind, text = (run.kind, run.text) if isinstance(run, Piece) else run
        if kind is PieceKind.EQUAL:
            if any(texts.values()):
                yield from _flushed(equal, texts)
                equal, texts = "", {PieceKind.REMOVED: "", PieceKind.ADDED: ""}
            equal += text
        else:
            texts[kind] += text
    yield from _flushed(equal, texts)


def _flushed(equal: str, texts: dict[PieceKind, str]) -> Iterator[Piece]:
    if equal:
        yield Piece(PieceKind.EQUAL, equal)
    for kind, text in texts.items():
        if text:
            yield Piece(kind, text)


def _without_crumbs(pieces: list[Piece]) -> Iterator[_Run]:
    """Count equal pieces without a word in them, between two changes, to the changes."""
    for number, piece in enumerate(pieces):
        inside = 0 < number < len(pieces) - 1
        if piece.kind is PieceKind.EQUAL and inside and _WORDLESS.fullmatch(piece.text):
            yield (PieceKind.REMOVED, piece.text)
            yield (PieceKind.ADDED, piece.text)
        else:
            yield (piece.kind, piece.text)
