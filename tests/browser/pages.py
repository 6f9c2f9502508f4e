"""Every page in every state that is worth a look, and how to get there.

A context adds its own in `pages_<context>.py`: a list `VIEWS`, and where the scene needs more, `furnish(scene)`.
"""

from importlib import import_module
from pathlib import Path

from tests.browser.way import BOARD, BRING_IN, PROMISE_PAGE, View, at, entry, go, send
from tests.browser.world import KEY, Scene
from tests.cast import EXAMPLES

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
    View("public board", "", lambda page, scene: go(page, f"/public/{scene.public_token}/")),
    View("simulated", "owner", at("/what-is-real/simulated/")),
    View("display", "owner", at("/display/")),
    View("style guide", "owner", at("/style/")),
    View("clash", "owner", at("/style/clash/"), 409),
    View("not allowed", "executive", at(NEW), 403),
    View("not there", "outsider", at(BOARD), 404),
]

PARTS = [import_module(f"tests.browser.{path.stem}") for path in sorted(Path(__file__).parent.glob("pages_*.py"))]
VIEWS += [view for part in PARTS for view in part.VIEWS]


def furnish(scene: Scene) -> None:
    """Add what the contexts' own pages show."""
    for part in PARTS:
        if hasattr(part, "furnish"):
            part.furnish(scene)
