"""How tests of bookings book: the meeting room of the scene, by somebody of the first team, in September 2019."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

from tests.workspace.scene import Scene

from accord.workspace import models, operations
from accord.workspace.operations import Booked

NOW = datetime(2019, 9, 20, 8, tzinfo=UTC)
MONDAY = datetime(2019, 9, 23, 1, tzinfo=UTC)
"""Nine in the morning in Chengdu."""
HOUR, DAY, WEEK = timedelta(hours=1), timedelta(days=1), timedelta(weeks=1)
EVERY_WEEK = "FREQ=WEEKLY;COUNT=4"


def book(scene: Scene, starts_at: datetime = MONDAY, minutes: int = 60, **more: object) -> Booked:
    """Book the meeting room for an hour."""
    given: dict[str, object] = {
        "space": scene.room,
        "title": "Weekly",
        "owner": scene.lead.person,
        "by": scene.lead.person,
        "at": NOW,
        "key": uuid4(),
        "code": "123456",
        "team": scene.team,
        **more,
    }
    return operations.book(starts_at=starts_at, minutes=minutes, **given)  # type: ignore[arg-type]  # as said above


def book_as_rival(scene: Scene, starts_at: datetime = MONDAY, minutes: int = 60, **more: object) -> Booked:
    """Book the meeting room by somebody of the other team."""
    rival = {"owner": scene.rival.person, "by": scene.rival.person, "team": scene.other_team, "title": "Harbour"}
    return book(scene, starts_at, minutes, **{**rival, **more})


def states(booking: models.Booking) -> list[str]:
    """Return the states of the dates of a booking, in order."""
    return list(booking.occurrences.order_by("sequence").values_list("state", flat=True))


def starts(booking: models.Booking) -> list[datetime]:
    """Return when the dates of a booking begin, in order."""
    return [one.during.lower for one in booking.occurrences.order_by("sequence")]


def set_rules(scene: Scene, **rules: object) -> None:
    """Change how the meeting room is booked."""
    models.BookingPolicy.objects.filter(pk=scene.by_time.pk).update(**rules)


def twin(scene: Scene, code: str, **values: object) -> models.Space:
    """Make another room like the meeting room."""
    room = models.Space.objects.get(pk=scene.room.pk)
    room.pk, room._state.adding = None, True
    for name, value in {"code": code, "door_token": f"door-{code}", "area_m2": 10, **values}.items():
        setattr(room, name, value)
    room.save()
    return room
