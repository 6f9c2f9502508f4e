"""What the reviewers' doors answer to whom: each is there for the reviewer in person, and for nobody else.

The owner sits on a panel of their own here, so that the panel of the other doors stays as it is.
"""

from datetime import timedelta
from typing import Any

from django.http import HttpResponse
from tests.access import OWN, OWN_ACCOUNT, Probe, done
from tests.house.stage import Stage
from tests.review.scene import DUE, NOW

from accord.kernel.text import Bilingual
from accord.review import operations
from accord.review.enums import Mode
from accord.review.queries import FileLink, Reader, Reading, readings

KIND = "essay"
"""A kind of record that only tests have."""


def furnish(stage: Stage) -> None:
    """Let the owner review: one item that is not opened, one that is, one whose review is in."""
    scene, owner = stage.rows["review-panel"], stage.cast.owner.person
    told: dict[str, Any] = {"by": owner, "at": NOW}
    readings.announce(KIND, Reader(_read, lambda *_asked: HttpResponse(b"essay", content_type="text/plain")))
    panel = operations.open_panel(
        subject=scene.panel.subject,
        name=Bilingual("Panel of essays", "文章评审组"),
        rubric=scene.rubric,
        owner=scene.owner,
        mode=Mode.DOUBLE,
        reviews_each=1,
        max_load=5,
        due_at=DUE + timedelta(days=9),
        **told,
    )
    seat = operations.invite_panelist(panel=panel, person=owner, accepted=True, **told)
    operations.declare_none(panelist=seat, **told)
    assigned = []
    for number in (1, 2, 3):
        item = operations.put_item(
            panel=panel, record=f"{KIND}:{number}", code=f"E-{number}", title="", topics="", people=[], **told
        )
        assigned.append(operations.assign(item=item, panelist=seat, **told))
    for one in assigned[1:]:
        operations.open_item(assignment=one, **told)
    scores = {one.key: one.highest for one in scene.rubric.criteria.all()}
    kept = operations.keep_review(
        assignment=assigned[2],
        facts=operations.ReviewFacts(scores, comment_to_panel="Planted words of the owner as reviewer"),
        version=0,
        **told,
    )
    operations.submit_review(assignment=assigned[2], version=kept.version, **told)
    stage.rows["review-seat"], stage.rows["review-own"] = seat, assigned
    stage.keep_private("what the owner wrote as a reviewer", "Planted words of the owner as reviewer", "owner")


def _read(_record: str, _actor: object, _blind: bool) -> Reading:
    return Reading("Essay", (("Text", (("Essay", FileLink("essay.txt", "1", 5)),)),))


def own(number: int) -> Any:
    """Return the part of the address that names one of the owner's items: not opened, opened, done."""
    return lambda stage: {"pk": stage.rows["review-own"][number].pk}


def seat(stage: Stage) -> dict[str, Any]:
    """Return the part of the address that names the owner's place on the panel."""
    return {"pk": stage.rows["review-seat"].pk}


def body(**values: str) -> Any:
    """Return what is sent."""
    return lambda _stage: values


PROBES = [
    Probe("review:queue", get=OWN_ACCOUNT),
    Probe("review:statement", get=OWN, post=done(OWN), at=seat, body=body(is_whole="on")),
    Probe("review:relation", get=OWN, post=done(OWN), at=seat, body=body(other_name="A cousin", kind="family")),
    Probe(
        "review:bids",
        get=OWN,
        post=done(OWN),
        at=seat,
        body=lambda stage: {f"bid_{stage.rows['review-own'][0].item_id}": "2"},
    ),
    Probe("review:review", get=OWN, post=done(OWN), at=own(1), body=body(comment_to_panel="Good", do="save")),
    Probe("review:open-item", post=done(OWN), at=own(0)),
    Probe("review:keep-draft", post=done(OWN), at=own(1), body=body(comment_to_panel="Good")),
    Probe("review:give-back", get=OWN, post=done(OWN), at=own(1), body=body(why="other", reason="Because of it")),
    Probe("review:discussion", get=OWN, post=done(OWN), at=own(2), body=body(text="Something to say")),
    Probe("review:item-file", get=OWN, at=lambda stage: {**own(1)(stage), "key": "1"}),
]
