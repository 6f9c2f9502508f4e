"""A match of many applicants: gathered, run, checked, and published with an offer for everybody who has a place."""

import time
from collections.abc import Iterator
from datetime import timedelta

from django.db import connection
from django.test.utils import CaptureQueriesContext

from accord.kernel.text import Bilingual
from accord.people import operations as people
from accord.programmes import operations as programmes
from accord.programmes.models import Offer, Place
from benchmarks._form import Line, alone
from benchmarks.programmes.world import NOW, House, store_waiting

WISHES = """
    INSERT INTO programmes_wish (application_id, place_id, rank)
    SELECT application_id, place_id, row_number() OVER (PARTITION BY application_id ORDER BY taste)
      FROM (
        SELECT a.id AS application_id, p.id AS place_id, md5(a.id || ':' || p.id) AS taste,
               row_number() OVER (PARTITION BY a.id ORDER BY md5(p.id || '-' || a.id)) AS lot
          FROM programmes_application a JOIN programmes_place p ON p.call_id = a.call_id
         WHERE a.call_id = %(call)s
      ) AS drawn WHERE lot <= 6
"""
RANKS = """
    INSERT INTO programmes_hostrank (place_id, application_id, rank, is_unwanted, reason)
    SELECT place_id, application_id, row_number() OVER (PARTITION BY place_id ORDER BY md5(id::text)), false, ''
      FROM programmes_wish WHERE place_id IN (SELECT id FROM programmes_place WHERE call_id = %(call)s)
"""


def lines(bench: str, url: str, house: House, *, quick: bool) -> Iterator[Line]:
    """Yield how long a match takes to run and to publish, and in how many queries."""
    many = 1_000 if quick else 10_000
    call, by = house.open_call, house.officer.person
    _places(house, many)
    store_waiting(url, call, f"W{many}", many)
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute(WISHES, {"call": call.pk})
        cursor.execute(RANKS, {"call": call.pk})
        cursor.execute("SET session_replication_role = DEFAULT")
        cursor.execute("ANALYZE")
    began = time.perf_counter()
    run = programmes.run_match(call=call, mechanism="fair-match", by=by, at=NOW)
    yield alone(bench, f"match-run-{many}", time.perf_counter() - began, "s")
    began = time.perf_counter()
    with CaptureQueriesContext(connection) as seen:
        programmes.publish_match(run=run, answer_by=NOW + timedelta(days=14), by=by, at=NOW)
    yield alone(bench, f"match-published-{many}", time.perf_counter() - began, "s")
    yield alone(bench, f"match-published-{many}-queries", len(seen), "queries")
    yield alone(bench, f"match-offers-{many}", Offer.objects.filter(run=run).count(), "offers")


def _places(house: House, many: int) -> None:
    """Make places for eight in ten, twenty each."""
    host = programmes.invite_host(
        call=house.open_call,
        institution=people.ensure_institution(key="host", name=Bilingual("Host"), kind="company"),
        contact=house.officer.person,
        email="host@example.org",
        by=house.officer.person,
        at=NOW - timedelta(days=80),
    )
    Place.objects.bulk_create(
        Place(
            call=house.open_call,
            host=host,
            code=f"P{number:04}",
            name=Bilingual(f"Place {number}"),
            count=20,
            opened_at=NOW,
            opened_by=house.officer.person,
        )
        for number in range(many * 8 // 10 // 20)
    )
