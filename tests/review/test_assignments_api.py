"""Assigning by program: by hand, locked and released, by the office and the chair, of the version that was read."""

import pytest
from tests.api.conftest import Caller, caller_for, pointers
from tests.review.scene import Scene

from accord.review.models import Assignment

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("plenty")]


@pytest.fixture
def office(scene: Scene) -> Caller:
    """Return a program of whoever runs the panel."""
    return caller_for(scene.manager)


def test_an_item_is_assigned_once_however_often_it_is_sent(scene: Scene, office: Caller) -> None:
    address = f"/panels/{scene.panel.pk}/assignments"
    body = {"item": "A-001", "reviewer": scene.reviewers["bo"].pk}

    made = office.post(address, body, idempotency_key="one")
    again = office.post(address, body, idempotency_key="one")

    assert (made.status_code, again.json()) == (201, made.json())
    assert (made.json()["source"], made.json()["state"]) == ("hand", "waiting")
    assert office.post(address, body).json()["id"] == made.json()["id"]
    assert [one["item"] for one in office.get(address).json()["items"]] == ["A-001"]
    assert pointers(office.post(address, {**body, "item": "A-999"})) == ["#/item"]
    assert pointers(office.post(address, {**body, "reviewer": 10**9})) == ["#/reviewer"]


def test_an_assignment_is_locked_and_released_of_its_version(scene: Scene, office: Caller) -> None:
    held = scene.assign("A-001", "bo")
    address = f"/panels/{scene.panel.pk}/assignments/{held.pk}"
    tag = office.get(address).headers["ETag"]

    assert office.post(f"{address}/lock", {}).status_code == 428
    locked = office.post(f"{address}/lock", {}, if_match=tag)
    assert (locked.status_code, locked.json()["is_locked"]) == (200, True)
    assert office.post(f"{address}/release", {"reason": "Ill."}, if_match=tag).status_code == 412
    free = office.post(f"{address}/unlock", {}, if_match=locked.headers["ETag"])
    assert free.json()["is_locked"] is False
    assert pointers(office.post(f"{address}/release", {"reason": ""}, if_match="*")) == ["#/reason"]

    gone = office.post(f"{address}/release", {"reason": "Ill."}, if_match=free.headers["ETag"])

    assert (gone.status_code, gone.json()["state"]) == (200, "released")
    assert Assignment.objects.get(pk=held.pk).release_reason.en == "Ill."
    assert office.get(f"/panels/{scene.panel.pk}/assignments").json()["items"] == []


def test_reviewers_assign_nobody(scene: Scene) -> None:
    held = scene.assign("A-001", "bo")
    address = f"/panels/{scene.panel.pk}/assignments"

    reviewer = caller_for(scene.members["bo"])

    assert reviewer.get(address).status_code in {403, 404}
    assert reviewer.post(f"{address}/{held.pk}/release", {"reason": "x"}, if_match="*").status_code in {403, 404}
    assert Assignment.objects.get(pk=held.pk).released_at is None
