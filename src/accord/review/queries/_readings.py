"""How items are read: the context that put them in announces it; a panel knows no record by kind."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.http.response import HttpResponseBase
from django.utils.functional import Promise

from accord.kernel.access import Actor
from accord.kernel.announced import Announced
from accord.kernel.text import Bilingual

Words = Bilingual | str | Promise


@dataclass(frozen=True, slots=True)
class FileLink:
    """A file of an item: what it is called there, and the key under which `open_file` hands it out.

    The name must say no more than the mode allows: where nobody may know who applied, no name of a person.
    """

    name: Words
    key: str
    size: int = 0


Line = tuple[Words, Words | FileLink]
Section = tuple[Words, tuple[Line, ...]]


@dataclass(frozen=True, slots=True)
class Reading:
    """An item as a reviewer may read it: its title, and sections of labelled lines."""

    title: Words
    sections: tuple[Section, ...] = ()


@dataclass(frozen=True, slots=True)
class Reader:
    """How one kind of record is read.

    `read(record, actor, blind)` returns what a reviewer may know; `blind` leaves out who applied, in every line and
    every name of a file. `open_file(record, key, actor, blind, at)` answers with the bytes, without what the file
    says of its author; it raises `NotThere` for a key that the record has not. `reviewed(record, at)` hears, once it
    is kept, that a review of the record came in.
    """

    read: Callable[[str, Actor, bool], Reading]
    open_file: Callable[[str, str, Actor, bool, datetime], HttpResponseBase] | None = None
    reviewed: Callable[[str, datetime], object] | None = None


readings: Announced[Reader] = Announced()
"""How items are read, by the kind of their record."""


def reader_of(record: str) -> Reader | None:
    """Return how a record is read, or None where its context announced nothing."""
    return readings.get(record.partition(":")[0])
