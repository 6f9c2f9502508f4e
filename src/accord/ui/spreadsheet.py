"""Writes rows as CSV and Excel so that no cell runs as a formula."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell

EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def harmless(value: Any) -> Any:
    """Return a value no spreadsheet will run: text that starts like a formula gets a leading apostrophe."""
    if value is None or isinstance(value, int | float | Decimal):
        return value
    text = str(value)
    return f"'{text}" if text.startswith(_FORMULA_STARTS) else text


def csv_lines(notes: Sequence[str], header: Sequence[str], rows: Iterable[Sequence[Any]]) -> Iterator[str]:
    """Yield CSV lines one by one: a line starting with `#` for each note, the header, the rows."""
    for note in notes:
        yield f"# {note}\n"
    line = io.StringIO()
    writer = csv.writer(line, lineterminator="\n")
    writer.writerow(header)
    yield _taken(line)
    for row in rows:
        writer.writerow([harmless(value) for value in row])
        yield _taken(line)


def excel_bytes(sheet: str, notes: Sequence[str], header: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    """Return a workbook with one sheet: notes, header, rows; written row by row in constant memory."""
    book = Workbook(write_only=True)
    page = book.create_sheet(sheet[:31])
    for note in notes:
        page.append([_text_cell(page, note)])
    page.append([_text_cell(page, word) for word in header])
    for row in rows:
        page.append([_cell(page, value) for value in row])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _taken(line: io.StringIO) -> str:
    text = line.getvalue()
    line.seek(0)
    line.truncate()
    return text


def _cell(page: Any, value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat()
    return _text_cell(page, value) if isinstance(value, str) else value


def _text_cell(page: Any, text: str) -> Any:
    """Return a cell that Excel will show as text even where it starts with an equals sign."""
    cell = WriteOnlyCell(page, value=text)
    cell.data_type = "s"
    return cell
