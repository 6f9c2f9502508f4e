"""Lists of spaces ask the database as often for many rows as for few."""

from collections.abc import Callable
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.cast import moment
from tests.workspace.scene import OPENED, Scene

from accord.workspace import models, operations
from accord.workspace.enums import SpaceKind

pytestmark = pytest.mark.django_db
COUNTS = {"spaces/": 11, "floors/": 9, "booking-rules/": 9}
PLAN, SPACE = 10, 10


def fill(scene: Scene) -> None:
    """Add floors, spaces on both, lettings and rules."""
    by, at = scene.operator.person, moment(OPENED)
    for number in range(6):
        operations.add_policy(site=scene.site, name=scene.by_time.name, by=by, at=at)
        floor = operations.add_floor(building=scene.building, level=10 + number, area_m2=Decimal(99), by=by, at=at)
        operations.open_floor(floor=floor, starts_on=OPENED, by=by, at=at)
        for place, on in enumerate((floor, scene.ground)):
            space = operations.add_space(
                floor=on,
                code=f"M-{number}{place}",
                kind=SpaceKind.OFFICE,
                starts_on=OPENED,
                area_m2=Decimal(9),
                door_token=f"many-{number}-{place}",
                outline=[[0, 0], [9, 0], [9, 9]],
                by=by,
                at=at,
            )
            models.TenancySpace.objects.create(
                tenancy=scene.tenancy,
                space=space,
                starts_on=OPENED,
                monthly_minor=1,
                recorded_at=at,
                recorded_by=by,
            )


def asked(scene: Scene, path: str) -> int:
    """Return how many queries a page takes."""
    client = scene.operator.client
    client.get(f"/workspace/dreamworks/{path}")
    with CaptureQueriesContext(connection) as queries:
        assert client.get(f"/workspace/dreamworks/{path}").status_code == 200
    return len(queries)


@pytest.mark.parametrize("path", sorted(COUNTS))
def test_lists_ask_as_often_for_many_rows(scene: Scene, path: str) -> None:
    few = asked(scene, path)
    fill(scene)

    assert (few, asked(scene, path)) == (COUNTS[path], COUNTS[path])


@pytest.mark.parametrize(
    ("address", "count"),
    [(lambda scene: f"floors/{scene.ground.pk}/", PLAN), (lambda scene: f"spaces/{scene.office.pk}/", SPACE)],
)
def test_plan_and_space_ask_as_often_for_many_rows(scene: Scene, address: Callable[[Scene], str], count: int) -> None:
    few = asked(scene, address(scene))
    fill(scene)

    assert (few, asked(scene, address(scene))) == (count, count)
