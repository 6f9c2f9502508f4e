"""What the doors of the privacy context answer to whom: everybody in their own name, and stewards for all."""

from datetime import UTC, date, datetime
from typing import Any

from django.conf import settings
from tests.access import DONE, OWN, SIGNED_IN, STEWARDS, Probe, answers, done
from tests.house.stage import NOW, Stage

from accord.kernel.text import Bilingual
from accord.people.models import Institution
from accord.privacy import operations
from accord.privacy.enums import Channel, RequestKind
from accord.privacy.operations import TransferFacts

PURPOSE = "share-with-partner"
TRANSFER = {
    "country": "GB",
    "categories_0": "Names",
    "categories_1": "姓名",
    "basis": "exempt",
    "starts_on": "2019-09-01",
}
IN_OWN_NAME = SIGNED_IN.but(deputy=403)
DECIDES = answers(403, 404, 404, DONE, 404, deputy=404)
"""Stewards answer; whoever asked may not, and the others do not know of it."""


def furnish(stage: Stage) -> None:
    """Let the owner agree, ask and have a copy; restrict somebody; enter a transfer."""
    owner, steward = stage.cast.owner.person, stage.cast.steward.person
    who = {"by": owner, "at": NOW}
    operations.give_consent(person=owner, purpose=PURPOSE, text_version=1, language="en", channel=Channel.PAGE, **who)
    stage.rows["data request"] = operations.ask(
        person=owner, kind=RequestKind.CORRECTION, words="My middle name is Wu.", language="en", **who
    )
    stage.rows["copy"] = made = operations.ask_for_copy(person=owner, language="en", **who)
    operations.make_copy(copy_id=made.pk, store=settings.FILE_STORE, clock=lambda: datetime.now(UTC))
    operations.restrict(person=stage.rows["aside"], why="Asked for by letter", by=steward, at=NOW)
    stage.rows["transfer"] = operations.keep_transfer(
        facts=TransferFacts(
            exporter_id=stage.cast.ours.institution_id,
            recipient_id=stage.cast.theirs.institution_id,
            country="GB",
            categories=Bilingual("Names", "姓名"),
            basis="exempt",
            starts_on=date(2019, 9, 1),
        ),
        by=steward,
        at=NOW,
    )
    stage.keep_private("what somebody asks of their data", "My middle name is Wu", "owner", "steward")
    stage.keep_private("why somebody's data is restricted", "Asked for by letter", "steward")


def row(name: str) -> Any:
    """Return what gives the parts of the address of one row."""
    return lambda stage: {"pk": stage.rows[name].pk}


def purpose(_stage: Stage) -> dict[str, Any]:
    """Return the parts of the address of a purpose."""
    return {"purpose": PURPOSE}


def abroad(stage: Stage) -> dict[str, Any]:
    """Return what is sent to enter a transfer."""
    sides = {"exporter_id": stage.cast.ours.institution_id, "recipient_id": Institution.objects.get(key="zju").pk}
    return TRANSFER | sides


PROBES = [
    Probe("privacy:mine", get=IN_OWN_NAME),
    Probe("privacy:consents", get=IN_OWN_NAME),
    Probe(
        "privacy:give-consent",
        post=answers(302, DONE, DONE, DONE, DONE, deputy=403),
        at=purpose,
        body=lambda _stage: {"version": "1"},
    ),
    Probe("privacy:withdraw-consent", post=answers(DONE, 302, 302, 302, 302, deputy=403), at=purpose),
    Probe("privacy:ask-for-copy", post=done(IN_OWN_NAME)),
    Probe("privacy:copy", get=OWN, at=row("copy")),
    Probe("privacy:copy-file", get=OWN, at=row("copy")),
    Probe("privacy:requests", get=IN_OWN_NAME),
    Probe("privacy:request-new", get=IN_OWN_NAME, post=done(IN_OWN_NAME), body=lambda _stage: {"kind": "access"}),
    Probe(
        "privacy:request-received",
        get=STEWARDS,
        post=done(STEWARDS),
        body=lambda _stage: {"person": "partner", "channel": "mail", "kind": "access"},
        form_of="steward",
    ),
    Probe(
        "privacy:request",
        get=OWN.but(steward=200),
        post=DECIDES,
        at=row("data request"),
        body=lambda _stage: {"state": "granted", "reason": "It is corrected."},
        form_of="steward",
    ),
    Probe(
        "privacy:request-take-back",
        post=answers(DONE, 404, 404, 403, 404, deputy=403),
        at=row("data request"),
    ),
    Probe("privacy:restricted", get=STEWARDS),
    Probe("privacy:lift", get=STEWARDS, post=done(STEWARDS), at=row("aside"), form_of="steward"),
    Probe("privacy:transfers", get=STEWARDS),
    Probe("privacy:transfer-new", get=STEWARDS, post=done(STEWARDS), body=abroad, form_of="steward"),
    Probe(
        "privacy:transfer",
        get=STEWARDS,
        post=done(STEWARDS),
        at=row("transfer"),
        body=lambda _stage: {"country": "FR"},
        form_of="steward",
    ),
    Probe("privacy:register", get=SIGNED_IN),
]
