"""A first visit costs little."""

import gzip

import pytest
from playwright.sync_api import Response
from tests.browser.conftest import OpenPage
from tests.browser.listen import Heard
from tests.browser.way import BOARD, PROMISE_PAGE
from tests.browser.world import Scene

pytestmark = [pytest.mark.browser, pytest.mark.django_db]
MOST_BYTES, MOST_REQUESTS = 80 * 1024, 6
MOST_SCRIPT, MOST_STYLE = 25 * 1024, 12 * 1024


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
