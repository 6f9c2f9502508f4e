"""Progress towards a target, with the forecast band on the same track."""

from dataclasses import dataclass
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from accord.ui import say
from accord.ui.charts import _vega
from accord.ui.charts._svg import element
from accord.ui.charts.types import ChartTable, Size

_WIDTH, _HEIGHT = 200.0, 10.0


@dataclass(frozen=True, slots=True)
class Bar:
    """A level on the way to a target; `band` is the forecast at the deadline as (10 %, middle, 90 %)."""

    title: str
    value: float
    target: float
    tone: str = "mute"
    band: tuple[float, float, float] | None = None
    unit: str = ""

    @property
    def reach(self) -> float:
        """Return the level at the far end of the track."""
        return max(float(self.target), float(self.value), float(self.band[2]) if self.band else 0.0) or 1.0

    def svg(self, size: Size | str = Size.ROW) -> SafeString:
        """Draw the track; it stretches to its slot, since it carries no text."""
        parts = [
            element("title", self._sentence()),
            element("rect", x=0, y=3, width=_WIDTH, height=4, cls="track"),
            *self._band(),
            element("rect", x=0, y=3, width=self._x(self.value), height=4, cls=f"fill {self.tone}"),
            *self._ticks(),
        ]
        return element(
            "svg",
            *parts,
            cls=f"chart chart-bar bar-{Size(size)}",
            role="img",
            viewBox=f"0 0 {_WIDTH:g} {_HEIGHT:g}",
            preserveAspectRatio="none",
        )

    def rows(self) -> ChartTable:
        """Return the level, the target and the forecast."""
        low, middle, high = self.band or (None, None, None)
        header = (_("What"), _("Now"), _("Promised"), "10 %", _("Expected"), "90 %")
        row = (self.title, self.value, self.target, low, middle, high)
        return ChartTable(("name", "value", "target", "q10", "q50", "q90"), header, (row,))

    def vega_lite(self) -> dict[str, Any]:
        """Return a bar with a tick at the target."""
        name = {"field": "name", "type": "nominal", "title": None}
        bar = {"mark": "bar", "encoding": {"x": _vega.levels("value", self.unit), "y": name}}
        tick = {
            "mark": {"type": "tick", "color": "#b3261e"},
            "encoding": {"x": _vega.levels("target"), "y": name},
        }
        return _vega.spec(self.title, self._sentence(), self.rows().records(), {"layer": [bar, tick]})

    def _x(self, level: float) -> float:
        return _WIDTH * min(max(float(level) / self.reach, 0.0), 1.0)

    def _sentence(self) -> str:
        words = {"title": self.title, "value": say.count(self.value), "target": say.count(self.target)}
        return _("%(title)s: %(value)s of %(target)s") % words

    def _band(self) -> list[SafeString]:
        if not self.band:
            return []
        low, _middle, high = self.band
        wide = max(self._x(high) - self._x(low), 1.0)
        return [element("rect", x=self._x(low), y=2, width=wide, height=6, cls="band-50")]

    def _ticks(self) -> list[SafeString]:
        parts = []
        if self.reach > float(self.target):
            parts.append(element("rect", x=self._x(self.target) - 0.75, y=0, width=1.5, height=10, cls="promised-dot"))
        if self.band:
            middle = min(self._x(self.band[1]), _WIDTH - 1.5)
            parts.append(element("rect", x=max(middle - 0.75, 0.0), y=0, width=1.5, height=10, cls="done-dot"))
        return parts
