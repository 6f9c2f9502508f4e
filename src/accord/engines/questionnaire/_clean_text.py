"""Texts as they are kept: one form of every character, no control characters, no spaces at the ends."""

import re
import unicodedata
from typing import Final

# What no database of texts takes or no eye sees: control characters, halves of characters.
_UNSEEN: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff]")
_SPACES: Final = re.compile(r"\s+")
_LONGEST_QUOTED: Final = 60


def clean_line(raw: str) -> str:
    """Return a text on one line."""
    return _SPACES.sub(" ", _normal(raw)).strip()


def clean_text(raw: str) -> str:
    """Return a text with its lines and paragraphs."""
    return re.sub(r"\r\n?|[\x85\u2028\u2029]", "\n", _normal(raw)).strip()


def _normal(raw: str) -> str:
    return unicodedata.normalize("NFC", _UNSEEN.sub("", raw))


def clipped(text: str) -> str:
    """Return a text as it may be quoted in a sentence."""
    return text if len(text) <= _LONGEST_QUOTED else f"{text[:_LONGEST_QUOTED]}…"
