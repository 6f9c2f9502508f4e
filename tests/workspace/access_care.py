"""What the doors to mentors, services, events, criteria and utilisation answer to whom."""

from typing import Any

from tests.access import Answers, Probe, done
from tests.house.stage import Stage
from tests.workspace import cared
from tests.workspace.access import HOUSE, KEEPERS, SITE

from accord.workspace import operations


def furnish(stage: Stage) -> None:
    """Put one of everything at the site of the stage."""
    scene = stage.rows["workspace"]
    stage.rows["cared"] = cared.furnish(scene)
    told = {"by": stage.cast.owner.person, "at": cared.SET_UP}
    stage.rows["open_event"] = operations.announce_occasion(site=scene.site, facts=cared.facts(places=None), **told)
    for role in ("owner", "executive", "steward", "deputy"):
        operations.sign_up(event=stage.rows["open_event"], by=stage.member(role).person, at=cared.SET_UP)
    house = ("owner", "steward", "deputy")
    stage.keep_private("what an hour with a mentor is about", cared.SUBJECT, *house)
    stage.keep_private("who works for the operator", "Staff Secretary", *house)


def site(_stage: Stage) -> dict[str, Any]:
    """Return the part of the address that names the site."""
    return {"site": SITE}


def at(name: str) -> Any:
    """Return the parts of the address of one of the rows."""
    return lambda stage: {"site": SITE, "pk": getattr(stage.rows["cared"], name).pk}


def body(**values: str) -> Any:
    """Return what is sent."""
    return lambda _stage: values


def form(route: str, where: Any, sent: Any, who: Answers = KEEPERS) -> Probe:
    """Return the probe of a page with a form."""
    return Probe(route, get=who, post=done(who), at=where, body=sent)


PROBES = [
    Probe("workspace:care", get=HOUSE, at=site),
    Probe("workspace:mentors", get=HOUSE, at=site),
    form("workspace:appoint-mentor", site, body(person="new@example.org", person_name="New", starts_on="2019-09-30")),
    Probe("workspace:mentor", get=HOUSE, at=at("mentor")),
    form("workspace:end-mentor", at("mentor"), body(ends_on="2019-12-01")),
    form(
        "workspace:offer-hours",
        at("mentor"),
        body(first_on="2019-10-20", starts="09:00", ends="10:00", minutes="60", weeks="1"),
    ),
    Probe("workspace:mentor-sessions", get=HOUSE, at=site),
    Probe("workspace:mentor-session", get=HOUSE, at=at("taken")),
    Probe(
        "workspace:take-session",
        get=KEEPERS,
        post=done(KEEPERS),
        at=at("free"),
        body=lambda stage: {"team": str(stage.rows["workspace"].team.pk), "subject": "Sales"},
    ),
    Probe("workspace:give-back-session", post=done(KEEPERS), at=at("taken")),
    Probe("workspace:settle-session", post=done(KEEPERS), at=at("past"), body=body(was_held="yes")),
    Probe("workspace:cancel-session", post=done(KEEPERS), at=at("free")),
    Probe("workspace:services", get=HOUSE, at=site),
    form("workspace:add-service", site, body(name_0="Law", unit_0="hour", value="100", price="0")),
    form("workspace:change-service", at("service"), body(name_0="Law and taxes")),
    Probe(
        "workspace:record-service",
        get=KEEPERS,
        post=done(KEEPERS),
        at=at("service"),
        body=lambda stage: {"team": str(stage.rows["workspace"].team.pk), "used_on": "2019-09-02", "quantity": "1"},
    ),
    Probe("workspace:service-uses", get=HOUSE, at=site),
    Probe("workspace:strike-service-use", post=done(KEEPERS), at=at("use")),
    Probe("workspace:events", get=HOUSE, at=site),
    form("workspace:add-event", site, body(title_0="Talk", on="2019-10-20", starts="09:00", ends="10:00")),
    Probe("workspace:event", get=HOUSE, at=at("event")),
    form("workspace:change-event", at("event"), body(title_0="A longer day")),
    Probe("workspace:call-off-event", post=done(KEEPERS), at=at("event")),
    Probe("workspace:sign-up", post=done(HOUSE), at=at("event")),
    Probe(
        "workspace:leave-event",
        post=done(HOUSE),
        at=lambda stage: {"site": SITE, "pk": stage.rows["open_event"].pk},
    ),
    Probe("workspace:mark-came", post=done(KEEPERS), at=at("past_event")),
    Probe("workspace:announcements", get=HOUSE, at=site),
    form("workspace:add-announcement", site, body(title_0="The lift", shown_from_on="2019-10-01")),
    form("workspace:change-announcement", at("announcement"), body(title_0="Both lifts")),
    Probe("workspace:take-down-announcement", post=done(KEEPERS), at=at("announcement")),
    Probe("workspace:staff", get=KEEPERS, at=site),
    form("workspace:add-staff", site, body(person="hand@example.org", person_name="Hand", starts_on="2019-09-30")),
    form("workspace:end-staff", at("staff"), body(ends_on="2019-12-01")),
    form("workspace:add-fund", site, body(amount="100", currency="CNY", starts_on="2019-09-30")),
    form("workspace:end-fund", at("fund"), body(ends_on="2019-12-01")),
    Probe("workspace:criteria", get=HOUSE, at=site),
    Probe(
        "workspace:criterion",
        get=HOUSE,
        at=lambda _stage: {"site": SITE, "level": "national", "code": "staff-share"},
    ),
    Probe("workspace:utilisation", get=HOUSE, at=site),
]
