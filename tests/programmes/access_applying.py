"""What the doors of applying answer to whom: an application is its applicant's own, in person."""

from datetime import timedelta
from typing import Any

from tests.access import DONE, EVERYBODY, OWN, OWN_ACCOUNT, Probe, answers, done
from tests.house.stage import NOW, Stage
from tests.programmes.own import open_call, own_application
from tests.programmes.scene import Scene

from accord.people import operations as people
from accord.people.operations import pass_for_newcomer
from accord.programmes import models, operations
from accord.programmes.enums import JOIN_APPLICATION

TOKEN = "a-link-to-join-" + "y" * 26
MINE, RETURNED, OTHER = "OWN-19-0001", "OWN-19-0002", "OWN-19-0003"
LI, WU = "li.na@example.org", "wu.bo@example.org"
WHY = "I write this for the office of the call alone"


def furnish(stage: Stage) -> None:
    """Make calls that stay open: to one the owner has begun an application, to another they were asked a question."""
    scene: Scene = stage.rows["programmes"]
    by: dict[str, Any] = {"by": stage.cast.owner.person, "at": NOW}
    begun, asked = (open_call(scene, key) for key in ("begun", "asked"))
    open_call(scene, "to-begin")
    owner = stage.cast.owner.person
    draft = own_application(begun, MINE, "draft", owner, WHY)
    own_application(begun, OTHER, "draft", scene.third.person, "To learn.")
    returned = own_application(asked, RETURNED, "question", owner, "To learn.")
    models.Enquiry.objects.create(
        application=returned, text="When do you graduate?", asked_at=NOW, asked_by=scene.manager.person
    )
    named = operations.name_co_applicant(application=draft, name="Li Na", email=LI, **by)
    stage.rows["companion"] = operations.name_co_applicant(application=draft, name="Wu Bo", email=WU, **by)
    stage.rows["question"] = models.Enquiry.objects.get(application=returned)
    assert named.person is not None
    people.make_link(
        person=named.person,
        purpose=JOIN_APPLICATION,
        record=f"application:{draft.pk}",
        expires_at=NOW + timedelta(days=90),
        token=TOKEN,
        uses=50,
        **by,
    )
    models.FormVersion.objects.create(
        call=begun,
        number=2,
        definition=scene.form.definition,
        made_at=NOW,
        made_by=scene.manager.person,
        published_at=NOW,
        published_by=scene.manager.person,
    )
    stage.hide("the token of a link to join", TOKEN)
    stage.keep_private("what an applicant wrote in a draft", WHY, "owner")


def mine(_stage: Stage) -> dict[str, Any]:
    """Return the draft of the owner."""
    return {"reference": MINE}


def companion(stage: Stage) -> dict[str, Any]:
    """Return somebody whom the owner named."""
    return {"reference": MINE, "pk": stage.rows["companion"].pk}


NOT_FOR_DEPUTIES = answers(200, 200, 200, 200, 200, 200, 403)
"""Everybody applies for themselves; who stands in for somebody does not apply for them."""

PROBES = [
    Probe(
        "programmes:begin",
        get=NOT_FOR_DEPUTIES,
        post=answers(DONE, DONE, DONE, DONE, DONE, 200, 403),
        at=lambda _stage: {"programme": "summer", "call": "apply-to-begin"},
    ),
    Probe("programmes:my-applications", get=OWN_ACCOUNT),
    Probe("programmes:my-application", get=OWN, at=mine),
    Probe(
        "programmes:my-section",
        get=OWN,
        post=done(OWN),
        at=lambda _stage: {"reference": MINE, "section": "you"},
        body=lambda _stage: {"q-full-name": "Chen Rui", "q-level": "master"},
    ),
    Probe("programmes:new-form", get=OWN, post=done(OWN), at=mine),
    Probe("programmes:check-application", get=OWN, post=OWN.but(owner=422), at=mine),
    Probe("programmes:submitted", get=OWN, at=lambda _stage: {"reference": RETURNED}),
    Probe(
        "programmes:withdraw-application",
        get=OWN,
        post=done(OWN),
        at=mine,
        body=lambda _stage: {"reason": "Ill."},
    ),
    Probe(
        "programmes:answer-question",
        get=OWN,
        post=done(OWN),
        at=lambda stage: {"reference": RETURNED, "pk": stage.rows["question"].pk},
        body=lambda _stage: {"text": "In June."},
    ),
    Probe(
        "programmes:companions",
        get=OWN,
        post=done(OWN),
        at=mine,
        body=lambda _stage: {"name": "Xu", "email": "xu@example.org"},
    ),
    Probe("programmes:remove-companion", post=done(OWN), at=companion),
    Probe("programmes:remind-companion", post=done(OWN), at=companion),
    Probe("programmes:together", get=OWN, post=done(OWN), at=mine, body=lambda _stage: {"reference": OTHER}),
    Probe(
        "programmes:join-by-link",
        get=EVERYBODY,
        post=EVERYBODY,
        at=lambda _stage: {"token": TOKEN},
        body=lambda _stage: {"join": "1"},
    ),
    Probe(
        "people:new-account",
        get=answers(302, 302, 302, 302, 302, 200),
        post=answers(302, 302, 302, 302, 302, DONE),
        body=lambda _stage: {"name_0": "Xu", "email": "xu.of.none@example.org"},
        ask=f"pass={pass_for_newcomer(to='/')}",
    ),
]
