"""Files for `accord match` in which something is wrong: each fault is told by cell or id, all of them at once."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook
from tests.config.cli.tables import Tables, folder_of, tables_of, workbook_of

from accord.config.cli import run

EXAMPLES = Path(__file__).parents[3] / "examples" / "matching"
Capture = pytest.CaptureFixture[str]
Refusal = Callable[..., tuple[int, str, str]]


@pytest.fixture
def refused(tmp_path: Path, capsys: Capture) -> Refusal:
    """Return a function that matches changed tables and gives code, stdout and stderr."""

    def match(tables: Tables, *options: str) -> tuple[int, str, str]:
        code = run(["match", str(folder_of(tmp_path / "market", tables)), *options])
        return code, *capsys.readouterr()

    return match


def example(name: str = "fair-match") -> Tables:
    """Return the tables of an example, to be changed."""
    return tables_of(EXAMPLES / name)


@pytest.mark.parametrize(
    ("table", "row", "words"),
    [
        ("choices", ["sim-ada", "Optics Lab", 3, 1], "choices.csv, row 17, column programme: sim-ada, Optics Lab stands in row 2 already."),
        ("choices", ["sim-hao", "Optics Labs", 1, 70], "row 17, column programme: “Optics Labs” does not stand in the table programmes.csv. Did you mean Optics Lab?"),
        ("choices", ["sim-hao", "Archive", 1, ""], "row 17, column score: sim-hao has no score here while others have."),
        ("choices", ["sim-hao", "Archive", 0, 70], "row 17, column rank: “0” is no whole number of 1 or more."),
        ("choices", ["sim-hao", "Archive", 1, "nan"], "row 17, column score: “nan” is no number."),
        ("choices", ["sim-hao", "Archive", 1, "", "too late"], "row 17, column bar: “too late” is no kind of bar."),
        ("programmes", ["Archive", 2, ""], "programmes.csv, row 5, column programme: Archive stands in row 4 already."),
        ("programmes", ["Museum", "two", ""], "row 5, column places: “two” is no number of places."),
        ("programmes", ["Museum", 2, "Institute Nord"], "row 5, column under: “Institute Nord” does not stand in the table limits.csv."),
        ("limits", ["Archive", 2], "limits.csv, row 3, column limit: Archive stands in row programmes.csv: 4 already."),
    ],
)  # fmt: skip
def test_wrong_row_is_named_by_its_cell(table: str, row: list[Any], words: str, refused: Refusal) -> None:
    tables = example()
    tables[table].append(row)

    code, out, err = refused(tables)

    assert (code, out) == (5, "")
    assert words in err


def test_all_faults_of_all_tables_come_at_once(refused: Refusal) -> None:
    tables = example()
    tables["choices"][1][2] = "first"
    tables["choices"][4][3] = "high"
    tables["programmes"][2][1] = ""

    code, out, _ = refused(tables, "--json", "--language", "zh-hans")

    found = json.loads(out)
    assert (code, found["ok"]) == (5, False)
    assert [(one["sheet"], one["row"], one["column"], one["code"]) for one in found["problems"]] == [
        ("choices.csv", 2, "rank", "not-whole"),
        ("choices.csv", 5, "score", "not-number"),
        ("programmes.csv", 3, "places", "empty-cell"),
    ]
    assert found["problems"][0]["what"] == "“first”不是不小于1的整数。填写整数，例如3。"


def _circle(tables: Tables) -> None:
    tables["limits"] = [["limit", "at most", "under"], ["Institute North", 3, "City"], ["City", 3, "Institute North"]]


def _floor(tables: Tables) -> None:
    tables["limits"] = [["limit", "at most", "minimum"], ["Institute North", 3, 4]]


def _full(tables: Tables) -> None:
    tables["choices"] = [
        ["applicant", "programme", "rank", "fixed"],
        *([f"sim-{one}", "Archive", 1, "yes"] for one in "abc"),
    ]


def _clash(tables: Tables) -> None:
    tables["choices"] = [
        ["applicant", "programme", "rank", "fixed"],
        ["sim-a", "Archive", 1, "yes"],
        ["sim-a", "Optics Lab", 2, "yes"],
    ]


def _reserve(tables: Tables) -> None:
    tables["people"] = [["applicant", "group"], ["sim-ada", "new"]]
    tables["reserves"] = [["programme", "group", "seats"], ["Archive", "new", 3]]


@pytest.mark.parametrize(
    ("spoil", "code", "ids"),
    [
        (_circle, "bad-cap-tree", ["City", "Institute North"]),
        (_floor, "floor-above-cap", ["Institute North", "Institute North"]),
        (_full, "fixed-over-capacity", ["Archive", "sim-a", "sim-b", "sim-c"]),
        (_clash, "clashing-fixed", ["sim-a", "Archive", "Optics Lab"]),
        (_reserve, "bad-reserve", ["Archive"]),
    ],
)
def test_market_that_contradicts_itself_is_told_with_its_ids(
    spoil: Callable[[Tables], None], code: str, ids: list[str], refused: Refusal
) -> None:
    tables = example()
    spoil(tables)

    ended, out, _ = refused(tables, "--json")
    _, _, err = refused(tables, "--language", "zh-hans")

    (found,) = json.loads(out)["problems"]
    assert (ended, found["code"], sorted(found["ids"])) == (5, code, sorted(ids))
    assert err.startswith("Error: ")
    assert ids[0] in err


@pytest.mark.parametrize(
    ("table", "row", "words"),
    [
        ("joint", ["sim-ada", "sim-bo", 2, "Chengdu Clinic", ""], "joint.csv, row 4, column rank: sim-ada, sim-bo, 2 stands in row 3 already."),
        ("joint", ["sim-ada", "sim-bo", 3, "Chengdu School", ""], "row 4, column first programme: sim-ada does not choose Chengdu School in the table choices.csv."),
        ("joint", ["sim-chen", "sim-ada", 1, "", ""], "sim-chen, sim-ada cannot apply jointly"),
    ],
)  # fmt: skip
def test_wrong_joint_application_is_told(table: str, row: list[Any], words: str, refused: Refusal) -> None:
    tables = example("joint-applications")
    tables[table].append(row)

    code, _, err = refused(tables, "--mechanism", "joint-applications")

    assert code == 5
    assert words in err


@pytest.mark.parametrize("mechanism", ["fair-match", "fair-spread"])
def test_rule_that_cannot_honour_the_file_says_which_can(mechanism: str, refused: Refusal) -> None:
    code, _, err = refused(example("joint-applications"), "--mechanism", mechanism)

    assert code == 5
    assert "joint-applications" in err


@pytest.mark.parametrize(("options", "word"), [(["--exact"], "fill-most"), (["--must-run"], "fair-spread")])
def test_switch_of_another_rule_is_refused(options: list[str], word: str, refused: Refusal) -> None:
    code, _, err = refused(example(), *options)

    assert code == 5
    assert word in err


def test_minimum_that_must_run_and_cannot_is_told(refused: Refusal) -> None:
    tables = example("fair-spread")
    tables["programmes"][0].append("minimum")
    tables["programmes"][1].append(0)
    tables["programmes"][2].append(0)
    tables["programmes"].append(["Fencing", 4, 2])

    code, _, err = refused(tables, "--mechanism", "fair-spread", "--must-run")

    assert code == 5
    assert "Fencing" in err


def test_missing_tables_are_told_with_those_there_are(refused: Refusal) -> None:
    code, _, err = refused({"people": [["applicant"], ["sim-ada"]]})

    assert code == 5
    assert err.count("this table is missing; there are: people.csv.") == 2


@pytest.mark.parametrize("rows", [[], [["applicant", "programme", "rank"]]])
def test_table_without_rows_is_told(rows: list[list[Any]], refused: Refusal) -> None:
    code, _, err = refused(example() | {"choices": rows})

    assert code == 5
    assert "choices.csv: the table has no rows." in err


def test_empty_workbook_is_told(tmp_path: Path, capsys: Capture) -> None:
    Workbook().save(tmp_path / "empty.xlsx")

    code = run(["match", str(tmp_path / "empty.xlsx"), "--language", "zh-hans"])

    err = capsys.readouterr().err
    assert code == 5
    assert "choices / 志愿：缺少此表" in err
    assert "programmes / 项目：缺少此表" in err


def test_workbook_names_the_sheet_and_its_row(tmp_path: Path, capsys: Capture) -> None:
    tables = {
        "志愿": [["申请人", "项目", "志愿次序"], ["王小明", "北区", 1], ["李华", "南区", 1]],
        "项目": [["项目", "名额"], ["北区", "不限"]],
    }

    code = run(["match", str(workbook_of(tmp_path / "book.xlsx", tables)), "--language", "zh-hans"])

    assert code == 5
    assert "志愿，第3行，“项目”列：“南区”不在“项目”表中。" in capsys.readouterr().err


@pytest.mark.parametrize(
    "wrong",
    [["--mechanism", "boston"], ["--effort", "0"], ["-o", "list.pdf"], ["--draws", "some"], ["--previous", "no.json"]],
)
def test_wrong_option_ends_with_2(wrong: list[str], refused: Refusal) -> None:
    code, out, err = refused(example(), *wrong)

    assert (code, out) == (2, "")
    assert "Traceback" not in err
