"""Pages of a reviewer: the queue, the statement, the desk with a draft, an item that is not open yet, the discussion."""

from playwright.sync_api import Page
from tests.browser.way import View, Way, at, go
from tests.browser.world import Scene
from tests.review import scene as house

from accord.review import models, operations

QUEUE = "/review/queue/"


def furnish(scene: Scene) -> None:
    """Let one reviewer have a review that is in, one that is begun, and one that waits; stands on the office's panel."""
    made = house.made_scene(scene.cast)
    scene.others.update(reviewer=made.members["ann"])
    draft = made.review("A-005", "ann", "3", submit=False)
    operations.open_item(assignment=draft.assignment, by=made.members["ann"].person, at=house.NOW)
    made.assign("A-006", "ann")
    made.review("A-001", "cy", "2")
    operations.remark(
        item=made.item("A-001"), text="The plan is too long for a year.", by=made.members["cy"].person, at=house.NOW
    )


def _item(code: str, end: str = "") -> Way:
    """Return the way to an item of the reviewer."""

    def way(page: Page, _scene: Scene) -> None:
        found = models.Assignment.objects.get(item__code=code, panelist__person__key="ann")
        go(page, f"{QUEUE}{found.pk}/{end}")

    return way


def _statement(page: Page, _scene: Scene) -> None:
    go(page, f"{QUEUE}panels/{models.Panelist.objects.get(person__key='ann').pk}/conflicts/")


VIEWS = [
    View("my reviews", "reviewer", at(QUEUE)),
    View("conflicts of interest of a reviewer", "reviewer", _statement),
    View("an item beside its rubric", "reviewer", _item("A-005")),
    View("an item that is not open yet", "reviewer", _item("A-006")),
    View("discussion of an item", "reviewer", _item("A-001", "discussion/")),
]
