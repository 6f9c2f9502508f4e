"""What the database refuses, whatever the code does."""

from collections.abc import Callable
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from tests.review.scene import NOW, Scene

from accord.kernel.constraints import broken
from accord.kernel.text import Bilingual
from accord.review import models, operations

Act = Callable[[Scene], object]


def assigned(scene: Scene, code: str, name: str) -> models.Assignment:
    """Write an assignment past the operations."""
    return models.Assignment.objects.create(
        item=scene.item(code),
        panelist=scene.reviewers[name],
        assigned_at=NOW,
        assigned_by=scene.cast.owner.person,
        due_at=NOW,
    )


def conflict(scene: Scene, code: str, name: str) -> models.Conflict:
    return models.Conflict.objects.create(
        item=scene.item(code), panelist=scene.reviewers[name], kind="declared", source="declared", found_at=NOW
    )


def _assign_against_a_conflict(scene: Scene) -> None:
    conflict(scene, "A-001", "ann")
    assigned(scene, "A-001", "ann")


def _assign_again_against_a_conflict(scene: Scene) -> None:
    row = scene.assign("A-001", "ann")
    operations.declare_conflict(
        panelist=scene.reviewers["ann"], item=scene.item("A-001"), reason="", by=scene.cast.owner.person, at=NOW
    )
    models.Assignment.objects.filter(pk=row.pk).update(released_at=None, released_by=None)


def _conflict_against_an_assignment(scene: Scene) -> None:
    scene.assign("A-001", "ann")
    conflict(scene, "A-001", "ann")


def _conflict_stands_again(scene: Scene) -> None:
    row = conflict(scene, "A-001", "ann")
    operations.lift_conflict(conflict=row, reason="Not so", **scene.told)
    scene.assign("A-001", "ann")
    models.Conflict.objects.filter(pk=row.pk).update(lifted_at=None, lifted_by=None, lift_reason="")


def _withdrawn(scene: Scene) -> None:
    operations.withdraw_item(panel=scene.panel, record="paper:1", **scene.told)
    assigned(scene, "A-001", "ann")


def _another_panel(scene: Scene) -> None:
    other = operations.open_panel(
        subject="agreement:1",
        name=Bilingual("Other"),
        rubric=scene.rubric,
        owner=scene.owner,
        mode="open",
        reviews_each=1,
        max_load=1,
        due_at=NOW,
        **scene.told,
    )
    item = operations.put_item(panel=other, record="x:1", code="X", title="", topics="", people=[], **scene.told)
    models.Assignment.objects.create(
        item=item,
        panelist=scene.reviewers["ann"],
        assigned_at=NOW,
        assigned_by=scene.cast.owner.person,
        due_at=NOW,
    )


def _score(scene: Scene, value: str) -> None:
    review = scene.review("A-001", "ann", "4", submit=False)
    models.Score.objects.filter(review=review, criterion__key="plan").update(value=Decimal(value))


def _score_after_submit(scene: Scene) -> None:
    review = scene.review("A-001", "ann", "4")
    models.Score.objects.filter(review=review).update(value=Decimal(5))


def _score_gone_after_submit(scene: Scene) -> None:
    scene.review("A-001", "ann", "4").scores.all().delete()


def _words_after_submit(scene: Scene) -> None:
    review = scene.review("A-001", "ann", "4")
    models.Review.objects.filter(pk=review.pk).update(comment_to_applicant="Another word")


def _score_of_another_rubric(scene: Scene) -> None:
    other = operations.make_rubric(
        owner=scene.owner,
        key="other",
        name=Bilingual("Other"),
        criteria=[operations.CriterionFacts("x", Bilingual("X"))],
        **scene.told,
    )
    review = scene.review("A-001", "ann", "4", submit=False)
    models.Score.objects.create(review=review, criterion=other.criteria.get(), value=Decimal(1))


def _rubric_in_use(scene: Scene) -> None:
    models.Rubric.objects.filter(pk=scene.rubric.pk).update(name=Bilingual("Another"))


def _criterion_in_use(scene: Scene) -> None:
    models.Criterion.objects.filter(rubric=scene.rubric).update(weight=9)


def _new_criterion_in_use(scene: Scene) -> None:
    models.Criterion.objects.create(rubric=scene.rubric, key="new", name=Bilingual("New"))


def _criterion_gone_in_use(scene: Scene) -> None:
    models.Criterion.objects.filter(rubric=scene.rubric).first().delete()  # type: ignore[union-attr]


def _rule_after_submit(scene: Scene) -> None:
    scene.review("A-001", "ann", "4")
    models.Panel.objects.filter(pk=scene.panel.pk).update(score_counts="raw")


def _two_reviews(scene: Scene) -> None:
    review = scene.review("A-001", "ann", "4")
    models.Review.objects.create(assignment=review.assignment, kept_at=NOW)


def _lifted_without_a_reason(scene: Scene) -> None:
    row = conflict(scene, "A-001", "ann")
    models.Conflict.objects.filter(pk=row.pk).update(lifted_at=NOW, lifted_by=scene.cast.owner.person)


@pytest.mark.parametrize(
    ("act", "constraint"),
    [
        (_assign_against_a_conflict, "no_assignment_in_conflict"),
        (_assign_again_against_a_conflict, "no_assignment_in_conflict"),
        (_conflict_against_an_assignment, "no_assignment_in_conflict"),
        (_conflict_stands_again, "no_assignment_in_conflict"),
        (_withdrawn, "no_assignment_of_withdrawn"),
        (_another_panel, "assignment_within_its_panel"),
        (lambda scene: _score(scene, "5.5"), "score_on_its_scale"),
        (lambda scene: _score(scene, "0.5"), "score_on_its_scale"),
        (lambda scene: _score(scene, "3.25"), "score_on_its_scale"),
        (_score_after_submit, "submitted_review_stands"),
        (_score_gone_after_submit, "submitted_review_stands"),
        (_words_after_submit, "submitted_review_stands"),
        (_score_of_another_rubric, "score_of_its_rubric"),
        (_rubric_in_use, "rubric_in_use_stands"),
        (_criterion_in_use, "rubric_in_use_stands"),
        (_new_criterion_in_use, "rubric_in_use_stands"),
        (_criterion_gone_in_use, "rubric_in_use_stands"),
        (_rule_after_submit, "panel_rules_stand"),
        (_two_reviews, "review_review_assignment_id_key"),
        (_lifted_without_a_reason, "conflict_lifted_for_a_reason"),
    ],
)
def test_the_database_refuses_what_must_never_be(scene: Scene, act: Act, constraint: str) -> None:
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        act(scene)

    assert broken(refused.value) == constraint


def test_what_says_nothing_of_a_rubric_may_change_while_it_is_used(scene: Scene) -> None:
    models.Rubric.objects.filter(pk=scene.rubric.pk).update(owner=scene.cast.theirs.institution)

    scene.rubric.refresh_from_db()
    assert scene.rubric.owner == scene.cast.theirs.institution
