"""Facts as doors hand them to operations, and the records that keep them."""

from dataclasses import fields
from typing import Any

from django.db import models


def put(record: models.Model, facts: Any) -> list[str]:
    """Set the record's columns to the fields of a dataclass; return the names of those that differ now."""
    wanted: dict[str, Any] = {one.name: getattr(facts, one.name) for one in fields(facts)}
    changed = [name for name, value in wanted.items() if getattr(record, name) != value]
    for name in changed:
        setattr(record, name, wanted[name])
    return changed
