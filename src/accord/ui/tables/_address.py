"""The address of a list: every state stands in the query string, and wrong values fall back with a notice."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from accord.ui.forms import read_day
from accord.ui.say import Text
from accord.ui.tables.types import Column, Filter

SIZES = (25, 50, 100)
FORMATS = ("csv", "xlsx", "json")
_MOST_DIGITS = 9


def kept_query(query: Mapping[str, Any]) -> str:
    """Return what a saved view keeps of a list's address: what narrows and orders it, not the page or the file."""
    values = Address.of(query).values
    kept = {key: [one for one in found if one] for key, found in values.items() if key not in {"page", "format"}}
    return urlencode(sorted((key, one) for key, found in kept.items() for one in found))


@dataclass(slots=True)
class Address:
    """The parameters of one request, read leniently; `notices` collects what had to fall back."""

    values: dict[str, list[str]]
    notices: list[Text] = field(default_factory=list)

    @classmethod
    def of(cls, query: Mapping[str, Any]) -> "Address":
        """Read a QueryDict or a plain mapping."""
        lists = getattr(query, "lists", None)
        pairs = lists() if lists else ((key, [value]) for key, value in query.items())
        return cls({key: [str(value).replace("\x00", "") for value in values] for key, values in pairs})

    def get(self, key: str) -> str:
        """Return the last value of a parameter, or nothing."""
        return self.values.get(key, [""])[-1].strip()

    def url(self, **changes: str | None) -> str:
        """Return the address with some parameters changed (None removes); a change starts again at page 1."""
        merged = {key: values for key, values in self.values.items() if key not in {*changes, "page", "format"}}
        merged |= {key: [value] for key, value in changes.items() if value is not None}
        return f"?{urlencode(merged, doseq=True)}"

    def number(self, key: str, usual: int) -> int:
        """Return a whole number of at least 1, or the usual one with a notice."""
        text = self.get(key)
        if not text:
            return usual
        if text.isascii() and text.isdigit() and len(text) <= _MOST_DIGITS and int(text) > 0:
            return int(text)
        self.notices.append(
            _("“%(value)s” is no number of a page or of lines; %(usual)s is shown.")
            % {"value": text[:40], "usual": usual}
        )
        return usual

    def size(self, usual: int) -> int:
        """Return the number of lines on a page."""
        wanted = self.number("size", usual)
        return min(SIZES, key=lambda size: abs(size - wanted))

    def sort(self, columns: tuple[Column, ...], usual: str) -> str:
        """Return the key to sort by, with a minus for downwards."""
        wanted = self.get("sort")
        if not wanted:
            return usual
        if any(column.sort and column.key == wanted.removeprefix("-") for column in columns):
            return wanted
        self.notices.append(
            _("The list cannot be sorted by “%(value)s”; the usual order is shown.") % {"value": wanted[:40]}
        )
        return usual

    def columns(self, columns: tuple[Column, ...]) -> tuple[Column, ...]:
        """Return the columns chosen in the column picker, or those shown by default."""
        wanted = {key for value in self.values.get("cols", []) for key in value.split(",")}
        chosen = tuple(column for column in columns if column.key in wanted)
        return chosen or tuple(column for column in columns if not column.hidden)

    def answer(self, asked: Filter) -> tuple[str, Any]:
        """Return a filter's text and its value; an unknown one counts as not given."""
        text = self.get(asked.key)
        if not text:
            return "", None
        value: str | date | None = text
        if asked.choices:
            value = text if text in dict(asked.choices) else None
        elif asked.kind == "day":
            value = read_day(text)
        if value is None:
            words = {"label": asked.label, "value": text[:40]}
            self.notices.append(_("%(label)s: “%(value)s” is not known here, so it does not narrow the list.") % words)
            return "", None
        return text, value

    def format(self) -> str:
        """Return the file asked for, or nothing for the page."""
        wanted = self.get("format")
        if wanted and wanted not in FORMATS:
            self.notices.append(_("There is no file “%(value)s”; choose CSV, Excel or JSON.") % {"value": wanted[:40]})
            return ""
        return wanted
