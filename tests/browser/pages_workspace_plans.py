"""Plans of who moves where: the list, one with and without places, what would have to change, and publishing it."""

from datetime import timedelta
from decimal import Decimal

from tests.browser.way import View, at, send
from tests.browser.world import Scene
from tests.house.stage import NOW, TODAY
from tests.workspace.access_tenancy_plans import FROM, SITE

from accord.kernel.text import Bilingual
from accord.workspace import operations
from accord.workspace.enums import Origin, Stage
from accord.workspace.models import Plan, Site
from accord.workspace.queries import PlanTerms

PLANS = f"/workspace/{SITE}/plans/"
WAITING = (("kiln", Bilingual("Kiln", "窑"), 70), ("tower", Bilingual("Tower and Sons Deep Foundations", ""), 500))


def furnish(scene: Scene) -> None:
    """Let a team that fits and one that is too large wait for space, and plan twice."""
    site, by = Site.objects.get(key=SITE), scene.cast.owner.person
    for key, name, area in WAITING:
        team = operations.register_team(
            site=site, key=key, name=name, origin=Origin.DOMESTIC, stage=Stage.SEED, by=by, at=NOW
        )
        operations.apply_for_space(team=team, area_m2=Decimal(area), people=4, from_on=TODAY, by=by, at=NOW)
    for hours, order in enumerate(("stated", "day")):
        operations.make_plan(
            site=site,
            name=f"Moves in winter, by {order}",
            from_on=FROM,
            terms=PlanTerms(order=order),
            by=by,
            at=NOW + timedelta(hours=hours),
        )


def _plan(path: str = "") -> View:
    """Return the view of the plan that was made last."""

    def way(page: object, scene: Scene) -> None:
        at(f"{PLANS}{Plan.objects.latest('made_at').pk}/{path}")(page, scene)  # type: ignore[arg-type]

    return View(f"plan {path}".strip(" /"), "owner", way)


VIEWS = [
    View("plans", "owner", at(PLANS)),
    View("make a plan, wrong", "owner", send(f"{PLANS}make/", name=""), 422),
    _plan(),
    _plan("teams/tower/"),
    _plan("publish/"),
]
