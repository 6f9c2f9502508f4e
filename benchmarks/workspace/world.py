"""A site with rooms, and as many bookings as are asked for."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import psycopg

FIRST = datetime(2030, 1, 1, tzinfo=UTC)
"""A Tuesday; the site keeps the time of UTC."""
ROOMS_A_FLOOR = 20
ALWAYS = {str(day): [["00:00", "24:00"]] for day in range(1, 8)}

BOOKINGS = """
    INSERT INTO workspace_booking (key, space_id, title, note, is_private, owner_id, rule, starts_at, minutes, code,
                                   is_simulated, made_at, made_by_id, version)
    SELECT gen_random_uuid(), space, 'Meeting', '', false, %(person)s, '', %(first)s, 60, '000000', false, %(first)s,
           %(person)s, 1
      FROM unnest(%(spaces)s::bigint[]) AS space RETURNING id, space_id
"""
DATES = """
    INSERT INTO workspace_occurrence (space_id, kind, state, during, blocked, minutes, booking_id, sequence, note,
                                      is_simulated, made_at, made_by_id)
    SELECT booking.space_id, 'booking', 'confirmed', span, span, 60, booking.id, number, '', false, %(first)s,
           %(person)s
      FROM workspace_booking booking, generate_series(0, %(each)s - 1) AS number,
           LATERAL (SELECT %(first)s + number * interval '17 hours' + booking.space_id %% 8 * interval '1 hour'
                    AS begins) AS hour,
           LATERAL (SELECT tstzrange(hour.begins, hour.begins + interval '1 hour') AS span) AS hours
     WHERE booking.title = 'Meeting'
"""


@dataclass(frozen=True)
class House:
    """The site, its rooms, and somebody who books."""

    site: int
    spaces: tuple[int, ...]
    person: int
    booking: int


def build(rooms: int) -> House:
    """Will make a site with so many meeting rooms, and one booking for dates to hang on."""
    from accord.kernel.text import Bilingual  # noqa: PLC0415 - models exist only once Django is set up
    from accord.people import operations as people  # noqa: PLC0415 - as above
    from accord.workspace import models, operations  # noqa: PLC0415 - as above

    operator = people.ensure_institution(key="operator", name=Bilingual("Operator"), kind="company")
    person = people.register_person(key="somebody", name=Bilingual("Somebody"))
    by: dict[str, Any] = {"by": person, "at": FIRST}
    site = operations.open_site(
        key="house", name=Bilingual("House"), operator=operator, time_zone="UTC", currency="CNY", **by
    )
    building = operations.add_building(site=site, key="a", name=Bilingual("A"), **by)
    floors = [
        operations.add_floor(building=building, level=level, area_m2=Decimal(1000), **by)
        for level in range(rooms // ROOMS_A_FLOOR)
    ]
    policy = models.BookingPolicy.objects.create(
        site=site, name=Bilingual("Rooms"), opening=ALWAYS, advance_days=10_000
    )
    spaces = [
        operations.add_space(
            floor=floors[number // ROOMS_A_FLOOR],
            code=f"R-{number:04}",
            kind="room",
            starts_on=date(2020, 1, 1),
            door_token=f"door-{number}",
            area_m2=Decimal(10),
            capacity=number % 20 + 1,
            policy=policy,
            **by,
        ).pk
        for number in range(rooms)
    ]
    booking = models.Booking.objects.create(
        key="00000000-0000-4000-8000-000000000001",
        space_id=spaces[0],
        title="Any",
        owner=person,
        starts_at=FIRST,
        minutes=60,
        code="000000",
        made_at=FIRST,
        made_by=person,
    )
    return House(site.pk, tuple(spaces), person.pk, booking.pk)


def store(connection: psycopg.Connection, house: House, dates: int) -> None:
    """Will store so many dates, evenly over the rooms, one in about seventeen hours each; triggers look away."""
    given = {"spaces": list(house.spaces), "person": house.person, "first": FIRST}
    connection.execute("SET session_replication_role = replica")
    connection.execute("DELETE FROM workspace_booking WHERE title = 'Meeting'")
    connection.execute(BOOKINGS, given)
    connection.execute(DATES, {**given, "each": dates // len(house.spaces)})
    connection.execute("SET session_replication_role = DEFAULT")
    connection.execute("ANALYZE")


def noon(day: int) -> datetime:
    """Will return noon of a day among those that are stored."""
    return FIRST + timedelta(days=day, hours=12)
