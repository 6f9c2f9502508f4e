"""Saved views: a list's filters and order under a name, for oneself alone."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection
from django.test import Client
from tests.cast import Cast

from accord.kernel.refused import Refused
from accord.people import operations as people
from accord.people.models import Person, SavedView
from accord.people.operations import TooManyViews, ViewNameTaken, ViewTooLong
from accord.ui.tables import kept_query

pytestmark = pytest.mark.django_db
LIST = "/agreements/chengdu-cass/engagements/"
SAVE = "/views/save/"


def save(person: Person, name: str = "Visits", query: str = "kind=visit", path: str = LIST) -> SavedView:
    """Save a view."""
    return people.save_view(by=person, name=name, path=path, query=query)


def test_view_saved_from_a_list_stands_above_it_and_leads_back(cast: Cast) -> None:
    client = cast.owner.client
    narrowed = client.get(f"{LIST}?kind=visit&sort=-held_on&page=2&format=").context["chrome"].views

    sent = client.post(SAVE, {"path": narrowed.path, "query": narrowed.query, "name": " Visits, newest first "})

    page = client.get(LIST)
    assert (sent.status_code, sent.headers["Location"]) == (302, f"{LIST}?kind=visit&sort=-held_on")
    assert f'<a href="{LIST}?kind=visit&amp;sort=-held_on">Visits, newest first</a>' in page.text
    assert "Visits, newest first" in client.get("/views/").text


def test_open_view_is_marked_as_the_present_one(cast: Cast) -> None:
    save(cast.owner.person)

    page = cast.owner.client.get(f"{LIST}?kind=visit")

    assert f'<a href="{LIST}?kind=visit" aria-current="page">Visits</a>' in page.text


def test_view_of_another_list_does_not_stand_above_this_one(cast: Cast) -> None:
    save(cast.owner.person, path="/measures/")

    assert "Visits</a>" not in cast.owner.client.get(LIST).text


def test_views_of_others_are_not_there(cast: Cast) -> None:
    view = save(cast.owner.person, name="Kept by the owner")
    partner = cast.partner.client

    answers = [
        partner.get(f"/views/{view.pk}/").status_code,
        partner.post(f"/views/{view.pk}/", {"name": "Mine"}).status_code,
        partner.post(f"/views/{view.pk}/drop/").status_code,
    ]

    view.refresh_from_db()
    assert (answers, view.name) == ([404, 404, 404], "Kept by the owner")
    assert "Kept by the owner" not in partner.get("/views/").text + partner.get(LIST).text


def test_same_name_on_the_same_list_takes_the_new_filters(cast: Cast) -> None:
    first = save(cast.owner.person)

    again = save(cast.owner.person, query="kind=summit")

    assert (again, SavedView.objects.get().query) == (first, "kind=summit")
    assert save(cast.owner.person, query="kind=summit").events.count() == 2


def test_views_keep_the_order_in_which_they_were_saved(cast: Cast) -> None:
    for name in ("C", "A", "B"):
        save(cast.owner.person, name)

    links = cast.owner.client.get(LIST).context["chrome"].views.links

    assert [link.label for link in links] == ["C", "A", "B"]


def test_view_is_renamed_unless_the_name_is_taken(cast: Cast) -> None:
    first, second = save(cast.owner.person, "One"), save(cast.owner.person, "Two")

    assert cast.owner.client.post(f"/views/{first.pk}/", {"name": "Three"}).status_code == 302
    with pytest.raises(ViewNameTaken):
        people.rename_view(view=second, name="Three")
    page = cast.owner.client.post(f"/views/{second.pk}/", {"name": "Three"})
    assert (page.status_code, "Another view of this list has this name." in page.text) == (422, True)
    assert set(SavedView.objects.values_list("name", flat=True)) == {"Three", "Two"}


def test_view_is_dropped_and_the_list_stays(cast: Cast) -> None:
    view = save(cast.owner.person)

    assert cast.owner.client.post(f"/views/{view.pk}/drop/").status_code == 302
    people.drop_view(view=view)
    assert (SavedView.objects.count(), cast.owner.client.get(LIST).status_code) == (0, 200)


@pytest.mark.parametrize(
    "path",
    [
        "https://elsewhere.example/",
        "//elsewhere.example/",
        "/\\elsewhere.example/",
        "\\\\elsewhere.example",
        "javascript:alert(1)",
        "/no/such/page/",
        "agreements/",
        "",
    ],
)
def test_view_never_leads_to_another_site(cast: Cast, path: str) -> None:
    answer = cast.owner.client.post(SAVE, {"path": path, "query": "", "name": "Away"})

    assert (answer.status_code, SavedView.objects.count()) == (422, 0)


def test_view_without_a_name_asks_for_one_and_keeps_the_filters(cast: Cast) -> None:
    page = cast.owner.client.post(SAVE, {"path": LIST, "query": "kind=visit", "name": " "})

    assert (page.status_code, 'value="kind=visit"' in page.text, f'value="{LIST}"' in page.text) == (422, True, True)


def test_too_much_is_refused(cast: Cast) -> None:
    with pytest.raises(ViewTooLong):
        save(cast.owner.person, query="q=" + "a" * 2000)
    SavedView.objects.bulk_create(
        SavedView(person=cast.owner.person, name=str(number), path="/measures/") for number in range(200)
    )
    with pytest.raises(TooManyViews):
        save(cast.owner.person)
    assert cast.owner.client.post(SAVE, {"path": LIST, "query": "", "name": "One more"}).status_code == 422


@pytest.mark.django_db(transaction=True)
def test_same_view_saved_at_once_is_one(cast: Cast) -> None:
    together = Barrier(4)

    def keep(number: int) -> str:
        together.wait()
        try:
            save(cast.owner.person, query=f"kind={number}")
        except Refused as refused:
            return refused.code
        finally:
            connection.close()
        return "done"

    with ThreadPoolExecutor(4) as pool:
        told = list(pool.map(keep, range(4)))

    assert (told, SavedView.objects.count()) == (["done"] * 4, 1)


def test_what_a_view_keeps_of_an_address() -> None:
    kept = kept_query({"sort": "day", "page": "3", "format": "csv", "kind": "visit", "q": "", "size": "25"})

    assert kept == "kind=visit&size=25&sort=day"


def test_visitors_see_no_views_and_save_none(client: Client, cast: Cast) -> None:
    assert client.post(SAVE, {"path": LIST, "query": "", "name": "x"}).status_code == 302
    assert SavedView.objects.count() == 0
