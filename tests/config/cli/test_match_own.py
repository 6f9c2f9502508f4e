"""`accord match OWN --cutoffs RESULT`: everybody can check their own place without anybody else's data."""

import json
from pathlib import Path

import pytest
from tests.config.cli.tables import folder_of, tables_of

from accord.config.cli import run

EXAMPLES = Path(__file__).parents[3] / "examples" / "matching"
Capture = pytest.CaptureFixture[str]


def own(example: str, who: str, folder: Path) -> Path:
    """Write down nothing but what this applicant knows of themselves."""
    tables = tables_of(EXAMPLES / example)
    kept = {name: tables[name] for name in ("choices", "people") if name in tables}
    return folder_of(
        folder / who, {name: [rows[0], *(row for row in rows if row[0] == who)] for name, rows in kept.items()}
    )


def published(example: str, path: Path, *options: str) -> Path:
    """Match an example and return its result file."""
    assert run(["match", str(EXAMPLES / example), "-o", str(path), "--quiet", *options]) == 0
    return path


@pytest.mark.parametrize(
    ("example", "options"),
    [
        ("fair-match", ["--seed", "in public"]),
        ("fair-match", ["--seed", "another", "--draws", "multiple"]),
        ("minimum-and-reserve", ["--seed", "in public"]),
        ("minimum-and-reserve", ["--reserve-order", "merit-first"]),
        ("priority-order", ["--mechanism", "priority-order"]),
    ],
)
def test_everybody_finds_their_own_place(example: str, options: list[str], tmp_path: Path, capsys: Capture) -> None:
    result = published(example, tmp_path / "result.json", *options)
    people = sorted({row[0] for row in tables_of(EXAMPLES / example)["choices"][1:]})

    ended = {who: run(["match", str(own(example, who, tmp_path)), "--cutoffs", str(result)]) for who in people}

    out = capsys.readouterr().out
    assert ended == dict.fromkeys(people, 0)
    assert out.count("The result says the same.") == len(people)


def test_place_that_does_not_follow_is_told_in_both_languages(tmp_path: Path, capsys: Capture) -> None:
    result = published("fair-match", tmp_path / "result.json")
    told = json.loads(result.read_text(encoding="utf-8"))
    told["outcome"]["placements"] = [one for one in told["outcome"]["placements"] if one["applicant"] != "sim-dana"]
    result.write_text(json.dumps(told), encoding="utf-8")
    mine = str(own("fair-match", "sim-dana", tmp_path))
    capsys.readouterr()

    code = run(["match", mine, "--cutoffs", str(result)])
    again = run(["match", mine, "--cutoffs", str(result), "--language", "zh-hans", "--json"])

    english, _, chinese = capsys.readouterr().out.partition("\n")
    assert (code, again) == (5, 5)
    assert english.startswith("sim-dana: by your own scores and the published cutoffs your place is Robotics Lab, ")
    assert json.loads(chinese)["problems"][0]["what"].startswith("sim-dana：根据您自己的分数")


def test_place_given_by_decision_is_told_as_one(tmp_path: Path, capsys: Capture) -> None:
    tables = tables_of(EXAMPLES / "fair-match")
    for row in tables["choices"]:
        row.append("fixed" if row[0] == "applicant" else "yes" if row[:2] == ["sim-emil", "Robotics Lab"] else "")
    folder, result = folder_of(tmp_path / "market", tables), tmp_path / "result.json"
    assert run(["match", str(folder), "-o", str(result)]) == 0
    capsys.readouterr()

    code = run(["match", str(own("fair-match", "sim-emil", tmp_path)), "--cutoffs", str(result)])

    assert code == 0
    assert capsys.readouterr().out == "sim-emil: your place, Robotics Lab, was decided before the match.\n"


def test_rule_that_does_not_go_by_cutoffs_is_refused(tmp_path: Path, capsys: Capture) -> None:
    result = published("fair-spread", tmp_path / "result.json", "--mechanism", "fair-spread")

    code = run(["match", str(own("fair-spread", "sim-bo", tmp_path)), "--cutoffs", str(result)])

    assert code == 4
    assert "only in fair-match and priority-order" in capsys.readouterr().err


def test_result_without_cutoffs_is_told(tmp_path: Path, capsys: Capture) -> None:
    result = published("fair-match", tmp_path / "result.json")
    told = json.loads(result.read_text(encoding="utf-8"))
    del told["certificate"]["cutoffs"]
    result.write_text(json.dumps(told), encoding="utf-8")

    code = run(["match", str(own("fair-match", "sim-dana", tmp_path)), "--cutoffs", str(result)])

    assert code == 5
    assert "is no result of accord match" in capsys.readouterr().err
