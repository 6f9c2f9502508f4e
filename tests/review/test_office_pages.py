"""The office's pages: what they say, to whom, with how many queries; what the chair may and what executives see."""

from collections.abc import Callable
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.review.scene import NOW, Scene

from accord.kernel.text import Bilingual
from accord.people.models import Institution
from accord.review import operations
from accord.review.models import Assignment, Criterion, Panel, Panelist, Rubric

QUERIES = {
    "panel": 10,
    "panel-people": 10,
    "panel-conflicts": 10,
    "panel-assignment": 12,
    "panel-reviews": 12,
    "panel-standings": 10,
}
PLACES = tuple(QUERIES)


def address(scene: Scene, name: str, *more: int) -> str:
    return reverse(f"review:{name}", args=[scene.panel.pk, *more])


def page(scene: Scene, name: str, *more: int, who: str = "owner", status: int = 200) -> str:
    """Return a page of the panel as somebody of the cast, or of the panel, gets it."""
    member = scene.members[who] if who in scene.members else getattr(scene.cast, who)
    answer = member.client.get(address(scene, name, *more))
    assert answer.status_code == status, answer.content[:500]
    return str(answer.content.decode())


def asked(client: Client, path: str) -> int:
    """Return how many queries a page takes."""
    client.get(path)  # what is kept from the first time on
    with CaptureQueriesContext(connection) as queries:
        client.get(path)
    return len(queries)


@pytest.mark.parametrize(("name", "number"), list(QUERIES.items()))
def test_a_page_takes_as_many_queries_for_one_row_as_for_many(scene: Scene, name: str, number: int) -> None:
    client, path = scene.cast.owner.client, address(scene, name)
    scene.review("A-001", "ann", "4")
    operations.enter_conflict(
        panelist=scene.reviewers["cy"], item=scene.item("A-003"), reason="Knows them", **scene.told
    )
    operations.work_out_standing(panel=scene.panel, at=NOW)
    few = asked(client, path)

    for code in ("A-002", "A-004"):
        for reviewer in ("ann", "bo"):
            scene.review(code, reviewer, "3")
        operations.enter_conflict(
            panelist=scene.reviewers["cy"], item=scene.item(code), reason="Knows them", **scene.told
        )
    operations.work_out_standing(panel=scene.panel, at=NOW)

    assert (few, asked(client, path)) == (number, number)


def test_an_executive_sees_counts_and_no_name(scene: Scene) -> None:
    scene.review("A-001", "ann", "4")
    operations.change_panel(panel=scene.panel, version=scene.fresh().version, due_at=NOW, **scene.told)

    text = page(scene, "panel", who="executive")

    assert "1 of 1 assigned reviews" in text
    assert "Ann Reviewer" not in text
    for name in PLACES[1:]:
        assert "read by the office and the chair" in page(scene, name, who="executive", status=403)


@pytest.mark.parametrize("who", ["partner", "outsider", "ann"])
def test_a_panel_is_not_there_for_others_nor_for_those_who_only_review(scene: Scene, who: str) -> None:
    for name in PLACES:
        page(scene, name, who=who, status=404)


def test_the_chair_reads_and_assigns_and_does_not_change_the_rules(scene: Scene) -> None:
    scene.review("A-001", "ann", "4")

    assert "Ann Reviewer" in page(scene, "panel-reviews", who="eve")
    page(scene, "change-panel", who="eve", status=403)
    page(scene, "invite", who="eve", status=403)
    client, item, bo = scene.members["eve"].client, scene.item("A-002"), scene.reviewers["bo"]
    client.post(address(scene, "assign"), {"item": item.pk, "panelist": bo.pk, "is_locked": "on"})
    assert Assignment.objects.get(item=item).is_locked


