"""Keeps an assignment in a file, reads it back, and finds what is off about one that was published."""

import json
from collections.abc import Iterator, Mapping
from fractions import Fraction
from pathlib import Path
from typing import Any, Final

from accord.config.cli._exits import Exit, StopError
from accord.config.cli._shape import see_shape
from accord.config.cli._words import Words
from accord.config.cli.reviewing._asked import repeated
from accord.config.cli.reviewing._problem import Rules
from accord.config.cli.reviewing._sentences import BREACHES
from accord.engines.assignment import (
    VERSION,
    Assignment,
    AssignmentRefused,
    ReviewProblem,
    as_data,
    check,
    digest,
    from_data,
)

FORMAT: Final = "accord assign 1"
PARTS: Final = ("strength", "chances", "highest", "denominator")
"""What a repetition gives to the last digit on any machine, beside the pairs; sums and prices are proven anyway."""

READERS: Final = {FORMAT: from_data}


def result_data(assignment: Assignment, rules: Rules, explained: Mapping[str, list[str]]) -> dict[str, Any]:
    """Return an assignment for programs, with what it takes to repeat it."""
    more = {"explanations": dict(explained)} if explained else {}
    return {"format": FORMAT, "settings": rules.as_data(), "assignment": as_data(assignment), **more}


def read_result(path: Path, words: Words) -> tuple[dict[str, Any], Assignment]:
    """Return the settings and the assignment of a result file.

    Raises:
        StopError: the file is no such result.

    """
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        found = READERS[data["format"]](data["assignment"])
        see_shape(found, Assignment, "assignment")
        Fraction(found.highest, found.denominator)
        return _settings(data["settings"]), found
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError, ZeroDivisionError) as error:
        detail = f"{type(error).__name__}: {error}"
        raise StopError(words("unreadable-result", file=path, detail=detail), Exit.NOT_SOUND) from None


def _settings(data: Mapping[str, Any]) -> dict[str, Any]:
    """Return the rules that a result was made with; refuse what is no number."""
    kept = {name: data[name] for name in Rules().as_data()}
    see_shape(Rules(**kept), Rules, "settings")
    return kept


def breaches_of(problem: ReviewProblem, assignment: Assignment, words: Words) -> Iterator[str]:
    """Yield in words what an independent count finds off."""
    told = Words(BREACHES, words.language)
    for one in check(problem, assignment).breaches:
        code = one.code if one.code in BREACHES else "other"
        yield told(code, ids=words.listed(one.ids), what=one.code)


def faults_of(problem: ReviewProblem, result: Assignment, words: Words) -> Iterator[str]:
    """Yield in words whatever is off: first by an independent count, then by repeating the assignment."""
    yield from breaches_of(problem, result, words)
    if result.problem != digest(problem):
        return
    if result.engine != VERSION:
        yield words("other-engine", engine=result.engine, here=VERSION)
        return
    try:
        again = repeated(problem, result)
    except AssignmentRefused as refused:
        yield words("repeat-refused", words=refused.words(words.language))
        return
    yield from (
        words("repeat-part", part=words(part)) for part in PARTS if getattr(again, part) != getattr(result, part)
    )
    here, there = ({(one.item, one.reviewer) for one in which.pairs} for which in (again, result))
    yield from (words("repeat-missing", item=item, reviewer=one) for item, one in sorted(here - there))
    yield from (words("repeat-extra", item=item, reviewer=one) for item, one in sorted(there - here))
