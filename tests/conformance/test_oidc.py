"""Signing in by OpenID Connect, against the provider of npm's `oidc-provider`, with PKCE required."""

import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import pytest
import requests
from allauth.socialaccount.models import SocialAccount
from django.contrib.auth import get_user
from django.core import mail
from django.http import HttpResponse
from django.test import Client
from pytest_django.fixtures import Settings
from tests.cast import PASSWORD, Cast
from tests.conformance.conftest import StartProgram

from accord.config import providers
from accord.people.models import Account, Person

pytestmark = pytest.mark.django_db
HERE = Path(__file__).parent
BACK = "http://testserver/sign-in/by/uni/back/"


@pytest.fixture(scope="session")
def university(node_home: Path, start_program: StartProgram, free_port: Callable[[], int]) -> str:
    """Start a provider; return its address."""
    port = free_port()
    start_program(["node", HERE / "oidc.mjs", port, BACK], port=port, cwd=node_home)
    return f"http://127.0.0.1:{port}"


@pytest.fixture
def issuer(university: str, settings: Settings) -> str:
    """List the provider; return its address."""
    listed(settings, university, newcomers=True)
    return university


def listed(settings: Settings, issuer: str, *, newcomers: bool) -> None:
    """Read a list with this provider alone, as at a start."""
    text = f"""- {{id: uni, kind: oidc, name: University, issuer: '{issuer}', client-id: accord,
              secret: a-secret-of-the-tests-alone, newcomers: {str(newcomers).lower()}}}"""
    settings.PROVIDERS = providers.read(text)
    settings.SOCIALACCOUNT_PROVIDERS = providers.allauth_settings(settings.PROVIDERS)


def come_by(client: Client, who: str, *, process: str = "login", next_url: str = "") -> HttpResponse:
    """Sign in at the provider as somebody, as a browser would; return Accord's answer to what the provider says."""
    away = client.post("/sign-in/by/uni/", {"process": process, "next": next_url})
    with requests.Session() as browser:
        answer = browser.get(_target(away), allow_redirects=False)
        for _step in range(12):
            place = urljoin(answer.url, answer.headers.get("Location", ""))
            if place.startswith(BACK):
                parts = urlsplit(place)
                return client.get(f"{parts.path}?{parts.query}")
            answer = browser.get(place, allow_redirects=False) if answer.is_redirect else _filled(browser, answer, who)
    raise AssertionError(answer.text)


def _target(answer: HttpResponse) -> str:
    """Return where a page of ours leads a browser by itself."""
    assert answer.status_code == 200, answer.content.decode()
    return answer.headers["Refresh"].partition("url=")[2]


def _filled(browser: requests.Session, page: requests.Response, who: str) -> requests.Response:
    """Send the form of the provider's page: who one is, or that one agrees."""
    action = re.search(r'action="([^"]+)"', page.text)[1]
    prompt = re.search(r'name="prompt" value="(\w+)"', page.text)[1]
    given = {"prompt": prompt, "login": who, "password": "any"} if prompt == "login" else {"prompt": prompt}
    return browser.post(urljoin(page.url, action), given, allow_redirects=False)


def test_newcomer_gets_an_account_without_any_role(issuer: str, client: Client) -> None:
    answer = come_by(client, "lin", next_url="/measures/")

    account = Account.objects.get(email="lin@uni.example")
    kept = SocialAccount.objects.get(user=account)
    assert (answer.status_code, answer.headers["Location"]) == (302, "/measures/")
    assert get_user(client) == account
    assert str(account.person.name) == "林晓"
    assert not account.person.grants.exists()
    assert (kept.provider, kept.uid) == ("uni", f"{issuer}#lin")
    assert kept.extra_data == {"issuer": issuer, "name": "林晓"}
    assert not account.has_usable_password()


def test_second_coming_is_the_same_person(issuer: str) -> None:
    for _time in range(2):
        client = Client()
        come_by(client, "lin")
        assert get_user(client).email == "lin@uni.example"

    assert Person.objects.filter(account__email="lin@uni.example").count() == 1


def test_address_of_an_account_does_not_open_it(issuer: str, cast: Cast, client: Client) -> None:
    answer = come_by(client, "owner")

    assert get_user(client).is_anonymous
    assert answer.headers["Location"] == "/sign-in/address-waits/"
    assert not SocialAccount.objects.exists()
    assert (mail.outbox[-1].to, mail.outbox[-1].subject[:27]) == (["owner@example.org"], "You have an account already")


def test_identity_is_connected_by_whoever_is_signed_in_and_then_opens_the_account(issuer: str, cast: Cast) -> None:
    mine = cast.owner.client
    asked = come_by(mine, "owner", process="connect")
    mine.post(asked.headers["Location"], {"password": PASSWORD})
    browser = Client()
    come_by(browser, "owner")

    assert get_user(browser).person == cast.owner.person
    assert "University" in mine.get("/account/identities/").content.decode()


def test_identity_of_somebody_else_cannot_be_connected(issuer: str, cast: Cast, client: Client) -> None:
    come_by(client, "lin")
    asked = come_by(cast.owner.client, "lin", process="connect")
    cast.owner.client.post(asked.headers["Location"], {"password": PASSWORD})

    assert SocialAccount.objects.get().user.email == "lin@uni.example"


def test_nobody_new_comes_in_where_newcomers_are_not_let_in(issuer: str, settings: Settings, client: Client) -> None:
    listed(settings, issuer, newcomers=False)
    answer = come_by(client, "lin")

    assert "Accounts come by invitation." in answer.content.decode()
    assert not Account.objects.exists()


def test_same_subject_at_another_issuer_is_somebody_else(issuer: str, settings: Settings, client: Client) -> None:
    come_by(client, "lin")
    known = SocialAccount.objects.get()
    known.uid = known.uid.replace(issuer, "https://earlier.example")
    known.save()
    stranger = Client()
    come_by(stranger, "lin")

    assert get_user(stranger).is_anonymous


def test_answer_to_no_question_of_ours_is_refused(issuer: str, client: Client) -> None:
    answer = client.get("/sign-in/by/uni/back/", {"code": "x", "state": "made-up"})

    assert answer.status_code == 401
    assert "could not be used" in answer.content.decode()


def test_provider_that_is_not_there_is_said_in_words(issuer: str, settings: Settings, client: Client) -> None:
    listed(settings, "http://127.0.0.1:9", newcomers=True)
    answer = client.post("/sign-in/by/uni/")

    assert answer.status_code == 503
    assert "could not be reached" in answer.content.decode()
