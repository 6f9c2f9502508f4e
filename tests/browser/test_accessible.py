"""Axe finds nothing: every page, in both languages and themes, wide and narrow."""

from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page
from tests.browser.conftest import NARROW, WIDE, new_context
from tests.browser.pages import VIEWS
from tests.browser.way import View
from tests.browser.world import Scene

pytestmark = [pytest.mark.browser, pytest.mark.django_db]
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"]
EVERYTHING = {"runOnly": {"type": "tag", "values": TAGS}, "resultTypes": ["violations"], "preload": False}
COLOURS = {
    "runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]},
    "resultTypes": ["violations"],
}
"""All that a theme can change."""
RUN = """async (options) => (await axe.run(options)).violations.map(
  (found) => [found.impact, found.id, ...found.nodes.slice(0, 3).map((node) => node.target[0])].join(" "))"""
LANGUAGES = {
    "en": ((WIDE, "light", EVERYTHING), (NARROW, "dark", COLOURS)),
    "zh-hans": ((NARROW, "light", EVERYTHING), (WIDE, "dark", COLOURS)),
}
"""How each language is looked at: both widths and both themes, each of them once."""

Contexts = dict[tuple[str, str], BrowserContext]


@pytest.fixture(scope="module")
def contexts(browser: Browser) -> Iterator[Contexts]:
    """Keep one context for each member and language, so that the browser's cache serves the next page."""
    kept: Contexts = {}
    yield kept
    for context in kept.values():
        context.close()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("view", VIEWS, ids=lambda view: view.name)
def test_page_has_no_findings(
    browser: Browser, site: str, scene: Scene, contexts: Contexts, view: View, language: str
) -> None:
    if (view.who, language) not in contexts:
        contexts[view.who, language] = new_context(browser, site, view.member(scene), language=language, size=WIDE)
    page = contexts[view.who, language].new_page()
    statuses: list[int] = []
    page.on("response", lambda response: _keep_status(response, statuses))

    view.way(page, scene)
    findings = list(_findings(page, language))
    page.close()

    assert (statuses[-1], findings) == (view.status, [])


def _findings(page: Page, language: str) -> Iterator[str]:
    """Yield what axe finds."""
    page.evaluate(Axe().axe_script)
    for (width, height), theme, options in LANGUAGES[language]:
        page.set_viewport_size({"width": width, "height": height})
        page.emulate_media(color_scheme=theme)
        for found in page.evaluate(RUN, options):
            yield f"{found} ({width}, {theme})"


def _keep_status(response: Any, statuses: list[int]) -> None:
    if response.request.is_navigation_request():
        statuses.append(response.status)
