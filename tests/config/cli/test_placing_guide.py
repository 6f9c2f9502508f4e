"""Every command of the guide to placing people does what it says there, in both languages."""

import re
import shlex
import shutil
from pathlib import Path

import pytest

from accord.config.cli import run
from accord.config.cli.placing._forms import COLUMNS as PLACING
from accord.config.cli.placing._forms import NAMES as PLACING_NAMES
from accord.config.cli.reviewing._forms import COLUMNS as REVIEWING
from accord.config.cli.reviewing._forms import NAMES as REVIEWING_NAMES

ROOT = Path(__file__).parents[3]
GUIDES = {language: ROOT / "docs" / "guides" / language / "placing-people.md" for language in ("en", "zh-hans")}


def commands(language: str) -> list[str]:
    """Return the commands of a guide in the order they stand."""
    return re.findall(r"^\./accord (.+)$", GUIDES[language].read_text(encoding="utf-8"), re.MULTILINE)


@pytest.mark.parametrize("language", GUIDES)
def test_every_command_of_the_guide_runs_in_its_order(
    language: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    monkeypatch.chdir(tmp_path)

    ended = {}
    for line in commands(language):
        command, _, told = line.partition("#")
        expected = 5 if "5" in told else 0
        ended[line] = run(shlex.split(command)) - expected
        capsys.readouterr()

    assert len(ended) > 15
    assert {line: code for line, code in ended.items() if code} == {}


def test_both_guides_show_every_way_of_placing_and_every_example() -> None:
    folders = {path.name for path in (ROOT / "examples").glob("*/*") if path.is_dir()} - {"agreements"}

    shown = {language: "\n".join(commands(language)) for language in GUIDES}

    assert folders - set(re.findall(r"[\w-]+", "\n".join(shown.values()))) == set()
    assert len(commands("en")) == len(commands("zh-hans"))


@pytest.mark.parametrize(("columns", "names"), [(PLACING, PLACING_NAMES), (REVIEWING, REVIEWING_NAMES)])
def test_every_table_and_column_is_documented_in_both_languages(columns: dict, names: tuple) -> None:
    page = (ROOT / "docs" / "cli.md").read_text(encoding="utf-8")

    headings = {heading for table in columns.values() for one in table for heading in one.headings[:2]}
    tables = {f"| `{name.en}` {name.zh} |" for name in names}

    assert {one for one in headings | tables if one not in page} == set()
