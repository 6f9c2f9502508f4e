"""What is free of 1,000 rooms with half a million bookings stored, a day of them all, and a series with refusals."""

import time
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from statistics import median
from typing import Any
from uuid import uuid4

import psycopg

from benchmarks._form import Line, alone, smaller_is_better
from benchmarks.workspace.world import House, noon, store

MS = "ms"
WARM, TIMES = 3, 15
SERIES = "FREQ=WEEKLY;COUNT=52"

FREE = """
    SELECT space.id, space.code FROM workspace_space space
     WHERE space.kind = 'room' AND space.capacity >= %(seats)s AND NOT EXISTS (
           SELECT FROM workspace_occurrence taken WHERE taken.space_id = space.id
              AND taken.state IN ('confirmed', 'attended')
              AND taken.blocked && tstzrange(%(begins)s, %(begins)s + interval '1 hour'))
     ORDER BY space.capacity, space.code
"""
DAY = """
    SELECT taken.id, taken.space_id, taken.during, booking.title, person.name
      FROM workspace_space space JOIN workspace_occurrence taken ON taken.space_id = space.id
      JOIN workspace_booking booking ON booking.id = taken.booking_id
      JOIN people_person person ON person.id = booking.owner_id
     WHERE taken.state IN ('confirmed', 'attended')
       AND taken.blocked && tstzrange(%(begins)s, %(begins)s + interval '1 day')
     ORDER BY lower(taken.during), taken.id
"""


def lines(bench: str, url: str, house: House, *, quick: bool) -> Iterator[Line]:
    """Will store bookings, time the questions, and yield the lines."""
    dates = 50_000 if quick else 500_000
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("TRUNCATE workspace_occurrence CASCADE")
        store(connection, house, dates)
        yield from _reads(bench, connection, house)
    yield from _series(bench, house)


def _reads(bench: str, connection: psycopg.Connection, house: House) -> Iterator[Line]:
    """Yield the lines of what is only looked up."""
    from accord.workspace import models, queries  # noqa: PLC0415 - models exist only once Django is set up

    site = models.Site.objects.get(pk=house.site)
    day = noon(20)

    def bare(sql: str, begins: datetime) -> Callable[[], object]:
        return lambda: connection.execute(sql, {"begins": begins, "seats": 1}).fetchall()

    free = timed(lambda: queries.free_spaces(site, day, 60, "room", 1))
    yield smaller_is_better(bench, "free-slots", free, timed(bare(FREE, day)), MS)
    grid = timed(lambda: queries.day_grid(site, day.date(), None))
    yield smaller_is_better(bench, "day-grid", grid, timed(bare(DAY, day - timedelta(hours=12))), MS)
    some = queries.bookable_spaces(site, on=day.date())[:50]
    pks = [one.pk for one in some]
    fifty = models.Space.objects.filter(pk__in=pks).select_related("policy", "floor__building__site").order_by("pk")
    yield alone(bench, "day-grid-50", timed(lambda: queries.day_grid(site, day.date(), None, spaces=fifty)), MS)
    space = queries.bookable_spaces(site, on=day.date()).get(pk=house.spaces[7])
    yield alone(bench, "next-free", timed(lambda: queries.next_free(space, day, 60)), MS)


def _series(bench: str, house: House) -> Iterator[Line]:
    """Yield the lines of a series of 52 dates, half of them taken: the statement alone, and the whole booking."""
    from django.db import transaction  # noqa: PLC0415 - models exist only once Django is set up

    from accord.workspace import models, operations  # noqa: PLC0415 - as above
    from accord.workspace.enums import OccurrenceState  # noqa: PLC0415 - as above
    from accord.workspace.operations._bookings_write import Dated, insert_dates  # noqa: PLC0415 - as above
    from accord.workspace.queries import dates_of, span_of, zone_of_space  # noqa: PLC0415 - as above

    space = models.Space.objects.select_related("floor__building__site", "policy").get(pk=house.spaces[3])
    booking, person = models.Booking.objects.get(pk=house.booking), models.Booking.objects.get(pk=house.booking).owner
    start, zone = noon(400).replace(minute=0), zone_of_space(space)
    models.Occurrence.objects.filter(space=space).delete()
    given: dict[str, Any] = {
        "space": space,
        "owner": person,
        "by": person,
        "at": start - timedelta(days=7),
        "minutes": 60,
    }
    operations.book(
        **given, title="Theirs", starts_at=start, key=uuid4(), code="1", rule="FREQ=WEEKLY;INTERVAL=2;COUNT=26"
    )
    starts = dates_of(SERIES, start, zone)
    dates = [Dated(number, span_of(space.policy, zone, one, 60)) for number, one in enumerate(starts)]

    def statement() -> None:
        with transaction.atomic():
            taken = insert_dates(booking, space, dates, OccurrenceState.CONFIRMED, at=start, by=person.pk)
            if len(taken) != len(dates) // 2:
                raise RuntimeError(f"{len(taken)} dates of {len(dates)} were written")
            transaction.set_rollback(True)

    def whole() -> None:
        with transaction.atomic():
            operations.book(
                **given, title="Ours", starts_at=start, key=uuid4(), code="2", rule=SERIES, when_taken="skip"
            )
            transaction.set_rollback(True)

    yield alone(bench, "series-52-dates-26-refused", timed(statement), MS)
    yield alone(bench, "series-52-dates-26-refused-whole-booking", timed(whole), MS)


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
