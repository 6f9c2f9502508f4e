"""Floors, spaces and their plans: a drawn plan, one space, a table brought in, and answers that are wrong."""

from playwright.sync_api import Page
from tests.browser.way import View, Way, at, go, send
from tests.browser.world import Scene

from accord.workspace.models import Floor, Space

SITE = "/workspace/dreamworks/"
TABLE = (
    "building,level,code,kind,area,people,booking rules\n"
    "a,0,B-001,office,40,6,\n"
    "a,0,B-001,office,30,5,\n"
    "a,0,A-002,office,80,16,\n"
    "a,1,B-101,desk,,1,Desks\n"
    "Tower,0,B-002,office,0,6,\n"
    "a,0,B-003,office,5000,6,\n"
)


def furnish(_scene: Scene) -> None:
    """Draw the ground floor."""
    for number, space in enumerate(Space.objects.filter(floor__level=0).order_by("position")):
        left = 3 + number * 24
        space.outline = [[left, 5], [left + 22, 5], [left + 22, 40], [left, 40]]
        space.save(update_fields=["outline"])


def floor(page: Page, _scene: Scene) -> None:
    """Open the ground floor."""
    go(page, f"{SITE}floors/{Floor.objects.get(level=0, building__key='a').pk}/")


def office(path: str = "") -> Way:
    """Return the way to an office that is let."""
    return lambda page, _scene: go(page, f"{SITE}spaces/{Space.objects.get(code='A-001').pk}/{path}")


def report(page: Page, _scene: Scene) -> None:
    """Let a table of spaces be checked."""
    go(page, f"{SITE}spaces/bring-in/")
    page.set_input_files("input[type=file]", {"name": "s.csv", "mimeType": "text/csv", "buffer": TABLE.encode()})
    with page.expect_navigation():
        page.click("main button.primary")


VIEWS = [
    View("spaces", "owner", at(f"{SITE}spaces/")),
    View("floors", "executive", at(f"{SITE}floors/")),
    View("floor with its plan", "owner", floor),
    View("space that is let", "lead", office()),
    View("new space, wrong", "owner", send(f"{SITE}spaces/new/", code="", area_m2="0", capacity="-1"), 422),
    View("booking rules", "owner", at(f"{SITE}booking-rules/new/")),
    View("spaces, checked row by row", "owner", report),
]
