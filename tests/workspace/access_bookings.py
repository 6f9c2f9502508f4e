"""What the doors of booking answer to whom."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

from tests.access import DONE, EVERYBODY, Probe, answers, done
from tests.house.stage import NOW, Stage
from tests.workspace.access import HOUSE, KEEPERS, site
from tests.workspace.booked import twin
from tests.workspace.scene import Scene

from accord.kernel import clock
from accord.kernel.models import World
from accord.kernel.text import Bilingual
from accord.people import operations as people
from accord.workspace import models, operations
from accord.workspace.enums import SHOW_WALL

ALWAYS = {str(day): [["00:00", "24:00"]] for day in range(1, 8)}
WEDNESDAY = datetime(2019, 10, 2, 1, tzinfo=UTC)
CODE = "135790"
OWN_DATES = answers(DONE, 404, 302, 302, 404, deputy=302)
"""Who has dates of their own gets something done; the others of the house are let in and have nothing."""
OWN_FEEDS = OWN_DATES.but(executive=DONE)


def furnish(stage: Stage) -> None:
    """Book by the owner: a date now, one ahead, a request, a private one; close a space, make a wall and a feed."""
    scene: Scene = stage.rows["workspace"]
    hall = _hall(scene)
    now = clock.now(World.current()).replace(second=0, microsecond=0)
    stage.rows["date now"] = _book(stage, hall, now - timedelta(minutes=1), minutes=300)
    stage.rows["date ahead"] = _book(stage, scene.room, WEDNESDAY)
    _book(stage, scene.room, WEDNESDAY + timedelta(hours=2), title="About the purchase", is_private=True)
    stage.keep_private("title of a private booking", "About the purchase", "owner", "steward", "deputy")
    models.BookingPolicy.objects.filter(pk=hall.policy_id).update(needs_approval=True)
    stage.rows["booking-request"] = _book(stage, hall, WEDNESDAY)
    stage.rows["closure"] = operations.close_for(
        site=scene.site,
        space=scene.desk,
        starts_at=WEDNESDAY,
        ends_at=WEDNESDAY + timedelta(hours=1),
        reason=Bilingual("Painting", "粉刷"),
        by=stage.cast.owner.person,
        at=NOW,
    )
    stage.hide("address of a wall display", "wall-token-that-nobody-finds")
    stage.rows["wall"] = people.make_link(
        person=stage.cast.owner.person,
        purpose=SHOW_WALL,
        record=f"site:{scene.site.pk}",
        expires_at=NOW + timedelta(days=90),
        token="wall-token-that-nobody-finds",
        by=stage.cast.owner.person,
        at=NOW,
    )
    stage.hide("address of a calendar feed", "feed-token-that-nobody-finds")
    operations.make_feed(token="feed-token-that-nobody-finds", by=stage.cast.executive.person, at=NOW)
    operations.make_feed(token="another-feed-token", by=stage.cast.owner.person, at=NOW)


def _hall(scene: Scene) -> models.Space:
    """Make a room that is open day and night."""
    policy = models.BookingPolicy.objects.create(
        site=scene.site, name=Bilingual("Hall", "报告厅"), opening=ALWAYS, step_minutes=1, min_minutes=1
    )
    return twin(scene, "H-101", policy=policy)


def _book(stage: Stage, space: models.Space, starts_at: datetime, **more: Any) -> models.Occurrence:
    """Book a space by the owner for an hour."""
    given = {"title": "Talk of the quarter", "minutes": 60, **more}
    by = stage.cast.owner.person
    at = min(NOW, starts_at) - timedelta(hours=1)
    made = operations.book(
        space=space, starts_at=starts_at, owner=by, by=by, at=at, key=uuid4(), code=CODE, is_simulated=True, **given
    )
    return made.occurrences[0]


def date(name: str) -> Any:
    """Return a function that gives the parts of the address of a date."""

    def parts(stage: Stage) -> dict[str, Any]:
        one = stage.rows[name]
        return {"key": "dreamworks", "pk": one.booking_id, "date": one.pk}

    return parts


def booking(stage: Stage) -> dict[str, Any]:
    """Return the parts of the address of a booking."""
    return {"key": "dreamworks", "pk": stage.rows["date ahead"].booking_id}


def row(name: str) -> Any:
    """Return a function that gives the parts of the address of a row."""
    return lambda stage: {"key": "dreamworks", "pk": stage.rows[name].pk}


def space(stage: Stage) -> dict[str, Any]:
    """Return the parts of the address of the meeting room."""
    return {"key": "dreamworks", "pk": stage.rows["workspace"].room.pk}


def _closing(stage: Stage) -> dict[str, Any]:
    return {
        "where": f"space-{stage.rows['workspace'].desk.pk}",
        "from_on": "2019-11-04",
        "from_time": "08:00",
        "until_on": "2019-11-04",
        "until_time": "12:00",
        "reason_0": "Cleaning",
    }


PROBES = [
    Probe("workspace:booking", get=HOUSE, at=site, ask="day=2019-10-02"),
    Probe("workspace:booking-week", get=HOUSE, at=space, ask="day=2019-10-02"),
    Probe("workspace:find-space", get=HOUSE, at=site),
    Probe(
        "workspace:book",
        get=HOUSE,
        post=done(HOUSE),
        at=space,
        body=lambda _stage: {"title": "A talk", "day": "2019-10-02", "start": "15:00", "length": "60"},
    ),
    Probe("workspace:bookings", get=HOUSE, at=site),
    Probe(
        "workspace:cancel-range",
        get=HOUSE,
        post=OWN_DATES,
        at=site,
        body=lambda _stage: {"from_on": "2019-10-01", "until_on": "2019-10-09", "step": "confirm"},
    ),
    Probe("workspace:feed", get=HOUSE, post=done(HOUSE).but(deputy=403), at=site),
    Probe("workspace:revoke-feed", post=OWN_FEEDS, at=site),
    Probe("workspace:feed-file", get=EVERYBODY, at=lambda _stage: {"token": "feed-token-that-nobody-finds"}),
    Probe("workspace:requests", get=KEEPERS, at=site),
    Probe(
        "workspace:settle-request",
        get=KEEPERS,
        post=done(KEEPERS),
        at=row("booking-request"),
        body=lambda _stage: {"decision": "approve"},
    ),
    Probe("workspace:closures", get=HOUSE, at=site),
    Probe("workspace:closure", get=HOUSE, at=row("closure")),
    Probe("workspace:close", get=KEEPERS, post=done(KEEPERS), at=site, body=_closing),
    Probe("workspace:lift-closure", post=done(KEEPERS), at=row("closure")),
    Probe("workspace:walls", get=KEEPERS, post=done(KEEPERS), at=site),
    Probe("workspace:revoke-wall", post=done(KEEPERS), at=row("wall")),
    Probe("workspace:wall", get=EVERYBODY, at=lambda _stage: {"token": "wall-token-that-nobody-finds"}),
    Probe("workspace:door-sign", get=KEEPERS, at=space),
    Probe(
        "workspace:door",
        get=EVERYBODY,
        post=done(EVERYBODY),
        at=lambda _stage: {"token": "door-H-101"},
        body=lambda _stage: {"code": CODE},
    ),
    Probe("workspace:one-booking", get=HOUSE, at=booking),
    Probe("workspace:check-in", post=done(KEEPERS), at=date("date now")),
    Probe(
        "workspace:cancel-booking",
        get=KEEPERS,
        post=done(KEEPERS),
        at=date("date ahead"),
        body=lambda _stage: {"scope": "this"},
    ),
    Probe(
        "workspace:change-booking",
        get=KEEPERS,
        post=done(KEEPERS),
        at=date("date ahead"),
        body=lambda _stage: {"start": "17:00"},
    ),
]
