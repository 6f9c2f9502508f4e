"""Turns what a form hands over into the value that is kept; cleaning a clean value changes nothing.

Cleaning never shortens, and refuses only what it cannot read: limits are told by the check, so that half an answer
can be kept.
"""

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Final

from accord.engines.questionnaire._clean_lists import clean_files, clean_members, clean_ranking
from accord.engines.questionnaire._clean_text import clean_line, clean_text, clipped
from accord.engines.questionnaire._figures import day_in, figure_of, number_in
from accord.engines.questionnaire._problem_words import problem
from accord.engines.questionnaire.types import Json, Kind, Problem, Question

_BARE: Final = re.compile(r"[\w-]+(?:\.[\w-]+)+(?:[/?#].*)?")
_TICKED: Final = {"on", "true", "1", "yes", "是"}
_UNTICKED: Final = {"", "off", "false", "0", "no", "否"}

OTHER: Final = "other"


def clean_one(question: Question, raw: object) -> Json | Problem:
    """Will return the canonical value of what was handed over: None for no answer, a problem where it is unreadable.

    A canonical value is returned as it is. Form values are texts, or lists and mappings of them (README.md).
    """
    return None if raw is None else _CLEANERS[question.kind](question, raw)


def _unreadable(question: Question) -> Problem:
    return problem(question, "unreadable")


def _short(question: Question, raw: object) -> Json | Problem:
    return clean_line(raw) or None if isinstance(raw, str) else _unreadable(question)


def _long(question: Question, raw: object) -> Json | Problem:
    return clean_text(raw) or None if isinstance(raw, str) else _unreadable(question)


def _link(question: Question, raw: object) -> Json | Problem:
    if not isinstance(raw, str):
        return _unreadable(question)
    line = clean_line(raw)
    return f"https://{line}" if _BARE.fullmatch(line) else line or None


def _number(question: Question, raw: object) -> Json | Problem:
    if isinstance(raw, bool) or not isinstance(raw, int | float | str | Decimal):
        return _unreadable(question)
    number = raw
    if isinstance(raw, str):
        line = clean_line(raw)
        if not line:
            return None
        typed = number_in(line)
        if typed is None:
            return problem(question, "not-a-number", text=clipped(line))
        number = typed
    figure = figure_of(number)  # type: ignore[arg-type]  # a text was turned into a number above
    return problem(question, "number-too-long") if figure is None else figure


def _date(question: Question, raw: object) -> Json | Problem:
    if isinstance(raw, date) and not isinstance(raw, datetime):
        return raw.isoformat()
    line = _three_boxes(raw) if isinstance(raw, Mapping) else raw
    if not isinstance(line, str):
        return _unreadable(question)
    line = clean_line(line)
    if not line:
        return None
    day = day_in(line)
    return problem(question, "not-a-date", text=clipped(line)) if day is None else day.isoformat()


def _three_boxes(raw: Mapping[object, object]) -> str | None:
    """Day, month and year, each in a box of its own."""
    boxes = [raw.get(name) or "" for name in ("year", "month", "day")]
    texts = [str(box).strip() for box in boxes if isinstance(box, str | int) and not isinstance(box, bool)]
    if len(texts) < len(boxes):
        return None
    return "-".join(texts) if any(texts) else ""


def _agree(question: Question, raw: object) -> Json | Problem:
    word = clean_line(raw).lower() if isinstance(raw, str) else None
    if raw is True or word in _TICKED:
        return True
    # A form without a tick cannot say whether the box was seen: not ticked is no answer.
    return None if raw is False or word in _UNTICKED else _unreadable(question)


def _choice(question: Question, raw: object) -> Json | Problem:
    taken = _taken(raw)
    if taken is None:
        return _unreadable(question)
    keys, own_words = set(taken[0]), taken[1]
    known = {option.key for option in question.options} | ({OTHER} if question.other else set())
    strange = next((key for key in taken[0] if key not in known), None)
    if strange is not None:
        return problem(question, "unknown-option", option=clipped(strange))
    chosen: list[Json] = [option.key for option in question.options if option.key in keys]
    if OTHER in keys and question.other:
        chosen.append({OTHER: own_words})
    if question.several:
        return chosen or None
    if len(chosen) > 1:
        return problem(question, "one-only")
    return chosen[0] if chosen else None


def _taken(raw: object) -> tuple[list[str], str] | None:
    """The keys that were chosen and the applicant's own words, out of each of the ways to write them."""
    own_words: object = ""
    if isinstance(raw, Mapping) and "chosen" in raw:
        own_words, raw = raw.get(OTHER, ""), raw["chosen"]
    keys: list[str] = []
    for entry in raw if isinstance(raw, list | tuple) else [raw]:
        if isinstance(entry, Mapping) and list(entry) == [OTHER]:
            own_words = entry[OTHER]
            keys.append(OTHER)
        elif isinstance(entry, str):
            keys += [line] if (line := clean_line(entry)) else []
        elif entry is not None:
            return None
    return (keys, clean_line(own_words)) if isinstance(own_words, str) else None


def _text(question: Question, raw: object) -> Json | Problem:  # noqa: ARG001 (a paragraph keeps no answer, whatever comes)
    return None


_CLEANERS: Final[dict[Kind, Callable[[Question, object], Json | Problem]]] = {
    Kind.SHORT: _short,
    Kind.LONG: _long,
    Kind.CHOICE: _choice,
    Kind.NUMBER: _number,
    Kind.DATE: _date,
    Kind.FILE: clean_files,
    Kind.LINK: _link,
    Kind.RANKING: clean_ranking,
    Kind.MEMBERS: clean_members,
    Kind.AGREE: _agree,
    Kind.TEXT: _text,
}
