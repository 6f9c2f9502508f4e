"""Bookings a second: ours with its constraint and triggers, without any, and as others look before they write.

Driven by pgbench with prepared statements, in short slices in turn, so that what else runs here hits all alike.
"""

import random
import re
import subprocess
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import psycopg

from accord.config.postgres import binary
from benchmarks._form import Line
from benchmarks.workspace.peers import METHODS, PLAIN, double_bookings, make_plain
from benchmarks.workspace.world import House

OURS = "ours"
BEGINS = "('2030-01-01 00:00+00'::timestamptz + :slot * interval '1 hour')"
PER_SECOND = "bookings a second"
TRIED = "attempts a second"
PAIRS = "pairs of double bookings"
FIGURE = re.compile(r"tps = ([0-9.]+)")


@dataclass(frozen=True)
class Load:
    """Who wants what: clients, rooms, hours, seconds a slice and slices."""

    clients: int
    rooms: int
    hours: int
    seconds: int
    slices: int


def lines(bench: str, url: str, house: House, *, quick: bool) -> Iterator[Line]:
    """Will race all methods at low conflict and in a stampede; yield the lines."""
    seconds, slices = (1, 1) if quick else (2, 5)
    with psycopg.connect(url, autocommit=True) as connection:
        make_plain(connection)
        twice: dict[str, int] = defaultdict(int)
        for clients in (1, 8) if quick else (1, 4, 8):
            load = Load(clients, len(house.spaces), 365 * 24, seconds, slices)
            figures = _race(connection, url, house, load, [OURS, *METHODS], twice)
            yield _more(bench, f"booking-insert-{clients}", figures[OURS], figures["plain"], PER_SECOND)
            for name in ("look-then-write", "write-then-look"):
                yield _more(bench, f"booking-insert-{clients}-against-{name}", figures[OURS], figures[name], PER_SECOND)
        stampede = Load(8, 10, 5 * 24, seconds, 2 * slices)
        figures = _race(connection, url, house, stampede, [OURS, *(one for one in METHODS if one != "plain")], twice)
        for name in ("look-then-write", "write-then-look"):
            yield _more(bench, f"booking-stampede-against-{name}", figures[OURS], figures[name], TRIED)
            yield Line(bench, f"overlaps-after-race-{name}", twice[OURS], twice[name], float("nan"), PAIRS)


def _race(
    connection: psycopg.Connection,
    url: str,
    house: House,
    load: Load,
    names: Sequence[str],
    twice: dict[str, int],
) -> Mapping[str, float]:
    """Return the median of each method's slices; every slice begins with an empty table."""
    taken: dict[str, list[float]] = defaultdict(list)
    dice = random.Random(1)
    for _slice in range(load.slices):
        for name in dice.sample(list(names), len(names)):
            table = "workspace_occurrence" if name == OURS else PLAIN
            connection.execute(f"TRUNCATE {table} CASCADE")
            taken[name].append(_slice_of(url, house, load, name))
            twice[name] += double_bookings(connection, table)
    return {name: median(figures) for name, figures in taken.items()}


def _slice_of(url: str, house: House, load: Load, name: str) -> float:
    """Return what pgbench does in one slice."""
    with tempfile.TemporaryDirectory() as folder:
        script = Path(folder) / "script.sql"
        script.write_text(_script(house, load, name))
        words = [binary("pgbench"), url, "-n", "-M", "prepared", "-c", load.clients, "-j", min(load.clients, 2)]
        words += ["-T", load.seconds, "-f", script]
        done = subprocess.run([str(one) for one in words], capture_output=True, text=True, check=True)
    found = FIGURE.search(done.stdout)
    if found is None or "failed" in done.stderr:
        raise RuntimeError(done.stdout + done.stderr)
    return float(found[1])


def _script(house: House, load: Load, name: str) -> str:
    """Return one attempt: a room, an hour, and the method's statements."""
    first = house.spaces[0]
    head = (
        f"\\set room random({first}, {first + load.rooms - 1})\n\\set slot random(0, {load.hours - 1})\n"
        f"\\set booking {house.booking}\n\\set person {house.person}\n"
    )
    return head + (_ours() if name == OURS else METHODS[name].replace(":begins", BEGINS))


def _ours() -> str:
    """Return the statement with which the product writes dates, of one date."""
    from accord.workspace.operations._bookings_write import WHERE_FREE  # noqa: PLC0415 - once Django is set up

    begins, ends = f"ARRAY[{BEGINS}]", f"ARRAY[{BEGINS} + interval '1 hour']"
    return (
        WHERE_FREE
        % {
            "space": ":room",
            "state": "'confirmed'",
            "booking": ":booking",
            "team": "NULL::bigint",
            "simulated": "false",
            "at": "now()",
            "by": ":person",
            "begins": begins,
            "ends": ends,
            "blocked_from": begins,
            "blocked_until": ends,
            "minutes": "ARRAY[60]",
            "sequences": "ARRAY[0]",
        }
        + ";\n"
    )


def _more(bench: str, case: str, ours: float, peer: float, unit: str) -> Line:
    return Line(bench, case, ours, peer, ours / peer, unit)
