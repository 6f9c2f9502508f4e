"""Bookings by API: what is free, once for each key, and refusals that programs can act on."""

from datetime import UTC, datetime, timedelta

import pytest
from tests.api.conftest import Caller, caller_for
from tests.workspace.booked import twin
from tests.workspace.scene import Scene

ROOT = "/work-spaces/dreamworks"


@pytest.fixture
def monday() -> datetime:
    """Return nine in the morning in Chengdu, of the Monday after next."""
    today = datetime.now(UTC).replace(hour=1, minute=0, second=0, microsecond=0)
    return today + timedelta(days=14 - today.weekday())


@pytest.fixture
def lead(scene: Scene) -> Caller:
    """Return a program of who leads a team."""
    return caller_for(scene.lead)


def wish(scene: Scene, starts_at: datetime, **more: object) -> dict[str, object]:
    """Return a wish for the meeting room."""
    given = {"space": scene.room.pk, "title": "Planning", "starts_at": starts_at.isoformat(), "minutes": 60}
    return {**given, **more}


def test_a_space_is_booked_read_and_cancelled(scene: Scene, lead: Caller, monday: datetime) -> None:
    made = lead.post(f"{ROOT}/bookings", wish(scene, monday, rule="FREQ=WEEKLY;COUNT=2"))
    address = made.headers["Location"].removeprefix("http://testserver")
    assert made.status_code == 201
    assert made.json()["team"] == "lantern"
    assert [one["state"] for one in lead.get(address).json()["dates"]] == ["confirmed", "confirmed"]

    number = made.json()["dates"][0]["id"]
    cancelled = lead.post(f"{ROOT}/dates/{number}/cancel", {"reason": "Ill"})

    assert (cancelled.json()["state"], cancelled.json()["note"]) == ("cancelled", "Ill")
    assert [one["state"] for one in lead.get(address).json()["dates"]] == ["cancelled", "confirmed"]


def test_the_same_key_books_once(scene: Scene, lead: Caller, monday: datetime) -> None:
    first = lead.post(f"{ROOT}/bookings", wish(scene, monday), idempotency_key="one")
    again = lead.post(f"{ROOT}/bookings", wish(scene, monday), idempotency_key="one")
    assert (first.status_code, again.json()) == (201, first.json())
    assert len(lead.get(f"{ROOT}/bookings").json()["items"]) == 1


def test_a_refusal_names_dates_and_what_is_free_next(scene: Scene, lead: Caller, monday: datetime) -> None:
    caller_for(scene.rival).post(f"{ROOT}/bookings", wish(scene, monday, title="Secret"))

    refused = lead.post(f"{ROOT}/bookings", wish(scene, monday, rule="FREQ=WEEKLY;COUNT=2"))

    body = refused.json()
    assert (refused.status_code, body["code"]) == (409, "space-taken")
    assert [(one["starts_at"], one["code"]) for one in body["refused"]] == [(monday.isoformat(), "taken")]
    assert body["free"][0] == (monday + timedelta(hours=1)).isoformat()
    assert "Secret" not in refused.content.decode()


def test_dates_that_are_taken_are_skipped(scene: Scene, lead: Caller, monday: datetime) -> None:
    caller_for(scene.rival).post(f"{ROOT}/bookings", wish(scene, monday))
    made = lead.post(f"{ROOT}/bookings", wish(scene, monday, rule="FREQ=WEEKLY;COUNT=2", when_taken="skip"))
    assert [one["code"] for one in made.json()["refused"]] == ["taken"]
    assert len(made.json()["dates"]) == 1


def test_what_is_free(scene: Scene, lead: Caller, monday: datetime) -> None:
    twin(scene, "R-020", capacity=20, features=["screen"])
    lead.post(f"{ROOT}/bookings", wish(scene, monday))
    when = monday.isoformat().replace("+00:00", "Z")

    answer = lead.get(f"{ROOT}/availability?starts_at={when}&minutes=60")
    with_screen = lead.get(f"{ROOT}/availability?starts_at={when}&minutes=60&feature=screen&seats=21")

    assert [one["code"] for one in answer.json()["items"]] == ["R-020"]
    assert with_screen.json()["items"] == []


def test_others_do_not_cancel_and_do_not_book_for_teams_that_are_not_theirs(
    scene: Scene, lead: Caller, monday: datetime
) -> None:
    made = lead.post(f"{ROOT}/bookings", wish(scene, monday))
    colleague = caller_for(scene.worker)
    assert colleague.post(f"{ROOT}/bookings/{made.json()['id']}/cancel", {}).status_code == 403
    assert caller_for(scene.rival).post(f"{ROOT}/bookings/{made.json()['id']}/cancel", {}).status_code == 404
    other = colleague.post(f"{ROOT}/bookings", wish(scene, monday + timedelta(hours=2), team="harbour"))
    assert (other.status_code, other.json()["errors"][0]["pointer"]) == (422, "#/team")
    assert caller_for(scene.cast.partner).post(f"{ROOT}/bookings", wish(scene, monday)).status_code == 403
