"""The first pages: what each sees there, and what they must not."""

import re
from datetime import date
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries
from tests.cast import Cast, moment

from accord.agreements import operations as agreements
from accord.kernel.models import World

pytestmark = pytest.mark.django_db
NAMES = ("Dreamworks", "梦工场", "Cass Business", "Chengdu", "成都", "Minutes, folder 7", "A delivery")
"""Words of the agreement and its records that an outsider must not read anywhere."""


def leaks(page: str) -> list[str]:
    """Return the planted names that a page tells."""
    return [name for name in NAMES if name in page]


@pytest.fixture
def delivered(cast: Cast) -> Cast:
    """Plant a confirmed, a waiting and a contested delivery."""
    cast.record("resident-teams", 4, date(2019, 8, 1), confirmed=moment(date(2019, 8, 2)))
    cast.record("resident-teams", 6, date(2019, 9, 1))
    return cast


def test_health_is_ok_for_everybody_and_says_no_more(client: Client) -> None:
    answer = client.get("/healthz")

    assert (answer.status_code, answer.content, answer.headers["Content-Type"]) == (200, b"ok", "text/plain")


def test_health_asks_no_database(client: Client, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(0):
        client.get("/healthz")


def test_visitor_is_told_what_accord_is_and_nothing_of_any_agreement(delivered: Cast, client: Client) -> None:
    pages = {path: client.get(path).content.decode() for path in ("/", "/what-is-real/", "/sign-in/", "/nowhere/")}

    assert "What was promised, what was delivered, what will be met" in pages["/"]
    assert {path: leaks(page) for path, page in pages.items()} == {path: [] for path in pages}


def test_visitor_finds_an_agreement_once_its_page_is_open_and_not_after(delivered: Cast, client: Client) -> None:
    title = "Chengdu and London, financial professionals"
    shown = []
    for is_open in (True, False):
        agreements.set_public(
            agreement=delivered.agreement,
            public=is_open,
            by=delivered.owner.person,
            at=moment(date(2019, 9, 2)),
        )
        shown.append(title in client.get("/").content.decode())

    assert shown == [True, False]


def test_public_page_names_no_record_and_no_person(delivered: Cast, client: Client) -> None:
    agreements.set_public(
        agreement=delivered.agreement, public=True, by=delivered.owner.person, at=moment(date(2019, 9, 2))
    )
    delivered.agreement.refresh_from_db()

    page = client.get(f"/public/{delivered.agreement.public_token}/").content.decode()

    assert "Chengdu and London" in page
    assert [
        word for word in ("A delivery", "Minutes", ">Owner", ">Partner", "owner@", "/promises/") if word in page
    ] == []


def test_officer_reads_what_waits_for_them_and_how_their_agreements_stand(delivered: Cast) -> None:
    partner, owner = (one.client.get("/").content.decode() for one in (delivered.partner, delivered.owner))

    assert "A delivery" in partner
    assert "+6" in partner
    assert "Nothing waits for you" in owner
    assert "Chengdu and London" in partner
    assert "Chengdu and London" in owner


def test_executive_is_asked_for_no_decision(delivered: Cast) -> None:
    page = delivered.executive.client.get("/").content.decode()

    assert "Nothing waits for you" in page
    assert "Chengdu and London" in page


@pytest.mark.parametrize(
    "path", ["/", "/what-is-real/", "/agreements/", "/agreements/?format=json", "/calibration/", "/measures/"]
)
def test_outsider_reads_no_name_of_the_agreement(delivered: Cast, path: str) -> None:
    known = delivered.owner.client.get(path).getvalue().decode()
    page = delivered.outsider.client.get(path).getvalue().decode()

    assert leaks(page) == []
    assert path in {"/calibration/", "/measures/"} or leaks(known) != []


def test_page_that_is_not_there_says_the_same_as_one_that_is_hidden(delivered: Cast) -> None:
    hidden, missing = (
        delivered.outsider.client.get(path) for path in ("/agreements/chengdu-cass/", "/agreements/no-such-one/")
    )

    assert (hidden.status_code, missing.status_code) == (404, 404)
    assert _unsaid(hidden) == _unsaid(missing)


def _unsaid(answer: Any) -> str:
    """Return a page without its address and its form tokens."""
    page = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", answer.content.decode())
    return page.replace(answer.request["PATH_INFO"], "")


def test_what_is_real_counts_the_evidence_that_the_reader_may_know_of(delivered: Cast) -> None:
    owner, outsider = (
        one.client.get("/what-is-real/").context["counts"] for one in (delivered.owner, delivered.outsider)
    )

    assert (owner.recorded, owner.simulated, outsider.recorded, outsider.simulated) == (2, 0, 0, 0)


def test_demo_band_stands_on_every_page_of_a_demo_world_and_on_none_of_a_real_one(cast: Cast, client: Client) -> None:
    paths = ["/", "/sign-in/", "/what-is-real/", "/agreements/", "/agreements/chengdu-cass/", "/nowhere/"]
    real = [cast.owner.client.get(path).content.decode() for path in paths]
    day = date(2019, 9, 30)
    World.objects.create(is_demo=True, demo_day=day, seed=1, scale=1.0, built_at=moment(day))
    demo = [cast.owner.client.get(path).content.decode() for path in paths]

    assert ["Demonstration world." in page for page in real] == [False] * len(paths)
    assert ["Demonstration world." in page for page in demo] == [True] * len(paths)
