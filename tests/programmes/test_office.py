"""What the office does with applications: reads, moves many, finds duplicates, brings in, takes out, puts to review."""

from datetime import date, timedelta
from io import BytesIO
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook
from tests.cast import Member
from tests.programmes.scene import ANSWERS, WHILE_OPEN, Scene
from tests.review.scene import CRITERIA

from accord.kernel.sheets import Grid
from accord.kernel.text import Bilingual
from accord.people.enums import ImportOutcome
from accord.people.queries import actor_for
from accord.privacy.models import ReadNote
from accord.programmes import models, operations, queries
from accord.programmes.enums import WorkflowActor
from accord.programmes.operations import CallPromised, NotForReview, WorkflowFaulty
from accord.programmes.queries import standard_workflows
from accord.review import operations as review
from accord.review import queries as reviews
from accord.review.operations import ReviewFacts

pytestmark = pytest.mark.django_db

LATER = WHILE_OPEN + timedelta(days=2)


def by(scene: Scene) -> dict[str, Any]:
    """Return who does it, and when."""
    return {"by": scene.manager.person, "at": LATER}


def address(scene: Scene, name: str, **parts: Any) -> str:
    """Return the address of a page of the call."""
    return reverse(f"programmes:{name}", kwargs={"programme": "summer", "call": scene.call.key, **parts})


def panel_for(scene: Scene) -> reviews.Panel:
    """Open a panel for the call that asks for one review."""
    rubric = review.make_rubric(
        owner=scene.programme.owner, key="fit", name=Bilingual("Fit", "契合度"), criteria=CRITERIA, **by(scene)
    )
    return review.open_panel(
        subject=operations.subject_of(scene.call),
        name=Bilingual("Readers", "评审"),
        rubric=rubric,
        owner=scene.programme.owner,
        mode=scene.call.mode,
        reviews_each=1,
        max_load=9,
        due_at=LATER + timedelta(days=9),
        **by(scene),
    )


def reviewer(scene: Scene, panel: reviews.Panel, who: Member) -> Any:
    """Let somebody be on the panel, free of conflicts."""
    on = review.invite_panelist(panel=panel, person=who.person, accepted=True, **by(scene))
    review.declare_none(panelist=on, by=who.person, at=LATER)
    return on


def more_of(scene: Scene, number: int) -> None:
    """Let the same applicant have had many more applications: the list grows, whoever they are of."""
    first = models.Application.objects.get(pk=scene.submitted.pk)
    for turn in range(number):
        first.pk, first.reference = None, f"SUM-19-{turn + 100:04}"
        first.withdrawn_at, first.withdrawn_by_id = LATER, first.applicant_id
        first.save(force_insert=True)


@pytest.mark.parametrize("name", ["applications", "alike", "funnel", "applications-bulk", "reviews"])
def test_pages_cost_the_same_for_few_and_for_many(scene: Scene, name: str) -> None:
    costs = []
    for more in (0, 30):
        more_of(scene, more)
        scene.manager.client.get(address(scene, name))
        with CaptureQueriesContext(connection) as caught:
            assert scene.manager.client.get(address(scene, name)).status_code == 200
        costs.append(len(caught))
    assert costs[0] == costs[1]
    assert costs[0] <= 14


def test_drafts_stay_unread(scene: Scene) -> None:
    page = scene.manager.client.get(address(scene, "applications")).content.decode()
    assert scene.submitted.reference in page
    assert scene.draft.reference not in page
    path = address(scene, "application", reference=scene.draft.reference)
    assert scene.manager.client.get(path).status_code == 404


NAMING = ("applications/", "applications/?format=csv", "applications/SUM-19-0002/", "everything.xlsx")


@pytest.mark.parametrize("page", NAMING)
def test_whose_application_the_office_read_is_noted(scene: Scene, page: str) -> None:
    assert scene.manager.client.get(f"/programmes/summer/2019/office/{page}").status_code == 200

    (noted,) = ReadNote.objects.all()
    both = sorted([scene.second.person.pk, scene.third.person.pk])
    only = [scene.second.person.pk]
    assert (noted.reader_id, noted.shown) == (scene.manager.person.pk, only if page.endswith("0002/") else both)


def test_the_office_reads_answers_and_takes_a_step(scene: Scene) -> None:
    path = address(scene, "application", reference=scene.submitted.reference)
    page = scene.manager.client.get(path).content.decode()
    assert "To learn how payments are cleared." in page
    assert "Master’s" in page
    step = address(scene, "application-step", reference=scene.submitted.reference, step="refuse")
    empty = scene.manager.client.post(step, {"reason": " "})
    assert empty.status_code == 422
    assert scene.manager.client.post(step, {"reason": "You live elsewhere."}).status_code == 302
    scene.submitted.refresh_from_db()
    assert scene.submitted.phase == "declined"


