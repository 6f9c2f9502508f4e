"""What the operations of the API to programmes and calls answer to whom, and how each is asked."""

from tests.api.asked import ALL_KNOWN, Ask
from tests.programmes.scene import Scene

STATUSES: dict[str, tuple[str, ...]] = {
    "list_programmes": ALL_KNOWN,
    "list_calls": ALL_KNOWN,
    "read_call": ALL_KNOWN,
    "prepare_call": ("201", "404", "403", "404", "401"),
}


def asks(scene: Scene) -> dict[str, Ask]:
    """Return how each operation is asked."""
    home = {"programme": scene.programme.key}
    prepared = {
        "key": "by-program",
        "name": {"en": "By program"},
        "opens_at": "2031-07-01T09:00:00+08:00",
        "closes_at": "2031-09-01T23:59:59+08:00",
        "time_zone": "Asia/Shanghai",
    }
    return {
        "list_programmes": Ask(),
        "list_calls": Ask(),
        "read_call": Ask({**home, "key": scene.call.key}),
        "prepare_call": Ask(home, prepared),
    }
