"""Promised against delivered: done as steps, the forecast as a fan, the promise dotted to its deadline."""

import json
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from accord.ui import say
from accord.ui.charts import _vega
from accord.ui.charts._axes import Labels, Plane, axes, plane, thinned
from accord.ui.charts._svg import drawing, element, polyline, steps
from accord.ui.charts.types import ChartTable, Point, Size

_READINGS = 90
_ROW_MARGIN = 4.0


@dataclass(frozen=True, slots=True)
class Quantiles:
    """What is expected on a day: the middle, and the bounds of 50 and 80 of 100 cases."""

    day: date
    q10: float
    q25: float
    q50: float
    q75: float
    q90: float


@dataclass(frozen=True, slots=True)
class Promised:
    """A target: the level to be reached on the day `due`; `amended` once a later one took its place."""

    start: date
    due: date
    level: float
    amended: bool = False
    label: str = ""

    def words(self) -> str:
        """Return the label, by default "promised 300 by 31 Dec"."""
        if self.label:
            return self.label
        sentence = _("first promised %(level)s by %(day)s") if self.amended else _("promised %(level)s by %(day)s")
        return sentence % {"level": say.count(self.level), "day": say.short_day(self.due)}


@dataclass(frozen=True, slots=True)
class Fan:
    """One promise over time. `done` must be in order of days; levels are in `unit`."""

    title: str
    description: str
    unit: str
    done: tuple[Point, ...]
    as_of: date
    baseline: Point | None = None
    forecast: tuple[Quantiles, ...] = ()
    promised: tuple[Promised, ...] = ()
    plan: tuple[Point, ...] = ()
    provenance: str = ""

    def svg(self, size: Size | str = Size.PAGE) -> SafeString:
        """Draw for a slot; the row slot has neither axes nor words."""
        slot = Size(size)
        return self._row() if slot is Size.ROW else self._full(slot)

    def rows(self) -> ChartTable:
        """Return every level drawn: stated, done, planned, expected, promised."""
        blank = (None,) * 4
        kept: list[tuple[Any, ...]] = [("baseline", day, level, *blank) for day, level in self._baseline()]
        kept += [("done", day, level, *blank) for day, level in self.done]
        kept += [("plan", day, level, *blank) for day, level in self.plan]
        kept += [("forecast", q.day, q.q50, q.q10, q.q25, q.q75, q.q90) for q in self.forecast]
        kept += [("amended" if p.amended else "promised", p.due, p.level, *blank) for p in self.promised]
        header = (_("What"), _("Day"), self.unit, "10 %", "25 %", "75 %", "90 %")
        return ChartTable(("kind", "day", "level", "q10", "q25", "q75", "q90"), header, tuple(kept))

    def vega_lite(self) -> dict[str, Any]:
        """Return the same picture as a layered Vega-Lite specification."""
        values = self.rows().records()
        values += [
            {"kind": "promised-line", "day": day, "level": p.level, "due": p.due}
            for p in self.promised
            for day in (p.start, p.due)
        ]
        values.append({"kind": "as-of", "day": self.as_of})
        return _vega.spec(self.title, self.description, values, {"layer": _layers(self.unit)})

    def _baseline(self) -> tuple[Point, ...]:
        return (self.baseline,) if self.baseline else ()

    def _days(self) -> list[date]:
        days = [day for day, _level in (*self.done, *self.plan, *self._baseline())]
        days += [q.day for q in self.forecast]
        days += [day for p in self.promised for day in (p.start, p.due)]
        return [*days, self.as_of]

    def _levels(self) -> list[float]:
        levels = [float(level) for _day, level in (*self.done, *self.plan, *self._baseline())]
        levels += [float(q.q90) for q in self.forecast] + [float(q.q10) for q in self.forecast]
        return levels + [float(p.level) for p in self.promised]

    def _row(self) -> SafeString:
        width, height = Size.ROW.pixels
        levels = self._levels() or [0.0]
        low, high = min(levels), max(levels)
        low = max(low - 0.35 * (high - low), 0.0) if low >= 0 else low
        days = self._days()
        area = Plane(
            _ROW_MARGIN,
            _ROW_MARGIN,
            width - _ROW_MARGIN,
            height - _ROW_MARGIN,
            min(days),
            max(days),
            low,
            high,
        )
        parts = [*self._bands(area), *self._promises(area), *self._line(area)]
        return drawing(Size.ROW, self.title, self.description, parts)

    def _full(self, slot: Size) -> SafeString:
        width, height = slot.pixels
        area, ticks = plane(slot, self._days(), max(self._levels(), default=0.0))
        labels = Labels(width, height)
        parts = axes(area, ticks, self.unit, labels)
        parts += [
            *self._bands(area),
            *self._plan(area),
            *self._now(area),
            *self._promises(area),
            *self._line(area),
            *self._stated(area),
        ]
        parts += self._words(area, labels)
        readings = json.dumps(self._readings(area), ensure_ascii=False) if slot is Size.PAGE else None
        return drawing(slot, self.title, self.description, parts, data_readout=readings)

    def _line(self, area: Plane) -> list[SafeString]:
        parts = []
        if self.done:
            points = thinned([(area.x(day), area.y(level)) for day, level in self.done])
            end = max(area.x(self.as_of), points[-1][0])
            parts.append(element("path", d=steps(points, end), cls="done"))
        return parts

    def _stated(self, area: Plane) -> list[SafeString]:
        return [
            element("circle", cx=area.x(day), cy=area.y(level), r=3, cls="promised-dot old")
            for day, level in self._baseline()
        ]

    def _bands(self, area: Plane) -> list[SafeString]:
        if not self.forecast:
            return []
        start = self._fan_start()
        quantiles = (start, *self.forecast) if start else self.forecast
        bounds = (("band-80", "q10", "q90"), ("band-50", "q25", "q75"))
        parts = [element("path", d=_ring(area, quantiles, low, high), cls=css) for css, low, high in bounds]
        middle = [(area.x(q.day), area.y(q.q50)) for q in quantiles]
        return [*parts, element("path", d=polyline(middle), cls="mid")]

    def _fan_start(self) -> Quantiles | None:
        if not self.done or self.forecast[0].day <= self.as_of:
            return None
        return Quantiles(self.as_of, *(float(self.done[-1][1]),) * 5)

    def _promises(self, area: Plane) -> list[SafeString]:
        parts = []
        for promise in self.promised:
            y, old = area.y(promise.level), " old" if promise.amended else ""
            line = polyline([(area.x(promise.start), y), (area.x(promise.due), y)])
            parts.append(element("path", d=line, cls=f"promised{old}"))
            parts.append(element("circle", cx=area.x(promise.due), cy=y, r=3.5, cls=f"promised-dot{old}"))
        return parts

    def _plan(self, area: Plane) -> list[SafeString]:
        if len(self.plan) < 2:  # noqa: PLR2004 (a line has two ends)
            return []
        return [element("path", d=polyline([(area.x(day), area.y(level)) for day, level in self.plan]), cls="plan")]

    def _now(self, area: Plane) -> list[SafeString]:
        x = area.x(self.as_of)
        return [element("path", d=polyline([(x, area.top), (x, area.bottom)]), cls="now")]

    def _words(self, area: Plane, labels: Labels) -> list[SafeString]:
        """Place the as-of day above the plot, then the promises, then the stated start, as room is left."""
        x, y = area.x(self.as_of), area.top - 9
        spots = [(x, y, "middle"), (x + 6, area.top + 12, "start"), (x - 6, area.bottom - 8, "end")]
        parts = [labels.place(_("as of %(day)s") % {"day": say.short_day(self.as_of)}, spots, "now-word")]
        for promise in sorted(self.promised, key=lambda each: each.amended):
            x, y = area.x(promise.due) - 6, area.y(promise.level)
            left = area.left + 4
            spots = [(x, y - 8, "end"), (x, y + 16, "end"), (left, y - 8, "start"), (left, y + 16, "start")]
            css = f"promised-word{' old' if promise.amended else ''}"
            parts.append(labels.place(promise.words(), spots, css))
        for day, level in self._baseline():
            x, y = area.x(day), area.y(level)
            words = _("stated %(level)s") % {"level": say.count(level)}
            parts.append(labels.place(words, [(x + 4, y + 18, "start"), (x + 4, y - 9, "start")], "now-word"))
        return parts

    def _readings(self, area: Plane) -> list[tuple[float, str]]:
        stride = max(len(self.done) // _READINGS, 1)
        done = [*self.done[::stride], *self.done[-1:]]
        readings = [(area.x(day), f"{say.short_day(day)}: {say.count(level)} {self.unit}") for day, level in done]
        for q in self.forecast:
            bounds = {"low": say.count(round(q.q10)), "high": say.count(round(q.q90))}
            words = _("expected %(middle)s, %(low)s to %(high)s") % {
                "middle": say.count(round(q.q50)),
                **bounds,
            }
            readings.append((area.x(q.day), f"{say.short_day(q.day)}: {words}"))
        return [(round(x, 1), text) for x, text in readings]


def _ring(area: Plane, quantiles: tuple[Quantiles, ...], low: str, high: str) -> str:
    upper = [(area.x(q.day), area.y(getattr(q, high))) for q in quantiles]
    lower = [(area.x(q.day), area.y(getattr(q, low))) for q in reversed(quantiles)]
    return f"{polyline([*upper, *lower])}Z"


def _layers(unit: str) -> list[dict[str, Any]]:
    day, level = _vega.days(), _vega.levels("level", unit)

    def layer(kind: str, mark: dict[str, Any], encoding: dict[str, Any]) -> dict[str, Any]:
        return {"transform": _vega.only(kind), "mark": mark, "encoding": {"x": day, **encoding}}

    def band(low: str, high: str, opacity: float) -> dict[str, Any]:
        bounds = {"y": _vega.levels(low, unit), "y2": {"field": high}}
        return layer("forecast", {"type": "area", "opacity": opacity, "color": "#2a7aa3"}, bounds)

    dotted = {"type": "line", "strokeDash": [2, 3], "color": "#b3261e"}
    by_due = {"y": level, "detail": {"field": "due"}}
    return [
        band("q10", "q90", 0.2),
        band("q25", "q75", 0.35),
        layer("forecast", {"type": "line", "strokeDash": [4, 3], "color": "#2a7aa3"}, {"y": level}),
        layer("done", {"type": "line", "interpolate": "step-after", "color": "#1a1d21"}, {"y": level}),
        layer("plan", {"type": "line", "strokeDash": [6, 4], "color": "#857f73"}, {"y": level}),
        layer("promised-line", dotted, by_due),
        layer("promised", {"type": "point", "filled": True, "size": 60, "color": "#b3261e"}, {"y": level}),
        layer("baseline", {"type": "point", "size": 50, "color": "#b3261e"}, {"y": level}),
        layer("as-of", {"type": "rule", "strokeDash": [2, 3]}, {}),
    ]
