"""What the doors of the agreements context answer to whom."""

from datetime import date
from typing import Any

from tests.access import OFFICERS, PARTIES, Probe, answers, done
from tests.browser import pages_agreements
from tests.cast import EXAMPLES
from tests.house.stage import Stage

from accord.agreements.models import Engagement

KEY = "chengdu-cass"
FILE = (EXAMPLES / f"{KEY}.yaml").read_text(encoding="utf-8").replace("short: Cass", "short: Bayes", 1)
ENDING = {"on": "2019-12-01", "why_0": "The building was sold.", "why_1": ""}
PARTY_OFFICERS = OFFICERS.but(steward=403)


def furnish(stage: Stage) -> None:
    """Hold a meeting with names and minutes, and bring in an agreement with amended clauses."""
    pages_agreements.furnish(stage)  # type: ignore[arg-type]  # it asks for the cast alone
    stage.rows["meeting"] = Engagement.objects.get(title=pages_agreements.TITLE)
    parties = ("owner", "partner", "executive", "steward", "deputy")
    stage.keep_private("what was said at a meeting", "Rooms by October", *parties)
    stage.keep_private("who came to a meeting", "City, University of London", *parties)


def agreement(_stage: Stage) -> dict[str, Any]:
    """Return the parts of the address of the agreement."""
    return {"key": KEY}


def meeting(stage: Stage) -> dict[str, Any]:
    """Return the parts of the address of the meeting."""
    return {"key": KEY, "pk": stage.rows["meeting"].pk}


PROBES = [
    Probe(
        "agreements:bring-in",
        get=answers(200, 200, 403, 200, 200),
        post=answers("done", "done", 403, "done", 422),
        body=lambda _stage: {"text": FILE, "step": "apply"},
    ),
    Probe("agreements:text", get=PARTIES, at=agreement),
    Probe("agreements:file", get=PARTIES, at=agreement),
    Probe("agreements:publish", post=done(OFFICERS), at=agreement, body=lambda _stage: {"public": "no"}),
    Probe(
        "agreements:terminate",
        get=PARTY_OFFICERS,
        post=done(PARTY_OFFICERS),
        at=agreement,
        body=lambda _stage: ENDING | {"step": "confirm"},
    ),
    Probe(
        "agreements:set-review",
        get=OFFICERS,
        post=done(OFFICERS),
        at=agreement,
        body=lambda _stage: {"on": "2020-03-02"},
    ),
    Probe("agreements:engagements", get=PARTIES, at=agreement),
    Probe(
        "agreements:record-engagement",
        get=OFFICERS,
        post=done(OFFICERS),
        at=agreement,
        body=lambda _stage: {"title_0": "A visit", "held_on": str(date(2019, 9, 20)), "attendees": "3"},
    ),
    Probe("agreements:engagement", get=PARTIES, at=meeting),
    Probe(
        "agreements:change-engagement",
        get=OFFICERS,
        post=done(OFFICERS),
        at=meeting,
        body=lambda _stage: {"title_0": "A longer visit"},
    ),
    Probe("agreements:strike-engagement", post=done(OFFICERS), at=meeting),
]
