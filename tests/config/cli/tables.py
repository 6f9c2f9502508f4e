"""Tables of the examples, written down again with something changed."""

import csv
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from openpyxl import Workbook

Tables = dict[str, list[list[Any]]]


def tables_of(folder: Path) -> Tables:
    """Return the tables of an example, as lists of rows with the headings first."""
    return {
        path.stem: list(csv.reader(path.read_text(encoding="utf-8").splitlines()))
        for path in sorted(folder.glob("*.csv"))
    }


def folder_of(path: Path, tables: Mapping[str, list[list[Any]]]) -> Path:
    """Write tables as a folder with CSV files."""
    path.mkdir(exist_ok=True)
    for name, rows in tables.items():
        with (path / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(rows)
    return path


def workbook_of(path: Path, tables: Mapping[str, list[list[Any]]]) -> Path:
    """Write tables as a workbook with one sheet for each."""
    book = Workbook()
    book.remove(book.active)
    for name, rows in tables.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.save(path)
    return path
