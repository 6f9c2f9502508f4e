"""Reads of the history context: seals, what happened to a record, how it stood."""

from accord.history.queries._chain import Head, digest_of, head, knows, leaf, seals
from accord.history.queries._events import Subject, events_of, subject_of
from accord.history.queries._last import last_change
from accord.history.queries._tables import (
    FIXED_TEXT,
    columns_of,
    event_models,
    event_tables,
    leaf_statement,
    quoted,
    table_of,
    tracked_models,
    unguarded_tables,
)
from accord.history.queries._told import Change, FieldChange, Line, Then, as_it_stood, find_change, history_of, lines_of
from accord.history.queries._undo import Undoing, undoing
from accord.history.queries._verify import Fault, Verdict, verify

__all__ = [
    "FIXED_TEXT",
    "Change",
    "Fault",
    "FieldChange",
    "Head",
    "Line",
    "Subject",
    "Then",
    "Undoing",
    "Verdict",
    "as_it_stood",
    "columns_of",
    "digest_of",
    "event_models",
    "event_tables",
    "events_of",
    "find_change",
    "head",
    "history_of",
    "knows",
    "last_change",
    "leaf",
    "leaf_statement",
    "lines_of",
    "quoted",
    "seals",
    "subject_of",
    "table_of",
    "tracked_models",
    "undoing",
    "unguarded_tables",
    "verify",
]
