"""Scales, round ticks and places for labels."""

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.utils.safestring import SafeString

from accord.ui import say
from accord.ui.charts._svg import element, text_width
from accord.ui.charts.types import Size

_DAYS_FOR_WEEK_TICKS = 50
_MONTHS = 12
_LABEL_HEIGHT = 14.0


@dataclass(frozen=True, slots=True)
class Plane:
    """The plot area: pixels left, top, right, bottom, and the days and levels that they stand for."""

    left: float
    top: float
    right: float
    bottom: float
    first: date
    last: date
    low: float
    high: float

    def x(self, day: date) -> float:
        """Return the horizontal pixel of a day."""
        span = max((self.last - self.first).days, 1)
        return self.left + (self.right - self.left) * (day - self.first).days / span

    def y(self, level: float) -> float:
        """Return the vertical pixel of a level."""
        span = (self.high - self.low) or 1.0
        return self.bottom - (self.bottom - self.top) * (float(level) - self.low) / span


@dataclass(slots=True)
class Labels:
    """Places labels so that none leaves the canvas and none covers another."""

    width: float
    height: float
    taken: list[tuple[float, float, float, float]] = field(default_factory=list)

    def place(self, text: str, spots: Iterable[tuple[float, float, str]], css: str = "") -> SafeString:
        """Return the text at the first free spot (x, baseline y, anchor), or nothing when all are taken."""
        for x, y, anchor in spots:
            box = self._box(text, x, y, anchor)
            if all(_apart(box, other) for other in self.taken):
                self.taken.append(box)
                return element("text", text, x=box[0], y=box[3] - 3, cls=css or None)
        return SafeString()

    def _box(self, text: str, x: float, y: float, anchor: str) -> tuple[float, float, float, float]:
        wide = text_width(text)
        start = {"start": x, "middle": x - wide / 2, "end": x - wide}[anchor]
        start = min(max(start, 1.0), max(self.width - wide - 1.0, 1.0))
        foot = min(max(y + 3.0, _LABEL_HEIGHT), self.height)
        return (start, foot - _LABEL_HEIGHT, start + wide, foot)


def _apart(one: tuple[float, float, float, float], two: tuple[float, float, float, float]) -> bool:
    return one[2] <= two[0] or two[2] <= one[0] or one[3] <= two[1] or two[3] <= one[1]


def nice_ticks(high: float, wanted: int) -> list[float]:
    """Return round levels from 0 to `high` or just above, in about `wanted` steps."""
    if not math.isfinite(high):
        raise ValueError(f"a chart cannot draw {high}")
    if high <= 0:
        return [0.0, 1.0]
    raw = high / wanted
    power = 10.0 ** math.floor(math.log10(raw))
    step = next(power * factor for factor in (1, 2, 2.5, 5, 10) if power * factor >= raw * 0.999)
    return [index * step for index in range(math.ceil(high / step - 1e-9) + 1)]


def day_ticks(first: date, last: date, room: float) -> list[tuple[date, str]]:
    """Return days and labels that fit into `room` pixels: weeks, months or years."""
    span = max((last - first).days, 1)
    if span <= _DAYS_FOR_WEEK_TICKS:
        return _week_ticks(first, last, room)
    months = list(_months(first, last))
    fit = max(int(room // 46), 2)
    stride = next((step for step in (1, 2, 3, 6, 12, 24, 60, 120) if len(months) / step <= fit), 240)
    kept = [start for start in months if ((start.year * _MONTHS + start.month - 1) % stride) == 0]
    return [(start, _month_label(start, stride)) for start in kept or months[:1]]


def _month_label(start: date, stride: int) -> str:
    if start.month == 1 or stride >= _MONTHS:
        return f"{start.year}年" if say.is_chinese() else str(start.year)
    return say.month(start)


def _week_ticks(first: date, last: date, room: float) -> list[tuple[date, str]]:
    span = (last - first).days
    stride = max(7, math.ceil(span / max(room // 56, 1)))
    return [(day, say.short_day(day)) for day in (first + timedelta(n) for n in range(0, span + 1, stride))]


def _months(first: date, last: date) -> Iterator[date]:
    start = first if first.day == 1 else (first.replace(day=1) + timedelta(32)).replace(day=1)
    while start <= last:
        yield start
        start = (start + timedelta(32)).replace(day=1)


def plane(size: Size, days: Sequence[date], high: float, *, right: float = 16.0) -> tuple[Plane, list[float]]:
    """Return the plot area of a slot for days and levels from 0 to `high`, and its level ticks."""
    width, height = size.pixels
    ticks = nice_ticks(high, 3 if size is Size.CARD else 4)
    left = max(text_width(say.count(tick)) for tick in ticks) + 10
    area = Plane(left, 26, width - right, height - 24, min(days), max(days), 0.0, ticks[-1])
    return area, ticks


def axes(area: Plane, ticks: Sequence[float], unit: str, labels: Labels) -> list[SafeString]:
    """Return grid lines with level labels, the unit above them and day labels below."""
    parts = [
        element(
            "path",
            d="".join(f"M{area.left:.1f} {area.y(tick):.1f}H{area.right:.1f}" for tick in ticks),
            cls="grid-line",
        )
    ]
    parts += [
        element("text", say.count(tick), x=area.left - 8, y=area.y(tick) + 4, text_anchor="end") for tick in ticks
    ]
    parts.append(labels.place(unit, [(0, area.top - 12, "start")]))
    for day, word in day_ticks(area.first, area.last, area.right - area.left):
        parts.append(labels.place(word, [(area.x(day), area.bottom + 18, "middle")]))
    return parts


def thinned(points: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    """Return the last point of every whole pixel, so that ten thousand records draw as few strokes."""
    kept: dict[int, tuple[float, float]] = {}
    for x, y in points:
        kept[round(x)] = (x, y)
    return list(kept.values())
