"""Pages of teams and their reports: a profile with its chart, a round with somebody missing, the form by link."""

from datetime import date, timedelta
from typing import Any

from tests.browser.way import View, at, send
from tests.browser.world import TODAY, Scene
from tests.cast import moment

from accord.kernel.text import Bilingual
from accord.people import operations as people
from accord.workspace import models, operations, queries
from accord.workspace.enums import REPORT_QUARTER
from accord.workspace.operations import Heads

AT = "/workspace/dreamworks/"
TOKEN = "a-report-for-the-browser"
LINK = f"/workspace/links/report/{TOKEN}/"
WRONG = {"jobs": "3", "research_jobs": "9", "amount": "5"}


def furnish(scene: Scene) -> None:
    """Let a team report oddly, be given money, and hold a link."""
    by: dict[str, Any] = {"by": scene.others["operator"].person, "at": moment(TODAY, 0)}
    site = models.Site.objects.get(key="dreamworks")
    team = models.Team.objects.get(site=site, key="lantern")
    team.summary = Bilingual("Settles small cross-border payments for shops.", "为小商户办理跨境小额支付。")
    team.save(update_fields=["summary"])
    operations.record_baseline(team=team, heads=Heads(4, 2), stands_on=date(2019, 3, 1), **by)
    due_on = TODAY + timedelta(days=9)
    for quarter_on, heads in ((date(2019, 4, 1), Heads(14, 8, note="Two joined from Leeds")), (date(2019, 7, 1), None)):
        round_ = operations.open_round(site=site, quarter_on=quarter_on, due_on=due_on, **by)
        if heads is not None:
            operations.report_quarter(team=team, round=round_, heads=heads, stands_on=date(2019, 6, 30), **by)
    operations.record_funding(
        team=team, kind="grant", amount_minor=300_000_00, currency="CNY", received_on=TODAY, source="City", **by
    )
    people.make_link(
        person=scene.others["worker"].person,
        purpose=REPORT_QUARTER,
        record=f"team:{team.pk}",
        expires_at=queries.closes_at(round_),
        token=TOKEN,
        uses=9,
        **by,
    )


VIEWS = [
    View("teams", "operator", at(f"{AT}teams/")),
    View("team", "operator", at(f"{AT}teams/lantern/")),
    View("round with somebody missing", "operator", at(f"{AT}reports/2019-Q3/")),
    View("report by link, wrong", "", send(LINK, **WRONG), 422),
    View("report to look at", "operator", at(f"{AT}reports/flagged/")),
]
