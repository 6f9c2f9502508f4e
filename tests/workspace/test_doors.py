"""What stands at a door and on a wall, for whoever comes by without an account."""

from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from django.test import Client
from tests.workspace.scene import Scene

from accord.kernel import clock
from accord.kernel.text import Bilingual
from accord.workspace import operations
from accord.workspace.models import Occurrence, Space

pytestmark = pytest.mark.django_db
ALWAYS = {str(day): [["00:00", "24:00"]] for day in range(1, 8)}


def booked_now(scene: Scene, space: Space | None = None, **more: object) -> Occurrence:
    """Book a space from five minutes ago for an hour, as it would stand now."""
    scene.by_time.opening, scene.by_time.step_minutes, scene.by_time.min_minutes = ALWAYS, 1, 1
    scene.by_time.save()
    start = clock.now().replace(second=0, microsecond=0) - timedelta(minutes=5)
    given = {"title": "Plans", "owner": scene.lead.person, "by": scene.lead.person, "team": scene.team, **more}
    made = operations.book(
        space=space or scene.room,
        starts_at=start,
        minutes=60,
        key=uuid4(),
        code="123456",
        at=start - timedelta(days=1),
        **given,  # type: ignore[arg-type]  # what the operation takes
    )
    return made.occurrences[0]


def door(scene: Scene) -> str:
    """Return the address that the code on the door opens."""
    return f"/workspace/doors/{scene.room.door_token}/"


def test_door_says_what_is_on(scene: Scene) -> None:
    booked_now(scene)

    page = Client().get(door(scene)).text

    assert ("Plans" in page, "Lantern" in page, "Taken until" in " ".join(page.split())) == (True, True, True)
    assert "123456" not in page
    assert str(scene.lead.person.name) not in page.replace("Lead-in", "")


def test_door_tells_nothing_of_what_is_private(scene: Scene) -> None:
    booked_now(scene, title="Secret of the lantern", is_private=True)

    page = Client().get(door(scene)).text

    assert ("Secret" in page, "Lantern" in page) == (False, False)
    assert "until" in page


def test_code_checks_in_without_an_account(scene: Scene) -> None:
    date = booked_now(scene)

    wrong = Client().post(door(scene), {"code": "000000"})
    right = Client().post(door(scene), {"code": "123456"}, follow=True)

    date.refresh_from_db()
    assert (wrong.status_code, "No booking of this space has this code" in wrong.text) == (422, True)
    assert "You are checked in." in right.text
    assert date.state == "attended"


def test_door_takes_only_so_many_tries(scene: Scene) -> None:
    date = booked_now(scene)

    tries = [Client().post(door(scene), {"code": f"{number:06}"}).status_code for number in range(8)]
    late = Client().post(door(scene), {"code": "123456"})

    date.refresh_from_db()
    assert set(tries[:6]) == {422}
    assert (tries[-1], late.status_code) == (429, 429)
    assert date.state == "confirmed"


def test_unknown_door_is_not_there(scene: Scene) -> None:
    del scene

    assert Client().get("/workspace/doors/nobody-knows-this/").status_code == 404


def test_sign_bears_the_address_of_the_door_as_a_drawing(scene: Scene) -> None:
    page = scene.operator.client.get(f"/workspace/dreamworks/booking/spaces/{scene.room.pk}/sign/").text

    assert "<svg" in page
    assert f"http://testserver{door(scene)}" in page
    assert "style=" not in page.split('<div class="qr"')[1].split("</div>")[0]


def wall(scene: Scene) -> str:
    """Make the address of a display; return its path."""
    page = scene.operator.client.post("/workspace/dreamworks/booking/walls/").text
    return "/" + page.split("http://testserver/")[1].split("<")[0]


def test_wall_shows_rooms_and_teams_but_nothing_private(scene: Scene) -> None:
    booked_now(scene, title="Open day")
    lab = scene.lab
    lab.policy = scene.by_time
    lab.save()
    booked_now(scene, space=lab, title="Secret of the lantern", is_private=True)
    path = wall(scene)

    page, part = Client().get(path), Client(headers={"HX-Request": "true"}).get(path)

    assert ("Open day" in page.text, "Secret" in page.text) == (True, False)
    assert "L-001" in page.text
    assert page.headers["Cache-Control"] == "no-store, private"
    assert ("<html" in page.text, "<html" in part.text, "Open day" in part.text) == (True, False, True)


def test_wall_names_who_sits_where(scene: Scene) -> None:
    now = clock.now()
    Occurrence.objects.filter(kind="tenancy").update(
        during=(now - timedelta(days=1), now + timedelta(days=9)),
        blocked=(now - timedelta(days=1), now + timedelta(days=9)),
    )

    page = " ".join(Client().get(wall(scene)).text.split())

    assert "<strong>Lantern</strong><span>A-001</span>" in page


def test_wall_ends_when_its_address_is_taken_back(scene: Scene) -> None:
    path = wall(scene)
    listed = scene.operator.client.get("/workspace/dreamworks/booking/walls/").text
    address = listed.split("/booking/walls/")[-1].split('"')[0]

    scene.operator.client.post(f"/workspace/dreamworks/booking/walls/{address}")

    assert path.rpartition("/wall/")[2].strip("/") not in listed
    assert Client().get(path).status_code == 410


def test_closed_room_says_why(scene: Scene) -> None:
    now: datetime = clock.now()
    operations.close_for(
        site=scene.site,
        space=scene.room,
        starts_at=now - timedelta(hours=1),
        ends_at=now + timedelta(hours=1),
        reason=Bilingual("Painting", "粉刷"),
        by=scene.operator.person,
        at=now,
    )

    page = Client().get(door(scene)).text

    assert ("Closed" in page, "Painting" in page) == (True, True)
