"""Numbers, days and words: how they are read from what people type, written in sentences, and counted."""

import re
import unicodedata
from datetime import date
from decimal import Decimal
from typing import Final

from accord.engines.questionnaire.types import Figure, Words

DIGITS, DECIMALS = 15, 9
"""A number of 15 digits survives being a binary float; more would come back changed."""

_NUMBER: Final = re.compile(r"[+-]?(?:\d+|\d{1,3}(?:,\d{3})+)(?:\.\d+)?|[+-]?\.\d+", re.ASCII)
_DAY: Final = re.compile(r"(\d{4})(?:-|/|\.|年)(\d{1,2})(?:-|/|\.|月)(\d{1,2})日?", re.ASCII)

# One character, one word: Han, kana, and the marks that stand for one of them.
_SINGLE: Final = re.compile(
    "[\u2e80-\u2fdf\u3005-\u3007\u3021-\u3029\u3038-\u303b\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff"
    "\uf900-\ufaff\U00020000-\U0003ffff]"
)
# What parts words without a space: dashes between clauses, the ellipsis, full-width punctuation, zero-width spaces.
_PARTS: Final = re.compile(
    "[\\s\u200b\u2013\u2014\u2026\u3000-\u3004\u3008-\u3020\uff01-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff65]+"
)


def count_words(text: str) -> int:
    """Return the number of words: each Chinese character is one, and each run of other letters or digits.

    Punctuation alone is no word; `well-known`, `don't` and `3.5` are one each.
    """
    rest, characters = _SINGLE.subn(" ", text)
    return characters + sum(any(map(str.isalnum, part)) for part in _PARTS.split(rest))


def figure_of(value: Figure | Decimal) -> Figure | None:
    """Return a number as JSON keeps it: whole numbers as such; None where it would not come back unchanged."""
    if isinstance(value, int):
        return value if abs(value) < 10**DIGITS else None
    exact = Decimal(repr(value)) if isinstance(value, float) else value
    if not exact.is_finite() or exact.adjusted() >= DIGITS:
        return None
    _, digits, exponent = exact.as_tuple()
    spare = len(digits) - len("".join(map(str, digits)).rstrip("0"))
    if not isinstance(exponent, int) or not exact:
        return 0
    if len(digits) - spare > DIGITS or exponent + spare < -DECIMALS:
        return None
    return int(exact) if exponent + spare >= 0 else float(exact)


def number_in(text: str) -> Decimal | None:
    """Return the number that somebody typed, in full-width digits too and with commas between thousands."""
    plain = unicodedata.normalize("NFKC", text).strip().replace("\u2212", "-")
    if not _NUMBER.fullmatch(plain):
        return None
    return Decimal(plain.replace(",", ""))


def day_in(text: str) -> date | None:
    """Return the day that somebody typed, the year first: 2020-09-01, 2020/9/1 or 2020年9月1日."""
    found = _DAY.fullmatch(unicodedata.normalize("NFKC", text).strip())
    if not found:
        return None
    try:
        return date(*map(int, found.groups()))
    except ValueError:
        return None


def written(figure: Figure) -> str:
    """Return a number for a sentence, with commas between thousands."""
    return f"{Decimal(repr(figure)):,f}"


def day_words(day: date) -> Words:
    """Return a day as each language writes it."""
    return Words(f"{day.day} {_MONTHS[day.month - 1]} {day.year}", f"{day.year}年{day.month}月{day.day}日")


_MONTHS: Final = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def age_on(born: date, day: date) -> int:
    """Return the age in completed years; who was born on 29 February has the birthday on 1 March in common years."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))
