"""Makes a market of filled-in tables; whatever contradicts itself between rows or tables is named by its cell."""

from collections.abc import Mapping
from pathlib import Path

from accord.config.cli.placing._forms import CHOICES, COLUMNS, NAMES, PEOPLE
from accord.engines.matching import (
    Bar,
    Choice,
    JointChoice,
    Limit,
    Market,
    Person,
    Programme,
    ReservedSeats,
    market_from_records,
)
from accord.kernel.sheets import Row, Table, open_tables, refuse_faults, understand

Tables = dict[str, Table]
BARS = {"none": Bar.NONE, "not-eligible": Bar.NOT_ELIGIBLE, "conflict": Bar.CONFLICT}
NEEDED = ("choices", "programmes")


def market_from_tables(path: Path, beside: Mapping[str, Path]) -> Market:
    """Return the market of a workbook, a folder, or a CSV file of choices with others ``beside`` it.

    Raises:
        FaultyTablesError: every fault of every table, at once.
        MarketError: the tables are sound and the market they describe is not.

    """
    grids = open_tables(path, NAMES, beside)
    tables = {one.en: understand(grids.get(one.en), COLUMNS[one.en], one) for one in NAMES}
    for name in NEEDED:
        tables[name].see_filled(grids.values())
    programmes, limits = _programmes(tables), _limits(tables)
    choices, people = _choices(tables), _people(tables)
    reserves, couples = _reserves(tables), _couples(tables)
    refuse_faults(tables.values())
    return market_from_records(choices, programmes, limits=limits, people=people, reserves=reserves, couples=couples)


def own_rows(path: Path, beside: Mapping[str, Path]) -> tuple[list[Choice], list[Person]]:
    """Return the choices of a file that holds nothing but one's own, and the groups one belongs to.

    Raises:
        FaultyTablesError: every fault of both tables, at once.

    """
    grids = open_tables(path, NAMES, beside)
    tables = {one.en: understand(grids.get(one.en), COLUMNS[one.en], one) for one in (CHOICES, PEOPLE)}
    tables["choices"].see_filled(grids.values())
    choices = [_choice(row) for row in tables["choices"].once("applicant", "programme")]
    people = _people(tables)
    refuse_faults(tables.values())
    return choices, people


def _names(table: Table, key: str) -> dict[str, Row]:
    return {row[key]: row for row in table.rows}


def _programmes(tables: Tables) -> list[Programme]:
    table = tables["programmes"]
    rows = list(table.once("programme"))
    _blame_unders(tables, table)
    return [Programme(row["programme"], row["places"], row["minimum"], row["under"]) for row in rows]


def _limits(tables: Tables) -> list[Limit]:
    table, programmes = tables["limits"], _names(tables["programmes"], "programme")
    rows = list(table.once("limit"))
    for row in rows:
        if row["limit"] in programmes:
            first = f"{tables['programmes'].name}: {programmes[row['limit']].number}"
            table.blame(row, "limit", "same-as-row", value=row["limit"], first=first)
    _blame_unders(tables, table)
    return [Limit(row["limit"], row["places"], row["minimum"], row["under"]) for row in rows]


def _blame_unders(tables: Tables, table: Table) -> None:
    above = _names(tables["limits"], "limit")
    for row in table.rows:
        if row["under"]:
            table.see_known(row, "under", above, tables["limits"])


def _choices(tables: Tables) -> list[Choice]:
    table, programmes = tables["choices"], _names(tables["programmes"], "programme")
    scored = any(row["score"] is not None for row in table.rows)
    found = []
    for row in table.once("applicant", "programme"):
        table.see_known(row, "programme", programmes, tables["programmes"])
        if scored and row["score"] is None and row["bar"] == "none" and not row["fixed"]:
            table.blame(row, "score", "missing-score", value=row["applicant"])
        found.append(_choice(row))
    return found


def _choice(row: Row) -> Choice:
    return Choice(
        row["applicant"],
        row["programme"],
        row["rank"],
        row["score"],
        BARS[row["bar"]],
        row["reason"],
        row["fixed"],
    )


def _people(tables: Tables) -> list[Person]:
    rows = tables["people"].once("applicant")
    return [Person(row["applicant"], row["size"], row["group"]) for row in rows]


def _reserves(tables: Tables) -> list[ReservedSeats]:
    table, programmes = tables["reserves"], _names(tables["programmes"], "programme")
    groups = _names(tables["people"], "group")
    found = []
    for row in table.once("programme", "group"):
        table.see_known(row, "programme", programmes, tables["programmes"])
        table.see_known(row, "group", groups, tables["people"])
        found.append(ReservedSeats(row["programme"], row["group"], row["seats"], row["opens_up"]))
    return found


def _couples(tables: Tables) -> list[JointChoice]:
    """Return one joint application for each pair of people, its pairs of programmes in the order of their rank."""
    table = tables["joint"]
    chosen = {(row["applicant"], row["programme"]) for row in tables["choices"].rows}
    pairs: dict[tuple[str, str], list[Row]] = {}
    for row in table.once("first", "second", "rank"):
        _blame_unchosen(tables, row, chosen)
        pairs.setdefault((row["first"], row["second"]), []).append(row)
    return [
        JointChoice(
            first,
            second,
            tuple(
                (row["first_programme"], row["second_programme"])
                for row in sorted(rows, key=lambda one: int(one["rank"]))
            ),
        )
        for (first, second), rows in pairs.items()
    ]


def _blame_unchosen(tables: Tables, row: Row, chosen: set[tuple[str, str]]) -> None:
    """Blame a pair that names a programme which the person does not choose alone: it would have no score."""
    for who, what in (("first", "first_programme"), ("second", "second_programme")):
        if row[what] is not None and not tables["choices"].torn and (row[who], row[what]) not in chosen:
            figures = {"who": row[who], "what": row[what], "table": tables["choices"].name}
            tables["joint"].blame(row, what, "no-such-choice", **figures)
