"""Two parties, in two browsers: draft, comment, change, approve, sign, amend with impact, renew."""

import re

import pytest
from playwright.sync_api import Page, expect
from tests.browser.conftest import OpenPage
from tests.browser.world import Scene

from accord.negotiation.models import Negotiation

pytestmark = [pytest.mark.browser, pytest.mark.django_db]


def do(page: Page, name: str) -> None:
    """Press the one button of this name."""
    page.get_by_role("main").get_by_role("button", name=name, exact=True).click()


def follow(page: Page, name: str | re.Pattern[str]) -> None:
    """Follow the first link of this name."""
    page.get_by_role("main").get_by_role("link", name=name).first.click()


def says(page: Page, words: str) -> None:
    """Wait until the page says so."""
    expect(page.locator("main")).to_contain_text(words)


def add_promise(page: Page, draft: str) -> None:
    """Write the one promise of the draft."""
    page.goto(f"{draft}promises/new/")
    page.locator("[name=title_0]").fill("Twenty fellows")
    page.locator("[name=text_0]").fill("Cass sends twenty fellows.")
    page.locator("[name=promisors][value=cass]").check()
    page.locator("[name=beneficiaries][value=dreamworks]").check()
    page.locator("[name=kind][value=target]").check()
    page.locator("[name=measure_code]").select_option("programmes.placements_started")
    page.locator("[name=target]").fill("20")
    page.locator("[name=due_on]").fill("2021-06-30")
    page.locator("[name=section]").select_option("people")
    do(page, "Save in the draft")


def add_clause(page: Page, draft: str) -> None:
    """Write the clause on publication, from the checklist."""
    page.goto(draft)
    follow(page, re.compile("^Publication"))
    page.locator("[name=text_0]").fill("Either party may publish after thirty days.")
    do(page, "Save in the draft")


def put_forward(page: Page, draft: str, number: int) -> None:
    """Put the draft forward as the next version."""
    page.goto(draft.replace("draft/", "put-forward/"))
    do(page, f"Put version {number} forward")
    says(page, f"Version {number} is in review.")


def sign(page: Page, room: str, button: str) -> None:
    """Enter the signature of one's side."""
    page.goto(f"{room}sign/")
    page.get_by_label("Name of who signed").fill("Zhang Wei")
    page.get_by_label("Office").fill("President")
    page.get_by_label("Day of signing").fill("2019-09-30")
    do(page, button)


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_two_parties_come_to_one_text_and_sign_it(open_page: OpenPage, scene: Scene, script: bool) -> None:
    owner, partner = (open_page(one, script=script) for one in (scene.cast.owner, scene.cast.partner))

    owner.goto("/negotiations/new/")
    owner.get_by_label("English").fill(f"Fellows and papers {script}")
    owner.get_by_label("With whom").select_option("cass")
    do(owner, "Start")
    room = owner.url
    draft = f"{room}draft/"
    add_promise(owner, draft)
    add_clause(owner, draft)
    put_forward(owner, draft, 1)

    partner.goto(f"{room}versions/1/")
    follow(partner, re.compile("^Ask for a change Publication"))
    partner.get_by_label("What should change, and why").fill("Our rules ask for sixty days.")
    partner.locator("[name=proposed_0]").fill("Either party may publish after sixty days.")
    do(partner, "Ask for the change")
    request = partner.url
    owner.goto(request)
    expect(owner.locator("ins")).to_have_text("sixty")
    do(owner, "Accept")

    partner.goto(f"{room}approve/")
    put_forward(owner, draft, 2)
    do(partner, "Approve version 1")
    says(partner, "The text changed since you read it")
    expect(partner.locator("ins").first).to_have_text("sixty")
    do(partner, "Approve version 2")
    owner.goto(f"{room}approve/")
    do(owner, "Approve version 2")

    sign(owner, room, "Sign")
    says(owner, "Signed. The others are told")
    sign(partner, room, "Sign and bring into force")
    says(partner, "Signed by all. The agreement is in force, and this is its board.")
    says(partner, "Twenty fellows")


def test_amendment_shows_what_it_does_before_it_is_approved(open_page: OpenPage, scene: Scene) -> None:
    owner, partner = (open_page(one) for one in (scene.cast.owner, scene.cast.partner))
    agreement = "/agreements/earlier/"

    owner.goto(f"{agreement}changes/")
    do(owner, "Propose an amendment")
    draft = owner.url
    room = draft.replace("draft/", "")
    owner.goto(f"{draft}promises/resident-teams/")
    owner.get_by_label("New target").fill("350")
    owner.locator("[name=why_0]").fill("A second building opens.")
    do(owner, "Save in the draft")
    put_forward(owner, draft, 1)

    for page in (owner, partner):
        page.goto(f"{room}approve/")
        says(page, "What it does to running promises")
        says(page, "350")
        do(page, "Approve version 1")
    sign(owner, room, "Sign")
    sign(partner, room, "Sign and bring into force")

    partner.goto(f"{agreement}promises/resident-teams/")
    says(partner, "300")
    says(partner, "350")


def test_renewal_begins_from_the_dossier(open_page: OpenPage, scene: Scene) -> None:
    page = open_page(scene.cast.partner)

    page.goto("/agreements/earlier/dossier/")
    says(page, "About 300 fintech enterprises")
    do(page, "Start a renewal from this")

    says(page, "The renewal has begun")
    says(page, "About 300 fintech enterprises")


def test_two_editors_clash_and_nothing_is_lost(open_page: OpenPage, scene: Scene) -> None:
    owner, steward = (open_page(one) for one in (scene.cast.owner, scene.cast.steward))
    found = Negotiation.objects.get(title__en="Interns and publications")
    editor = f"/negotiations/{found.key}/draft/clauses/publication/"

    for page in (owner, steward):
        page.goto(editor)
    owner.locator("[name=text_0]").fill("Nobody publishes.")
    do(owner, "Save in the draft")
    steward.locator("[name=text_0]").fill("Everybody publishes.")
    do(steward, "Save in the draft")

    says(steward, "Changed by somebody else")
    for words in ("Either party may publish after thirty days.", "Nobody publishes.", "Everybody publishes."):
        says(steward, words)
    do(steward, "Save what is chosen")
    says(steward, "Everybody publishes.")
