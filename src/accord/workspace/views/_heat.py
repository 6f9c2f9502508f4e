"""Tables whose cells are shaded by how much they say, with the number in each; and the same as a file."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from django.http import HttpResponseBase

from accord.ui import say
from accord.ui.say import Text
from accord.ui.tables import Column, Table

SHADES = 5


@dataclass(frozen=True, slots=True)
class Shaded:
    """One cell: what stands there, and how dark, 0 to 5."""

    text: str
    shade: int = 0


@dataclass(frozen=True, slots=True)
class Line:
    """A row with its name; `is_sum` rows stand for those below them."""

    name: Text
    cells: tuple[Shaded, ...]
    is_sum: bool = False


@dataclass(frozen=True, slots=True)
class HeatTable:
    """A shaded table; `key` names it in addresses. Columns after `plain_from` are not shaded."""

    template: ClassVar[str] = "workspace/_heat.html"
    key: str
    caption: Text
    corner: Text
    columns: tuple[Text, ...]
    lines: tuple[Line, ...]

    def file(self, query: Mapping[str, Any], name: str, notes: Sequence[Text]) -> HttpResponseBase | None:
        """Return the table as the file that an address asks for; None where it asks for none."""
        if query.get("part") != self.key:
            return None
        columns = (Column("name", self.corner), *(Column(f"c{n}", word) for n, word in enumerate(self.columns)))
        table = Table(name=self.key, columns=columns)
        rows = [
            {"name": str(line.name)} | {f"c{n}": cell.text for n, cell in enumerate(line.cells)} for line in self.lines
        ]
        page = table.page(query, rows)
        return table.export(page, filename=f"{name}-{self.key}", notes=notes) if page.format else None


def percent(value: float) -> str:
    """Return a whole per cent, close up in Chinese."""
    return f"{value:.0f}%" if say.is_chinese() else f"{value:.0f} %"


def shade(value: float, highest: float) -> int:
    """Return how dark a value stands among others: 0 for nothing, 5 for the most."""
    if value <= 0 or highest <= 0:
        return 0
    return min(int(SHADES * value / highest) + 1, SHADES)
