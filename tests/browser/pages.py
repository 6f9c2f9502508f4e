"""Every page in every state that is worth a look, and how to get there."""

from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import Page
from tests.browser.world import KEY, PROMISE, Scene
from tests.cast import EXAMPLES, Member

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
        return getattr(scene.cast, self.who) if self.who else None


def at(path: str) -> Way:
    """Return the way to an address."""
    return lambda page, _scene: _go(page, path)


def entry(state: str) -> Way:
    """Return the way to the entry in one state."""
    return lambda page, scene: _go(page, f"{BOARD}evidence/{getattr(scene, state).pk}/")


def send(form: str, **values: str) -> Way:
    """Return the way to the answer of a form that was filled in by field name and sent."""

    def way(page: Page, _scene: Scene) -> None:
        page.goto(form)
        for name, value in values.items():
            page.locator(f"main [name={name}]").fill(value)
        with page.expect_navigation():
            page.locator("main form[method=post] .submit button").last.click()

    return way


def _go(page: Page, path: str) -> None:
    page.goto(path)


NEW = f"{PROMISE_PAGE}evidence/new/"
FILLED = {"occurred_on": "2019-09-25", "label_0": "Four teams moved in", "amount": "4", "document": "Register, page 9"}
FILE = (EXAMPLES / "zju-ant.yaml").read_text(encoding="utf-8")
CHANGED = (EXAMPLES / f"{KEY}.yaml").read_text(encoding="utf-8").replace("short: Cass", "short: Bayes", 1)

VIEWS = [
    View("home", "partner", at("/")),
    View("home, nothing waits", "owner", at("/")),
    View("welcome", "", at("/")),
    View("sign in", "", at("/sign-in/")),
    View("sign in, wrong", "", send("/sign-in/", username="who", password=""), 422),
    View("what is real", "", at("/what-is-real/")),
    View("agreements", "owner", at("/agreements/")),
    View("agreements, none", "outsider", at("/agreements/")),
    View("agreements, none match", "owner", at("/agreements/?q=nothing")),
    View("board", "owner", at(BOARD)),
    View("board of a past day", "partner", at(f"{BOARD}?as_of=2019-08-31&known_on=2019-08-31")),
    View("board of one party", "owner", at(f"{BOARD}?party=cass")),
    View("board of the other agreement", "steward", at("/agreements/zju-ant/")),
    View("who promised whom", "owner", at(f"{BOARD}reciprocity/")),
    View("what was agreed", "owner", at(f"{BOARD}text/")),
    View("meetings", "owner", at(f"{BOARD}engagements/")),
    View("new meeting, wrong", "owner", send(f"{BOARD}engagements/new/", title_0="", attendees="0"), 422),
    View("promise", "owner", at(PROMISE_PAGE)),
    View("standing promise", "partner", at(f"{BOARD}promises/exchange-to-london/")),
    View("milestone", "owner", at(f"{BOARD}promises/chengdu-center/")),
    View("promise without records", "owner", at(f"{BOARD}promises/operated-area/")),
    View("records", "owner", at(f"{PROMISE_PAGE}records/")),
    View("evidence, confirmed", "partner", entry("confirmed")),
    View("evidence, waiting", "partner", entry("waiting")),
    View("evidence, contested", "owner", entry("contested")),
    View("evidence, withdrawn", "owner", entry("withdrawn")),
    View("new evidence", "owner", at(NEW)),
    View("new evidence, wrong", "owner", send(NEW, amount="0", document_url="x"), 422),
    View("check answers", "owner", send(NEW, **FILLED)),
    View("own forecast", "owner", at(f"{PROMISE_PAGE}forecast/")),
    View("own forecast, wrong", "owner", send(f"{PROMISE_PAGE}forecast/", percent="100"), 422),
    View("bring in", "steward", at(BRING_IN)),
    View("bring in, wrong file", "steward", send(BRING_IN, text=FILE.replace("kind: milestone", "kind: stone")), 422),
    View("what a file changes", "steward", send(BRING_IN, text=CHANGED)),
    View("measures", "owner", at("/measures/")),
    View("measure", "owner", at("/measures/workspace.resident_teams/")),
    View("calibration", "owner", at("/calibration/")),
    View("public board", "", lambda page, scene: _go(page, f"/public/{scene.public_token}/")),
    View("simulated", "owner", at("/what-is-real/simulated/")),
    View("display", "owner", at("/display/")),
    View("style guide", "owner", at("/style/")),
    View("clash", "owner", at("/style/clash/"), 409),
    View("not allowed", "executive", at(NEW), 403),
    View("not there", "outsider", at(BOARD), 404),
]
