"""The list of work spaces and the overview of one."""

from datetime import date

import pytest
from tests.cast import Cast, moment
from tests.workspace.scene import Scene, make_scene

from accord.workspace import operations, queries

pytestmark = pytest.mark.django_db


def test_overview_says_how_the_site_stands(scene: Scene) -> None:
    operations.count_team(team=scene.team, at=moment(date(2019, 3, 1)))

    shown = scene.operator.client.get("/workspace/dreamworks/?as_of=2019-06-30")

    assert shown.status_code == 200
    assert "<strong>1 resident team</strong> on 2,000 m² in operation." in " ".join(shown.text.split())


@pytest.mark.parametrize(
    ("who", "status"),
    [("operator", 200), ("lead", 200), ("worker", 200)],
)
def test_who_works_there_sees_the_site(scene: Scene, who: str, status: int) -> None:
    assert getattr(scene, who).client.get("/workspace/dreamworks/").status_code == status


def test_site_is_not_there_for_outsiders(cast: Cast) -> None:
    make_scene(cast)

    assert cast.outsider.client.get("/workspace/dreamworks/").status_code == 404
    assert "Jiaozi Dreamworks" not in cast.outsider.client.get("/workspace/").text
    assert "Jiaozi Dreamworks" in cast.partner.client.get("/workspace/").text


def test_numbers_count_what_holds_on_the_day(scene: Scene) -> None:
    operations.count_team(team=scene.team, at=moment(date(2019, 3, 1)))

    before, during, after = (
        queries.numbers_of({scene.site.pk: on})[scene.site.pk]
        for on in (date(2019, 2, 28), date(2019, 3, 1), date(2020, 3, 1))
    )

    assert [(one.teams, one.area_let) for one in (before, during, after)] == [(0, 0), (1, 60), (0, 0)]
    assert during.area_operated == 2000
