"""The palette: opened by a key, driven by keys, and a plain search page where there is no script."""

import re

import pytest
from playwright.sync_api import Page, expect
from tests.browser.conftest import NARROW, OpenPage
from tests.browser.world import Scene

pytestmark = [pytest.mark.browser, pytest.mark.django_db]


def opened(page: Page, key: str = "Control+k") -> Page:
    """Open the palette on a list."""
    page.goto("/measures/")
    page.keyboard.press(key)
    expect(page.get_by_role("dialog")).to_be_visible()
    return page


def write(page: Page, words: str) -> None:
    """Write words and wait for their answer."""
    with page.expect_response(lambda answer: "/search/suggest/" in answer.url and "q=" in answer.url):
        page.get_by_role("dialog").get_by_role("combobox").fill(words)
    expect(page.locator("#palette-list")).to_have_attribute("aria-busy", "false")


def active(page: Page) -> str:
    """Return the line that the input points at."""
    return str(
        page.evaluate(
            "document.getElementById(document.activeElement.getAttribute('aria-activedescendant'))?.innerText"
        )
    )


@pytest.mark.parametrize("key", ["Control+k", "Meta+k", "/"])
def test_key_opens_it_and_escape_closes_it_where_one_was(open_page: OpenPage, scene: Scene, key: str) -> None:
    page = open_page(scene.cast.owner)
    page.goto("/measures/")
    place = page.locator("nav.nav").get_by_role("link", name="Measures")
    place.focus()

    page.keyboard.press(key)
    expect(page.get_by_role("dialog").get_by_role("combobox")).to_be_focused()
    page.keyboard.press("Escape")

    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(place).to_be_focused()


def test_words_arrows_and_enter_lead_to_a_record(open_page: OpenPage, scene: Scene) -> None:
    page = opened(open_page(scene.cast.owner))

    write(page, "fintech enterp")
    expect(page.get_by_role("dialog").get_by_role("option").first).to_have_attribute("aria-selected", "true")
    first = active(page)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")

    assert first.startswith("About 300 fintech enterprises")
    expect(page.get_by_role("heading", level=1)).to_have_text("About 300 fintech enterprises")


def test_something_is_begun_from_it(open_page: OpenPage, scene: Scene) -> None:
    page = opened(open_page(scene.cast.owner))

    write(page, "start a nego")
    page.get_by_role("dialog").get_by_role("option", name="Start a negotiation").click()

    expect(page).to_have_url(re.compile("/negotiations/new/$"))


def test_letters_of_an_unfinished_chinese_word_search_nothing_and_its_enter_opens_nothing(
    open_page: OpenPage, scene: Scene
) -> None:
    page = opened(open_page(scene.cast.owner, language="zh-hans"))
    expect(page.get_by_role("dialog").get_by_role("option").first).to_be_visible()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if "suggest" in request.url else None)
    typing = page.context.new_cdp_session(page)

    for letters in ("c", "ch", "cheng", "cheng'du"):
        typing.send(
            "Input.imeSetComposition", {"text": letters, "selectionStart": len(letters), "selectionEnd": len(letters)}
        )
    page.wait_for_timeout(400)
    while_composing = list(asked)
    with page.expect_response("**/search/suggest/?q=*"):
        typing.send("Input.insertText", {"text": "成都"})

    expect(page.get_by_role("dialog").get_by_role("option", name=re.compile("成都与伦敦")).first).to_be_visible()
    assert while_composing == []
    assert len(asked) == 1
    assert "/measures/" in page.url


def test_slash_writes_a_slash_in_a_field_and_does_nothing_once_it_is_switched_off(
    open_page: OpenPage, scene: Scene
) -> None:
    page = open_page(scene.cast.owner)
    page.goto("/agreements/")
    page.get_by_role("main").get_by_role("searchbox").focus()
    page.keyboard.press("/")
    typed = page.get_by_role("main").get_by_role("searchbox").input_value()

    page.goto("/display/?next=/measures/")
    page.get_by_label("The key / opens the search").uncheck()
    page.get_by_role("button", name="Keep these choices").click()
    page.keyboard.press("/")
    after_switching_off = page.locator("dialog[open]").count()
    page.keyboard.press("Control+k")

    assert (typed, after_switching_off) == ("/", 0)
    expect(page.get_by_role("dialog")).to_be_visible()


def test_nobody_finds_in_it_what_they_must_not_know(open_page: OpenPage, scene: Scene) -> None:
    page = opened(open_page(scene.cast.outsider))

    write(page, "fintech enterp")

    expect(page.get_by_role("dialog")).to_contain_text("Nothing found.")


@pytest.mark.parametrize("size", [None, NARROW], ids=["wide", "narrow"])
def test_without_script_the_same_words_go_to_the_search_page(
    open_page: OpenPage, scene: Scene, size: tuple[int, int] | None
) -> None:
    page = open_page(scene.cast.owner, script=False, **({"size": size} if size else {}))
    page.goto("/measures/")

    if size:
        page.locator("nav.nav").get_by_role("link", name="Search").click()
        page.get_by_role("main").get_by_role("searchbox").fill("fintech")
        page.get_by_role("main").get_by_role("button", name="Search").click()
    else:
        page.locator("#search").fill("fintech")
        page.locator("#search").press("Enter")

    page.get_by_role("main").get_by_role("link", name="About 300 fintech enterprises").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("About 300 fintech enterprises")
