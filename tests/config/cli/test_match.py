"""`accord match`: every example, what it says, and what others can check, repeat and carry on from."""

import json
import random
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from tests.config.cli.tables import folder_of, tables_of, workbook_of

from accord.config.cli import run
from accord.config.cli._tables import width

ROOT = Path(__file__).parents[3]
EXAMPLES = ROOT / "examples" / "matching"
FAIR, CHINESE, LATER = (EXAMPLES / name for name in ("fair-match", "fair-match-zh", "after-withdrawal"))
Capture = pytest.CaptureFixture[str]


def said(capsys: Capture, *arguments: object) -> tuple[int, str, str]:
    """Run `accord match`; return its code and what it said on stdout and stderr."""
    code = run(["match", *map(str, arguments)])
    out, err = capsys.readouterr()
    return code, out, err


def data(capsys: Capture, *arguments: object) -> Any:
    """Run `accord match --json`; return what it printed."""
    code, out, err = said(capsys, *arguments, "--json")
    assert code == 0, out + err
    return json.loads(out)


def placed(result: Any) -> dict[str, str | None]:
    """Return who is placed where in a result."""
    return {one["applicant"]: one.get("programme") for one in result["outcome"]["placements"] if one.get("programme")}


def test_fair_match_shows_places_certificate_and_cutoffs(capsys: Capture) -> None:
    code, out, err = said(capsys, FAIR, "--seed", "in public")

    lines = [line.split() for line in out.splitlines()]
    assert (code, err) == (0, "")
    assert lines[0] == ["applicant", "placed", "at", "choice", "note"]
    assert lines[1] == ["sim-ada", "Optics", "Lab", "1"]
    assert ["sim-fen", "–"] in lines
    assert "  Fair match: 5 of 7 people have a place.\n" in out
    assert "  Stable: " in out
    assert " in public (one draw for all programmes)" in out
    assert "nobody chose it" not in out
    assert lines[-1] == ["Institute", "North", "3", "84"]


def test_without_a_seed_the_digest_is_one_and_the_output_says_so(capsys: Capture) -> None:
    _, out, _ = said(capsys, FAIR)

    (digest,) = set(re.findall(r"[0-9a-f]{64}", out))
    assert out.count(digest) == 2
    assert "  The seed is the digest of the data: nobody chose it.\n" in out


def test_chinese_tables_stand_in_columns(capsys: Capture) -> None:
    code, out, _ = said(capsys, CHINESE, "--language", "zh-hans")

    head, *rows = out.splitlines()[:8]
    column = width(head.partition("录取项目")[0])
    assert code == 0
    assert [width(row[: row.index(row.split()[1])]) for row in rows] == [column] * 7
    assert "  公平匹配：7人中有5人获得名额。\n" in out
    assert "机器人实验室     2  有余额" in out


@pytest.mark.parametrize(
    ("example", "options", "expected"),
    [
        ("host-first", [], {"sim-ada": "Hospital East", "sim-bo": "Hospital West"}),
        ("host-first", ["--mechanism", "host-first"], {"sim-ada": "Hospital West", "sim-bo": "Hospital East"}),
        (
            "fill-most",
            ["--mechanism", "fill-most"],
            {"sim-ada": "Theatre", "sim-bo": "Museum", "sim-chen": "Library"},
        ),
        (
            "priority-order",
            ["--mechanism", "priority-order"],
            {"sim-ada": "Desk in the hall", "sim-bo": "Desk by the window", "sim-chen": "Desk in the hall"},
        ),
        (
            "joint-applications",
            ["--mechanism", "joint-applications"],
            {
                "sim-ada": "Hangzhou Clinic",
                "sim-bo": "Hangzhou School",
                "sim-chen": "Chengdu School",
                "sim-dana": "Chengdu Clinic",
            },
        ),
        (
            "minimum-and-reserve",
            [],
            {
                "sim-ada": "Field trip",
                "sim-bo": "Weekend course",
                "sim-chen": "Field trip",
                "sim-dana": "Weekend course",
            },
        ),
    ],
)
def test_example_places_as_its_text_says(
    example: str, options: list[str], expected: dict[str, str], capsys: Capture
) -> None:
    assert placed(data(capsys, EXAMPLES / example, *options)) == expected


