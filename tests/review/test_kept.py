"""What is kept even from the office and the chair: items that concern them, and others' reviews before their own."""

import pytest
from django.urls import reverse
from tests.review.scene import NOW, Scene

from accord.kernel.refused import NotThere
from accord.people.queries import actor_for
from accord.review import operations, queries
from accord.review.models import Item
from accord.review.operations import Concerned

WORDS = "To the panel on A-001"


@pytest.fixture
def item(scene: Scene) -> Item:
    """Let the first item have a review, and be the owner's own application; they are officer of the house as well."""
    found = scene.item("A-001")
    scene.review("A-001", "ann", "4")
    operations.put_item(
        panel=scene.panel,
        record=found.record,
        code=found.code,
        title=found.title,
        topics=found.topics,
        people=[Concerned(person=scene.cast.owner.person)],
        by=scene.manager.person,
        at=NOW,
    )
    operations.work_out_standing(panel=scene.panel, at=NOW)
    return found


def read(scene: Scene, name: str, *more: int, who: str = "owner") -> tuple[int, str]:
    """Return the status and the text of a page of the panel."""
    member = scene.members[who] if who in scene.members else getattr(scene.cast, who, scene.manager)
    answer = member.client.get(reverse(f"review:{name}", args=[scene.panel.pk, *more]))
    return answer.status_code, answer.content.decode()


def test_an_officer_who_applied_does_not_look_into_the_own_application(scene: Scene, item: Item) -> None:
    run = operations.propose_assignment(panel=scene.panel, goal="best_total", by=scene.manager.person, at=NOW)
    review = queries.reviews_of(item.record, actor_for(scene.manager.person.account, on=NOW.date()))[0]

    assert read(scene, "panel-item", item.pk)[0] == 404
    assert read(scene, "run-item", run.pk, item.pk)[0] == 404
    assert read(scene, "reopen-review", review.pk)[0] == 404
    assert read(scene, "release", review.assignment_id)[0] == 404
    for name in ("panel-reviews", "panel-standings", "panel-conflicts", "panel-assignment", "assign"):
        assert "A-001" not in read(scene, name)[1], name
    assert "A-001" not in read(scene, "run", run.pk)[1]
    actor = actor_for(scene.cast.owner.person.account, on=NOW.date())
    assert queries.reviews_of(item.record, actor) == []
    with pytest.raises(NotThere):
        queries.show_item(actor, item.pk)
    assert item not in queries.items_visible_to(actor)


def test_another_officer_reads_it_all(scene: Scene, item: Item) -> None:
    assert WORDS in read(scene, "panel-item", item.pk, who="manager")[1]
    for name in ("panel-reviews", "panel-standings"):
        assert "A-001" in read(scene, name, who="manager")[1]


def test_a_chair_in_conflict_does_not_look_into_the_item(scene: Scene) -> None:
    item = scene.item("A-001")
    scene.review("A-001", "ann", "4")
    assert WORDS in read(scene, "panel-item", item.pk, who="eve")[1]

    operations.enter_conflict(panelist=scene.reviewers["eve"], item=item, reason="A cousin", **scene.told)

    assert read(scene, "panel-item", item.pk, who="eve")[0] == 404
    assert "A-001" not in read(scene, "panel-reviews", who="eve")[1]


def test_a_chair_who_reviews_reads_the_others_only_once_the_own_review_is_in(scene: Scene) -> None:
    item = scene.item("A-001")
    scene.review("A-001", "ann", "4")
    operations.work_out_standing(panel=scene.panel, at=NOW)
    scene.assign("A-001", "eve")

    status, text = read(scene, "panel-item", item.pk, who="eve")
    assert status == 200
    assert WORDS not in text
    assert "Raw 66.7" not in text
    assert "You review this item yourself." in text
    for name in ("panel-reviews", "panel-standings"):
        assert "A-001" not in read(scene, name, who="eve")[1]

    scene.review("A-001", "eve", "2")

    assert WORDS in read(scene, "panel-item", item.pk, who="eve")[1]
    assert "A-001" in read(scene, "panel-standings", who="eve")[1]
