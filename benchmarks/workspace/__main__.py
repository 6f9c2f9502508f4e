"""Runs the comparison: ``python -m benchmarks.workspace [--json] [--quick]``."""

import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import django

from accord.config import env
from accord.config.postgres import running
from benchmarks._form import Line, emit, options, table
from benchmarks.workspace import allocation, bookings, slots

BENCH = "workspace"
ROOMS = 1000


def main() -> None:
    """Will fill a database that is safe from crashes, race on it, look things up, place teams, and print the lines."""
    asked = options(BENCH, "Booking against others' ways to do it, what is free, and who sits where.")
    with tempfile.TemporaryDirectory() as folder, running(Path(folder) / "postgres") as server:
        env.use(data_dir=Path(folder), database_url=server.url)
        django.setup()
        found = list(_booking(server.url, quick=asked.quick))
    placed, rows = allocation.allocation(BENCH, quick=asked.quick)
    emit([*found, *placed], as_json=asked.json)
    if not asked.json:
        print(allocation.SAYING)
        table(allocation.HEAD, rows)


def _booking(url: str, *, quick: bool) -> Iterator[Line]:
    """Yield the lines of what asks the database."""
    from django.core.management import call_command  # noqa: PLC0415 - models exist only once Django is set up
    from django.db import connections  # noqa: PLC0415 - as above

    from benchmarks.workspace.world import build  # noqa: PLC0415 - as above

    began = time.perf_counter()
    call_command("migrate", verbosity=0)
    house = build(ROOMS)
    sys.stderr.write(f"{ROOMS} rooms, built in {time.perf_counter() - began:.0f} s\n")
    yield from bookings.lines(BENCH, url, house, quick=quick)
    yield from slots.lines(BENCH, url, house, quick=quick)
    connections.close_all()


if __name__ == "__main__":
    main()
