"""What the operations of the API to assignments answer to whom, and how each is asked."""

from tests.api.asked import Ask
from tests.review.asked_panels import CHAIR
from tests.review.scene import NOW, Scene

from accord.review import operations

STATUSES: dict[str, tuple[str, ...]] = {
    "assign_by_hand": ("201", *CHAIR[1:]),
    **dict.fromkeys(
        ("read_panel_assignment", "lock_panel_assignment", "unlock_panel_assignment", "release_reviewer"), CHAIR
    ),
}


def asks(scene: Scene) -> dict[str, Ask]:
    """Return how each operation is asked: of one who reviews an item, and of one who does not yet."""
    made = operations.assign(item=scene.item("A-006"), panelist=scene.reviewers["dan"], by=scene.manager.person, at=NOW)
    panel = {"number": scene.panel.pk}
    one = {**panel, "assignment": made.pk}
    return {
        "assign_by_hand": Ask(panel, {"item": "A-006", "reviewer": scene.reviewers["bo"].pk}),
        "read_panel_assignment": Ask(one),
        "lock_panel_assignment": Ask(one, {}),
        "unlock_panel_assignment": Ask(one, {}),
        "release_reviewer": Ask(one, {"reason": "Ill."}),
    }
