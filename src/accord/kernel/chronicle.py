"""What the history of a kind of record tells, and what of it can be undone: contexts announce it beside the kind.

    from accord.kernel.chronicle import Chronicle, Undo, chronicles

    chronicles.announce(
        "institution",
        Chronicle(parts={"people.Unit": "institution"}, undo=Undo(frozenset({"name", "city"}), operations.give_back)),
    )

A kind that announces nothing here still has a history, of its own table alone, with nothing to undo.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise

from accord.kernel.announced import Announced
from accord.kernel.text import Bilingual

Words = str | Promise | Bilingual
_SECRET = re.compile(r"(^|_)(token|digest|secret|password|hash|leaves)(_|$)")


@dataclass(frozen=True, slots=True)
class Undo:
    """How a change made in place is taken back: by the context's own operation, as a new change.

    `fields` can be given back their old values. `change(pk=…, version=…, values=…, by=…, at=…)` does it: old values by
    field name, and the version the record had when it was looked at; it refuses as the context's operation does.
    `follows` are fields that the operation works out by itself.
    """

    fields: frozenset[str]
    change: Callable[..., Any]
    follows: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Chronicle:
    """What one kind's history tells.

    `parts` are audited models that belong to the record, each with the name of its foreign key to it. `hidden` names
    further fields, `model.field`, that are never shown; secrets never are. Without `undo`, `final` says why nothing
    can be undone.
    """

    parts: Mapping[str, str] = field(default_factory=dict)
    hidden: frozenset[str] = frozenset()
    undo: Undo | None = None
    final: Words = ""

    def shows(self, model: str, name: str) -> bool:
        """Say whether a field's values may be shown to whoever may see the record."""
        return not _SECRET.search(name) and f"{model}.{name}" not in self.hidden


chronicles: Announced[Chronicle] = Announced()
"""What each kind's history tells, by kind."""


def chronicle_of(kind: str) -> Chronicle:
    """Return what a kind's history tells."""
    return chronicles.get(kind) or Chronicle()
