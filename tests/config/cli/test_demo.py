"""`accord demo` from an empty folder to a page, again, and told to stop."""

import os
import re
import signal
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow
ROOT = Path(__file__).parents[3]
PATIENCE = 30


@contextmanager
def started(*arguments: str, folder: Path) -> Iterator[subprocess.Popen[str]]:
    """Have `accord demo` running, and tell it to stop afterwards."""
    kept = {name: value for name, value in os.environ.items() if name not in {"DATABASE_URL", "ACCORD_DATA_DIR"}}
    command = [sys.executable, "-P", "-m", "accord", "demo", "-p", "0", "--scale", "0.01", "--data-dir", str(folder)]
    process = subprocess.Popen(
        [*command, *arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=kept, cwd=ROOT
    )
    try:
        yield process
    finally:
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=PATIENCE)


def address_of(process: subprocess.Popen[str]) -> str:
    """Wait for the one line on stdout; nothing where the demo ends without one."""
    return process.stdout.readline().strip()


def line_of(process: subprocess.Popen[str], step: str) -> str:
    """Wait for what is told of a step once it is done."""
    return next((line for line in process.stderr if step in line), f"{step} was not told")


def test_demo_starts_from_nothing_and_again_and_builds_another_world_only_when_told_to(tmp_path: Path) -> None:
    folder = tmp_path / "demo"

    for _ in range(2):
        with started(folder=folder) as process:
            address = address_of(process)
            assert re.fullmatch(r"http://127\.0\.0\.1:\d+/", address), process.stderr.read()
            with urllib.request.urlopen(address, timeout=PATIENCE) as answer:
                page = answer.read().decode()
        assert process.returncode == 0
        assert "demo-role/" in page

    with started("--seed", "7", folder=folder) as refused:
        nothing, said = address_of(refused), refused.stderr.read()
    assert (nothing, refused.returncode) == ("", 4)
    assert "Use --fresh to build this one instead" in said

    with started("--seed", "7", "--fresh", folder=folder) as process:  # it then builds, as it did from nothing
        assert [line_of(process, step)[:3] for step in ("Former demo world dropped", "Database tables")] == [" ✓ "] * 2
