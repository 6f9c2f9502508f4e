"""Reads of the demo: whether a database is empty, the world's fingerprint, and how it was made."""

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

import pghistory.models
from django.apps import apps
from django.db import models
from psycopg.types.range import Range

from accord.demo import simulation
from accord.demo.stories import SCENES, STORIES
from accord.demo.types import Story
from accord.kernel.models import World
from accord.kernel.text import Bilingual

HOUSE = "accord."
DRAWN_ANEW = {"public_token", "password", "last_login"}
"""Columns that differ in every database and say nothing of the world."""

BY_NUMBER = {
    *("people.SignedLink.record", "people.Merge.moved", "files.Attachment.record"),
    *("negotiation.TextVersion.signing", "outbox.Message.key", "outbox.Message.record", "outbox.Message.url"),
    *("outbox.Message.data", "outbox.Message.letter", "outbox.Message.created_at"),
    *("outbox.Delivery.due_at", "outbox.Delivery.next_at", "privacy.SetAside.why", "workspace.TeamSpan.record"),
    *("programmes.CountedLine.record", "review.Panel.subject", "review.Item.record"),
    *("review.AssignmentRun.problem", "review.AssignmentRun.result", "review.AssignmentRun.digest"),
}
"""Columns that name rows by their numbers, or say when a letter was written while the world was built."""

NAMED_BY_NUMBER = {"people.Person.key", "people.Person.name", "people.Person.sort_key"}
"""Columns that may hold the row's own number: it counts as a sign, whatever it is."""

DIGITS = 9
Model = type[models.Model]


def kept_models() -> list[Model]:
    """Return every model that keeps Accord's own records, without the history that the database writes of them."""
    return [
        model
        for model in apps.get_models()
        if model.__module__.startswith(HOUSE)
        and not issubclass(model, pghistory.models.Event)
        and model._meta.app_label != "history"  # noqa: SLF001 (Django's public name): seals say when, not what
    ]


def holds_anything() -> bool:
    """Say whether the database holds any record, beside the one that says what world it is."""
    return any(model._default_manager.exists() for model in kept_models() if model is not World)  # noqa: SLF001 (Django's public name)


def world_hash() -> str:
    """Return the SHA-256 of all records: the same world in another database has the same one.

    A reference counts by what it points at, not by its number, and the order of rows does not count. Floats
    count to nine digits, so that another processor's last bit makes no other world.
    """
    digests = _Digests()
    lines = sorted(f"{model._meta.label} {digest}" for model in kept_models() for digest in digests.of(model).values())  # noqa: SLF001 (Django's public name)
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


class _Digests:
    """Digests of rows, each made of the row's own values and the digests of what it points at."""

    def __init__(self) -> None:
        """Know none yet."""
        self._known: dict[Model, Mapping[Any, str]] = {}

    def of(self, model: Model) -> Mapping[Any, str]:
        """Return the digest of each row of a model by its number.

        A reference to a row of the same table counts by what that row is without such references of its own.
        """
        if model not in self._known:
            fields = [one for one in model._meta.concrete_fields if not one.primary_key and not _differs(one)]  # noqa: SLF001 (Django's public name)
            outward = [one for one in fields if one.related_model is not model]
            self._known[model] = self._rows(model, outward)
            if len(outward) < len(fields):
                self._known[model] = self._rows(model, fields)
        return self._known[model]

    def _rows(self, model: Model, fields: "Sequence[models.Field[Any, Any]]") -> Mapping[Any, str]:
        """Return the digest of each row by its number, made of these columns."""
        targets = [self._target(one) for one in fields]
        own = [_label(one) in NAMED_BY_NUMBER for one in fields]
        rows = model._default_manager.order_by().values_list("pk", *(one.attname for one in fields))  # noqa: SLF001 (Django's public name)
        return {
            pk: _digest(
                [
                    target.get(value) if target else _unnumbered(value, pk) if named else value
                    for value, target, named in zip(row, targets, own, strict=True)
                ]
            )
            for pk, *row in rows.iterator()
        }

    def _target(self, field: "models.Field[Any, Any]") -> Mapping[Any, str]:
        """Return the digests of the rows that a reference points at; nothing for a plain value."""
        related = field.related_model
        return self.of(related) if field.is_relation and isinstance(related, type) else {}


def _differs(field: "models.Field[Any, Any]") -> bool:
    """Say whether a column differs in every database and says nothing of the world."""
    return field.name in DRAWN_ANEW or _label(field) in BY_NUMBER


def _label(field: "models.Field[Any, Any]") -> str:
    """Return a column's name with its model's."""
    return f"{field.model._meta.label}.{field.name}"  # noqa: SLF001 (Django's public name)


def _unnumbered(value: str | Bilingual, number: int) -> str:
    """Return a text with a number in it taken out, zeros before it included."""
    text = value if isinstance(value, str) else f"{value.en}\n{value.zh_hans}"
    return re.sub(rf"(?<!\d)0*{number}(?!\d)", "#", text)


def _digest(values: list[Any]) -> str:
    """Return the digest of one row's values."""
    text = json.dumps(_rounded(values), ensure_ascii=False, sort_keys=True, default=_plain)
    return hashlib.sha256(text.encode()).hexdigest()


def _rounded(value: Any) -> Any:
    """Return a value with the floats in it rounded."""
    match value:
        case float():
            return float(f"{value:.{DIGITS}g}")
        case dict():
            return {key: _rounded(one) for key, one in value.items()}
        case list():
            return [_rounded(one) for one in value]
    return value


def _plain(value: Bilingual | Decimal | UUID | Range[Any] | date | datetime) -> Any:
    """Return what JSON does not know in a form that it does."""
    if isinstance(value, Bilingual):
        return value.as_dict()
    if isinstance(value, UUID | Range):
        return str(value)
    return str(value.normalize()) if isinstance(value, Decimal) else value.isoformat()


@dataclass(frozen=True, slots=True)
class Parameter:
    """One number of the simulation and what it is."""

    name: Bilingual
    value: str


@dataclass(frozen=True, slots=True)
class WorldStory:
    """How a demo world was made: the processes, what was staged, and the parameters that hold for all of them."""

    processes: tuple[Story, ...]
    scenes: int
    parameters: tuple[Parameter, ...]


def world_story() -> WorldStory:
    """Return how the simulated part of a demo world is made."""
    return WorldStory(STORIES, len(SCENES), _parameters())


def _parameters() -> tuple[Parameter, ...]:
    """Return the numbers that hold for every process."""
    return (
        Parameter(Bilingual("Contested by the other side", "被对方提出异议"), f"{100 * simulation.CONTESTED:.1f} %"),
        Parameter(Bilingual("Left waiting for good", "始终未确认"), f"{100 * simulation.LEFT_WAITING:.1f} %"),
        Parameter(
            Bilingual("Days until an entry is made, median", "录入延迟（天，中位数）"),
            f"{simulation.median(simulation.RECORDING):.1f}",
        ),
        Parameter(
            Bilingual("Hours until the other side decides, median", "对方确认时间（小时，中位数）"),
            f"{simulation.FIRST_HOURS + simulation.median(simulation.DECIDING):.0f}",
        ),
        Parameter(
            Bilingual("Further delay of a late entry, days", "迟报的额外延迟（天）"),
            "{}–{}".format(*simulation.LATE_DAYS),
        ),
    )
