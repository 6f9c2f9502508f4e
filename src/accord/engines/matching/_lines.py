"""Lines of a text file with their numbers, and lists of numbers with ties in brackets."""

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from accord.engines.matching.errors import UnreadableFile

# Longer numbers are none that anybody counts by.
WHOLE: Final = re.compile(r"[0-9]{1,15}")
PARTS: Final = re.compile(r"[()]|[^\s():,]+")
SHOWN: Final = 40


class Line(NamedTuple):
    """A line that is not empty, and its number from 1."""

    number: int
    text: str

    def refuse(self, detail: str, reason: str = "line-out-of-place") -> UnreadableFile:
        """Return the error that names this line."""
        return UnreadableFile(str(self.number), detail=detail[:SHOWN], reason=reason)

    def whole(self, text: str) -> int:
        """Return a whole number of 0 or more."""
        if not WHOLE.fullmatch(text.strip()):
            raise self.refuse(repr(text.strip()))
        return int(text)

    def parts(self) -> list[str]:
        """Return the brackets and the words between spaces, colons and commas."""
        return PARTS.findall(self.text)

    def is_whole(self) -> bool:
        """Tell whether nothing but one whole number stands here."""
        return WHOLE.fullmatch(self.text.strip()) is not None


class Lines:
    """The lines of a text that are not empty, one after another."""

    def __init__(self, text: str) -> None:
        """Split the text; refuse what cannot be written as UTF-8, for no id could be kept that way."""
        rows = (Line(number, row) for number, row in enumerate(text.removeprefix("\ufeff").split("\n"), 1))
        self.rows = [row for row in rows if row.text.strip()]
        self.last = Line(text.count("\n") + 1, "")
        self.at = 0
        for row in self.rows:
            if not _writable(row.text):
                raise row.refuse(ascii(row.text))

    def peek(self, ahead: int = 0) -> Line:
        """Return the next line, or one after it, and stay; an empty one where there is none."""
        place = self.at + ahead
        return self.rows[place] if place < len(self.rows) else self.last

    def next(self) -> Line:
        """Return the next line and go on, or raise that the file ends too early."""
        if self.at >= len(self.rows):
            raise self.last.refuse("", "line-early-end")
        self.at += 1
        return self.rows[self.at - 1]

    def take(self, count: int) -> Iterator[Line]:
        """Yield so many lines."""
        for _ in range(count):
            yield self.next()


def tied(line: Line, parts: list[str]) -> list[tuple[str, ...]]:
    """Return a list of numbers as written, one tuple for each place; a tie stands in brackets."""
    found: list[tuple[str, ...]] = []
    tie: list[str] | None = None
    for part in parts:
        if (part == "(") == (tie is None) and part in "()":
            found += [tuple(tie)] if tie else []
            tie = [] if tie is None else None
        elif part in "()":
            raise line.refuse(part)
        elif tie is None:
            found.append((str(line.whole(part)),))
        else:
            tie.append(str(line.whole(part)))
    if tie is not None:
        raise line.refuse("(")
    return found


def _writable(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
