"""Reviews: kept as they are typed, submitted whole, opened again for a reason, and never written by anybody else."""

from collections.abc import Callable
from decimal import Decimal

import pytest
from tests.privacy.test_erase import everything_that_says
from tests.review.scene import NOW, Scene, later

from accord.kernel.refused import Clash
from accord.outbox.models import Message
from accord.privacy import operations as privacy
from accord.review import operations
from accord.review.models import Assignment, Remark, Review, Score
from accord.review.operations import ReviewFacts

HALF = ReviewFacts({"quality": Decimal(4)})
WHOLE = ReviewFacts({"quality": Decimal(4), "plan": Decimal("2.5")}, {"plan": "Thin"}, "To them", "To us", "maybe")


@pytest.fixture
def assignment(scene: Scene) -> Assignment:
    """Assign the first item to Ann, who stated her conflicts."""
    scene.state("ann")
    return scene.assign("A-001", "ann")


def keep(scene: Scene, assignment: Assignment, facts: ReviewFacts = WHOLE, version: int = 0) -> Review:
    return operations.keep_review(
        assignment=assignment, facts=facts, version=version, by=scene.members["ann"].person, at=NOW
    )


def submit(scene: Scene, assignment: Assignment, version: int) -> Review:
    return operations.submit_review(assignment=assignment, version=version, by=scene.members["ann"].person, at=later(1))


def test_a_draft_keeps_what_is_there_and_takes_scores_back(scene: Scene, assignment: Assignment) -> None:
    first = keep(scene, assignment)
    second = keep(scene, assignment, ReviewFacts({"plan": None}), first.version)

    assert (first.version, second.version) == (1, 2)
    assert {one.criterion.key: one.value for one in second.scores.all()} == {"quality": Decimal(4), "plan": None}
    assert second.total is None


def test_the_total_is_the_weighted_mean_as_parts_of_a_hundred(scene: Scene, assignment: Assignment) -> None:
    review = submit(scene, assignment, keep(scene, assignment).version)

    assert review.total == Decimal("62.500")  # 2 x 75 % and 1 x 37.5 %
    assert (review.submitted_at, review.submitted_by) == (later(1), scene.members["ann"].person)


@pytest.mark.parametrize(
    ("key", "value"), [("quality", "0"), ("quality", "6"), ("quality", "4.5"), ("plan", "2.25"), ("quality", "NaN")]
)
def test_a_score_off_its_scale_is_refused_at_its_criterion(
    scene: Scene, assignment: Assignment, key: str, value: str
) -> None:
    with pytest.raises(operations.ScoreOffScale) as refused:
        keep(scene, assignment, ReviewFacts({key: Decimal(value)}))

    assert refused.value.field == key
    assert "from 1 to 5 in steps of" in str(refused.value)
    assert Review.objects.count() == 0


def test_a_criterion_of_another_rubric_is_refused(scene: Scene, assignment: Assignment) -> None:
    with pytest.raises(operations.ScoreOffScale, match="no criterion charm"):
        keep(scene, assignment, ReviewFacts({"charm": Decimal(1)}))


def test_submitting_names_what_is_missing(scene: Scene, assignment: Assignment) -> None:
    version = keep(scene, assignment, HALF).version

    with pytest.raises(operations.ScoresMissing, match="Missing: Plan"):
        submit(scene, assignment, version)

    assert Review.objects.get().submitted_at is None


def test_a_second_window_clashes_and_loses_nothing(scene: Scene, assignment: Assignment) -> None:
    first = keep(scene, assignment)

    with pytest.raises(Clash) as clash:
        keep(scene, assignment, HALF)

    assert clash.value.detail["version"] == first.version
    assert Score.objects.get(criterion__key="plan").value == Decimal("2.5")


def _other(scene: Scene, assignment: Assignment) -> None:
    bo = scene.members["bo"].person
    operations.keep_review(assignment=assignment, facts=WHOLE, version=0, by=bo, at=NOW)


def _released(scene: Scene, assignment: Assignment) -> None:
    operations.release(assignment=assignment, reason="Ill", **scene.told)
    keep(scene, assignment)


def _withdrawn(scene: Scene, assignment: Assignment) -> None:
    operations.withdraw_item(panel=scene.panel, record="paper:1", **scene.told)
    keep(scene, assignment)


def _closed(scene: Scene, assignment: Assignment) -> None:
    operations.close_panel(panel=scene.panel, **scene.told)
    keep(scene, assignment)


def _submitted(scene: Scene, assignment: Assignment) -> None:
    submit(scene, assignment, keep(scene, assignment).version)
    keep(scene, assignment, HALF, 2)


