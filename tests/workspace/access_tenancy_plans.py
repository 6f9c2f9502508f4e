"""What the doors to plans of who moves where answer to whom."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from tests.access import Probe, done
from tests.house.stage import NOW, TODAY, Stage
from tests.workspace.access import KEEPERS, SITE, site

from accord.kernel.text import Bilingual
from accord.workspace import operations
from accord.workspace.enums import Origin
from accord.workspace.enums import Stage as TeamStage
from accord.workspace.models import Site
from accord.workspace.queries import PlanTerms

FROM = date(2019, 12, 1)
TERM = {"answer_by_on": str(TODAY + timedelta(days=14)), "ends_on": ""}
POLICY = {"name": "Winter", "from_on": "2019-12-02", "order": "day", "method": "rule"}


def furnish(stage: Stage) -> None:
    """Let a team wait for space, and make a plan for it."""
    found = Site.objects.get(key=SITE)
    by = stage.cast.owner.person
    team = operations.register_team(
        site=found,
        key="planned",
        name=Bilingual("Planned Ltd", ""),
        origin=Origin.DOMESTIC,
        stage=TeamStage.SEED,
        by=by,
        at=NOW,
    )
    operations.apply_for_space(team=team, area_m2=Decimal(70), people=4, from_on=TODAY, by=by, at=NOW)
    stage.rows["plan"] = operations.make_plan(
        site=found, name="Moves in winter", from_on=FROM, terms=PlanTerms(), by=by, at=NOW
    )
    stage.keep_private("who would get which space", "Moves in winter", "owner", "steward", "deputy")


def plan(stage: Stage) -> dict[str, Any]:
    """Return the parts of the address of the plan."""
    return {"key": SITE, "pk": stage.rows["plan"].pk}


PROBES = [
    Probe("workspace:plans", get=KEEPERS, at=site),
    Probe("workspace:make-plan", get=KEEPERS, post=done(KEEPERS), at=site, body=lambda _stage: POLICY),
    Probe("workspace:plan", get=KEEPERS, at=plan),
    Probe("workspace:plan-team", get=KEEPERS, at=lambda stage: plan(stage) | {"team": "planned"}),
    Probe("workspace:publish-plan", get=KEEPERS, post=done(KEEPERS), at=plan, body=lambda _stage: TERM),
    Probe("workspace:drop-plan", post=done(KEEPERS), at=plan),
]
