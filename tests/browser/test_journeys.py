"""What people come to do, from the first page to the last."""

import re

import pytest
from playwright.sync_api import Page, expect
from tests.browser.conftest import OpenPage
from tests.browser.way import BOARD, PROMISE_PAGE
from tests.browser.world import PROMISE, Scene
from tests.cast import PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.django_db]
with_and_without_script = pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])


def figure(page: Page, promise: str) -> str:
    """Return the delivered number on a board's row."""
    page.goto(BOARD)
    found = re.search(r"[\d,]+", page.locator(f"#{promise} div.fig").inner_text())
    return found[0] if found else ""


@with_and_without_script
def test_person_signs_in_and_reads_the_board(open_page: OpenPage, script: bool) -> None:
    page = open_page(None, script=script)

    page.goto(BOARD)
    page.get_by_label("Email address").fill("owner@example.org")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("main").get_by_role("button", name="Sign in", exact=True).click()

    expect(page).to_have_url(re.compile(BOARD))
    expect(page.get_by_role("heading", level=1)).to_have_text("Chengdu and London, financial professionals")
    expect(page.locator(".lead.ruled")).to_contain_text("10 promises.")


@with_and_without_script
def test_number_opens_down_to_its_record(open_page: OpenPage, scene: Scene, script: bool) -> None:
    page = open_page(scene.cast.owner, script=script)

    page.goto(BOARD)
    page.get_by_role("link", name="About 300 fintech enterprises").first.click()
    page.get_by_role("link", name=re.compile(r"^All \d+ records$")).click()
    page.locator("tr", has_text="21 Aug 2019").get_by_role("link").first.click()

    expect(page.get_by_role("heading", level=1)).to_have_text("A delivery")
    expect(page.locator("dl.facts")).to_contain_text("Minutes, folder 7")
    expect(page.locator("dl.facts")).to_contain_text("+9 teams")


@with_and_without_script
def test_delivery_counts_once_the_other_side_confirms_and_no_longer_once_it_contests(
    open_page: OpenPage, scene: Scene, script: bool
) -> None:
    promise = "operated-area" if script else "research-personnel"
    owner, partner = (open_page(one, script=script) for one in (scene.cast.owner, scene.cast.partner))
    before = figure(owner, promise)

    owner.goto(f"{BOARD}promises/{promise}/evidence/new/")
    owner.get_by_label("Day it happened").fill("2019-09-25")
    owner.get_by_label("English").fill("Floors three and four")
    owner.get_by_label("Amount").fill("5200")
    owner.get_by_label("Document", exact=True).fill("Handover, page 2")
    owner.get_by_role("button", name="Check the entry").click()
    expect(owner.locator("dl.answers")).to_contain_text("5200")
    owner.get_by_role("button", name="Record evidence").click()
    expect(owner.locator("main")).to_contain_text("It does not count yet")
    unconfirmed = figure(owner, promise)

    partner.goto("/")
    partner.get_by_role("link", name="Floors three and four").click()
    partner.get_by_role("button", name="Confirm", exact=True).click()
    expect(partner.locator("main")).to_contain_text("Confirmed. It counts from now on.")
    entry = partner.url
    confirmed = figure(owner, promise)

    partner.goto(entry)
    partner.get_by_label("Reason").fill("Only floor three was handed over.")
    partner.get_by_role("button", name="Contest").click()
    expect(partner.locator("main")).to_contain_text("Only floor three was handed over.")
    contested = figure(owner, promise)

    assert (unconfirmed, confirmed, contested) == (before, "5,200", before)


def test_answer_is_changed_from_the_check_page_without_losing_the_others(open_page: OpenPage, scene: Scene) -> None:
    page = open_page(scene.cast.owner)

    page.goto(f"{PROMISE_PAGE}evidence/new/")
    page.get_by_label("Day it happened").fill("2019-09-25")
    page.get_by_label("English").fill("Four teams")
    page.get_by_label("Amount").fill("4")
    page.get_by_label("Document", exact=True).fill("Register, page 9")
    page.get_by_role("button", name="Check the entry").click()
    page.get_by_role("button", name="Change Amount").click()

    expect(page.get_by_label("Amount")).to_be_focused()
    expect(page.get_by_label("Document", exact=True)).to_have_value("Register, page 9")


