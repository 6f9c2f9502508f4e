"""What the operations of the API to one's own reviews answer to whom, and how each is asked."""

from tests.api.asked import ALL_KNOWN, Ask
from tests.review.scene import Scene

STATUSES: dict[str, tuple[str, ...]] = {
    "list_own_reviews": ALL_KNOWN,
    "read_own_review": ("404", "404", "404", "404", "401"),
}
"""A review is there for its reviewer alone."""


def asks(scene: Scene) -> dict[str, Ask]:
    """Return how each operation is asked."""
    return {"list_own_reviews": Ask(), "read_own_review": Ask({"number": scene.assign("A-005", "cy").pk})}
