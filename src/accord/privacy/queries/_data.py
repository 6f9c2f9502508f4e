"""What is data and no code: purposes of consent, retention classes, thresholds; read once a process."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from accord.kernel.retention import RetentionClass, both
from accord.kernel.text import Bilingual


@dataclass(frozen=True, slots=True)
class Purpose:
    """One thing that people may agree to, in the words of its present version."""

    code: str
    version: int
    name: Bilingual
    text: Bilingual
    law: Bilingual


@dataclass(frozen=True, slots=True)
class ClassWords:
    """A retention class in words: how long, by which law, and how many years at least."""

    kind: RetentionClass
    name: Bilingual
    until: Bilingual
    law: Bilingual
    years: int


@dataclass(frozen=True, slots=True)
class Threshold:
    """From how many people of a country on a transfer abroad needs more."""

    country: str
    sensitive: bool
    people: int
    needs: Bilingual
    source: Bilingual


@cache
def purposes() -> Mapping[str, Purpose]:
    """Return what people may agree to, by code, in the order of the page."""
    return {
        row["code"]: Purpose(row["code"], row["version"], *(both(row[name]) for name in ("name", "text", "law")))
        for row in _read("purposes.yaml")
    }


@cache
def classes() -> Mapping[RetentionClass, ClassWords]:
    """Return every retention class in words."""
    return {
        RetentionClass(code): ClassWords(
            kind=RetentionClass(code),
            name=both(row["name"]),
            until=both(row["until"]),
            law=both(row["law"]),
            years=row["years"],
        )
        for code, row in _read("classes.yaml").items()
    }


@cache
def thresholds() -> tuple[Threshold, ...]:
    """Return every threshold, lowest first for each country and sort of data."""
    return tuple(
        Threshold(row["country"], row["sensitive"], row["people"], both(row["needs"]), both(row["source"]))
        for row in _read("thresholds.yaml")
    )


def _read(name: str) -> Any:
    return yaml.safe_load((files("accord.privacy") / name).read_text(encoding="utf-8"))
