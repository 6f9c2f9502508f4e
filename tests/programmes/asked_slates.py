"""What the operations of the API to slates answer to whom, and how each is asked."""

from tests.api.asked import ALL_KNOWN, Ask
from tests.programmes.deciding import DAY, LATER, another_call, due, let_go, opened, settled
from tests.programmes.scene import Scene

from accord.programmes import operations
from accord.programmes.enums import Outcome

OFFICE = ("200", "404", "403", "404", "401")
MADE = ("201", *OFFICE[1:])
STATUSES: dict[str, tuple[str, ...]] = {
    "read_slate": OFFICE,
    "keep_slate": OFFICE,
    "list_slate_lines": OFFICE,
    "read_slate_line": OFFICE,
    "decide_on_application": OFFICE,
    "decide_on_several": OFFICE,
    "take_slate_proposals": OFFICE,
    "settle_open_slate": OFFICE,
    "list_settled_slates": OFFICE,
    "list_settled_lines": OFFICE,
    "read_slate_order": OFFICE,
    "promote_from_reserve": MADE,
    "close_reserve_list": MADE,
    "read_draw": ALL_KNOWN,
}
REASON = {"en": "There were more good applications than places.", "zh-hans": "优秀申请多于名额。"}


def asks(scene: Scene) -> dict[str, Ask]:
    """Return how each operation is asked: of a call with an open slate, and of one where everybody was told."""
    open_, told = another_call(scene, "2031"), another_call(scene, "2032")
    first = due(open_, ["90", "80", "70"], quota=1, reserve=1)[0]
    operations.decide(
        slate=opened(open_), application=first, outcome=Outcome.ACCEPT, reason="", by=scene.manager.person, at=DAY
    )
    due(told, ["90", "90", "70"], quota=1, reserve=2)
    let_go(settled(told), scene.cast.owner.person, LATER)
    here, there = ({"programme": scene.programme.key, "key": one.call.key} for one in (open_, told))
    line, number = {**here, "reference": "SUM-31-D002"}, {**there, "number": 1}
    several = {"references": ["SUM-31-D002"], "outcome": "reserve"}
    return {
        "read_slate": Ask(here),
        "keep_slate": Ask(here, {"quota": 2, "reserve_length": 0}),
        "list_slate_lines": Ask(here),
        "read_slate_line": Ask(line),
        "decide_on_application": Ask(line, {"outcome": "reserve"}),
        "decide_on_several": Ask(here, several),
        "take_slate_proposals": Ask(here, {"reason": REASON}),
        "settle_open_slate": Ask(here, {}),
        "list_settled_slates": Ask(there),
        "list_settled_lines": Ask(number),
        "read_slate_order": Ask(number),
        "promote_from_reserve": Ask(there, {"number": 1}),
        "close_reserve_list": Ask(there, {"reason": REASON}),
        "read_draw": Ask(there),
    }
