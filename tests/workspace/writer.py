"""A process that books and moves series without end, and prints each booking once it is committed."""

import sys
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from uuid import uuid4

from accord.config import env
from accord.config.postgres import running

BEGINS = datetime(2030, 1, 7, 1, tzinfo=UTC)
DATES = 5
WORKDAYS = {str(day): [["08:00", "20:00"]] for day in range(1, 6)}


def write_forever() -> None:
    """Book a series of whole weeks and move it by an hour, one after the other, until somebody kills the process."""
    import django  # noqa: PLC0415 (only once the database is known)

    django.setup()
    from django.core.management import call_command  # noqa: PLC0415 (the same)

    call_command("migrate", verbosity=0)
    from accord.kernel.text import Bilingual  # noqa: PLC0415 (only once Django is set up)
    from accord.people import operations as people  # noqa: PLC0415 (the same)
    from accord.workspace import models, operations  # noqa: PLC0415 (the same)

    by = people.register_person(key="writer", name=Bilingual("Writer"))
    operator = people.ensure_institution(key="operator", name=Bilingual("Operator"), kind="company")
    said = {"by": by, "at": BEGINS - timedelta(days=1)}
    site = operations.open_site(
        key="site", name=Bilingual("Site"), operator=operator, time_zone="Asia/Shanghai", currency="CNY", **said
    )
    building = operations.add_building(site=site, key="a", name=Bilingual("A"), **said)
    floor = operations.add_floor(building=building, level=0, area_m2=Decimal(9000), **said)
    rules = models.BookingPolicy.objects.create(site=site, name=Bilingual("Rooms"), opening=WORKDAYS)
    number = 0
    while True:
        number += 1
        room = operations.add_space(
            floor=floor,
            code=f"R-{number}",
            kind="room",
            starts_on=date(2019, 1, 1),
            door_token=f"door-{number}",
            area_m2=Decimal(1),
            policy=rules,
            **said,
        )
        booked = operations.book(
            space=room,
            title="Weekly",
            starts_at=BEGINS,
            minutes=60,
            owner=by,
            key=uuid4(),
            code="123456",
            rule=f"FREQ=WEEKLY;COUNT={DATES}",
            **said,
        )
        operations.change_following(
            occurrence=booked.occurrences[2], starts_at=BEGINS + timedelta(weeks=2, hours=1), **said
        )
        print(booked.booking.pk, flush=True)  # noqa: T201 (the test reads it)


if __name__ == "__main__":
    folder = Path(sys.argv[1])
    env.use(data_dir=folder)
    with running(folder / "postgres") as server:
        env.use(database_url=server.url)
        write_forever()
