"""What the doors of the measures context answer to whom."""

from typing import Any

from tests.access import EVERYBODY, OFFICERS, PARTIES, SIGNED_IN, Probe, answers, done
from tests.house.stage import NOW, PROMISE, Stage

from accord.measures import operations

KEY = "chengdu-cass"
DELIVERY = {
    "occurred_on": "2019-09-25",
    "label_0": "Four teams moved in",
    "amount": "4",
    "document": "Register, page 9",
    "step": "confirm",
}
OWN_SIDE = OFFICERS.but(partner=403)
OTHER_SIDE = answers(403, 200, 403, 403, 404)
BOTH_SIDES = OFFICERS.but(steward=403)


def furnish(stage: Stage) -> None:
    """Give a forecast of one's own, and enter what only the parties may read."""
    operations.set_override(
        commitment=stage.cast.promise(PROMISE),
        percent=70,
        reason="Two teams signed.",
        by=stage.cast.owner.person,
        at=NOW,
    )
    parties = ("owner", "partner", "executive", "steward", "deputy")
    stage.keep_private("why a person forecasts otherwise", "Two teams signed", *parties)
    stage.keep_private("which document proves a delivery", "Minutes, folder 7", *parties)


def agreement(_stage: Stage) -> dict[str, Any]:
    """Return the parts of the address of the agreement."""
    return {"key": KEY}


def promise(_stage: Stage) -> dict[str, Any]:
    """Return the parts of the address of a promise."""
    return {"key": KEY, "promise": PROMISE}


def meeting(stage: Stage) -> dict[str, Any]:
    """Return the parts of the address that leads on to a meeting."""
    return {"key": KEY, "kind": "engagement", "pk": stage.rows["meeting"].pk}


def entry(stage: Stage) -> dict[str, Any]:
    """Return the parts of the address of the entry of our side that waits for the other."""
    return {"key": KEY, "pk": stage.waiting.pk}


def decided(stage: Stage) -> dict[str, Any]:
    """Return what is sent to decide on the entry."""
    return {"version": stage.waiting.version, "reason": "Counted twice."}


def public(stage: Stage) -> dict[str, Any]:
    """Return the parts of the address of the public page."""
    return {"token": str(stage.cast.agreement.public_token)}


PROBES = [
    Probe("measures:agreements", get=SIGNED_IN),
    Probe("measures:board", get=PARTIES, at=agreement),
    Probe("measures:reciprocity", get=PARTIES, at=agreement),
    Probe("measures:promise", get=PARTIES, at=promise),
    Probe("measures:promise-chart", get=PARTIES, at=lambda stage: {**promise(stage), "kind": "json"}),
    Probe("measures:records", get=PARTIES, at=promise),
    Probe("measures:counted", get=PARTIES, at=promise),
    Probe("measures:record", get=answers(302, 302, 302, 302, 404), at=meeting),
    Probe(
        "measures:record-evidence",
        get=OFFICERS,
        post=done(OFFICERS),
        at=promise,
        body=lambda _stage: DELIVERY,
    ),
    Probe(
        "measures:override",
        get=BOTH_SIDES,
        post=done(BOTH_SIDES),
        at=promise,
        body=lambda _stage: {"percent": "60", "reason": "A second building opens."},
    ),
    Probe("measures:lift-override", post=done(BOTH_SIDES), at=promise),
    Probe("measures:evidence", get=PARTIES, at=entry),
    Probe("measures:confirm", post=done(OTHER_SIDE), at=entry, body=decided),
    Probe("measures:contest", post=done(OTHER_SIDE), at=entry, body=decided),
    Probe("measures:withdraw", post=done(OWN_SIDE), at=entry, body=decided),
    Probe("measures:catalogue", get=SIGNED_IN),
    Probe("measures:measure", get=SIGNED_IN, at=lambda _stage: {"code": "workspace.resident_teams"}),
    Probe("measures:calibration", get=SIGNED_IN),
    Probe("measures:public-board", get=EVERYBODY, at=public),
    Probe("measures:badge", get=EVERYBODY, at=public),
]
