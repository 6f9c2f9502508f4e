"""A list by cursor: the same filters, search and sorts as its page, cut after a row instead of after a number.

A cursor names the last row that was seen by its value in the sort and its key, so rows that come or go meanwhile
shift nothing: whoever follows the cursors sees every row that was there all the time exactly once.
"""

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cmp_to_key
from typing import Any

from django.core import signing
from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from accord.kernel.refused import Refused
from accord.ui.tables._address import Address
from accord.ui.tables._source import ListSource, QuerySource, source_of
from accord.ui.tables.table import Table
from accord.ui.tables.types import follow

_SALT = "accord.cursor"
_AFTER, _BEFORE = "after", "before"


class CursorUnknown(Refused):
    """A cursor that this list, asked this way, never gave."""

    code = "cursor-unknown"


@dataclass(frozen=True, slots=True)
class Cut:
    """Some rows of a list, and the cursors of what follows and what comes before; empty at the ends."""

    rows: Sequence[Any]
    following: str
    previous: str


@dataclass(frozen=True, slots=True)
class _Place:
    """A row's place in the order: its value in the sort (None is a gap, and last) and its key."""

    value: Any
    key: Any


@dataclass(frozen=True, slots=True)
class _Order:
    """The order of a list: the field, its direction, and the key that decides between equals."""

    field: str
    down: bool
    key: str


def cut(
    table: Table, query: Mapping[str, Any], rows: "QuerySet[Any, Any] | Sequence[Any]", *, limit: int, key: str = "pk"
) -> Cut:
    """Return the rows that an address asks for, at most `limit`; `cursor` in the query says where they start.

    `key` is the field that tells rows apart. Raises `CursorUnknown` for a cursor of another list or question.
    """
    address = Address.of(query)
    found, _questions = table.narrow(source_of(rows), address)
    order = _order(table, address, key)
    question = _question(table, address, order)
    way, place = _read(address.get("cursor"), question)
    backwards = way == _BEFORE
    taken = _take(found, order, place, backwards=backwards, limit=limit + 1)
    more = len(taken) > limit
    kept = list(reversed(taken[:limit])) if backwards else list(taken[:limit])
    has_next, has_previous = (bool(kept), more) if backwards else (more, place is not None and bool(kept))
    return Cut(
        [row for row, _at in kept],
        _write(_AFTER, kept[-1][1], question) if has_next else "",
        _write(_BEFORE, kept[0][1], question) if has_previous else "",
    )


def _order(table: Table, address: Address, key: str) -> _Order:
    """Return the order that the address asks for, as the page has it."""
    sort = address.sort(table.columns, table.default_sort)
    column = next((each for each in table.columns if each.key == sort.removeprefix("-") and each.sort), None)
    return _Order(column.sort if column else "", sort.startswith("-"), key)


def _take(source: Any, order: _Order, place: _Place | None, *, backwards: bool, limit: int) -> list[tuple[Any, _Place]]:
    """Return rows with their places, from a place on in one direction."""
    if isinstance(source, QuerySource):
        return _take_query(source.rows, order, place, backwards=backwards, limit=limit)
    if isinstance(source, ListSource):
        return _take_list(source.rows, order, place, backwards=backwards, limit=limit)
    raise AssertionError("rows come from the database or from memory")


def _take_query(
    rows: QuerySet[Any, Any], order: _Order, place: _Place | None, *, backwards: bool, limit: int
) -> list[tuple[Any, _Place]]:
    """Ask the database for the rows on one side of a place, nearest first."""
    if not order.field:
        ordered = rows.order_by(f"-{order.key}" if backwards else order.key)
        side = Q() if place is None else Q(**{f"{order.key}__{'lt' if backwards else 'gt'}": place.key})
        return [(row, _Place(None, follow(row, order.key))) for row in ordered.filter(side)[:limit]]
    falling = order.down != backwards
    by = F("_sort").desc(nulls_first=backwards or None, nulls_last=not backwards or None)
    if not falling:
        by = F("_sort").asc(nulls_first=backwards or None, nulls_last=not backwards or None)
    ordered = rows.annotate(_sort=F(order.field)).order_by(by, f"-{order.key}" if backwards else order.key)
    if place is not None:
        ordered = ordered.filter(_beyond(order, place, backwards=backwards))
    return [(row, _Place(row._sort, follow(row, order.key))) for row in ordered[:limit]]  # noqa: SLF001 (annotated above)


