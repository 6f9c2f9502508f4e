"""Declarative list pages, and the same lists by cursor for the API."""

from accord.ui.tables._address import kept_query
from accord.ui.tables._cursor import CursorUnknown, Cut, cut
from accord.ui.tables.table import Table
from accord.ui.tables.types import Column, Filter, TablePage

__all__ = ["Column", "CursorUnknown", "Cut", "Filter", "Table", "TablePage", "cut", "kept_query"]