@pytest.mark.parametrize(
    ("spread", "profile", "words"),
    [
        ("greedy", [(1, 2), (3, 1)], "most first choices, then most second choices"),
        ("generous", [(1, 1), (2, 2)], "fewest last choices, then fewest next to last"),
    ],
)
def test_fair_spread_is_proven_the_best(
    spread: str, profile: list[tuple[int, int]], words: str, capsys: Capture
) -> None:
    options = [EXAMPLES / "fair-spread", "--mechanism", "fair-spread", "--spread", spread]

    _, out, _ = said(capsys, *options)
    certificate = data(capsys, *options)["certificate"]

    assert [(one["choice"], one["people"]) for one in certificate["profile"]] == profile
    assert certificate["best_possible"] is True
    assert f"  What was made best: {words}" in out


def test_exact_filling_states_its_bound(capsys: Capture) -> None:
    pytest.importorskip("ortools")

    found = data(capsys, EXAMPLES / "fill-most", "--mechanism", "fill-most", "--exact", "--effort", 5)

    bound = found["certificate"]["bound"]
    assert (bound["placed"], bound["at_most"], bound["proven"]) == (3, 3, True)
    assert (found["settings"]["exact"], found["settings"]["effort"]) == (True, 5.0)


def test_explanation_is_told_in_both_languages(capsys: Capture) -> None:
    _, english, _ = said(capsys, FAIR, "--explain", "sim-fen", "--explain", "sim-emil")
    _, chinese, _ = said(capsys, CHINESE, "--explain", "模拟-芬妮", "--language", "zh-hans")

    assert "\nsim-fen\n" in english
    assert "her supervisor leads the lab" in english.partition("\nsim-fen\n")[2]
    assert english.index("\nsim-fen\n") < english.index("\nsim-emil\n")
    assert "其导师是实验室负责人" in chinese


def test_unknown_applicant_ends_with_3_and_names_the_nearest(capsys: Capture) -> None:
    code, out, err = said(capsys, FAIR, "--explain", "sim-aba")

    assert (code, out) == (3, "")
    assert "There is no applicant sim-aba in the file. Did you mean sim-ada?" in err


def test_result_and_tables_are_written(tmp_path: Path, capsys: Capture) -> None:
    result, sheet, text = (tmp_path / name for name in ("result.json", "list.xlsx", "list.csv"))

    code, out, err = said(capsys, CHINESE, "-o", result, "-o", sheet, "-o", text, "--language", "zh-hans")

    rows = [tuple(cell or "" for cell in row) for row in load_workbook(sheet).active.values]
    assert code == 0
    assert out.startswith("匹配证明\n")
    assert err.splitlines() == [f"已写入{path}。" for path in (result, sheet, text)]
    assert (len(rows), rows[0]) == (8, ("申请人", "录取项目", "志愿次序", "说明"))
    assert ("模拟-安达", "光学实验室", 1, "") in rows
    assert "模拟-安达,光学实验室,1,\n" in text.read_text(encoding="utf-8-sig")
    assert json.loads(result.read_text(encoding="utf-8"))["outcome"] == data(capsys, CHINESE)["outcome"]


def test_order_of_rows_and_kind_of_file_change_nothing(tmp_path: Path, capsys: Capture) -> None:
    tables = tables_of(FAIR)
    for rows in tables.values():
        body = rows[1:]
        random.Random(7).shuffle(body)
        rows[1:] = body

    first = data(capsys, FAIR)
    book = data(capsys, workbook_of(tmp_path / "book.xlsx", tables))
    beside = [FAIR / "choices.csv", "--programmes", FAIR / "programmes.csv", "--limits", FAIR / "limits.csv"]

    assert first["outcome"] == book["outcome"] == data(capsys, *beside)["outcome"]


