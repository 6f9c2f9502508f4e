"""Where problems are gathered while a file is read."""

from __future__ import annotations

from typing import Final, NamedTuple

from accord.engines.agreementfile._messages import severity_of, words_of
from accord.engines.agreementfile.types import Problem

MAX_PROBLEMS: Final = 1000
_UNSURE_AFTER_CUT: Final = frozenset(
    {"missing-key", "needed-for-kind", "no-language", "missing-language", "too-few", "too-few-sign"}
    | {"unknown-party", "unknown-section", "unknown-source", "unused-section", "empty-value", "not-cited"}
    | {"amendment-of-draft", "amendment-empty", "signing-empty", "notice-without-end", "terminated-draft"}
)
"""What a file that breaks off in the middle only seems to lack."""


class Place(NamedTuple):
    """A line and a column, both from 1."""

    line: int
    column: int


class Findings:
    """The problems of one file. `cut` is where the reading had to stop, if it had to."""

    def __init__(self) -> None:
        self.cut: Place | None = None
        self._problems: dict[tuple[Place, str, str], Problem] = {}

    def add(self, code: str, place: Place, where: str, **params: str) -> bool:
        """Note a problem, unless the same was noted at the same place; False when no more are taken."""
        if self.cut is not None and code in _UNSURE_AFTER_CUT:
            return True
        if (place, code, where) in self._problems or len(self._problems) >= MAX_PROBLEMS:
            return len(self._problems) < MAX_PROBLEMS
        what, advice = words_of(code, params, "en")
        self._problems[place, code, where] = Problem(
            line=place.line,
            column=place.column,
            where=where,
            code=code,
            what=what,
            advice=advice,
            severity=severity_of(code),
            params=tuple(sorted(params.items())),
        )
        return True

    def in_order(self) -> tuple[Problem, ...]:
        """Give the problems in the order of the file."""
        return tuple(sorted(self._problems.values(), key=lambda p: (p.line, p.column, p.code, p.where)))
