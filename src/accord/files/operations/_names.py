"""A name that is safe to keep, to show and to send in a header."""

import re
import unicodedata

MOST = 150
_FORBIDDEN = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]')
"""Controls, what file systems refuse, and what turns the direction of writing (a name could lie about its ending)."""


def safe_name(given: str, ending: str) -> str:
    """Return the name without folders and odd characters, with the ending that its content has."""
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", given))[-1]
    whole = _FORBIDDEN.sub("", last).rstrip(" .")
    shown, dot, told = whole.rpartition(".")
    same = told.lower() == ending or {told.lower(), ending} == {"jpeg", "jpg"}
    stem = (shown if dot and same else whole).strip(" .")
    return f"{(stem or 'file')[:MOST].rstrip(' .')}.{ending}"
