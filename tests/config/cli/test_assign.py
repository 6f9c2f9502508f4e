"""`accord assign`: the examples, results checked and tampered with, and everything that can be wrong with a file."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from tests.config.cli.tables import Tables, folder_of, tables_of, workbook_of

from accord.config.cli import run

ROOT = Path(__file__).parents[3]
EXAMPLES = ROOT / "examples" / "assignment"
BEST = EXAMPLES / "best-total"
Written = Callable[[Tables], Path]


@pytest.fixture
def written(tmp_path: Path) -> Written:
    """Return a writer of folders with CSV files."""

    def write(tables: Tables) -> Path:
        return folder_of(tmp_path / "problem", tables)

    return write


def said(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str, str]:
    """Run `accord assign`; return its code and what it said on stdout and stderr."""
    code = run(["assign", *map(str, arguments)])
    out, err = capsys.readouterr()
    return code, out, err


def data(capsys: pytest.CaptureFixture[str], *arguments: object) -> Any:
    """Run `accord assign --json`; return what it printed."""
    code, out, err = said(capsys, *arguments, "--json")
    assert code == 0, err
    return json.loads(out)


def test_best_total_shows_pairs_and_proof(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = said(capsys, BEST)

    lines = [line.split() for line in out.splitlines()]
    assert (code, err) == (0, "")
    assert lines[:3] == [
        ["item", "reviewer", "fit", "note"],
        ["sim-item-1", "sim-rao", "0.9"],
        ["sim-item-1", "sim-sun", "0.6"],
    ]
    assert ["sim-item-2", "sim-ueda", "0.4", "by", "decision"] in lines
    assert "4 items with 8 reviews by 4 reviewers, who take 1 to 3 each." in out
    assert "Best possible: no assignment that keeps the rules sums up to more than 5.6." in out
    assert "(the problem's own digest: nobody chose it)" in out


def test_words_come_in_chinese(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = said(capsys, BEST, "--language", "zh-hans", "--explain", "sim-item-3")

    assert code == 0
    assert out.startswith("评审对象")
    assert "已达最优：任何满足规则的方案，契合度总和都不超过5.6。" in out
    assert "sim-tang" in out.partition("\nsim-item-3\n")[2]


def test_strong_goal_says_what_all_have_and_what_they_cannot(capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = said(capsys, BEST, "--goal", "strong", "--strong", 2)

    assert "Every item has at least 2 reviewers with a fit of 0.3 or more" in out
    assert "0.4, the next higher fit, cannot be had for all." in out


def test_randomised_goal_keeps_every_chance_and_differs_by_seed(capsys: pytest.CaptureFixture[str]) -> None:
    drawn = {
        seed: data(capsys, BEST, "--goal", "randomised", "--at-most", "0.75", "--seed", seed)["assignment"]
        for seed in ("one", "two", "three", "four")
    }

    fixed = ("sim-item-2", "sim-ueda")
    chances = {(one["item"], one["reviewer"]): one["parts"] for one in drawn["one"]["chances"]}
    assert drawn["one"]["denominator"] == 4
    assert chances.pop(fixed) == 4
    assert max(chances.values()) == 3
    assert len({json.dumps(one["pairs"]) for one in drawn.values()}) > 1


def test_rules_of_options_hold(capsys: pytest.CaptureFixture[str]) -> None:
    found = data(capsys, BEST, "--seniors", 1, "--institution-share", 1)

    place = {"sim-rao": "North", "sim-sun": "North", "sim-tang": "South", "sim-ueda": "South"}
    by_item: dict[str, set[str]] = {}
    for pair in found["assignment"]["pairs"]:
        by_item.setdefault(pair["item"], set()).add(pair["reviewer"])
    assert found["settings"] == {"per_item": 3, "seniors": 1, "institution_share": 1, "floor": None}
    assert all({place[one] for one in mine} == {"North", "South"} for mine in by_item.values())
    assert all(mine & {"sim-rao", "sim-tang"} for mine in by_item.values())


def test_fits_come_from_documents_in_both_languages(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = said(capsys, EXAMPLES / "from-documents", "--explain", "sim-item-3")

    pairs = [line.split()[:2] for line in out.splitlines()[1:4]]
    assert code == 0
    assert pairs == [["sim-item-1", "sim-rao"], ["sim-item-2", "sim-sun"], ["sim-item-3", "sim-tang"]]
    assert "Words shared by sim-item-3 and sim-tang: " in out
    assert "书信" in out.partition("Words shared")[2]


def test_reviewer_without_a_text_is_told(written: Written, capsys: pytest.CaptureFixture[str]) -> None:
    tables = tables_of(EXAMPLES / "from-documents")
    tables["reviewers"].append(["sim-ueda", 2])

    _, _, err = said(capsys, written(tables))

    assert "No words to compare for the reviewers sim-ueda: their fits are 0" in err


@pytest.mark.parametrize(("language", "comma", "word"), [("en", ", ", "add reviewers"), ("zh-hans", "、", "增加评审")])
def test_problem_without_an_answer_ends_with_its_proof(
    language: str, comma: str, word: str, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, err = said(capsys, EXAMPLES / "too-few-reviewers", "--language", language)

    assert (code, out) == (5, "")
    assert comma.join(["sim-item-1", "sim-item-2", "sim-item-3"]) in err
    assert comma.join(["sim-rao", "sim-sun", "sim-tang"]) in err
    assert {"9", "7"} <= set(re.findall(r"\d+", err))
    assert word in err


def test_result_is_sound_and_its_tables_open_in_excel(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    result, sheet, text = (tmp_path / name for name in ("result.json", "pairs.xlsx", "pairs.csv"))

    wrote = said(capsys, BEST, "-o", result, "-o", sheet, "-o", text, "--seniors", 1)
    code, out, _ = said(capsys, BEST, "--check", result)

    rows = [list(row) for row in load_workbook(sheet).active.values]
    assert wrote[0] == code == 0
    assert out.startswith(f"Sound: {result} comes from {BEST}")
    assert rows[:2] == [["item", "reviewer", "fit", "note"], ["sim-item-1", "sim-rao", 0.9, ""]] or rows[1][3] is None
    assert text.read_bytes().startswith(b"\xef\xbb\xbfitem,reviewer,fit,note\n")
    assert len(text.read_text(encoding="utf-8").splitlines()) == len(rows) == 9


def _swap(result: Any) -> None:
    one, other = result["assignment"]["pairs"][0], result["assignment"]["pairs"][7]
    one["reviewer"], other["reviewer"] = other["reviewer"], one["reviewer"]


def _drop(result: Any) -> None:
    result["assignment"]["pairs"].pop()


def _boast(result: Any) -> None:
    result["assignment"]["total"] += 1


def _claim(result: Any) -> None:
    result["assignment"]["certificate"]["item_prices"][0] -= 0.5


def _loosen(result: Any) -> None:
    result["settings"]["floor"] = 0.1


@pytest.mark.parametrize(
    ("tamper", "named"),
    [
        (_swap, "sim-item-1"),
        (_drop, "Too few or too many reviews: sim-item-4."),
        (_boast, "The stated total is not that of the pairs."),
        (_claim, "The prices prove less than is stated."),
        (_loosen, "The file is not the one the result was made from."),
    ],
)
def test_tampered_result_is_not_sound_and_says_where(
    tamper: Callable[[Any], None], named: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    result = tmp_path / "result.json"
    said(capsys, BEST, "-o", result)
    published = json.loads(result.read_text(encoding="utf-8"))
    tamper(published)
    result.write_text(json.dumps(published))

    code, out, _ = said(capsys, BEST, "--check", result)
    again, listed, _ = said(capsys, BEST, "--check", result, "--json")

    assert (code, again) == (5, 5)
    assert out.startswith("Not sound: ")
    assert named in out
    assert [one["what"] for one in json.loads(listed)["problems"]] == [line.strip() for line in out.splitlines()[1:]]


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"format": "accord match 1"}', "\ufeffno json"])
def test_result_that_is_none_is_refused(content: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "result.json").write_text(content, encoding="utf-8")

    code, out, err = said(capsys, BEST, "--check", tmp_path / "result.json")

    assert (code, out) == (5, "")
    assert "is no result of accord assign" in err


@pytest.mark.parametrize(
    ("table", "row", "words"),
    [
        ("reviewers", ["sim-rao", 0, 3], "reviewers.csv, row 6, column reviewer: sim-rao stands in row 2 already."),
        ("items", ["sim-item-1", 2], "items.csv, row 6, column item: sim-item-1 stands in row 2 already."),
        ("affinity", ["sim-item-1", "sim-nobody", 1], "column reviewer: “sim-nobody” does not stand in the table reviewers.csv."),
        ("affinity", ["sim-item-1", "sim-rao", "inf"], "column fit: “inf” is no number."),
        ("affinity", ["sim-item-1", "sim-rao", 1], "affinity.csv, row 18, column reviewer: sim-item-1, sim-rao stands in row 2 already."),
        ("conflicts", ["sim-item-5", "sim-rao"], "“sim-item-5” does not stand in the table items.csv. Did you mean sim-item-4?"),
        ("items", ["sim-item-5", 0], "column demand: “0” is no whole number of 1 or more."),
        ("reviewers", ["sim-vega", 3, 2], "sim-vega must take at least 3 and at most 2 reviews"),
        ("fixed", ["sim-item-4", "sim-ueda"], "is both fixed and a conflict"),
        ("documents", ["sim-rao", "A title"], "fits are given in this table and could also be computed from documents."),
    ],
)  # fmt: skip
def test_wrong_row_is_named(
    table: str, row: list[Any], words: str, written: Written, capsys: pytest.CaptureFixture[str]
) -> None:
    tables = tables_of(BEST)
    tables.setdefault(table, [["reviewer", "title"]]).append(row)

    code, out, err = said(capsys, written(tables))

    assert (code, out) == (5, "")
    assert words in err


def test_faults_come_all_at_once_and_as_json(written: Written, capsys: pytest.CaptureFixture[str]) -> None:
    tables = tables_of(BEST)
    tables["items"][1][1] = "two"
    tables["reviewers"][2][2] = ""
    tables["affinity"][3][2] = "high"

    folder = written(tables)
    code, out, _ = said(capsys, folder, "--json", "--language", "zh-hans")
    _, _, err = said(capsys, folder)

    found = json.loads(out)
    assert (code, found["ok"]) == (5, False)
    assert [(one["sheet"], one["row"], one["column"], one["code"]) for one in found["problems"]] == [
        ("items.csv", 2, "demand", "not-whole"),
        ("reviewers.csv", 3, "max", "empty-cell"),
        ("affinity.csv", 4, "fit", "not-number"),
    ]
    assert err.startswith(f"Error: 3 faults in {folder}; nothing was decided.\nitems.csv, row 2")


def test_file_that_says_nothing_about_fits_is_refused(written: Written, capsys: pytest.CaptureFixture[str]) -> None:
    tables = tables_of(BEST)
    del tables["affinity"]

    code, _, err = said(capsys, written(tables))

    assert code == 5
    assert "nothing says who fits what" in err


def test_workbook_with_chinese_sheets_is_read(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    book = workbook_of(
        tmp_path / "评审.xlsx",
        {
            "评审对象": [["评审对象", "所需评审数"], ["模拟项目一", 1]],
            "评审人": [["评审人", "最多", "资深"], ["模拟-饶", 1, "是"], ["模拟-孙", 1, "否"]],
            "契合度": [["评审对象", "评审人", "契合度"], ["模拟项目一", "模拟-孙", 0.5]],
        },
    )

    found = data(capsys, book, "--language", "zh-hans")

    assert found["assignment"]["pairs"] == [{"item": "模拟项目一", "reviewer": "模拟-孙", "fit": 0.5}]


def test_single_files_are_taken_together(capsys: pytest.CaptureFixture[str]) -> None:
    beside = [
        part for name in ("reviewers", "affinity", "conflicts", "fixed") for part in (f"--{name}", BEST / f"{name}.csv")
    ]

    assert data(capsys, BEST / "items.csv", *beside) == data(capsys, BEST)


def test_unknown_item_ends_with_3_and_names_the_nearest(capsys: pytest.CaptureFixture[str]) -> None:
    code, _, err = said(capsys, BEST, "--explain", "sim-item-11")

    assert code == 3
    assert "There is no item sim-item-11 in the file. Did you mean sim-item-1?" in err


@pytest.mark.parametrize(
    "wrong", [["--at-most", "half"], ["--at-most", "1/0"], ["-o", "result.pdf"], ["--goal", "best"], ["--strong", "0"]]
)
def test_wrong_option_ends_with_2(wrong: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = said(capsys, BEST, *wrong)

    assert (code, out) == (2, "")
    assert "Traceback" not in err
