"""What the doors to slates answer to whom: the list, decisions, settling, the reserve list, the draw, one's decision.

Two more calls of the programme hold them, so that the other parts keep theirs: of one the slate is open, of the other
everybody was told, and two wait on the reserve list.
"""

from typing import Any

from tests.access import Probe, answers, done
from tests.house.stage import NOW, Stage
from tests.programmes.access import NOT_THEIRS, RUNNERS
from tests.programmes.deciding import another_call, due, let_go, opened, settled
from tests.programmes.scene import Scene

from accord.programmes import operations
from accord.programmes.enums import Outcome

EVERYBODY = answers(200, 200, 200, 200, 200, visitor=200)


def furnish(stage: Stage) -> None:
    """Open one slate with a private reason and note, and tell everybody of another call."""
    first: Scene = stage.rows["programmes"]
    scene = another_call(first, "2021")
    rows = due(scene, ["90", "80", "70"], quota=1, reserve=1)
    house = ("owner", "steward")
    reason = stage.keep_private("why somebody is declined", "Her plan stops where the work begins", *house)
    note = stage.keep_private("what the office noted on a decision", "The dean rang about this one", *house)
    operations.decide(
        slate=opened(scene),
        application=rows[0],
        outcome=Outcome.DECLINE,
        reason=reason,
        note=note,
        by=first.manager.person,
        at=NOW,
    )
    told = another_call(first, "2022")
    due(told, ["90", "90", "70"], quota=1, reserve=2)
    let_go(settled(told), first.cast.owner.person, NOW)


def open_call(_stage: Stage, **more: Any) -> dict[str, Any]:
    """Return the parts of the address of the call with the open slate."""
    return {"programme": "summer", "call": "2021", **more}


def told_call(_stage: Stage, **more: Any) -> dict[str, Any]:
    """Return the parts of the address of the call of which everybody was told."""
    return {"programme": "summer", "call": "2022", **more}


def sent(**given: str) -> Any:
    """Return what a form is sent with."""
    return lambda _stage: given


def _one(stage: Stage) -> dict[str, Any]:
    return open_call(stage, reference="SUM-21-D001")


def _picked(stage: Stage) -> dict[str, str]:
    call = stage.rows["programmes"].programme.calls.get(key="2021")
    return {
        "applications": str(call.applications.get(reference="SUM-21-D003").pk),
        "outcome": "decline",
        "saved": "fit",
        "note": "Look again.",
    }


PROBES = [
    Probe("programmes:slate", get=RUNNERS, at=open_call),
    Probe(
        "programmes:keep-slate",
        get=RUNNERS,
        post=done(RUNNERS),
        at=open_call,
        body=sent(quota="2", reserve_length="0"),
    ),
    Probe("programmes:take-proposals", get=RUNNERS, post=done(RUNNERS), at=open_call, body=sent(saved="full")),
    Probe("programmes:decide-several", get=RUNNERS, post=done(RUNNERS), at=open_call, body=_picked),
    Probe(
        "programmes:decide",
        get=RUNNERS,
        post=done(RUNNERS),
        at=_one,
        body=sent(outcome="reserve", note="Nearly there."),
    ),
    Probe("programmes:settle-slate", get=RUNNERS, post=done(RUNNERS), at=open_call, body=sent()),
    Probe("programmes:settled-slate", get=RUNNERS, at=lambda stage: told_call(stage, number=1)),
    Probe("programmes:slate-order", get=RUNNERS, at=lambda stage: told_call(stage, number=1)),
    Probe("programmes:promote-reserve", get=RUNNERS, post=done(RUNNERS), at=told_call, body=sent(number="1")),
    Probe("programmes:close-reserve", get=RUNNERS, post=done(RUNNERS), at=told_call, body=sent(saved="reserve-over")),
    Probe("programmes:draw", get=EVERYBODY, at=told_call),
    Probe("programmes:draw-file", get=EVERYBODY, at=told_call),
    Probe("programmes:decision", get=NOT_THEIRS, at=lambda _stage: {"reference": "SUM-22-D001"}),
]
