"""Signing in by CAS 3.0, against PyPI's `django-cas-server` in a process and an environment of its own."""

import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import requests
from allauth.socialaccount.models import SocialAccount
from django.contrib.auth import get_user
from django.http import HttpResponse
from django.test import Client
from pytest_django.fixtures import Settings
from tests.conformance.conftest import StartProgram

from accord.config import providers

pytestmark = pytest.mark.django_db
HERE = Path(__file__).parent
BACK = "http://testserver/sign-in/cas/campus/back/"
PASSWORD = "a password of the tests"


@pytest.fixture(scope="session")
def campus(
    peer_python: Path,
    tmp_path_factory: pytest.TempPathFactory,
    start_program: StartProgram,
    free_port: Callable[[], int],
) -> str:
    """Start a CAS server; return its address."""
    port = free_port()
    start_program([peer_python, HERE / "campus.py", port, tmp_path_factory.mktemp("cas"), f"^{BACK}"], port=port)
    return f"http://127.0.0.1:{port}/cas/"


@pytest.fixture
def server(campus: str, settings: Settings) -> str:
    """List the server; return its address."""
    settings.PROVIDERS = providers.read(
        f"- {{id: campus, kind: cas, name: {{en: Campus, zh-hans: 校园}}, server: '{campus}', newcomers: true}}"
    )
    settings.SOCIALACCOUNT_PROVIDERS = providers.allauth_settings(settings.PROVIDERS)
    return campus


def way_back(client: Client, who: str) -> str:
    """Sign in at the server as a browser would; return where it sends the browser, with its ticket."""
    away = client.post("/sign-in/cas/campus/").headers["Refresh"].partition("url=")[2]
    with requests.Session() as browser:
        page = browser.get(away, timeout=30)
        hidden = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page.text))
        given = {**hidden, "username": who, "password": PASSWORD}
        sent = browser.post(page.url, given, timeout=30, allow_redirects=False)
        assert sent.is_redirect, sent.text
        return sent.headers["Location"]


def come_back(client: Client, place: str) -> HttpResponse:
    """Follow the server's way back."""
    parts = urlsplit(place)
    return client.get(f"{parts.path}?{parts.query}")


def test_person_of_the_campus_is_known_by_server_and_user(server: str, client: Client) -> None:
    answer = come_back(client, way_back(client, "20240001"))

    kept = SocialAccount.objects.get()
    assert answer.status_code == 302, answer.content.decode()
    assert (kept.provider, kept.uid, kept.extra_data["name"]) == ("campus", f"{server}#20240001", "王芳")
    assert kept.user.email == "wang@campus.example"
    kept.user.emailaddress_set.update(verified=True)
    again = Client()
    come_back(again, way_back(again, "20240001"))
    assert get_user(again) == kept.user


def test_person_without_an_address_is_asked_for_one(server: str, client: Client) -> None:
    asked = come_back(client, way_back(client, "20240002"))
    form = client.get(asked.headers["Location"])
    client.post(asked.headers["Location"], {"name": "李雷", "email": "li@campus.example"})

    assert "A little is missing." in form.content.decode()
    assert str(SocialAccount.objects.get().user.person.name) == "李雷"


def test_ticket_works_once_and_in_its_own_browser(server: str, client: Client) -> None:
    place = way_back(client, "20240001")

    assert come_back(Client(), place).status_code == 401
    assert come_back(client, place).status_code == 302
    assert come_back(client, place).status_code == 401


def test_made_up_ticket_is_refused(server: str, client: Client) -> None:
    place = re.sub(r"ticket=[^&]+", "ticket=ST-made-up", way_back(client, "20240001"))

    assert come_back(client, place).status_code == 401
    assert not SocialAccount.objects.exists()
