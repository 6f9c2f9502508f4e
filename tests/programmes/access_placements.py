"""What the doors to placements answer to whom: who runs the programme, host and home, whoever is placed, by link."""

from datetime import date, timedelta
from typing import Any

from tests.access import EVERYBODY, SIGNED_IN, Probe, answers, done
from tests.house.stage import NOW, TODAY, Stage
from tests.programmes.access import HOUSE, RUNNERS, call, programme
from tests.programmes.scene import Scene

from accord.kernel.text import Bilingual
from accord.people import operations as people
from accord.programmes import models, operations
from accord.programmes.enums import LOOK_AFTER, SIGN_LEARNING, OfferState
from accord.programmes.operations import Terms

SIGNS, LOOKS = "to-sign-a-learning-agreement-" + "x" * 15, "to-look-after-a-placement-" + "x" * 18
STARTED = date(2019, 9, 2)
HOME = answers(200, 404, 403, 403, 404)
"""Who speaks for the home institution: its officers; stewards speak for no side."""


def furnish(stage: Stage) -> None:
    """Place somebody at the bank, sent by our side, with an agreement to sign, and let somebody accept a place."""
    scene: Scene = stage.rows["programmes"]
    by: dict[str, Any] = {"by": scene.manager.person, "at": NOW}
    placed = operations.record_placement(
        programme=scene.programme,
        person=scene.third.person,
        host=scene.bank,
        home=stage.cast.ours.institution,
        starts_on=STARTED,
        ends_on=TODAY + timedelta(days=20),
        level="master",
        title=Bilingual("Clearing desk", ""),
        stipend_minor=123_400,
        currency="CNY",
        **by,
    )
    operations.name_supervisor(placement=placed, side="host", name="Wu Lan", email="wu.lan@example.org", **by)
    stage.rows["placed"] = operations.confirm_arrival(placement=placed, arrived_on=STARTED, **by)
    operations.make_learning_agreement(
        placement=placed,
        terms=Terms(tasks="Reconcile the ledgers.", starts_on=STARTED, ends_on=TODAY + timedelta(days=20)),
        **by,
    )
    operations.write_diary(
        placement=placed, done_on=TODAY, text="Found two lost entries.", by=scene.third.person, at=NOW
    )
    stage.rows["check-in"] = operations.check_in(
        placement=placed, side="person", going="mixed", text="Too little to do.", by=scene.third.person, at=NOW
    )
    stage.rows["leave"] = operations.record_leave(placement=placed, starts_on=STARTED, ends_on=STARTED, **by)
    stage.rows["accepted"] = models.Offer.objects.create(
        application=scene.other,
        place=scene.lab_place,
        state=OfferState.ACCEPTED,
        answer_by_at=NOW,
        made_at=NOW,
        made_by=scene.manager.person,
        answered_at=NOW,
    )
    for purpose, token in ((SIGN_LEARNING, SIGNS), (LOOK_AFTER, LOOKS)):
        people.make_link(
            person=placed.supervisors.get().person,
            purpose=purpose,
            record=f"placement:{placed.pk}",
            expires_at=NOW + timedelta(days=9),
            token=token,
            uses=9,
            **by,
        )
    house = ("owner", "executive", "steward", "deputy")
    stage.hide("the token of a link to sign", SIGNS)
    stage.hide("the token of a link to look after somebody", LOOKS)
    stage.keep_private("what somebody wrote in a diary", "Found two lost entries", *house)
    stage.keep_private("how somebody says it goes", "Too little to do", *house)


def placed_at(stage: Stage) -> dict[str, Any]:
    """Return the parts of the address of the placement."""
    return {"reference": stage.rows["placed"].reference}


def at_row(name: str, **parts: Any) -> Any:
    """Return the parts of the address of something of the placement."""
    return lambda stage: {**placed_at(stage), "pk": stage.rows[name].pk, **parts}


def offer_at(stage: Stage) -> dict[str, Any]:
    """Return the parts of the address of the accepted offer."""
    return {**call(stage), "pk": stage.rows["accepted"].pk}


def sent(**body: Any) -> Any:
    """Return what is sent."""
    return lambda _stage: body


def new_placement(stage: Stage) -> dict[str, Any]:
    """Return a placement to record."""
    scene: Scene = stage.rows["programmes"]
    return {
        "person": scene.second.person.key,
        "title_0": "Ledger research",
        "host": str(scene.lab.pk),
        "level": "master",
        "starts_on": "2019-10-08",
        "ends_on": "2019-12-31",
        "percent": "100",
    }


PROBES = [
    Probe("programmes:placements", get=SIGNED_IN),
    Probe("programmes:call-placements", get=HOUSE, at=call),
    Probe("programmes:begin-placement", get=RUNNERS, post=done(RUNNERS), at=offer_at),
    Probe("programmes:record-placement", get=RUNNERS, post=done(RUNNERS), at=programme, body=new_placement),
    Probe("programmes:placement", get=HOUSE, at=placed_at),
    Probe("programmes:change-placement", get=RUNNERS, post=done(RUNNERS), at=placed_at, body=sent(percent="50")),
    Probe(
        "programmes:placement-act",
        get=RUNNERS,
        post=done(RUNNERS),
        at=lambda stage: {**placed_at(stage), "act": "end"},
        body=sent(left_on="2019-09-20"),
    ),
    Probe("programmes:sign-learning", get=HOME, post=done(HOME), at=placed_at, body=sent(name="Li Wei")),
    Probe("programmes:see-diary", post=done(HOME), at=placed_at),
    Probe(
        "programmes:look-at-check-in", get=RUNNERS, post=done(RUNNERS), at=at_row("check-in"), body=sent(note="Called")
    ),
    Probe("programmes:strike-placement-record", post=done(RUNNERS), at=at_row("leave", kind="leave")),
    Probe(
        "programmes:sign-by-link",
        get=EVERYBODY,
        post=done(EVERYBODY),
        at=lambda _stage: {"token": SIGNS},
        body=sent(name="Wu Lan"),
    ),
    Probe("programmes:look-after-by-link", get=EVERYBODY, at=lambda _stage: {"token": LOOKS}),
    Probe(
        "programmes:look-after-act",
        get=EVERYBODY,
        post=done(EVERYBODY),
        at=lambda _stage: {"token": LOOKS, "act": "check-in"},
        body=sent(going="well"),
    ),
]
