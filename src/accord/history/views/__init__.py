"""Doors of the history context."""

from accord.history.views._history import as_it_stood, change, history, undo
from accord.history.views._seals import keep_head, seals

__all__ = ["as_it_stood", "change", "history", "keep_head", "seals", "undo"]
