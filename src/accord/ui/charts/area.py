"""What a total is made of over time: layers on top of each other, named at their right end."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from accord.ui.charts import _vega
from accord.ui.charts._axes import Labels, Plane, axes, plane
from accord.ui.charts._svg import drawing, element, polyline, text_width
from accord.ui.charts.types import ChartTable, Size

_MOST_LAYERS = 5
_LABEL_GAP = 15.0


@dataclass(frozen=True, slots=True)
class Layer:
    """One part of the total: its name and its level on each day."""

    label: str
    levels: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Area:
    """Stacked parts of a total: a level for every day in every layer, and at most five layers."""

    title: str
    description: str
    unit: str
    days: tuple[date, ...]
    layers: tuple[Layer, ...]

    def __post_init__(self) -> None:
        """Refuse shapes that cannot be drawn, with a ValueError."""
        if len(self.layers) > _MOST_LAYERS:
            raise ValueError(f"{len(self.layers)} layers cannot be told apart; join the small ones")
        if any(len(layer.levels) != len(self.days) for layer in self.layers):
            raise ValueError("every layer needs one level for every day")

    def svg(self, size: Size | str = Size.PAGE) -> SafeString:
        """Draw for a slot."""
        slot = Size.CARD if Size(size) is Size.ROW else Size(size)
        if not self.days or not self.layers:
            return drawing(slot, self.title, _("No records yet."), ())
        sums = self._sums()
        room = max(text_width(layer.label) for layer in self.layers) + 14
        area, ticks = plane(slot, self.days, max(sums[-1]), right=room)
        labels = Labels(*slot.pixels)
        parts = axes(area, ticks, self.unit, labels)
        for index, layer in enumerate(self.layers):
            ring = self._ring(area, sums[index], sums[index + 1])
            parts.append(element("path", element("title", layer.label), d=ring, cls=f"layer layer-{index + 1}"))
        return drawing(slot, self.title, self.description, [*parts, *self._names(area, sums)])

    def rows(self) -> ChartTable:
        """Return one row a day, one column a layer."""
        keys = ("day", *(f"layer_{index + 1}" for index in range(len(self.layers))))
        header = (_("Day"), *(layer.label for layer in self.layers))
        rows = tuple((day, *(layer.levels[at] for layer in self.layers)) for at, day in enumerate(self.days))
        return ChartTable(keys, header, rows)

    def vega_lite(self) -> dict[str, Any]:
        """Return a stacked area."""
        values = [
            {"day": day, "layer": layer.label, "level": layer.levels[at]}
            for layer in self.layers
            for at, day in enumerate(self.days)
        ]
        colour = {"field": "layer", "type": "nominal", "title": None}
        encoding = {
            "x": _vega.days(),
            "y": {**_vega.levels("level", self.unit), "stack": "zero"},
            "color": colour,
        }
        return _vega.spec(self.title, self.description, values, {"mark": "area", "encoding": encoding})

    def _sums(self) -> list[list[float]]:
        sums = [[0.0] * len(self.days)]
        for layer in self.layers:
            sums.append([below + float(level) for below, level in zip(sums[-1], layer.levels, strict=True)])
        return sums

    def _ring(self, area: Plane, low: list[float], high: list[float]) -> str:
        xs = [area.x(day) for day in self.days]
        upper = [(x, area.y(level)) for x, level in zip(xs, high, strict=True)]
        lower = [(x, area.y(level)) for x, level in zip(xs, low, strict=True)]
        return f"{polyline([*upper, *reversed(lower)])}Z"

    def _names(self, area: Plane, sums: list[list[float]]) -> list[SafeString]:
        """Name the layers at their middle on the last day, from the bottom up, a line apart at least."""
        parts, foot = [], area.bottom + _LABEL_GAP
        for index, layer in enumerate(self.layers):
            middle = area.y((sums[index][-1] + sums[index + 1][-1]) / 2) + 4
            foot = min(middle, foot - _LABEL_GAP)
            swatch = element("rect", x=area.right + 6, y=foot - 9, width=4, height=10, cls=f"layer-{index + 1}")
            parts += [swatch, element("text", layer.label, x=area.right + 14, y=foot)]
        return parts
