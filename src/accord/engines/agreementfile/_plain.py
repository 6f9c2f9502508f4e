"""Which unquoted words YAML readers take for something else than text."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

TRUE_WORDS: Final = frozenset({"true", "yes", "on", "y"})
FALSE_WORDS: Final = frozenset({"false", "no", "off", "n"})
EMPTY_WORDS: Final = frozenset({"", "~", "null"})
# The union of what YAML 1.1 and YAML 1.2 readers resolve, so that a file means the same in every editor.
_NOT_TEXT: Final = re.compile(
    r"""[-+]?(0b[01_]+|0o?[0-7_]+|0x[0-9a-f_]+|[0-9][0-9_,]*(\.[0-9_]*)?(e[-+]?[0-9]+)?|\.[0-9_]+(e[-+]?[0-9]+)?)
    |[-+]?[0-9][0-9_]*(:[0-5]?[0-9])+(\.[0-9_]*)?
    |[-+]?\.(inf|nan)
    |[0-9]{4}-[0-9]{1,2}(-[0-9]{1,2}([t \t].*)?)?
    |=|<<""",
    re.VERBOSE | re.IGNORECASE,
)


def is_taken_for_something_else(text: str) -> bool:
    """Whether `text`, written without quotes, is a number, a date, a truth value or nothing to some."""
    low = text.lower()
    return low in TRUE_WORDS | FALSE_WORDS | EMPTY_WORDS or _NOT_TEXT.fullmatch(text) is not None


def control_character(text: str) -> str | None:
    """Name the first control character other than a line break, as `U+0007`, or None."""
    found = next((c for c in text if c != "\n" and unicodedata.category(c) in {"Cc", "Cs"}), None)
    return f"U+{ord(found):04X}" if found else None
