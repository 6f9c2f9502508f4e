"""Reminders: each once, to whom it concerns, and without a name of those who are judged."""

from collections import Counter
from datetime import timedelta

import pytest
from tests.review.scene import DUE, Scene

from accord.outbox.models import InboxNote, Message
from accord.review import operations


def chased(scene: Scene, days: int) -> int:
    """Chase so many days after the reviews were due, negative ones before."""
    del scene
    return operations.chase(at=DUE + timedelta(days=days))


def topics() -> Counter[str]:
    return Counter(Message.objects.filter(topic__in=["review.due", "review.late"]).values_list("topic", flat=True))


def test_every_reminder_goes_out_once(scene: Scene) -> None:
    scene.assign("A-001", "ann")
    scene.assign("A-002", "ann")
    scene.review("A-003", "bo", "4")

    sent = [chased(scene, day) for day in range(-9, 6)]

    assert sent == [0, 0, 1, 0, 0, 0, 0, 1, 0, 1, 0, 1, 0, 0, 0]  # 7 and 2 days before, on the day, 2 days after
    assert topics() == {"review.due": 3, "review.late": 1}


def test_a_late_review_is_told_to_office_and_chair_by_name_and_number(scene: Scene) -> None:
    scene.assign("A-001", "ann")

    chased(scene, 3)

    note = Message.objects.get(topic="review.late")
    told = set(InboxNote.objects.filter(message=note).values_list("person__key", flat=True))
    assert told == {"owner", "panel-manager", "eve"}
    assert "Ann Reviewer" in note.subject.en
    assert "1" in note.body.en
    assert "Applicant" not in f"{note.subject}{note.body}"


def test_who_is_assigned_late_is_spared_what_is_past(scene: Scene) -> None:
    scene.assign("A-001", "ann", at=DUE - timedelta(days=1))

    assert [chased(scene, -1), chased(scene, 0)] == [0, 1]


@pytest.mark.parametrize("how", ["submitted", "released", "withdrawn", "closed"])
def test_nobody_is_reminded_of_what_is_done(scene: Scene, how: str) -> None:
    assignment = scene.assign("A-001", "ann")
    if how == "submitted":
        scene.review("A-001", "ann", "4")
    elif how == "released":
        operations.release(assignment=assignment, reason="Ill", **scene.told)
    elif how == "withdrawn":
        operations.withdraw_item(panel=scene.panel, record="paper:1", **scene.told)
    else:
        operations.close_panel(panel=scene.panel, **scene.told)

    assert chased(scene, 0) == 0


def test_a_new_date_begins_the_reminders_again(scene: Scene) -> None:
    scene.assign("A-001", "ann")
    chased(scene, -7)
    later = DUE + timedelta(days=14)
    panel = scene.fresh()
    operations.change_panel(panel=panel, version=panel.version, due_at=later, **scene.told)

    assert chased(scene, -7) == 0
    assert operations.chase(at=later - timedelta(days=7)) == 1
