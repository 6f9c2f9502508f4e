"""A strip of days or weeks, darker where more happened."""

from dataclasses import dataclass
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from accord.ui import say
from accord.ui.charts import _vega
from accord.ui.charts._axes import Labels
from accord.ui.charts._svg import drawing, element
from accord.ui.charts.types import ChartTable, Size

_SHADES = 5
_MOST_CELL = 28.0
_STRIP_TOP = 4.0


@dataclass(frozen=True, slots=True)
class Cell:
    """A day or week and its amount; None where nothing is known, which is not zero."""

    label: str
    value: float | None


@dataclass(frozen=True, slots=True)
class Heat:
    """Cells in order of time."""

    title: str
    description: str
    unit: str
    cells: tuple[Cell, ...]

    def svg(self, size: Size | str = Size.PAGE) -> SafeString:
        """Draw the strip with its first, last and middle labels and a key of shades."""
        slot = Size(size)
        width = slot.pixels[0]
        cell = min(width / max(len(self.cells), 1), _MOST_CELL)
        tall = max(min(cell, 22.0), 14.0)
        parts = [self._cell(index, cell, tall) for index in range(len(self.cells))]
        if slot is Size.ROW:
            return drawing(slot, self.title, self.description, parts)
        foot = _STRIP_TOP + tall
        parts += self._labels(slot, cell, foot)
        return drawing(slot, self.title, self.description, parts, height=int(foot + 44))

    def rows(self) -> ChartTable:
        """Return the cells."""
        rows = tuple((cell.label, cell.value) for cell in self.cells)
        return ChartTable(("label", "value"), (_("When"), self.unit), rows)

    def vega_lite(self) -> dict[str, Any]:
        """Return a strip of rectangles."""
        when = {"field": "label", "type": "ordinal", "sort": None, "title": None}
        body = {"mark": "rect", "encoding": {"x": when, "color": _vega.levels("value", self.unit)}}
        return _vega.spec(self.title, self.description, self.rows().records(), body)

    def _highest(self) -> float:
        return max((float(cell.value) for cell in self.cells if cell.value is not None), default=0.0)

    def _cell(self, index: int, wide: float, tall: float) -> SafeString:
        cell = self.cells[index]
        amount = _("not known") if cell.value is None else f"{say.count(cell.value)} {self.unit}"
        name = element("title", f"{cell.label}: {amount}")
        place = {
            "x": index * wide + 0.75,
            "y": _STRIP_TOP,
            "width": max(wide - 1.5, 1.0),
            "height": tall,
            "rx": 2,
        }
        if cell.value is None:
            return element("rect", name, **place, cls="heat-none")
        return element("rect", name, **place, cls="heat", fill_opacity=str(self._shade(float(cell.value))))

    def _shade(self, value: float) -> float:
        highest = self._highest()
        if value <= 0 or highest <= 0:
            return 0.08
        return round(0.2 + 0.8 * min(int(_SHADES * value / highest), _SHADES - 1) / (_SHADES - 1), 2)

    def _labels(self, slot: Size, cell: float, foot: float) -> list[SafeString]:
        labels = Labels(float(slot.pixels[0]), foot + 44)
        last = len(self.cells) - 1
        wanted = [index for index in dict.fromkeys((0, last, last // 2)) if index >= 0]
        parts = [
            labels.place(self.cells[index].label, [((index + 0.5) * cell, foot + 16, "middle")]) for index in wanted
        ]
        return [*parts, *self._key(foot + 28)]

    def _key(self, top: float) -> list[SafeString]:
        boxes = [
            element(
                "rect",
                x=16 + 14 * n,
                y=top,
                width=12,
                height=10,
                rx=2,
                cls="heat",
                fill_opacity=str(round(0.2 + 0.2 * n, 2)),
            )
            for n in range(_SHADES)
        ]
        high = f"{say.count(self._highest())} {self.unit}"
        return [
            element("text", "0", x=4, y=top + 9),
            *boxes,
            element("text", high, x=20 + 14 * _SHADES, y=top + 9),
        ]
