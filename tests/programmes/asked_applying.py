"""What the operations of the API to one's own applications answer to whom, and how each is asked."""

import io

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.api.asked import ALL_KNOWN, OWN, Ask
from tests.files.samples import PDF
from tests.house.stage import NOW
from tests.programmes.deciding import another_call, due, let_go, one_due, panel_of, settled
from tests.programmes.own import matched, open_call, own_application
from tests.programmes.scene import Scene

from accord.programmes import models, operations

DROPPED = ("204", *OWN[1:])
MADE = ("201", *OWN[1:])
STATUSES: dict[str, tuple[str, ...]] = {
    "list_own_applications": ALL_KNOWN,
    "begin_application": ("201", "201", "201", "201", "401"),
    "read_own_application": OWN,
    "submit_application": OWN,
    "withdraw_application": OWN,
    "take_new_form": OWN,
    "answer_office_question": OWN,
    "read_application_form": OWN,
    "write_application_answers": OWN,
    "attach_answer_file": MADE,
    "drop_answer_file": DROPPED,
    "check_application": OWN,
    "read_wishes": OWN,
    "rank_wishes": OWN,
    "read_own_decision": OWN,
    "read_own_result": OWN,
    "read_own_offer": OWN,
    "accept_own_offer": OWN,
    "decline_own_offer": OWN,
}


def asks(scene: Scene) -> dict[str, Ask]:
    """Return how each operation is asked: of a draft of the owner, and of one that the office asks about."""
    owner = scene.cast.owner.person
    draft = own_application(open_call(scene, "api"), "API-19-0001", "draft", owner, "To learn.")
    returned = own_application(open_call(scene, "api-asked"), "API-19-0002", "question", owner, "To learn.")
    question = models.Enquiry.objects.create(
        application=returned, text="When do you graduate?", asked_at=NOW, asked_by=scene.manager.person
    )
    operations.keep_answer_file(
        application=draft,
        question="paper",
        content=io.BytesIO(PDF),
        name="marks.pdf",
        store=settings.FILE_STORE,
        by=owner,
        at=NOW,
    )
    draft.refresh_from_db()
    one = {"reference": draft.reference}
    paper = {**one, "question": "paper"}
    begun = open_call(scene, "api-to-begin")
    asked = {"reference": returned.reference, "number": question.pk}
    decided = {"reference": _told(scene).reference}
    offered = {"reference": matched(scene, owner, "API-19-0003").reference}
    return {
        "list_own_applications": Ask(),
        "begin_application": Ask(body={"programme": "summer", "call": begun.key}),
        "read_own_application": Ask(one),
        "submit_application": Ask(one, {}),
        "withdraw_application": Ask(one, {"reason": "Ill."}),
        "take_new_form": Ask(one, {}),
        "answer_office_question": Ask(asked, {"text": "In June."}),
        "read_application_form": Ask(one),
        "write_application_answers": Ask({**one, "section": "plan"}, {"answers": {"why": "To learn more."}}),
        "attach_answer_file": Ask(paper, form={"file": SimpleUploadedFile("marks.pdf", PDF)}),
        "drop_answer_file": Ask({**paper, "number": draft.answers["paper"][0]["ref"]}),
        "check_application": Ask(one),
        "read_wishes": Ask(one),
        "rank_wishes": Ask(one, {"wishes": []}),
        "read_own_decision": Ask(decided),
        "read_own_result": Ask(offered),
        "read_own_offer": Ask(offered),
        "accept_own_offer": Ask(offered, {}),
        "decline_own_offer": Ask(offered, {"reason": "Elsewhere."}),
    }


def _told(scene: Scene) -> models.Application:
    """Return an application of the owner that was decided on, in a call of its own."""
    call = another_call(scene, "2033")
    due(call, [], quota=1)
    one = one_due(call, panel_of(call), 1, "90", person=scene.cast.owner.person, reference="API-33-0001")
    let_go(settled(call), scene.cast.owner.person)
    return one
