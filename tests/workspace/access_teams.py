"""What the doors to teams and their reports answer to whom."""

from datetime import date, timedelta
from typing import Any

from tests.access import EVERYBODY, Probe, answers, done
from tests.house.stage import NOW, TODAY, Stage
from tests.workspace.access import HOUSE, KEEPERS, SITE
from tests.workspace.scene import MOVED_IN, Scene

from accord.people import operations as people
from accord.workspace import operations, queries
from accord.workspace.enums import REPORT_QUARTER
from accord.workspace.operations import Heads

TOKEN = "a-report-by-link-" + "x" * 26
QUARTER = date(2019, 7, 1)


def furnish(stage: Stage) -> None:
    """Let a team report oddly, with money and a remark, and make a link by which it corrects that."""
    scene: Scene = stage.rows["workspace"]
    by: dict[str, Any] = {"by": stage.cast.owner.person, "at": NOW}
    team = scene.team
    house = ("owner", "executive", "steward", "deputy")
    remark = stage.keep_private("what a team remarks in its report", "Two of us went to Leeds", *house)
    source = stage.keep_private("who gave money to a team", "Lake Capital of Dali", *house)
    operations.record_baseline(team=team, heads=Heads(3, 2), stands_on=MOVED_IN, **by)
    round_ = operations.open_round(site=scene.site, quarter_on=QUARTER, due_on=TODAY, **by)
    stage.rows["team-report"] = operations.report_quarter(
        team=team, round=round_, heads=Heads(0, 0, note=remark, revenue_minor=765_432_00), stands_on=TODAY, **by
    )
    stage.rows["team-funding"] = operations.record_funding(
        team=team, kind="grant", amount_minor=1_000_00, currency="CNY", received_on=TODAY, source=source, **by
    )
    stage.rows["team-member"] = team.members.get(person=scene.worker.person)
    people.make_link(
        person=scene.worker.person,
        purpose=REPORT_QUARTER,
        record=f"team:{team.pk}",
        expires_at=queries.closes_at(round_),
        token=TOKEN,
        uses=99,
        **by,
    )
    stage.hide("the token of a link to a report", TOKEN)


def site(_stage: Stage) -> dict[str, Any]:
    """Return the parts of the address of the site."""
    return {"site": SITE}


def team(_stage: Stage) -> dict[str, Any]:
    """Return the parts of the address of the team."""
    return {"site": SITE, "key": "lantern"}


def report(stage: Stage) -> dict[str, Any]:
    """Return the parts of the address of the report."""
    return {"site": SITE, "pk": stage.rows["team-report"].pk}


def of_team(name: str) -> Any:
    """Return the parts of the address of something that hangs on the team."""
    return lambda stage: {"site": SITE, "key": "lantern", "pk": stage.rows[name].pk}


def _new(_stage: Stage) -> dict[str, str]:
    return {"name_0": "Orchard", "key": "orchard", "origin": "domestic", "stage": "seed", "kind": "incubated"}


PROBES = [
    Probe("workspace:teams", get=HOUSE, at=site),
    Probe("workspace:team", get=HOUSE, at=team),
    Probe("workspace:team-reports", get=HOUSE, at=team),
    Probe("workspace:team-new", get=KEEPERS, post=done(KEEPERS), at=site, body=_new),
    Probe(
        "workspace:team-change",
        get=KEEPERS,
        post=done(KEEPERS),
        at=team,
        body=lambda _stage: {"website": "https://a.cn"},
    ),
    Probe("workspace:teams-bring-in", get=KEEPERS, post=answers(422, 404, 403, 422, 404), at=site, body=lambda _s: {}),
    Probe("workspace:teams-template", get=KEEPERS, at=lambda _stage: {"site": SITE, "suffix": "csv"}),
    Probe(
        "workspace:team-baseline",
        get=KEEPERS,
        post=done(KEEPERS),
        at=team,
        body=lambda _stage: {"jobs": "4", "research_jobs": "2"},
    ),
    Probe(
        "workspace:team-member-add",
        get=KEEPERS,
        post=done(KEEPERS),
        at=team,
        body=lambda _stage: {"person": "rival", "role": "member", "starts_on": "2019-09-30"},
    ),
    Probe(
        "workspace:team-member-end",
        get=KEEPERS,
        post=done(KEEPERS),
        at=of_team("team-member"),
        body=lambda _stage: {"ends_on": str(TODAY - timedelta(days=1))},
    ),
    Probe(
        "workspace:team-funding-new",
        get=KEEPERS,
        post=done(KEEPERS),
        at=team,
        body=lambda _stage: {"kind": "grant", "amount": "5", "currency": "CNY", "received_on": "2019-09-30"},
    ),
    Probe("workspace:team-funding-strike", post=done(KEEPERS), at=of_team("team-funding")),
    Probe("workspace:rounds", get=KEEPERS, at=site),
    Probe(
        "workspace:round-open",
        get=KEEPERS,
        post=done(KEEPERS),
        at=site,
        body=lambda _stage: {"quarter": "2019-Q2", "due_on": "2019-10-15"},
    ),
    Probe("workspace:round", get=KEEPERS, at=lambda _stage: {"site": SITE, "quarter": "2019-Q3"}),
    Probe("workspace:flagged", get=KEEPERS, at=site),
    Probe("workspace:report", get=HOUSE, at=report),
    Probe("workspace:report-look", post=done(KEEPERS), at=report),
    Probe("workspace:report-ask-again", post=done(KEEPERS), at=report, body=lambda _stage: {"question": "Nobody?"}),
    Probe("workspace:report-strike", post=done(KEEPERS), at=report),
    Probe(
        "workspace:report-new",
        get=KEEPERS,
        post=done(KEEPERS),
        at=lambda _stage: {"site": SITE, "quarter": "2019-Q3", "key": "lantern"},
        body=lambda _stage: {"jobs": "4", "research_jobs": "2"},
    ),
    Probe(
        "workspace:report-by-link",
        get=EVERYBODY,
        post=done(EVERYBODY),
        at=lambda _stage: {"token": TOKEN},
        body=lambda _stage: {"jobs": "5", "research_jobs": "2"},
    ),
]
