"""Makes a review problem of filled-in tables; fits are given, or worked out from what reviewers wrote."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from accord.config.cli.reviewing._forms import COLUMNS, NAMES
from accord.engines.affinity import Affinity, Document, affinity
from accord.engines.assignment import Item, Reviewer, ReviewProblem, problem
from accord.kernel.sheets import Row, Table, open_tables, refuse_faults, understand

Tables = dict[str, Table]
PER_ITEM = 3


@dataclass(frozen=True, slots=True)
class Rules:
    """What options say beside the tables: reviews and seniors of an item that names none itself, and two limits."""

    per_item: int = PER_ITEM
    seniors: int = 0
    institution_share: int | None = None
    floor: float | None = None

    def as_data(self) -> dict[str, Any]:
        """Return the rules for programs."""
        return {name: getattr(self, name) for name in self.__slots__}


@dataclass(frozen=True, slots=True)
class Read:
    """A problem and, where fits were worked out from documents, how."""

    problem: ReviewProblem
    affinity: Affinity | None


def problem_from_tables(path: Path, beside: Mapping[str, Path], rules: Rules) -> Read:
    """Return the problem of a workbook, a folder, or a CSV file of items with others ``beside`` it.

    Raises:
        FaultyTablesError: every fault of every table, at once.
        AssignmentRefused: the tables are sound and the problem they describe is not.

    """
    grids = open_tables(path, NAMES, beside)
    tables = {one.en: understand(grids.get(one.en), COLUMNS[one.en], one) for one in NAMES}
    for name in ("items", "reviewers"):
        tables[name].see_filled(grids.values())
    items, reviewers = _items(tables, rules), _reviewers(tables)
    known, worked_out = _given(tables), _documents(tables)
    conflicts, fixed = (_pairs(tables, name) for name in ("conflicts", "fixed"))
    _blame_fits(tables)
    refuse_faults(tables.values())
    found = affinity(*worked_out) if worked_out and tables["documents"].there else None
    fits: Any = known if found is None else found.matrix
    built = problem(
        items,
        reviewers,
        fits,
        conflicts=conflicts,
        fixed=fixed,
        share=rules.institution_share,
        floor=rules.floor,
    )
    return Read(built, found)


def _items(tables: Tables, rules: Rules) -> list[Item]:
    """Return the items by id, the order in which affinities come."""
    rows = sorted(tables["items"].once("item"), key=lambda row: str(row["item"]))
    return [Item(row["item"], _or(row["demand"], rules.per_item), _or(row["seniors"], rules.seniors)) for row in rows]


def _or(value: int | None, default: int) -> int:
    return default if value is None else value


def _reviewers(tables: Tables) -> list[Reviewer]:
    """Return the reviewers by id, the order in which affinities come."""
    rows = sorted(tables["reviewers"].once("reviewer"), key=lambda row: str(row["reviewer"]))
    return [Reviewer(row["reviewer"], row["most"], row["least"], row["senior"], row["institution"]) for row in rows]


def _pairs(tables: Tables, name: str) -> list[tuple[str, str]]:
    return [(row["item"], row["reviewer"]) for row in _known_pairs(tables, name)]


def _given(tables: Tables) -> dict[tuple[str, str], float]:
    return {(row["item"], row["reviewer"]): row["fit"] for row in _known_pairs(tables, "affinity")}


def _known_pairs(tables: Tables, name: str) -> list[Row]:
    """Return the rows of a table of pairs; blame what is there twice or names nobody."""
    table = tables[name]
    items, reviewers = _names(tables["items"], "item"), _names(tables["reviewers"], "reviewer")
    rows = list(table.once("item", "reviewer"))
    for row in rows:
        table.see_known(row, "item", items, tables["items"])
        table.see_known(row, "reviewer", reviewers, tables["reviewers"])
    return rows


def _names(table: Table, key: str) -> set[str]:
    return {row[key] for row in table.rows}


def _documents(tables: Tables) -> tuple[dict[str, Document], dict[str, list[Document]]]:
    """Return the texts of the items, and the texts that each reviewer wrote."""
    items = {row["item"]: Document(row["title"], row["abstract"]) for row in tables["items"].rows}
    written: dict[str, list[Document]] = {row["reviewer"]: [] for row in tables["reviewers"].rows}
    table = tables["documents"]
    for row in table.rows:
        table.see_known(row, "reviewer", written, tables["reviewers"])
        written.setdefault(row["reviewer"], []).append(Document(row["title"], row["abstract"]))
    return items, written


def _blame_fits(tables: Tables) -> None:
    """Blame tables that say twice, or not at all, who fits what."""
    given, documents, items = tables["affinity"], tables["documents"], tables["items"]
    if given.there and documents.there:
        given.blame(None, None, "two-fits")
    texts = any(row["title"] or row["abstract"] for row in items.rows)
    if not given.there and not (documents.there and texts) and not items.torn:
        items.blame(None, None, "no-fits")
