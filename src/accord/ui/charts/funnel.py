"""How many remain at each stage, and the share that came through from the one before."""

from dataclasses import dataclass
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from accord.ui import say
from accord.ui.charts import _vega
from accord.ui.charts._svg import drawing, element, text_width
from accord.ui.charts.types import ChartTable, Size

_STAGE_HEIGHT = {Size.CARD: 44, Size.PAGE: 34, Size.PRINT: 30}
_BAR = 18


@dataclass(frozen=True, slots=True)
class Stage:
    """A stage and how many reached it."""

    label: str
    count: int


@dataclass(frozen=True, slots=True)
class Funnel:
    """Stages in order; each counts those who reached it."""

    title: str
    description: str
    unit: str
    stages: tuple[Stage, ...]

    def svg(self, size: Size | str = Size.PAGE) -> SafeString:
        """Draw one bar a stage; in narrow slots the name stands above its bar."""
        slot = Size.CARD if Size(size) is Size.ROW else Size(size)
        height = max(_STAGE_HEIGHT[slot] * len(self.stages), _BAR)
        parts = [part for index in range(len(self.stages)) for part in self._stage(slot, index)]
        return drawing(slot, self.title, self.description, parts, height=height)

    def rows(self) -> ChartTable:
        """Return the stages with their counts and the share of the stage before."""
        rows = tuple((stage.label, stage.count, self._share(index)) for index, stage in enumerate(self.stages))
        return ChartTable(("stage", "count", "share"), (_("Stage"), self.unit, _("Share of the stage before")), rows)

    def vega_lite(self) -> dict[str, Any]:
        """Return bars in the order of the stages."""
        stage = {"field": "stage", "type": "nominal", "sort": None, "title": None}
        body = {"mark": "bar", "encoding": {"y": stage, "x": _vega.levels("count", self.unit)}}
        return _vega.spec(self.title, self.description, self.rows().records(), body)

    def _share(self, index: int) -> str | None:
        before = self.stages[index - 1].count if index else 0
        return f"{round(100 * self.stages[index].count / before)} %" if before else None

    def _stage(self, slot: Size, index: int) -> list[SafeString]:
        stage, tall, above = self.stages[index], _STAGE_HEIGHT[slot], slot is Size.CARD
        names = 0.0 if above else max(text_width(each.label) for each in self.stages) + 12
        notes = max(text_width(self._note(at)) for at in range(len(self.stages))) + 8
        room = max(slot.pixels[0] - names - notes, 40.0)
        wide = max(room * stage.count / max(*(each.count for each in self.stages), 1), 1.5)
        top = index * tall + (18 if above else (tall - _BAR) / 2)
        name_y = top - 5 if above else top + 13
        return [
            element("text", stage.label, x=0, y=name_y),
            element("rect", x=names, y=top, width=wide, height=_BAR, rx=2, cls="step"),
            element("text", self._note(index), x=names + wide + 6, y=top + 13, cls="strong"),
        ]

    def _note(self, index: int) -> str:
        share = self._share(index)
        count = say.count(self.stages[index].count)
        return f"{count} · {share}" if share else count