def test_nobody_decides_on_their_own_application(scene: Scene) -> None:
    models.Application.objects.filter(pk=scene.submitted.pk).update(applicant=scene.manager.person)
    step = address(scene, "application-step", reference=scene.submitted.reference, step="pass")
    assert scene.manager.client.post(step).status_code == 403
    scene.submitted.refresh_from_db()
    assert scene.submitted.phase == "screening"


def test_many_move_and_what_one_lacks_stops_no_other(scene: Scene) -> None:
    models.Enquiry.objects.create(
        application=scene.other, text="Which city?", asked_at=LATER, asked_by=scene.manager.person
    )
    (passing,) = (one for one in queries.bulk_steps(scene.call, LATER) if one.key == "pass")
    assert (passing.ready, passing.waiting) == ((scene.submitted.pk,), 1)
    path = address(scene, "bulk-step", step="pass")
    answer = scene.manager.client.post(path, {"applications": [scene.submitted.pk]}, follow=True)
    assert "1 application moved." in answer.content.decode()
    assert queries.find_application_of(scene.call, scene.submitted.reference).stage == "review"
    assert queries.find_application_of(scene.call, scene.other.reference).stage == "screening"


def test_the_same_name_and_address_are_found_and_judged_once(scene: Scene) -> None:
    person = scene.third.person
    person.name, person.email = Bilingual("SECOND", ""), scene.second.person.email or "same@example.org"
    person.save()
    scene.second.person.email = person.email
    scene.second.person.save()
    (pair,) = queries.alike_in(scene.call)
    assert (pair.first, pair.second, len(pair.why)) == (scene.submitted, scene.other, 2)
    for _twice in range(2):
        operations.judge_likeness(first=scene.other, second=scene.submitted, is_same=False, **by(scene))
    assert models.LikenessVerdict.objects.count() == 1
    assert queries.alike_in(scene.call)[0].is_same is False
    with pytest.raises(operations.NotAPair):
        operations.judge_likeness(first=scene.other, second=scene.other, is_same=True, **by(scene))


def test_somebody_who_applied_before_is_shown_beside(scene: Scene) -> None:
    call = models.Call.objects.get(pk=scene.call.pk)
    call.pk, call.key = None, "2018"
    call.save(force_insert=True)
    old = models.Application.objects.get(pk=scene.submitted.pk)
    old.pk, old.reference, old.call = None, "SUM-18-0001", call
    old.save(force_insert=True)
    assert ["SUM-18-0001" in one.other for one in queries.alike_of(scene.submitted)] == [True]


def test_the_funnel_counts_who_came_how_far_and_the_median_days(scene: Scene) -> None:
    office = [WorkflowActor.OFFICE]
    for days, one in ((2, scene.submitted), (4, scene.other)):
        at = WHILE_OPEN + timedelta(days=days)
        models.Step.objects.create(
            application=one,
            step="submit",
            from_stage="draft",
            to_stage="screening",
            to_phase="screening",
            moved_at=WHILE_OPEN,
            mover=one.applicant,
        )
        operations.take_step(application=one, step="pass", by=scene.manager.person, actors=office, at=at)
    numbers = queries.funnel_of(scene.call, WHILE_OPEN + timedelta(days=5))
    stages = {one.key: one for one in numbers.stages}
    assert (numbers.begun, numbers.submitted) == (3, 2)
    assert (stages["screening"].median_days, stages["screening"].came, stages["screening"].now) == (3.0, 2, 0)
    assert (stages["review"].now, stages["review"].longest_days) == (2, 3.0)
    assert dict(numbers.phases) == {"Review": 2}


GRID = [
    ["email", "name in English", "key of the home institution", "Your full name", "What you study for"],
    ["new@example.org", "Ada New", "", "Ada New", "master"],
    ["odd@example.org", "", "", "", "master"],
    ["else@example.org", "Else", "nowhere", "", "bachelor"],
    ["level@example.org", "Level", "", "", "doctor"],
    ["second@example.org", "", "", "", "bachelor"],
]


def test_a_table_is_judged_row_by_row_and_brought_in_once(scene: Scene) -> None:
    grid = Grid("applications", GRID)
    report = operations.check_applications(grid=grid, call=scene.call, **by(scene))
    assert [row.outcome for row in report.rows] == [ImportOutcome.NEW, *[ImportOutcome.FAULT] * 4]
    said = [" ".join(str(problem.sentence) for problem in row.problems) for row in report.rows[1:]]
    for words, sentence in zip(["name of the applicant", "nowhere", "doctor", "SUM-19-0002"], said, strict=True):
        assert words in sentence
    assert models.Application.objects.filter(is_brought_in=True).count() == 0
    for outcome in (ImportOutcome.NEW, ImportOutcome.SAME):
        kept = operations.bring_in_applications(grid=grid, call=scene.call, only_good=True, **by(scene))
        assert kept.rows[0].outcome == outcome
    made = models.Application.objects.get(is_brought_in=True)
    assert (made.stage, made.answers) == ("screening", {"full-name": "Ada New", "level": "master"})
    assert made.steps.get().mover_id == scene.manager.person.pk


