"""Server and database are killed in the middle of writing: nothing acknowledged is lost, nothing is half done."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
WRITER = Path(__file__).with_name("writer.py")
ACKNOWLEDGED = 40
STATED = 102


def environment() -> dict[str, str]:
    """Return this environment without the test database, so that the folder's own is used."""
    kept = {name: value for name, value in os.environ.items() if name not in {"DATABASE_URL", "DJANGO_SETTINGS_MODULE"}}
    return {**kept, "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}"}


def accord(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """Run the command line."""
    command = [sys.executable, "-m", "accord", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, env=environment(), check=False, timeout=180)


def postmaster(folder: Path) -> int:
    """Return the process number of the folder's PostgreSQL."""
    return int(next(folder.glob("postgres/**/postmaster.pid")).read_text().splitlines()[0])


@pytest.mark.slow
def test_killed_writer_and_database_lose_nothing_and_leave_nothing_half_done(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    applied = accord("agreement", "apply", ROOT / "examples/agreements/chengdu-cass.yaml", "--data-dir", folder)
    assert applied.returncode == 0, applied.stderr
    with subprocess.Popen(
        [sys.executable, str(WRITER), str(folder)],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        env=environment(),
    ) as writer:
        assert writer.stdout is not None
        written = [int(writer.stdout.readline()) for _one in range(ACKNOWLEDGED)]
        os.kill(postmaster(folder), signal.SIGKILL)
        written += [int(line) for line in writer.stdout.read().split()]
        writer.kill()
    doctor = accord("doctor", "--json", "--data-dir", folder)
    board = json.loads(accord("board", "chengdu-cass", "--json", "--data-dir", folder).stdout)

    promise = next(one for one in board["agreements"][0]["promises"] if one["key"] == "resident-teams")
    waiting = promise["waiting"]["records"] if promise["waiting"] else 0
    assert doctor.returncode == 0, doctor.stdout + doctor.stderr
    assert len(written) >= ACKNOWLEDGED
    assert promise["delivered"]["amount"] - STATED in {len(written), len(written) + 1}
    assert waiting <= 1
