"""From a rubric to a standing: the whole way of a review, done once and done twice."""

from decimal import Decimal

import pytest
from tests.review.scene import CRITERIA, NOW, Scene, later

from accord.kernel.text import Bilingual
from accord.people.queries import actor_for
from accord.review import models, operations, queries
from accord.review.operations import ReviewFacts


def test_a_panel_reviews_and_its_standings_follow(scene: Scene) -> None:
    for code, scores in {"A-001": ("5", "4"), "A-002": ("2", "1")}.items():
        for name, quality in zip(("ann", "bo"), scores, strict=True):
            scene.review(code, name, quality)

    closed = operations.close_panel(panel=scene.panel, **scene.told)

    found = queries.standings(["paper:1", "paper:2", "paper:3"])
    assert closed.closed_at == NOW
    assert found["paper:1"].raw == Decimal("75.000")  # (2 x 100 + 50) / 3 and (2 x 75 + 50) / 3, their mean
    assert (found["paper:1"].rank, found["paper:2"].rank, found["paper:3"].rank) == (1, 2, None)
    assert (found["paper:1"].reviews_done, found["paper:1"].reviews_due) == (2, 2)
    assert found["paper:1"].counts == found["paper:1"].calibrated
    assert found["paper:3"].raw is None


def test_standings_take_one_query(scene: Scene, django_assert_num_queries: object) -> None:
    scene.review("A-001", "ann", "5")
    operations.work_out_standing(panel=scene.panel, at=NOW)

    with django_assert_num_queries(1):  # type: ignore[operator]
        assert len(queries.standings([f"paper:{number}" for number in range(1, 7)])) == 6


def test_everything_done_twice_changes_nothing(scene: Scene) -> None:
    ann = scene.members["ann"].person
    assignment = scene.assign("A-001", "ann")
    scene.state("ann")
    facts = ReviewFacts(
        {"quality": Decimal(4), "plan": Decimal("3.5")}, {"plan": "Late"}, "Well done", "Take it", "yes"
    )
    kept = operations.keep_review(assignment=assignment, facts=facts, version=0, by=ann, at=NOW)
    submitted = operations.submit_review(assignment=assignment, version=kept.version, by=ann, at=NOW)
    before = _picture()

    scene.assign("A-001", "ann", at=later(1))
    operations.submit_review(assignment=assignment, version=kept.version, by=ann, at=later(1))
    operations.make_rubric(
        owner=scene.owner, key="talent", name=scene.rubric.name, criteria=CRITERIA, by=ann, at=later(1)
    )
    operations.put_item(
        panel=scene.panel,
        record="paper:1",
        code="A-001",
        title=scene.items[0].title,
        topics=scene.items[0].topics,
        people=[operations.Concerned(name="Applicant 1", email="applicant1@example.org")],
        by=ann,
        at=later(1),
    )
    operations.find_conflicts(panel=scene.panel, at=later(1))

    assert submitted.total == Decimal("70.833")
    assert _picture() == before


def _picture() -> dict[str, list[dict[str, object]]]:
    """Return every row of the context."""
    tables = [getattr(models, name) for name in models.__all__]
    return {table.__name__: list(table.objects.order_by("pk").values()) for table in tables}


def test_a_draft_kept_again_with_the_same_words_stays_one_version(scene: Scene) -> None:
    ann = scene.members["ann"].person
    assignment = scene.assign("A-001", "ann")
    scene.state("ann")
    facts = ReviewFacts({"quality": Decimal(4)}, {}, "Words")

    first = operations.keep_review(assignment=assignment, facts=facts, version=0, by=ann, at=NOW)
    again = operations.keep_review(assignment=assignment, facts=facts, version=0, by=ann, at=later(1))

    assert (again.version, again.kept_at) == (first.version, NOW)


def test_a_released_review_and_a_withdrawn_item_count_no_more(scene: Scene) -> None:
    scene.review("A-001", "ann", "5")
    scene.review("A-001", "bo", "1")
    scene.review("A-002", "ann", "5")
    operations.release(assignment=scene.assign("A-001", "bo"), reason="Knows the applicant", **scene.told)
    operations.withdraw_item(panel=scene.panel, record="paper:2", **scene.told)

    operations.work_out_standing(panel=scene.panel, at=NOW)

    found = queries.standings(["paper:1", "paper:2"])
    assert set(found) == {"paper:1"}
    assert (found["paper:1"].reviews_done, found["paper:1"].raw) == (1, Decimal("83.333"))


def test_a_record_of_two_panels_stands_as_on_the_latest(scene: Scene) -> None:
    second = operations.open_panel(
        subject="agreement:1",
        name=Bilingual("Second round", "第二轮"),
        rubric=scene.rubric,
        owner=scene.owner,
        mode="open",
        reviews_each=1,
        max_load=3,
        due_at=later(30),
        by=scene.cast.owner.person,
        at=later(1),
    )
    operations.put_item(
        panel=second,
        record="paper:1",
        code="B-1",
        title="",
        topics="",
        people=[],
        by=scene.cast.owner.person,
        at=later(1),
    )

    assert queries.standings(["paper:1"])["paper:1"].code == "B-1"
    assert queries.standings(["paper:1"], panel=scene.panel.pk)["paper:1"].code == "A-001"


def test_an_applicant_reads_comments_without_a_name(scene: Scene) -> None:
    scene.review("A-001", "ann", "5")
    scene.review("A-001", "bo", "2", submit=False)

    told = queries.feedback("paper:1")

    assert [one.comment for one in told] == ["To the applicant of A-001, from a reviewer who gave 5"]
    assert "Reviewer" not in repr(told)


@pytest.mark.parametrize("who", ["owner", "partner", "executive", "steward", "outsider"])
def test_reviews_are_read_by_the_office_alone(scene: Scene, who: str) -> None:
    scene.review("A-001", "ann", "5")
    member = getattr(scene.cast, who)

    found = queries.reviews_of("paper:1", actor_for(member.person.account, on=NOW.date()))

    assert bool(found) == (who in {"owner", "steward"})
