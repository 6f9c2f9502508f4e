"""Standings: raw as given, calibrated where somebody is strict, and which of the two counts."""

from decimal import Decimal

from tests.review.scene import NOW, Scene

from accord.review import operations, queries
from accord.review.models import Review, Score

STRICT = {  # Dan gives two less than all others; drew him, A-006 did not
    "A-001": {"ann": "5", "bo": "5", "dan": "3"},
    "A-002": {"ann": "4", "cy": "4", "dan": "2"},
    "A-003": {"bo": "4", "cy": "4", "dan": "2"},
    "A-004": {"bo": "5", "dan": "3"},
    "A-005": {"cy": "5", "dan": "3"},
    "A-006": {"ann": "5", "bo": "4", "cy": "5"},
}


def score(scene: Scene, given: dict[str, dict[str, str]]) -> None:
    for code, scores in given.items():
        for name, quality in scores.items():
            scene.review(code, name, quality)


def test_who_drew_a_strict_reviewer_is_not_the_worse_for_it(scene: Scene) -> None:
    score(scene, STRICT)
    kept = list(Score.objects.order_by("pk").values()), list(Review.objects.order_by("pk").values())

    operations.work_out_standing(panel=scene.panel, at=NOW)

    rows = {one.item.code: one for one in queries.standings_of(scene.panel)}
    assert {code: one.raw_rank for code, one in rows.items()} == {
        "A-006": 1,
        "A-001": 2,
        "A-004": 3,
        "A-005": 3,
        "A-002": 5,
        "A-003": 5,
    }
    assert [code for code, one in sorted(rows.items(), key=lambda row: row[1].calibrated_rank)] == [
        "A-004",
        "A-001",
        "A-005",
        "A-006",
        "A-003",
        "A-002",
    ]
    assert all(one.is_calibrated for one in rows.values())
    assert (list(Score.objects.order_by("pk").values()), list(Review.objects.order_by("pk").values())) == kept


def test_the_rule_says_which_rank_counts(scene: Scene) -> None:
    raw = scene.fresh()
    raw = operations.change_panel(panel=raw, version=raw.version, score_counts="raw", **scene.told)
    score(scene, STRICT)
    operations.work_out_standing(panel=raw, at=NOW)

    found = queries.standings(["paper:4", "paper:6"])

    assert (found["paper:6"].rank, found["paper:6"].calibrated_rank) == (1, 4)
    assert found["paper:6"].counts == found["paper:6"].raw == Decimal("77.778")


def test_one_reviewer_alone_is_calibrated_against_nobody(scene: Scene) -> None:
    score(scene, {"A-001": {"ann": "5"}, "A-002": {"ann": "2"}})

    operations.work_out_standing(panel=scene.panel, at=NOW)

    assert all(one.raw == one.calibrated for one in queries.standings_of(scene.panel))


def test_open_panels_are_worked_out_again_when_a_review_comes_in(scene: Scene) -> None:
    score(scene, {"A-001": {"ann": "5"}})

    assert operations.work_out_standings(at=NOW) == 1
    assert operations.work_out_standings(at=NOW) == 0
    assert scene.panel.standings.count() == 1


def test_closing_twice_and_opening_again_change_nothing_of_the_reviews(scene: Scene) -> None:
    score(scene, {"A-001": {"ann": "5"}})
    closed = operations.close_panel(panel=scene.panel, **scene.told)
    again = operations.close_panel(panel=scene.panel, by=scene.manager.person, at=NOW)
    assert (again.version, again.closed_by) == (closed.version, scene.cast.owner.person)

    opened = operations.reopen_panel(panel=scene.panel, **scene.told)

    assert opened.closed_at is None
    assert Review.objects.get().total == Decimal("83.333")
