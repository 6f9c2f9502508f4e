"""What the operations of the API to teams and their reports answer to whom, and how each is asked."""

from datetime import date
from typing import Any

from tests.api.asked import Ask
from tests.cast import moment
from tests.workspace.asked_spaces import KEEPERS, READERS
from tests.workspace.scene import MOVED_IN, Scene

from accord.workspace import operations
from accord.workspace.operations import Heads

STATUSES: dict[str, tuple[str, ...]] = {
    "list_teams": READERS,
    "read_team": READERS,
    "list_reports": READERS,
    "read_report": READERS,
    "report_quarter": ("201", *KEEPERS[1:]),
}


def asks(scene: Scene) -> dict[str, Ask]:
    """Return how each operation is asked, a round of reports being open."""
    by: dict[str, Any] = {"by": scene.operator.person, "at": moment(date(2019, 10, 1))}
    made = operations.record_baseline(team=scene.team, heads=Heads(3, 2), stands_on=MOVED_IN, **by)
    operations.open_round(site=scene.site, quarter_on=date(2019, 7, 1), due_on=date(2019, 10, 15), **by)
    site = {"key": scene.site.key}
    team = {**site, "team": scene.team.key}
    said = {"quarter": "2019-Q3", "stands_on": "2019-09-30", "jobs": 4, "research_jobs": 2}
    return {
        "list_teams": Ask(site),
        "read_team": Ask(team),
        "list_reports": Ask(team),
        "read_report": Ask({**team, "number": made.pk}),
        "report_quarter": Ask(team, said),
    }
