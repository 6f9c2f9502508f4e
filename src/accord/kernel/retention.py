"""What each table holds of people, why and how long, and what becomes of it when somebody is erased.

Each context declares its tables in a file `retention.yaml` of its folder, beside the models:

    activity:                       # what the context does with personal data, for the register of processing
      name: {en: …, zh-hans: …}     # likewise purpose, basis, subjects, recipients
    models:
      Attendance:                   # `app.Model` for a table of a package
        class: evidence             # a `RetentionClass`
        reason: {en: …, zh-hans: …}
        person: [person]            # paths to whose data a row is; marks such as `recorded_by` are found by themselves
        personal: [institution]     # columns that say something of that person
    impersonal:                     # tables that hold nothing of people but who wrote them
      - models: [Section, Fact]
        reason: {en: …, zh-hans: …}

Further words of a model: `address` (paths to an e-mail address of the person), `named` (columns that hold a reference
such as `person:7`), `instead` (what stands in a column that may not be empty), `secret` (columns that no copy hands
out), `alone` (a row goes only when it concerns nobody else), `erasure` where it differs from what the class says.
A test of the house fails for a table that is not declared.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from django.apps import AppConfig, apps

from accord.kernel.text import LANGUAGES, Bilingual

FILE = "retention.yaml"
HOUSE = "accord."


class RetentionClass(StrEnum):
    """Why something is kept, which decides how long."""

    CONTRACT = "contract"
    EVIDENCE = "evidence"
    PROOF = "proof"
    AUDIT = "audit"
    CONTACT = "contact"
    ACCOUNT = "account"
    NOTICE = "notice"
    WORK = "work"
    IMPERSONAL = "impersonal"


class Erasure(StrEnum):
    """What becomes of a row when the person is erased: it stays, is emptied of what is personal, or goes."""

    KEEP = "keep"
    EMPTY = "empty"
    DELETE = "delete"


BY_CLASS: Mapping[RetentionClass, Erasure] = {
    RetentionClass.CONTACT: Erasure.EMPTY,
    RetentionClass.NOTICE: Erasure.EMPTY,
    RetentionClass.ACCOUNT: Erasure.DELETE,
    RetentionClass.WORK: Erasure.DELETE,
}
"""What erasing does by class; every other class is kept."""


class UndeclaredError(Exception):
    """A `retention.yaml` says what cannot be; the text names the file and the line of it."""


@dataclass(frozen=True, slots=True)
class Retained:
    """What one model holds of people; see the words at the head of this file."""

    model: str
    kind: RetentionClass
    reason: Bilingual
    context: str
    person: tuple[str, ...] = ()
    address: tuple[str, ...] = ()
    named: tuple[str, ...] = ()
    personal: tuple[str, ...] = ()
    instead: Mapping[str, str] = field(default_factory=dict)
    secret: frozenset[str] = frozenset()
    alone: bool = False
    erasure: Erasure = Erasure.KEEP

    @property
    def is_of_people(self) -> bool:
        """Say whether its rows are somebody's data, and not only written by somebody."""
        return bool(self.person or self.address or self.named)


@dataclass(frozen=True, slots=True)
class Activity:
    """What a context does with personal data, in the words of the register of processing."""

    code: str
    name: Bilingual
    purpose: Bilingual
    basis: Bilingual
    subjects: Bilingual
    recipients: Bilingual


@cache
def retained() -> Mapping[str, Retained]:
    """Return what every declared model holds, by its label such as `people.Person`."""
    return {one.model: one for config, told in _files() for one in _declared(config, told)}


@cache
def activities() -> tuple[Activity, ...]:
    """Return what every context does with personal data, in the order of the apps."""
    return tuple(
        Activity(config.label, **{name: both(words) for name, words in told["activity"].items()})
        for config, told in _files()
        if "activity" in told
    )


def both(words: Mapping[str, Any]) -> Bilingual:
    """Return a text that has both languages and nothing else; an unquoted comma would cut it short in silence."""
    if set(words) != set(LANGUAGES) or not all(isinstance(one, str) and one.strip() for one in words.values()):
        raise UndeclaredError(f"not a text in both languages: {dict(words)!r}")
    return Bilingual.of(words)


def _files() -> Iterator[tuple[AppConfig, dict[str, Any]]]:
    """Yield each context with what its file says; contexts without one have no tables of people."""
    for config in apps.get_app_configs():
        file = Path(config.path) / FILE
        if config.name.startswith(HOUSE) and file.is_file():
            yield config, yaml.safe_load(file.read_text(encoding="utf-8"))


def _declared(config: AppConfig, told: Mapping[str, Any]) -> Iterator[Retained]:
    """Yield what one file declares."""
    for name, words in told.get("models", {}).items():
        yield _retained(config, name, words)
    for group in told.get("impersonal", ()):
        for name in group["models"]:
            yield _retained(config, name, {"class": RetentionClass.IMPERSONAL, "reason": group["reason"]})


def _retained(config: AppConfig, name: str, words: Mapping[str, Any]) -> Retained:
    label = name if "." in name else f"{config.label}.{name}"
    try:
        kind = RetentionClass(words["class"])
        usual = BY_CLASS.get(kind, Erasure.KEEP)
        return Retained(
            model=label,
            kind=kind,
            reason=both(words["reason"]),
            context=config.label,
            secret=frozenset(words.get("secret", ())),
            instead=dict(words.get("instead", {})),
            alone=bool(words.get("alone", False)),
            erasure=Erasure(words.get("erasure", usual)),
            **{one: tuple(words.get(one, ())) for one in ("person", "address", "named", "personal")},
        )
    except (KeyError, ValueError) as error:
        raise UndeclaredError(f"{config.label}/{FILE}: {name}: {error}") from error
