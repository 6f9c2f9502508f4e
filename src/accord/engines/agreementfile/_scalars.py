"""The checks of single values: each gives the value, or reports what is wrong and gives None."""

from __future__ import annotations

import calendar
import re
from datetime import date
from decimal import Decimal
from difflib import get_close_matches
from enum import StrEnum
from typing import Final

from accord.engines.agreementfile._findings import Findings
from accord.engines.agreementfile._plain import (
    EMPTY_WORDS,
    FALSE_WORDS,
    TRUE_WORDS,
    control_character,
    is_taken_for_something_else,
)
from accord.engines.agreementfile._shape import (
    KEY_PATTERN,
    MEASURE_PATTERN,
    STATED_DATE_PATTERN,
    URL_PATTERN,
    Address,
    Amount,
    Choice,
    Day,
    Flag,
    Key,
    MeasureCode,
    Position,
    Version,
    Words,
)
from accord.engines.agreementfile._tree import Scalar
from accord.engines.agreementfile.types import StatedDate

_AMOUNT: Final = re.compile(r"-?(0|[1-9][0-9]{0,11})(\.[0-9]{1,4})?")
_POSITION: Final = re.compile(r"[1-9][0-9]{0,5}")
_ISO_DATE: Final = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_LOOSE_DATE: Final = re.compile(
    r"(?P<y>[0-9]{4})[-./年](?P<m>[0-9]{1,2})[-./月](?P<d>[0-9]{1,2})日?|(?P<d2>[0-9]{1,2})\.(?P<m2>[0-9]{1,2})\.(?P<y2>[0-9]{4})"
)
MAX_URL: Final = 500


def nearest(word: str, words: frozenset[str] | list[str]) -> str:
    """Find the known word most like `word`, or give an empty text."""
    found = get_close_matches(word[:100].lower(), sorted(words), n=1, cutoff=0.6)
    return found[0] if found else ""


def words(node: Scalar, shape: Words, where: str, findings: Findings) -> str | None:
    """Check a text: not a bare number or truth value, not too long, one line unless lines are allowed."""
    text = node.text.strip()
    if node.plain and is_taken_for_something_else(node.text):
        findings.add("quote-text", node.place, where, text=node.text)
    elif name := control_character(text):
        findings.add("control-character", node.place, where, name=name)
    elif not text:
        findings.add("empty-value", node.place, where)
    elif len(text) > shape.longest:
        findings.add("too-long", node.place, where, length=str(len(text)), longest=str(shape.longest))
    elif "\n" in text and not shape.lines:
        findings.add("line-break", node.place, where)
    else:
        return text
    return None


def key(node: Scalar, shape: Key, where: str, findings: Findings) -> str | None:
    """Check a kebab-case name."""
    if node.plain and is_taken_for_something_else(node.text):
        findings.add("quote-text", node.place, where, text=node.text)
    elif not re.fullmatch(KEY_PATTERN, node.text):
        better = re.sub(r"[^a-z0-9]+", "-", node.text.lower()).strip("-")[: shape.longest]
        findings.add("key-form", node.place, where, text=_shown(node.text), nearest=better)
    elif len(node.text) > shape.longest:
        findings.add("too-long", node.place, where, length=str(len(node.text)), longest=str(shape.longest))
    else:
        return node.text
    return None


def measure(node: Scalar, _shape: MeasureCode, where: str, findings: Findings) -> str | None:
    """Check the form of a measure's code."""
    if re.fullmatch(MEASURE_PATTERN, node.text) and len(node.text) <= MAX_URL:
        return node.text
    findings.add("measure-form", node.place, where, text=_shown(node.text))
    return None


def address(node: Scalar, _shape: Address, where: str, findings: Findings) -> str | None:
    """Check a web address."""
    if re.fullmatch(URL_PATTERN, node.text) and len(node.text) <= MAX_URL and not control_character(node.text):
        return node.text
    findings.add("url-form", node.place, where, text=_shown(node.text))
    return None


def choice(node: Scalar, shape: Choice, where: str, findings: Findings) -> StrEnum | None:
    """Check one of a few words."""
    options = [str(option) for option in shape.options]
    if node.text in options:
        return shape.options(node.text)
    findings.add(
        "unknown-choice",
        node.place,
        where,
        text=_shown(node.text),
        options=", ".join(options),
        nearest=nearest(node.text, options),
    )
    return None


