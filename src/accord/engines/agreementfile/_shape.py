"""The vocabulary in which the format is described once; checker, writer, schema and builder all walk it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final, TypeAlias

MISSING: Final = object()
"""The default of a field whose value is written whenever there is one."""

KEY_PATTERN: Final = r"^[a-z0-9]+(-[a-z0-9]+)*$"
MEASURE_PATTERN: Final = r"^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)+$"
DATE_PATTERN: Final = r"^(19|20|21)[0-9]{2}-[0-9]{2}-[0-9]{2}$"
STATED_DATE_PATTERN: Final = r"^(19|20|21)[0-9]{2}(-[0-9]{2}(-[0-9]{2})?)?$"
URL_PATTERN: Final = r"^https?://[^\s/]+\S*$"


@dataclass(frozen=True, slots=True)
class Words:
    """A line of text in one language, or a paragraph where `lines` is True."""

    longest: int
    lines: bool = False


@dataclass(frozen=True, slots=True)
class TwoWords:
    """A text in both languages: a mapping with `en`, `zh-hans` or both. The schema knows it by its name."""

    words: Words
    name: str = ""


@dataclass(frozen=True, slots=True)
class Key:
    """A kebab-case name. `declares` and `refers` name the family of keys it adds to or must be found in."""

    declares: str = ""
    refers: str = ""
    longest: int = 60


@dataclass(frozen=True, slots=True)
class MeasureCode:
    """The code of a measure."""


@dataclass(frozen=True, slots=True)
class Address:
    """A web address."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One of a few words."""

    options: type[StrEnum]


@dataclass(frozen=True, slots=True)
class Day:
    """A date; with `coarse`, also a month or a year alone."""

    coarse: bool = False


@dataclass(frozen=True, slots=True)
class Amount:
    """A number of up to twelve digits and four decimals; more than zero, or at least zero with `zero`."""

    zero: bool = False


@dataclass(frozen=True, slots=True)
class Position:
    """A whole number from 1."""


@dataclass(frozen=True, slots=True)
class Flag:
    """true or false."""


@dataclass(frozen=True, slots=True)
class Version:
    """The version of the format."""

    number: int


@dataclass(frozen=True, slots=True)
class Many:
    """A list of at least one thing; with `single`, one thing may stand there without a list."""

    item: Shape
    least: int = 1
    single: bool = False
    distinct: bool = False


@dataclass(frozen=True, slots=True)
class KeysOrWords:
    """A list of party keys, or a bilingual text for those who are no party."""

    keys: Many
    words: TwoWords


@dataclass(frozen=True, slots=True)
class Field:
    """One key of a record: what it holds, what it is for, and the attribute that carries it."""

    key: str
    shape: Shape
    title: str
    about: str
    required: bool = False
    attribute: str = ""
    default: Any = MISSING
    examples: tuple[Any, ...] = ()

    @property
    def name(self) -> str:
        """The attribute of the dataclass."""
        return self.attribute or self.key


@dataclass(frozen=True, slots=True)
class Record:
    """A mapping with known keys, and the dataclass it becomes; `flow` writes it on one line if it fits."""

    name: str
    becomes: type[Any]
    fields: tuple[Field, ...]
    flow: bool = False

    def field(self, key: str) -> Field | None:
        """Find the field of a key, or None."""
        return next((field for field in self.fields if field.key == key), None)


Shape: TypeAlias = (
    Words
    | TwoWords
    | Key
    | MeasureCode
    | Address
    | Choice
    | Day
    | Amount
    | Position
    | Flag
    | Version
    | Many
    | KeysOrWords
    | Record
)
