"""The reviewer's side: the queue, the statement, writing and submitting a review, handing back, the discussion."""

import re
from typing import Any

import pytest
from django.test import Client
from tests.review.scene import Scene, make_scene

from accord.review import operations
from accord.review.models import Assignment, Bid, Conflict, Panelist, Relation, Remark, Review

pytestmark = pytest.mark.django_db
QUEUE = "/review/queue/"


def page(client: Client, url: str, status: int = 200) -> str:
    answer = client.get(url)
    assert answer.status_code == status
    return answer.content.decode()


def hidden(text: str) -> dict[str, str]:
    """Return the hidden inputs of a page."""
    pairs = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', text)
    return {name: value for name, value in pairs if name in {"version", "started"}}


def opened(scene: Scene, code: str = "A-001", name: str = "ann") -> str:
    """Assign an item to somebody, state no conflicts, and open it; return its address."""
    assignment = scene.assign(code, name)
    client = scene.members[name].client
    scene.state(name)
    client.post(f"{QUEUE}{assignment.pk}/open/")
    return f"{QUEUE}{assignment.pk}/"


def written(client: Client, url: str, **more: str) -> dict[str, str]:
    """Return what a reviewer sends who opened the page now."""
    return {**hidden(page(client, url)), "score_quality": "4", "score_plan": "3.5", "note_plan": "Late", **more}


def test_a_reviewer_finds_an_item_states_conflicts_opens_scores_and_submits(scene: Scene) -> None:
    assignment = scene.assign("A-001", "ann")
    client, seat = scene.members["ann"].client, scene.reviewers["ann"]
    url = f"{QUEUE}{assignment.pk}/"

    assert "State your conflicts of interest" in page(client, QUEUE)
    assert "Save" not in page(client, url)
    assert client.post(f"{url}open/")["Location"] == f"{QUEUE}panels/{seat.pk}/conflicts/"
    client.post(f"{QUEUE}panels/{seat.pk}/conflicts/", {"is_whole": "on"})
    assert client.post(f"{url}open/")["Location"] == url
    assert "Outstanding" in page(client, url)
    sent = client.post(url, written(client, url, do="submit", comment_to_panel="Take it"))

    review = Review.objects.get(assignment=assignment)
    assert sent["Location"] == QUEUE
    assert review.submitted_at is not None
    assert {str(one.value) for one in review.scores.all()} == {"4.00", "3.50"}
    assert "Take it" in page(client, url)
    assert "data-keep" not in page(client, url)


def test_looking_opens_nothing(scene: Scene) -> None:
    assignment = scene.assign("A-001", "ann")
    scene.state("ann")

    page(scene.members["ann"].client, f"{QUEUE}{assignment.pk}/")

    assert Assignment.objects.get(pk=assignment.pk).opened_at is None


def test_submitting_without_a_score_says_which_and_loses_nothing(scene: Scene) -> None:
    url = opened(scene)
    client = scene.members["ann"].client

    answer = client.post(url, written(client, url, score_plan="", comment_to_panel="My words", do="submit"))

    assert answer.status_code == 422
    assert "Score this before you submit." in answer.content.decode()
    assert "My words" in answer.content.decode()
    assert not Review.objects.filter(submitted_at__isnull=False).exists()


def test_a_draft_is_kept_while_it_is_written_and_the_form_goes_on_from_there(scene: Scene) -> None:
    url = opened(scene)
    client = scene.members["ann"].client
    first = written(client, url)

    kept = client.post(f"{url}keep/", first).json()
    again = client.post(f"{url}keep/", {**first, **kept["hidden"], "note_plan": "Later"})
    saved = client.post(url, {**first, **again.json()["hidden"], "note_plan": "Last", "do": "save"})

    assert kept["hidden"]["version"] == "1"
    assert saved["Location"] == url
    assert Review.objects.get().scores.get(criterion__key="plan").note == "Last"