def _unstated(scene: Scene, _assignment: Assignment) -> None:
    bo = scene.members["bo"].person
    operations.keep_review(assignment=scene.assign("A-002", "bo"), facts=WHOLE, version=0, by=bo, at=NOW)


def _unstated_opening(scene: Scene, _assignment: Assignment) -> None:
    operations.open_item(assignment=scene.assign("A-002", "bo"), by=scene.members["bo"].person, at=NOW)


@pytest.mark.parametrize(
    ("attempt", "refusal"),
    [
        (_other, "NotTheReviewer"),
        (_released, "NotServing"),
        (_withdrawn, "NotServing"),
        (_closed, "PanelClosed"),
        (_submitted, "ReviewSubmitted"),
        (_unstated, "NotStated"),
        (_unstated_opening, "NotStated"),
    ],
)
def test_who_may_not_write_is_told_why(
    scene: Scene, assignment: Assignment, attempt: Callable[[Scene, Assignment], None], refusal: str
) -> None:
    with pytest.raises(getattr(operations, refusal)):
        attempt(scene, assignment)


def test_the_first_opening_is_kept(scene: Scene, assignment: Assignment) -> None:
    ann = scene.members["ann"].person
    operations.open_item(assignment=assignment, by=ann, at=NOW)

    again = operations.open_item(assignment=assignment, by=ann, at=later(1))

    assert again.opened_at == NOW


def test_a_reopened_review_counts_again_only_when_it_is_submitted_anew(scene: Scene, assignment: Assignment) -> None:
    review = submit(scene, assignment, keep(scene, assignment).version)

    reopened = operations.reopen_review(review=review, reason="A score was mistyped", **scene.told)
    operations.work_out_standing(panel=scene.panel, at=NOW)

    assert (reopened.submitted_at, reopened.total) == (None, None)
    assert not hasattr(scene.item("A-001"), "standing")
    again = keep(scene, assignment, ReviewFacts({"quality": Decimal(5)}), reopened.version)
    assert submit(scene, assignment, again.version).total == Decimal("79.167")
    told = Message.objects.get(topic="review.reopened")
    assert "A score was mistyped" in str(told.body)


def test_nobody_joins_the_discussion_before_their_own_review_is_in(scene: Scene, assignment: Assignment) -> None:
    ann, item = scene.members["ann"].person, scene.item("A-001")
    version = keep(scene, assignment).version
    with pytest.raises(operations.OwnReviewFirst):
        operations.remark(item=item, text="Good", by=ann, at=NOW)
    with pytest.raises(operations.OwnReviewFirst):  # on the panel, without the item
        operations.remark(item=item, text="Good", by=scene.members["bo"].person, at=NOW)

    submit(scene, assignment, version)
    operations.remark(item=item, text="Good", by=ann, at=NOW)
    operations.remark(item=item, text="Good", by=ann, at=later(1))
    operations.remark(item=item, text="Thank you", by=scene.members["eve"].person, at=later(1))

    assert [one.text for one in Remark.objects.all()] == ["Good", "Thank you"]


def test_a_bid_is_kept_once_an_item_and_never_against_a_conflict(scene: Scene) -> None:
    ann, panelist, item = scene.members["ann"].person, scene.reviewers["ann"], scene.item("A-001")
    operations.place_bid(panelist=panelist, item=item, value=1, by=ann, at=NOW)
    bid = operations.place_bid(panelist=panelist, item=item, value=3, by=ann, at=later(1))
    assert bid is not None
    assert (bid.value, panelist.bids.count()) == (3, 1)

    operations.place_bid(panelist=panelist, item=item, value=None, by=ann, at=later(1))
    operations.declare_conflict(panelist=panelist, item=item, reason="", by=ann, at=NOW)

    assert panelist.bids.count() == 0
    with pytest.raises(operations.BidTooLate):
        operations.place_bid(panelist=panelist, item=item, value=3, by=ann, at=NOW)


def test_an_erased_reviewers_words_go_and_the_scores_they_gave_stay(scene: Scene) -> None:
    review = scene.review("A-001", "ann", "4")
    given = list(review.scores.order_by("pk").values("criterion", "value"))

    privacy.erase(person=scene.reviewers["ann"].person, why="Request 1", by=scene.cast.steward.person, at=NOW)

    review.refresh_from_db()
    assert (review.comment_to_applicant, review.comment_to_panel, review.total is None) == ("", "", False)
    assert list(review.scores.order_by("pk").values("criterion", "value")) == given
    assert everything_that_says("from a reviewer who gave 4", r"ann@example\.org") == []
