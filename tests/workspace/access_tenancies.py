"""What the doors to the waiting list, tenancies, benefits and graduates answer to whom."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from tests.access import EVERYBODY, Probe, done
from tests.house.stage import NOW, TODAY, Stage
from tests.workspace.access import HOUSE, KEEPERS, SITE
from tests.workspace.scene import Scene

from accord.kernel.text import Bilingual
from accord.people import operations as people
from accord.workspace import models, operations
from accord.workspace.enums import ANSWER_OFFER, GraduationRule, Origin
from accord.workspace.enums import Stage as TeamStage
from accord.workspace.operations import Offered

TOKEN = "an-offer-to-answer-" + "x" * 24
SOON = TODAY + timedelta(days=30)
LATER = TODAY + timedelta(days=400)


def furnish(stage: Stage) -> None:
    """Let teams wait, one be offered space, two have it and one graduate."""
    scene: Scene = stage.rows["workspace"]
    by: dict[str, Any] = {"by": stage.cast.owner.person, "at": NOW}
    for key in ("hopeful", "offered", "signed", "gone"):
        stage.rows[f"tenant-{key}"] = operations.register_team(
            site=scene.site,
            key=f"n-{key}",
            name=Bilingual(f"Tenant {key}", ""),
            origin=Origin.DOMESTIC,
            stage=TeamStage.SEED,
            **by,
        )
    wish: dict[str, Any] = {
        "area_m2": Decimal(20),
        "people": 2,
        "from_on": SOON,
        "note": "Quiet neighbours, no parties",
    }
    stage.rows["tenancy-application"] = operations.apply_for_space(team=stage.rows["tenant-hopeful"], **wish, **by)
    spaces = [_desk(scene, number) for number in range(4)]
    stage.rows["tenancy-offer"] = _offer(stage, "offered", spaces[0], SOON, LATER, "N-1")
    held = _offer(stage, "signed", spaces[1], date(2019, 9, 1), LATER, "N-2", deposit_minor=77_700)
    stage.rows["tenancy-signed"] = operations.sign_tenancy(tenancy=held, **by)
    past = _offer(stage, "gone", spaces[2], date(2019, 2, 1), LATER, "N-3", deposit_minor=77_700)
    stage.rows["tenancy-past"] = operations.sign_tenancy(tenancy=past, **by)
    operations.record_deposit(tenancy=past, received_on=date(2019, 2, 2), **by)
    operations.graduate(
        team=stage.rows["tenant-gone"],
        rule=GraduationRule.LISTED,
        graduated_on=date(2019, 9, 1),
        evidence="Prospectus of 2 September",
        **by,
    )
    people.make_link(
        person=scene.rival.person,
        purpose=ANSWER_OFFER,
        record=f"tenancy:{stage.rows['tenancy-offer'].pk}",
        expires_at=NOW + timedelta(days=9),
        token=TOKEN,
        **by,
    )
    house = ("owner", "executive", "steward", "deputy")
    stage.hide("the token of a link to an offer", TOKEN)
    stage.keep_private("what a team wrote in its application", wish["note"], *house)
    stage.keep_private("what proves a graduation", "Prospectus of 2 September", *house)


def _desk(scene: Scene, number: int) -> models.Space:
    return models.Space.objects.create(
        floor=scene.first,
        code=f"N-{number}",
        kind="desk",
        capacity=2,
        monthly_minor=50_000,
        door_token=f"door-n-{number}",
        starts_on=date(2019, 1, 1),
        added_at=NOW,
    )


def _offer(
    stage: Stage, key: str, space: models.Space, starts_on: date, ends_on: date, number: str, deposit_minor: int = 0
) -> models.Tenancy:
    return operations.offer_space(
        team=stage.rows[f"tenant-{key}"],
        spaces=[Offered(space, 50_000)],
        starts_on=starts_on,
        ends_on=ends_on,
        answer_by_on=TODAY + timedelta(days=9),
        number=number,
        deposit_minor=deposit_minor,
        by=stage.cast.owner.person,
        at=NOW,
    )


def at_site(_stage: Stage) -> dict[str, Any]:
    """Return the parts of the address of the site."""
    return {"site": SITE}


def at_row(name: str) -> Any:
    """Return the parts of the address of a row of the site."""
    return lambda stage: {"site": SITE, "pk": stage.rows[name].pk}


def at_team(key: str) -> Any:
    """Return the parts of the address of a team."""
    return lambda _stage: {"site": SITE, "key": f"n-{key}"}


def sent(**body: Any) -> Any:
    """Return what is sent."""
    return lambda _stage: body


WISH = sent(kind="office", area_m2="20", people="3", from_on=str(SOON))
NEXT = sent(ends_on=str(LATER + timedelta(days=365)), answer_by_on=str(SOON), number="N-9")
TERMS = sent(relief_percent="0", notice_days="60", answer_by_on=str(SOON), number="N-8")


def chosen(stage: Stage) -> dict[str, Any]:
    """Return the terms of an offer with the first space of the scene that is free."""
    return {**TERMS(stage), "spaces": [str(stage.rows["workspace"].next_office.pk)]}


def moved(stage: Stage) -> dict[str, Any]:
    """Return a move into a free office."""
    return {"on": str(SOON), "to_space": str(stage.rows["workspace"].lab.pk), "relief_percent": "0"}


PROBES = [
    Probe("workspace:waiting", get=KEEPERS, at=at_site),
    Probe("workspace:application", get=KEEPERS, at=at_row("tenancy-application")),
    Probe("workspace:apply-for-space", get=KEEPERS, post=done(KEEPERS), at=at_team("gone"), body=WISH),
    Probe(
        "workspace:refuse-application",
        get=KEEPERS,
        post=done(KEEPERS),
        at=at_row("tenancy-application"),
        body=sent(reason="Nothing is free."),
    ),
    Probe("workspace:withdraw-application", post=done(KEEPERS), at=at_row("tenancy-application")),
    Probe("workspace:set-priority", post=done(KEEPERS), at=at_row("tenancy-application"), body=sent(priority="yes")),
    Probe("workspace:offer-space", get=KEEPERS, post=done(KEEPERS), at=at_row("tenancy-application"), body=chosen),
    Probe("workspace:tenancies", get=HOUSE, at=at_site),
    Probe("workspace:tenancy-ends", get=KEEPERS, at=at_site),
    Probe("workspace:tenancy", get=HOUSE, at=at_row("tenancy-signed")),
    Probe("workspace:sign-tenancy", post=done(KEEPERS), at=at_row("tenancy-offer")),
    Probe("workspace:call-off-offer", post=done(KEEPERS), at=at_row("tenancy-offer"), body=sent(reason="Sold.")),
    Probe(
        "workspace:record-deposit",
        get=KEEPERS,
        post=done(KEEPERS),
        at=at_row("tenancy-signed"),
        body=sent(received_on="2019-09-02"),
    ),
    Probe(
        "workspace:return-deposit",
        get=KEEPERS,
        post=done(KEEPERS),
        at=at_row("tenancy-past"),
        body=sent(returned_on=str(TODAY), returned="77"),
    ),
    Probe("workspace:move-team", get=KEEPERS, post=done(KEEPERS), at=at_row("tenancy-signed"), body=moved),
    Probe(
        "workspace:give-notice",
        get=KEEPERS,
        post=done(KEEPERS),
        at=at_row("tenancy-signed"),
        body=sent(notice_on=str(TODAY), leaves_on=str(TODAY + timedelta(days=90))),
    ),
    Probe("workspace:renew-tenancy", get=KEEPERS, post=done(KEEPERS), at=at_row("tenancy-signed"), body=NEXT),
    Probe(
        "workspace:end-tenancy",
        get=KEEPERS,
        post=done(KEEPERS),
        at=at_row("tenancy-signed"),
        body=sent(left_on=str(TODAY), reason="early", note="Moved to Chongqing."),
    ),
    Probe("workspace:benefits", get=KEEPERS, at=at_site),
    Probe("workspace:graduates", get=KEEPERS, at=at_site),
    Probe("workspace:team-space", get=HOUSE, at=at_team("hopeful")),
    Probe(
        "workspace:answer-offer",
        post=done(KEEPERS),
        at=lambda stage: {"site": SITE, "key": "n-offered", "pk": stage.rows["tenancy-offer"].pk},
        body=sent(answer="accept"),
    ),
    Probe("workspace:team-benefits", get=HOUSE, at=at_team("signed")),
    Probe(
        "workspace:graduate",
        get=KEEPERS,
        post=done(KEEPERS),
        at=at_team("signed"),
        body=sent(rule="listed", graduated_on="2019-09-20", evidence="Prospectus"),
    ),
    Probe("workspace:strike-graduation", post=done(KEEPERS), at=at_team("gone")),
    Probe(
        "workspace:graduate-fate",
        get=KEEPERS,
        post=done(KEEPERS),
        at=at_team("gone"),
        body=sent(fate="trading", heard_on=str(TODAY), note=""),
    ),
    Probe(
        "workspace:answer-by-link",
        get=EVERYBODY,
        post=done(EVERYBODY),
        at=lambda _stage: {"token": TOKEN},
        body=sent(answer="decline", reason="Too small."),
    ),
]
