"""The database is killed in the middle of bookings and moves: what was acknowledged is there, and nothing is half done."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest
from tests.config.test_killed import environment, postmaster
from tests.workspace.writer import DATES

from accord.config.postgres import running

WRITER = Path(__file__).with_name("writer.py")
ACKNOWLEDGED = 15
HALF_DONE = """
    SELECT count(*) FROM workspace_booking first
     WHERE first.continues_id IS NULL AND NOT (
           (SELECT count(*) FROM workspace_occurrence one JOIN workspace_booking booking ON booking.id = one.booking_id
             WHERE booking.id = first.id OR booking.continues_id = first.id) = %(dates)s
       AND (SELECT count(DISTINCT (lower(one.during) AT TIME ZONE 'UTC')::time)
              FROM workspace_occurrence one WHERE one.booking_id = first.id) = 1
       AND (first.rule LIKE '%%UNTIL%%') = EXISTS (
            SELECT FROM workspace_booking other WHERE other.continues_id = first.id))
"""


@pytest.mark.slow
def test_bookings_survive_a_killed_database_whole_or_not_at_all(tmp_path: Path) -> None:
    folder = tmp_path / "data"
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

    with running(folder / "postgres") as server, psycopg.connect(server.url) as connection:
        half_done = connection.execute(HALF_DONE, {"dates": DATES}).fetchone()
        kept = {pk for (pk,) in connection.execute("SELECT continues_id FROM workspace_booking").fetchall()}

    assert set(written) <= kept
    assert half_done == (0,)