@pytest.fixture
def result(tmp_path: Path, capsys: Capture) -> Path:
    """Return a published result of the fair match."""
    path = tmp_path / "result.json"
    assert said(capsys, FAIR, "--seed", "in public", "-o", path)[0] == 0
    return path


def test_published_result_is_sound(result: Path, capsys: Capture) -> None:
    code, out, _ = said(capsys, FAIR, "--check", result, "--explain", "sim-emil")

    assert code == 0
    assert out.startswith(
        f"Sound: {result} comes from {FAIR}, keeps every promise, and repeats: the same 5 placements."
    )
    assert "\nsim-emil\n" in out
    assert data(capsys, FAIR, "--check", result) == {"ok": True, "problems": []}


def _swap(published: Any) -> None:
    placements = {one["applicant"]: one for one in published["outcome"]["placements"]}
    one, other = placements["sim-ada"], placements["sim-dana"]
    one["programme"], other["programme"] = other["programme"], one["programme"]


def _remove(published: Any) -> None:
    published["outcome"]["placements"].pop(0)


def _stranger(published: Any) -> None:
    published["outcome"]["placements"][0]["applicant"] = "sim-nobody"


def _seed(published: Any) -> None:
    published["outcome"]["lottery"]["seed"] = "in private"


def _cutoff(published: Any) -> None:
    published["certificate"]["cutoffs"][0]["score"] = 12.0


@pytest.mark.parametrize("tamper", [_swap, _remove, _stranger, _seed, _cutoff])
def test_tampered_result_does_not_hold(tamper: Callable[[Any], None], result: Path, capsys: Capture) -> None:
    published = json.loads(result.read_text(encoding="utf-8"))
    tamper(published)
    result.write_text(json.dumps(published), encoding="utf-8")

    code, out, err = said(capsys, FAIR, "--check", result)
    again, listed, _ = said(capsys, FAIR, "--check", result, "--json")

    assert (code, again, err) == (5, 5, "")
    assert out.startswith("Not sound: ")
    assert len(json.loads(listed)["problems"]) == len(out.splitlines()) - 1 > 0


def test_result_of_another_file_does_not_hold(result: Path, capsys: Capture) -> None:
    code, out, _ = said(capsys, LATER, "--check", result, "--language", "zh-hans")

    assert code == 5
    assert out.startswith("核验未通过")


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"format": "accord assign 1"}', "\ufeffno json"])
def test_result_that_is_none_is_refused(content: str, tmp_path: Path, capsys: Capture) -> None:
    (tmp_path / "result.json").write_text(content, encoding="utf-8")

    code, out, err = said(capsys, FAIR, "--check", tmp_path / "result.json")

    assert (code, out) == (5, "")
    assert "is no result of accord match" in err


def test_order_of_reserved_seats_is_kept_for_the_check(tmp_path: Path, capsys: Capture) -> None:
    example, result = EXAMPLES / "minimum-and-reserve", tmp_path / "result.json"

    said(capsys, example, "--reserve-order", "merit-first", "-o", result)

    assert said(capsys, example, "--check", result)[0] == 0


@pytest.mark.parametrize(("policy", "moved"), [("improve-all", True), ("vacancies-only", False)])
def test_second_round_says_who_moves(policy: str, moved: bool, result: Path, tmp_path: Path, capsys: Capture) -> None:
    again = tmp_path / "again.json"
    options = ["--previous", result, "--previous-file", FAIR, "--policy", policy]

    code, out, err = said(capsys, LATER, *options, "-o", again)
    published = json.loads(again.read_text(encoding="utf-8"))

    kinds = {one["applicant"]: one["change"] for one in published["moves"]}
    assert code == 0, err
    assert published["settings"]["policy"] == policy
    assert "Moves against the previous result" in out
    assert kinds["sim-ada"] == "withdrew"
    assert ("moved-up" in kinds.values()) == moved
    assert said(capsys, LATER, "--check", again, *options)[0] == 0


