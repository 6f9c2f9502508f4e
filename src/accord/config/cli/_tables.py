"""Prints tables for people and JSON for programs, on stdout."""

import json
import unicodedata
from collections.abc import Sequence
from typing import Any

import click

WIDE = {"W", "F"}


def emit(data: Any) -> None:
    """Print data as JSON, with Chinese as it is written."""
    click.echo(json.dumps(data, ensure_ascii=False, indent=2))


def table(head: Sequence[str], rows: Sequence[Sequence[str]], *, indent: str = "") -> None:
    """Print rows under their heads; columns that hold only numbers stand to the right."""
    columns = range(len(head))
    widths = [max(width(row[column]) for row in (head, *rows)) for column in columns]
    numeric = [bool(rows) and all(_is_number(row[column]) for row in rows) for column in columns]
    for row in (head, *rows):
        cells = (_pad(row[c], widths[c], right=numeric[c]) for c in columns)
        click.echo((indent + "  ".join(cells)).rstrip())


def width(text: str) -> int:
    """Return how many places the text takes on a terminal; Chinese characters take two."""
    return sum(2 if unicodedata.east_asian_width(character) in WIDE else 1 for character in text)


def _is_number(text: str) -> bool:
    return not text or text[0].isdigit() or (text[0] in "-−–" and not text[1:].strip("0123456789,. –"))


def _pad(text: str, wanted: int, *, right: bool) -> str:
    space = " " * (wanted - width(text))
    return space + text if right else text + space
