"""Runs the comparison: ``python -m benchmarks.board [--json] [--quick]``."""

import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median

import django
import psycopg

from accord.config import env
from accord.config.postgres import throwaway
from benchmarks._form import Line, Options, emit, options, smaller_is_better

BENCH = "board"
WARM, TIMES = 3, 15
MS = "ms"


def main() -> None:
    """Will fill a throw-away database, time pages and bare SQL on it, and print the lines."""
    asked = options(BENCH, "Board and promise page with a million records, against the bare SQL of their figures.")
    with tempfile.TemporaryDirectory() as folder, throwaway() as server:
        env.use(data_dir=Path(folder), database_url=server.url)
        django.setup()
        with _filled(asked), psycopg.connect(server.url, autocommit=True) as connection:
            emit(_lines(connection), as_json=asked.json)


@contextmanager
def _filled(asked: Options) -> Iterator[None]:
    """Have tables, records and static files; say on stderr how long they took."""
    from django.core.management import call_command  # noqa: PLC0415 - as above

    from benchmarks.board.pages import sign_in  # noqa: PLC0415 - as above
    from benchmarks.board.world import Size, fill  # noqa: PLC0415 - models exist only once Django is set up

    began = time.perf_counter()
    call_command("migrate", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)
    size = Size(agreements=10, records_each=100) if asked.quick else Size(agreements=100, records_each=1000)
    sign_in(fill(size))
    sys.stderr.write(f"{size.agreements + 1} agreements, filled in {time.perf_counter() - began:.0f} s\n")
    yield


def _lines(connection: psycopg.Connection) -> Iterator[Line]:
    """Yield the lines: pages against bare SQL, a past day against today, wide against narrow."""
    from accord.kernel.clock import end_of  # noqa: PLC0415 - models exist only once Django is set up
    from benchmarks.board import bare, pages  # noqa: PLC0415 - as above
    from benchmarks.board.world import PAST, TODAY  # noqa: PLC0415 - as above

    key, promise = "partnership-007", "promise-003"
    today, known = TODAY, end_of(TODAY)
    board = timed(lambda: pages.board(key))
    yield smaller_is_better(BENCH, "board-page", board, timed(lambda: bare.board(connection, key, today, known)), MS)
    one = timed(lambda: pages.promise(key, promise))
    bare_one = timed(lambda: bare.promise(connection, key, promise, today, known))
    yield smaller_is_better(BENCH, "promise-page", one, bare_one, MS)
    query = timed(lambda: pages.board_query(key, today))
    bare_board = timed(lambda: bare.board(connection, key, today, known))
    yield smaller_is_better(BENCH, "board-query", query, bare_board, MS)
    past = timed(lambda: pages.board(key, PAST))
    yield smaller_is_better(BENCH, "board-past-day-against-today", past, board, MS)
    wide = timed(lambda: pages.board("wide"))
    bare_wide = timed(lambda: bare.board(connection, "wide", today, known))
    yield smaller_is_better(BENCH, "board-page-100-promises", wide, bare_wide, MS)
    for case, narrow, broad in pages.query_counts(key, "wide"):
        yield smaller_is_better(BENCH, case, broad, narrow, "queries")


def timed(work: Callable[[], object]) -> float:
    """Will return the median time of the work in milliseconds, after some runs that do not count."""
    for _ in range(WARM):
        work()
    taken = []
    for _ in range(TIMES):
        began = time.perf_counter()
        work()
        taken.append(time.perf_counter() - began)
    return median(taken) * 1000


if __name__ == "__main__":
    main()
