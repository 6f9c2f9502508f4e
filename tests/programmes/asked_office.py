"""What the operations of the API to applications answer to whom, and how each is asked."""

from tests.api.asked import Ask
from tests.programmes.scene import Scene

OFFICE = ("200", "404", "404", "404", "401")
STATUSES: dict[str, tuple[str, ...]] = {
    "list_call_applications": OFFICE,
    "read_call_application": OFFICE,
    "take_application_step": OFFICE,
}


def asks(scene: Scene) -> dict[str, Ask]:
    """Return how each operation is asked."""
    call = {"programme": scene.programme.key, "key": scene.call.key}
    one = {**call, "reference": scene.submitted.reference}
    return {
        "list_call_applications": Ask(call),
        "read_call_application": Ask(one),
        "take_application_step": Ask(one, {"step": "pass"}),
    }
