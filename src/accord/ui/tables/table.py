"""List pages: filters as pills, search, sort, columns, pages and exports, all in the address."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponseBase
from django.utils.translation import gettext as _

from accord.ui import say
from accord.ui.parts import Empty, Link, Pages, Pill
from accord.ui.say import Text
from accord.ui.tables._address import SIZES, Address
from accord.ui.tables._export import exported
from accord.ui.tables._source import Source, source_of
from accord.ui.tables.types import Column, Filter, Heading, Question, TablePage, cell

_AROUND = 2


@dataclass(frozen=True, slots=True)
class Table:
    """A list page: its columns, the questions that narrow it, the fields searched, the usual order."""

    name: str
    columns: tuple[Column, ...]
    filters: tuple[Filter, ...] = ()
    search: tuple[str, ...] = ()
    default_sort: str = ""
    empty: Empty | None = None
    size: int = 50

    def page(self, query: Mapping[str, Any], rows: QuerySet[Any, Any] | Sequence[Any]) -> TablePage:
        """Return the page that an address asks for; nothing in the address can make it fail."""
        address = Address.of(query)
        everything = source_of(rows)
        found, questions = self.narrow(everything, address)
        sort = address.sort(self.columns, self.default_sort)
        found = self._sorted(found, sort)
        matched = found.count()
        total = everything.count() if any(q.value for q in questions) or address.get("q") else matched
        size = address.size(self.size)
        number, last = self._number(address, matched, size)
        columns = address.columns(self.columns)
        records = found.slice((number - 1) * size, number * size)
        return TablePage(
            name=self.name,
            headings=[_heading(column, sort, address) for column in columns],
            rows=[[cell(column, record) for column in columns] for record in records],
            matched=matched,
            total=total,
            pills=_pills(questions, address) if self.filters or self.search else (),
            questions=questions,
            search=address.get("q") if self.search else None,
            pages=_pages(address, number, last),
            sizes=[Link(str(each), address.url(size=str(each)), current=each == size) for each in SIZES],
            exports=[Link(word, address.url(format=key)) for key, word in _FILES],
            picker=[Heading(c.key, c.label, c.numeric, shown=c in columns) for c in self.columns],
            kept=_kept(self, address),
            clear_url=_cleared(self, address),
            notices=address.notices,
            empty=self.empty,
            format=address.format(),
            columns=columns,
            source=found,
            records=records,
        )

    def export(self, page: TablePage, filename: str = "", notes: Sequence[Text] = ()) -> HttpResponseBase:
        """Return the whole filtered list as the file asked for; `notes` stand in its first lines."""
        return exported(page, filename or self.name, [str(note) for note in notes])

    def narrow(self, source: Source, address: Address) -> tuple[Source, list[Question]]:
        """Return the rows that answer to the address's filters and search; pages and the API narrow alike."""
        questions = []
        for asked in self.filters:
            text, value = address.answer(asked)
            questions.append(Question(asked, text))
            source = source.filter(asked.field, value) if text else source
        words = address.get("q")
        return (source.search(self.search, words) if words and self.search else source), questions

    def _sorted(self, source: Source, sort: str) -> Source:
        column = next((each for each in self.columns if each.key == sort.removeprefix("-")), None)
        if column is None or not column.sort:
            return source
        return source.order(column.sort, down=sort.startswith("-"))

    def _number(self, address: Address, matched: int, size: int) -> tuple[int, int]:
        last = max(-(-matched // size), 1)
        wanted = address.number("page", 1)
        if wanted > last:
            address.notices.append(_("The list has %(last)s pages; the last is shown.") % {"last": last})
        return min(wanted, last), last


_FILES = (("csv", "CSV"), ("xlsx", "Excel"), ("json", "JSON"))


def _heading(column: Column, sort: str, address: Address) -> Heading:
    if not column.sort:
        return Heading(column.key, column.label, column.numeric)
    direction = "descending" if sort == f"-{column.key}" else "ascending" if sort == column.key else ""
    turned = f"-{column.key}" if direction == "ascending" else column.key
    return Heading(column.key, column.label, column.numeric, address.url(sort=turned), direction)


def _pills(questions: Sequence[Question], address: Address) -> list[Pill]:
    words = address.get("q")
    pills = [Pill(f"“{words}”", address.url(q=None))] if words else []
    for question in questions:
        if question.value:
            word = dict(question.filter.choices).get(question.value, question.value)
            label = f"{question.filter.label}: {say.said(word)}"
            pills.append(Pill(label, address.url(**{question.filter.key: None})))
    return pills


def _pages(address: Address, number: int, last: int) -> Pages:
    near = {1, last, *range(max(number - _AROUND, 1), min(number + _AROUND, last) + 1)}
    links: list[Link] = []
    before = 0
    for each in sorted(near):
        if each > before + 1:
            links.append(Link("…", ""))
        links.append(Link(str(each), address.url(page=str(each)), current=each == number))
        before = each
    previous = address.url(page=str(number - 1)) if number > 1 else ""
    following = address.url(page=str(number + 1)) if number < last else ""
    return Pages(links if last > 1 else (), previous, following)


def _own_keys(table: Table) -> set[str]:
    return {"q", "page", "format", *(each.key for each in table.filters)}


def _kept(table: Table, address: Address) -> list[tuple[str, str]]:
    """Return the parameters that the filter form carries along unseen."""
    own = _own_keys(table)
    return [(key, value) for key, values in address.values.items() if key not in own for value in values]


def _cleared(table: Table, address: Address) -> str:
    return address.url(**dict.fromkeys(_own_keys(table)))
