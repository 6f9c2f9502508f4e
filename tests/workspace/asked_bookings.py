"""What the operations of the API to bookings answer to whom, and how each is asked."""

from datetime import datetime, timedelta
from uuid import UUID

from tests.api.asked import Ask
from tests.workspace.scene import Scene

from accord.kernel import clock
from accord.kernel.models import World
from accord.workspace import models, operations

READERS = ("200", "404", "200", "404", "401")
"""The operator's house: the site here counts for no agreement, so that a partner does not know of it."""
KEEPERS = ("200", "404", "403", "404", "401")
STATUSES: dict[str, tuple[str, ...]] = {
    "list_free_spaces": READERS,
    "list_booked_dates": READERS,
    "book_space": ("201", "404", "201", "404", "401"),
    "read_booking": READERS,
    "cancel_booking": KEEPERS,
    "cancel_date": KEEPERS,
    "check_in_date": KEEPERS,
    "approve_date": KEEPERS,
    "decline_date": KEEPERS,
}
ALWAYS = {str(day): [["00:00", "24:00"]] for day in range(1, 8)}


def asks(scene: Scene) -> dict[str, Ask]:
    """Return how each operation is asked: about a date that begins now, and about one that is asked for."""
    models.BookingPolicy.objects.filter(pk=scene.by_time.pk).update(opening=ALWAYS)
    now = clock.now(World.current())
    running = now.replace(minute=now.minute // 15 * 15, second=0, microsecond=0)
    booked = _book(scene, running, 1)
    models.BookingPolicy.objects.filter(pk=scene.by_time.pk).update(needs_approval=True)
    asked = _book(scene, running + timedelta(days=1), 2)
    site = {"key": scene.site.key}
    when = (running + timedelta(days=3)).isoformat().replace("+00:00", "Z")
    wish = {"space": scene.room.pk, "title": "Planning", "starts_at": when, "minutes": 60}
    date = {**site, "number": booked.occurrences[0].pk}
    request = {**site, "number": asked.occurrences[0].pk}
    one = {**site, "number": booked.booking.pk}
    return {
        "list_free_spaces": Ask(site, query=f"?starts_at={when}&minutes=60"),
        "list_booked_dates": Ask(site),
        "book_space": Ask(site, wish),
        "read_booking": Ask(one),
        "cancel_booking": Ask(one, {"reason": "Ill"}),
        "cancel_date": Ask(date, {}),
        "check_in_date": Ask(date, {}),
        "approve_date": Ask(request, {}),
        "decline_date": Ask(request, {"reason": "Painting"}),
    }


def _book(scene: Scene, starts_at: datetime, number: int) -> operations.Booked:
    return operations.book(
        space=scene.room,
        title="Planning",
        starts_at=starts_at,
        minutes=60,
        owner=scene.lead.person,
        by=scene.lead.person,
        at=starts_at - timedelta(days=1),
        key=UUID(int=number),
        code="123456",
        team=scene.team,
    )
