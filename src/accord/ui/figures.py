"""What a chart's figure shows beside the drawing: links to the numbers, and the numbers themselves."""

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from accord.ui import say
from accord.ui.charts import Chart
from accord.ui.parts import Link, Numbers
from accord.ui.say import Text

_MOST_ROWS = 60
_NUMBER = (int, float)


def chart_figure_context(chart: Chart, caption: Text, csv: str, json: str, vega: str) -> dict[str, Any]:
    """Return what `ui/chart_figure.html` needs."""
    named = (("CSV", csv), ("JSON", json), ("Vega-Lite", vega))
    links = [Link(label, url, hidden=_("of %(chart)s") % {"chart": chart.title}) for label, url in named if url]
    return {"chart": chart, "caption": caption, "links": links, "numbers": numbers_of(chart)}


def numbers_of(chart: Chart) -> Numbers:
    """Return the chart's table as words without its empty columns; the caption of a cut one says so."""
    table = chart.rows()
    used = [at for at in range(len(table.header)) if any(row[at] is not None for row in table.rows)]
    rows = [[_said(row[at]) for at in used] for row in table.rows[:_MOST_ROWS]]
    numeric = [at for at, column in enumerate(used) if any(isinstance(row[column], _NUMBER) for row in table.rows)]
    caption = chart.title
    if len(table.rows) > _MOST_ROWS:
        words = {"chart": chart.title, "shown": _MOST_ROWS, "all": len(table.rows)}
        caption = _("%(chart)s: the first %(shown)s of %(all)s lines; the CSV has all") % words
    return Numbers(caption, [table.header[at] for at in used], rows, tuple(numeric))


def _said(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, date):
        return say.day(value)
    if isinstance(value, _NUMBER):
        return say.count(value)
    return _WORDS[value]() if value in _WORDS else str(value)


_WORDS = {
    "baseline": lambda: _("stated"),
    "done": lambda: _("done"),
    "plan": lambda: _("planned"),
    "forecast": lambda: _("expected"),
    "promised": lambda: _("promised"),
    "amended": lambda: _("first promised"),
}
