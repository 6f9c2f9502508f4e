"""Runs the comparison: ``python -m benchmarks.search [--json] [--quick]``."""

import random
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from statistics import median
from typing import Any

import django
import psycopg

from accord.config import env
from accord.config.postgres import throwaway
from benchmarks._form import Line, emit, options, smaller_is_better

BENCH = "search"
PEOPLE, ROUNDS, SHOWN = 100_000, 15, 5
SEED = 7
FAMILY = ("Wang", "Li", "Zhang", "Liu", "Chen", "Yang", "Zhao", "Huang", "Smith", "Jones", "Taylor", "Brown", "Wilson")
GIVEN = (
    "Wei",
    "Fang",
    "Na",
    "Min",
    "Jing",
    "Lei",
    "Qiang",
    "Yan",
    "Alice",
    "Henry",
    "Oliver",
    "Amelia",
    "Isla",
    "Harry",
)
CHINESE_FAMILY = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗"
CHINESE_GIVEN = "伟芳娜秀英敏静丽强磊军洋勇艳杰娟涛明超兰霞平刚桂文辉玲建华国志海红春梅晓东宁雪"
INSERT = """
    COPY people_person (key, name, sort_key, email, orcid, country, state, is_simulated, version) FROM STDIN"""
WORDS = {
    "part of a name": "mberl",
    "whole name": "hopper grace",
    "slip of the pen": "hoppre",
    "two characters": "欧阳",
    "one character": "霍",
    "a common name": "wang",
    "nobody": "xylophonist",
}


def main() -> None:
    """Will plant people, search for them in each way in turns, and print the lines."""
    asked = options(BENCH, "A search among 100,000 names against the same SQL without Django, and without indexes.")
    with tempfile.TemporaryDirectory() as folder, throwaway() as server:
        env.use(data_dir=Path(folder), database_url=server.url)
        django.setup()
        from django.core.management import call_command  # noqa: PLC0415 - models exist only once Django is set up

        call_command("migrate", verbosity=0)
        with psycopg.connect(server.url, autocommit=True) as connection:
            _plant(connection, PEOPLE // 10 if asked.quick else PEOPLE)
            emit(_lines(connection), as_json=asked.json)


def _plant(connection: psycopg.Connection, people: int) -> None:
    """Write people with names in both languages, and the few who are looked for."""
    dice = random.Random(SEED)
    names = [_name(dice) for _person in range(people - 2)] + [
        ("Grace Hopper", "霍珀"),
        ("Kimberly Ouyang", "欧阳晓东"),
    ]
    connection.execute("SET session_replication_role = replica")  # the history would keep a copy of each
    with connection.cursor() as cursor, cursor.copy(INSERT) as copy:
        for number, (latin, chinese) in enumerate(names):
            sides = f'{{"en": "{latin}", "zh-hans": "{chinese}"}}'
            copy.write_row((f"p-{number}", sides, latin.lower(), "", "", "", "active", True, 1))
    connection.execute("VACUUM ANALYZE people_person")


def _name(dice: random.Random) -> tuple[str, str]:
    """Return a name in Latin and in Chinese."""
    chinese = dice.choice(CHINESE_FAMILY) + "".join(dice.choices(CHINESE_GIVEN, k=2))
    return f"{dice.choice(GIVEN)} {dice.choice(FAMILY)} {dice.randrange(10_000)}", chinese


def _lines(connection: psycopg.Connection) -> Iterator[Line]:
    """Yield two lines for each sort of words: against the same SQL alone, and against a search without indexes."""
    from accord.kernel.access import Actor, Grant  # noqa: PLC0415 - models exist only once Django is set up
    from accord.people.enums import Role  # noqa: PLC0415 - the same
    from accord.people.queries import SEARCHES  # noqa: PLC0415 - the same

    find, steward = SEARCHES["person"].find, Actor(1, "benchmark", frozenset({Grant(Role.STEWARD)}))
    for name, said in WORDS.items():
        sql = _statement(partial(find, steward, said, SHOWN))
        ours, bare, plain = _raced(
            partial(find, steward, said, SHOWN),
            partial(_bare, connection, sql),
            partial(_plain, said),
        )
        yield smaller_is_better(BENCH, f"{name}, to bare SQL", ours, bare, "ms")
        yield smaller_is_better(BENCH, f"{name}, to icontains", ours, plain, "ms")


def _statement(search: Callable[[], Any]) -> str:
    """Return the one statement that a search sends."""
    from django.db import connection  # noqa: PLC0415 - models exist only once Django is set up
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415 - the same

    with CaptureQueriesContext(connection) as sent:
        search()
    assert len(sent) == 1, sent.captured_queries  # no test: the comparison would be another
    return str(sent[0]["sql"])


def _bare(connection: psycopg.Connection, sql: str) -> list[Any]:
    """Send the statement that Accord sends, and nothing else."""
    return connection.execute(sql.encode()).fetchall()


def _plain(said: str) -> list[Any]:
    """Search as one does without an index: every word anywhere in either side of the name."""
    from django.db.models import Q  # noqa: PLC0415 - models exist only once Django is set up

    from accord.people.queries import Person  # noqa: PLC0415 - the same

    rows = Person.objects.filter(merged_into=None, state="active")
    for word in said.split():
        rows = rows.filter(Q(name__en__icontains=word) | Q(**{"name__zh-hans__icontains": word}))
    return list(rows[:SHOWN])


def _raced(*ways: Callable[[], Any]) -> list[float]:
    """Return the milliseconds of each way: medians of rounds that take turns."""
    times: list[list[float]] = [[] for _way in ways]
    for _round in range(ROUNDS):
        for way, kept in zip(ways, times, strict=True):
            began = time.perf_counter()
            way()
            kept.append((time.perf_counter() - began) * 1000)
    return [median(kept[1:]) for kept in times]


if __name__ == "__main__":
    main()
