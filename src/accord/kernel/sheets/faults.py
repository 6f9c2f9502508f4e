"""What is wrong with a table that somebody filled in: where, what, and how to mend it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from accord.kernel.sheets._messages import MESSAGES, WHERE, hint

Plain = dict[str, str | int | None]


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong, at a sheet and, where it has them, a row (the head is row 1) and a column."""

    code: str
    sheet: str
    row: int | None = None
    column: str | None = None
    figures: Mapping[str, str | int] = field(default_factory=dict)

    def words(self, language: str) -> str:
        """Return what is wrong and how to mend it, in ``en`` or ``zh-hans``."""
        near = str(self.figures.get("near", ""))
        return MESSAGES[self.code][language != "en"].format(**{**self.figures, "hint": hint(near, language)})

    def line(self, language: str) -> str:
        """Return one line: where, what, how to mend it."""
        parts = {"sheet": self.sheet, "row": self.row, "column": self.column}
        named = [WHERE[part][language != "en"].format(value) for part, value in parts.items() if value is not None]
        mark, colon = (", ", ": ") if language == "en" else ("，", "：")
        return mark.join(named) + colon + self.words(language)

    def as_data(self, language: str) -> Plain:
        """Return the fault for programs."""
        where: Plain = {"sheet": self.sheet, "row": self.row, "column": self.column}
        return {"code": self.code, **where, "what": self.words(language)}


class FaultyTablesError(Exception):
    """Tables have faults; ``faults`` holds all that were found, in the order of the file."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        """Keep the faults."""
        super().__init__("\n".join(one.line("en") for one in faults))
        self.faults = tuple(faults)
