"""Reads the sheets of an Excel workbook as text, as people see it in the cells."""

import warnings
from datetime import date, datetime, time
from pathlib import Path
from zipfile import BadZipFile

from accord.kernel.sheets._grid import Grid
from accord.kernel.sheets.faults import Fault, FaultyTablesError

CLOSED = (".xls", ".xlsb", ".ods", ".numbers")
"""Spreadsheets that people try, and that only their own programs open."""

DATE, ERROR = "\0date ", "\0error "
"""Marks before what Excel made of a cell; no sheet can hold a zero character itself."""


def read_workbook(path: Path) -> list[Grid]:
    """Return every sheet of the workbook.

    Raises:
        FaultyTablesError: this is no workbook.

    """
    if path.suffix.casefold() in CLOSED:
        raise FaultyTablesError([Fault("not-a-workbook", path.name, figures={"detail": path.suffix})])
    from openpyxl import load_workbook  # noqa: PLC0415 - costs 150 ms, which other files save
    from openpyxl.utils.exceptions import InvalidFileException  # noqa: PLC0415 - the same

    with warnings.catch_warnings():
        # Styles and extensions that openpyxl does not know are no business of whoever reads the cells.
        warnings.simplefilter("ignore")
        try:
            book = load_workbook(path, read_only=True, data_only=True)
            grids = []
            for sheet in book.worksheets:
                # Some programs write a size that is not the sheet's.
                sheet.reset_dimensions()  # type: ignore[union-attr, unused-ignore]
                grids.append(Grid(sheet.title, [[_text(cell) for cell in row] for row in sheet.values]))
            book.close()
        except (BadZipFile, InvalidFileException, KeyError, ValueError, SyntaxError, EOFError) as error:
            raise FaultyTablesError([Fault("not-a-workbook", path.name, figures={"detail": str(error)})]) from None
    return grids


def _text(cell: object) -> str:
    """Return a cell as text: 1001.0 as 1001; dates and errors marked, because nobody typed them."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime | date | time):
        return f"{DATE}{cell.isoformat()}"
    text = str(cell).strip()
    return f"{ERROR}{text}" if text.startswith("#") and text.endswith(("!", "?", "N/A")) else text
