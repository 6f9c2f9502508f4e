"""What bringing in a table does, row by row: the report that people read before and after."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import get_language

from accord.kernel.refused import Refused
from accord.kernel.sheets import Column, Fault, Grid, Name, Row, Table, understand
from accord.kernel.text import EN, Bilingual
from accord.people.enums import ImportOutcome, InstitutionKind

MOST_ROWS = 2000


class Unclear(Refused):
    """A row cannot be told apart from others, or names what is not there."""

    code = "unclear-row"


class FaultyRows(Refused):
    """The table was to be brought in whole, and a row has a fault."""

    code = "faulty-rows"


@dataclass(frozen=True, slots=True)
class Change:
    """A value that the row changes: the column's heading, what stands there, what the row says."""

    column: str
    before: Any
    after: Any


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with a row or with the table: the column where it is one cell, and how to mend it."""

    column: str
    sentence: str


@dataclass(frozen=True, slots=True)
class RowReport:
    """What one row does, or would do."""

    number: int
    outcome: ImportOutcome
    title: Bilingual = field(default_factory=Bilingual)
    pk: int | None = None
    changes: Sequence[Change] = ()
    problems: Sequence[Problem] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """What a table does: its rows in order, and what is wrong with it as a whole."""

    rows: Sequence[RowReport] = ()
    problems: Sequence[Problem] = ()
    is_kept: bool = False

    def of(self, outcome: ImportOutcome) -> list[RowReport]:
        """Return the rows with this outcome."""
        return [row for row in self.rows if row.outcome == outcome]

    @property
    def groups(self) -> list[tuple[ImportOutcome, list[RowReport]]]:
        """Return the rows by outcome, those with a fault first; outcomes that no row has are left out."""
        return [(outcome, rows) for outcome in ImportOutcome if (rows := self.of(outcome))]

    @property
    def faults(self) -> int:
        """Return how many rows have a fault."""
        return len(self.of(ImportOutcome.FAULT))

    @property
    def has_good_rows(self) -> bool:
        """Say whether there is a row that changes something."""
        return any(row.outcome in {ImportOutcome.NEW, ImportOutcome.CHANGED} for row in self.rows)

    @property
    def is_whole(self) -> bool:
        """Say whether nothing is wrong with any row."""
        return not self.problems and not self.of(ImportOutcome.FAULT)


Take = Callable[[Row], RowReport]


def run(grid: Grid, *, columns: Sequence[Column], name: Name, take: Take, keep: bool, only_good: bool = True) -> Report:
    """Take every row that can be understood, each for itself, and report; unless `keep`, leave no trace of it.

    So a check is what will happen, for rows that depend on rows above them as well. Cost: `take`, once a row.
    """
    table = understand(grid, columns, name)
    whole = [_problem(fault, table) for fault in table.faults if fault.row in {None, _head(grid)}]
    if len(grid.rows) > MOST_ROWS + 1:
        fault = Fault("too-many-rows", grid.name, figures={"rows": len(grid.rows) - 1, "most": MOST_ROWS})
        whole.append(_problem(fault, table))
    if not whole and not table.rows and not table.faults:
        whole.append(_problem(Fault("empty-sheet", grid.name), table))
    if whole:
        return Report(problems=whole)
    with transaction.atomic():
        rows = sorted([*_faulty(table), *(_taken(row, table, take) for row in table.rows)], key=lambda one: one.number)
        done = keep and (only_good or all(row.outcome != ImportOutcome.FAULT for row in rows))
        if not done:
            transaction.set_rollback(True)
    return Report(rows=rows, is_kept=done)


def _head(grid: Grid) -> int:
    return grid.head()[0]


def _faulty(table: Table) -> Iterable[RowReport]:
    """Return a report for each row in which a cell cannot be understood."""
    numbers = sorted({fault.row for fault in table.faults if fault.row is not None})
    for number in numbers:
        problems = [_problem(fault, table) for fault in table.faults if fault.row == number]
        yield RowReport(number, ImportOutcome.FAULT, problems=problems)


def _taken(row: Row, table: Table, take: Take) -> RowReport:
    """Take one row in a transaction of its own; a refusal is its fault and leaves nothing of it."""
    try:
        with transaction.atomic():
            return take(row)
    except Refused as refused:
        column = table.heading.get(refused.field) or table.heading.get(f"{refused.field}_en", "")
        title = Bilingual(row.values.get("name_en") or "", row.values.get("name_zh") or "")
        return RowReport(row.number, ImportOutcome.FAULT, title, problems=[Problem(column, str(refused))])


def _problem(fault: Fault, table: Table) -> Problem:
    sentence = fault.words((get_language() or EN).lower())
    return Problem(table.heading.get(fault.column or "", fault.column or ""), sentence[:1].upper() + sentence[1:])


def worded(name: str, value: Any) -> Any:
    """Return a value as the report shows it: a day as sheets hold it, a kind by its word."""
    if isinstance(value, date):
        return value.isoformat()
    return InstitutionKind(value).label if name == "kind" and value else value


def compared(before: Any, after: Any, headings: Mapping[str, Any]) -> list[Change]:
    """Return what differs between two facts, under the headings of the table."""
    return [
        Change(str(heading), worded(name, getattr(before, name)), worded(name, getattr(after, name)))
        for name, heading in headings.items()
        if getattr(before, name) != getattr(after, name)
    ]