def test_two_windows_are_told_of_each_other_and_both_texts_stand_there(scene: Scene) -> None:
    url = opened(scene)
    client = scene.members["ann"].client
    one, two = written(client, url, comment_to_panel="From one"), written(client, url, comment_to_panel="From two")
    client.post(url, {**one, "do": "save"})

    kept = client.post(f"{url}keep/", two)
    saved = client.post(url, {**two, "do": "save"})

    assert (kept.status_code, kept.json()["stop"]) == (409, True)
    assert saved.status_code == 409
    assert "From one" in saved.content.decode()
    assert "From two" in saved.content.decode()
    assert Review.objects.get().comment_to_panel == "From one"


def test_what_is_chosen_on_the_clash_page_is_kept(scene: Scene) -> None:
    url = opened(scene)
    client = scene.members["ann"].client
    two = written(client, url, comment_to_panel="From two")
    client.post(url, {**written(client, url, comment_to_panel="From one"), "do": "save"})
    clash = client.post(url, {**two, "do": "save"}).content.decode()
    inputs = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', clash))

    client.post(url, {**inputs, "pick:comment_to_panel": "yours", "do": "save"})

    assert Review.objects.get().comment_to_panel == "From two"


@pytest.mark.parametrize("do", ["save", "submit"])
def test_a_submitted_review_is_not_written_on(scene: Scene, do: str) -> None:
    url = opened(scene)
    client = scene.members["ann"].client
    sent = written(client, url)
    client.post(url, {**sent, "do": "submit"})

    later = client.post(url, {**sent, "score_quality": "1", "do": do})

    assert later.status_code == 409
    assert str(Review.objects.get().scores.get(criterion__key="quality").value) == "4.00"


def test_saving_leads_to_the_next_item_where_it_is_asked_for(scene: Scene) -> None:
    url = opened(scene)
    following = scene.assign("A-002", "ann")
    client = scene.members["ann"].client

    answer = client.post(url, written(client, url, do="next"))

    assert answer["Location"] == f"{QUEUE}{following.pk}/"


def test_the_statement_takes_what_is_ticked_with_a_reason_and_hands_it_back(scene: Scene) -> None:
    assignment = scene.assign("A-002", "ann")
    client, seat = scene.members["ann"].client, scene.reviewers["ann"]
    url = f"{QUEUE}panels/{seat.pk}/conflicts/"
    ticked = {"items": [str(scene.item("A-002").pk)], "is_whole": "on"}

    bare = client.post(url, ticked)
    done = client.post(url, {**ticked, "reason": "We wrote a paper together"})

    assert bare.status_code == 422
    assert done["Location"] == QUEUE
    assert Conflict.objects.get().reason.en == "We wrote a paper together"
    assert Assignment.objects.get(pk=assignment.pk).released_at is not None
    assert Panelist.objects.get(pk=seat.pk).stated_at is not None


def test_a_person_is_named_and_what_concerns_them_is_barred_without_saying_which(scene: Scene) -> None:
    client, seat = scene.members["ann"].client, scene.reviewers["ann"]

    client.post(
        f"{QUEUE}panels/{seat.pk}/conflicts/people/",
        {"other_email": "applicant3@example.org", "kind": "family"},
    )

    assert Relation.objects.get().person_id == seat.person_id
    assert Conflict.objects.get().item.code == "A-003"
    assert "A-003" not in page(client, f"{QUEUE}panels/{seat.pk}/wishes/")
    assert "Items that you declared" not in page(client, f"{QUEUE}panels/{seat.pk}/conflicts/")


def test_wishes_are_kept_and_taken_back(scene: Scene) -> None:
    client, seat = scene.members["ann"].client, scene.reviewers["ann"]
    url, one = f"{QUEUE}panels/{seat.pk}/wishes/", scene.item("A-001")

    client.post(url, {f"bid_{one.pk}": "3"})
    before = Bid.objects.get()
    client.post(url, {f"bid_{one.pk}": ""})

    assert (before.item_id, before.value) == (one.pk, 3)
    assert not Bid.objects.exists()


