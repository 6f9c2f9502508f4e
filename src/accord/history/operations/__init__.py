"""Writes of the history context."""

from accord.history.operations._guard import guard_tables
from accord.history.operations._redact import redact_record
from accord.history.operations._seal import seal_events
from accord.history.operations._undo import CannotBeUndone, undo_change

__all__ = ["CannotBeUndone", "guard_tables", "redact_record", "seal_events", "undo_change"]
