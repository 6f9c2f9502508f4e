"""Typed reading of plain data, as JSON gives it: what does not fit is refused by the path of its field."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final, TypeVar

import numpy as np

from accord.engines.matching.errors import UnreadableFile
from accord.engines.matching.types import UNLIMITED

# What "no limit" stands for: whole numbers up to here can be added up for millions of records.
LARGEST: Final = UNLIMITED
GREATEST: Final = float(np.finfo(np.float64).max)
Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Field:
    """A dictionary somewhere in the data, and the path to it, such as ``choices[3]``."""

    path: str
    value: Mapping[str, object]

    @classmethod
    def of(cls, path: str, value: object, *keys: str) -> "Field":
        """Wrap a value that must be a dictionary with none but these keys."""
        if not isinstance(value, dict):
            raise UnreadableFile(path or "{}", reason="bad-field")
        for key in value:
            if key not in keys:
                raise UnreadableFile(f"{path}.{_shown(key)}".lstrip("."), reason="bad-field")
        return cls(path, value)

    def at(self, key: str) -> str:
        """Return the path of one entry."""
        return f"{self.path}.{key}".lstrip(".")

    def refuse(self, key: str) -> UnreadableFile:
        """Return the error that names one entry."""
        return UnreadableFile(self.at(key), reason="bad-field")

    def entries(self, key: str) -> Iterator[tuple[str, object]]:
        """Yield path and value of everything in a list; nothing where there is none."""
        value = self.value.get(key, [])
        if not isinstance(value, list):
            raise self.refuse(key)
        for number, one in enumerate(value):
            yield f"{self.at(key)}[{number}]", one

    def rows(self, key: str, *keys: str) -> "list[Field]":
        """Return a list of dictionaries with none but these keys; empty where there is none."""
        return [Field.of(path, value, *keys) for path, value in self.entries(key)]

    def text(self, key: str, default: str | None = None) -> str:
        """Return words that can be written as UTF-8; they must be there unless there is a default."""
        value = self.value.get(key, default)
        if not is_text(value):
            raise self.refuse(key)
        return str(value)

    def text_or_none(self, key: str) -> str | None:
        """Return words, or None where there are none."""
        return None if self.value.get(key) is None else self.text(key)

    def whole(self, key: str, default: int | None = None) -> int:
        """Return a whole number of 0 or more; it must be there unless there is a default."""
        value = self.value.get(key, default)
        if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= LARGEST:
            raise self.refuse(key)
        return value

    def room(self, key: str) -> int | None:
        """Return a whole number, or None where null says that there is no limit; one of them must be there."""
        return None if key in self.value and self.value[key] is None else self.whole(key)

    def number_or_none(self, key: str) -> float | None:
        """Return a finite number, or None where there is none."""
        value = self.value.get(key)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int | float) or not abs(value) <= GREATEST:
            raise self.refuse(key)
        return float(value)

    def flag(self, key: str, *, default: bool) -> bool:
        """Return true or false."""
        value = self.value.get(key, default)
        if not isinstance(value, bool):
            raise self.refuse(key)
        return value

    def one_of(self, key: str, known: Mapping[str, Value], default: Value) -> Value:
        """Return what a known word stands for."""
        if key not in self.value:
            return default
        word = self.value[key]
        if not isinstance(word, str) or word not in known:
            raise self.refuse(key)
        return known[word]


def is_text(value: object) -> bool:
    """Tell whether this is a string that can be written as UTF-8."""
    return isinstance(value, str) and value == value.encode(errors="ignore").decode()


def _shown(key: object) -> str:
    return str(key).encode(errors="replace").decode()
