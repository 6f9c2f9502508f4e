"""Pages of the office of a panel: how far it is, a proposal that fits and one that does not, an item, the standings."""

from playwright.sync_api import Page
from tests.browser.way import View, Way, go
from tests.browser.world import Scene
from tests.review import scene as house

from accord.review import models, operations


def furnish(scene: Scene) -> None:
    """Make the panel with reviews and two proposals, and let its people be named in views."""
    made = house.make_scene(scene.cast)
    scene.others.update(reviewer=made.members["ann"], chair=made.members["eve"])
    for code, scores in {"A-001": "54", "A-002": "32", "A-003": "42"}.items():
        for name, quality in zip(("ann", "bo"), scores, strict=True):
            made.review(code, name, quality)
    told = {"by": scene.cast.owner.person, "at": house.NOW}
    operations.propose_assignment(panel=made.panel, goal="best_total", **told)
    for name in ("cy", "dan", "ann"):
        operations.enter_conflict(
            panelist=made.reviewers[name], item=made.item("A-004"), reason="Wrote a reference", **told
        )
    operations.enter_conflict(panelist=made.reviewers["bo"], item=made.item("A-004"), reason="A pupil", **told)
    operations.propose_assignment(panel=made.panel, goal="strong", **told)
    operations.work_out_standing(panel=made.panel, at=house.NOW)


def _on(name: str) -> str:
    return f"/review/panels/{models.Panelist.objects.get(person__key='eve').panel_id}/{name}"


def _panel(page: Page, _scene: Scene) -> None:
    go(page, _on(""))


def _standings(page: Page, _scene: Scene) -> None:
    go(page, _on("standings/"))


def _item(page: Page, _scene: Scene) -> None:
    go(page, _on(f"items/{models.Item.objects.get(code='A-001', record='paper:1').pk}/"))


def _run(goal: str) -> Way:
    return lambda page, _scene: go(page, _on(f"runs/{models.AssignmentRun.objects.get(goal=goal).pk}/"))


VIEWS = [
    View("panel", "owner", _panel),
    View("panel, counts alone", "executive", _panel),
    View("proposed assignment", "chair", _run("best_total")),
    View("proposed assignment, nothing fits", "owner", _run("strong")),
    View("item under review", "chair", _item),
    View("standings", "owner", _standings),
]
