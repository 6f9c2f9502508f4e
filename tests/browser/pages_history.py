"""Pages of the history in the states that are worth a look."""

from datetime import UTC, datetime

from playwright.sync_api import Page
from tests.browser.way import View, Way, at, go
from tests.browser.world import Scene

from accord.history import operations, queries


def of_agreement(end: str = "") -> Way:
    """Return the way to the history of the scene's agreement."""
    return lambda page, scene: go(page, f"/history/agreement:{scene.cast.agreement.pk}/{end}")


def of_a_change(page: Page, scene: Scene) -> None:
    """Go to the latest change of the agreement."""
    record = f"agreement:{scene.cast.agreement.pk}"
    latest = queries.history_of(queries.subject_of(record))[0]
    go(page, f"/history/{record}/{latest.part}/{latest.event}/")


def furnish(_scene: Scene) -> None:
    """Seal what the scene wrote."""
    operations.seal_events(at=datetime(2019, 9, 30, 12, tzinfo=UTC))


VIEWS = [
    View("history", "owner", of_agreement()),
    View("one change", "owner", of_a_change),
    View("as it stood", "partner", of_agreement("at/")),
    View("before it was there", "partner", of_agreement("at/?moment=2001-01-01")),
    View("seals, a kept head does not hold", "owner", at("/history/seals/?seal=1&sha256=0")),
]
