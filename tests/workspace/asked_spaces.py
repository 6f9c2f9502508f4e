"""What the operations of the API to sites, floors and spaces answer to whom, and how each is asked."""

from tests.api.asked import ALL_KNOWN, Ask
from tests.workspace.scene import Scene

READERS = ("200", "404", "200", "404", "401")
"""The operator's house: the site here counts for no agreement, so that a partner does not know of it."""
KEEPERS = ("200", "404", "403", "404", "401")
STATUSES: dict[str, tuple[str, ...]] = {
    "list_work_spaces": ALL_KNOWN,
    "read_work_space": READERS,
    "list_floors": READERS,
    "list_spaces": READERS,
    "add_space": ("201", *KEEPERS[1:]),
    "read_space": READERS,
    "change_space": KEEPERS,
}


def asks(scene: Scene) -> dict[str, Ask]:
    """Return how each operation is asked."""
    site = {"key": scene.site.key}
    office = {**site, "number": scene.next_office.pk}
    added = {
        "floor": scene.first.pk,
        "code": "A-109",
        "kind": "office",
        "area_m2": 20,
        "starts_on": "2019-10-01",
        "booking_rules": scene.by_time.pk,
    }
    return {
        "list_work_spaces": Ask(),
        "read_work_space": Ask(site),
        "list_floors": Ask(site),
        "list_spaces": Ask(site),
        "add_space": Ask(site, added),
        "read_space": Ask(office),
        "change_space": Ask(office, {"capacity": 9, "area_m2": 81.5}),
    }