def day(node: Scalar, shape: Day, where: str, findings: Findings) -> date | StatedDate | None:
    """Check a date, or a month or year where the shape allows one."""
    if shape.coarse and re.fullmatch(STATED_DATE_PATTERN, node.text):
        return _stated(node, where, findings)
    match = _ISO_DATE.fullmatch(node.text)
    if match is None:
        findings.add(_date_code(shape), node.place, where, text=_shown(node.text), nearest=_iso(node.text))
        return None
    return _existing(node, where, findings)


def _date_code(shape: Day) -> str:
    return "stated-date-form" if shape.coarse else "date-form"


def _existing(node: Scalar, where: str, findings: Findings) -> date | None:
    """Give the date, or say why the calendar does not have it."""
    year, month, number = (int(part) for part in node.text.split("-"))
    if not 1900 <= year < 2200:  # noqa: PLR2004 - the bounds stand in the message and in the schema's pattern
        findings.add("date-range", node.place, where, text=node.text)
    elif not 1 <= month <= len(calendar.month_name) - 1:
        findings.add("no-such-month", node.place, where, text=node.text, month=f"{month:02}")
    elif not 1 <= number <= calendar.monthrange(year, month)[1]:
        last = calendar.monthrange(year, month)[1]
        findings.add("no-such-day", node.place, where, text=node.text, last=f"{year}-{month:02}-{last:02}")
    else:
        return date(year, month, number)
    return None


def _stated(node: Scalar, where: str, findings: Findings) -> StatedDate | None:
    parts = [int(part) for part in node.text.split("-")]
    padded = Scalar(node.place, "-".join([node.text, "01", "01"][: 4 - len(parts)]), node.plain)
    if _existing(padded, where, findings) is None:
        return None
    return StatedDate(*parts)


def _iso(text: str) -> str:
    """Guess the ISO form of a date in another notation; day-month order only where dots say so."""
    match = _LOOSE_DATE.fullmatch(text.strip())
    if match is None:
        return ""
    year, month, number = (int(match[name] or match[name + "2"]) for name in "ymd")
    return f"{year:04}-{month:02}-{number:02}"


def amount(node: Scalar, shape: Amount, where: str, findings: Findings) -> Decimal | None:
    """Check a number."""
    if not node.plain or not _AMOUNT.fullmatch(node.text):
        findings.add("number-form", node.place, where, text=_shown(node.text), nearest=_number(node.text))
        return None
    value = Decimal(node.text)
    if value < 0 or (value == 0 and not shape.zero):
        findings.add("below-zero" if shape.zero else "not-above-zero", node.place, where, text=node.text)
        return None
    return value


def _number(text: str) -> str:
    """Guess the plain form of a number in another notation."""
    bare = re.sub(r"[\s,_']", "", text)
    if not re.fullmatch(r"\+?[0-9]{1,12}(\.[0-9]{0,8})?(e\+?[0-9]{1,2})?", bare, re.IGNORECASE):
        return ""
    plain = f"{Decimal(bare.rstrip('.')).normalize():f}" if not bare.endswith(".") else bare[:-1].lstrip("+")
    return plain if _AMOUNT.fullmatch(plain) else ""


def position(node: Scalar, _shape: Position, where: str, findings: Findings) -> int | None:
    """Check a whole number from 1."""
    if node.plain and _POSITION.fullmatch(node.text):
        return int(node.text)
    findings.add("position-form", node.place, where, text=_shown(node.text))
    return None


def flag(node: Scalar, _shape: Flag, where: str, findings: Findings) -> bool | None:
    """Check true or false; yes and no are refused, since readers of YAML disagree about them."""
    if node.plain and node.text in {"true", "false"}:
        return node.text == "true"
    low = node.text.lower()
    meant = "true" if low in TRUE_WORDS else "false" if low in FALSE_WORDS else ""
    findings.add("truth-word", node.place, where, text=_shown(node.text), nearest=meant)
    return None


def version(node: Scalar, shape: Version, where: str, findings: Findings) -> int | None:
    """Check the version of the format."""
    if node.plain and node.text == str(shape.number):
        return shape.number
    findings.add("unknown-version", node.place, where, text=_shown(node.text), number=str(shape.number))
    return None


def is_empty(node: Scalar) -> bool:
    """Whether nothing stands there."""
    return node.plain and node.text.lower() in EMPTY_WORDS


def _shown(text: str) -> str:
    """Cut a long value for a message."""
    line = " ".join(text.split())
    return line if len(line) <= 60 else line[:59] + "…"  # noqa: PLR2004 - a line of a message
