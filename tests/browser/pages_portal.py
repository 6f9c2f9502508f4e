"""Pages of the portal that are worth a look: what waits, and the search in its states."""

from playwright.sync_api import Page
from tests.browser.way import View, Way, at, go
from tests.browser.world import Scene


def palette(words: str) -> Way:
    """Return the way to the open palette with these words."""

    def way(page: Page, _scene: Scene) -> None:
        go(page, "/agreements/")
        page.keyboard.press("Control+k")
        with page.expect_response("**/search/suggest/?q=*"):
            page.get_by_role("dialog").get_by_role("combobox").fill(words)
        page.locator("#palette-list[aria-busy=false]").wait_for()

    return way


VIEWS = [
    View("waiting", "partner", at("/waiting/")),
    View("waiting, nothing", "outsider", at("/waiting/")),
    View("search, empty", "owner", at("/search/")),
    View("search, found", "owner", at("/search/?q=chengdu")),
    View("search, one kind", "owner", at("/search/?q=fintech&kind=promise")),
    View("search, nothing found", "owner", at("/search/?q=xylophonist")),
    View("search, visitor", "", at("/search/?q=chengdu")),
    View("palette", "owner", palette("chengdu")),
    View("which agreement", "owner", at("/begin/meeting/")),
]
