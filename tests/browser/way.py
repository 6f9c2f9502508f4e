"""How a browser test gets to a page, and the places it starts from."""

from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import Page
from tests.browser.world import KEY, PROMISE, Scene
from tests.cast import Member

BOARD = f"/agreements/{KEY}/"
PROMISE_PAGE = f"{BOARD}promises/{PROMISE}/"
BRING_IN = "/agreements/bring-in/"
Way = Callable[[Page, Scene], None]


@dataclass(frozen=True)
class View:
    """A page in one state: who looks (empty: a visitor), the way there, and the status that is expected."""

    name: str
    who: str
    way: Way
    status: int = 200

    def member(self, scene: Scene) -> Member | None:
        """Return who looks."""
        return (scene.others.get(self.who) or getattr(scene.cast, self.who)) if self.who else None


def at(path: str) -> Way:
    """Return the way to an address."""
    return lambda page, _scene: go(page, path)


def entry(state: str) -> Way:
    """Return the way to the entry in one state."""
    return lambda page, scene: go(page, f"{BOARD}evidence/{getattr(scene, state).pk}/")


def send(form: str, **values: str) -> Way:
    """Return the way to the answer of a form that was filled in by field name and sent."""

    def way(page: Page, _scene: Scene) -> None:
        page.goto(form)
        sheet = page.locator("main form[method=post]", has=page.locator(f"[name={next(iter(values))}]"))
        for name, value in values.items():
            sheet.locator(f"[name={name}]").fill(value)
        with page.expect_navigation():
            sheet.locator(".submit button").last.click()

    return way


def go(page: Page, path: str) -> None:
    page.goto(path)
