"""Writes the filtered list as CSV, Excel or JSON, row by row."""

import json
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils.translation import gettext as _

from accord.ui.spreadsheet import EXCEL, csv_lines, excel_bytes
from accord.ui.tables.types import TablePage, plain

_EXCEL_MOST_ROWS = 1_000_000


def exported(page: TablePage, filename: str, notes: list[str]) -> HttpResponseBase:
    """Return the file that the page's address asks for; CSV when it asks for none."""
    kind = page.format or "csv"
    answer = {"csv": _csv, "json": _json, "xlsx": _excel}[kind](page, filename, notes)
    answer.headers["Content-Disposition"] = f'attachment; filename="{filename}.{kind}"'
    return answer


def _rows(page: TablePage) -> Iterator[list[Any]]:
    for record in page.source.run():
        yield [plain(column.raw(record)) for column in page.columns]


def _csv(page: TablePage, _filename: str, notes: list[str]) -> HttpResponseBase:
    lines = csv_lines(notes, _keys(page), _rows(page))
    return StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")


def _json(page: TablePage, _filename: str, notes: list[str]) -> HttpResponseBase:
    return StreamingHttpResponse(_json_pieces(page, notes), content_type="application/json")


def _json_pieces(page: TablePage, notes: list[str]) -> Iterator[str]:
    keys = _keys(page)
    yield f'{{"notes": {_dumped(notes)}, "count": {page.matched}, "rows": ['
    for index, row in enumerate(_rows(page)):
        yield ("," if index else "") + "\n" + _dumped(dict(zip(keys, row, strict=True)))
    yield "\n]}\n"


def _excel(page: TablePage, filename: str, notes: list[str]) -> HttpResponseBase:
    if page.matched > _EXCEL_MOST_ROWS:
        words = {"shown": _EXCEL_MOST_ROWS, "all": page.matched}
        notes = [*notes, _("A sheet holds %(shown)s of the %(all)s lines; the CSV has all.") % words]
    header = [str(column.label) for column in page.columns]
    body = excel_bytes(filename, notes, header, islice(_rows(page), _EXCEL_MOST_ROWS))
    return HttpResponse(body, content_type=EXCEL)


def _keys(page: TablePage) -> Sequence[str]:
    return [column.key for column in page.columns]


def _dumped(value: Any) -> str:
    return json.dumps(value, cls=DjangoJSONEncoder, ensure_ascii=False)
