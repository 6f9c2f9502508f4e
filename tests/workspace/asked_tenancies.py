"""What the operations of the API to tenancies and the waiting list answer to whom, and how each is asked."""

from decimal import Decimal

from tests.api.asked import Ask
from tests.cast import moment
from tests.workspace.scene import MOVED_IN, Scene

from accord.workspace import operations

READERS = ("200", "404", "200", "404", "401")
KEEPERS = ("200", "404", "403", "404", "401")
STATUSES: dict[str, tuple[str, ...]] = {
    "list_tenancies": READERS,
    "read_tenancy": READERS,
    "list_space_applications": KEEPERS,
    "apply_for_space": ("201", *KEEPERS[1:]),
    "read_space_application": READERS,
}


def asks(scene: Scene) -> dict[str, Ask]:
    """Return how each operation is asked."""
    site = {"key": scene.site.key}
    waiting = operations.apply_for_space(
        team=scene.other_team,
        area_m2=Decimal(40),
        people=4,
        from_on=MOVED_IN,
        by=scene.operator.person,
        at=moment(MOVED_IN),
    )
    wish = {"team": scene.team.key, "area_m2": 60, "people": 8, "from_on": "2019-12-01", "features": ["water"]}
    return {
        "list_tenancies": Ask(site),
        "read_tenancy": Ask({**site, "number": scene.tenancy.pk}),
        "list_space_applications": Ask(site),
        "apply_for_space": Ask(site, wish),
        "read_space_application": Ask({**site, "number": waiting.pk}),
    }
