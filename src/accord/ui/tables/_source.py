"""Where the rows of a list come from: a queryset or a sequence, narrowed and sorted by the same names."""

import operator
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from functools import reduce
from typing import Any, Protocol

from django.db.models import F, Q, QuerySet

from accord.ui.tables.types import follow

_CHUNK = 2000
_TESTS: dict[str, Callable[[Any, Any], bool]] = {
    "exact": lambda have, want: str(have) == str(want) if not isinstance(want, date) else have == want,
    "icontains": lambda have, want: str(want).casefold() in str(have).casefold(),
    "gte": operator.ge,
    "lte": operator.le,
    "gt": operator.gt,
    "lt": operator.lt,
    "in": lambda have, want: have in want,
}


class Source(Protocol):
    """Rows that can be narrowed, sorted, counted, sliced and run through."""

    def filter(self, field: str, value: Any) -> "Source":
        """Keep the rows whose field answers to the value."""

    def search(self, fields: Sequence[str], words: str) -> "Source":
        """Keep the rows in which any of the fields contains the words."""

    def order(self, field: str, *, down: bool) -> "Source":
        """Sort by a field, gaps last."""

    def count(self) -> int:
        """Return how many rows there are."""

    def slice(self, start: int, stop: int) -> Sequence[Any]:
        """Return some of the rows."""

    def run(self) -> Iterator[Any]:
        """Yield all rows in constant memory."""


class QuerySource:
    """Rows of a queryset; the view chose it, this only narrows it."""

    def __init__(self, rows: QuerySet[Any, Any]) -> None:
        """Keep the queryset."""
        self.rows = rows

    def filter(self, field: str, value: Any) -> "QuerySource":
        """Keep the rows whose field answers to the value."""
        return QuerySource(self.rows.filter(**{field: value}))

    def search(self, fields: Sequence[str], words: str) -> "QuerySource":
        """Keep the rows in which any of the fields contains the words."""
        any_of = reduce(operator.or_, (Q(**{f"{field}__icontains": words}) for field in fields))
        return QuerySource(self.rows.filter(any_of))

    def order(self, field: str, *, down: bool) -> "QuerySource":
        """Sort by a field, gaps last, ties by key."""
        by = F(field).desc(nulls_last=True) if down else F(field).asc(nulls_last=True)
        return QuerySource(self.rows.order_by(by, "pk"))

    def count(self) -> int:
        """Return how many rows there are."""
        return self.rows.count()

    def slice(self, start: int, stop: int) -> Sequence[Any]:
        """Return some of the rows."""
        return list(self.rows[start:stop])

    def run(self) -> Iterator[Any]:
        """Yield all rows by a server-side cursor."""
        return self.rows.iterator(chunk_size=_CHUNK)


class ListSource:
    """Rows already in memory."""

    def __init__(self, rows: Sequence[Any]) -> None:
        """Keep the rows."""
        self.rows = rows

    def filter(self, field: str, value: Any) -> "ListSource":
        """Keep the rows whose field answers to the value."""
        path, test = _split(field)
        return ListSource([row for row in self.rows if _answers(follow(row, path), value, test)])

    def search(self, fields: Sequence[str], words: str) -> "ListSource":
        """Keep the rows in which any of the fields contains the words."""
        contains = _TESTS["icontains"]
        found = [row for row in self.rows if any(contains(follow(row, field) or "", words) for field in fields)]
        return ListSource(found)

    def order(self, field: str, *, down: bool) -> "ListSource":
        """Sort by a field, gaps last; ties keep their order."""
        there = [row for row in self.rows if follow(row, field) is not None]
        gaps = [row for row in self.rows if follow(row, field) is None]
        return ListSource([*sorted(there, key=lambda row: _key(follow(row, field)), reverse=down), *gaps])

    def count(self) -> int:
        """Return how many rows there are."""
        return len(self.rows)

    def slice(self, start: int, stop: int) -> Sequence[Any]:
        """Return some of the rows."""
        return self.rows[start:stop]

    def run(self) -> Iterator[Any]:
        """Yield all rows."""
        return iter(self.rows)


def source_of(rows: "QuerySet[Any, Any] | Sequence[Any]") -> Source:
    """Return the source for a queryset or a sequence."""
    return QuerySource(rows) if isinstance(rows, QuerySet) else ListSource(rows)


def _split(field: str) -> tuple[str, str]:
    path, _mark, last = field.rpartition("__")
    return (path, last) if path and last in _TESTS else (field, "exact")


def _answers(have: Any, want: Any, test: str) -> bool:
    return have is not None and _TESTS[test](have, want)


def _key(value: Any) -> Any:
    return value if isinstance(value, int | float | date) else str(value).casefold()
