"""What a reference such as `agreement:7` leads to, and who may follow it.

The history tab, files, privacy and the inbox keep such references and know no context by name.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.functional import Promise

from accord.kernel.access import Actor
from accord.kernel.announced import Announced
from accord.kernel.refused import NotThere
from accord.kernel.text import Bilingual


@dataclass(frozen=True, slots=True)
class Shown:
    """A record as one reader may see it: its title and its page; `may_change` where they may also change it."""

    title: Bilingual | str
    url: str
    may_change: bool = False


@dataclass(frozen=True, slots=True)
class RecordKind:
    """One kind of record: its word, its table, and the one place that decides who may see it.

    `find` returns the record as the actor may see it and raises `NotThere` for what they may not know of. `visible`
    says the same of all at once, as a queryset: what hangs on records of the kind is searched with it.
    """

    kind: str
    model: str
    name: str | Promise
    find: Callable[[Actor, int], Shown]
    visible: Callable[[Actor], QuerySet[Any, Any]] | None = None


record_kinds: Announced[RecordKind] = Announced()
"""Every kind of record that contexts announced, by its kind."""


def reference(kind: str, pk: int) -> str:
    """Return the reference to a record."""
    return f"{kind}:{pk}"


def follow(actor: Actor, record: str) -> Shown:
    """Return what a reference leads to. Raises `NotThere` for unknown kinds, odd references and hidden records."""
    kind, _colon, number = record.partition(":")
    known = record_kinds.get(kind)
    if known is None or not number.isdecimal() or len(number) > len(str(2**63)):
        raise NotThere(f"nothing here: {record}")
    return known.find(actor, int(number))