def test_check_of_filled_vacancies_asks_for_the_round_before(result: Path, tmp_path: Path, capsys: Capture) -> None:
    again = tmp_path / "again.json"
    said(capsys, LATER, "--previous", result, "--previous-file", FAIR, "--policy", "vacancies-only", "-o", again)

    code, _, err = said(capsys, LATER, "--check", again)

    assert code == 2
    assert "--previous-file" in err


SOI = """# FILE NAME: made-up.soi
# NUMBER ALTERNATIVES: 2
# NUMBER VOTERS: 3
# ALTERNATIVE NAME 1: North
# ALTERNATIVE NAME 2: South
2: 1,2
1: 1
"""


def test_preflib_file_is_read_with_its_places(tmp_path: Path, capsys: Capture) -> None:
    (tmp_path / "made-up.soi").write_text(SOI, encoding="utf-8")

    found = data(capsys, tmp_path / "made-up.soi", "--places", 2, "--mechanism", "fair-spread")

    assert sorted(filter(None, placed(found).values())) == ["North", "North", "South"]


def test_glasgow_file_is_read_where_its_kind_is_said(tmp_path: Path, capsys: Capture) -> None:
    (tmp_path / "small.txt").write_text("0\n2\n1\n1 1\n2 1\n1 1 2 1\n", encoding="utf-8")

    unknown, _, err = said(capsys, tmp_path / "small.txt")

    assert (unknown, "Say so with --format" in err) == (2, True)
    assert placed(data(capsys, tmp_path / "small.txt", "--format", "glasgow")) == {"2": "1"}


@pytest.mark.parametrize("option", [["--places", "3"], ["--capacities", FAIR / "limits.csv"]])
def test_option_that_would_not_be_heeded_is_refused(option: list[object], capsys: Capture) -> None:
    code, out, err = said(capsys, FAIR, *option)

    assert (code, out) == (2, "")
    assert f"{option[0]} means something only with preflib" in err


@pytest.mark.parametrize("name", ["broken.soi", "broken.instance", "broken.json"])
@pytest.mark.parametrize("content", [b"", b"{", b"\xff\xfe\xff", b'{"format": 1}', b"1: 1,2\n\x00"])
def test_file_that_is_no_market_is_told(name: str, content: bytes, tmp_path: Path, capsys: Capture) -> None:
    (tmp_path / name).write_bytes(content)

    code, out, err = said(capsys, tmp_path / name)

    assert (code, out) == (5, "")
    assert err.startswith("Error: ")
    assert "A fault in Accord" not in err


def test_ten_thousand_applicants_from_file_to_checked_result(tmp_path: Path, capsys: Capture) -> None:
    choices = [["applicant", "programme", "rank", "score"]]
    for person in range(10_000):
        drawn = random.Random(person)
        for rank, programme in enumerate(drawn.sample(range(500), 6), 1):
            choices.append([f"sim-{person:05}", f"Programme {programme}", rank, drawn.randrange(60, 100)])
    programmes = [["programme", "places", "under"], *([f"Programme {one}", 20, "All"] for one in range(500))]
    limits = [["limit", "at most"], ["All", 9_000]]
    folder = folder_of(tmp_path / "large", {"choices": choices, "programmes": programmes, "limits": limits})

    code, out, err = said(capsys, folder, "-o", tmp_path / "result.json", "--seed", "in public")
    checked, said_then, _ = said(capsys, folder, "--check", tmp_path / "result.json")

    assert (code, checked) == (0, 0), err
    assert "  Fair match: 9000 of 10000 people have a place.\n" in out
    assert "… and 441 more; --json has them all." in out
    assert said_then.startswith("Sound: ")
