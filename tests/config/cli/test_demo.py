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
def started(*arguments: str, folder: Path) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """Have `accord demo` running; gives the process and the one line that it printed on stdout."""
    kept = {name: value for name, value in os.environ.items() if name not in {"DATABASE_URL", "ACCORD_DATA_DIR"}}
    command = [sys.executable, "-P", "-m", "accord", "demo", "-p", "0", "--scale", "0.01", "--data-dir", str(folder)]
    process = subprocess.Popen(
        [*command, *arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=kept, cwd=ROOT
    )
    try:
        yield process, process.stdout.readline().strip()
    finally:
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=PATIENCE)


def test_demo_starts_from_nothing_and_again_and_builds_another_world_only_when_told_to(tmp_path: Path) -> None:
    folder = tmp_path / "demo"

    for _ in range(2):
        with started(folder=folder) as (process, address):
            assert re.fullmatch(r"http://127\.0\.0\.1:\d+/", address), process.stderr.read()
            with urllib.request.urlopen(address, timeout=PATIENCE) as answer:
                page = answer.read().decode()
        assert process.returncode == 0
        assert "demo-role/" in page

    with started("--seed", "7", folder=folder) as (refused, nothing):
        said = refused.stderr.read()
    with started("--seed", "7", "--fresh", folder=folder) as (_, address):
        pass

    assert (nothing, refused.returncode) == ("", 4)
    assert "Use --fresh to build this one instead" in said
    assert address.startswith("http://")
