"""Signing in and out, by password and by a demo role's click."""

from datetime import date

import pytest
from django.test import Client
from tests.cast import PASSWORD, Cast, moment

from accord.kernel.models import World
from accord.kernel.text import Bilingual
from accord.people import operations as people
from accord.people.models import Account

pytestmark = pytest.mark.django_db
SIGN_IN = "/sign-in/"
DEMO_DAY = date(2019, 9, 30)


def sign_in(client: Client, email: str, password: str, next_url: str = "") -> tuple[int, str]:
    """Try to sign in; return the status and where the answer leads."""
    answer = client.post(SIGN_IN, {"username": email, "password": password, "next": next_url})
    return answer.status_code, answer.headers.get("Location", "")


def is_signed_in(client: Client) -> bool:
    """Say whether the client's session belongs to an account."""
    return "_auth_user_id" in client.session


@pytest.fixture
def demo_world(db: None) -> World:
    """Make the installation a demo world."""
    return World.objects.create(is_demo=True, demo_day=DEMO_DAY, seed=1, scale=1.0, built_at=moment(DEMO_DAY))


@pytest.fixture
def simulated(db: None) -> Account:
    """Make a simulated person with an account and no password."""
    person = people.register_person(key="li-na", name=Bilingual("Li Na", "李娜"), is_simulated=True)
    return people.open_account(person=person, email="li.na@example.org", password=None)


def test_right_password_signs_in_and_leads_home(cast: Cast, client: Client) -> None:
    assert sign_in(client, "owner@example.org", PASSWORD) == (302, "/")
    assert is_signed_in(client)


def test_case_of_the_address_does_not_matter(cast: Cast, client: Client) -> None:
    assert sign_in(client, "Owner@Example.ORG", PASSWORD) == (302, "/")


def test_wrong_pair_says_the_same_whether_the_address_is_known_or_not(cast: Cast, client: Client) -> None:
    pages = []
    for email in ("owner@example.org", "nobody@example.org"):
        answer = client.post(SIGN_IN, {"username": email, "password": "a wrong sentence"}, headers={"cookie": ""})
        assert (answer.status_code, is_signed_in(client)) == (422, False)
        pages.append(
            answer.content.decode().replace(email, "EMAIL").replace(str(answer.context["csrf_token"]), "TOKEN")
        )

    assert "The email address and password do not match an account." in pages[0]
    assert pages[0] == pages[1]


def test_password_is_not_sent_back_to_the_page(cast: Cast, client: Client) -> None:
    answer = client.post(SIGN_IN, {"username": "owner@example.org", "password": "a wrong sentence"})

    assert "owner@example.org" in answer.content.decode()
    assert "a wrong sentence" not in answer.content.decode()


def test_account_that_was_closed_does_not_sign_in(cast: Cast, client: Client) -> None:
    Account.objects.filter(email="owner@example.org").update(is_active=False)

    assert sign_in(client, "owner@example.org", PASSWORD)[0] == 422


def test_account_without_a_password_signs_in_with_none(simulated: Account, client: Client) -> None:
    tried = [sign_in(client, simulated.email, password)[0] for password in ("", "None", "!", simulated.password)]

    assert (tried, is_signed_in(client)) == ([422, 422, 422, 422], False)


def test_signing_in_leads_back_to_the_page_asked_for(cast: Cast, client: Client) -> None:
    assert sign_in(client, "owner@example.org", PASSWORD, "/measures/?q=teams") == (302, "/measures/?q=teams")


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://elsewhere.example/",
        "//elsewhere.example/",
        "///elsewhere.example/",
        "/\\elsewhere.example/",
        "http:///elsewhere.example/",
        "javascript:alert(1)",
        " https://elsewhere.example/",
        "https://testserver.elsewhere.example/",
        "https://testserver@elsewhere.example/",
    ],
)
def test_signing_in_never_leads_to_another_site(cast: Cast, client: Client, elsewhere: str) -> None:
    shown = client.get(SIGN_IN, {"next": elsewhere})

    assert shown.context["next"] == "/"
    assert sign_in(client, "owner@example.org", PASSWORD, elsewhere) == (302, "/")


def test_session_key_changes_when_somebody_signs_in(cast: Cast, client: Client) -> None:
    client.get(SIGN_IN)
    session = client.session
    session["kept"] = "before"
    session.save()
    client.cookies["sessionid"] = before = session.session_key

    sign_in(client, "owner@example.org", PASSWORD)

    assert client.session.session_key != before


def test_signing_out_ends_the_session_and_needs_a_post(cast: Cast) -> None:
    client = cast.owner.client

    assert (client.get("/sign-out/").status_code, is_signed_in(client)) == (405, True)
    answer = client.post("/sign-out/")

    assert (answer.status_code, answer.headers["Location"], is_signed_in(client)) == (302, "/", False)
    assert client.get("/agreements/").status_code == 302


def test_form_without_its_token_signs_nobody_in(cast: Cast) -> None:
    client = Client(enforce_csrf_checks=True)

    assert sign_in(client, "owner@example.org", PASSWORD)[0] == 403
    assert not is_signed_in(client)


def test_demo_role_is_taken_by_one_click_in_a_demo_world(demo_world: World, simulated: Account, client: Client) -> None:
    answer = client.post("/demo-role/li-na/", {"next": "/measures/"})

    assert (answer.status_code, answer.headers["Location"]) == (302, "/measures/")
    assert client.session["_auth_user_id"] == str(simulated.pk)


def test_demo_role_leads_to_no_other_site(demo_world: World, simulated: Account, client: Client) -> None:
    answer = client.post("/demo-role/li-na/", {"next": "https://elsewhere.example/"})

    assert answer.headers["Location"] == "/"


def test_demo_role_is_refused_outside_a_demo_world(simulated: Account, client: Client) -> None:
    answer = client.post("/demo-role/li-na/")

    assert (answer.status_code, is_signed_in(client)) == (403, False)
    assert "Demo roles exist in a demo world only." in answer.content.decode()
    assert "Li Na" not in client.get(SIGN_IN).content.decode() + client.get("/").content.decode()


def test_nobody_becomes_a_real_person_by_a_click(demo_world: World, cast: Cast, client: Client) -> None:
    answers = [client.post(f"/demo-role/{key}/").status_code for key in ("owner", "steward", "nobody")]

    assert (answers, is_signed_in(client)) == ([403, 403, 403], False)
    assert "Steward" not in client.get(SIGN_IN).content.decode()


def test_demo_person_whose_account_was_closed_is_no_role(demo_world: World, simulated: Account, client: Client) -> None:
    Account.objects.filter(pk=simulated.pk).update(is_active=False)

    assert client.post("/demo-role/li-na/").status_code == 403
