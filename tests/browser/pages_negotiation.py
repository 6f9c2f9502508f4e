"""Pages of negotiations that are worth a look, in the states that differ."""

from collections.abc import Callable

from playwright.sync_api import Page
from tests.browser.way import View, at, go
from tests.browser.world import TODAY, Scene
from tests.cast import moment
from tests.negotiation.table import Table, lay_amendment, lay_table

REVIEWED = "Interns and publications"
APPROVED = "A text that all approved"
Way = Callable[[Page, Scene], None]


def furnish(scene: Scene) -> None:
    """Lay a table in review with a requested change, one that waits for signatures, and an amendment."""
    first, second, third = lay_table(scene.cast, REVIEWED), lay_table(scene.cast, APPROVED), lay_amendment(scene.cast)
    for table in (first, second, third):
        table.now = moment(TODAY, 0)
        table.put_forward()
    first.ask(proposed="Either party may publish after sixty days.")
    first.approve(first.ours)
    second.reword("Either party may publish at once.")
    second.put_forward()
    for party in (second.ours, second.theirs):
        second.approve(party)
    ROOMS.update(reviewed=first, approved=second, amended=third)


ROOMS: dict[str, Table] = {}
"""The negotiations of the scene that is being walked through."""


def room(name: str, path: str = "") -> Way:
    """Return the way to a page of one negotiation."""
    return lambda page, _scene: go(page, f"/negotiations/{ROOMS[name].negotiation.key}/{path}")


VIEWS = [
    View("negotiations", "owner", at("/negotiations/")),
    View("negotiations, none", "outsider", at("/negotiations/")),
    View("start a negotiation", "owner", at("/negotiations/new/")),
    View("negotiation in review", "partner", room("reviewed")),
    View("draft", "owner", room("reviewed", "draft/")),
    View("clause of a draft", "owner", room("reviewed", "draft/clauses/new/?type=foreground-ip")),
    View("promise of a draft", "owner", room("reviewed", "draft/promises/fifty-interns/")),
    View("put forward", "owner", room("amended", "put-forward/")),
    View("version", "partner", room("reviewed", "versions/1/")),
    View("difference of two versions", "partner", room("approved", "versions/2/against/1/")),
    View("approve an amendment", "partner", room("amended", "approve/")),
    View("sign", "partner", room("approved", "sign/")),
    View("renewal dossier", "partner", at("/agreements/chengdu-cass/dossier/")),
    View("draft, not allowed", "partner", room("reviewed", "draft/"), 403),
]
