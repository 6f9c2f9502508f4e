"""What the doors of the history context answer to whom."""

from typing import Any

from tests.access import OFFICERS, PARTIES, SIGNED_IN, Probe, done
from tests.house.stage import NOW, Stage

from accord.history import operations, queries


def furnish(stage: Stage) -> None:
    """Seal what was written so far."""
    operations.seal_events(at=NOW)


def record(stage: Stage) -> dict[str, Any]:
    """Return the parts of the address of the meeting's history."""
    return {"record": f"engagement:{stage.rows['meeting'].pk}"}


def made_public(stage: Stage) -> dict[str, Any]:
    """Return the parts of the address of the change that opened the agreement's public page."""
    own = f"agreement:{stage.cast.agreement.pk}"
    changes = queries.history_of(queries.subject_of(own))
    opened = next(one for one in changes if any(field.name == "is_public" for field in one.fields))
    return {"record": own, "part": opened.part, "event": opened.event}


def first_change(stage: Stage) -> dict[str, Any]:
    """Return the parts of the address of its latest change."""
    latest = queries.history_of(queries.subject_of(record(stage)["record"]))[0]
    return {**record(stage), "part": latest.part, "event": latest.event}


PROBES = [
    Probe("history:seals", get=SIGNED_IN),
    Probe("history:keep-head", get=SIGNED_IN),
    Probe("history:history", get=PARTIES, at=record),
    Probe("history:as-it-stood", get=PARTIES, at=record),
    Probe("history:change", get=PARTIES, at=first_change),
    Probe("history:undo", post=done(OFFICERS), at=made_public),
]
