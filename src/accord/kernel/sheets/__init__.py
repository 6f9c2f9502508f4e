"""Tables that people fill in, from Excel or CSV: understood by their headings, every fault named by cell.

``open_tables`` finds the tables of a workbook, a folder or a file; ``understand`` makes rows of each. What is wrong
is kept as ``Fault`` with sheet, row and column, so that one reading shows everything there is to mend.
"""

from accord.kernel.sheets._cells import Kind, bar, day, number, one_of, places, text, whole, yes_no
from accord.kernel.sheets._grid import Grid
from accord.kernel.sheets._names import Name
from accord.kernel.sheets._open import TABLES, WORKBOOKS, open_sent, open_tables
from accord.kernel.sheets._table import Column, Row, Table, refuse_faults, understand
from accord.kernel.sheets.faults import Fault, FaultyTablesError

__all__ = [
    "TABLES",
    "WORKBOOKS",
    "Column",
    "Fault",
    "FaultyTablesError",
    "Grid",
    "Kind",
    "Name",
    "Row",
    "Table",
    "bar",
    "day",
    "number",
    "one_of",
    "open_sent",
    "open_tables",
    "places",
    "refuse_faults",
    "text",
    "understand",
    "whole",
    "yes_no",
]
