"""Reads CSV as Excel and others write it: UTF-8, UTF-16 or GB18030; commas, semicolons or tabs."""

import codecs
import csv
import io
from pathlib import Path

from accord.kernel.sheets._grid import Grid
from accord.kernel.sheets.faults import Fault, FaultyTablesError

DELIMITERS = (",", ";", "\t")
LONGEST_CELL = 2**20


def read_csv(path: Path, name: str) -> Grid:
    """Return the table of a CSV file.

    Raises:
        FaultyTablesError: the bytes are no text, or a quotation mark is never closed.

    """
    text = _decoded(path.read_bytes(), name)
    # An abstract is longer than the 128 KiB that the reader allows by itself.
    csv.field_size_limit(LONGEST_CELL)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    rows: list[list[str]] = []
    try:
        rows.extend([cell.strip() for cell in row] for row in reader)
    except csv.Error as error:
        raise FaultyTablesError([Fault("csv", name, len(rows) + 1, figures={"detail": str(error)})]) from None
    return Grid(name, rows)


def _decoded(content: bytes, name: str) -> str:
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encodings = ["utf-16"]
    else:
        # GB18030 takes almost any bytes, so it comes second; UTF-8 refuses Chinese text in GB18030.
        encodings = ["utf-8-sig", "gb18030"]
    for encoding in encodings:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise FaultyTablesError([Fault("encoding", name)])


def _delimiter(text: str) -> str:
    """Return the separator that stands most often in the first line that is not empty."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    return max(DELIMITERS, key=first.count)
