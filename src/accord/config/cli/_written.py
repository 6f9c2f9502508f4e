"""Writes a table that people will open: CSV with the mark Excel needs for Chinese, or an Excel workbook."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from accord.ui.spreadsheet import csv_lines, excel_bytes

EXCEL, CSV = ".xlsx", ".csv"
MARK = "\ufeff"


def write_table(path: Path, head: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Write the rows under their heads, as the name of the file ends: ``.csv`` or ``.xlsx``."""
    if path.suffix.casefold() == EXCEL:
        path.write_bytes(excel_bytes(path.stem, (), head, rows))
    else:
        path.write_text(MARK + "".join(csv_lines((), head, rows)), encoding="utf-8", newline="")
