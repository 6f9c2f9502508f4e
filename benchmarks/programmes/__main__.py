"""Runs the comparison: ``python -m benchmarks.programmes [--json] [--quick]``."""

import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import django

from accord.config import env
from accord.config.postgres import running
from benchmarks._form import Line, emit, options

BENCH = "programmes"


def main() -> None:
    """Will fill a database that is safe from crashes, open pages, publish a match, meet a deadline, print the lines."""
    asked = options(BENCH, "Pages at many applications against their bare rows; a match published; a deadline met.")
    with tempfile.TemporaryDirectory() as folder, running(Path(folder) / "postgres") as server:
        env.use(data_dir=Path(folder), database_url=server.url)
        django.setup()
        emit(list(_lines(server.url, quick=asked.quick)), as_json=asked.json)


def _lines(url: str, *, quick: bool) -> Iterator[Line]:
    """Yield the lines."""
    from django.core.management import call_command  # noqa: PLC0415 - models exist only once Django is set up
    from django.db import connections  # noqa: PLC0415 - as above

    from benchmarks.programmes import deadline, pages, publish  # noqa: PLC0415 - as above
    from benchmarks.programmes.world import build  # noqa: PLC0415 - as above

    began = time.perf_counter()
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)
    house = build()
    sys.stderr.write(f"tables and calls in {time.perf_counter() - began:.0f} s\n")
    yield from deadline.lines(BENCH, house)
    yield from pages.lines(BENCH, url, house, quick=quick)
    yield from publish.lines(BENCH, url, house, quick=quick)
    connections.close_all()


if __name__ == "__main__":
    main()
