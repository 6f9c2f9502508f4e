"""A quantity over time without a target: one step line, its last level marked."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from accord.ui.charts import _vega
from accord.ui.charts._axes import Labels, Plane, axes, plane, thinned
from accord.ui.charts._svg import drawing, element, steps
from accord.ui.charts.types import ChartTable, Point, Size

_MARGIN = 4.0


@dataclass(frozen=True, slots=True)
class Spark:
    """Levels by day, in order of days; `until` extends the last level to a day (the as-of day)."""

    title: str
    points: tuple[Point, ...]
    unit: str = ""
    description: str = ""
    until: date | None = None

    def svg(self, size: Size | str = Size.ROW) -> SafeString:
        """Draw for a slot; larger slots get axes."""
        slot = Size(size)
        if not self.points:
            return drawing(slot, self.title, _("No records yet."), ())
        return self._row() if slot is Size.ROW else self._full(slot)

    def rows(self) -> ChartTable:
        """Return the days and levels."""
        return ChartTable(("day", "level"), (_("Day"), self.unit or _("Level")), self.points)

    def vega_lite(self) -> dict[str, Any]:
        """Return a step line."""
        mark = {"type": "line", "interpolate": "step-after"}
        body = {"mark": mark, "encoding": {"x": _vega.days(), "y": _vega.levels("level", self.unit)}}
        return _vega.spec(self.title, self.description, self.rows().records(), body)

    def _days(self) -> list[date]:
        days = [day for day, _level in self.points]
        return [*days, self.until] if self.until else days

    def _row(self) -> SafeString:
        width, height = Size.ROW.pixels
        levels = [float(level) for _day, level in self.points]
        days = self._days()
        right, foot = width - _MARGIN, height - _MARGIN
        area = Plane(_MARGIN, _MARGIN, right, foot, min(days), max(days), min(0.0, *levels), max(levels))
        return drawing(Size.ROW, self.title, self.description, self._line(area))

    def _full(self, slot: Size) -> SafeString:
        area, ticks = plane(slot, self._days(), max(float(level) for _day, level in self.points))
        parts = axes(area, ticks, self.unit, Labels(*slot.pixels))
        return drawing(slot, self.title, self.description, [*parts, *self._line(area)])

    def _line(self, area: Plane) -> list[SafeString]:
        points = thinned([(area.x(day), area.y(level)) for day, level in self.points])
        end_x, end_y = area.x(area.last), points[-1][1]
        dot = element("circle", cx=end_x, cy=end_y, r=2.5, cls="done-dot")
        return [element("path", d=steps(points, end_x), cls="done"), dot]
