"""What the office's doors to panels and rubrics answer to whom.

The panel belongs to our house: its officers run it, its executives see counts, others do not know of it.
"""

from collections.abc import Callable
from typing import Any

from tests.access import SIGNED_IN, Answers, Probe, answers, done
from tests.house.stage import Stage
from tests.review.scene import CRITERIA, NOW

from accord.kernel.text import Bilingual
from accord.review import operations

WATCH = answers(200, 404, 200, 200, 404)
"""Who may know how far the panel is."""
CHAIR = answers(200, 404, 403, 200, 404)
"""Who reads names, reviews and scores."""
NOBODYS = answers(404, 404, 404, 404, 404)
"""What is in person for somebody who is not among the cast."""
RUBRIC = answers(200, 404, 404, 200, 404)
"""Rubrics of our house; an executive runs no panels."""
WRITE = answers(200, 200, 403, 200, 200)
"""Whoever runs panels anywhere, each for their own house."""


def furnish(stage: Stage) -> None:
    """Write reviews, a conflict, a proposal and a rubric that nothing uses."""
    scene = stage.rows["review-panel"]
    owner = stage.cast.owner.person
    stage.rows["review-done"] = scene.review("A-001", "ann", "4")
    stage.rows["review-assigned"] = scene.assign("A-002", "bo")
    told = {"by": owner, "at": NOW}
    stage.rows["review-conflict"] = operations.enter_conflict(
        panelist=scene.reviewers["cy"], item=scene.item("A-003"), reason="Planted reason of a conflict", **told
    )
    stage.rows["review-run"] = operations.propose_assignment(panel=scene.panel, goal="best_total", **told)
    stage.rows["review-spare"] = operations.make_rubric(
        owner=scene.owner, key="spare", name=Bilingual("Spare rubric"), criteria=CRITERIA, **told
    )
    operations.work_out_standing(panel=scene.panel, at=NOW)
    office = ("owner", "steward", "deputy")
    stage.keep_private("what a reviewer told the panel", "To the panel on A-001", *office)
    stage.keep_private("what a reviewer told the applicant", "from a reviewer who gave 4", *office)
    stage.keep_private("why there is a conflict", "Planted reason of a conflict", *office)
    stage.keep_private("who reviews", "Ann Reviewer", *office)


def panel(stage: Stage) -> dict[str, Any]:
    """Return the part of the address that names the panel."""
    return {"pk": stage.rows["review-panel"].panel.pk}


def on_panel(name: str, row: Callable[[Stage], int]) -> Any:
    """Return the parts of the address of something on the panel."""
    return lambda stage: {**panel(stage), name: row(stage)}


def spare(stage: Stage) -> dict[str, Any]:
    """Return the part of the address that names the rubric that nothing uses."""
    return {"pk": stage.rows["review-spare"].pk}


def criterion(stage: Stage) -> dict[str, Any]:
    """Return the parts of the address of its second criterion."""
    return {**spare(stage), "criterion": stage.rows["review-spare"].criteria.last().pk}


def body(**values: str) -> Any:
    """Return what is sent."""
    return lambda _stage: values


def form(route: str, where: Any, sent: Any, who: Answers = CHAIR) -> Probe:
    """Return the probe of a page with a form."""
    return Probe(route, get=who, post=done(who), at=where, body=sent)


REVIEW = on_panel("review", lambda stage: stage.rows["review-done"].pk)
ASSIGNED = on_panel("assignment", lambda stage: stage.rows["review-assigned"].pk)
PERSON = on_panel("panelist", lambda stage: stage.rows["review-panel"].reviewers["dan"].pk)
CONFLICT = on_panel("conflict", lambda stage: stage.rows["review-conflict"].pk)
RUN = on_panel("run", lambda stage: stage.rows["review-run"].pk)
ITEM = on_panel("item", lambda stage: stage.rows["review-panel"].item("A-001").pk)
WHY = {"reason": "Because of it"}


def _hand(stage: Stage) -> dict[str, str]:
    scene = stage.rows["review-panel"]
    return {"item": str(scene.item("A-004").pk), "panelist": str(scene.reviewers["dan"].pk), **WHY}


def _run_item(stage: Stage) -> dict[str, Any]:
    return {**RUN(stage), "item": stage.rows["review-panel"].item("A-001").pk}


def _opened(stage: Stage) -> dict[str, str]:
    return {"name_0": "Another panel", "rubric": str(stage.rows["review-panel"].rubric.pk), "due_on": "2019-12-01"}


PROBES = [
    Probe("review:panels", get=SIGNED_IN),
    Probe("review:panel", get=WATCH, at=panel),
    form("review:change-panel", panel, body(name_0="A new name")),
    Probe("review:close-panel", post=done(CHAIR), at=panel),
    Probe("review:reopen-panel", post=CHAIR.but(owner=302, steward=302, deputy=302), at=panel),
    Probe("review:panel-people", get=CHAIR, at=panel),
    form("review:invite", panel, body(person="partner@example.org")),
    form("review:change-panelist", PERSON, body(max_load="3")),
    form("review:remove-panelist", PERSON, body(**WHY)),
    Probe("review:panel-conflicts", get=CHAIR, at=panel),
    Probe("review:find-conflicts", post=CHAIR.but(owner=302, steward=302, deputy=302), at=panel),
    form("review:enter-conflict", panel, _hand),
    form("review:lift-conflict", CONFLICT, body(**WHY)),
    Probe("review:panel-assignment", get=CHAIR, at=panel),
    form("review:propose", panel, body(goal="best_total")),
    form("review:assign", panel, _hand),
    form("review:release", ASSIGNED, body(**WHY)),
    Probe("review:lock-assignment", post=done(CHAIR), at=ASSIGNED),
    Probe("review:run", get=CHAIR, at=RUN),
    Probe("review:run-item", get=CHAIR, at=_run_item),
    Probe("review:apply-run", post=done(CHAIR), at=RUN),
    Probe("review:panel-reviews", get=CHAIR, at=panel),
    form("review:reopen-review", REVIEW, body(**WHY)),
    Probe("review:panel-item", get=CHAIR, at=ITEM),
    Probe("review:panel-standings", get=CHAIR, at=panel),
    Probe("review:work-out", post=done(CHAIR), at=panel),
    Probe("review:rubrics", get=WRITE),
    form(
        "review:add-rubric",
        lambda _stage: {},
        lambda stage: {
            "owner": str(stage.rows["review-panel"].owner.pk),
            "rubric_name_0": "New",
            "key": "new",
            "name_0": "One",
        },
        WRITE,
    ),
    Probe("review:rubric", get=RUBRIC, at=spare),
    form("review:change-rubric", spare, body(name_0="Another name"), RUBRIC),
    Probe("review:copy-rubric", post=done(RUBRIC), at=lambda stage: {"pk": stage.rows["review-panel"].rubric.pk}),
    form("review:add-criterion", spare, body(name_0="Impact"), RUBRIC),
    form("review:change-criterion", criterion, body(weight="3"), RUBRIC),
    Probe("review:move-criterion", post=done(RUBRIC), at=criterion),
    Probe("review:remove-criterion", post=done(RUBRIC), at=criterion),
    Probe(
        "review:invitation",
        get=NOBODYS,
        post=NOBODYS,
        at=lambda stage: {"pk": stage.rows["review-panel"].reviewers["dan"].pk},
        body=body(accepts="yes"),
    ),
    Probe(
        "review:open-panel", get=answers(404, 404, 403, 404, 404), post=answers(404, 404, 403, 404, 404), body=_opened
    ),
]
