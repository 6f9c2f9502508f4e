"""The pages as an officer and a reviewer open them, whole, and the bare SQL of the rows that they show."""

import time
from collections.abc import Callable, Iterator
from statistics import median

import psycopg
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accord.people.models import Account
from benchmarks._form import Line, alone, smaller_is_better
from benchmarks.programmes.world import House, store

WARM, TIMES = 2, 9
MS = "ms"

CALL = "SELECT * FROM programmes_call WHERE id = %(call)s"
LIST = """
    SELECT a.reference, a.title, a.phase, a.stage, a.submitted_at, a.is_late, p.name, count(*) OVER ()
      FROM programmes_application a JOIN people_person p ON p.id = a.applicant_id
     WHERE a.call_id = %(call)s AND a.submitted_at IS NOT NULL ORDER BY a.reference LIMIT 50
"""
QUEUE = """
    SELECT i.code, i.title, s.due_at, r.submitted_at FROM review_assignment s
      JOIN review_item i ON i.id = s.item_id JOIN review_panelist n ON n.id = s.panelist_id
      LEFT JOIN review_review r ON r.assignment_id = s.id
     WHERE n.person_id = %(reviewer)s AND s.released_at IS NULL ORDER BY s.due_at, s.id
"""
SLATE = """
    SELECT a.reference, a.title, p.name, t.raw, t.calibrated, t.spread, t.reviews, count(*) OVER ()
      FROM programmes_application a JOIN people_person p ON p.id = a.applicant_id
      JOIN review_item i ON i.record = 'application:' || a.id JOIN review_standing t ON t.item_id = i.id
     WHERE a.call_id = %(call)s AND a.phase = 'decision' ORDER BY t.raw DESC, a.reference LIMIT 50
"""


def lines(bench: str, url: str, house: House, *, quick: bool) -> Iterator[Line]:
    """Yield for each page and each size: its time against the bare rows, and its number of queries."""
    sizes = (1_000, 10_000) if quick else (1_000, 100_000)
    counts: dict[str, list[int]] = {}
    for many in sizes:
        store(house, many)
        with psycopg.connect(url, autocommit=True) as bare:
            for name, account, address, sql in _pages(house):
                client = _signed_in(account)
                ours = _timed(lambda client=client, address=address: _open(client, address))  # type: ignore[misc]
                given = {"call": house.call.pk, "reviewer": house.reviewer.person_id}
                theirs = _timed(lambda sql=sql, given=given, bare=bare: bare.execute(sql, given).fetchall())  # type: ignore[misc]
                yield smaller_is_better(bench, f"{name}-{many}", ours, theirs, MS)
                with CaptureQueriesContext(connection) as seen:
                    _open(client, address)
                counts.setdefault(name, []).append(len(seen))
    for name, (few, most) in counts.items():
        yield alone(bench, f"{name}-queries-{sizes[0]}", few, "queries")
        yield smaller_is_better(bench, f"{name}-queries-{sizes[1]}-against-{sizes[0]}", most, few, "queries")


def _pages(house: House) -> list[tuple[str, Account, str, str]]:
    return [
        ("call-page", house.officer, house.address, CALL),
        ("application-list", house.officer, f"{house.address}office/applications/", LIST),
        ("reviewer-queue", house.reviewer, "/review/queue/", QUEUE),
        ("slate", house.officer, f"{house.address}office/slate/", SLATE),
    ]


def _signed_in(account: Account) -> Client:
    client = Client(headers={"host": "localhost"})
    client.force_login(account)
    return client


def _open(client: Client, address: str) -> None:
    answer = client.get(address)
    if answer.status_code != 200:
        raise SystemExit(f"{address} answered {answer.status_code}")


def _timed(work: Callable[[], object]) -> float:
    for _each in range(WARM):
        work()
    taken = []
    for _each in range(TIMES):
        began = time.perf_counter()
        work()
        taken.append(time.perf_counter() - began)
    return median(taken) * 1000
