"""One's own applications by program: begun, written, submitted and withdrawn as on the pages, and nobody else's."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test.client import BOUNDARY, encode_multipart
from django.utils import timezone
from tests.api.conftest import Caller, caller_for, pointers
from tests.files.samples import PDF, PNG
from tests.programmes.own import open_call, own_application
from tests.programmes.scene import ANSWERS, OPENS, Scene

from accord.kernel.secret import digest_of
from accord.programmes import models
from accord.programmes.enums import Permission
from accord.programmes.models import Application, Call, CoApplicant

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("plenty")]
FORM_TYPE = f"multipart/form-data; boundary={BOUNDARY}"
ADULTS = {
    "key": "master",
    "condition": {"question": "level", "is": "master"},
    "words": {"en": "Hosts want graduates.", "zh-hans": "接收单位要求研究生。"},
    "refusal": {"en": "This call is for master’s students.", "zh-hans": "本次征集面向硕士生。"},
}


@pytest.fixture
def call(scene: Scene) -> Call:
    """Return a call that is open for years."""
    return open_call(scene, "api")


@pytest.fixture
def mine(scene: Scene) -> Caller:
    """Return a program of an applicant who holds no role."""
    return caller_for(scene.second)


@pytest.fixture
def draft(scene: Scene, call: Call) -> Application:
    """Return a draft of theirs, with one answer still missing."""
    one = own_application(call, "API-19-0001", "draft", scene.second.person, "To learn.")
    one.answers = {"full-name": "Own", "level": "master"}
    one.save()
    return one


def begun(call: Call, **more: Any) -> dict[str, Any]:
    """Return the body that begins an application."""
    return {"programme": call.programme.key, "call": call.key, **more}


def test_an_application_is_begun_once_however_often_it_is_sent(scene: Scene, call: Call, mine: Caller) -> None:
    first = mine.post("/applications", begun(call, language="zh-hans"), idempotency_key="begin-1")
    again = mine.post("/applications", begun(call, language="zh-hans"), idempotency_key="begin-1")
    third = mine.post("/applications", begun(call))

    assert [one.status_code for one in (first, again, third)] == [201, 201, 201]
    assert again.headers["Idempotency-Replayed"] == "true"
    assert len({one.json()["reference"] for one in (first, again, third)}) == 1
    made = Application.objects.get(call=call)
    assert (made.applicant_id, made.language) == (scene.second.person.pk, "zh-hans")
    assert first.headers["Location"].endswith(f"/api/v1/applications/{made.reference}")
    row = next(one for one in mine.get("/applications").json()["items"] if one["reference"] == made.reference)
    assert (row["phase"], row["next"]["en"], row["is_own"]) == ("draft", "Screening", True)


def test_the_late_code_opens_a_call_that_has_closed(scene: Scene) -> None:
    call, mine = scene.call, caller_for(scene.bank_contact)
    assert mine.post("/applications", begun(call)).json()["code"] == "call-not-open"
    far = open_call(scene, "far").closes_at
    Call.objects.filter(pk=call.pk).update(late_until_at=far, late_code_digest=digest_of("only-for-you"))

    wrong = mine.post("/applications", begun(call, code="a guess"))

    assert (wrong.status_code, wrong.json()["code"], pointers(wrong)) == (422, "late-code-wrong", ["#/code"])
    assert mine.post("/applications", begun(call, code="only-for-you")).status_code == 201


def test_a_rule_that_does_not_hold_names_what_it_asks(call: Call, mine: Caller) -> None:
    Call.objects.filter(pk=call.pk).update(eligibility=[ADULTS])

    refused = mine.post("/applications", begun(call, answers={"level": "bachelor"}))

    assert (refused.status_code, refused.json()["code"]) == (422, "not-eligible")
    assert pointers(refused) == ["#/answers/level"]
    made = mine.post("/applications", begun(call, answers={"level": "master"})).json()
    assert Application.objects.get(reference=made["reference"]).answers == {"level": "master"}


def test_answers_are_kept_section_by_section(draft: Application, mine: Caller) -> None:
    form = mine.get(f"/applications/{draft.reference}/form")
    plan = next(one for one in form.json()["sections"] if one["key"] == "plan")
    assert (plan["state"], plan["questions"][0]["answer"], len(plan["questions"][0]["problems"])) == (
        "not-started",
        None,
        1,
    )
    address = f"/applications/{draft.reference}/form/plan"
    sent = {"answers": {"why": ANSWERS["why"]}}

    assert mine("PATCH", address, sent).status_code == 428
    assert mine("PATCH", address, sent, if_match='"7"').status_code == 412
    kept = mine("PATCH", address, sent, if_match=form.headers["ETag"])

    assert (kept.status_code, kept.headers["ETag"]) == (200, '"2"')
    draft.refresh_from_db()
    assert draft.answers == {"full-name": "Own", "level": "master", "why": ANSWERS["why"]}
    assert mine.get(f"/applications/{draft.reference}/check").json()["missing"] == []
    gone = mine("PATCH", address, {"answers": {"why": None}}, if_match='"2"')
    assert gone.json()["sections"][1]["questions"][0]["answer"] is None


@pytest.mark.parametrize(
    ("answers", "where"),
    [
        ({"level": "master"}, "#/answers/level"),
        ({"paper": [{"name": "x", "bytes": 1, "ref": 1}]}, "#/answers/paper"),
        ({"a/b": "1"}, "#/answers/a~1b"),
        ({"why": "\x00"}, "#/answers"),
        ({"why": [[[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]]]}, "#/answers"),
    ],
)
def test_what_a_section_does_not_ask_is_refused_by_name(
    draft: Application, mine: Caller, answers: Any, where: str
) -> None:
    refused = mine("PATCH", f"/applications/{draft.reference}/form/plan", {"answers": answers}, if_match="*")

    assert (refused.status_code, pointers(refused)) == (422, [where])
    draft.refresh_from_db()
    assert draft.version == 1


def test_an_endless_number_is_no_answer(draft: Application, mine: Caller) -> None:
    path = f"/applications/{draft.reference}/form/plan"
    assert mine("PATCH", path, '{"answers": {"why": 1e999}}', if_match="*").status_code == 422
    assert mine("PATCH", path, '{"answers": {"why": NaN}}', if_match="*").status_code == 400


def test_a_file_answers_a_question_and_is_taken_away(draft: Application, mine: Caller) -> None:
    address = f"/applications/{draft.reference}/files/paper"
    made = mine("POST", address, form_of("marks.pdf", PDF), content_type=FORM_TYPE, idempotency_key="paper")
    again = mine("POST", address, form_of("marks.pdf", PDF), content_type=FORM_TYPE, idempotency_key="paper")
    assert (made.status_code, again.json()) == (201, made.json())
    entry = made.json()["sections"][1]["questions"][1]["answer"][0]
    assert entry["name"] == "marks.pdf"

    assert mine("POST", address, form_of("plan.png", PNG), content_type=FORM_TYPE).status_code == 415
    other = f"/applications/{draft.reference}/files/why"
    assert mine("POST", other, form_of("marks.pdf", PDF), content_type=FORM_TYPE).json()["code"] == "answers-forged"
    assert mine("DELETE", f"{address}/{entry['ref']}", if_match='"1"').status_code == 412
    assert mine("DELETE", f"{address}/{entry['ref']}", if_match=made.headers["ETag"]).status_code == 204
    draft.refresh_from_db()
    assert "paper" not in draft.answers


def form_of(name: str, content: bytes) -> bytes:
    """Return a form with a file."""
    return encode_multipart(BOUNDARY, {"file": SimpleUploadedFile(name, content)})


def test_an_application_is_submitted_with_a_receipt(draft: Application, mine: Caller) -> None:
    address = f"/applications/{draft.reference}/submission"
    refused = mine.post(address, {}, if_match='"1"')
    assert (refused.status_code, refused.json()["code"]) == (422, "answers-missing")
    assert pointers(refused) == ["#/answers/why"]
    mine("PATCH", f"/applications/{draft.reference}/form/plan", {"answers": {"why": "To learn."}}, if_match='"1"')
    before = timezone.now()

    assert mine.post(address, {}, if_match='"1"').status_code == 412
    sent = mine.post(address, {}, if_match='"2"')

    assert (sent.status_code, sent.json()["phase"], sent.json()["may_write"]) == (200, "screening", False)
    draft.refresh_from_db()
    assert draft.submitted_at is not None
    assert draft.submitted_at >= before
    again = mine.post(address, {}, if_match=sent.headers["ETag"])
    assert (again.status_code, again.json()["submitted_at"]) == (200, sent.json()["submitted_at"])
    assert draft.steps.count() == 1
    late = mine("PATCH", f"/applications/{draft.reference}/form/plan", {"answers": {"why": "No."}}, if_match="*")
    assert (late.status_code, late.json()["code"]) == (409, "writing-closed")


def test_a_newer_form_is_taken_before_submitting(scene: Scene, draft: Application, mine: Caller) -> None:
    models.FormVersion.objects.create(
        call=draft.call,
        number=2,
        definition=scene.form.definition,
        made_at=OPENS,
        made_by=scene.manager.person,
        published_at=OPENS,
        published_by=scene.manager.person,
    )
    assert mine.get(f"/applications/{draft.reference}").json()["new_form"] is True
    assert mine.post(f"/applications/{draft.reference}/submission", {}, if_match="*").json()["code"] == "form-changed"

    taken = mine.post(f"/applications/{draft.reference}/new-form", {}, if_match='"1"')

    assert (taken.status_code, taken.json()["new_form"], taken.json()["version"]) == (200, False, 2)


def test_withdrawing_needs_a_reason(draft: Application, mine: Caller) -> None:
    address = f"/applications/{draft.reference}/withdrawal"
    assert pointers(mine.post(address, {"reason": ""}, if_match="*")) == ["#/reason"]
    assert mine.post(address, {"reason": "I found a job."}).status_code == 428

    gone = mine.post(address, {"reason": "I found a job."}, if_match='"1"')

    assert (gone.status_code, gone.json()["phase"]) == (200, "withdrawn")
    draft.refresh_from_db()
    assert draft.withdraw_reason == "I found a job."


def test_a_question_of_the_office_is_answered_once(scene: Scene, call: Call, mine: Caller) -> None:
    one = own_application(call, "API-19-0002", "question", scene.second.person, "To learn.")
    asked = models.Enquiry.objects.create(
        application=one, text="When do you graduate?", asked_at=OPENS, asked_by=scene.manager.person
    )
    address = f"/applications/{one.reference}/questions/{asked.pk}/answer"

    told = mine.post(address, {"text": "In June."})

    assert told.json()["questions"][0]["answer"] == "In June."
    assert mine.post(address, {"text": "In July."}).status_code == 409


def test_who_applies_along_reads_and_does_not_write(scene: Scene, draft: Application) -> None:
    along = caller_for(scene.third)
    address = f"/applications/{draft.reference}"
    assert along.get(address).status_code == 404
    CoApplicant.objects.create(
        application=draft,
        person=scene.third.person,
        name="Third",
        email="third@example.org",
        named_at=OPENS,
        joined_at=OPENS,
    )

    assert along.get(address).json()["is_own"] is False
    refused = along("PATCH", f"{address}/form/plan", {"answers": {"why": "Mine."}}, if_match="*")
    assert refused.status_code == 403
    assert along.post(f"{address}/submission", {}, if_match="*").status_code == 403


def test_nobody_else_learns_of_an_application(scene: Scene, draft: Application) -> None:
    office, reader = caller_for(scene.manager), caller_for(scene.second, "read")

    assert office.get(f"/applications/{draft.reference}/form").status_code == 404
    assert draft.reference not in office.get("/applications").content.decode()
    assert reader.get(f"/applications/{draft.reference}").status_code == 200
    assert reader.post(f"/applications/{draft.reference}/withdrawal", {"reason": "x"}, if_match="*").status_code == 403


def test_the_description_names_the_permission(scene: Scene) -> None:
    from accord.config.api import api  # noqa: PLC0415 (models exist only once Django is set up)

    named = {one.door.may for one in api.operations() if one.path.startswith("/applications")}

    assert named == {Permission.APPLY}
