"""Finds the tables of a workbook, of a folder with CSV files, or of single CSV files."""

from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from pathlib import Path
from tempfile import TemporaryDirectory

from accord.kernel.sheets._csv import read_csv
from accord.kernel.sheets._grid import Grid
from accord.kernel.sheets._names import Name, plain
from accord.kernel.sheets._workbook import CLOSED, read_workbook
from accord.kernel.sheets.faults import Fault, FaultyTablesError

WORKBOOKS = (".xlsx", ".xlsm", *CLOSED)
TABLES = (".csv", ".tsv")
NEAR = 0.8
LONGEST_NAME = 100


def open_tables(path: Path, names: Sequence[Name], beside: Mapping[str, Path]) -> dict[str, Grid]:
    """Return the tables by their English names.

    A workbook and a folder bring all; a CSV file alone is the first of ``names``. ``beside`` are further CSV files by
    English name; they win over what the workbook or folder holds. A sheet of another name is left alone, unless its
    name is almost one of these.

    Raises:
        FaultyTablesError: a file cannot be read, a table is there twice, or a name is almost right.

    """
    found: dict[str, Grid] = {}
    if path.is_dir():
        files = sorted(one for one in path.iterdir() if one.suffix.casefold() in TABLES)
        wanted = _sorted_out({one.stem: one.name for one in files}, names)
        found = {name: read_csv(path / f, f) for name, f in wanted.items()}
    elif path.suffix.casefold() in WORKBOOKS:
        grids = {one.name: one for one in read_workbook(path)}
        wanted = _sorted_out({title: title for title in grids}, names)
        found = {name: grids[title] for name, title in wanted.items()}
    else:
        found = {names[0].en: read_csv(path, path.name)}
    return found | {name: read_csv(file, file.name) for name, file in beside.items()}


def open_sent(filename: str, content: bytes, name: Name) -> Grid:
    """Return the one table of a file that somebody sent: a CSV file, the workbook's sheet of this name, or its first.

    Raises:
        FaultyTablesError: it cannot be read.

    """
    shown = Path(filename.replace("\\", "/")).name or "table.csv"
    with TemporaryDirectory() as folder:
        path = Path(folder) / shown[-LONGEST_NAME:]
        path.write_bytes(content)
        if path.suffix.casefold() not in WORKBOOKS:
            return read_csv(path, path.name)
        grids = read_workbook(path)
    named = [grid for grid in grids if plain(grid.name) in map(plain, name.all)]
    return (named or grids or [Grid(path.name, [])])[0]


def _sorted_out(there: Mapping[str, str], names: Sequence[Name]) -> dict[str, str]:
    """Return for each English name what bears it, out of titles and what people know these by."""
    known = {plain(word): name for name in names for word in name.all}
    found: dict[str, list[str]] = {}
    faults = []
    for title, shown in there.items():
        name = known.get(plain(title))
        if name:
            found.setdefault(name.en, []).append(shown)
        elif near := get_close_matches(plain(title), known, 1, NEAR):
            faults.append(Fault("near-sheet", shown, figures={"near": near[0]}))
    faults += [Fault("sheet-twice", name, figures={"there": ", ".join(t)}) for name, t in found.items() if len(t) > 1]
    if faults:
        raise FaultyTablesError(faults)
    return {name: titles[0] for name, titles in found.items()}
