"""What a cell may hold: each kind takes the text of a cell and gives its value, or says what is wrong with it."""

import math
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Final

from accord.kernel.sheets._names import plain
from accord.kernel.sheets._workbook import DATE, ERROR

YES: Final = {"yes", "y", "true", "1", "x", "✓", "是", "对"}
NO: Final = {"no", "n", "false", "0", "否", "不"}
UNLIMITED: Final = {"unlimited", "no limit", "∞", "不限", "无限制"}
BARS: Final = {
    "no": "none",
    "none": "none",
    "无": "none",
    "not eligible": "not-eligible",
    "ineligible": "not-eligible",
    "不符合条件": "not-eligible",
    "不合格": "not-eligible",
    "conflict": "conflict",
    "conflict of interest": "conflict",
    "回避": "conflict",
    "利益冲突": "conflict",
}


class UnfitError(ValueError):
    """A cell does not hold what its column is for; ``code`` and ``figures`` make the sentence."""

    def __init__(self, code: str, **figures: str | int) -> None:
        """Keep what makes the sentence."""
        super().__init__(code)
        self.code, self.figures = code, figures


Kind = Callable[[str], object]
DAYS: Final = ("%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y年%m月%d日", "%d %b %Y", "%d %B %Y")
"""Days as sheets hold them; never 3/4/2019, which is a day in March here and in April there."""


def checked(kind: Kind, cell: str) -> object:
    """Return the value of a cell that is not empty.

    Raises:
        UnfitError: the cell holds something else, or what Excel made of it.

    """
    if kind is day and cell.startswith(DATE):
        return kind(cell.removeprefix(DATE)[: len("2019-09-30")])
    for mark, code in ((DATE, "excel-date"), (ERROR, "excel-error")):
        if cell.startswith(mark):
            raise UnfitError(code, value=cell.removeprefix(mark))
    return kind(cell)


def text(cell: str) -> str:
    """Take any text."""
    return cell


def whole(least: int) -> Kind:
    """Return the kind of whole numbers from ``least`` upwards."""

    def kind(cell: str) -> int:
        try:
            number = int(unicodedata.normalize("NFKC", cell))
        except ValueError:
            number = least - 1
        if number < least:
            raise UnfitError("not-whole", value=cell, least=least, example=max(least, 3))
        return number

    return kind


def places(cell: str) -> int | None:
    """Take a number of places, or None for no limit."""
    if plain(cell) in UNLIMITED:
        return None
    try:
        number = int(unicodedata.normalize("NFKC", cell))
    except ValueError:
        number = -1
    if number < 0:
        raise UnfitError("not-places", value=cell)
    return number


def number(cell: str) -> float:
    """Take a finite number."""
    try:
        value = float(unicodedata.normalize("NFKC", cell))
    except ValueError:
        value = math.nan
    if not math.isfinite(value):
        raise UnfitError("not-number", value=cell)
    return value


def day(cell: str) -> date:
    """Take a day, typed or made by Excel."""
    said = unicodedata.normalize("NFKC", cell)
    for form in DAYS:
        try:
            return datetime.strptime(said, form).date()  # noqa: DTZ007 (a day has no zone)
        except ValueError:
            continue
    raise UnfitError("not-day", value=cell)


def one_of(words: Mapping[str, str]) -> Kind:
    """Return the kind of cells that hold one of these words; the cell's value is what the word stands for."""
    known = {plain(word): value for word, value in words.items()}

    def kind(cell: str) -> str:
        if plain(cell) not in known:
            raise UnfitError("none-of-these", value=cell, words=" / ".join(words))
        return known[plain(cell)]

    return kind


def yes_no(cell: str) -> bool:
    """Take yes or no, in either language or as a mark."""
    said = plain(cell)
    if said not in YES | NO:
        raise UnfitError("not-yes-no", value=cell)
    return said in YES


def bar(cell: str) -> str:
    """Take why a choice may not be granted: ``none``, ``not-eligible`` or ``conflict``."""
    if plain(cell) not in BARS:
        raise UnfitError("not-bar", value=cell)
    return BARS[plain(cell)]