@pytest.mark.parametrize(("why", "kinds"), [("conflict", ["declared"]), ("other", [])])
def test_an_item_is_handed_back_with_a_reason(scene: Scene, why: str, kinds: list[str]) -> None:
    url = opened(scene)
    client = scene.members["ann"].client

    bare = client.post(f"{url}hand-back/", {"why": why})
    done = client.post(f"{url}hand-back/", {"why": why, "reason": "Ill until November"})

    assert bare.status_code == 422
    assert done["Location"] == QUEUE
    assert Assignment.objects.get().released_at is not None
    assert [one.kind for one in Conflict.objects.all()] == kinds
    page(client, url, 404)


def test_the_discussion_opens_after_the_own_review_and_calls_others_by_number(scene: Scene) -> None:
    scene.review("A-001", "bo", "2")
    url = opened(scene)
    client = scene.members["ann"].client

    before = client.get(f"{url}discussion/")
    client.post(url, written(client, url, do="submit"))
    after = page(client, f"{url}discussion/")
    client.post(f"{url}discussion/", {"text": "I see it otherwise"})

    assert before.status_code == 403
    assert "from a reviewer who gave" not in before.content.decode()
    assert "To the panel on A-001" in after
    assert "Reviewer 2" in after
    assert "Bo Reviewer" not in after
    assert Remark.objects.get().text == "I see it otherwise"
    assert "I see it otherwise" in page(client, f"{url}discussion/")


def test_names_stand_in_the_discussion_of_an_open_panel(cast: Any) -> None:
    scene = make_scene(cast, mode="open")
    scene.review("A-001", "bo", "2")
    scene.review("A-001", "ann", "4")

    url = f"{QUEUE}{scene.assign('A-001', 'ann').pk}/discussion/"

    assert "Bo Reviewer" in page(scene.members["ann"].client, url)


def test_a_reopened_review_says_why_and_can_be_changed(scene: Scene) -> None:
    review = scene.review("A-001", "ann", "4")
    url, client = f"{QUEUE}{review.assignment_id}/", scene.members["ann"].client
    client.post(f"{url}open/")
    operations.reopen_review(review=review, reason="You scored the wrong file", **scene.told)

    assert "You scored the wrong file" in page(client, url)
    client.post(url, written(client, url, score_quality="1", do="submit"))

    assert str(Review.objects.get().scores.get(criterion__key="quality").value) == "1.00"


@pytest.mark.parametrize("who", ["owner", "partner", "steward", "outsider"])
def test_a_queue_is_ones_own(scene: Scene, who: str) -> None:
    url = opened(scene)
    client = getattr(scene.cast, who).client

    assert "A-001" not in page(client, QUEUE)
    assert b"A-001" not in b"".join(client.get(f"{QUEUE}?format=csv"))  # type: ignore[call-overload]
    for end in ("", "hand-back/", "discussion/", "files/1/"):
        page(client, f"{url}{end}", 404)
    for end in ("conflicts/", "conflicts/people/", "wishes/"):
        page(client, f"{QUEUE}panels/{scene.reviewers['ann'].pk}/{end}", 404)


def test_a_file_stays_shut_before_the_item_is_opened(scene: Scene) -> None:
    assignment = scene.assign("A-001", "ann")

    page(scene.members["ann"].client, f"{QUEUE}{assignment.pk}/files/1/", 409)


@pytest.mark.parametrize("number", [1, 6])
def test_the_queue_takes_the_same_queries_at_few_and_many(
    scene: Scene, django_assert_num_queries: Any, number: int
) -> None:
    client = scene.members["dan"].client
    for item in scene.items[:number]:
        operations.assign(item=item, panelist=scene.reviewers["dan"], by=scene.cast.owner.person, at=scene.told["at"])  # type: ignore[arg-type]
    page(client, QUEUE)

    with django_assert_num_queries(11):
        page(client, QUEUE)
