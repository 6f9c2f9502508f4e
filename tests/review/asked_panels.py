"""What the operations of the API to panels answer to whom, and how each is asked."""

from tests.api.asked import ALL_KNOWN, Ask
from tests.review.scene import Scene

WATCH = ("200", "404", "200", "404", "401")
"""The owner's house; executives see counts."""
CHAIR = ("200", "404", "403", "404", "401")
STATUSES: dict[str, tuple[str, ...]] = {
    "list_panels": ALL_KNOWN,
    "read_panel": WATCH,
    "list_panel_reviewers": CHAIR,
    "list_panel_conflicts": CHAIR,
    "list_panel_reviews": CHAIR,
    "list_panel_standings": CHAIR,
    "list_panel_assignments": CHAIR,
}


def asks(scene: Scene) -> dict[str, Ask]:
    """Return how each operation is asked."""
    panel = Ask({"number": scene.panel.pk})
    return {"list_panels": Ask()} | {name: panel for name in STATUSES if name != "list_panels"}
