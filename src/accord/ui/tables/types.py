"""What a list page is declared with, and what it becomes for one request."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString

from accord.ui import say
from accord.ui.parts import PROVENANCE_WORDS, Empty, Link, Pages, Pill, State
from accord.ui.say import Text

_NUMERIC = {"number", "signed"}


@dataclass(frozen=True, slots=True)
class Column:
    """A column: where its value comes from, how it is said, and by which field the list may be sorted.

    `kind` is text, number, signed, day, moment, state or provenance; `value` a function of the record or a
    dotted path (default: `key`); `hidden` columns wait in the column picker.
    """

    key: str
    label: Text
    kind: str = "text"
    sort: str = ""
    value: Callable[[Any], Any] | str = ""
    url: Callable[[Any], str] | None = None
    hidden: bool = False

    @property
    def numeric(self) -> bool:
        """Say whether the column is set to the right."""
        return self.kind in _NUMERIC

    def raw(self, record: Any) -> Any:
        """Return the record's value in this column."""
        return self.value(record) if callable(self.value) else follow(record, self.value or self.key)


@dataclass(frozen=True, slots=True)
class Filter:
    """A question that narrows the list by `lookup`: one of `choices`, or a text or day by `kind`."""

    key: str
    label: Text
    choices: tuple[tuple[str, Text], ...] = ()
    kind: str = "text"
    lookup: str = ""

    @property
    def field(self) -> str:
        """Return the lookup; free text looks anywhere in the field."""
        usual = self.key if self.choices or self.kind == "day" else f"{self.key}__icontains"
        return self.lookup or usual


@dataclass(frozen=True, slots=True)
class TableCell:
    """One cell as it is shown: column label for phones, content, link."""

    label: Text
    content: SafeString | str
    url: str
    numeric: bool


@dataclass(frozen=True, slots=True)
class Heading:
    """A column's head: its sort link, and the direction when the list is sorted by it."""

    key: str
    label: Text
    numeric: bool
    url: str = ""
    direction: str = ""
    shown: bool = True


@dataclass(frozen=True, slots=True)
class Question:
    """A filter as the form shows it, with the value in force."""

    filter: Filter
    value: str


@dataclass(frozen=True, slots=True)
class TablePage:
    """One page of a list, ready for its template, and what its export needs."""

    name: str
    headings: Sequence[Heading]
    rows: Sequence[Sequence[TableCell]]
    matched: int
    total: int
    pills: Sequence[Pill]
    questions: Sequence[Question]
    search: str | None
    pages: Pages
    sizes: Sequence[Link]
    exports: Sequence[Link]
    picker: Sequence[Heading]
    kept: Sequence[tuple[str, str]]
    clear_url: str
    notices: Sequence[Text]
    empty: Empty | None
    format: str
    columns: Sequence[Column]
    source: Any
    records: Sequence[Any] = ()


def follow(record: Any, path: str) -> Any:
    """Return what a path of attributes or keys, dotted or with `__`, leads to; None where it ends early."""
    for step in path.replace("__", ".").split("."):
        if record is None:
            return None
        record = record.get(step) if isinstance(record, Mapping) else getattr(record, step, None)
        if callable(record) and step.endswith("_display"):
            record = record()  # Django's own words for a choice
    return record


def cell(column: Column, record: Any) -> TableCell:
    """Return one cell."""
    url = column.url(record) if column.url else ""
    return TableCell(column.label, shown(column.kind, column.raw(record)), url, column.numeric)


def shown(kind: str, value: Any) -> SafeString | str:
    """Return a value as its kind is said; nothing for None."""
    if value is None or value == "":
        return ""
    if isinstance(value, State):
        mark = format_html('<span class="mark" aria-hidden="true">{}</span>', value.mark)
        return format_html('<span class="chip tone-{}">{}{}</span>', str(value.tone), mark, say.said(value.word))
    if kind == "provenance":
        return format_html('<span class="prov prov-{}">{}</span>', str(value), PROVENANCE_WORDS.get(str(value), value))
    if kind == "day":
        return format_html('<span class="nowrap">{}</span>', say.day(value))
    sayer = _SAYERS.get(kind, say.said)
    return sayer(value)


_SAYERS: dict[str, Callable[[Any], SafeString | str]] = {
    "number": say.count,
    "signed": say.signed,
    "moment": say.moment,
}


def plain(value: Any) -> Any:
    """Return a value as a file keeps it: numbers as numbers, days as ISO text, all else as words."""
    if value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(value, State):
        return str(value.word)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return str(value)
