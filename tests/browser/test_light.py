"""Pages are light, keep to themselves, and fit every width."""

import gzip
from dataclasses import dataclass, field

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, Response
from tests.browser.conftest import NARROW, SMALLEST, WIDE, OpenPage, new_context
from tests.browser.pages import VIEWS
from tests.browser.way import BOARD, PROMISE_PAGE, View
from tests.browser.world import Scene

pytestmark = [pytest.mark.browser, pytest.mark.django_db]
MOST_BYTES, MOST_REQUESTS, MOST_ELEMENTS = 80 * 1024, 6, 1_500
MOST_SCRIPT, MOST_STYLE = 25 * 1024, 12 * 1024


@dataclass
class Heard:
    """What a page asked for and complained of."""

    responses: list[Response] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    @classmethod
    def of(cls, page: Page) -> "Heard":
        """Listen to a page."""
        heard = cls()
        page.on("response", lambda response: heard.responses.append(response))  # noqa: PLW0108 (Playwright marks what it is handed)
        page.on("console", lambda message: heard.keep_complaint(message))  # noqa: PLW0108 (the same)
        page.on("pageerror", lambda error: heard.complaints.append(str(error)))
        return heard

    def keep_complaint(self, message: ConsoleMessage) -> None:
        """Keep errors and warnings, but not the browser's own note that a page's status is 4xx."""
        is_status = message.text.startswith("Failed to load resource") and message.location["url"] == message.page.url
        if message.type in {"error", "warning"} and not is_status:
            self.complaints.append(message.text)


def size_of(response: Response) -> int:
    """Return the bytes of a response, compressed as the server sends it where the test server does not."""
    return len(gzip.compress(response.body())) + response.request.sizes()["responseHeadersSize"]


@pytest.mark.parametrize("language", ["en", "zh-hans"])
@pytest.mark.parametrize("path", [BOARD, PROMISE_PAGE])
def test_first_visit_costs_little(open_page: OpenPage, scene: Scene, path: str, language: str) -> None:
    page = open_page(scene.cast.owner, language=language)
    heard = Heard.of(page)

    page.goto(path, wait_until="networkidle")
    sizes = {response.url: size_of(response) for response in heard.responses}
    scripts = sum(size for url, size in sizes.items() if url.endswith(".js"))
    styles = sum(size for url, size in sizes.items() if url.endswith(".css"))

    assert len(sizes) <= MOST_REQUESTS, sizes
    assert sum(sizes.values()) <= MOST_BYTES, sizes
    assert (scripts <= MOST_SCRIPT, styles <= MOST_STYLE) == (True, True), sizes


@pytest.mark.parametrize("view", VIEWS, ids=lambda view: view.name)
def test_page_keeps_to_itself_and_fits(browser: Browser, site: str, scene: Scene, view: View) -> None:
    context = new_context(browser, site, view.member(scene), language="en", size=WIDE)
    page = context.new_page()
    heard = Heard.of(page)

    view.way(page, scene)
    page.wait_for_load_state("load")
    elements = page.evaluate("document.querySelectorAll('*').length")
    too_wide = {width: _sticking_out(page, size) for size in (WIDE, NARROW, SMALLEST) if (width := size[0])}
    elsewhere = [one.url for one in heard.responses if not one.url.startswith(site)]
    context.close()

    assert (elsewhere, heard.complaints) == ([], [])
    assert too_wide == {width: [] for width in too_wide}
    assert elements <= MOST_ELEMENTS or view.name == "style guide"  # which shows everything at once, by intent


def _sticking_out(page: Page, size: tuple[int, int]) -> list[str]:
    """Return what makes the page wider than the window; a part that scrolls by itself does not."""
    page.set_viewport_size({"width": size[0], "height": size[1]})
    return page.evaluate(
        """() => document.documentElement.scrollWidth <= innerWidth ? [] :
        [...document.querySelectorAll("body *")]
          .filter((one) => one.getBoundingClientRect().right > innerWidth + 1 && !one.closest(".scroll, .hidden"))
          .slice(0, 5).map((one) => one.outerHTML.slice(0, 120)).concat("wider than the window")"""
    )
