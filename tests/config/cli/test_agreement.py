"""`accord agreement` and `accord measures` where no database is needed."""

import json
from pathlib import Path

import pytest

from accord.config.cli import run

ROOT = Path(__file__).parents[3]
DEAL = ROOT / "examples" / "agreements" / "chengdu-cass.yaml"


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    """Return a file whose deadline is no day of the calendar."""
    path = tmp_path / "broken.yaml"
    path.write_text(DEAL.read_text(encoding="utf-8").replace("due: 2019-12-31", "due: 2019-02-31", 1))
    return path


def test_check_of_a_broken_file_names_line_and_column_on_stdout(
    broken: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    line = (
        broken.read_text()
        .splitlines()
        .index(next(one for one in broken.read_text().splitlines() if "2019-02-31" in one))
    )

    code = run(["agreement", "check", str(DEAL), str(broken)])

    said = capsys.readouterr()
    assert code == 5
    assert said.out.startswith(f"{broken}:{line + 1}:")
    assert "2019-02-31" in said.out
    assert f"✓ {DEAL}" in said.err
    assert f"✗ {broken}: 1 error" in said.err


def test_check_as_json_says_where_what_and_how_to_mend_it(broken: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code = run(["agreement", "check", str(broken), "--json", "--language", "zh-hans"])

    (found,) = json.loads(capsys.readouterr().out)
    assert (code, found["ok"], found["agreement"]) == (5, False, None)
    assert set(found["problems"][0]) == {"line", "column", "where", "code", "severity", "what", "advice"}
    assert found["problems"][0]["where"] == "promises[0].due"


def test_quiet_check_of_a_sound_file_says_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    code = run(["agreement", "check", str(DEAL), "--quiet"])

    assert (code, *capsys.readouterr()) == (0, "", "")


def test_diff_of_two_files_names_the_value_that_differs(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    other = tmp_path / "other.yaml"
    other.write_text(DEAL.read_text(encoding="utf-8").replace("target: 300", "target: 310", 1))

    code = run(["agreement", "diff", str(DEAL), str(other)])

    said = capsys.readouterr().out
    assert code == 0
    assert "chengdu-cass: ~ promises[resident-teams].target: 300 → 310" in said
    assert "refused: What was signed stays." in said


def test_diff_with_a_file_that_is_missing_ends_with_3(capsys: pytest.CaptureFixture[str]) -> None:
    code = run(["agreement", "diff", "gone.yaml", str(DEAL)])

    assert code == 3
    assert "There is no file gone.yaml" in capsys.readouterr().err


def test_schema_is_the_published_one(capsys: pytest.CaptureFixture[str]) -> None:
    run(["agreement", "schema"])

    (published,) = (ROOT / "docs" / "schema").glob("*.json")
    assert json.loads(capsys.readouterr().out) == json.loads(published.read_text(encoding="utf-8"))


def test_unknown_measure_ends_with_3_and_names_the_nearest(capsys: pytest.CaptureFixture[str]) -> None:
    code = run(["measures", "workspace.resident_team"])

    assert code == 3
    assert "workspace.resident_teams" in capsys.readouterr().err


def test_measure_as_json_carries_both_languages(capsys: pytest.CaptureFixture[str]) -> None:
    run(["measures", "workspace.resident_teams", "--json"])

    (found,) = json.loads(capsys.readouterr().out)
    assert (found["code"], found["kind"], found["counted_here"]) == ("workspace.resident_teams", "stock", True)
    assert set(found["name"]) == set(found["rule"]) == {"en", "zh-hans"}
