"""Pages of booking: a full day, a week, a collision, a series with a date that cannot be had, a door and a wall."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

from playwright.sync_api import Page
from tests.browser.way import View, at, go
from tests.browser.world import TODAY, Scene
from tests.cast import moment

from accord.kernel.text import Bilingual
from accord.people import operations as people
from accord.workspace import models, operations
from accord.workspace.enums import SHOW_WALL

AT = "/workspace/dreamworks/booking/"
WEDNESDAY = datetime(2019, 10, 2, 1, tzinfo=UTC)
TOKEN = "a-wall-for-the-browser"


def furnish(scene: Scene) -> None:
    """Book the room by the lead and the worker, close the desk, and hang up a wall."""
    site = models.Site.objects.get(key="dreamworks")
    room = models.Space.objects.get(code="R-001")
    for who, hours, title in (
        ("worker", 0, "Weekly stand-up of everybody who works on payments"),
        ("lead", 4, "Plans"),
    ):
        by = scene.others[who].person
        operations.book(
            space=room,
            title=title,
            starts_at=WEDNESDAY + timedelta(hours=hours),
            minutes=90,
            owner=by,
            by=by,
            at=moment(TODAY, 0),
            key=uuid4(),
            code="246810",
            is_private=who == "lead",
            rule="FREQ=WEEKLY;COUNT=3",
            guests=[operations.Guest("ada@example.org", "Ada")],
        )
    operations.close_for(
        site=site,
        space=models.Space.objects.get(code="D-101"),
        starts_at=WEDNESDAY,
        ends_at=WEDNESDAY + timedelta(hours=3),
        reason=Bilingual("New chairs", "更换座椅"),
        by=scene.cast.owner.person,
        at=moment(TODAY, 0),
    )
    people.make_link(
        person=scene.cast.owner.person,
        purpose=SHOW_WALL,
        record=f"site:{site.pk}",
        expires_at=moment(TODAY) + timedelta(days=90),
        token=TOKEN,
        by=scene.cast.owner.person,
        at=moment(TODAY),
    )


def _room(path: str) -> str:
    """Return an address below the meeting room's."""
    return f"{AT}spaces/{models.Space.objects.get(code='R-001').pk}/{path}"


def _week(page: Page, _scene: Scene) -> None:
    go(page, _room("?day=2019-10-02"))


def _collision(page: Page, _scene: Scene) -> None:
    """Ask for a time that somebody has already."""
    go(page, _room("book/?day=2019-10-02&start=13:15"))
    page.locator("[name=title]").fill("A talk")
    with page.expect_navigation():
        page.locator("main .submit button").first.click()


def _series(page: Page, _scene: Scene) -> None:
    """Ask for a series of which one date is taken."""
    go(page, _room("book/?day=2019-09-25&start=13:15"))
    page.locator("[name=title]").fill("A course")
    page.locator("[name=day]").fill("2019-10-09")
    page.locator("details.set summary").first.click()
    page.locator("[name=repeat]").select_option("weekly")
    page.locator("[name=count]").fill("3")
    with page.expect_navigation():
        page.locator("main .submit button").first.click()


def _one(page: Page, _scene: Scene) -> None:
    booking = models.Booking.objects.get(space__code="R-001", owner__key="worker")
    go(page, f"{AT}{booking.pk}/")


VIEWS = [
    View("day of spaces", "worker", at(f"{AT}?day=2019-10-02")),
    View("week of a space", "operator", _week),
    View("book, something in the way", "worker", _collision, 409),
    View("book a series", "worker", _series),
    View("one booking", "worker", _one),
    View("wall display", "", at(f"/workspace/links/wall/{TOKEN}/")),
]
