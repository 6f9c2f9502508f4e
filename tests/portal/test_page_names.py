"""Lists are called by their names, wherever an address would stand otherwise."""

import pytest
from django.utils.translation import override
from tests.cast import Cast
from tests.house.test_routes import routes

from accord.kernel.pages import name_of_page
from accord.people import operations as people
from accord.portal.pages import LISTS


def test_every_name_is_of_a_route_that_is_there() -> None:
    assert LISTS.keys() - {route.name for route in routes()} == set()


@pytest.mark.parametrize(
    ("path", "name", "chinese"),
    [
        ("/institutions/", "Institutions", "机构"),
        ("/agreements/chengdu-cass/engagements/", "Meetings of an agreement", "协议的交流活动"),
        ("/nowhere/at/all/", "/nowhere/at/all/", "/nowhere/at/all/"),
        ("/style/", "/style/", "/style/"),
    ],
)
def test_address_is_called_by_the_name_of_its_page(path: str, name: str, chinese: str) -> None:
    with override("en"):
        assert name_of_page(path) == name
    with override("zh-hans"):
        assert name_of_page(path) == chinese


@pytest.mark.django_db
def test_saved_views_show_the_name_of_the_list_and_not_its_address(cast: Cast) -> None:
    people.save_view(by=cast.owner.person, name="Companies here", path="/institutions/", query="kind=company")

    page = cast.owner.client.get("/views/").content.decode()

    table = page[page.index("<table") : page.index("</table>")]
    assert "Institutions" in table
    assert ">/institutions/<" not in table
