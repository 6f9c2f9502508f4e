"""Answers a chart's numbers as a file: CSV, JSON or a Vega-Lite specification."""

import csv
import io
import json
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpResponse

from accord.ui.charts.types import Chart
from accord.ui.spreadsheet import harmless


def csv_response(chart: Chart, name: str, notes: tuple[str, ...] = ()) -> HttpResponse:
    """Return the numbers as CSV; each note is a line that starts with `#`."""
    table = chart.rows()
    out = io.StringIO()
    out.writelines(f"# {note}\n" for note in notes)
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(table.keys)
    writer.writerows([harmless(value) for value in row] for row in table.rows)
    return _file(out.getvalue(), "text/csv; charset=utf-8", f"{name}.csv")


def json_response(chart: Chart, name: str, notes: tuple[str, ...] = ()) -> HttpResponse:
    """Return the numbers as JSON: title, notes and one object a row."""
    table = chart.rows()
    answer = {"title": chart.title, "notes": list(notes), "rows": table.records()}
    return _file(_json(answer), "application/json", f"{name}.json")


def vega_response(chart: Chart, name: str) -> HttpResponse:
    """Return the Vega-Lite specification."""
    return _file(_json(chart.vega_lite()), "application/json", f"{name}.vl.json")


def _json(value: Any) -> str:
    return json.dumps(value, cls=DjangoJSONEncoder, ensure_ascii=False, indent=1)


def _file(body: str, kind: str, name: str) -> HttpResponse:
    return HttpResponse(body, content_type=kind, headers={"Content-Disposition": f'inline; filename="{name}"'})
