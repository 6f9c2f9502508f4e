"""What the doors to sites, floors and spaces answer to whom."""

from typing import Any

from tests.access import Probe, answers, done
from tests.house.stage import Stage
from tests.workspace.access import HOUSE, KEEPERS, SITE
from tests.workspace.scene import Scene

from accord.workspace.models import Floor

OPENERS = answers(200, 200, 403, 200, 200)
"""Stewards, officers and operators, each for their own house."""


def scene(stage: Stage) -> Scene:
    """Return the work space."""
    found: Scene = stage.rows["workspace"]
    return found


def site(_stage: Stage) -> dict[str, Any]:
    """Return the parts of the address of the site's own pages."""
    return {"site": SITE}


def floor(stage: Stage) -> dict[str, Any]:
    """Return the parts of the address of a floor."""
    return {"site": SITE, "pk": scene(stage).first.pk}


def run(stage: Stage) -> dict[str, Any]:
    """Return the parts of the address of a stretch of a floor's operation."""
    return {**floor(stage), "run": scene(stage).first.runs.get().pk}


def space(stage: Stage) -> dict[str, Any]:
    """Return the parts of the address of a space that nobody has."""
    return {"site": SITE, "pk": scene(stage).lab.pk}


def furnish(stage: Stage) -> None:
    """Give the upper floor a plan that can be dropped, and dig a cellar; the site itself is made by `access`."""
    Floor.objects.create(building=scene(stage).building, level=-1, area_m2=100)
    Floor.objects.filter(pk=scene(stage).first.pk).update(plan='<svg xmlns="http://www.w3.org/2000/svg"><g></g></svg>')


PROBES = [
    Probe(
        "workspace:open-site",
        get=OPENERS,
        post=done(OPENERS),
        body=lambda stage: {"name_0": "Second", "key": "second"},
    ),
    Probe(
        "workspace:change-site", get=KEEPERS, post=done(KEEPERS), at=site, body=lambda _stage: {"address_0": "1 Road"}
    ),
    Probe(
        "workspace:add-building",
        get=KEEPERS,
        post=done(KEEPERS),
        at=site,
        body=lambda _stage: {"name_0": "Tower", "key": "tower"},
    ),
    Probe(
        "workspace:change-building",
        get=KEEPERS,
        post=done(KEEPERS),
        at=lambda _stage: {"site": SITE, "building": "a"},
        body=lambda _stage: {"name_0": "House A"},
    ),
    Probe("workspace:floors", get=HOUSE, at=site),
    Probe(
        "workspace:add-floor",
        get=KEEPERS,
        post=done(KEEPERS),
        at=site,
        body=lambda _stage: {"building": "a", "level": "7", "area_m2": "300"},
    ),
    Probe("workspace:floor", get=HOUSE, at=floor),
    Probe("workspace:change-floor", get=KEEPERS, post=done(KEEPERS), at=floor, body=lambda _stage: {"name_0": "Upper"}),
    Probe(
        "workspace:floor-plan",
        get=KEEPERS,
        post=answers(422, 404, 403, 422, 404),
        at=floor,
    ),
    Probe("workspace:drop-floor-plan", post=done(KEEPERS), at=floor),
    Probe(
        "workspace:open-floor",
        get=KEEPERS,
        post=done(KEEPERS),
        at=lambda stage: {"site": SITE, "pk": Floor.objects.get(level=-1).pk},
        body=lambda _stage: {"starts_on": "2019-10-01", "area_m2": "10"},
    ),
    Probe("workspace:close-floor", get=KEEPERS, post=done(KEEPERS), at=run, body=lambda _stage: {"on": "2019-12-01"}),
    Probe("workspace:strike-floor-run", post=done(KEEPERS), at=run),
    Probe("workspace:spaces", get=HOUSE, at=site),
    Probe(
        "workspace:add-space",
        get=KEEPERS,
        post=done(KEEPERS),
        at=site,
        body=lambda stage: {"floor": scene(stage).first.pk, "code": "S-901", "kind": "office", "area_m2": "9"},
    ),
    Probe("workspace:bring-in-spaces", get=KEEPERS, post=answers(422, 404, 403, 422, 404), at=site),
    Probe("workspace:spaces-template", get=KEEPERS, at=lambda _stage: {"site": SITE, "suffix": "csv"}),
    Probe("workspace:space", get=HOUSE, at=space),
    Probe("workspace:change-space", get=KEEPERS, post=done(KEEPERS), at=space, body=lambda _stage: {"capacity": "7"}),
    Probe("workspace:close-space", get=KEEPERS, post=done(KEEPERS), at=space, body=lambda _stage: {"on": "2020-06-01"}),
    Probe("workspace:policies", get=KEEPERS, at=site),
    Probe("workspace:add-policy", get=KEEPERS, post=done(KEEPERS), at=site, body=lambda _stage: {"name_0": "Halls"}),
    Probe(
        "workspace:change-policy",
        get=KEEPERS,
        post=done(KEEPERS),
        at=lambda stage: {"site": SITE, "pk": scene(stage).by_time.pk},
        body=lambda _stage: {"name_0": "Halls"},
    ),
]
