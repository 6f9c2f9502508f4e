"""`./accord` in small checkouts of its own: a real virtual environment, one real package from a local file, no network."""

import ast
import gettext
import hashlib
import importlib.machinery
import importlib.util
import os
import re
import shutil
import signal
import subprocess
import sys
import time
import zipfile
from pathlib import Path
from types import ModuleType
from typing import NamedTuple

import polib
import pytest

SCRIPT = Path(__file__).parents[2] / "accord"
BASE_PYTHON = sys._base_executable
WHEEL = "polib-1.2.0-py3-none-any.whl"
PO = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\nmsgid "promise"\nmsgstr "{word}"\n'
COMMAND = "import sys; print('ran', *sys.argv[1:]); sys.exit(3)"


class Usage(NamedTuple):
    total: int
    used: int
    free: int


@pytest.fixture
def checkout(tmp_path) -> Path:
    return make_checkout(tmp_path / "checkout")


@pytest.fixture(scope="module")
def set_up_once(tmp_path_factory) -> Path:
    root = make_checkout(tmp_path_factory.mktemp("once") / "checkout")
    run(root)
    return root


@pytest.fixture
def ready(set_up_once, tmp_path) -> Path:
    return shutil.copytree(set_up_once, tmp_path / "checkout", symlinks=True)


def make_checkout(root: Path) -> Path:
    package = root / "src" / "accord"
    package.mkdir(parents=True)
    (root / "tools").mkdir()
    shutil.copy(SCRIPT, root / "accord")
    (package / "__main__.py").write_text(COMMAND)
    (root / "tools" / "gate.py").write_text("import sys; print('gate', *sys.argv[1:])")
    line = f"./{WHEEL} --hash=sha256:{make_wheel(root / WHEEL)}\n"
    (root / "requirements.txt").write_text(line)
    (root / "requirements-dev.txt").write_text(f"# more\n{line}")
    return root


def make_wheel(path: Path) -> str:
    about = "polib-1.2.0.dist-info"
    with zipfile.ZipFile(path, "w") as wheel:
        wheel.write(polib.__file__, "polib.py")
        wheel.writestr(f"{about}/METADATA", "Metadata-Version: 2.1\nName: polib\nVersion: 1.2.0\n")
        wheel.writestr(f"{about}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
        wheel.writestr(f"{about}/RECORD", f"polib.py,,\n{about}/METADATA,,\n{about}/WHEEL,,\n{about}/RECORD,,\n")
    return hashlib.sha256(path.read_bytes()).hexdigest()


def begin(root: Path, *arguments: str) -> subprocess.Popen:
    return subprocess.Popen(
        [BASE_PYTHON, "-S", str(root / "accord"), *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**{name: value for name, value in os.environ.items() if name != "PYTHONPATH"}, "PIP_NO_INDEX": "1"},
        cwd="/",
    )


def run(root: Path, *arguments: str) -> tuple[int, str, str]:
    process = begin(root, *arguments)
    out, err = process.communicate(timeout=120)
    return process.returncode, out, re.sub(r"\d+\.\d s\n", "N s\n", err)


SET_UP = "Making a virtual environment ... N s\nSetting up Python packages ... N s\n"
SET_UP_AGAIN = "Setting up Python packages ... N s\n"


@pytest.fixture
def script() -> ModuleType:
    loader = importlib.machinery.SourceFileLoader("accord_script", str(SCRIPT))
    module = importlib.util.module_from_spec(importlib.util.spec_from_loader("accord_script", loader))
    loader.exec_module(module)
    return module


@pytest.fixture(autouse=True)
def no_bytecode(monkeypatch):
    monkeypatch.setattr(sys, "dont_write_bytecode", True)


def test_first_run_sets_up_and_becomes_the_command_and_later_ones_only_run_it(checkout):
    assert run(checkout, "board", "--json") == (3, "ran board --json\n", SET_UP)

    assert run(checkout, "board") == (3, "ran board\n", "")


def test_changed_requirements_are_installed_again(ready):
    (ready / "requirements.txt").write_text("# changed\n" + (ready / "requirements.txt").read_text())

    assert run(ready) == (3, "ran\n", SET_UP_AGAIN)
    assert run(ready) == (3, "ran\n", "")


@pytest.mark.slow
def test_test_installs_the_tools_and_becomes_the_gate(checkout):
    assert run(checkout, "test", "-k", "board") == (0, "gate -k board\n", SET_UP)

    assert run(checkout, "test") == (0, "gate\n", "")
    assert run(checkout) == (3, "ran\n", SET_UP_AGAIN)


def test_killed_set_up_is_begun_anew(checkout):
    victim = begin(checkout)
    mark = checkout / ".venv" / ".accord-unfinished"
    until = time.monotonic() + 30
    while not mark.exists() and time.monotonic() < until:
        time.sleep(0.005)
    victim.send_signal(signal.SIGKILL)
    victim.communicate()
    assert mark.exists()

    assert run(checkout) == (3, "ran\n", SET_UP)
    assert not mark.exists()


def test_environment_of_a_python_that_is_gone_is_made_anew(ready):
    for name in ("python", "python3"):
        (ready / ".venv" / "bin" / name).unlink()
    (ready / ".venv" / "bin" / "python").symlink_to("/nowhere/python3")

    assert run(ready) == (3, "ran\n", SET_UP)


def test_environment_made_by_hand_is_kept_and_filled(checkout):
    subprocess.run([BASE_PYTHON, "-m", "venv", "--without-pip", checkout / ".venv"], check=True)
    (checkout / ".venv" / "mine").touch()

    assert run(checkout) == (3, "ran\n", SET_UP_AGAIN)
    assert (checkout / ".venv" / "mine").exists()


def test_moved_checkout_goes_on_working(ready):
    moved = ready.rename(ready.parent / "else where")

    assert run(moved, "board")[:2] == (3, "ran board\n")


def test_command_reached_through_a_link_uses_its_own_checkout(checkout, tmp_path):
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "accord").symlink_to(checkout / "accord")

    assert run(tmp_path / "bin", "board") == (3, "ran board\n", SET_UP)


