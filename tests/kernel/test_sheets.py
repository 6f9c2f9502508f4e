"""Tables as people fill them in: any encoding and separator, and every fault named by its cell."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from openpyxl import Workbook

from accord.kernel.sheets import (
    Column,
    FaultyTablesError,
    Name,
    Row,
    Table,
    bar,
    number,
    open_tables,
    places,
    refuse_faults,
    text,
    understand,
    whole,
    yes_no,
)

CHOICES, PROGRAMMES = Name("choices", "志愿", ("choice",)), Name("programmes", "项目")
COLUMNS = (
    Column("who", ("applicant", "申请人"), text, needed=True),
    Column("rank", ("rank", "志愿次序"), whole(1), needed=True),
    Column("score", ("score", "分数"), number),
    Column("bar", ("bar", "限制"), bar, empty="none"),
    Column("fixed", ("fixed", "已定安排"), yes_no, empty=False),
    Column("places", ("places", "名额"), places),
)
Made = Callable[[bytes], Path]


@pytest.fixture
def made(tmp_path: Path) -> Made:
    """Return a maker of CSV files."""

    def make(content: bytes) -> Path:
        path = tmp_path / "table.csv"
        path.write_bytes(content)
        return path

    return make


def read(path: Path) -> Table:
    """Return the first table of a file, understood."""
    return understand(open_tables(path, (CHOICES, PROGRAMMES), {})["choices"], COLUMNS, CHOICES)


def lines(path: Path, language: str = "en") -> list[str]:
    """Return what is wrong with the first table of a file."""
    return [fault.line(language) for fault in read(path).faults]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("between", [",", ";", "\t"])
def test_csv_of_any_encoding_and_separator_reads_alike(made: Made, encoding: str, between: str) -> None:
    content = "申请人,志愿次序,分数\r\n王小明,１,81.5\r\n\r\n李 华, 2 ,\r\n".replace(",", between)

    table = read(made(content.encode(encoding)))

    assert table.faults == []
    assert [(row.number, row["who"], row["rank"], row["score"], row["fixed"]) for row in table.rows] == [
        (2, "王小明", 1, 81.5, False),
        (4, "李 华", 2, None, False),
    ]


def test_headings_are_known_by_either_language_case_and_underscores(made: Made) -> None:
    table = read(made("Applicant *,志愿次序,  FIXED ,comment\na,1,是,likes tea\n".encode()))

    assert [(row["who"], row["fixed"]) for row in table.rows] == [("a", True)]


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ("a,0,,,,", "column rank: “0” is no whole number of 1 or more. Write one, such as 3."),
        ("a,1.5,,,,", "column rank: “1.5” is no whole number of 1 or more. Write one, such as 3."),
        ("a,,,,,", "column rank: the cell is empty. Fill it in."),
        (",1,,,,", "column applicant: the cell is empty. Fill it in."),
        ("a,1,nan,,,", "column score: “nan” is no number. Write one with a point for decimals, such as 81.5."),
        ('a,1,"81,5",,,', "column score: “81,5” is no number. Write one with a point for decimals, such as 81.5."),
        (
            "a,1,,maybe,,",
            "column bar: “maybe” is no kind of bar. Leave it empty, or write “not eligible” or “conflict”.",
        ),
        ("a,1,,,perhaps,", "column fixed: “perhaps” is neither yes nor no. Write “yes” or “no”."),
        ("a,1,,,,-1", "column places: “-1” is no number of places. Write a whole number, 0 or more, or “unlimited”."),
        (
            "a,1,,,,,x",
            "the row has more cells than there are headings (x). Put text with separators into quotation marks.",
        ),
    ],
)
def test_wrong_cell_is_named_by_row_and_column(made: Made, cells: str, said: str) -> None:
    found = lines(made(f"applicant,rank,score,bar,fixed,places\n\n{cells}\n".encode()))

    assert found == [f"table.csv, row 3{':' if said.startswith('the row') else ','} {said}"]


def test_all_wrong_cells_are_listed_at_once_and_in_chinese_too(made: Made) -> None:
    path = made("申请人,志愿次序,分数\n甲,0,高\n乙,1,80\n,2,\n".encode())

    assert lines(path, "zh-hans") == [
        "table.csv，第2行，“志愿次序”列：“0”不是不小于1的整数。填写整数，例如3。",
        "table.csv，第2行，“分数”列：“高”不是数值。填写数值，小数用点，例如81.5。",
        "table.csv，第4行，“申请人”列：单元格为空。填写该单元格。",
    ]
    assert [row["who"] for row in read(path).rows] == ["乙"]


@pytest.mark.parametrize(
    ("head", "code"),
    [
        ("applicant", "no-column"),
        ("applicant,rank,申请人", "column-twice"),
        ("applicant,rank,scroe", "near-column"),
    ],
)
def test_wrong_head_is_told_before_any_row(made: Made, head: str, code: str) -> None:
    table = read(made(f"{head}\na,1,2\n".encode()))

    assert ([fault.code for fault in table.faults], table.rows, table.torn) == ([code], [], True)


@pytest.mark.parametrize(
    ("content", "code", "row"), [(b"\xff\xff\xff", "encoding", None), (b'a,b\n1,"2\n3\n', "csv", 2)]
)
def test_bytes_that_are_no_table_are_refused(made: Made, content: bytes, code: str, row: int | None) -> None:
    with pytest.raises(FaultyTablesError) as refused:
        read(made(content))

    assert [(fault.code, fault.row) for fault in refused.value.faults] == [(code, row)]


def test_workbook_reads_as_people_see_it(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    sheet.title = "志愿"
    for row in (["申请人", "志愿次序", "分数", "已定安排"], [1001, 1.0, 81.5, True], [], ["王小明", "2", None, None]):
        sheet.append(row)
    book.create_sheet("Notes").append(["whatever"])
    book.save(tmp_path / "book.xlsx")

    table = read(tmp_path / "book.xlsx")

    assert [(row.number, *(row[key] for key in ("who", "rank", "score", "fixed"))) for row in table.rows] == [
        (2, "1001", 1, 81.5, True),
        (4, "王小明", 2, None, False),
    ]


def test_what_excel_made_of_a_cell_is_told(tmp_path: Path) -> None:
    book = Workbook()
    book.active.title = "choices"
    for row in (["applicant", "rank", "score"], [datetime(2026, 3, 1), 1, "#DIV/0!"]):
        book.active.append(row)
    book.save(tmp_path / "book.xlsx")

    assert [(fault.code, fault.sheet, fault.row, fault.column) for fault in read(tmp_path / "book.xlsx").faults] == [
        ("excel-date", "choices", 2, "applicant"),
        ("excel-error", "choices", 2, "score"),
    ]


@pytest.mark.parametrize(("titles", "code"), [(["choises"], "near-sheet"), (["choices", "志愿"], "sheet-twice")])
def test_sheet_with_a_doubtful_name_is_told(tmp_path: Path, titles: list[str], code: str) -> None:
    book = Workbook()
    book.remove(book.active)
    for title in titles:
        book.create_sheet(title).append(["applicant"])
    book.save(tmp_path / "book.xlsx")

    with pytest.raises(FaultyTablesError) as refused:
        open_tables(tmp_path / "book.xlsx", (CHOICES, PROGRAMMES), {})

    assert [fault.code for fault in refused.value.faults] == [code]


@pytest.mark.parametrize("name", ["book.xlsx", "book.xls", "book.ods"])
@pytest.mark.parametrize("content", [b"", b"no zip at all", b"PK\x03\x04 broken"])
def test_broken_workbook_is_told_and_no_fault_of_accord(tmp_path: Path, name: str, content: bytes) -> None:
    (tmp_path / name).write_bytes(content)

    with pytest.raises(FaultyTablesError) as refused:
        read(tmp_path / name)

    assert [fault.code for fault in refused.value.faults] == ["not-a-workbook"]


def test_empty_workbook_has_no_tables(tmp_path: Path) -> None:
    Workbook().save(tmp_path / "book.xlsx")

    grids = open_tables(tmp_path / "book.xlsx", (CHOICES, PROGRAMMES), {})
    table = understand(grids.get("choices"), COLUMNS, CHOICES)
    table.see_filled(grids.values())

    assert [fault.line("en") for fault in table.faults] == [
        "sheet-name: this table is missing; there are: –. Add it under this name.".replace(
            "sheet-name", "choices / 志愿"
        )
    ]


def test_folder_brings_every_table_and_a_file_beside_wins(tmp_path: Path, made: Made) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "志愿.csv").write_text("applicant,rank\na,1\n")
    (folder / "programmes.csv").write_text("in the folder\n")
    (folder / "readme.txt").write_text("no table")

    found = open_tables(folder, (CHOICES, PROGRAMMES), {"programmes": made(b"beside\n")})

    assert {name: (grid.name, list(grid.rows[0])) for name, grid in found.items()} == {
        "choices": ("志愿.csv", ["applicant", "rank"]),
        "programmes": ("table.csv", ["beside"]),
    }


def test_repeated_and_unknown_values_are_told_across_rows_and_tables() -> None:
    here, there = Table("choices"), Table("programmes")
    here.rows = [Row(2, {"what": "Optics"}), Row(3, {"what": "Optiks"}), Row(4, {"what": "Optics"})]

    once = list(here.once("what"))
    for row in once:
        here.see_known(row, "what", {"Optics"}, there)

    with pytest.raises(FaultyTablesError) as refused:
        refuse_faults([there, here])
    assert [fault.line("en") for fault in refused.value.faults] == [
        (
            "choices, row 3, column what: “Optiks” does not stand in the table programmes. Did you mean Optics? "
            "Add it there, or correct the name."
        ),
        "choices, row 4, column what: Optics stands in row 2 already. Keep one of the two rows.",
    ]


def test_names_of_a_torn_table_are_not_judged() -> None:
    here, there = Table("choices"), Table("programmes", torn=True)

    here.see_known(Row(2, {"what": "Optics"}), "what", set(), there)

    assert here.faults == []


@pytest.mark.parametrize("content", [b"", b"\n\n", b"applicant,rank\n"])
def test_table_without_rows_is_told_where_rows_are_needed(made: Made, content: bytes) -> None:
    table = read(made(content))
    before = list(table.faults)

    table.see_filled([])

    assert (before, [fault.code for fault in table.faults], table.torn) == ([], ["empty-sheet"], True)