def test_the_chair_lifts_conflicts_but_not_an_own_one(scene: Scene) -> None:
    told = {"item": scene.item("A-001"), "reason": "Knows them", **scene.told}
    own = operations.enter_conflict(panelist=scene.reviewers["eve"], **told)
    other = operations.enter_conflict(panelist=scene.reviewers["ann"], **told)
    client = scene.members["eve"].client

    refused = client.post(address(scene, "lift-conflict", own.pk), {"reason": "Mine"})
    done = client.post(address(scene, "lift-conflict", other.pk), {"reason": "Another person of the name"})

    own.refresh_from_db()
    other.refresh_from_db()
    assert (refused.status_code, done.status_code) == (403, 302)
    assert (own.lifted_at is None, other.lift_reason) == (True, "Another person of the name")


def test_scores_of_a_draft_are_shown_to_nobody(scene: Scene) -> None:
    draft = scene.review("A-001", "ann", "4", submit=False)
    for name in ("panel-reviews", "panel-standings", "panel-item"):
        more = [scene.item("A-001").pk] if name == "panel-item" else []
        assert draft.comment_to_panel not in page(scene, name, *more)
    export = scene.cast.owner.client.get(address(scene, "panel-reviews") + "?format=csv&columns=all")
    assert draft.comment_to_panel not in export.getvalue().decode()


def test_the_item_says_all_that_was_said_of_it(scene: Scene) -> None:
    run = operations.propose_assignment(panel=scene.panel, goal="best_total", **scene.told)
    operations.apply_run(run=run, **scene.told)
    who = Assignment.objects.filter(item=scene.item("A-001")).first()
    assert who is not None
    scene.review("A-001", who.panelist.person.key, "5")
    operations.remark(item=scene.item("A-001"), text="I agree with all", by=who.panelist.person, at=NOW)
    operations.work_out_standing(panel=scene.panel, at=NOW)

    text = page(scene, "panel-item", scene.item("A-001").pk)

    for words in (
        "Raw 83.3 of 100, rank 1",
        "To the panel on A-001",
        "I agree with all",
        "Applicant 1",
        "reviews it: fit",
    ):
        assert words in text, words


def test_the_export_holds_reviews_with_their_words(scene: Scene) -> None:
    scene.review("A-001", "ann", "4")

    held = scene.cast.owner.client.get(address(scene, "panel-reviews") + "?format=json").getvalue()

    assert b"A-001" in held
    assert b"from a reviewer who gave 4" in held


def test_standings_show_both_scores_both_ranks_and_which_counts(scene: Scene) -> None:
    for code, scores in {"A-001": "45", "A-002": "34", "A-003": "23", "A-004": "12"}.items():
        for name, score in zip(("ann", "bo"), scores, strict=True):
            scene.review(code, name, score)
        scene.review(code, "dan", "1")
    client = scene.cast.owner.client
    client.post(address(scene, "work-out"))

    text = page(scene, "panel-standings")

    assert "The calibrated score counts." in text
    for words in ("Raw rank", "Calibrated rank", "A-004"):
        assert words in text


def test_a_panel_is_opened_from_what_it_serves(scene: Scene) -> None:
    Institution.objects.filter(pk=scene.owner.pk).update(time_zone="Asia/Shanghai")
    client, subject = scene.cast.owner.client, f"agreement:{scene.cast.agreement.pk}"
    path = f"{reverse('review:open-panel')}?subject={subject}"
    sent = {
        "name_0": "Second round",
        "rubric": scene.rubric.pk,
        "due_on": "2019-11-30",
        "mode": "double",
        "reviews_each": 3,
        "max_load": 8,
        "min_load": 0,
        "seniors_each": 1,
        "strong_each": 2,
        "score_counts": "calibrated",
    }
    wrong = client.post(path, sent | {"seniors_each": 4})
    done = client.post(path, sent)

    made = Panel.objects.get(name__en="Second round")
    assert "An item cannot ask for more seniors than reviews." in wrong.content.decode()
    assert done.status_code == 302
    assert (made.subject, made.owner, made.discussion) == (subject, scene.owner, False)
    assert made.due_at.isoformat() == "2019-11-30T15:59:00+00:00", "the end of the day in Chengdu"
    assert scene.cast.outsider.client.get(path).status_code == 404
    assert scene.cast.executive.client.get(path).status_code == 403


