"""The command line before anything is opened: help, its speed, usage errors, completion."""

import subprocess
import sys

import click
import pytest

from accord.config.cli import COMMANDS, accord, run


def test_help_imports_neither_django_nor_psycopg() -> None:
    program = (
        "import sys; from accord.config.cli import run; run(['--help']);"
        "sys.exit(' '.join({'django', 'psycopg', 'numpy', 'yaml'} & set(sys.modules)) or 0)"
    )

    ended = subprocess.run([sys.executable, "-c", program], check=False, capture_output=True, text=True)

    assert (ended.returncode, ended.stderr) == (0, "")


@pytest.mark.parametrize("name", [*COMMANDS, "agreement check", "agreement apply"])
def test_help_of_a_command_shows_examples_before_options(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    code = run([*name.split(), "--help"])

    text = capsys.readouterr().out
    assert code == 0
    assert 0 < text.index("Examples:") < text.index("Options:")
    assert f"accord {name.split(maxsplit=1)[0]}" in text.partition("Examples:")[2].partition("Options:")[0]


def test_help_names_every_command_in_the_order_of_the_table(capsys: pytest.CaptureFixture[str]) -> None:
    run(["--help"])

    listed = capsys.readouterr().out.partition("Commands:")[2].split("Exit codes")[0].strip().splitlines()
    assert [line.split()[0] for line in listed] == list(COMMANDS)


def test_every_command_of_the_table_exists_and_is_called_so() -> None:
    context = click.Context(accord)

    assert {name: accord.get_command(context, name).name for name in COMMANDS} == {name: name for name in COMMANDS}


@pytest.mark.parametrize("arguments", [["bord"], ["board", "--as-of", "30.9.2019"], ["agreement", "check", "no.yaml"]])
def test_wrong_usage_ends_with_2_and_one_clear_word(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    code = run(arguments)

    said = capsys.readouterr()
    assert (code, said.out) == (2, "")
    assert "Error:" in said.err
    assert "Traceback" not in said.err


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_script_asks_accord_for_words(shell: str, capsys: pytest.CaptureFixture[str]) -> None:
    code = run(["completion", shell])

    assert code == 0
    assert "_ACCORD_COMPLETE" in capsys.readouterr().out
