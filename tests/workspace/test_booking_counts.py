"""Pages of booking ask the database the same few questions, however many spaces and bookings there are."""

from datetime import UTC, date, datetime, timedelta

import pytest
from tests.cast import moment
from tests.workspace.booked import book, twin
from tests.workspace.scene import Scene

from accord.kernel.models import World

pytestmark = pytest.mark.django_db
TODAY = date(2019, 9, 30)
WEDNESDAY = datetime(2019, 10, 2, 0, tzinfo=UTC)
AT = "/workspace/dreamworks/booking/"
PAGES = [
    ("?day=2019-10-02", 12),
    ("spaces/{room}/?day=2019-10-02", 11),
    ("find/?day=2019-10-02&start=09:00&minutes=60&kind=room", 12),
    ("mine/", 10),
    ("{booking}/", 10),
]


@pytest.mark.parametrize(("path", "queries"), PAGES)
def test_page_takes_as_many_queries_for_much_as_for_little(
    scene: Scene, django_assert_num_queries, path: str, queries: int
) -> None:
    World.objects.create(is_demo=True, demo_day=TODAY, seed=7, scale=1.0, built_at=moment(TODAY, 1))
    booking = book(scene, WEDNESDAY, rule="FREQ=DAILY;COUNT=2").booking
    path = AT + path.format(room=scene.room.pk, booking=booking.pk)
    scene.lead.client.get(path)  # fills what a process keeps

    with django_assert_num_queries(queries):
        scene.lead.client.get(path)
    fill(scene)
    with django_assert_num_queries(queries):
        scene.lead.client.get(path)


def fill(scene: Scene) -> None:
    """Add ten rooms, and bookings to every room of the day and the week."""
    rooms = [scene.room, *(twin(scene, f"R-9{number:02}") for number in range(10))]
    for number, room in enumerate(rooms):
        for hour in (2, 5):
            book(scene, WEDNESDAY + timedelta(hours=hour), space=room, title=f"Talk {number}")