@pytest.mark.slow
def test_two_at_once_set_up_once(checkout):
    both = [begin(checkout), begin(checkout)]

    said = [process.communicate(timeout=120) for process in both]

    assert [process.returncode for process in both] == [3, 3]
    assert [out for out, _ in said] == ["ran\n", "ran\n"]
    together = "".join(err for _, err in said)
    assert together.count("Setting up Python packages") == 1
    assert together.count("Another Accord is setting up; waiting for it.") == 1


@pytest.mark.slow
def test_package_of_another_content_is_refused_and_not_taken_for_installed(checkout):
    (checkout / "requirements.txt").write_text(f"./{WHEEL} --hash=sha256:{'0' * 64}\n")

    code, out, err = run(checkout)

    assert (code, out) == (6, "")
    assert "Setting up Python packages ... failed" in err
    assert "What to do: a package is not the one Accord was tried with" in err
    assert run(checkout)[0] == 6


def test_package_that_cannot_be_had_says_how_to_reach_an_index(checkout):
    (checkout / "requirements.txt").write_text(f"nowhere-to-be-had==1.0 --hash=sha256:{'0' * 64}\n")

    code, _, err = run(checkout)

    assert code == 6
    assert "No matching distribution found for nowhere-to-be-had==1.0" in err
    assert err.endswith(
        "What to do: see that this machine reaches a package index (PIP_INDEX_URL names one), "
        "then run ./accord again.\n"
    )


def test_translations_are_compiled_when_new_or_changed(ready):
    folder = ready / "src" / "accord" / "ui" / "locale" / "zh_Hans" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    po, mo = folder / "django.po", folder / "django.mo"

    po.write_text(PO.format(word="承诺"))
    assert run(ready) == (3, "ran\n", "Compiling translations ... N s\n")
    assert word_in(mo) == "承诺"
    assert run(ready) == (3, "ran\n", "")

    po.write_text(PO.format(word="诺言"))
    os.utime(po, (time.time() + 5, time.time() + 5))
    os.utime(mo, (time.time() - 5, time.time() - 5))
    run(ready)
    assert word_in(mo) == "诺言"


def word_in(mo: Path) -> str:
    with mo.open("rb") as file:
        return gettext.GNUTranslations(file).gettext("promise")


def test_broken_translation_is_named(ready):
    folder = ready / "src" / "accord" / "ui" / "locale" / "zh_Hans" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "django.po").write_text('msgid "promise"\nnonsense\n')

    code, _, err = run(ready)

    assert code == 6
    assert f"{folder / 'django.po'}" in err
    assert not (folder / "django.mo").exists()


