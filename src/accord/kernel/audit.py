"""What every audited model declares: which writes leave a row in its history, written by the database itself."""

from collections.abc import Callable, Sequence
from typing import TypeVar

import pghistory
from django.db import models

Model = TypeVar("Model", bound=models.Model)


def audited(*, exclude: Sequence[str] = ()) -> Callable[[type[Model]], type[Model]]:
    """Keep every write of the model in its history. For records that are edited in place."""
    return _tracked([pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent()], exclude)


def audited_changes(*, exclude: Sequence[str] = ()) -> Callable[[type[Model]], type[Model]]:
    """Keep every write but the first. For records whose own columns say who made them and when."""
    return _tracked([pghistory.UpdateEvent(), pghistory.DeleteEvent()], exclude)


def _tracked(events: Sequence[pghistory.Tracker], exclude: Sequence[str]) -> Callable[[type[Model]], type[Model]]:
    """Return the decorator; the trackers are made anew for each model, since they remember its fields."""
    decorate: Callable[[type[Model]], type[Model]] = pghistory.track(*events, exclude=list(exclude) or None)
    return decorate