def test_everything_of_a_call_goes_into_one_workbook(scene: Scene) -> None:
    operations.note_on(application=scene.submitted, text="=1+1", **by(scene))
    content = scene.manager.client.get(address(scene, "export-call")).content
    book = load_workbook(BytesIO(content))
    sheets = {page.title: [[cell.value for cell in row] for row in page.rows] for page in book}
    assert len(sheets) == 7
    assert any(ANSWERS["why"] in row for row in sheets["Applications"])
    assert not any(scene.draft.reference in row for row in sheets["Applications"])
    assert any("'=1+1" in row for row in sheets["Notes of the office"])


def test_a_review_that_comes_in_moves_its_application(scene: Scene, django_capture_on_commit_callbacks: Any) -> None:
    panel = panel_for(scene)
    with pytest.raises(NotForReview):
        operations.put_in_review(call=scene.call, applications=[scene.draft], panel=panel, **by(scene))
    for one in (scene.submitted, scene.other):
        operations.take_step(
            application=one, step="pass", by=scene.manager.person, actors=[WorkflowActor.OFFICE], at=LATER
        )
    items = [
        operations.put_in_review(call=scene.call, applications=[scene.submitted, scene.other], panel=panel, **by(scene))
        for _twice in range(2)
    ]
    assert [one.code for one in items[0]] == [one.code for one in items[1]] == ["A-001", "A-002"]
    judge = reviewer(scene, panel, scene.bank_contact)
    given = review.assign(item=items[0][0], panelist=judge, **by(scene))
    review.open_item(assignment=given, by=scene.bank_contact.person, at=LATER)
    scores = {one.key: one.highest for one in reviews.criteria_of(panel.rubric)}
    kept = review.keep_review(
        assignment=given, facts=ReviewFacts(scores=scores), version=0, by=scene.bank_contact.person, at=LATER
    )
    with django_capture_on_commit_callbacks(execute=True):
        review.submit_review(assignment=given, version=kept.version, by=scene.bank_contact.person, at=LATER)
    assert queries.find_application_of(scene.call, scene.submitted.reference).stage == "decision"
    assert queries.find_application_of(scene.call, scene.other.reference).stage == "review"


def test_a_withdrawn_application_is_taken_from_its_reviewers(scene: Scene) -> None:
    panel = panel_for(scene)
    (item,) = operations.put_in_review(call=scene.call, applications=[scene.submitted], panel=panel, **by(scene))
    given = review.assign(item=item, panelist=reviewer(scene, panel, scene.bank_contact), **by(scene))
    operations.take_step(
        application=scene.submitted,
        step="withdraw",
        reason="I found a job.",
        by=scene.second.person,
        actors=[WorkflowActor.APPLICANT],
        at=LATER,
    )
    given.refresh_from_db()
    assert given.released_at == LATER
    with pytest.raises(NotForReview):
        operations.put_in_review(call=scene.call, applications=[scene.submitted], panel=panel, **by(scene))


def test_a_workflow_is_changed_until_it_was_promised(scene: Scene) -> None:
    listed = standard_workflows()["listed"]
    with pytest.raises(CallPromised):
        operations.keep_workflow(call=scene.call, definition=listed, version=1, **by(scene))
    with pytest.raises(WorkflowFaulty) as refused:
        operations.keep_workflow(call=scene.call, definition={"start": "x"}, version=1, **by(scene))
    assert refused.value.detail["faults"]
    fresh = models.Call.objects.get(pk=scene.call.pk)
    fresh.pk, fresh.key, fresh.published_at, fresh.published_by = None, "2020", None, None
    fresh.save(force_insert=True)
    page = reverse("programmes:change-workflow", kwargs={"programme": "summer", "call": "2020"})
    wrong = scene.manager.client.post(page, {"definition": "start: [", "version": "1"})
    assert (wrong.status_code, "Line " in wrong.content.decode()) == (422, True)
    faulty = scene.manager.client.post(page, {"definition": "start: a\nstages: []\nsteps: []", "version": "1"})
    assert (faulty.status_code, "<code>stages" in faulty.content.decode()) == (422, True)
    kept = operations.keep_workflow(call=fresh, definition=listed, version=1, **by(scene))
    assert next(one.key for one in queries.workflow_shown(kept)) == "draft"
    assert kept.version == 2


def test_a_question_is_asked_on_its_page_and_waits(scene: Scene) -> None:
    path = address(scene, "application-ask", reference=scene.submitted.reference)
    scene.manager.client.post(path, {"question": "Which city?", "due_on": "2019-08-09"})
    asked = models.Enquiry.objects.get()
    assert (asked.text, asked.due_on) == ("Which city?", date(2019, 8, 9))
    assert operations.chase_answers(at=WHILE_OPEN + timedelta(days=7)) == 1
    assert scene.manager.client.get("/").status_code == 200
    actor = actor_for(scene.manager.person.account, on=WHILE_OPEN.date())
    assert [one.title for one in queries.answers_due(actor, 9)] == [scene.submitted.reference]
    assert [str(one.title) for one in queries.to_screen(actor, 9)] == ["1 application to screen"]
