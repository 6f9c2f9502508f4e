"""What the operations of the API to placements answer to whom, and how each is asked."""

from datetime import date

from tests.api.asked import ALL_KNOWN, Ask
from tests.cast import moment
from tests.programmes.placed import ARRIVED, recorded
from tests.programmes.scene import Scene

from accord.programmes import operations

READERS = ("200", "404", "200", "404", "401")
KEEPERS = ("200", "404", "403", "404", "401")
STATUSES: dict[str, tuple[str, ...]] = {
    "list_placements": ALL_KNOWN,
    "read_placement": READERS,
    "confirm_placement_arrival": KEEPERS,
    "end_placement": KEEPERS,
}


def asks(scene: Scene) -> dict[str, Ask]:
    """Return how each operation is asked: of one who has not arrived, and of one who has."""
    coming, there = recorded(scene), recorded(scene, starts_on=date(2019, 9, 2))
    operations.confirm_arrival(
        placement=there, arrived_on=date(2019, 9, 2), by=scene.manager.person, at=moment(ARRIVED)
    )
    return {
        "list_placements": Ask(),
        "read_placement": Ask({"reference": there.reference}),
        "confirm_placement_arrival": Ask({"reference": coming.reference}, {"arrived_on": "2019-09-03"}),
        "end_placement": Ask({"reference": there.reference}, {"left_on": "2019-09-20"}),
    }
