"""Runs the comparison: ``python -m benchmarks.audit [--json] [--quick]``."""

import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from typing import Any

import django
import psycopg

from accord.config import env
from accord.config.postgres import throwaway
from benchmarks._form import Line, Options, alone, emit, options, smaller_is_better

BENCH = "audit"
ROUNDS = 7
INSERT = """
    INSERT INTO {table} (key, name, kind, country, city, website, ror, lei, uscc, time_zone, is_simulated, version)
    VALUES (%s, '{{"en": "A school of some name"}}', 'university', 'CN', '{{}}', '', '', '', '', '', true, 1)"""
CHANGE = "UPDATE {table} SET version = version + 1, country = 'GB' WHERE key = %s"
TOLD = (
    "SELECT set_config('pghistory.context_id', '6f1c2b1e-7d0f-4c55-9a52-0d4f4f7f6c11', true), "
    'set_config(\'pghistory.context_metadata\', \'{"request": "one", "person": 7}\', true)'
)


def main() -> None:
    """Will time writes with and without the history, then seal and verify what they left, and print the lines."""
    asked = options(BENCH, "A write with the history against the same write without it; sealing and verifying.")
    with tempfile.TemporaryDirectory() as folder, throwaway() as server:
        env.use(data_dir=Path(folder), database_url=server.url)
        django.setup()
        from django.core.management import call_command  # noqa: PLC0415 - models exist only once Django is set up

        call_command("migrate", verbosity=0)
        with psycopg.connect(server.url) as connection:
            connection.execute("CREATE TABLE bare_institution (LIKE people_institution INCLUDING ALL)")
            connection.commit()
            emit(_lines(connection, asked), as_json=asked.json)


def _lines(connection: psycopg.Connection, asked: Options) -> Iterator[Line]:
    """Yield a line for each sort of write, and for sealing and verifying."""
    singly, many = (200, 2_000) if asked.quick else (1_000, 20_000)
    for name, statement in (("insert", INSERT), ("update", CHANGE)):
        ours, bare = _raced(connection, statement, singly, name, each_alone=True)
        yield smaller_is_better(BENCH, f"{name}-one-a-transaction", ours, bare, "ms")
    for name, statement in (("insert", INSERT), ("update", CHANGE)):
        ours, bare = _raced(connection, statement, many, f"m{name}", each_alone=False)
        yield smaller_is_better(BENCH, f"{name}-many-a-transaction", ours, bare, "ms")
    yield from _chain()


def _raced(
    connection: psycopg.Connection, statement: str, rows: int, name: str, *, each_alone: bool
) -> tuple[float, float]:
    """Return the milliseconds of a write with and without the history: medians of rounds that take turns."""
    key = name.replace("update", "insert")
    times: dict[str, list[float]] = {"people_institution": [], "bare_institution": []}
    for turn in range(ROUNDS):
        for table, seconds in times.items():
            began = time.perf_counter()
            _write(
                connection, statement.format(table=table), [f"{key}-{turn}-{row}" for row in range(rows)], each_alone
            )
            seconds.append((time.perf_counter() - began) * 1000 / rows)
    return median(times["people_institution"]), median(times["bare_institution"])


def _write(connection: psycopg.Connection, statement: str, keys: list[str], each_alone: bool) -> None:  # noqa: FBT001 - one caller, above
    if not each_alone:
        connection.execute(TOLD)
    for key in keys:
        if each_alone:
            connection.execute(TOLD)
        connection.execute(statement, [key])
        if each_alone:
            connection.commit()
    connection.commit()


def _chain() -> Iterator[Line]:
    from accord.history import operations, queries  # noqa: PLC0415 - models exist only once Django is set up

    at = datetime.now(UTC)
    sealing, seal = _timed(lambda: operations.seal_events(at=at))
    verifying, verdict = _timed(lambda: queries.verify(at=at))
    assert seal is not None and verdict.is_sound, verdict.faults[:3]  # noqa: PT018 - no test
    yield alone(BENCH, f"seal-{seal.events}-events", seal.events / sealing, "events/s")
    yield alone(BENCH, f"verify-{verdict.events}-events", verdict.events / verifying, "events/s")


def _timed(work: Callable[[], Any]) -> tuple[float, Any]:
    began = time.perf_counter()
    done = work()
    return time.perf_counter() - began, done


if __name__ == "__main__":
    main()
