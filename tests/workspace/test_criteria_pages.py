"""Pages of the criteria: met, not met and not measured in words, what stays hidden, files, and queries."""

from datetime import date

import pytest
from tests.cast import moment
from tests.workspace import cared as stock
from tests.workspace.scene import Scene

from accord.kernel.models import World
from accord.workspace import operations

pytestmark = pytest.mark.django_db
HOME = "/workspace/dreamworks/criteria/"
TODAY = date(2019, 9, 30)


@pytest.fixture
def counted(scene: Scene) -> Scene:
    """Put mentors, staff and money at the site, and count its team, in a demo world of September 2019."""
    World.objects.create(is_demo=True, demo_day=TODAY, seed=7, scale=1.0, built_at=moment(TODAY))
    stock.furnish(scene)
    operations.count_team(team=scene.team, at=moment(date(2019, 3, 1)))
    return scene


@pytest.mark.parametrize(
    ("path", "queries"), [("", 7), ("?by=month", 7), ("national/staff-ratio/", 11), ("national/area-share/", 11)]
)
def test_page_takes_as_many_queries_for_much_as_for_little(
    counted: Scene, django_assert_num_queries, path: str, queries: int
) -> None:
    client = counted.operator.client
    client.get(HOME + path)  # fills what a process keeps

    with django_assert_num_queries(queries):
        assert client.get(HOME + path).status_code == 200
    told = {"by": counted.cast.owner.person, "at": stock.SET_UP}
    for number in range(5):
        person = stock.someone(f"more-{number}")
        operations.add_staff(
            site=counted.site, person=person, is_professional=False, starts_on=date(2019, 9, 2), **told
        )
    with django_assert_num_queries(queries):
        client.get(HOME + path)


def test_checklist_says_met_not_met_and_not_measured_with_what_is_missing(counted: Scene) -> None:
    page = counted.cast.partner.client.get(HOME).content.decode()

    for words in ("8,000 m² more in operation", "49 more teams", "No resident team has reported.", "Counted only"):
        assert words in page
    assert "MoST 2018/300" in page


def test_another_level_asks_for_other_numbers(counted: Scene) -> None:
    page = counted.operator.client.get(f"{HOME}?rules=specialised").content.decode()

    assert "29 more teams" in page
    assert "49 more teams" not in page


def test_checklist_stands_as_of_any_day(counted: Scene) -> None:
    before, after = (
        counted.operator.client.get(f"{HOME}national/teams/?as_of={day}").content.decode()
        for day in ("2019-02-28", "2019-03-01")
    )

    assert "No incubated team was resident by this day." in before
    assert ("Lantern" in before, "Lantern" in after) == (False, True)


def test_file_for_the_yearly_return_holds_source_and_gaps(counted: Scene) -> None:
    answer = counted.operator.client.get(f"{HOME}?format=csv&as_of=2019-09-30")
    text = b"".join(answer).decode("utf-8-sig")

    assert "MoST 2018/300" in text
    assert "teams,Incubated teams,2019-09-30,Not met,1,1 teams,at least 50 teams,49 more teams," in text
    assert counted.operator.client.get(f"{HOME}?format=xlsx").status_code == 200


def test_names_of_staff_are_hidden_from_partners_and_teams_in_page_and_file(counted: Scene) -> None:
    path = f"{HOME}national/staff-share/"
    seen = {
        (name, ask): b"Staff Secretary" in b"".join(who.client.get(path + ask))
        for name, who in (("operator", counted.operator), ("partner", counted.cast.partner), ("lead", counted.lead))
        for ask in ("", "?format=csv", "?q=Staff")
    }

    assert {name for (name, _ask), there in seen.items() if there} == {"operator"}
    assert "known to the operator alone" in counted.cast.partner.client.get(path).content.decode()


def test_chart_is_given_as_numbers(counted: Scene) -> None:
    answer = counted.operator.client.get(f"{HOME}national/area/?chart=csv&at=0")

    assert "done,2019-09-30,2000" in answer.content.decode()


@pytest.mark.parametrize("path", ["national/nothing/", "galactic/area/"])
def test_unknown_criterion_is_not_there(counted: Scene, path: str) -> None:
    assert counted.operator.client.get(HOME + path).status_code == 404


def test_odd_days_and_files_fall_back(counted: Scene) -> None:
    for ask in ("?as_of=someday", "?as_of=2999-01-01", "?rules=none", "?by=century", "national/area/?chart=csv&at=9"):
        assert counted.operator.client.get(HOME + ask).status_code == 200
