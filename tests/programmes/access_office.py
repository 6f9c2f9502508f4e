"""What the doors of the office answer to whom: applications, their steps, reviews, funnel, files in and out."""

from typing import Any

from tests.access import Probe, answers, done
from tests.house.stage import NOW, Stage
from tests.programmes.access import OFFICE, call
from tests.programmes.scene import Scene
from tests.review.scene import CRITERIA

from accord.kernel.text import Bilingual
from accord.people import operations as people
from accord.programmes import operations
from accord.programmes.models import Application, Enquiry
from accord.review import operations as review
from accord.review.enums import Mode

FAULTY = answers(422, 404, 404, 422, 404)


def furnish(stage: Stage) -> None:
    """Keep a private answer, a note, a question and a panel beside the applications."""
    scene: Scene = stage.rows["programmes"]
    by: dict[str, Any] = {"by": scene.cast.owner.person, "at": NOW}
    house = ("owner", "steward")
    why = stage.keep_private("what an applicant answered", "To learn why clearing fails in Leeds", *house)
    note = stage.keep_private("what the office noted", "Her referee rang us twice", *house)
    Application.objects.filter(pk=scene.submitted.pk).update(answers=scene.submitted.answers | {"why": why})
    operations.note_on(application=scene.submitted, text=note, **by)
    question = stage.keep_private("what the office asked", "Which Tuesday do you arrive?", *house)
    stage.rows["enquiry"] = Enquiry.objects.create(
        application=scene.submitted, text=question, asked_at=NOW, asked_by=scene.cast.owner.person
    )
    third = people.register_person(key="at-review", name=Bilingual("At Review", "评审中"))
    Application.objects.create(
        call=scene.call,
        reference="SUM-19-0009",
        applicant=third,
        stage="review",
        phase="review",
        entered_at=NOW,
        form=scene.form,
        started_at=NOW,
        submitted_at=NOW,
    )
    rubric = review.make_rubric(
        owner=scene.programme.owner, key="fit", name=Bilingual("Fit", "契合度"), criteria=CRITERIA, **by
    )
    stage.rows["call-panel"] = review.open_panel(
        subject=operations.subject_of(scene.call),
        name=Bilingual("Readers", "评审"),
        rubric=rubric,
        owner=scene.programme.owner,
        mode=Mode.DOUBLE,
        reviews_each=2,
        max_load=5,
        due_at=NOW,
        **by,
    )


def one(stage: Stage, **more: Any) -> dict[str, Any]:
    """Return the parts of the address of an application, and what else the address holds."""
    return {**call(stage), "reference": "SUM-19-0002", **more}


def other(stage: Stage) -> dict[str, Any]:
    """Return the parts of the address of another application."""
    return {**call(stage), "reference": "SUM-19-0003"}


def step(stage: Stage, key: str = "pass") -> dict[str, Any]:
    """Return the parts of the address of a step of that other application."""
    return {**other(stage), "step": key}


def nothing(_stage: Stage) -> dict[str, str]:
    """Return an empty form."""
    return {}


def _panel(stage: Stage) -> dict[str, str]:
    return {
        "rubric": str(stage.rows["call-panel"].rubric_id),
        "reviews_each": "2",
        "max_load": "9",
        "score_counts": "raw",
        "due_on": "2019-10-20",
    }


def _picked(stage: Stage) -> dict[str, str]:
    return {"applications": str(stage.rows["programmes"].other.pk)}


PROBES = [
    Probe("programmes:applications", get=OFFICE, at=call),
    Probe("programmes:application", get=OFFICE, at=one),
    Probe("programmes:application-step", get=OFFICE, post=done(OFFICE), at=step, body=nothing),
    Probe(
        "programmes:application-ask",
        get=OFFICE,
        post=done(OFFICE),
        at=other,
        body=lambda _stage: {"question": "When?", "due_on": "2019-10-20"},
    ),
    Probe("programmes:application-note", post=done(OFFICE), at=other, body=lambda _stage: {"text": "Looks fine."}),
    Probe("programmes:close-enquiry", post=done(OFFICE), at=lambda stage: one(stage, pk=stage.rows["enquiry"].pk)),
    Probe("programmes:applications-bulk", get=OFFICE, at=call),
    Probe(
        "programmes:bulk-step",
        get=OFFICE,
        post=done(OFFICE),
        at=lambda stage: {**call(stage), "step": "pass"},
        body=_picked,
    ),
    Probe("programmes:alike", get=OFFICE, at=call),
    Probe(
        "programmes:judge-alike",
        get=OFFICE,
        post=done(OFFICE),
        at=lambda stage: {**call(stage), "first": "SUM-19-0002", "second": "SUM-19-0003"},
        body=lambda _stage: {"is_same": "no"},
    ),
    Probe("programmes:funnel", get=OFFICE, at=call),
    Probe("programmes:reviews", get=OFFICE, at=call),
    Probe("programmes:open-call-panel", get=OFFICE, post=done(OFFICE), at=call, body=_panel),
    Probe(
        "programmes:put-before-panel",
        post=done(OFFICE),
        at=lambda stage: {**call(stage), "pk": stage.rows["call-panel"].pk},
    ),
    Probe("programmes:workflow", get=OFFICE, at=call),
    Probe(
        "programmes:change-workflow", get=OFFICE, post=FAULTY, at=call, body=lambda _stage: {"definition": "start: ["}
    ),
    Probe("programmes:export-call", get=OFFICE, at=call),
    Probe("programmes:bring-in-applications", get=OFFICE, post=FAULTY, at=call, body=nothing),
    Probe("programmes:applications-template", get=OFFICE, at=lambda stage: {**call(stage), "suffix": "csv"}),
]
