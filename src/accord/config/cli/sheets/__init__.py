"""Tables that people fill in, from Excel or CSV: understood by their headings, every fault named by cell.

``open_tables`` finds the tables of a workbook, a folder or a file; ``understand`` makes rows of each. What is wrong
is kept as ``Fault`` with sheet, row and column, so that one reading shows everything there is to mend.
"""

from accord.config.cli.sheets._cells import Kind, bar, number, places, text, whole, yes_no
from accord.config.cli.sheets._grid import Grid
from accord.config.cli.sheets._names import Name
from accord.config.cli.sheets._open import TABLES, WORKBOOKS, open_tables
from accord.config.cli.sheets._table import Column, Row, Table, refuse_faults, understand
from accord.config.cli.sheets._write import write_table
from accord.config.cli.sheets.faults import Fault, FaultyTablesError

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
    "number",
    "open_tables",
    "places",
    "refuse_faults",
    "text",
    "understand",
    "whole",
    "write_table",
    "yes_no",
]