def test_syntax_is_read_by_python_3_8():
    assert ast.parse(SCRIPT.read_text(), feature_version=(3, 8)).body


def test_old_python_hands_over_to_a_newer_one(script, monkeypatch):
    became = []
    monkeypatch.setattr(sys, "version_info", (3, 9, 2))
    monkeypatch.setattr(shutil, "which", lambda name: f"/usr/bin/{name}" if name == "python3.12" else None)
    monkeypatch.setattr(script, "become", lambda program, arguments: became.append((program, arguments)) or 0)

    script.main(["board"])

    assert became == [("/usr/bin/python3.12", [str(SCRIPT), "board"])]


def test_old_python_alone_says_what_to_install(script, monkeypatch, capsys):
    monkeypatch.setattr(sys, "version_info", (3, 9, 2))
    monkeypatch.setattr(shutil, "which", lambda _name: None)

    assert script.main(["board"]) == 6

    said = capsys.readouterr()
    assert said.out == ""
    assert said.err == (
        f"Accord needs Python 3.11 or newer; {sys.executable} is 3.9.\n"
        "Install one (on Debian 12: `apt install python3 python3-venv`) and run `python3.11 accord`.\n"
    )


@pytest.fixture
def elsewhere(script, checkout, monkeypatch) -> ModuleType:
    monkeypatch.setattr(script, "ROOT", str(checkout))
    monkeypatch.setattr(script, "VENV", str(checkout / ".venv"))
    monkeypatch.setattr(script, "PYTHON", str(checkout / ".venv" / "bin" / "python"))
    monkeypatch.setattr(script, "UNFINISHED", str(checkout / ".venv" / ".accord-unfinished"))
    return script


def test_full_disk_is_told_with_what_is_free_and_what_is_needed(elsewhere, checkout, monkeypatch, capsys):
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: Usage(10**12, 10**12, 12_345_678))

    assert elsewhere.main([]) == 6

    assert capsys.readouterr().err == (
        f"Too little room on the disk of {checkout}: 12 MB are free, the packages need about 400 MB. "
        "Make room, and run ./accord again.\n"
    )
    assert not (checkout / ".venv").exists()


def test_disk_that_fills_meanwhile_is_told_the_same_way(elsewhere):
    words = "ERROR: Could not install packages due to an OSError: [Errno 28] No space left on device"

    assert "the packages need about 400 MB" in str(elsewhere.failed("x", words, "y", "requirements.txt"))
    assert "the packages need about 1300 MB" in str(elsewhere.explained(OSError(28, "full"), "requirements-dev.txt"))


def test_unwritable_checkout_is_refused(elsewhere, checkout, monkeypatch, capsys):
    monkeypatch.setattr(os, "access", lambda _path, _mode: False)

    assert elsewhere.main([]) == 4

    assert f"Cannot write in {checkout}, where .venv belongs: run ./accord as the owner" in capsys.readouterr().err


def test_python_without_venv_says_what_to_install(elsewhere, monkeypatch, capsys):
    monkeypatch.setattr(elsewhere, "host_pip_serves", lambda: False)
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None if name == "ensurepip" else object())

    assert elsewhere.main([]) == 6

    assert (
        "can make no virtual environment: on Debian and Ubuntu run `apt install python3-venv`"
        in capsys.readouterr().err
    )


@pytest.mark.slow
def test_python_without_pip_makes_an_environment_with_its_own(checkout, monkeypatch):
    hidden = checkout / "hidden"
    hidden.mkdir()
    real = f"'{BASE_PYTHON}'"
    (hidden / "python").write_text(f'#!/bin/sh\ncase "$*" in *--python*) exit 1;; esac\nexec {real} "$@"\n')
    (hidden / "python").chmod(0o755)
    text = (checkout / "accord").read_text()
    (checkout / "accord").write_text(text.replace("sys.executable", repr(str(hidden / "python"))))

    code, out, _ = run(checkout)

    assert (code, out) == (3, "ran\n")
    assert (checkout / ".venv" / "bin" / "pip").exists()


def test_interrupt_is_told_in_one_line(elsewhere, monkeypatch, capsys):
    def interrupted(_requirements: str) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(elsewhere, "install", interrupted)

    assert elsewhere.main([]) == 130

    assert capsys.readouterr().err == "\nStopped. The next run begins this step anew.\n"
