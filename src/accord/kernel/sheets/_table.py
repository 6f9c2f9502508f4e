"""Understands a table: columns by their headings, cells by their kind; every fault is kept, none stops the reading."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any

from accord.kernel.sheets._cells import Kind, UnfitError, checked
from accord.kernel.sheets._grid import Grid
from accord.kernel.sheets._names import Name, plain
from accord.kernel.sheets.faults import Fault, FaultyTablesError

NEAR = 0.8


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its key, what its heading may be (English first, then Chinese), and what its cells hold.

    Where ``needed`` the column must be there and no cell may be empty; else ``empty`` is the value of an empty cell.
    """

    key: str
    headings: tuple[str, ...]
    kind: Kind
    needed: bool = False
    empty: Any = None


@dataclass(frozen=True, slots=True)
class Row:
    """One understood row: its number in the file, and its values by the keys of the columns."""

    number: int
    values: Mapping[str, Any]

    def __getitem__(self, key: str) -> Any:
        """Return one value."""
        return self.values[key]


@dataclass(slots=True)
class Table:
    """The rows of a table that could be understood, and what is wrong with the others.

    A ``torn`` table lacks rows that could not be understood: what other tables name in it cannot be judged.
    """

    name: str
    rows: list[Row] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    heading: dict[str, str] = field(default_factory=dict)
    there: bool = True
    torn: bool = False

    def blame(self, row: Row | None, key: str | None, code: str, **figures: str | int) -> None:
        """Keep a fault that shows only beside other rows or tables."""
        heading = self.heading.get(key, key) if key else None
        self.faults.append(Fault(code, self.name, row.number if row else None, heading, figures))

    def see_filled(self, grids: Iterable[Grid]) -> None:
        """Blame a table that is not in the file, naming those that are, and one that has no rows."""
        if not self.there:
            self.blame(None, None, "no-sheet", there=", ".join(one.name for one in grids) or "–")
        elif not self.rows and not self.faults:
            self.blame(None, None, "empty-sheet")
        self.torn = self.torn or not self.rows

    def once(self, *keys: str) -> Iterator[Row]:
        """Yield the rows whose values under these keys did not come before; blame the others."""
        first: dict[tuple[object, ...], int] = {}
        for row in self.rows:
            value = tuple(row[key] for key in keys)
            if value in first:
                words = ", ".join(map(str, value))
                self.blame(row, keys[-1], "same-as-row", value=words, first=first[value])
            else:
                first[value] = row.number
                yield row

    def see_known(self, row: Row, key: str, names: Collection[str], other: "Table") -> None:
        """Blame a value that is not among these names of another table."""
        value = row[key]
        if value in names or other.torn:
            return
        near = get_close_matches(value, list(names), 1, NEAR)
        self.blame(row, key, "unknown-name", value=value, table=other.name, near=near[0] if near else "")


def understand(grid: Grid | None, columns: Sequence[Column], name: Name) -> Table:
    """Return the table of a grid; an empty one where there is no grid. Unknown columns are left alone."""
    if grid is None:
        return Table(f"{name.en} / {name.zh}", there=False)
    table = Table(grid.name)
    head_row, head = grid.head()
    if not head:
        return table
    at = _columns_at(table, head_row, head, columns)
    if not table.faults:
        for number, cells in grid.filled():
            if number > head_row:
                _add(table, number, cells, [(at.get(one.key), one) for one in columns], len(head))
    table.torn = bool(table.faults)
    return table


def _columns_at(table: Table, number: int, head: Sequence[str], columns: Sequence[Column]) -> dict[str, int]:
    """Return where each column stands; blame what is missing, there twice, or almost right."""
    known = {plain(heading): one for one in columns for heading in (*one.headings, one.key)}
    row = Row(number, {})
    found: dict[str, int] = {}
    unknown = []
    for place, heading in enumerate(head):
        column = known.get(plain(heading))
        if column is None:
            unknown.append(heading)
        elif column.key in found:
            table.blame(row, heading, "column-twice", there=f"{head[found[column.key]]}, {heading}")
        else:
            found[column.key] = place
            table.heading[column.key] = heading
    missing = [heading for heading, one in known.items() if one.key not in found]
    for heading in unknown:
        if near := get_close_matches(plain(heading), missing, 1, NEAR):
            table.blame(row, heading, "near-column", near=near[0])
    for one in columns:
        if one.needed and one.key not in found:
            table.blame(row, one.headings[0], "no-column", headings=" / ".join(one.headings))
    return found


def _add(
    table: Table, number: int, cells: Sequence[str], columns: Sequence[tuple[int | None, Column]], width: int
) -> None:
    """Understand one row; keep it only where nothing is wrong with it."""
    row = Row(number, {})
    before = len(table.faults)
    if any(cells[width:]):
        table.blame(row, None, "too-many-cells", detail=" | ".join(filter(None, cells[width:])))
    values: dict[str, Any] = {}
    for place, column in columns:
        cell = cells[place] if place is not None and place < len(cells) else ""
        if not cell:
            values[column.key] = column.empty
            if column.needed:
                table.blame(row, column.key, "empty-cell")
            continue
        try:
            values[column.key] = checked(column.kind, cell)
        except UnfitError as unfit:
            table.blame(row, column.key, unfit.code, **unfit.figures)
    if len(table.faults) == before:
        table.rows.append(Row(number, values))


def refuse_faults(tables: Iterable[Table]) -> None:
    """Refuse tables with faults, all of them at once, table by table and row by row.

    Raises:
        FaultyTablesError: there is a fault.

    """
    faults = [fault for table in tables for fault in sorted(table.faults, key=lambda one: one.row or 0)]
    if faults:
        raise FaultyTablesError(faults)
