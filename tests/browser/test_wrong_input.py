"""Every form, sent with nothing or nonsense in it: the answer says what is wrong and leads to it."""

import pytest
from playwright.sync_api import Page
from tests.browser.conftest import OpenPage
from tests.browser.pages import NEW
from tests.browser.way import BOARD, BRING_IN, PROMISE_PAGE
from tests.browser.world import Scene

pytestmark = [pytest.mark.browser, pytest.mark.django_db]
LANGUAGES = ["en", "zh-hans"]
PREFIX = {"en": "Error: ", "zh-hans": "错误"}
FORM = "main form[method=post]:has(.field)"

SPOIL = """(form) => {
  for (const input of form.querySelectorAll(".field input, .field textarea, .field select")) {
    if (input.tagName === "SELECT") input.append(new Option("Nowhere", "nowhere", true, true));
    else if (input.type !== "file") input.value = "";
  }
  form.submit();
}"""

FAULTS = """() => {
  const summary = document.querySelector(".errors");
  if (!summary) return ["no summary"];
  const faults = [];
  const links = [...summary.querySelectorAll("a[href^='#']")];
  if (document.activeElement !== summary) faults.push("the summary has no focus");
  if (!links.length) faults.push("the summary leads nowhere");
  for (const link of links) {
    const input = document.getElementById(link.hash.slice(1));
    if (!input) faults.push("no target for " + link.hash);
    else if (input.getAttribute("aria-invalid") !== "true") faults.push(link.hash + " is not marked");
  }
  for (const one of document.querySelectorAll("[aria-describedby]"))
    for (const id of one.getAttribute("aria-describedby").split(" "))
      if (!document.getElementById(id)) faults.push("no description " + id);
  return faults;
}"""


def addresses(scene: Scene) -> list[tuple[str, str]]:
    """Return every page with a form that a person fills in, and who fills it in."""
    evidence = f"{BOARD}evidence/"
    return [
        ("", "/sign-in/"),
        ("", "/display/"),
        ("owner", "/style/form/"),
        ("owner", NEW),
        ("owner", f"{PROMISE_PAGE}forecast/"),
        ("owner", f"{BOARD}engagements/new/"),
        ("partner", f"{evidence}{scene.waiting.pk}/"),
        ("partner", f"{evidence}{scene.confirmed.pk}/"),
        ("owner", f"{evidence}{scene.waiting.pk}/"),
        ("steward", BRING_IN),
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_wrong_input_is_answered_with_what_to_mend(open_page: OpenPage, scene: Scene, language: str) -> None:
    answers = {
        (who, path): _answer_to_nonsense(
            open_page(getattr(scene.cast, who) if who else None, language=language), path, PREFIX[language]
        )
        for who, path in addresses(scene)
    }

    assert answers == {place: [(422, [])] for place in addresses(scene)}


def _answer_to_nonsense(page: Page, path: str, prefix: str) -> list[tuple[int, list[str]]]:
    """Spoil and send each form of a page; return the status and the faults of each answer."""
    page.goto(path)
    answers = []
    for number in range(page.locator(FORM).count()):
        page.goto(path)
        with page.expect_navigation() as answer:
            page.locator(FORM).nth(number).evaluate(SPOIL)
        faults = page.evaluate(FAULTS)
        faults += [] if page.title().startswith(prefix) else [f"the title starts {page.title()[:20]}"]
        answers.append((answer.value.status, faults))
    page.close()
    return answers


def test_link_of_the_summary_leads_to_the_input_and_what_was_typed_is_kept(open_page: OpenPage, scene: Scene) -> None:
    page = open_page(scene.cast.owner)

    page.goto(NEW)
    page.get_by_label("Document", exact=True).fill("Register, page 9")
    page.get_by_label("Amount").fill("0")
    page.get_by_role("button", name="Check the entry").click()
    page.get_by_role("link", name="Enter an amount other than 0.").click()

    assert page.evaluate("document.activeElement.name") == "amount"
    assert page.get_by_label("Document", exact=True).input_value() == "Register, page 9"
