"""Every page, in both languages and themes: axe finds nothing, it keeps to itself, and it fits every width."""

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page
from tests.browser.conftest import NARROW, SMALLEST, WIDE, new_context
from tests.browser.listen import Heard
from tests.browser.pages import VIEWS
from tests.browser.way import View
from tests.browser.world import Scene

pytestmark = [pytest.mark.browser, pytest.mark.django_db]
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"]
EVERYTHING = {"runOnly": {"type": "tag", "values": TAGS}, "resultTypes": ["violations"], "preload": False}
OF_COLOUR = ["color-contrast", "link-in-text-block"]
COLOURS = {"runOnly": {"type": "rule", "values": OF_COLOUR}, "resultTypes": ["violations"]}
"""All that a theme can change, and more than half of what axe takes."""
BUT_COLOURS = EVERYTHING | {"rules": {rule: {"enabled": False} for rule in OF_COLOUR}}
RUN = """async (options) => (await axe.run(options)).violations.map(
  (found) => [found.impact, found.id, ...found.nodes.slice(0, 3).map((node) => node.target[0])].join(" "))"""
LANGUAGES = {
    "en": ((WIDE, "light", EVERYTHING), (NARROW, "dark", COLOURS)),
    "zh-hans": ((NARROW, "light", BUT_COLOURS),),
}
"""How axe looks at each language: wide and narrow, light and dark. Colours do not depend on the language."""
MOST_ELEMENTS = 1_500

Windows = dict[tuple[str, str], Page]


@pytest.fixture(scope="module")
def windows(browser: Browser) -> Iterator[Windows]:
    """Keep one window for each member and language: opening one costs more than most pages."""
    kept: Windows = {}
    yield kept
    for page in kept.values():
        page.context.close()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("view", VIEWS, ids=lambda view: view.name)
def test_page_is_sound(browser: Browser, site: str, scene: Scene, windows: Windows, view: View, language: str) -> None:
    if (view.who, language) not in windows:
        context = new_context(browser, site, view.member(scene), language=language, size=WIDE)
        windows[view.who, language] = context.new_page()
    page = windows[view.who, language]
    page.goto("about:blank")
    page.set_viewport_size({"width": WIDE[0], "height": WIDE[1]})
    page.emulate_media(color_scheme="light")
    heard = Heard.of(page)

    view.way(page, scene)
    elements = page.evaluate("document.querySelectorAll('*').length")
    too_wide = {size[0]: found for size in (WIDE, NARROW, SMALLEST) if (found := _sticking_out(page, size))}
    complaints, elsewhere = list(heard.complaints), heard.elsewhere(site)
    findings = list(_findings(page, language))
    heard.leave(page)

    assert (heard.last_status, findings) == (view.status, [])
    assert (too_wide, complaints, elsewhere) == ({}, [], [])
    assert elements <= MOST_ELEMENTS or view.name == "style guide"  # which shows everything at once, by intent


def _findings(page: Page, language: str) -> Iterator[str]:
    """Yield what axe finds."""
    page.evaluate(Axe().axe_script)
    for (width, height), theme, options in LANGUAGES[language]:
        page.set_viewport_size({"width": width, "height": height})
        page.emulate_media(color_scheme=theme)
        for found in page.evaluate(RUN, options):
            yield f"{found} ({width}, {theme})"


def _sticking_out(page: Page, size: tuple[int, int]) -> list[str]:
    """Return what makes the page wider than the window; a part that scrolls by itself does not."""
    page.set_viewport_size({"width": size[0], "height": size[1]})
    return page.evaluate(
        """() => document.documentElement.scrollWidth <= innerWidth ? [] :
        [...document.querySelectorAll("body *")]
          .filter((one) => one.getBoundingClientRect().right > innerWidth + 1 && !one.closest(".scroll, .hidden"))
          .slice(0, 5).map((one) => one.outerHTML.slice(0, 120)).concat("wider than the window")"""
    )
