"""Declarative list pages."""

from accord.ui.tables.table import Table
from accord.ui.tables.types import Column, Filter, TablePage

__all__ = ["Column", "Filter", "Table", "TablePage"]