def _beyond(order: _Order, place: _Place, *, backwards: bool) -> Q:
    """Return the condition for rows on one side of a place; gaps stand last."""
    next_key = Q(**{f"{order.key}__{'lt' if backwards else 'gt'}": place.key})
    gaps = Q(_sort__isnull=True)
    if place.value is None:
        return ~gaps | (gaps & next_key) if backwards else gaps & next_key
    further = Q(**{f"_sort__{'lt' if order.down != backwards else 'gt'}": place.value})
    same = Q(_sort=place.value) & next_key
    return further | same if backwards else further | same | gaps


def _take_list(
    rows: Sequence[Any], order: _Order, place: _Place | None, *, backwards: bool, limit: int
) -> list[tuple[Any, _Place]]:
    """Sort rows in memory and return those on one side of a place, nearest first."""
    compare = _comparison(order)

    def compared(one: tuple[Any, _Place], other: tuple[Any, _Place]) -> int:
        return compare(one[1], other[1])

    placed: list[tuple[Any, _Place]] = [
        (row, _Place(_plain(follow(row, order.field)) if order.field else None, follow(row, order.key))) for row in rows
    ]
    placed.sort(key=cmp_to_key(compared), reverse=backwards)
    sign = -1 if backwards else 1
    return [each for each in placed if place is None or compare(each[1], place) * sign > 0][:limit]


def _comparison(order: _Order) -> Callable[[_Place, _Place], int]:
    """Return the comparison of two places: the sort's value, gaps last, then the key."""

    def compare(one: _Place, other: _Place) -> int:
        if (one.value is None) != (other.value is None):
            return 1 if one.value is None else -1
        if one.value != other.value:
            return (1 if one.value > other.value else -1) * (-1 if order.down else 1)
        return int(one.key > other.key) - int(one.key < other.key)

    return compare


def _plain(value: Any) -> Any:
    """Return a value that compares as the page sorts it and survives a cursor."""
    if value is None or isinstance(value, int | float):
        return value
    if isinstance(value, Decimal):
        return float(value)
    return value.isoformat() if isinstance(value, date) else str(value).casefold()


def _question(table: Table, address: Address, order: _Order) -> str:
    """Return what tells this question from others, so that a cursor fits no other list or filter."""
    asked = {each.key: address.get(each.key) for each in table.filters}
    text = json.dumps([table.name, order.field, order.down, address.get("q"), asked], sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def _write(way: str, place: _Place, question: str) -> str:
    """Return the cursor of a place; signed, so that only what a list gave comes back."""
    return signing.dumps([way, _stored(place.value), _stored(place.key), question], salt=_SALT, compress=True)


def _stored(value: Any) -> Any:
    """Return a value as a cursor holds it."""
    if value is None or isinstance(value, bool | int | float | str):
        return value
    return value.isoformat() if isinstance(value, date) else str(value)


def _read(cursor: str, question: str) -> tuple[str, _Place | None]:
    """Return which way and from where a cursor leads; from the start where there is none."""
    if not cursor:
        return _AFTER, None
    try:
        way, value, key, asked = signing.loads(cursor, salt=_SALT)
    except (signing.BadSignature, ValueError) as error:
        raise _unknown() from error
    if asked != question:
        raise _unknown()
    return way, _Place(value, key)


def _unknown() -> CursorUnknown:
    return CursorUnknown(
        _("This cursor belongs to another list or other filters. Start without a cursor."), field="cursor"
    )