def test_the_rules_stand_once_a_review_is_in_and_say_so(scene: Scene) -> None:
    scene.review("A-001", "ann", "4")

    with pytest.raises(operations.RulesStand):
        operations.change_panel(panel=scene.panel, version=1, score_counts="raw", **scene.told)

    panel = operations.change_panel(panel=scene.panel, version=1, reviews_each=3, **scene.told)
    assert panel.reviews_each == 3


def test_a_rubric_is_written_changed_and_copied(scene: Scene) -> None:
    client = scene.cast.owner.client
    scale = {"weight": "1", "lowest": "0", "highest": "10", "step": "0.5", "anchors": "10: Perfect | 完美\n0：None"}
    client.post(
        reverse("review:add-rubric"),
        {"owner": scene.owner.pk, "rubric_name_0": "Impact", "key": "impact", "name_0": "Reach", **scale},
    )
    rubric = Rubric.objects.get(key="impact")
    first = Criterion.objects.get(rubric=rubric)
    assert first.anchors == {"10": {"en": "Perfect", "zh-hans": "完美"}, "0": {"en": "None"}}

    client.post(reverse("review:add-criterion", args=[rubric.pk]), {"name_0": "Depth", **scale, "weight": "3"})
    second = Criterion.objects.get(rubric=rubric, name__en="Depth")
    client.post(reverse("review:move-criterion", args=[rubric.pk, second.pk]))
    odd = client.post(
        reverse("review:change-criterion", args=[rubric.pk, first.pk]), {"name_0": "Reach", **scale, "step": "3"}
    )
    assert "whole steps lead from the lowest to the highest score" in odd.content.decode()
    assert [one.name.en for one in rubric.criteria.all()] == ["Depth", "Reach"]
    client.post(reverse("review:remove-criterion", args=[rubric.pk, first.pk]))
    assert [one.weight for one in rubric.criteria.all()] == [Decimal(3)]


def test_a_rubric_in_use_is_copied_and_not_changed(scene: Scene) -> None:
    client = scene.cast.owner.client
    used = scene.rubric.criteria.first()
    assert used is not None
    refused = client.post(
        reverse("review:change-criterion", args=[scene.rubric.pk, used.pk]),
        {"name_0": "Other", "weight": "1", "lowest": "1", "highest": "5", "step": "1"},
    )
    assert "Copy it as a new edition" in refused.content.decode()

    client.post(reverse("review:copy-rubric", args=[scene.rubric.pk]))
    client.post(reverse("review:copy-rubric", args=[scene.rubric.pk]))

    editions = Rubric.objects.filter(key="talent").order_by("number")
    assert [one.number for one in editions] == [1, 2], "an edition that nobody uses and that says the same is enough"
    assert operations.facts_of(editions[0]) == operations.facts_of(editions[1])


Answer = Callable[[Panelist], bool]


@pytest.mark.parametrize(("accepts", "expected"), [("yes", (True, False)), ("no", (False, True))])
def test_who_is_invited_answers_in_person(scene: Scene, accepts: str, expected: tuple[bool, bool]) -> None:
    panel = operations.open_panel(
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
    ann = scene.members["ann"]
    panelist = operations.invite_panelist(panel=panel, person=ann.person, **scene.told)
    path = reverse("review:invitation", args=[panelist.pk])

    assert scene.members["bo"].client.get(path).status_code == 404
    assert scene.cast.owner.client.get(path).status_code == 404
    assert "Open: everybody sees names" in ann.client.get(path).content.decode()
    ann.client.post(path, {"accepts": accepts, "reason": "Busy"})

    panelist.refresh_from_db()
    assert (panelist.accepted_at is not None, panelist.declined_at is not None) == expected


def test_nothing_fits_is_said_in_words_and_cannot_be_applied(scene: Scene) -> None:
    for name in ("ann", "bo", "cy", "dan"):
        operations.enter_conflict(
            panelist=scene.reviewers[name], item=scene.item("A-001"), reason="Knows them", **scene.told
        )
    client = scene.cast.owner.client

    answer = client.post(address(scene, "propose"), {"goal": "best_total"}, follow=True)

    text = answer.content.decode()
    assert "Nothing fits." in text
    assert "A-001" in text
    assert "Apply the proposal" not in text
