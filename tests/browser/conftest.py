"""One world, one server and one browser for each file of tests."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connections
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from pytest_django import DjangoDbBlocker
from pytest_django.live_server_helper import LiveServer
from tests.browser.pages import furnish
from tests.browser.world import Scene, build_scene
from tests.cast import Member

QUIET = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
WIDE, NARROW, SMALLEST = (1440, 900), (390, 844), (320, 640)
SECONDS = 15_000

OpenPage = Callable[..., Page]
ENOUGH_FOR_TWO = "test_pages.py"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Keep the tests of a file in one process, which builds their world once; one file is long enough for both."""
    for item in items:
        if item.path.parent == Path(__file__).parent and item.path.name != ENOUGH_FOR_TWO:
            item.add_marker(pytest.mark.xdist_group(item.path.stem))


@pytest.fixture(scope="module")
def scene(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Scene]:
    """Build the world; empty the database when the file's tests are done."""
    with django_db_blocker.unblock():
        try:
            built = build_scene()
            furnish(built)
            yield built
        finally:
            call_command("flush", verbosity=0, interactive=False, allow_cascade=True)


@pytest.fixture(scope="module")
def site(scene: Scene) -> Iterator[str]:
    """Serve the world; return the site's address."""
    server = LiveServer("127.0.0.1")
    yield server.url
    server.stop()


@pytest.fixture(scope="module")
def browser(site: str, chromium: Path) -> Iterator[Browser]:
    """Start the browser, after the server so that it is gone before the world is."""
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # the driver's loop runs in this thread; no query awaits it
        started = playwright.chromium.launch(executable_path=chromium, args=QUIET)
        yield started
        started.close()
        connections.close_all()  # those opened while the driver's loop ran are kept apart from the others


@pytest.fixture
def open_page(browser: Browser, site: str) -> Iterator[OpenPage]:
    """Return a function that opens a page as a member (None: a visitor), each in a context of their own."""
    with ExitStack() as stack:

        def open_as(
            who: Member | None, *, language: str = "en", size: tuple[int, int] = WIDE, script: bool = True
        ) -> Page:
            context = new_context(browser, site, who, language=language, size=size, script=script)
            stack.callback(context.close)
            return context.new_page()

        yield open_as


def new_context(
    browser: Browser, site: str, who: Member | None, *, language: str, size: tuple[int, int], script: bool = True
) -> BrowserContext:
    """Return a fresh browser context, signed in as the member."""
    width, height = size
    context = browser.new_context(
        base_url=site,
        viewport={"width": width, "height": height},
        locale="en-GB",
        java_script_enabled=script,
        reduced_motion="reduce",  # colours that are still changing would be measured half-way
    )
    context.set_default_timeout(SECONDS)
    cookies = {"django_language": language}
    if who is not None:
        cookies["sessionid"] = who.client.cookies["sessionid"].value
    context.add_cookies([{"name": name, "value": value, "url": site} for name, value in cookies.items()])
    return context