def test_half_a_long_form_survives_a_closed_window(open_page: OpenPage, scene: Scene) -> None:
    new_meeting, minutes = f"{BOARD}engagements/new/", "Agreed on the next three steps."

    page = open_page(scene.cast.owner)
    page.goto(new_meeting)
    with page.expect_response("**/drafts/**") as kept:
        page.locator("[name=minutes_0]").fill(minutes)
    page.context.close()
    later = open_page(scene.cast.owner)
    later.goto(new_meeting)
    expect(later.get_by_role("heading", name="You left this form unfinished")).to_be_visible()
    later.get_by_role("link", name="Go on with it").click()

    assert kept.value.ok
    expect(later.locator("[name=minutes_0]")).to_have_value(minutes)
    expect(later.locator(".errors")).to_have_count(0)

    later.goto(new_meeting)
    later.get_by_role("button", name="Discard it").click()
    later.goto(new_meeting)
    expect(later.get_by_role("heading", name="You left this form unfinished")).to_have_count(0)


@with_and_without_script
def test_past_day_is_shown_by_what_is_known_now_and_by_what_was_known_then(
    open_page: OpenPage, scene: Scene, script: bool
) -> None:
    page = open_page(scene.cast.owner, script=script)

    page.goto(BOARD)
    page.get_by_label("As of").fill("2019-08-31")
    page.get_by_role("button", name="Show", exact=True).click()
    expect(page.locator("main")).to_contain_text("As of 31 Aug 2019, by all that is known today.")
    now_known = int(_delivered(page))
    page.get_by_role("link", name="Show what was known then").click()
    expect(page.locator("main")).to_contain_text("As of 31 Aug 2019, by what was known on 31 Aug 2019.")
    then_known = int(_delivered(page))

    assert now_known - then_known == scene.confirmed.amount


def _delivered(page: Page) -> str:
    found = re.search(r"\d+", page.locator(f"#{PROMISE} div.fig").inner_text())
    return found[0] if found else "0"


@with_and_without_script
def test_officer_puts_their_own_forecast_beside_the_computed_one_and_takes_it_back(
    open_page: OpenPage, scene: Scene, script: bool
) -> None:
    page = open_page(scene.cast.owner, script=script)

    page.goto(PROMISE_PAGE)
    page.get_by_role("link", name="Give your own forecast").click()
    page.get_by_label("Chance in 100").fill("65")
    page.get_by_label("Reason").fill("A new building opens in November.")
    page.get_by_role("button", name="Show my forecast beside it").click()
    expect(page.get_by_role("heading", name="Owner says 65 in 100")).to_be_visible()
    page.get_by_role("button", name="Take it back").click()

    expect(page.locator("main")).to_contain_text("Your forecast is taken back")
    expect(page.get_by_role("heading", name="Owner says 65 in 100")).to_have_count(0)


@with_and_without_script
def test_reader_changes_language_and_comes_back_to_the_same_page(
    open_page: OpenPage, scene: Scene, script: bool
) -> None:
    page = open_page(scene.cast.owner, script=script)

    page.goto(PROMISE_PAGE)
    page.get_by_role("button", name="中文").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("约 300 家金融科技企业")
    expect(page.locator("html")).to_have_attribute("lang", "zh-Hans")
    page.get_by_role("button", name="English").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("About 300 fintech enterprises")
    expect(page).to_have_url(re.compile(PROMISE_PAGE))


@with_and_without_script
def test_chosen_theme_is_the_devices_own_in_every_colour_of_the_ground(
    open_page: OpenPage, scene: Scene, script: bool
) -> None:
    page = open_page(scene.cast.owner, script=script)
    ground = "getComputedStyle(document.body).backgroundColor"

    page.emulate_media(color_scheme="dark")
    page.goto(BOARD)
    dark_by_device = page.evaluate(ground)
    page.emulate_media(color_scheme="light")
    light = page.evaluate(ground)
    page.locator("header details.menu summary").click()
    page.get_by_role("button", name="Dark").click()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")

    assert page.evaluate(ground) == dark_by_device != light


@with_and_without_script
def test_visitor_takes_a_demo_role_by_one_click_and_signs_out(open_page: OpenPage, script: bool) -> None:
    page = open_page(None, script=script)

    page.goto("/")
    page.get_by_role("button", name="Take this role Li Na").click()
    page.locator("header details.menu summary").click()
    expect(page.locator("header .menu-body")).to_contain_text("Li Na")
    page.get_by_role("button", name="Sign out").click()

    expect(page.get_by_role("button", name="Take this role Li Na")).to_be_visible()
